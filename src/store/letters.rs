//! Referral letters as whoever holds one asks for them. Giving numbers is `applications`.
use crate::{
    domain::{application::State, ids::ApplicationId, letter::Number},
    sql,
    store::{StoreError, Tx},
};

/// The application of a referral letter, as far as whoever holds the letter is told of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Lettered {
    pub id: ApplicationId,
    /// Title of the vacancy.
    pub title: String,
    pub state: State,
}

/// Finds the application of a referral letter, unless its person was erased.
pub async fn by_number(tx: &mut Tx, number: &Number) -> Result<Option<Lettered>, StoreError> {
    sql!(
        tx,
        fetch_optional<Lettered>,
        "select a.id, v.title, a.state from applications a join people p on p.id = a.person_id \
         join vacancies v on v.id = a.vacancy_id where a.letter_number = $1 and p.erased_at is null",
        number.clone()
    )
}
