//! What the mail with a key for a new password says. It names the login, and no person.
use askama::Template;

use crate::domain::{
    message::{Letter, Office},
    new_password,
};

struct Mail<'a> {
    office: &'a str,
    phone: &'a str,
    login: &'a str,
    link: &'a str,
    minutes: i64,
}

#[derive(Template)]
#[template(path = "messages/new_password/subject.txt", escape = "none")]
struct Subject;

#[derive(Template)]
#[template(path = "messages/new_password/text.txt", escape = "none")]
struct Text<'a> {
    m: &'a Mail<'a>,
}

#[derive(Template)]
#[template(path = "messages/new_password/body.html")]
struct Body<'a> {
    m: &'a Mail<'a>,
}

/// The mail to whoever asked for a new password of this login.
///
/// # Errors
/// A template that cannot be filled.
pub fn letter(office: &Office, login: &str, link: &str) -> Result<Letter, askama::Error> {
    let m =
        Mail { office: &office.name, phone: &office.phone, login, link, minutes: new_password::KEY_MINUTES };
    let subject = Subject.render()?.trim().to_owned();
    Ok(Letter { subject, text: Text { m: &m }.render()?, html: Body { m: &m }.render()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_has_the_link_and_the_login() {
        let office = Office { phone: "0271 593".to_owned(), ..Office::default() };
        let told = letter(&office, "hrd@pabrik.example", "https://kerja.example/sandi-baru/ab12").unwrap();
        assert!(!told.subject.is_empty() && !told.subject.contains('\n'));
        for text in [&told.text, &told.html] {
            assert!(text.contains("https://kerja.example/sandi-baru/ab12"), "{text}");
            assert!(text.contains("hrd@pabrik.example") && text.contains("60 menit"), "{text}");
        }
    }
}
