//! Amounts and distances as they are written in English.

/// A distance, rounded up to a tenth of a kilometre.
pub fn kilometres(metres: u32) -> String {
    let tenths = metres.div_ceil(100);
    if tenths.is_multiple_of(10) {
        return format!("{} km", tenths / 10);
    }
    format!("{}.{} km", tenths / 10, tenths % 10)
}

/// A number, in threes.
pub fn count(number: i64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// An amount of money.
pub fn rupiah(amount: i64) -> String {
    format!("Rp{}", count(amount))
}

/// So many of something.
pub fn many(number: i64, one: &str, several: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_english() {
        assert_eq!((rupiah(2_600_000), rupiah(500)), ("Rp2,600,000".to_owned(), "Rp500".to_owned()));
        assert_eq!((kilometres(2_540), kilometres(3_000)), ("2.6 km".to_owned(), "3 km".to_owned()));
        assert_eq!(
            (many(1, "place", "places"), many(0, "place", "places")),
            ("1 place".to_owned(), "0 places".to_owned())
        );
    }
}
