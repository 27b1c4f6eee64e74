//! English: what the pages for everybody say beside their templates, whose sentences `templates/en.csv` has. Offices, residents
//! and the terminal read Bahasa Indonesia. Same names as in `id`.
pub mod dates;
pub mod fields;
pub mod pages;
pub mod reasons;
