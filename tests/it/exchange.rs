//! Files that are imported, on both databases: rows are known again by what they say, whatever happened to their file;
//! nothing is dropped in silence; a row that no column can hold is named before the database sees it. Forms refuse the
//! same.
mod files;
mod forms;
mod limits;
