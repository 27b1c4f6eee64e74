//! Explanations of matches: what would change a place, and how it reads to the person, to staff and to the employer.
mod api;
mod cases;
mod hand;
mod promises;
mod readers;
