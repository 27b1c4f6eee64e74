//! `/saya/slip`: a slip with a code by which family or neighbours see at `/cek` where the applications stand, without a login and
//! without a name. The code is told once, on the page that answers: it stands in no address and is kept nowhere in clear. The
//! same form sent again gets the same code, as long as it holds.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App,
        idempotency::Answer,
        status_codes::{self, seen::StatusSlip},
    },
    domain::{calendar::jakarta_date, codes::ProblemCode, short_code::SLIP_DAYS},
    files::slips,
    http::{
        extract::Query,
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::{Frame, Page, Resident, lead_to},
        },
    },
    keyed,
    words::id::{
        dates,
        pages::{self, check as words},
    },
};

#[derive(Template)]
#[template(path = "resident/slip.html")]
struct Slip {
    frame: Frame,
    /// How long a code holds.
    days: i64,
    /// Since when there is a code, and until when.
    current: Option<(String, String)>,
    /// The code was revoked just now.
    revoked: bool,
    met: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "resident/slip_made.html")]
struct Made {
    frame: Frame,
    code: String,
    until: String,
    /// Where it is looked up, from outside; empty where nobody said it.
    address: String,
    /// Its QR code; empty without an address.
    qr: String,
    /// Link that opens WhatsApp with a text; empty without an address.
    share: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    batal: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    Ok(page(&app, &who, asked.batal.is_some(), None).await?.into_response())
}

async fn page(
    app: &App,
    who: &Resident,
    revoked: bool,
    met: Option<&'static str>,
) -> Result<Page<Slip>, Problem> {
    let day = |at| dates::long(jakarta_date(at));
    let current = status_codes::current(app, who.session(), who.person.id).await?;
    let current = current.map(|code| (day(code.made_at), day(code.expires_at)));
    let revoked = revoked && current.is_none();
    Ok(Page(Slip { frame: who.frame(), days: SLIP_DAYS, current, revoked, met }))
}

pub async fn act(State(app): State<App>, who: Resident, form: Form) -> Result<Response, Problem> {
    let makes = match form.text("aksi") {
        "buat" => true,
        "batalkan" => false,
        _ => return Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest)),
    };
    let session = who.session();
    let key = who.key(&form)?;
    let (acting, person) = (session.acting()?, who.person.id);
    let seed = format!("{} {}", session.account, key.key);
    let sent = form::outcome(keyed!(app, key, tx => {
        if makes {
            status_codes::make(&app, tx, &acting, person, Some(&seed)).await?;
        } else {
            status_codes::revoke(&app, tx, &acting, person).await?;
        }
        Answer::created("/saya/slip?batal=1".to_owned(), &())
    }))?;
    match sent {
        Sent::Done(_) if makes => match status_codes::made_before(&app, &acting, person, &seed).await? {
            Some(slip) => Ok(Page(made(&who, slip)).into_response()),
            None => Ok(lead_to("/saya/slip")),
        },
        Sent::Done(response) => Ok(response),
        Sent::Mend(_) | Sent::Met(_) => {
            Ok(page(&app, &who, false, Some(pages::CHANGED)).await?.with(StatusCode::CONFLICT))
        }
    }
}

fn made(who: &Resident, slip: StatusSlip) -> Made {
    let outside = who.visit.outside();
    let address = if outside.is_empty() { String::new() } else { format!("{outside}/cek") };
    let known = Some(&address).filter(|address| !address.is_empty());
    let share = known.map(|address| {
        let text = words::shared(address);
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("text", &text).finish();
        format!("https://wa.me/?{query}")
    });
    // An address that is too long for a picture stands on the slip in letters.
    let qr = known.and_then(|address| slips::picture(address).ok()).unwrap_or_default();
    Made {
        frame: who.frame(),
        code: slip.code,
        until: dates::long(jakarta_date(slip.expires_at)),
        share: share.unwrap_or_default(),
        qr,
        address,
    }
}
