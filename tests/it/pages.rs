//! Pages as somebody meets them, without a browser's window: who may see which, journeys through their forms, what happens to bad
//! input, and what every page has to be like.
mod account;
mod browser;
mod cast;
mod companion;
mod data;
mod forgotten;
mod form;
mod interest;
mod language;
mod matrix;
mod notes;
mod profile;
mod public;
mod resident;
mod suited;
mod untouched;
mod walk;
