//! Who goes where: eligibility, fit, priority, exact assignment and its independent certificate. Pure.
#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod archive;
pub mod assign;
pub mod certificate;
pub mod change;
pub mod edges;
pub mod eligibility;
pub mod evaluate;
pub mod explanation;
pub mod fairness;
pub mod fit;
pub mod gap;
pub mod grades;
pub mod near;
pub mod policy;
pub mod priority;
pub mod problem;
pub mod propose;
pub mod summary;
pub mod unknown;
