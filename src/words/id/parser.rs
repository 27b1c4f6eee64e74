//! What a parser found wrong with a value, by the kind of its English words: names of fields and what would be right are
//! kept, values that were given are not repeated. Words of a kind that is not known are told in general terms.

/// What is wrong, without where it stands.
pub fn wrong(words: &str) -> String {
    let words = apart(words).0;
    misnamed(words).or_else(|| misformed(words)).unwrap_or_else(|| "isian ini tidak dapat dibaca".to_owned())
}

/// What is wrong, with line and column where the parser tells them.
pub fn wrong_at(words: &str) -> String {
    match apart(words) {
        (_, Some((line, column))) => format!("baris {line}, kolom {column}: {}", wrong(words)),
        (_, None) => wrong(words),
    }
}

/// The words, and the place that may stand behind them.
fn apart(words: &str) -> (&str, Option<(&str, &str)>) {
    let Some((head, place)) = words.rsplit_once(" at line ") else { return (words, None) };
    match place.split_once(" column ") {
        Some((line, column)) if is_number(line) && is_number(column) => (head, Some((line, column))),
        _ => (words, None),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// A field or word that is not there, not known, or there twice.
fn misnamed(words: &str) -> Option<String> {
    let (kind, rest) = words.split_once(" `")?;
    let (name, rest) = rest.split_once('`')?;
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let known = known.join(", ");
    Some(match kind {
        "missing field" => format!("isian \"{name}\" wajib ada"),
        "duplicate field" => format!("isian \"{name}\" disebut dua kali"),
        "unknown field" if known.is_empty() => format!("isian \"{name}\" tidak dikenal"),
        "unknown field" => format!("isian \"{name}\" tidak dikenal; yang dikenal: {known}"),
        "unknown variant" => format!("kata ini tidak dikenal; pilih: {known}"),
        "unknown criterion" => {
            "kelompok ini tidak dikenal; yang dikenal: desil_1_4 (dua angka 1 sampai 10 menurut \
             urutan), disability, long_unemployment, laid_off"
                .to_owned()
        }
        _ => return None,
    })
}

/// A value of the wrong kind.
fn misformed(words: &str) -> Option<String> {
    if let Some((_, expected)) = words.rsplit_once(", expected ") {
        let kind = kind(expected);
        return Some(if words.starts_with("invalid value") {
            format!("nilainya di luar batas; isi dengan {kind}")
        } else {
            format!("isi dengan {kind}")
        });
    }
    let said = match words {
        "invalid digit found in string" | "cannot parse integer from empty string" => WHOLE,
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "bilangan ini terlalu besar atau terlalu kecil"
        }
        "input contains invalid characters"
        | "input is out of range"
        | "input is not enough for unique date and time"
        | "premature end of input"
        | "trailing input" => "tulis tanggal seperti 2026-12-31",
        "provided string was not `true` or `false`" => "isi dengan true atau false",
        "not a cursor of this service" => {
            "bukan penanda halaman dari layanan ini; pakai \"next\" dari halaman sebelumnya"
        }
        _ if words.ends_with(" is outside 1..200") => "isi dengan bilangan bulat 1 sampai 200",
        _ if words.starts_with("share ") => {
            "bagian harus antara 0 dan 1, paling banyak tiga angka di belakang koma"
        }
        _ if words.starts_with("UUID parsing failed") => "isi dengan id lengkap",
        _ if is_syntax(words) => "bukan JSON yang benar: periksa tanda kutip, koma dan kurung di tempat itu",
        _ => return None,
    };
    Some(said.to_owned())
}

const WHOLE: &str = "isi dengan bilangan bulat";

/// Words of the JSON parser about the text itself.
fn is_syntax(words: &str) -> bool {
    [
        "EOF while parsing",
        "expected ",
        "trailing ",
        "key must be",
        "invalid escape",
        "invalid number",
        "control character",
    ]
    .iter()
    .any(|head| words.starts_with(head))
}

fn kind(expected: &str) -> &'static str {
    let first = expected.trim_start_matches("a ").trim_start_matches("an ");
    match first {
        "u8" | "u16" | "u32" | "u64" | "usize" => "bilangan bulat, bukan negatif",
        "i8" | "i16" | "i32" | "i64" | "isize" | "integer" => "bilangan bulat",
        "f32" | "f64" => "bilangan",
        "bool" | "boolean" => "true atau false",
        "string" | "str" | "borrowed string" | "string or map" => "teks",
        "UUID string" | "UUID" | "formatted UUID string" => "id lengkap",
        "formatted date string" | "string representing a date" | "date string" => {
            "tanggal seperti 2026-12-31"
        }
        _ if first.starts_with("sequence") || first.starts_with("array") || first.starts_with("tuple") => {
            "daftar"
        }
        _ if first.starts_with("struct") || first.starts_with("map") => "objek",
        _ => "nilai dari jenis yang benar",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_in_bahasa_indonesia() {
        for (words, said) in [
            ("missing field `login`", "isian \"login\" wajib ada"),
            ("duplicate field `seats`", "isian \"seats\" disebut dua kali"),
            ("unknown field `q`, there are no fields", "isian \"q\" tidak dikenal"),
            (
                "unknown field `nama`, expected one of `name`, `nik`",
                "isian \"nama\" tidak dikenal; yang dikenal: name, nik",
            ),
            (
                "unknown variant `Open`, expected `open` or `draft`",
                "kata ini tidak dikenal; pilih: open, draft",
            ),
            (
                "invalid type: string \"x, expected z\", expected u32",
                "isi dengan bilangan bulat, bukan negatif",
            ),
            (
                "invalid value: integer `-5`, expected u16",
                "nilainya di luar batas; isi dengan bilangan bulat, bukan negatif",
            ),
            ("invalid type: integer `1`, expected a string", "isi dengan teks"),
            ("invalid length 0, expected struct Sample with 2 elements", "isi dengan objek"),
            ("invalid digit found in string", WHOLE),
            ("premature end of input", "tulis tanggal seperti 2026-12-31"),
            ("0 is outside 1..200", "isi dengan bilangan bulat 1 sampai 200"),
            ("something that was never seen", "isian ini tidak dapat dibaca"),
        ] {
            assert_eq!(wrong(words), said, "{words}");
        }
    }

    #[test]
    fn the_place_is_told_where_the_text_is_a_file() {
        let words = "unknown field `floor`, expected `floors` at line 2 column 9";
        assert_eq!(wrong_at(words), "baris 2, kolom 9: isian \"floor\" tidak dikenal; yang dikenal: floors");
        assert_eq!(wrong(words), "isian \"floor\" tidak dikenal; yang dikenal: floors");
        assert!(wrong_at("EOF while parsing an object at line 1 column 1").contains("bukan JSON yang benar"));
        assert_eq!(wrong_at("x at line y column z"), "isian ini tidak dapat dibaca");
    }
}
