//! What a reader gets to see: types that hold no more than that, made by asking `domain::disclosure` once. JSON, pages,
//! mail and letters render them and decide nothing.
pub mod applications;
pub mod people;
pub mod vacancies;
