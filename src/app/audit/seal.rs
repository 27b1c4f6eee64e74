//! What a seal is made of. Pure: the same rows after the same seal give the same bytes, on either database.
use crate::{
    app::system::sha256,
    store::audit::{Row, Seal},
};

/// What the first seal of a chain follows.
pub const ORIGIN: [u8; 32] = [0; 32];

/// Names the layout of the bytes, so that a later one cannot be taken for it.
const LAYOUT: &[u8] = b"padankerja audit seal 1\n";

/// The seal of a minute: SHA-256 over the layout's name, the seal before, the minute (microseconds since 1970, big
/// endian), the number of rows and the digest of each row in the order (at, id).
pub fn seal(previous: &[u8], minute_micros: i64, digests: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = LAYOUT.to_vec();
    put(&mut bytes, previous);
    bytes.extend(minute_micros.to_be_bytes());
    bytes.extend(length(digests.len()));
    for digest in digests {
        put(&mut bytes, digest);
    }
    sha256(&bytes)
}

/// The seal a stored one must be equal to.
pub fn of(stored: &Seal, digests: &[Vec<u8>]) -> Vec<u8> {
    seal(&stored.previous, stored.minute.timestamp_micros(), digests)
}

/// The digest of one row: every column, each with its length in front, so that no text can slide into its neighbour.
pub fn digest(row: &Row) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, row.id.0.as_bytes());
    bytes.extend(row.at.timestamp_micros().to_be_bytes());
    put_optional(&mut bytes, row.account_id.map(|id| id.0));
    put(&mut bytes, row.actor.as_bytes());
    put_optional(&mut bytes, row.organisation_id.map(|id| id.0));
    put(&mut bytes, row.action.as_bytes());
    put(&mut bytes, row.object_kind.as_bytes());
    put_optional(&mut bytes, row.object_id);
    put_optional(&mut bytes, row.event_id.map(|id| id.0));
    sha256(&bytes)
}

fn put(bytes: &mut Vec<u8>, value: &[u8]) {
    bytes.extend(length(value.len()));
    bytes.extend_from_slice(value);
}

/// Nothing has length 0, an id 16.
fn put_optional(bytes: &mut Vec<u8>, id: Option<uuid::Uuid>) {
    put(bytes, id.as_ref().map_or(&[], |id| id.as_bytes()));
}

fn length(length: usize) -> [u8; 8] {
    u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        app::system::hex,
        domain::ids::{AccountId, EventId, OrganisationId, RecordId},
    };

    fn row() -> Row {
        Row {
            id: RecordId(Uuid::from_u128(1)),
            at: "2026-03-02T02:00:07.000001Z".parse().unwrap(),
            account_id: None,
            actor: "staff".to_owned(),
            organisation_id: None,
            action: "person.create".to_owned(),
            object_kind: "person".to_owned(),
            object_id: None,
            event_id: None,
        }
    }

    #[test]
    fn every_column_counts() {
        let id = Uuid::from_u128(2);
        let changed: [fn(&mut Row, Uuid); 9] = [
            |row, id| row.id = RecordId(id),
            |row, _| row.at += chrono::TimeDelta::microseconds(1),
            |row, id| row.account_id = Some(AccountId(id)),
            |row, _| row.actor = "system".to_owned(),
            |row, id| row.organisation_id = Some(OrganisationId(id)),
            |row, _| row.action = "person.edit".to_owned(),
            |row, _| row.object_kind = "vacancy".to_owned(),
            |row, id| row.object_id = Some(id),
            |row, id| row.event_id = Some(EventId(id)),
        ];
        let mut seen = vec![digest(&row())];
        for change in changed {
            let mut other = row();
            change(&mut other, id);
            assert!(!seen.contains(&digest(&other)), "{other:?}");
            seen.push(digest(&other));
        }
    }

    #[test]
    fn a_letter_does_not_slide_into_the_next_column() {
        let slid = Row { action: "person.creat".to_owned(), object_kind: "eperson".to_owned(), ..row() };
        assert_ne!(digest(&row()), digest(&slid));
    }

    #[test]
    fn predecessor_minute_number_and_order_count() {
        let (a, b) = (digest(&row()), digest(&Row { id: RecordId(Uuid::from_u128(3)), ..row() }));
        let base = seal(&ORIGIN, 0, &[a.clone(), b.clone()]);
        assert_ne!(base, seal(&[1; 32], 0, &[a.clone(), b.clone()]));
        assert_ne!(base, seal(&ORIGIN, 60_000_000, &[a.clone(), b.clone()]));
        assert_ne!(base, seal(&ORIGIN, 0, std::slice::from_ref(&a)));
        assert_ne!(base, seal(&ORIGIN, 0, &[b, a]));
    }

    /// Stored seals must still hold after the next release.
    #[test]
    fn the_bytes_do_not_change() {
        assert_eq!(
            hex(&seal(&ORIGIN, 0, &[digest(&row())])),
            "749dc1372f19f936b9eeeff2a5d4c35cdeb1f7fd9a230150ff37d44409fd84bd"
        );
    }
}
