//! `padankerja user`: logins made and changed at the terminal. What a login may do is in `app::access`.
use std::{
    io::{BufRead, IsTerminal, Write},
    process::ExitCode,
};

use crate::{
    app::{
        App, AppError,
        access::{Right, Role, acting::Acting},
        accounts::{self, NewAccount, auth, password},
        system,
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given, Named as IdOrName},
        values::Refusal,
    },
    config::Config,
    domain::{
        codes::FieldCode,
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
        region,
    },
    store::{
        Tx, employers,
        organisations::{self, OrganisationKind},
    },
    transact,
    words::cli::people as words,
};

/// Arguments of `user`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja user create --login petugas --role staff --organisation Disperinaker --new-organisation --generate
  padankerja user create --login siti --role trainee --person 5e4f3c21 --generate
  padankerja user disable --login petugas")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Buat akun
    Create(Create),
    /// Ganti kata sandi; semua sesi akun itu berakhir
    Password(Named),
    /// Nonaktifkan akun seketika
    Disable(OnlyLogin),
}

#[derive(Debug, clap::Args)]
struct Create {
    /// Nama masuk
    #[arg(long, value_name = "NAMA")]
    login: String,
    /// trainee, companion, employer, staff, supervisor, agency atau administrator
    #[arg(long, value_name = "PERAN", value_parser = role)]
    role: Role,
    /// Id atau nama persis kantornya (staff, supervisor, companion, agency)
    #[arg(long, value_name = "ID|NAMA")]
    organisation: Option<String>,
    /// Buat kantor itu bila belum ada; jenisnya mengikuti peran
    #[arg(long, requires = "organisation")]
    new_organisation: bool,
    /// Desa/kelurahan kantor baru (companion)
    #[arg(long, value_name = "KODE|NAMA", requires = "new_organisation")]
    village: Option<String>,
    /// Id atau nama persis pemberi kerjanya (employer)
    #[arg(long, value_name = "ID|NAMA")]
    employer: Option<String>,
    /// Hak petugas: verify, confirm, nominate, report
    #[arg(long, value_name = "HAK", value_delimiter = ',', value_parser = right)]
    rights: Vec<Right>,
    /// Id warga yang dipegang (trainee), atau 8 angka terakhirnya; boleh diulang
    #[arg(long = "person", value_name = "ID")]
    people: Vec<Given>,
    #[command(flatten)]
    password: PasswordFrom,
}

#[derive(Debug, clap::Args)]
struct Named {
    /// Nama masuk
    #[arg(long, value_name = "NAMA")]
    login: String,
    #[command(flatten)]
    password: PasswordFrom,
}

#[derive(Debug, clap::Args)]
struct OnlyLogin {
    /// Nama masuk
    #[arg(long, value_name = "NAMA")]
    login: String,
}

#[derive(Debug, clap::Args)]
struct PasswordFrom {
    /// Buatkan kata sandi dan tampilkan sekali, alih-alih membacanya dari masukan
    #[arg(long)]
    generate: bool,
}

/// Runs one of the actions.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = match &args.action {
        Action::Create(_) => cli::open(config).await?,
        Action::Password(_) | Action::Disable(_) => cli::open_present(config).await?,
    };
    let done = match args.action {
        Action::Create(create) => create_login(&app, create).await,
        Action::Password(named) => change_password(&app, named).await,
        Action::Disable(only) => disable(&app, &only.login).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn create_login(app: &App, mut create: Create) -> Result<(), Fault> {
    let people = whole_ids(app, &mut create).await?;
    let (clear, generated) = read_password(create.password.generate)?;
    let password_hash = password::hash_now(&clear)?;
    let id = transact!(app, tx => {
        let new = NewAccount {
            login: create.login.clone(),
            password_hash: password_hash.clone(),
            role: create.role,
            organisation: office(app, tx, &create).await?,
            employer: find_employer(tx, create.employer.as_deref()).await?,
            rights: create.rights.clone(),
            people: people.clone(),
        };
        accounts::create(app, tx, &Acting::terminal(), &new).await
    })?;
    output::line(&format!("{} {id}", auth::normal_login(&create.login)))?;
    tell_password(&clear, generated)
}

/// Puts whole ids in the place of short ones; gives the people.
async fn whole_ids(app: &App, create: &mut Create) -> Result<Vec<PersonId>, Fault> {
    let mut tx = app.db.read().await?;
    let mut people = Vec::with_capacity(create.people.len());
    for given in &create.people {
        people.push(short::person(&mut tx, given).await?);
    }
    let new_office = create.new_organisation;
    if let Some(Ok(IdOrName::Id(given))) =
        create.organisation.as_ref().filter(|_| !new_office).map(|text| text.parse())
    {
        create.organisation = Some(short::organisation(&mut tx, &given).await?.to_string());
    }
    if let Some(Ok(IdOrName::Id(given))) = create.employer.as_ref().map(|text| text.parse()) {
        create.employer = Some(short::employer(&mut tx, &given).await?.to_string());
    }
    Ok(people)
}

async fn change_password(app: &App, named: Named) -> Result<(), Fault> {
    let id = find_login(app, &named.login).await?;
    let (clear, generated) = read_password(named.password.generate)?;
    let password_hash = password::hash_now(&clear)?;
    transact!(app, tx => accounts::set_password(app, tx, &Acting::terminal(), id, &password_hash).await)?;
    tell_password(&clear, generated)
}

async fn disable(app: &App, login: &str) -> Result<(), Fault> {
    let id = find_login(app, login).await?;
    Ok(transact!(app, tx => accounts::disable(app, tx, &Acting::terminal(), id).await)?)
}

async fn find_login(app: &App, login: &str) -> Result<AccountId, Fault> {
    let mut tx = app.db.read().await?;
    let found = crate::store::accounts::find_by_login(&mut tx, &auth::normal_login(login)).await?;
    found.map(|account| account.id).ok_or_else(|| Fault::Usage(words::no_login(login)))
}

/// The office a login belongs to; made when asked for and not there yet.
async fn office(app: &App, tx: &mut Tx, create: &Create) -> Result<Option<OrganisationId>, AppError> {
    let kind = match create.role {
        Role::Staff | Role::Supervisor => OrganisationKind::LabourOffice,
        Role::Agency => OrganisationKind::Agency,
        Role::Companion => OrganisationKind::Village,
        Role::Trainee | Role::Employer | Role::Administrator => {
            return find_organisation(tx, create.organisation.as_deref()).await;
        }
    };
    let Some(name) = create.organisation.as_deref().filter(|_| create.new_organisation) else {
        return find_organisation(tx, create.organisation.as_deref()).await;
    };
    if !organisations::by_name(tx, name).await?.is_empty() {
        return find_organisation(tx, Some(name)).await;
    }
    let village = match (kind, &create.village) {
        (OrganisationKind::Village, Some(text)) => {
            let found = region::resolve_village(text, None)
                .map_err(|error| AppError::field("village", error.code(), text))?;
            Some(found.code.to_string())
        }
        (OrganisationKind::Village, None) => return Err(AppError::field("village", FieldCode::Required, "")),
        (OrganisationKind::LabourOffice | OrganisationKind::Agency, _) => None,
    };
    Ok(Some(accounts::create_organisation(app, tx, name, kind, village).await?))
}

pub(super) async fn find_organisation(
    tx: &mut Tx,
    given: Option<&str>,
) -> Result<Option<OrganisationId>, AppError> {
    let Some(given) = given else { return Ok(None) };
    if let Ok(id) = given.parse() {
        return Ok(Some(id));
    }
    match organisations::by_name(tx, given).await?.as_slice() {
        [only] => Ok(Some(only.id)),
        [] => Err(AppError::field("organisation", FieldCode::UnknownOrganisation, given)),
        _ => Err(AppError::field("organisation", FieldCode::AmbiguousName, given)),
    }
}

async fn find_employer(tx: &mut Tx, given: Option<&str>) -> Result<Option<EmployerId>, AppError> {
    let Some(given) = given else { return Ok(None) };
    if let Ok(id) = given.parse() {
        return Ok(Some(id));
    }
    let found = employers::find_by_name(tx, given).await?;
    found
        .map(|row| Some(row.id))
        .ok_or_else(|| AppError::field("employer", FieldCode::UnknownEmployer, given))
}

/// The password in clear, and whether it was made here.
fn read_password(generate: bool) -> Result<(String, bool), Fault> {
    if generate {
        return Ok((generated_password()?, true));
    }
    if std::io::stdin().is_terminal() {
        write!(std::io::stderr(), "{}", words::ASK_PASSWORD)?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let clear = line.trim_end_matches(['\n', '\r']).to_owned();
    accounts::check_password(&clear, &[])?;
    Ok((clear, false))
}

/// 20 letters and digits without those that are mistaken for others: 100 bits.
fn generated_password() -> Result<String, Fault> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let bytes = system::random::<20>()?;
    Ok(bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect())
}

fn tell_password(clear: &str, generated: bool) -> Result<(), Fault> {
    if generated { output::line(&words::password(clear)) } else { Ok(()) }
}

fn role(text: &str) -> Result<Role, Refusal> {
    let known = Role::ALL.iter().find(|role| role.as_str() == text);
    known.copied().ok_or_else(|| Refusal(words::no_role(text)))
}

fn right(text: &str) -> Result<Right, Refusal> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| Refusal(words::no_right(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_roles_and_rights_are_read() {
        for known in Role::ALL {
            assert_eq!(role(known.as_str()), Ok(*known));
        }
        assert!(role("Staff").is_err());
        assert_eq!(right("confirm"), Ok(Right::Confirm));
        assert!(right("everything").is_err());
    }

    #[test]
    fn made_passwords_differ_and_are_long() {
        let (first, second) = (generated_password().unwrap(), generated_password().unwrap());
        assert_eq!(first.len(), 20);
        assert_ne!(first, second);
        assert!(accounts::check_password(&first, &[]).is_ok());
    }
}
