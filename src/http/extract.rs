//! From request to values a handler can trust: who asks, which object, what body. Every rejection is a `Problem`.
//!
//! The order of a handler's arguments is the order of its checks: `State`, who (401, 403), path ids (404), query or
//! `IfMatch` (400, 428), body last (400, 413, 415).
use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use chrono::{Datelike, NaiveDate};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
    },
};

use crate::{
    app::{
        AppError,
        access::{
            Agency, Companion, Confirming, Employer, Nominating, Reporting, Session, Staff, Supervising,
            Trainee, Verifying,
        },
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        plain,
    },
    http::{problem::Problem, state::AppState},
    words::Language,
};

/// Any login that holds, loaded from the database for this request.
#[derive(Clone, Debug)]
pub struct Login(pub Arc<Session>);

impl FromRequestParts<AppState> for Login {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(session) = parts.extensions.get::<Arc<Session>>() {
            return Ok(Self(Arc::clone(session)));
        }
        let token = bearer(&parts.headers)?;
        let session = Arc::new(state.auth.authenticate(&state.app, token).await?);
        parts.extensions.insert(Arc::clone(&session));
        Ok(Self(session))
    }
}

/// A handler argument of one of these types is the permission: without the role or right the handler does not run.
macro_rules! capability {
    ($($name:ident from $method:ident),+ $(,)?) => {$(
        impl FromRequestParts<AppState> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
                let Login(session) = Login::from_request_parts(parts, state).await?;
                Ok(session.$method()?)
            }
        }
    )+};
}

capability! {
    Staff from staff,
    Verifying from verifying,
    Confirming from confirming,
    Nominating from nominating,
    Reporting from reporting,
    Supervising from supervising,
    Employer from employer,
    Trainee from trainee,
    Companion from companion,
    Agency from agency,
}

/// The id (or tuple of ids) in the path. Text that is no id names nothing: 404, like an absent object.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(id)) => Ok(Self(id)),
            Err(_) => Err(AppError::NotFound.into()),
        }
    }
}

/// Query parameters. Give the type `#[serde(deny_unknown_fields)]`: a mistyped filter must not return everything.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        if let Some((field, _)) = pairs.clone().find(|(_, value)| is_far_off(value)) {
            let code = FieldCode::DateOutOfRange;
            let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::MalformedQuery);
            return Err(problem.field(&field, code, Language::default().field(code, None)));
        }
        let reader = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let words = error.inner().to_string();
            let field = field_of(error.path(), &words);
            let code = if field == "cursor" { ProblemCode::BadCursor } else { ProblemCode::MalformedQuery };
            let said = Language::default().unparsed(&words);
            Problem::new(StatusCode::BAD_REQUEST, code).field(&field, FieldCode::Unacceptable, said)
        })
    }
}

/// The version the caller saw, from `If-Match: "7"`; 428 without it.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, ProblemCode::VersionMissing));
        };
        let quoted = value.to_str().unwrap_or_default().trim();
        let version = quoted
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .and_then(|text| text.parse().ok())
            .filter(|version| *version >= 1);
        version.map(Self).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadVersion))
    }
}

impl IntoParams for IfMatch {
    fn into_params(_within: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let header = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("ETag of the object as the caller saw it."))
            .schema(Some(
                ObjectBuilder::new().schema_type(Type::String).pattern(Some(r#"^"[1-9][0-9]{0,17}"$"#)),
            ))
            .build();
        vec![header]
    }
}

/// A JSON body of a request that needs no idempotency key (PUT, PATCH, login). An empty body reads as `{}`.
#[derive(Clone, Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let headers = parts.headers.clone();
        let bytes = read_bytes(Request::from_parts(parts, body), state).await?;
        Ok(Self(parse(&headers, &bytes)?))
    }
}

/// A body without fields, for actions that need none; a query without parameters, for routes that know none.
#[derive(Clone, Copy, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The whole body within the limit.
pub async fn read_bytes(request: Request, state: &AppState) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(failure) => match failure.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE),
            _ => Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest),
        },
        _ => Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest),
    })
}

/// Reads a JSON body that was announced as JSON.
pub fn parse<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    if bytes.is_empty() {
        return json(b"{}");
    }
    if !says_json(headers) {
        return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    json(bytes)
}

fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if may_hide(bytes)
        && let Ok(value) = serde_json::from_slice::<Value>(bytes)
        && let Some((field, code)) = hiding(&value, String::new())
    {
        let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::InvalidFields);
        return Err(problem.field(&field, code, Language::default().field(code, None)));
    }
    let malformed = || Problem::new(StatusCode::BAD_REQUEST, ProblemCode::MalformedJson);
    // Serde takes a list for an object whose fields stand in their order, and an empty one for an object without any.
    if bytes.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|_| malformed())?;
        let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::UnacceptableBody);
        return Err(problem.field("", FieldCode::Unacceptable, Language::default().unparsed(NO_OBJECT)));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let at = error.inner();
        if !at.is_data() {
            return malformed();
        }
        // Where in the text it was helps nobody who sent an object.
        let place = format!(" at line {} column {}", at.line(), at.column());
        let words = at.to_string();
        let words = words.strip_suffix(&place).unwrap_or(&words);
        let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::UnacceptableBody);
        let said = Language::default().unparsed(words);
        problem.field(&field_of(error.path(), words), FieldCode::Unacceptable, said)
    })?;
    reader.end().map_err(|_| malformed())?;
    Ok(value)
}

/// What serde says where an object is expected.
const NO_OBJECT: &str = "invalid type: sequence, expected struct";

/// Whether a body can hold a character or a day that no field may hold: escaped, or one of the few byte sequences they begin
/// with. Most bodies cannot, and are read once.
fn may_hide(bytes: &[u8]) -> bool {
    bytes.contains(&0x7f)
        || bytes.contains(&b'\\')
        || bytes.windows(2).any(|two| {
            matches!(
                two,
                [0xc2, 0x80..=0xa0]
                    | [0xe1, 0x9a]
                    | [0xe3, 0x80]
                    | [0xd8, 0x9c]
                    | [0xe2, 0x80 | 0x81]
                    | [b'"' | b' ' | b'\t', b'+' | b'-' | b'0']
            )
        })
}

/// The first field with such a character or day, as problems name it. Neither database is asked: one keeps U+0000 and a day
/// before our era, and the other cannot.
fn hiding(value: &Value, path: String) -> Option<(String, FieldCode)> {
    match value {
        Value::String(text) if plain::refused(text).is_some() => Some((path, FieldCode::ControlCharacter)),
        Value::String(text) => is_far_off(text).then_some((path, FieldCode::DateOutOfRange)),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, item)| hiding(item, format!("{path}[{at}]")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, field)| {
            if plain::refused(name).is_some() {
                return Some((path.clone(), FieldCode::ControlCharacter));
            }
            let dot = if path.is_empty() { "" } else { "." };
            hiding(field, format!("{path}{dot}{name}"))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether a text is a day that four digits of a year cannot write (`+12345-01-01`, `-0044-03-15`): it is read as a day, and
/// no answer could tell it as one.
fn is_far_off(text: &str) -> bool {
    text.parse::<NaiveDate>().is_ok_and(|day| !(1..=9999).contains(&day.year()))
}

fn says_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Where a value does not fit. That a field of the object itself is missing or given twice has no path; serde names it
/// in its words alone.
fn field_of(path: &Path, words: &str) -> String {
    if path.iter().any(|segment| !matches!(segment, Segment::Unknown)) {
        return path.to_string();
    }
    let named = ["missing field `", "duplicate field `"].iter().find_map(|head| words.strip_prefix(head));
    named.and_then(|name| name.strip_suffix('`')).unwrap_or_default().to_owned()
}

fn bearer(headers: &HeaderMap) -> Result<&str, AppError> {
    let missing = AppError::Unauthenticated(ProblemCode::LoginMissing);
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(missing);
    };
    let (scheme, token) = value.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its type matters")]
        seats: u32,
        #[expect(dead_code, reason = "only its type matters")]
        #[serde(default)]
        parts: Vec<Part>,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Part {
        #[expect(dead_code, reason = "only its type matters")]
        day: chrono::NaiveDate,
    }

    fn refused(text: &str) -> Problem {
        json::<Sample>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_rejected_body_names_the_field() {
        let unacceptable = [
            (r#"{"seats":"x"}"#, "seats", "isi dengan bilangan bulat, bukan negatif"),
            (r#"{"seat":1}"#, "seat", "isian \"seat\" tidak dikenal; yang dikenal: seats, parts"),
            ("{}", "seats", "isian \"seats\" wajib ada"),
            (r#"{"seats":1,"seats":2}"#, "seats", "isian \"seats\" disebut dua kali"),
            (r#"{"seats":1,"parts":[{"day":"2026-01-01"},{}]}"#, "parts[1]", "isian \"day\" wajib ada"),
            (
                r#"{"seats":1,"parts":[{"day":" at line 1 column 2"}]}"#,
                "parts[0].day",
                "tulis tanggal seperti 2026-12-31",
            ),
            ("[]", "", "isi dengan objek"),
            (" [1, []]", "", "isi dengan objek"),
        ];
        for (text, field, detail) in unacceptable {
            let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::UnacceptableBody);
            assert_eq!(refused(text), problem.field(field, FieldCode::Unacceptable, detail), "{text}");
        }
        for text in [r#"{"seats":"#, "seats", r#"{"seats":1} {}"#, r#"{"seats":1,}"#] {
            assert_eq!(
                refused(text),
                Problem::new(StatusCode::BAD_REQUEST, ProblemCode::MalformedJson),
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_is_refused_with_its_field() {
        let read = |text: &str| json::<serde_json::Value>(text.as_bytes());
        for (text, field) in [
            (r#"{"login":"pet\u0000ugas"}"#, "login"),
            ("{\"name\":\"SITI\u{202e}UJI\"}", "name"),
            ("{\"a\":{\"b\":[\"x\",\"\u{85}\"]}}", "a.b[1]"),
            (r#"{"skills":["las\u0007"]}"#, "skills[0]"),
            ("{\"n\":\"\u{7f}\"}", "n"),
            ("{\"n\":\"\u{61c}\"}", "n"),
            ("{\"n\":\"\u{2066}\"}", "n"),
        ] {
            let problem = read(text).unwrap_err();
            assert_eq!(problem.code(), ProblemCode::InvalidFields, "{text}");
            let told = serde_json::to_value(problem.document()).unwrap();
            assert_eq!(told["errors"][0]["field"], field, "{text}");
            assert_eq!(told["errors"][0]["code"], "control_character", "{text}");
        }
        for (text, field) in [
            (r#"{"day":"+262142-12-31"}"#, "day"),
            (r#"{"a":[{"on":"-0044-03-15"}]}"#, "a[0].on"),
            (r#"{"day":" 0000-01-01"}"#, "day"),
            (r#"{"day":"0-1-1"}"#, "day"),
            (r#"{"day":"\n-5-01-01"}"#, "day"),
            (r#"{"day":"\u002b12345-01-01"}"#, "day"),
        ] {
            let told = serde_json::to_value(read(text).unwrap_err().document()).unwrap();
            assert_eq!(told["errors"][0]["field"], field, "{text}");
            assert_eq!(told["errors"][0]["code"], "date_out_of_range", "{text}");
        }
        for text in [
            r#"{"n":"-5"}"#,
            r#"{"n":"+62812-3456-7890"}"#,
            r#"{"n":"9999-12-31"}"#,
            r#"{"n":"dua\nbaris\u0009"}"#,
            "{\"n\":\"Nur A\u{2019}ini — é\"}",
        ] {
            assert!(read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_rejected_query_names_the_parameter() {
        let read = |query: &str| {
            let request = Request::builder().uri(format!("/x?{query}")).body(()).unwrap();
            let mut parts = request.into_parts().0;
            futures_util::FutureExt::now_or_never(Query::<Sample>::from_request_parts(&mut parts, &()))
                .unwrap()
        };
        let unacceptable = [
            ("seats=x", "seats", "isi dengan bilangan bulat"),
            ("seats=1&seat=2", "seat", "isian \"seat\" tidak dikenal; yang dikenal: seats, parts"),
            ("", "seats", "isian \"seats\" wajib ada"),
            ("seats=1&seats=1", "seats", "isian \"seats\" disebut dua kali"),
        ];
        for (query, field, detail) in unacceptable {
            let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::MalformedQuery);
            assert_eq!(
                read(query).unwrap_err(),
                problem.field(field, FieldCode::Unacceptable, detail),
                "{query}"
            );
        }
        assert!(read("seats=%31").is_ok());
        let told = serde_json::to_value(read("seats=%2B12345-01-01").unwrap_err().document()).unwrap();
        assert_eq!(told["errors"][0]["code"], "date_out_of_range");
    }

    #[test]
    fn only_json_says_json() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(value));
            says_json(&headers)
        };
        assert!(with("application/json"));
        assert!(with("Application/JSON; charset=utf-8"));
        assert!(with("application/merge-patch+json"));
        assert!(!with("text/json"));
        assert!(!with("application/x-www-form-urlencoded"));
        assert!(!says_json(&HeaderMap::new()));
    }
}
