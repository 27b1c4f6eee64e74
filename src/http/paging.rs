//! Pages of lists ordered by (created_at, id): an opaque cursor marks the last item seen, so that rows added or removed
//! meanwhile neither repeat nor hide others.
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};
use uuid::Uuid;

/// One page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, oldest first.
    pub items: Vec<T>,
    /// Pass it as `cursor` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How many items a page holds, 1..=200; 50 when not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u32);

/// The item after which a page starts. Opaque to callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    at: DateTime<Utc>,
    id: Uuid,
}

impl<T> Page<T> {
    /// Makes a page from `limit.rows()` rows: the extra one only tells that there is more. `place` gives a row's
    /// created_at and id.
    pub fn of<Row>(
        mut rows: Vec<Row>,
        limit: Limit,
        place: impl Fn(&Row) -> (DateTime<Utc>, Uuid),
        view: impl Fn(Row) -> T,
    ) -> Self {
        let size = usize::try_from(limit.0).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more).map(|row| {
            let (at, id) = place(row);
            Cursor { at, id }.to_string()
        });
        Self { items: rows.into_iter().map(view).collect(), next: last }
    }
}

impl Limit {
    /// How many rows to ask the store for: one more than the page holds.
    pub fn rows(self) -> i64 {
        i64::from(self.0) + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl Cursor {
    /// As the store's row-value cursor.
    pub fn place<Id: From<Uuid>>(self) -> (DateTime<Utc>, Id) {
        (self.at, Id::from(self.id))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}{:032x}", self.at.timestamp_micros(), self.id.as_u128())
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const BAD: &str = "not a cursor of this service";
        if text.len() != 48 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(BAD);
        }
        let (micros, id) = text.split_at_checked(16).ok_or(BAD)?;
        let micros = i64::from_str_radix(micros, 16).map_err(|_| BAD)?;
        let id = u128::from_str_radix(id, 16).map_err(|_| BAD)?;
        let at = DateTime::from_timestamp_micros(micros).ok_or(BAD)?;
        Ok(Self { at, id: Uuid::from_u128(id) })
    }
}

impl PartialSchema for Cursor {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9a-f]{48}$")).into()
    }
}

impl ToSchema for Cursor {}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(200)).into()
    }
}

impl ToSchema for Limit {}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let limit = u32::deserialize(deserializer)?;
        if (1..=200).contains(&limit) {
            return Ok(Self(limit));
        }
        Err(D::Error::custom(format!("{limit} is outside 1..200")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back(micros in 0_i64..4_000_000_000_000_000, id in any::<u128>()) {
            let at = DateTime::from_timestamp_micros(micros).unwrap();
            let cursor = Cursor { at, id: Uuid::from_u128(id) };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _read = text.parse::<Cursor>();
        }
    }

    #[test]
    fn the_extra_row_becomes_the_next_cursor() {
        let at = DateTime::from_timestamp_micros(7).unwrap();
        let place = |n: &u128| (at, Uuid::from_u128(*n));
        let full = Page::of(vec![1, 2, 3], Limit(2), place, |n| n);
        assert_eq!(full.items, [1, 2]);
        assert_eq!(full.next.unwrap().parse(), Ok(Cursor { at, id: Uuid::from_u128(2) }));
        let last = Page::of(vec![1, 2], Limit(2), place, |n| n);
        assert_eq!((last.items.len(), last.next), (2, None));
    }
}
