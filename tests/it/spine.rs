//! The spine of the service over real HTTP, on both databases: from an employer's registration to the first day of work,
//! the turns an application can take on the way, and what is refused with which code.
mod actions;
mod activation;
pub mod cast;
mod classes;
mod closed;
mod complaints;
mod cuts;
mod document;
mod erasure;
mod examples;
mod export;
mod flags;
mod hidden;
mod interview;
mod jobs;
mod journey;
mod law;
mod next_steps;
mod records;
mod refusals;
mod reminders;
mod renewal;
mod sights;
mod suspension;
mod turns;
mod undated;
mod unknown;
