//! padankerja: job placement for a local labour office. Employers post vacancies, residents have skill profiles, a
//! match run proposes who goes where, staff confirm, everybody sees the status. ARCHITECTURE.md has the map.

// Templates look for their own filters in `filters`, in whichever room their struct stands.
extern crate self as filters;
pub use http::web::filters::t;

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod files;
pub mod http;
pub mod mail;
pub mod matching;
pub mod past;
pub mod reading;
pub mod sample;
pub mod search;
pub mod store;
pub mod words;
