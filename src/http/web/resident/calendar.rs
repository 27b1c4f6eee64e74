//! `/saya/lamaran/{id}/wawancara.ics`: an invitation for somebody's own calendar (RFC 5545).
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::{
    app::{App, AppError},
    domain::ids::ApplicationId,
    http::{
        extract::Id,
        problem::Problem,
        web::{frame::Resident, resident::application::own},
    },
    words::id::{messages, pages::application as words},
};

/// Longest line of the format, octets (RFC 5545, 3.1).
const LINE: usize = 75;

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    let (status, _) = own(&app, &who, id).await?;
    let a = status.application;
    let i = a.interview.ok_or(AppError::NotFound)?;
    let hour = NaiveTime::parse_from_str(&i.hour, "%H:%M").unwrap_or_default();
    // The office's clock: UTC+7, without summer time.
    let begins = i.on.and_time(hour).and_utc() - TimeDelta::hours(7);
    let stamp = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//padankerja//applications//ID".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id}@padankerja"),
        format!("DTSTAMP:{}", stamp(a.updated_at)),
        format!("SEQUENCE:{}", a.version),
        format!("DTSTART:{}", stamp(begins)),
        format!("DTEND:{}", stamp(begins + TimeDelta::hours(2))),
        format!("SUMMARY:{}", escaped(&words::interview_title(&a.title, &a.employer_name))),
        format!("LOCATION:{}", escaped(&messages::place(&i.place, i.landmark.as_deref()))),
    ];
    lines.extend(i.bring.as_deref().map(|what| format!("DESCRIPTION:{}", escaped(&words::bring(what)))));
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    let text: String = lines.iter().map(|line| folded(line)).collect();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"wawancara.ics\"")),
    ];
    Ok((headers, text).into_response())
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// A line in pieces no longer than the format takes, never inside a character.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut room = LINE;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(letter);
        room -= letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_and_come_back_whole() {
        let line = format!("LOCATION:{}", "é, Jalan; ".repeat(30));
        let text = folded(&line);
        assert!(text.split("\r\n").all(|piece| piece.len() <= LINE));
        assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), line);
        assert_eq!(escaped("a,b;c\nd\\"), "a\\,b\\;c\\nd\\\\");
    }
}
