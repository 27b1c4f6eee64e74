//! Rows of other sources: job ads collected elsewhere, and vacancies in the shape of the national portal (Karirhub).
//!
//! Belongs here: mapping to the common draft, leniently: these authors are not here to be asked. What cannot be read is a
//! warning and missing, a workplace outside the regency is kept as text. Does not belong here: fetching.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::domain::{
    calendar,
    codes::FieldCode,
    duration::BareUnit,
    intake::{
        cell::Cell,
        judge::{Judge, text},
        lengths,
        problem::{Judged, Severity},
        text as read,
        vacancy::{VacancyDraft, ages, any_education, seats, wages},
        words::EmploymentType,
    },
    money::{self, Meant, Rupiah},
    nik::Sex,
    region::{self, RegionCode},
};

row! {
    /// A job ad as a collection has it, one JSON object per line.
    AdRow, private: &[], {
        /// Id in the collection.
        id,
        /// Where it was found.
        source ["sumber"],
        /// Job title.
        title ["judul", "posisi"],
        /// Employer as written.
        company ["perusahaan"],
        /// Place as written.
        location ["lokasi"],
        /// Wage as written.
        salary_text ["gaji", "salary"],
        /// Education as written.
        education ["pendidikan"],
        /// The ad's text.
        description ["deskripsi"],
        /// Category of the source.
        category ["kategori"],
        /// Skills as written.
        skills ["keterampilan"],
        /// Experience as written; a bare number counts years.
        experience ["pengalaman"],
        /// Day of publication.
        posted ["tanggal"],
        /// Number of people wanted.
        quota ["kuota"],
    }
}

impl AdRow {
    /// Judges the ad. Errors: no title, zero seats.
    pub fn judge(&self) -> Judged<VacancyDraft> {
        let mut judge = Judge::new(Severity::Warning);
        judge.plain(self);
        let title = plain_line(&self.title);
        judge.required("title", &Cell::text(title.as_deref().unwrap_or_default()));
        let (wage_min, wage_max) = self.wages(&mut judge);
        // Ads name levels and fields in one breath, or nothing at all: no reason for a warning.
        let education_min = self.education.as_str().and_then(any_education);
        let experience_months =
            judge.read("experience", &self.experience, FieldCode::UnreadableNumber, |text| {
                read::months(text, BareUnit::Years)
            });
        let seats = seats(&mut judge, "quota", &self.quota);
        let draft = VacancyDraft {
            employer: plain_line(&self.company),
            title,
            category: text(&self.category),
            village: self.location.as_str().and_then(region::locate).map(|found| found.code),
            place_text: text(&self.location),
            seats,
            wage_min,
            wage_max,
            education_min,
            experience_months,
            skills: self.skills.as_str().map(read::list),
            description: self.description.as_str().map(read::strip_html).unwrap_or_default(),
            posted_on: self.posted.as_str().and_then(calendar::parse_date),
            source: text(&self.source),
            source_id: text(&self.id),
            ..VacancyDraft::default()
        };
        lengths::of_vacancy(&mut judge, &draft, ["company", "title", "id"]);
        judge.finish(Some(draft))
    }

    /// "Negosiasi" is what many ads say, and no reason for a warning.
    fn wages(&self, judge: &mut Judge) -> (Option<Rupiah>, Option<Rupiah>) {
        let place = self.location.as_str().and_then(region::locate).map(|found| found.code);
        let meant = Meant { place: place.unwrap_or(Meant::newest().place), year: None };
        let no_amount = |text: &str| matches!(money::read(text, meant), Err(money::MoneyError::NoAmount));
        let cell = if self.salary_text.as_str().is_some_and(no_amount) {
            Cell::Empty
        } else {
            self.salary_text.clone()
        };
        wages(judge, ("salary_text", &cell), ("salary_text", &Cell::Empty), meant)
    }
}

row! {
    /// A vacancy in the shape of the national portal, one JSON object per line.
    KarirhubRow, private: &[], {
        /// Id in the portal.
        id,
        /// Job title.
        title,
        /// Seats in all.
        quota,
        /// Seats still free.
        available_quota,
        /// Moment of publication.
        published_at,
        /// Last day.
        expires_at,
        /// Duties, HTML.
        description,
        /// Requirements, HTML.
        qualification,
        /// Lowest wage; 0 when not given.
        min_salary_amount,
        /// Highest wage; 0 when not given.
        max_salary_amount,
        /// `male`, `female` or nothing.
        gender,
        /// `normal`, `disabled` or nothing.
        physical_condition,
        /// `single` or nothing.
        marital_status,
        /// Years of experience.
        min_year_experience,
        /// Lowest age.
        min_age,
        /// Highest age.
        max_age,
        /// List of skills.
        skills,
        /// Employer's name.
        employer_name ["employer"],
        /// Job function of the portal.
        job_function,
        /// Level of education.
        min_education,
        /// `Full time`, `Part time`, `Contract` or `Internship`.
        job_type,
        /// Place, from the village to the country; an object has its code besides.
        region,
        /// Code of the place.
        region_code,
        /// `open`, or what ended it.
        status,
        /// Currency of the wages.
        currency ["salary_currency", "currency_code", "min_salary_currency", "max_salary_currency"],
        /// Employer's industry.
        industry,
    }
}

impl KarirhubRow {
    /// Judges the vacancy. Errors: no title, zero seats. A closing date before `today` is a warning and left out, so
    /// that the vacancy stays incomplete until somebody gives it a new one.
    pub fn judge(&self, today: NaiveDate) -> Judged<VacancyDraft> {
        let mut judge = Judge::new(Severity::Warning);
        judge.plain(self);
        let is_open = self.is_open(&mut judge);
        let title = plain_line(&self.title);
        judge.required("title", &Cell::text(title.as_deref().unwrap_or_default()));
        self.rupiah(&mut judge);
        let quota = if self.available_quota.as_str().is_some() { &self.available_quota } else { &self.quota };
        let seats = seats(&mut judge, "quota", quota);
        let last_day = match self.expires_at.as_str().and_then(moment) {
            Some(day) => Some(day),
            None => judge.date("expires_at", &self.expires_at),
        };
        let closes_on = last_day.filter(|date| *date >= today);
        if last_day.is_some() && closes_on.is_none() {
            judge.warn("expires_at", &self.expires_at, FieldCode::ClosingDatePast);
        }
        let village = self.village();
        let (wage_min, wage_max) = self.wages(&mut judge, Meant::at(village, today.year()));
        let (age_min, age_max) = ages(&mut judge, &self.min_age, &self.max_age);
        let reserved = self.physical_condition.as_str() == Some("disabled");
        let draft = VacancyDraft {
            employer: plain_line(&self.employer_name),
            industry: text(&self.industry),
            title,
            category: text(&self.job_function),
            village,
            place_text: text(&self.region),
            seats,
            reserved_seats: seats.filter(|_| reserved).unwrap_or_default(),
            wage_min,
            wage_max,
            employment_type: self.job_type.as_str().and_then(EmploymentType::parse),
            education_min: self.min_education.as_str().and_then(any_education),
            experience_months: self
                .min_year_experience
                .as_str()
                .and_then(|t| read::months(t, BareUnit::Years)),
            skills: self.skills.as_str().map(read::list),
            description: self.text(),
            closes_on,
            posted_on: self
                .published_at
                .as_str()
                .and_then(|text| moment(text).or_else(|| calendar::parse_date(text))),
            age_min,
            age_max,
            sex: self.gender.as_str().and_then(Sex::parse),
            marital_status: text(&self.marital_status),
            physical_condition: text(&self.physical_condition),
            source: Some("karirhub".to_owned()),
            source_id: text(&self.id),
            ..VacancyDraft::default()
        };
        lengths::of_vacancy(&mut judge, &draft, ["employer_name", "title", "id"]);
        judge.finish(Some(draft).filter(|_| is_open))
    }

    /// Whether the portal still takes applications. What it closed is left out and named; whoever sent the list cannot
    /// mend that, so it keeps no other row out.
    fn is_open(&self, judge: &mut Judge) -> bool {
        let open = self.status.as_str().is_none_or(|status| {
            let open =
                ["open", "opened", "active", "aktif", "buka", "dibuka", "published", "publish", "tayang"];
            open.iter().any(|word| status.eq_ignore_ascii_case(word))
        });
        if !open {
            judge.warn("status", &self.status, FieldCode::SourceClosed);
        }
        open
    }

    /// Wages in another currency are not wages in rupiah.
    fn rupiah(&self, judge: &mut Judge) {
        let foreign = self.currency.as_str().is_some_and(|code| {
            !["idr", "rp", "rp.", "rupiah"].iter().any(|word| code.eq_ignore_ascii_case(word))
        });
        if foreign {
            judge.error("currency", &self.currency, FieldCode::MoneyCurrency);
        }
    }

    /// By the code, else by the words.
    fn village(&self) -> Option<RegionCode> {
        let by_code = self.region_code.as_str().and_then(|code| region::resolve_village(code, None).ok());
        match by_code {
            Some(found) => Some(found.code),
            None => self.region.as_str().and_then(region::locate).map(|found| found.code),
        }
    }

    fn wages(&self, judge: &mut Judge, meant: Meant) -> (Option<Rupiah>, Option<Rupiah>) {
        wages(
            judge,
            ("min_salary_amount", &self.min_salary_amount),
            ("max_salary_amount", &self.max_salary_amount),
            meant,
        )
    }

    /// Duties and requirements as one text; employers often paste the second into the first.
    fn text(&self) -> String {
        let duties = self.description.as_str().map(read::strip_html).unwrap_or_default();
        let wanted = self.qualification.as_str().map(read::strip_html).unwrap_or_default();
        if wanted.is_empty() || duties.contains(&wanted) {
            return duties;
        }
        format!("{duties}\n{wanted}").trim().to_owned()
    }
}

/// The business date of a moment with its zone; `None` for anything else.
fn moment(text: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| calendar::jakarta_date(at.to_utc()))
}

/// A title or a name in one line, without tags and entities.
fn plain_line(cell: &Cell) -> Option<String> {
    let plain = read::strip_html(cell.as_str()?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::education::Education;
    use crate::domain::flag::FlagKind;
    use crate::domain::intake::vacancy::MissingField;

    fn ad(json: &str) -> VacancyDraft {
        let row: AdRow = serde_json::from_str(json).expect("an ad");
        row.judge().into_result().expect("usable").0
    }

    fn karirhub(json: &str) -> Judged<VacancyDraft> {
        let row: KarirhubRow = serde_json::from_str(json).expect("a vacancy");
        row.judge("2025-11-01".parse().expect("a date"))
    }

    #[test]
    fn an_ad_from_elsewhere_is_kept_with_its_place_unknown() {
        let draft = ad(
            r#"{"id":"ad1","source":"papan","title":"Penjaga Toko","company":"","location":"Kab. Karawang",
            "salary_text":"IDR1.000.000 - 2.000.000/Bulan","education":"SMA / SMK / STM","description":"Kasir",
            "category":"","skills":"Cashier; Teamwork","experience":"1 - 3 tahun pengalaman","posted":"2025-09-28","quota":null}"#,
        );
        assert_eq!((draft.village, draft.place_text.as_deref()), (None, Some("Kab. Karawang")));
        assert_eq!((draft.wage_min, draft.wage_max), (Some(Rupiah(1_000_000)), Some(Rupiah(2_000_000))));
        assert_eq!(draft.education_min, Some(Education::Sma));
        assert_eq!(draft.experience_months, Some(12));
        assert_eq!(draft.skills, Some(vec!["Cashier".to_owned(), "Teamwork".to_owned()]));
        let missing = draft.missing();
        for field in
            [MissingField::Place, MissingField::Seats, MissingField::WorkingHours, MissingField::ClosingDate]
        {
            assert!(missing.contains(&field), "{field:?}");
        }
        assert_eq!(draft.employer, None);
    }

    #[test]
    fn an_ad_from_the_regency_finds_its_village() {
        let draft = ad(r#"{"title":"Operator","location":"Desa Trangsan, Gatak, Kab. Sukoharjo","quota":12,
            "salary_text":"Negosiasi","experience":"7"}"#);
        assert_eq!(draft.village.map(|v| v.to_string()), Some("33.11.11.2013".to_owned()));
        assert_eq!((draft.seats, draft.wage_min, draft.experience_months), (Some(12), None, Some(84)));
    }

    #[test]
    fn an_ad_without_title_or_with_zero_seats_is_refused() {
        let row: AdRow = serde_json::from_str(r#"{"title":"","quota":0}"#).expect("an ad");
        let problems = row.judge().into_result().expect_err("unusable");
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["required", "zero_seats"]);
    }

    #[test]
    fn a_portal_vacancy_is_read_and_flagged() {
        let judged = karirhub(
            r#"{"id":"x","title":"Pastry Chef","quota":2,"available_quota":1,"published_at":"2025-10-22 11:38:04",
            "expires_at":"2025-11-22","description":"<p>Membuat kue</p>","qualification":"<ul><li>2 tahun</li></ul>",
            "min_salary_amount":4500000,"max_salary_amount":5000000,"gender":"female","physical_condition":"normal",
            "marital_status":"single","min_year_experience":1,"min_age":25,"max_age":29,"skills":["Microsoft Office"],
            "employer_name":"Toko Kue","job_function":"Juru Masak","min_education":{"name":"SMK","level":30},
            "job_type":"Contract","region":"Plesan, Nguter, KAB. SUKOHARJO, JAWA TENGAH, Indonesia","industry":"Food"}"#,
        );
        let (draft, problems) = judged.into_result().expect("usable");
        assert_eq!(problems, []);
        assert_eq!(draft.description, "Membuat kue\n- 2 tahun");
        assert_eq!((draft.seats, draft.experience_months), (Some(1), Some(12)));
        assert_eq!(draft.employment_type, Some(EmploymentType::Pkwt));
        assert_eq!(draft.education_min, Some(Education::Smk));
        assert_eq!(draft.posted_on, "2025-10-22".parse().ok());
        assert!(draft.village.is_some());
        let kinds: Vec<FlagKind> =
            draft.flags("2025-11-01".parse().expect("a date")).iter().map(|flag| flag.kind).collect();
        for kind in [FlagKind::Age, FlagKind::Sex, FlagKind::MaritalStatus, FlagKind::PhysicalCondition] {
            assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
        }
    }

    #[test]
    fn what_the_portal_closed_is_left_out_and_other_money_is_refused() {
        let closed = karirhub(r#"{"title":"Kasir","quota":1,"status":"closed"}"#);
        assert!(closed.draft.is_none());
        let told: Vec<_> = closed.problems.iter().map(|p| (p.code.as_str(), p.is_error())).collect();
        assert_eq!(told, [("source_closed", false)]);
        let foreign = karirhub(r#"{"title":"Kasir","quota":1,"currency":"JPY","min_salary_amount":180000}"#);
        let told: Vec<_> = foreign.problems.iter().map(|p| (p.column, p.code.as_str())).collect();
        assert_eq!((foreign.draft.is_none(), &told[..]), (true, &[("currency", "money_currency")][..]));
    }

    #[test]
    fn placeholders_of_the_portal_are_no_wages() {
        let judged = karirhub(
            r#"{"title":"Staf","quota":1,"min_salary_amount":888,"max_salary_amount":999,"expires_at":"2025-10-31",
            "physical_condition":"disabled"}"#,
        );
        let (draft, problems) = judged.into_result().expect("usable");
        let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["closing_date_past", "wage_implausible", "wage_implausible"]);
        assert_eq!((draft.wage_min, draft.closes_on, draft.reserved_seats), (None, None, 1));
        let usual = karirhub(
            r#"{"title":"<b>Kasir</b> &amp; Admin","quota":1,"status":"open","currency":"IDR",
            "region":{"code":3311052008,"name":"Plesan"},"expires_at":"2025-10-31T17:00:00Z",
            "description":"<script>alert(1)</script><style>p{}</style><p>Melayani&#0;</p>"}"#,
        );
        let (draft, problems) = usual.into_result().expect("usable");
        assert_eq!(problems, []);
        assert_eq!(draft.title.as_deref(), Some("Kasir & Admin"));
        assert_eq!(draft.village.map(|village| village.to_string()).as_deref(), Some("33.11.05.2008"));
        assert_eq!(draft.closes_on, "2025-11-01".parse().ok(), "midnight in Sukoharjo");
        assert_eq!(draft.description, "Melayani");
        let zero = karirhub(r#"{"title":"Staf","min_salary_amount":0,"max_salary_amount":0}"#);
        assert_eq!(zero.problems, []);
        let most = karirhub(r#"{"title":"Staf","min_salary_amount":0,"max_salary_amount":4000000}"#);
        let draft = most.into_result().expect("usable").0;
        assert_eq!((draft.wage_min, draft.wage_max), (None, Some(Rupiah(4_000_000))));
    }
}
