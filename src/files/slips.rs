//! The sheet of paper with one-time codes: A4, eight slips to be cut. Belongs here: the page and its QR code, which holds the
//! address only, never a code. Does not belong here: what the slips say (`words`), making codes (`app`).
use askama::Template;
use qrcode::{EcLevel, QrCode, render::svg};
use thiserror::Error;

/// Slips on a sheet.
pub const ON_A_SHEET: usize = 8;

/// What is the same on every slip.
#[derive(Clone, Debug)]
pub struct Texts {
    /// Of the document (`id`).
    pub language: &'static str,
    pub title: String,
    /// The three steps: open the address, type in the code, choose a password.
    pub open: String,
    pub kind_in: String,
    pub choose: String,
    /// Where to begin.
    pub address: String,
    /// What the picture is, for whoever does not see it.
    pub qr: String,
    pub warning: String,
}

/// One slip. It has a code in clear: no `Debug`.
#[derive(Clone)]
pub struct Slip {
    pub name: String,
    /// In fours.
    pub code: String,
    pub until: String,
}

/// The sheet cannot be made.
#[derive(Debug, Error)]
pub enum SheetError {
    /// The address has more characters than the picture holds.
    #[error("the address does not fit a QR code: {0}")]
    Address(#[from] qrcode::types::QrError),
    /// The template failed.
    #[error("the sheet cannot be written: {0}")]
    Template(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "slips.html")]
struct Sheets<'a> {
    texts: &'a Texts,
    qr: String,
    sheets: Vec<&'a [Slip]>,
}

/// The page, ready to be printed.
///
/// # Errors
/// An address that is too long for a QR code.
pub fn html(texts: &Texts, slips: &[Slip]) -> Result<String, SheetError> {
    let sheets = slips.chunks(ON_A_SHEET).collect();
    Ok(Sheets { texts, qr: picture(&texts.address)?, sheets }.render()?)
}

/// The QR code of an address as a part of a page, without the head of a document.
///
/// # Errors
/// An address that is too long for a QR code.
pub fn picture(address: &str) -> Result<String, SheetError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let drawn = code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(120, 120).build();
    Ok(drawn.find("<svg").map_or_else(String::new, |start| drawn.split_at(start).1.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(address: &str) -> Texts {
        Texts {
            language: "id",
            title: "Kode".to_owned(),
            open: "Buka".to_owned(),
            kind_in: "Ketik".to_owned(),
            choose: "Pilih".to_owned(),
            address: address.to_owned(),
            qr: "Alamat".to_owned(),
            warning: "Gratis".to_owned(),
        }
    }

    fn slip(number: usize) -> Slip {
        Slip {
            name: format!("Contoh <{number}>"),
            code: format!("1234 5678 {number:04}"),
            until: "Sampai besok".to_owned(),
        }
    }

    #[test]
    fn eight_slips_are_on_a_sheet_and_names_are_text() {
        let slips: Vec<Slip> = (1..=17).map(slip).collect();
        let page = html(&texts("https://kerja.example/aktivasi"), &slips).unwrap();
        assert_eq!(page.matches("class=\"sheet\"").count(), 3);
        assert_eq!(page.matches("class=\"slip\"").count(), 17);
        assert_eq!(page.matches("<svg").count(), 17);
        assert!(!page.contains("<1>") && !page.contains("<?xml"), "names are escaped");
        assert!(
            page.contains("1234 5678 0017") && !page.contains("src="),
            "nothing is loaded from elsewhere"
        );
    }

    #[test]
    fn the_picture_is_of_the_address_alone() {
        let one = html(&texts("https://kerja.example/aktivasi"), &[slip(1)]).unwrap();
        let other = html(&texts("https://kerja.example/aktivasi"), &[slip(2)]).unwrap();
        let drawn =
            |page: &str| page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap().to_owned();
        assert_eq!(drawn(&one), drawn(&other));
        assert!(html(&texts(&"x".repeat(5000)), &[slip(1)]).is_err());
    }
}
