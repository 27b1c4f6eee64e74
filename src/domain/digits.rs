//! Digits as files and messengers hand them over: with signs that nobody sees, in full width, wrapped as a spreadsheet's
//! formula. Belongs here: what is taken off before a number of any kind is read. Does not belong here: what number it is.

/// The text with plain digits and without what only a program put there: `="0812"` is `0812`, `'0812` too.
pub fn plain(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).map(narrow).collect();
    let trimmed = visible.trim();
    let formula = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.unwrap_or(trimmed).trim_start_matches(['\'', '`', '\u{2018}', '\u{2019}']).trim().to_owned()
}

/// Signs that direct or join text and have no width.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Full-width digits and signs (`１２＋`) as ordinary ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_added_is_taken_off() {
        for text in [
            "0812",
            "'0812",
            "`0812",
            "=\"0812\"",
            "\u{202a}0812\u{202c}",
            "０８１２",
            "08\u{200b}12",
            " 0812\u{feff} ",
        ] {
            assert_eq!(plain(text), "0812", "{text:?}");
        }
        assert_eq!(plain("＋62"), "+62");
    }
}
