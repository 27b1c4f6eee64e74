//! Who acts in a past: the offices with their officers, an agency, companions of villages, a login of each employer, residents
//! with a login of their own. Each is a session as a request has one.
use crate::{
    app::{
        App, AppError,
        access::{self, Right, Role, Session, acting::Acting},
        accounts::{self, NewAccount},
        employers,
    },
    domain::{
        employer::Event,
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
        region,
    },
    past::Wanted,
    sample::{
        SampleParams, believable,
        believable::{Firm, said},
    },
    store::organisations::OrganisationKind,
    transact,
};

/// One login of each kind, by role: what whoever tries the service logs in with.
pub const LOGINS: [(&str, Role); 6] = [
    ("petugas", Role::Staff),
    ("pengawas", Role::Supervisor),
    ("pabrik", Role::Employer),
    ("pencaker", Role::Trainee),
    ("pendamping", Role::Companion),
    ("dinsos", Role::Agency),
];

/// How an employer answers those who are referred to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    /// Within days.
    Prompt,
    /// When it was reminded.
    Slow,
    /// From the middle of the past on hardly at all.
    Silent,
    /// At once, and mostly with a no.
    Strict,
}

/// An employer with its login.
pub(super) struct FirmAt {
    pub(super) id: EmployerId,
    pub(super) firm: Firm,
    pub(super) session: Session,
    pub(super) temper: Temper,
}

/// A companion and the village.
pub(super) struct CompanionAt {
    pub(super) village: String,
    pub(super) session: Session,
}

/// Everybody who acts.
pub(super) struct Cast {
    officers: Vec<Session>,
    pub(super) supervisor: Session,
    pub(super) agency: Session,
    pub(super) companions: Vec<CompanionAt>,
    pub(super) firms: Vec<FirmAt>,
    /// Residents with a login: each holds one person.
    pub(super) residents: Vec<(PersonId, Session)>,
    password_hash: String,
}

impl Cast {
    /// Makes offices, logins and employers, and verifies these.
    pub(super) async fn assemble(
        app: &App,
        params: &SampleParams,
        wanted: &Wanted,
    ) -> Result<Self, AppError> {
        let maker = Maker { app, hash: &wanted.password_hash };
        let office = maker.office(said::LABOUR_OFFICE, OrganisationKind::LabourOffice, None).await?;
        let mut officers = Vec::new();
        for login in ["petugas", "petugas2", "petugas3"] {
            officers.push(maker.login(login, Role::Staff, Belongs::To(office)).await?);
        }
        let supervisor = maker.login("pengawas", Role::Supervisor, Belongs::To(office)).await?;
        let social = maker.office(said::SOCIAL_OFFICE, OrganisationKind::Agency, None).await?;
        let agency = maker.login("dinsos", Role::Agency, Belongs::To(social)).await?;
        let mut companions = Vec::new();
        for (number, village) in (1..).zip(busiest_villages(params)) {
            let name = region::full_name(&village).unwrap_or_else(|| village.clone());
            let own = said::village_office(&name);
            let desk = maker.office(&own, OrganisationKind::Village, Some(village.clone())).await?;
            let login = if number == 1 { "pendamping".to_owned() } else { format!("pendamping{number}") };
            let session = maker.login(&login, Role::Companion, Belongs::To(desk)).await?;
            companions.push(CompanionAt { village, session });
        }
        let mut cast = Self {
            officers,
            supervisor,
            agency,
            companions,
            firms: Vec::new(),
            residents: Vec::new(),
            password_hash: wanted.password_hash.clone(),
        };
        for (number, firm) in believable::firms(params).into_iter().enumerate() {
            let at = cast.enter_firm(app, params, number, firm).await?;
            cast.firms.push(at);
        }
        Ok(cast)
    }

    /// One of the officers.
    pub(super) fn officer(&self, number: u32) -> &Session {
        let at = usize::try_from(number).unwrap_or_default() % self.officers.len().max(1);
        self.officers.get(at).unwrap_or(&self.supervisor)
    }

    /// An employer registers by itself and is verified.
    async fn enter_firm(
        &self,
        app: &App,
        params: &SampleParams,
        number: usize,
        firm: Firm,
    ) -> Result<FirmAt, AppError> {
        let id = self.register(app, params, number).await?;
        let officer = self.officer(0).verifying()?;
        transact!(app, tx => employers::act(app, tx, &officer, id, Event::Verify, None, 1).await)?;
        let login = if number == 0 { "pabrik".to_owned() } else { format!("pabrik{:02}", number + 1) };
        let maker = Maker { app, hash: &self.password_hash };
        let session = maker.login(&login, Role::Employer, Belongs::Employer(id)).await?;
        Ok(FirmAt { id, firm, session, temper: temper(number) })
    }

    /// An employer registers; nobody has verified it yet.
    pub(super) async fn register(
        &self,
        app: &App,
        params: &SampleParams,
        number: usize,
    ) -> Result<EmployerId, AppError> {
        let employers = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let rows = believable::employers(&SampleParams { employers, ..*params });
        let row = rows.last().ok_or(AppError::NotFound)?;
        let (draft, _) = row.judge().into_result().map_err(|all| crate::app::people::issues(&all))?;
        let by = Acting::registrant();
        let made = transact!(app, tx => employers::register(app, tx, &by, &draft, true).await)?;
        Ok(made.id)
    }

    /// A resident gets a login of their own.
    pub(super) async fn give_login(
        &mut self,
        app: &App,
        login: &str,
        person: PersonId,
    ) -> Result<(), AppError> {
        let maker = Maker { app, hash: &self.password_hash };
        let session = maker.login(login, Role::Trainee, Belongs::Person(person)).await?;
        self.residents.push((person, session));
        Ok(())
    }
}

/// Most answer well; some only when reminded, three hardly at all, two refuse most.
fn temper(number: usize) -> Temper {
    match number {
        2 | 5 | 16 => Temper::Silent,
        11 | 22 => Temper::Strict,
        4 | 7 | 9 | 13 | 18 | 21 => Temper::Slow,
        _ => Temper::Prompt,
    }
}

/// The three villages most people of the sample live in.
fn busiest_villages(params: &SampleParams) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for drawn in believable::drawn(&SampleParams { people: params.people.min(2_000), ..*params }) {
        if let Some(village) = drawn.row.village.as_str() {
            *counts.entry(village.to_owned()).or_insert(0_u32) += 1;
        }
    }
    let mut villages: Vec<(u32, String)> =
        counts.into_iter().map(|(village, count)| (count, village)).collect();
    villages.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    villages.into_iter().take(3).map(|(_, village)| village).collect()
}

/// What a login belongs to.
enum Belongs {
    To(OrganisationId),
    Employer(EmployerId),
    Person(PersonId),
}

/// Makes offices and logins at the terminal, as an installation begins.
struct Maker<'a> {
    app: &'a App,
    hash: &'a str,
}

impl Maker<'_> {
    async fn office(
        &self,
        name: &str,
        kind: OrganisationKind,
        village: Option<String>,
    ) -> Result<OrganisationId, AppError> {
        let app = self.app;
        transact!(app, tx => accounts::create_organisation(app, tx, name, kind, village.clone()).await)
    }

    async fn login(&self, login: &str, role: Role, belongs: Belongs) -> Result<Session, AppError> {
        let app = self.app;
        let mut account = NewAccount {
            login: login.to_owned(),
            password_hash: self.hash.to_owned(),
            role,
            organisation: None,
            employer: None,
            rights: if role == Role::Staff { Right::ALL.to_vec() } else { Vec::new() },
            people: Vec::new(),
        };
        match belongs {
            Belongs::To(office) => account.organisation = Some(office),
            Belongs::Employer(employer) => account.employer = Some(employer),
            Belongs::Person(person) => account.people = vec![person],
        }
        let by = Acting::terminal();
        let made: AccountId = transact!(app, tx => accounts::create(app, tx, &by, &account).await)?;
        access::session(app, made).await
    }
}
