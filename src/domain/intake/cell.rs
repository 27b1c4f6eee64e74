//! One cell of a row: text, a number as a number, or nothing.
//!
//! Belongs here: what counts as empty, and the reading from JSON whatever its type. The difference between text and
//! number is kept because a spreadsheet keeps 15 significant digits: a NIK that comes as a number has lost its last one.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A cell. Make it with [`Cell::text`] or [`Cell::number`], which see what is empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or a mark for nothing.
    #[default]
    Empty,
    /// Text, trimmed.
    Text(Box<str>),
    /// A number the file had as a number, in plain digits.
    Number(Box<str>),
    /// A word that stands for nothing (`null`, `nihil`), unless it is a name: some people are called so.
    Nothing(Box<str>),
}

impl Cell {
    /// A text cell; blank text, dashes, `n/a`, `null` and `nihil` are empty.
    pub fn text(text: &str) -> Self {
        let trimmed = text.trim();
        let only_dashes =
            trimmed.chars().all(|c| matches!(c, '-' | '_' | '\u{2012}'..='\u{2015}' | '\u{2212}'));
        let is = |words: &[&str]| words.iter().any(|word| trimmed.eq_ignore_ascii_case(word));
        if only_dashes || is(&["n/a", "#n/a"]) {
            return Self::Empty;
        }
        if is(&["null", "nihil"]) { Self::Nothing(trimmed.into()) } else { Self::Text(trimmed.into()) }
    }

    /// A number of a spreadsheet or of JSON, without exponent and without a superfluous `.0`.
    pub fn number(number: f64) -> Self {
        if number.is_finite() { Self::Number(format!("{number}").into()) } else { Self::Empty }
    }

    /// The text, or the number's digits; `None` when empty.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Empty | Self::Nothing(_) => None,
            Self::Text(text) | Self::Number(text) => Some(text),
        }
    }

    /// The text where it is a name: a word that elsewhere stands for nothing is one.
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Self::Nothing(text) => Some(text),
            other => other.as_str(),
        }
    }

    /// True for a cell that was a number in its file.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty | Self::Nothing(_) => f.write_str("Empty"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(digits) => f.write_str(digits),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) | Self::Nothing(text) => serializer.serialize_str(text),
            Self::Number(digits) => match (digits.parse::<i64>(), digits.parse::<f64>()) {
                (Ok(whole), _) => serializer.serialize_i64(whole),
                (_, Ok(number)) => serializer.serialize_f64(number),
                _ => serializer.serialize_str(digits),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> de::Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list of them or an object with a name")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::text(text))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::text(if value { "ya" } else { "tidak" }))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Number(number.to_string().into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::Number(number.to_string().into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::number(number))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Cell, E> {
        Ok(Cell::Empty)
    }

    fn visit_none<E: de::Error>(self) -> Result<Cell, E> {
        Ok(Cell::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell, D::Error> {
        Cell::deserialize(deserializer)
    }

    /// A list is its items joined by `; `.
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Cell, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Cell>()? {
            items.extend(item.as_str().map(str::to_owned));
        }
        Ok(Cell::text(&items.join("; ")))
    }

    /// An object is its name, as the national portal nests them.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        let mut found = Cell::Empty;
        while let Some((key, value)) = map.next_entry::<String, Cell>()? {
            if matches!(key.as_str(), "name" | "title" | "nama") && found == Cell::Empty {
                found = value;
            }
        }
        Ok(found)
    }
}

/// The cells of one value of a JSON object, each under its heading. An object inside gives its name under the heading
/// and its code, when it has one, under the heading with `_code`: the national portal nests places so.
pub fn of_json(heading: &str, value: &serde_json::Value) -> Vec<(String, Cell)> {
    let cell = serde_json::from_value(value.clone()).unwrap_or_default();
    let code = value.as_object().and_then(|inside| inside.get("code"));
    let code = code
        .map(|code| (format!("{heading}_code"), serde_json::from_value(code.clone()).unwrap_or_default()));
    std::iter::once((heading.to_owned(), cell)).chain(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Cell {
        serde_json::from_str(text).expect("a cell")
    }

    #[test]
    fn marks_for_nothing_are_empty() {
        for text in ["", "  ", "-", "–", "—", "--", " - ", "N/A"] {
            assert_eq!(Cell::text(text), Cell::Empty, "{text:?}");
        }
        for text in ["Null", "NIHIL"] {
            assert_eq!((Cell::text(text).as_str(), Cell::text(text).as_name()), (None, Some(text)));
        }
        assert_eq!(Cell::text(" 0 ").as_str(), Some("0"));
    }

    #[test]
    fn json_of_any_type_is_read() {
        assert_eq!(json("\" a \"").as_str(), Some("a"));
        assert_eq!(json("null"), Cell::Empty);
        assert_eq!(json("[]"), Cell::Empty);
        assert_eq!(json("[\"a\", 1, null]").as_str(), Some("a; 1"));
        assert_eq!(json("true").as_str(), Some("ya"));
        assert_eq!(json("{\"id\": 1, \"name\": \"SMK\"}").as_str(), Some("SMK"));
        assert_eq!(json("[{\"key\": \"x\", \"name\": \"Las\"}]").as_str(), Some("Las"));
        let place = serde_json::json!({"name": "Desa Plesan", "code": 3311052008_i64});
        let read = of_json("region", &place);
        let read: Vec<_> = read.iter().map(|(heading, cell)| (heading.as_str(), cell.as_str())).collect();
        assert_eq!(read, [("region", Some("Desa Plesan")), ("region_code", Some("3311052008"))]);
        assert_eq!(json("-3").as_str(), Some("-3"));
        assert_eq!(json("2.5").as_str(), Some("2.5"));
    }

    #[test]
    fn numbers_stay_numbers_and_keep_their_digits() {
        let nik = json("9911041205010001");
        assert!(nik.is_number());
        assert_eq!(nik.as_str(), Some("9911041205010001"));
        assert_eq!(json("3.31104120501e15").as_str(), Some("3311041205010000"));
        assert_eq!(json(&serde_json::to_string(&nik).expect("json")), nik);
        assert_eq!(Cell::number(12.0).as_str(), Some("12"));
        assert_eq!(Cell::number(f64::NAN), Cell::Empty);
    }
}
