//! `padankerja people`: who is registered, by what is remembered of them. The terminal sees what an officer sees; of a NIK
//! only the end.
use serde_json::json;

use crate::{
    app::{
        App,
        overview::{self, FoundPerson},
    },
    cli::{
        self, Fault, Outcome,
        table::{Listing, Table, listed},
        values::{self, Refusal},
    },
    config::Config,
    domain::{nik::Nik, person::Status, region},
    store::overview::PeopleFilter,
    words::{
        cli::{lists as words, usage},
        id::states,
    },
};

/// Arguments of `people`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja people                              yang terbaru
  padankerja people --name \"siti aminah\"
  padankerja people --nik 0001                   angka terakhir NIK
  padankerja people --district Grogol --state seeking --limit 100
  padankerja people --village 33.11.05.2010 --json

Keadaan: seeking (mencari kerja), working_elsewhere, self_employed, studying, unreachable, unknown.")]
pub struct Args {
    /// Nama atau sebagian nama
    #[arg(long, value_name = "NAMA")]
    name: Option<String>,
    /// NIK, atau paling sedikit 4 angka terakhirnya
    #[arg(long, value_name = "ANGKA", value_parser = digits)]
    nik: Option<String>,
    /// Nomor telepon, atau paling sedikit 4 angka terakhirnya
    #[arg(long, value_name = "ANGKA", value_parser = phone)]
    phone: Option<String>,
    /// Desa atau kelurahan; yang namanya dipakai di beberapa kecamatan: sebutkan juga --district
    #[arg(long, value_name = "KODE|NAMA")]
    village: Option<String>,
    /// Kecamatan
    #[arg(long, value_name = "KODE|NAMA", value_parser = district)]
    district: Option<String>,
    /// Keadaan di luar lamaran
    #[arg(long, value_name = "KEADAAN", value_parser = status)]
    state: Option<Status>,
    /// Banyaknya baris
    #[arg(long, value_name = "JUMLAH", default_value_t = 20, value_parser = values::limit)]
    limit: usize,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Lists people, newest first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let area = area(&args)?;
    let found = found(&app, &args, area.as_deref()).await?;
    app.db.close().await;
    let all = args.filter(None, area.as_deref()) == PeopleFilter::default() && args.nik.is_none();
    let nothing = if all { words::NO_PEOPLE } else { words::NONE_FITS };
    listed(&found, &Listing { limit: args.limit, json: args.json, nothing }, table, as_json)
}

/// The code of the village, or of the district.
fn area(args: &Args) -> Result<Option<String>, Fault> {
    let Some(text) = &args.village else { return Ok(args.district.clone()) };
    let found = region::resolve_village(text, args.district.as_deref());
    let village = found.map_err(|error| Fault::Usage(words::no_village(text, &error)))?;
    Ok(Some(village.code.to_string()))
}

async fn found(app: &App, args: &Args, area: Option<&str>) -> Result<Vec<FoundPerson>, Fault> {
    let whole = args.nik.as_deref().and_then(|text| Nik::parse(text).ok());
    let lookup = whole.as_ref().map(|nik| app.keys.nik_lookup(nik.expose()));
    let end = args.nik.as_deref().filter(|_| whole.is_none());
    let mut tx = app.db.read().await?;
    Ok(overview::people(app, &mut tx, &args.filter(lookup, area), end, args.limit.saturating_add(1)).await?)
}

impl Args {
    fn filter(&self, nik_lookup: Option<Vec<u8>>, area: Option<&str>) -> PeopleFilter {
        PeopleFilter {
            status: self.state,
            name: self.name.as_deref().and_then(overview::pattern),
            phone: self.phone.clone(),
            nik_lookup,
            area: area.map(|code| (code.to_owned(), after(code))),
        }
    }
}

/// The code behind a region's and all inside it: of one length, so that every collation puts them in this order.
fn after(code: &str) -> String {
    let (head, own) = code.rsplit_once('.').unwrap_or(("", code));
    let next = own.parse::<u32>().map_or(0, |number| number + 1);
    format!("{head}.{next:0width$}", width = own.len())
}

fn table(found: &[FoundPerson]) -> Table {
    let mut table = Table::new(words::PEOPLE);
    for FoundPerson { line, nik_tail } in found {
        let state = if line.placed > 0 { words::PLACED } else { states::person(line.status) };
        table.row([
            line.id.short(),
            line.name.clone(),
            nik_tail.as_ref().map_or_else(|| "-".to_owned(), |tail| format!("..{tail}")),
            words::village(line.village.as_deref()),
            line.phone.clone().unwrap_or_else(|| "-".to_owned()),
            state.to_owned(),
        ]);
    }
    table
}

fn as_json(found: &FoundPerson) -> serde_json::Value {
    let FoundPerson { line, nik_tail } = found;
    json!({
        "id": line.id, "name": line.name, "nik_tail": nik_tail, "phone": line.phone, "village": line.village,
        "status": line.status, "placed": line.placed > 0, "created_at": line.created_at,
    })
}

fn digits(text: &str) -> Result<String, Refusal> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let fits = (4..=16).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if fits { Ok(digits) } else { Err(Refusal(words::FEW_DIGITS.to_owned())) }
}

/// The pattern of stored numbers (`+628..`): a whole number from its first digit after the 0 or 62, or the end of one.
fn phone(text: &str) -> Result<String, Refusal> {
    let digits = digits(text.trim().trim_start_matches('+'))?;
    let rest = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0'));
    Ok(format!("%{}", rest.filter(|rest| rest.starts_with('8')).unwrap_or(&digits)))
}

fn district(text: &str) -> Result<String, Refusal> {
    let found = region::resolve_district(text);
    found.map(|district| district.code.to_string()).ok_or_else(|| Refusal(usage::NO_DISTRICT.to_owned()))
}

fn status(text: &str) -> Result<Status, Refusal> {
    values::one_of(text, Status::ALL, Status::as_str, states::person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_looked_for_by_their_end() {
        assert_eq!(digits("9911 0455 0199 0001"), Ok("9911045501990001".to_owned()));
        assert!(digits("123").is_err() && digits("12x4").is_err());
        assert_eq!(phone("0812-3450-0001"), Ok("%81234500001".to_owned()));
        assert_eq!(phone("+6281234500001"), Ok("%81234500001".to_owned()));
        assert_eq!(phone("0001"), Ok("%0001".to_owned()));
        assert!(phone("1").is_err());
    }

    #[test]
    fn places_and_states_are_checked() {
        assert!(district("Entah").is_err());
        assert_eq!(district("Grogol").unwrap().len(), "33.11.05".len());
        assert_eq!((after("33.11.05"), after("33.11.05.2009")), ("33.11.06".into(), "33.11.05.2010".into()));
        assert_eq!(status("seeking"), Ok(Status::Seeking));
        assert_eq!(status(states::person(Status::Studying)), Ok(Status::Studying));
        assert!(status("happy").unwrap_err().0.contains("seeking"));
    }
}
