//! Pages for everybody: vacancies, complaints, help.
pub mod check;
pub mod complaint;
pub mod home;
pub mod interest;
pub mod texts;
pub mod vacancies;
pub mod vacancy;
