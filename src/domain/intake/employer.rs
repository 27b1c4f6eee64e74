//! Rows of employers.
//!
//! Belongs here: the columns and their judgement. Does not belong here: verification, which staff do.

use crate::domain::{
    codes::FieldCode,
    digits,
    intake::{
        judge::{Judge, text},
        problem::{Judged, Severity},
        words::Nib,
    },
    limits,
    phone::Phone,
    region::RegionCode,
};

row! {
    /// An employer as a file has it.
    EmployerRow, private: &["contact_name", "contact_phone", "email"], {
        /// Business number, 13 digits.
        nib ["no_induk_berusaha", "no_nib"],
        /// Name of the company.
        name ["nama", "nama_perusahaan", "perusahaan"],
        /// KBLI 2020 code: a letter, or 2 to 5 digits.
        industry ["kbli", "kode_kbli", "lapangan_usaha"],
        /// Street address of the site.
        address ["alamat"],
        /// Village of the site, code or name.
        village ["desa", "kelurahan", "desa_kel", "desa_kelurahan"],
        /// District of the site, where the village's name is not enough.
        kecamatan ["kec"],
        /// Who answers for the company.
        contact_name ["narahubung", "nama_kontak", "kontak"],
        /// Mobile or fixed line.
        contact_phone ["telepon", "no_telepon", "no_hp", "hp"],
        /// Mail address.
        email ["surel", "e_mail"],
    }
}

/// An employer ready to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerDraft {
    /// Business number.
    pub nib: Nib,
    /// Name of the company.
    pub name: String,
    /// KBLI 2020 code without dots.
    pub industry: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Village of the site.
    pub village: Option<RegionCode>,
    /// Who answers for the company.
    pub contact_name: Option<String>,
    /// Mobile number, if the number given is one.
    pub contact_phone: Option<Phone>,
    /// Digits of a fixed line, if the number given is one.
    pub landline: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

impl EmployerRow {
    /// Judges the row. NIB and name are required; anything else unreadable is an error too.
    pub fn judge(&self) -> Judged<EmployerDraft> {
        let mut judge = Judge::new(Severity::Error);
        judge.plain(self);
        judge.required("nib", &self.nib);
        let nib = judge.nib(&self.nib);
        let name = judge.required("name", &self.name);
        judge.fits(limits::EMPLOYER, "name", &name);
        let industry = judge.read("industry", &self.industry, FieldCode::KbliShape, kbli);
        let village = judge.village(&self.village, &self.kecamatan);
        let landline = self.contact_phone.as_str().and_then(landline);
        let contact_phone =
            if landline.is_some() { None } else { judge.phone("contact_phone", &self.contact_phone) };
        let email = judge.read("email", &self.email, FieldCode::EmailShape, email);
        let (address, contact_name) = (text(&self.address), text(&self.contact_name));
        for (column, text) in [("address", &address), ("contact_name", &contact_name), ("email", &email)] {
            judge.fits(limits::EMPLOYER, column, text);
        }
        let draft = nib.zip(name).map(|(nib, name)| EmployerDraft {
            nib,
            name,
            industry,
            address,
            village,
            contact_name,
            contact_phone,
            landline,
            email,
        });
        judge.finish(draft)
    }
}

/// A KBLI code: a section letter, or 2 to 5 digits, with or without a dot.
fn kbli(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect::<String>().to_uppercase();
    let letter = code.len() == 1 && code.bytes().all(|b| b.is_ascii_uppercase() && b <= b'U');
    let digits = (2..=5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    (letter || digits).then_some(code)
}

/// A fixed line: an area code other than 08, and 8 to 12 digits in all. Of two lines the first is kept, as is the number
/// before the last digits of a second one (`593123-24`).
fn landline(text: &str) -> Option<String> {
    let plain = digits::plain(text);
    let whole = line_digits(without_second_ending(&plain));
    whole.or_else(|| line_digits(without_second_ending(plain.split(['/', ',', ';', '\n', '&']).next()?)))
}

fn line_digits(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/')).collect();
    let local = kept.strip_prefix("+62").map_or(kept.clone(), |rest| format!("0{rest}"));
    let digits = local.bytes().all(|b| b.is_ascii_digit()) && (8..=12).contains(&local.len());
    (digits && local.starts_with('0') && !local.starts_with("08") && !local.starts_with("00"))
        .then_some(local)
}

/// `0271 593123-24` is 593123 and 593124: what a number of full length is followed by is another one's ending.
fn without_second_ending(text: &str) -> &str {
    let Some((number, ending)) = text.trim().rsplit_once('-') else { return text };
    let ending = ending.trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_ending = ending.bytes().all(|b| b.is_ascii_digit())
        && match ending.len() {
            1 | 2 => digits >= 9,
            3 => digits >= 10,
            _ => false,
        };
    if is_ending { without_second_ending(number) } else { text }
}

fn email(text: &str) -> Option<String> {
    let (user, host) = text.split_once('@')?;
    let plain = !text.contains(char::is_whitespace) && !host.contains('@');
    let dotted = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    (plain && dotted && !user.is_empty()).then(|| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::cell::Cell;

    fn row() -> EmployerRow {
        EmployerRow {
            nib: Cell::text("9120001234567"),
            name: Cell::text("PT Contoh Garmen"),
            industry: Cell::text("14.111"),
            village: Cell::text("Plesan"),
            contact_phone: Cell::text("0271 593 123"),
            email: Cell::text("HRD@contoh.example"),
            ..EmployerRow::default()
        }
    }

    #[test]
    fn a_good_row_gives_a_draft() {
        let (draft, problems) = row().judge().into_result().expect("good");
        assert!(problems.is_empty());
        assert_eq!(draft.industry.as_deref(), Some("14111"));
        assert_eq!(draft.landline.as_deref(), Some("0271593123"));
        assert_eq!(draft.email.as_deref(), Some("hrd@contoh.example"));
        assert_eq!(draft.village.map(|v| v.to_string()), Some("33.11.05.2008".to_owned()));
    }

    #[test]
    fn fixed_lines_are_kept_as_somebody_has_them() {
        let cases = [
            ("0271 594321-22", "0271594321"),
            ("0271-594321-322", "0271594321"),
            ("(0271) 594-321", "0271594321"),
            ("0271 59-43-21", "0271594321"),
            ("0271 594321 / 0271 594322", "0271594321"),
            ("+62 271 594321", "0271594321"),
            ("021 5551234-35", "0215551234"),
        ];
        for (text, expected) in cases {
            assert_eq!(landline(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["+81 3 1234 5678", "0081 3 1234567", "081234567890", "594321", "tidak ada"] {
            assert_eq!(landline(text), None, "{text}");
        }
    }

    #[test]
    fn all_problems_come_at_once() {
        let bad = EmployerRow {
            nib: Cell::text("12"),
            name: Cell::Empty,
            industry: Cell::text("garmen"),
            village: Cell::text("Gentan"),
            contact_phone: Cell::text("08"),
            email: Cell::text("x@y"),
            ..EmployerRow::default()
        };
        let problems = bad.judge().into_result().expect_err("bad");
        let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        let expected =
            ["nib_shape", "required", "kbli_shape", "ambiguous_village", "phone_length", "email_shape"];
        assert_eq!(codes, expected);
        assert_eq!(problems[3].candidates.len(), 3);
    }

    #[test]
    fn a_number_that_lost_its_zero_is_named() {
        let bad = EmployerRow { nib: serde_json::from_str("120001234567").expect("number"), ..row() };
        let problems = bad.judge().into_result().expect_err("12 digits");
        assert_eq!(problems[0].code, "nib_numeric_zero");
    }
}
