//! What messages say: mail to employers and to the office, texts to people. The sentences are in `templates/messages`, a folder
//! each; here is what they are made of. Never a person's name, NIK, number or desil: none of them comes in.
use askama::Template;
use chrono::NaiveDate;

use crate::{
    domain::{
        contact::{Content, Invitation, Way},
        message::{Delivery, Failure, Kind, Letter, Office, Reader, Reply},
    },
    words::id::dates,
};

/// What a mail is about: one vacancy, with how many people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Title of the vacancy.
    pub title: String,
    /// Its employer.
    pub employer: String,
    /// How many people.
    pub people: usize,
    /// The day that matters: until when to answer, the last day, the day of the interview.
    pub due: Option<NaiveDate>,
}

/// What a person is told about their application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Title of the vacancy.
    pub title: String,
    /// Its employer.
    pub employer: String,
    /// By when to answer.
    pub deadline: Option<NaiveDate>,
    /// When and where to come.
    pub invitation: Option<Invitation>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
}

/// Where an employer reads and answers.
const FOR_EMPLOYERS: &str = "/perusahaan/pelamar";
/// Where officers read.
const FOR_OFFICERS: &str = "/petugas";
/// Where a person reads.
const FOR_PEOPLE: &str = "/saya";

struct Mail<'a> {
    office: &'a str,
    phone: &'a str,
    link: Option<String>,
    employer: &'a str,
    people: usize,
    lines: Vec<MailLine<'a>>,
}

struct MailLine<'a> {
    title: &'a str,
    employer: &'a str,
    people: usize,
    due: Option<String>,
}

struct Text<'a> {
    office: &'a str,
    phone: &'a str,
    link: Option<String>,
    title: &'a str,
    employer: &'a str,
    due: Option<String>,
    day: Option<String>,
    hour: Option<&'a str>,
    place: Option<String>,
    bring: Option<&'a str>,
}

/// The three files of a mail.
macro_rules! mails {
    ($($name:ident($subject:tt, $text:tt, $html:tt);)+) => {$(
        mod $name {
            #[derive(askama::Template)]
            #[template(path = $subject, escape = "none")]
            pub(super) struct Subject<'a> { pub(super) m: &'a super::Mail<'a> }

            #[derive(askama::Template)]
            #[template(path = $text, escape = "none")]
            pub(super) struct Text<'a> { pub(super) m: &'a super::Mail<'a> }

            #[derive(askama::Template)]
            #[template(path = $html)]
            pub(super) struct Body<'a> { pub(super) m: &'a super::Mail<'a> }

            pub(super) fn letter(m: &super::Mail<'_>) -> Result<super::Letter, askama::Error> {
                use askama::Template;
                let subject = Subject { m }.render()?.trim().to_owned();
                Ok(super::Letter { subject, text: Text { m }.render()?, html: Body { m }.render()? })
            }
        }
    )+};
}

/// The file of a text to a person.
macro_rules! to_people {
    ($($name:ident($path:tt);)+) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> { m: &'a Text<'a> }
    )+};
}

mails! {
    referral("messages/referral/subject.txt", "messages/referral/text.txt", "messages/referral/body.html");
    reminder("messages/reminder/subject.txt", "messages/reminder/text.txt", "messages/reminder/body.html");
    overdue("messages/overdue/subject.txt", "messages/overdue/text.txt", "messages/overdue/body.html");
    vacancy_expiring("messages/vacancy_expiring/subject.txt", "messages/vacancy_expiring/text.txt",
        "messages/vacancy_expiring/body.html");
    employer_overdue("messages/employer_overdue/subject.txt", "messages/employer_overdue/text.txt",
        "messages/employer_overdue/body.html");
    interview_set("messages/interview_set/subject.txt", "messages/interview_set/text.txt",
        "messages/interview_set/body.html");
}

to_people! {
    ToAnswer("messages/to_answer/text.txt");
    Invited("messages/interview/text.txt");
    Offered("messages/offer/text.txt");
    Starting("messages/start/text.txt");
    LinkOnly("messages/link_only.txt");
}

/// The mail of a kind to an employer, or to the office, about these vacancies; none for kinds that a person reads.
///
/// # Errors
/// A template that cannot be filled.
pub fn letter(
    kind: Kind,
    office: &Office,
    employer: &str,
    lines: &[Line],
) -> Result<Option<Letter>, askama::Error> {
    let site = if kind.reader() == Reader::Office { FOR_OFFICERS } else { FOR_EMPLOYERS };
    let mail = Mail {
        office: &office.name,
        phone: &office.phone,
        link: link(office, site),
        employer,
        people: lines.iter().map(|line| line.people).sum(),
        lines: lines.iter().map(mail_line).collect(),
    };
    Ok(match kind {
        Kind::Referral => Some(referral::letter(&mail)?),
        Kind::Reminder => Some(reminder::letter(&mail)?),
        Kind::Overdue => Some(overdue::letter(&mail)?),
        Kind::VacancyExpiring => Some(vacancy_expiring::letter(&mail)?),
        Kind::EmployerOverdue => Some(employer_overdue::letter(&mail)?),
        Kind::InterviewSet => Some(interview_set::letter(&mail)?),
        Kind::ToAnswer | Kind::Interview | Kind::Offer | Kind::Start => None,
    })
}

/// The text of a kind to a person, with as much as they want it to say; none for kinds that are mail.
///
/// # Errors
/// A template that cannot be filled.
pub fn text(
    kind: Kind,
    content: Content,
    office: &Office,
    news: &News,
) -> Result<Option<String>, askama::Error> {
    let invitation = news.invitation.as_ref();
    let day = match kind {
        Kind::Interview => invitation.map(|told| told.on),
        _ => news.starts_on,
    };
    let m = Text {
        office: &office.name,
        phone: &office.phone,
        link: link(office, FOR_PEOPLE),
        title: &news.title,
        employer: &news.employer,
        due: news.deadline.map(dates::with_weekday),
        day: day.map(dates::with_weekday),
        hour: invitation.map(|told| told.hour.as_str()),
        place: invitation.map(|told| place(&told.place, told.landmark.as_deref())),
        bring: invitation.and_then(|told| told.bring.as_deref()),
    };
    if kind.reader() == Reader::Person && content == Content::LinkOnly {
        return LinkOnly { m: &m }.render().map(trimmed);
    }
    match kind {
        Kind::ToAnswer => ToAnswer { m: &m }.render().map(trimmed),
        Kind::Interview => Invited { m: &m }.render().map(trimmed),
        Kind::Offer => Offered { m: &m }.render().map(trimmed),
        Kind::Start => Starting { m: &m }.render().map(trimmed),
        Kind::Referral
        | Kind::Reminder
        | Kind::Overdue
        | Kind::VacancyExpiring
        | Kind::EmployerOverdue
        | Kind::InterviewSet => Ok(None),
    }
}

fn trimmed(text: String) -> Option<String> {
    Some(text.trim().to_owned())
}

fn mail_line(line: &Line) -> MailLine<'_> {
    MailLine {
        title: &line.title,
        employer: &line.employer,
        people: line.people,
        due: line.due.map(dates::with_weekday),
    }
}

fn link(office: &Office, page: &str) -> Option<String> {
    office.address.as_ref().map(|address| format!("{address}{page}"))
}

/// What a message is about.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Referral => "pelamar baru",
        Kind::Reminder => "pengingat jawaban",
        Kind::Overdue => "jawaban terlambat",
        Kind::VacancyExpiring => "lowongan segera berakhir",
        Kind::EmployerOverdue => "perusahaan belum menjawab",
        Kind::InterviewSet => "wawancara ditetapkan",
        Kind::ToAnswer => "lowongan untuk dijawab",
        Kind::Interview => "undangan wawancara",
        Kind::Offer => "tawaran kerja",
        Kind::Start => "diterima bekerja",
    }
}

/// Where a message stands.
pub fn state(state: Delivery) -> &'static str {
    match state {
        Delivery::Waiting => "menunggu",
        Delivery::Opened => "sudah dibuka",
        Delivery::Sent => "terkirim",
        Delivery::Answered => "sudah dijawab",
        Delivery::Failed => "gagal",
        Delivery::Dropped => "dibatalkan",
    }
}

/// Who reads it.
pub fn reader(reader: Reader) -> &'static str {
    match reader {
        Reader::Employer => "pemberi kerja",
        Reader::Office => "kantor",
        Reader::Person => "warga",
    }
}

/// Why it did not arrive.
pub fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::Unreachable => "server tidak menjawab",
        Failure::NotNow => "server meminta dicoba lagi nanti",
        Failure::Refused => "alamat atau pesan ditolak",
        Failure::BadAddress => "alamat tidak terbaca",
        Failure::NoAddress => "alamat tidak ada",
    }
}

/// What the person answered.
pub fn reply(reply: Reply) -> &'static str {
    match reply {
        Reply::Yes => "menjawab ya",
        Reply::No => "menjawab tidak",
        Reply::Other => "jawaban lain",
    }
}

/// A place, and by what it is found.
pub fn place(place: &str, landmark: Option<&str>) -> String {
    landmark.map_or_else(|| place.to_owned(), |landmark| format!("{place} (patokan: {landmark})"))
}

/// How somebody is told.
pub fn way(way: Way) -> &'static str {
    match way {
        Way::Telephone => "telepon",
        Way::Whatsapp => "WhatsApp",
        Way::Companion => "pendamping",
    }
}

/// How much a message says.
pub fn content(content: Content) -> &'static str {
    match content {
        Content::Full => "isi lengkap",
        Content::LinkOnly => "tautan saja",
    }
}
