//! What residents do in a past: they answer, apply, take back; some by themselves, most on the telephone, at the counter or when
//! a companion comes by. And how they come to the office in the first place.
use chrono::Days;

use super::{
    Past,
    books::{Posted, Resident},
    happened,
};
use crate::{
    app::{
        AppError,
        access::Session,
        access::acting::{Acting, Reach},
        applications::{self, workflow::ConsentDraft, workflow::Details},
        people::{self, accompaniment, nominations},
        system,
    },
    domain::{
        application::{
            Event, State,
            reason::{DeclineReason, WithdrawReason},
        },
        contact::ConsentChannel,
        ids::{PersonId, VacancyId},
        intake::cell::Cell,
        nomination,
    },
    sample::believable::{self, Drawn, said},
    store::applications::Card,
    transact,
};

/// Of those who come while the past is lived, a quarter of all, no more than these: each has a day at the counter.
const ARRIVE: u32 = 600;

/// Lines of work in which an agency nominates people.
const NOMINATED: [&str; 6] = ["jahit", "linting", "rumah_tangga", "pangan", "kemas", "asuh"];

impl Past {
    fn registered_before(&self) -> u32 {
        self.params.people - (self.params.people / 4).min(ARRIVE)
    }

    /// The office's register is taken in.
    pub(super) async fn take_in_the_register(&mut self) -> Result<(), AppError> {
        let people = self.registered_before();
        let (app, today) = (&self.app, self.today());
        let drawn: Vec<Drawn> = believable::drawn_between(&self.params, 0..people).collect();
        let by = Acting::terminal();
        let made = transact!(app, tx => {
            let mut made = Vec::with_capacity(drawn.len());
            for one in &drawn {
                let (draft, _) = one.row.judge(today).into_result().map_err(|all| people::issues(&all))?;
                made.push(people::admit(app, tx, &by, &draft).await?);
            }
            Ok(made)
        })?;
        for (id, drawn) in made.into_iter().zip(drawn) {
            self.books.add_resident(known(id, &drawn));
        }
        self.ask_about_companions(0).await
    }

    /// Some people come to the counter every day.
    pub(super) async fn people_arrive(&mut self) -> Result<(), AppError> {
        let before = self.registered_before();
        let (rest, days) =
            (self.params.people - before, u32::try_from(self.days.len()).unwrap_or(1).max(4) - 3);
        let upto = |day: u32| before + rest * day.min(days) / days;
        let day = u32::try_from(self.over).unwrap_or(0).saturating_sub(2);
        let numbers = upto(day)..if self.over < 2 { before } else { upto(day + 1) };
        let drawn: Vec<Drawn> = believable::drawn_between(&self.params, numbers).collect();
        for mut one in drawn {
            one.row.registered_on = Cell::text(&self.today().to_string());
            one.row.available_from = Cell::Empty;
            let officer = self.cast.officer(2).acting()?;
            self.register(&officer, one).await?;
        }
        Ok(())
    }

    /// An agency nominates somebody whose decile it knows.
    pub(super) async fn nominate(&mut self) -> Result<(), AppError> {
        let line = self.rng.pick(&NOMINATED);
        let number = self.books.next_number;
        self.books.next_number += 1;
        let today = self.today();
        let Some(mut one) = believable::beginner(self.wanted.seed, number, line, today) else {
            return Ok(());
        };
        one.row.desil = Cell::text(&self.rng.between(1, 3).to_string());
        one.row.desil_source = Cell::text("DTSEN");
        one.row.desil_date = Cell::text(&(today - Days::new(40)).to_string());
        let agency = self.cast.agency.acting()?;
        self.register(&agency, one).await
    }

    /// An agency names somebody by the NIK alone: mostly a resident whom the office knows.
    pub(super) async fn name_somebody(&mut self) -> Result<(), AppError> {
        let agency = self.cast.agency.acting()?;
        let Reach::Agency(organisation) = agency.reach().clone() else { return Ok(()) };
        let nik = if self.rng.percent(15) {
            let number = self.books.next_number;
            self.books.next_number += 1;
            let stranger = believable::beginner(self.wanted.seed, number, "kemas", self.today());
            stranger.and_then(|one| one.row.nik.as_str().map(str::to_owned))
        } else {
            let at = self.rng.index(self.books.residents.len());
            self.books.residents.get(at).and_then(|resident| resident.nik.clone())
        };
        let Some(nik) = nik else { return Ok(()) };
        self.pass();
        let app = &self.app;
        transact!(app, tx => nominations::name(app, tx, &agency, organisation, &nik).await)
    }

    /// An officer decides what an agency named some days ago; whoever is not registered yet waits.
    pub(super) async fn decide_nominations(&mut self) -> Result<(), AppError> {
        if !self.over.is_multiple_of(3) || self.left() < 4 {
            return Ok(());
        }
        let officer = self.cast.officer(1).acting()?;
        let waiting =
            nominations::page(&self.app, &officer, Some(nomination::State::Waiting), None, 20).await?;
        for one in waiting.into_iter().filter(|one| one.person_id.is_some()) {
            let accept = self.rng.percent(75);
            self.pass();
            let app = &self.app;
            let done: Result<_, AppError> =
                async { transact!(app, tx => nominations::decide(app, tx, &officer, one.id, accept).await) }
                    .await;
            happened(done)?;
        }
        Ok(())
    }

    async fn register(&mut self, by: &Acting, one: Drawn) -> Result<(), AppError> {
        self.pass();
        let (app, row) = (&self.app, &one.row);
        let made: Result<PersonId, AppError> =
            async { transact!(app, tx => people::admit_row(app, tx, by, row).await) }.await;
        let Some(id) = happened(made)? else { return Ok(()) };
        self.books.add_resident(known(id, &one));
        self.ask_about_companions(self.books.residents.len() - 1).await
    }

    /// Of the residents from this place on whose village has a companion three in four agree to them, at the counter.
    async fn ask_about_companions(&mut self, from: usize) -> Result<(), AppError> {
        let villages: Vec<&String> = self.cast.companions.iter().map(|at| &at.village).collect();
        let asked = self.books.residents.iter().enumerate().skip(from);
        let agreed: Vec<(usize, PersonId)> = asked
            .filter(|(at, one)| {
                at % 4 != 3 && one.village.as_ref().is_some_and(|own| villages.contains(&own))
            })
            .map(|(at, one)| (at, one.id))
            .collect();
        let (app, by) = (&self.app, self.cast.officer(2).acting()?);
        let counter = Some(ConsentChannel::Counter);
        let written = async {
            transact!(app, tx => {
                for (_, person) in &agreed {
                    accompaniment::say(app, tx, &by, *person, true, counter).await?;
                }
                Ok::<_, AppError>(())
            })
        };
        system::with_ids(&self.beside, written).await?;
        for (at, _) in agreed {
            if let Some(one) = self.books.residents.get_mut(at) {
                one.accompanied = true;
            }
        }
        Ok(())
    }

    /// Some residents get a login of their own.
    pub(super) async fn hand_out_logins(&mut self) -> Result<(), AppError> {
        let all = self.books.residents.len();
        for number in 1..=24_u32 {
            let at = self.rng.index(all);
            let Some(person) = self.books.residents.get(at).map(|resident| resident.id) else { continue };
            if self.cast.residents.iter().any(|(held, _)| *held == person) {
                continue;
            }
            let app = self.app.clone();
            self.cast.give_login(&app, &format!("pencaker{number:02}"), person).await?;
        }
        Ok(())
    }

    /// People apply by themselves: some who look around, some who are under way elsewhere already.
    pub(super) async fn apply_by_themselves(&mut self) -> Result<(), AppError> {
        let eager: Vec<PersonId> = [State::Referred, State::Interview]
            .into_iter()
            .flat_map(|state| self.books.in_state(state))
            .map(|card| card.application.person_id)
            .collect();
        let times = 2 + self.books.residents.len() / 400;
        for _ in 0..times {
            if !self.rng.percent(70) {
                continue;
            }
            let chosen = match self.rng.below(10) {
                0..=5 if !eager.is_empty() => eager.get(self.rng.index(eager.len())).copied(),
                6 | 7 if !self.cast.residents.is_empty() => {
                    let at = self.rng.index(self.cast.residents.len());
                    self.cast.residents.get(at).map(|(person, _)| *person)
                }
                _ => {
                    let at = self.rng.index(self.books.residents.len());
                    self.books.residents.get(at).map(|resident| resident.id)
                }
            };
            if let Some(person) = chosen {
                let wished = 1 + usize::from(self.rng.percent(40));
                self.apply(person, wished).await?;
            }
        }
        Ok(())
    }

    /// Somebody applies for some open vacancies of their sort of work.
    async fn apply(&mut self, person: PersonId, wished: usize) -> Result<(), AppError> {
        let Some(line) = self.books.resident(person).map(|resident| resident.line) else { return Ok(()) };
        let sort = believable::sort(line);
        let suits = |posted: &&Posted| posted.open && believable::sort(posted.line) == sort;
        let mut open: Vec<VacancyId> =
            self.books.posted.iter().filter(suits).map(|posted| posted.id).collect();
        let own =
            self.cast.residents.iter().find(|(held, _)| *held == person).map(|(_, session)| session.clone());
        let (who, details) = match own {
            Some(session) => (session, Details::default()),
            None => {
                let consent = Some(at_the_counter());
                (self.cast.officer(2).clone(), Details { consent, ..Details::default() })
            }
        };
        for _ in 0..wished.min(open.len()) {
            let vacancy = open.swap_remove(self.rng.index(open.len()));
            self.pass();
            let app = &self.app;
            let done: Result<_, AppError> = async {
                transact!(app, tx => {
                    applications::begin(app, tx, &who, person, vacancy, Event::Apply, &details).await
                })
            }
            .await;
            if let Some(outcome) = happened(done)? {
                self.books.note(&outcome);
            }
        }
        Ok(())
    }

    /// Residents answer what officers confirmed, where they do it by themselves, and some take back what is under way.
    pub(super) async fn residents_answer(&mut self) -> Result<(), AppError> {
        for card in self.books.in_state(State::Confirmed) {
            let person = card.application.person_id;
            let own = self.cast.residents.iter().find(|(held, _)| *held == person);
            let Some((_, session)) = own.cloned() else { continue };
            if !self.rng.percent(60) || !self.may_leave(State::Confirmed) {
                continue;
            }
            if self.rng.percent(80) {
                self.act(&session, &card.application, Event::Consent, &Details::default()).await?;
            } else {
                let details = self.no(DeclineReason::TooFar.as_str());
                self.act(&session, &card.application, Event::Decline, &details).await?;
            }
        }
        for state in [State::Queued, State::Referred, State::Interview, State::Offered] {
            for card in self.books.in_state(state) {
                let chance = if self.books.is_rare(State::Withdrawn) { 40 } else { 12 };
                if self.rng.below(1_000) < chance && self.may_leave(state) {
                    self.withdraw(&card).await?;
                }
            }
        }
        Ok(())
    }

    /// Somebody tells on the telephone that they do not want any more.
    async fn withdraw(&mut self, card: &Card) -> Result<(), AppError> {
        const USUAL: [WithdrawReason; 5] = [
            WithdrawReason::FoundOtherWork,
            WithdrawReason::TooFar,
            WithdrawReason::FamilyCare,
            WithdrawReason::WageTooLow,
            WithdrawReason::FoundOtherWork,
        ];
        let reason = USUAL.get(self.rng.index(USUAL.len())).copied().unwrap_or(WithdrawReason::NotStated);
        let mut details = self.no(reason.as_str());
        details.number_dialled = Some(number_of(card));
        let officer = self.cast.officer(2).clone();
        self.act(&officer, &card.application, Event::Withdraw, &details).await?;
        Ok(())
    }

    /// A no with its reason, sometimes with words.
    pub(super) fn no(&mut self, reason: &str) -> Details {
        let text = self.rng.percent(50).then(|| said::refused_by_person(&mut self.rng, reason).to_owned());
        Details { reason: Some(reason.to_owned()), text, ..Details::default() }
    }

    /// A companion of the person's village, where there is one.
    pub(super) fn companion_of(&self, person: PersonId) -> Option<Session> {
        let village = self.books.resident(person)?.village.clone()?;
        self.cast.companions.iter().find(|at| at.village == village).map(|at| at.session.clone())
    }

    /// Whoever the companion visits for the first time agrees to it then, with the card in hand.
    pub(super) async fn agree_at_the_door(
        &mut self,
        companion: &Session,
        person: PersonId,
    ) -> Result<(), AppError> {
        let Some(one) = self.books.residents.iter_mut().find(|one| one.id == person && !one.accompanied)
        else {
            return Ok(());
        };
        let Some(nik) = one.nik.clone() else { return Ok(()) };
        one.accompanied = true;
        let (app, by) = (&self.app, companion.acting()?);
        let visit = Some(ConsentChannel::Visit);
        let written = async { transact!(app, tx => accompaniment::begin(app, tx, &by, &nik, visit).await) };
        system::with_ids(&self.beside, written).await.map(|_| ())
    }
}

fn known(id: PersonId, drawn: &Drawn) -> Resident {
    let text = |cell: &Cell| cell.as_str().map(str::to_owned);
    Resident {
        id,
        line: drawn.line,
        village: text(&drawn.row.village),
        nik: text(&drawn.row.nik),
        accompanied: false,
    }
}

fn at_the_counter() -> ConsentDraft {
    ConsentDraft {
        channel: ConsentChannel::Counter,
        number_dialled: None,
        self_spoke: true,
        guardian: None,
        text_shown: None,
    }
}

/// The number by which somebody is reached: their own, or a neighbour's.
pub(super) fn number_of(card: &Card) -> String {
    card.names.person_phone.clone().unwrap_or_else(|| said::NEIGHBOUR.to_owned())
}
