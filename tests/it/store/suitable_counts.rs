//! What employers were told on a day.
use padankerja::{
    domain::ids::VacancyId,
    store::suitable_counts::{self, Asked},
};
use serde_json::json;

use super::{day, id, pair, refused};
use crate::support::database::{TestDb, both_databases};

async fn days(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    let vacancy: VacancyId = id(1);
    let (first, second) = (day("2026-03-02"), day("2026-03-03"));
    let (few, more) = (json!({"people": "0-4"}), json!({"people": "5-9"}));
    assert_eq!(suitable_counts::told_on(tx, vacancy, Asked::Candidates, first).await.unwrap(), None);
    assert_eq!(suitable_counts::keep(tx, vacancy, Asked::Candidates, first, &few).await.unwrap(), 1);
    // The same day again changes nothing, nor does a day before.
    assert_eq!(suitable_counts::keep(tx, vacancy, Asked::Candidates, first, &more).await.unwrap(), 0);
    let before = day("2026-03-01");
    assert_eq!(suitable_counts::keep(tx, vacancy, Asked::Candidates, before, &more).await.unwrap(), 0);
    for day in [first, before] {
        let told = suitable_counts::told_on(tx, vacancy, Asked::Candidates, day).await.unwrap();
        assert_eq!(told.as_ref(), Some(&few));
    }
    // The other question is kept apart, the next day replaces.
    assert_eq!(suitable_counts::told_on(tx, vacancy, Asked::Summary, first).await.unwrap(), None);
    assert_eq!(suitable_counts::told_on(tx, vacancy, Asked::Candidates, second).await.unwrap(), None);
    assert_eq!(suitable_counts::keep(tx, vacancy, Asked::Candidates, second, &more).await.unwrap(), 1);
    let told = suitable_counts::told_on(tx, vacancy, Asked::Candidates, second).await.unwrap();
    assert_eq!(told, Some(more));
}

both_databases!(one_answer_a_day, |db: TestDb| days(db));

async fn strangers(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let day = day("2026-03-02");
    refused(suitable_counts::keep(&mut tx, id(9), Asked::Summary, day, &json!({})).await);
}

both_databases!(a_count_belongs_to_a_vacancy, |db: TestDb| strangers(db));
