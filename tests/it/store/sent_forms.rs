//! Forms that were sent without a login: claimed once, answered from then on, forgotten.
use padankerja::store::sent_forms;

use super::at;
use crate::support::database::{TestDb, both_databases};

both_databases!(a_form_is_claimed_once, |db: TestDb| async {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (one, two) = ([1; 32], [2; 32]);
    assert_eq!(sent_forms::begin(tx, &one, at(1)).await.unwrap(), None);
    assert_eq!(sent_forms::finish(tx, &one, b"jawaban".to_vec()).await.unwrap(), 1);
    assert_eq!(sent_forms::finish(tx, &two, b"jawaban".to_vec()).await.unwrap(), 0, "nobody claimed it");
    assert_eq!(sent_forms::begin(tx, &one, at(2)).await.unwrap(), Some(b"jawaban".to_vec()));
    assert_eq!(sent_forms::begin(tx, &two, at(3)).await.unwrap(), None);
    assert_eq!(sent_forms::prune(tx, at(3)).await.unwrap(), 1);
    assert_eq!(sent_forms::begin(tx, &one, at(4)).await.unwrap(), None, "forgotten");
});
