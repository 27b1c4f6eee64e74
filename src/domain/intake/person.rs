//! Rows of people: training graduates and other residents.
//!
//! Belongs here: the columns, the judgement to a draft, and what a numeric NIK means. Does not belong here: whether a
//! person may be matched (`matching`), and consent.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    codes::FieldCode,
    digits,
    education::{Attained, Education},
    intake::{
        cell::Cell,
        jobs,
        judge::{Judge, text},
        problem::{Judged, Severity},
        text as read,
        words::{Disability, FamilyCard, Transport, WorkStatus},
    },
    limits,
    money::{Meant, Rupiah},
    nik::{Nik, Sex},
    phone::Phone,
    region::RegionCode,
    training,
};

row! {
    /// A person as a file has it.
    PersonRow, private: &[
        "nik", "name", "birth_date", "phone", "address", "desil", "desil_source", "desil_date", "disability",
        "ak1_number", "family_card",
    ], {
        /// NIK, 16 digits, as text.
        nik ["no_nik", "no_induk_kependudukan", "no_ktp", "no_nik_ktp"],
        /// Full name.
        name ["nama", "nama_lengkap", "nama_peserta"],
        /// `L` or `P`, or the words.
        sex ["l_p", "jk", "jenis_kelamin", "kelamin", "jns_kelamin", "jeniskelamin"],
        /// Date of birth.
        birth_date ["tgl_lahir", "tanggal_lahir", "tempat_tgl_lahir", "tempat_tanggal_lahir", "ttl", "tgllahir", "tanggallahir"],
        /// Mobile number, often the family's.
        phone ["no_hp", "no_hp_wa", "hp", "wa", "no_wa", "hp_wa", "telepon", "no_telp", "no_telepon", "telp", "tlp", "no_tlp", "telp_hp", "no_telp_hp", "whatsapp", "no_whatsapp", "no_hp_whatsapp", "handphone", "no_handphone", "ponsel", "no_ponsel", "hp_aktif", "no_hp_aktif", "nohp", "nowa", "notelp"],
        /// Village of residence, code or name.
        village ["desa", "kelurahan", "desa_kel", "desa_kelurahan", "kel_desa", "kelurahan_desa", "nama_desa", "kel"],
        /// District of residence.
        kecamatan ["kec", "nama_kecamatan"],
        /// Street, RT and RW.
        address ["alamat", "alamat_lengkap", "alamat_rumah", "alamat_tinggal", "alamat_tempat_tinggal", "alamat_rt_rw"],
        /// Highest level of education.
        education ["pendidikan", "pendidikan_terakhir", "pend_terakhir", "pend", "pendidikan_id", "jenjang_pendidikan", "tingkat_pendidikan", "ijazah", "ijazah_terakhir"],
        /// Field of study.
        major ["jurusan", "program_studi", "prodi", "jurusan_pendidikan", "jurusan_sekolah"],
        /// Training programme completed.
        programme ["program", "program_pelatihan", "pelatihan", "nama_pelatihan", "kejuruan", "kejuruan_pelatihan", "pelatihan_diikuti", "pelatihan_pernah_diikuti"],
        /// Last day of the training.
        training_end ["tgl_selesai", "tanggal_selesai", "selesai_pelatihan"],
        /// `K` or `BK`.
        training_result ["hasil_uji", "hasil", "hasil_uji_kompetensi", "keputusan_asesmen", "hasil_asesmen"],
        /// Training class.
        class ["angkatan", "kelas"],
        /// Certificates, parted by `;`.
        certificates ["sertifikat", "no_sertifikat", "sertifikat_kompetensi"],
        /// Skills, parted by `;`.
        skills ["keterampilan", "keahlian", "keterampilan_keahlian", "kemampuan"],
        /// `job:months`, parted by `;`.
        experience ["pengalaman", "pengalaman_kerja"],
        /// Lowest acceptable wage, rupiah per month.
        wage_floor ["upah_minimal", "gaji_minimal", "upah_harapan", "gaji_harapan"],
        /// Furthest acceptable workplace, kilometres.
        max_distance_km ["jarak_maks", "jarak_maksimal", "jarak_maks_km"],
        /// Shift work acceptable.
        shift_ok ["bersedia_shift", "shift"],
        /// Living at work, in a dormitory, acceptable.
        dormitory_ok ["bersedia_mes", "bersedia_mess", "bersedia_di_mes", "bersedia_di_mess", "bersedia_tinggal_di_mes", "bersedia_tinggal_di_mess", "bersedia_asrama", "bersedia_tinggal_di_asrama", "bersedia_tinggal_di_mes_asrama", "bersedia_tinggal_di_mess_asrama", "bersedia_tinggal_di_mes_atau_asrama", "bersedia_menginap", "mes", "mess", "asrama"],
        /// Means of transport.
        transport ["kendaraan", "transportasi", "alat_transportasi"],
        /// Decile of family welfare, 1 poorest to 10.
        desil ["desil_dtsen", "desil_p3ke", "desil_dtks"],
        /// Where the decile comes from.
        desil_source ["sumber_desil", "sumber"],
        /// Date of the decile.
        desil_date ["tanggal_desil", "tgl_desil"],
        /// Kind of disability.
        disability ["disabilitas", "ragam_disabilitas", "jenis_disabilitas", "cacat", "jenis_cacat"],
        /// Number of the jobseeker's card.
        ak1_number ["no_ak1", "no_pencari_kerja", "no_pencaker", "ak1", "no_ak_1", "no_kartu_ak1"],
        /// First possible day of work.
        available_from ["siap_kerja", "tersedia_mulai"],
        /// Day of registration.
        registered_on ["tanggal_daftar", "tgl_daftar", "tanggal_terdaftar", "tgl_terdaftar", "tanggal_pendaftaran"],
        /// What the person does now.
        status ["status_bekerja", "status_kerja", "status_pekerjaan", "statuskerja"],
        /// May be ranked automatically.
        ranking_consent ["setuju_dipadankan", "bersedia_dipadankan", "persetujuan_pemadanan", "setuju_pemadanan"],
        /// Number of the family card.
        family_card ["no_kk", "kk", "kartu_keluarga", "no_kartu_keluarga"],
    }
}

/// A completed training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingDraft {
    /// Programme as written.
    pub programme: String,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// Result of the assessment.
    pub result: Option<training::Outcome>,
    /// Class as written.
    pub class: Option<String>,
}

/// A job held before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExperienceDraft {
    /// Job title as written.
    pub title: String,
    /// Months; `None` when not given or unreadable.
    pub months: Option<u32>,
}

/// A decile with its evidence. Without a source and a date it is a claim and counts for nothing until checked.
#[derive(Clone, PartialEq, Eq)]
pub struct DesilDraft {
    /// 1 (poorest) to 10.
    pub desil: u8,
    /// Register it comes from (DTSEN, or the older DTKS and P3KE).
    pub source: Option<String>,
    /// Date of the register.
    pub dated: Option<NaiveDate>,
}

impl DesilDraft {
    /// Decile, source and date, where all three are told: the day on which a row is taken in says nothing about its data.
    pub fn evidence(&self) -> Option<(u8, &str, NaiveDate)> {
        Some((self.desil, self.source.as_deref()?, self.dated?))
    }
}

impl fmt::Debug for DesilDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DesilDraft(**)")
    }
}

/// A person ready to be registered. `Debug` shows nothing that identifies.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonDraft {
    /// Identity number.
    pub nik: Nik,
    /// Full name.
    pub name: String,
    /// As typed, else from the NIK.
    pub sex: Sex,
    /// As typed; from the NIK where nothing was typed or what was typed cannot be.
    pub birth_date: Option<NaiveDate>,
    /// Mobile number; not unique.
    pub phone: Option<Phone>,
    /// Village of residence; `None` is unknown.
    pub village: Option<RegionCode>,
    /// Street, RT and RW.
    pub address: Option<String>,
    /// Highest level; `None` is unknown.
    pub education: Option<Education>,
    /// Field of study.
    pub major: Option<String>,
    /// The training the row is about.
    pub training: Option<TrainingDraft>,
    /// Certificates as written.
    pub certificates: Vec<String>,
    /// Skills as written.
    pub skills: Vec<String>,
    /// Jobs held before.
    pub experience: Vec<ExperienceDraft>,
    /// Lowest acceptable wage, rupiah per month.
    pub wage_floor: Option<Rupiah>,
    /// Furthest acceptable workplace, metres.
    pub max_distance_m: Option<u32>,
    /// Shift work acceptable; `None` is unknown.
    pub shift_ok: Option<bool>,
    /// Living at work acceptable; `None` is unknown.
    pub dormitory_ok: Option<bool>,
    /// Means of transport.
    pub transport: Option<Transport>,
    /// Decile of family welfare; `None` is unknown, which is not rich.
    pub desil: Option<DesilDraft>,
    /// Kind of disability; the inner `None` is "none", the outer one "unknown".
    pub disability: Option<Option<Disability>>,
    /// Number of the jobseeker's card.
    pub ak1_number: Option<String>,
    /// First possible day of work.
    pub available_from: Option<NaiveDate>,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// What the person does now.
    pub status: Option<WorkStatus>,
    /// May be ranked automatically (UU 27/2022 art. 10); `None` when nobody asked.
    pub ranking_consent: Option<bool>,
    /// Family card; shared by a household.
    pub family_card: Option<FamilyCard>,
}

impl fmt::Debug for PersonDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonDraft")
            .field("nik", &self.nik)
            .field("training", &self.training)
            .finish_non_exhaustive()
    }
}

impl PersonRow {
    /// Judges the row. Errors: NIK or name missing, a NIK that is malformed or came as a number or stands in another
    /// column, a village that is not one of the regency, a text that is too long or holds what cannot be seen. Everything else unreadable is a warning and left out.
    pub fn judge(&self, today: NaiveDate) -> Judged<PersonDraft> {
        self.judged(today, Severity::Warning)
    }

    /// Judges the row of a file that has its decile under this heading: "Desil P3KE" names the source, where none is told
    /// beside it.
    pub fn judge_under(&self, heading: &str, today: NaiveDate) -> Judged<PersonDraft> {
        let words = heading.to_uppercase();
        match REGISTERS.iter().find(|register| words.contains(**register)) {
            Some(register) if self.desil_source == Cell::Empty => {
                Self { desil_source: Cell::text(register), ..self.clone() }.judge(today)
            }
            _ => self.judge(today),
        }
    }

    /// Judges what somebody typed who is there to be asked: whatever cannot be read is an error, so that nothing is
    /// dropped behind their back.
    pub fn judge_form(&self, today: NaiveDate) -> Judged<PersonDraft> {
        self.judged(today, Severity::Error)
    }

    fn judged(&self, today: NaiveDate, unreadable: Severity) -> Judged<PersonDraft> {
        let mut judge = Judge::new(unreadable);
        judge.plain(self);
        let nik = self.nik(&mut judge);
        let name = self.name(&mut judge);
        let sex = judge.read("sex", &self.sex, FieldCode::UnknownValue, Sex::parse);
        let typed = self.birth_date(&mut judge, today);
        if let Some(nik) = &nik {
            for warning in nik.warnings(typed, sex, today) {
                judge.warn("nik", &self.nik, warning.code());
            }
        }
        let birth_date = self.slip_of(&mut judge, typed, nik.as_ref().and_then(|nik| nik.birth_date(today)));
        let rest = self.rest(&mut judge, today);
        let draft = nik.zip(name).map(|(nik, name)| {
            let sex = sex.unwrap_or_else(|| nik.sex());
            let birth_date = birth_date.or_else(|| nik.birth_date(today));
            rest(Identity { nik, name, sex, birth_date })
        });
        judge.finish(draft)
    }

    fn nik(&self, judge: &mut Judge) -> Option<Nik> {
        let Some(digits) = self.nik.as_str() else {
            judge.error("nik", &self.nik, FieldCode::Required);
            return None;
        };
        if was_a_number(&self.nik, digits) {
            judge.error("nik", &self.nik, FieldCode::NikNumeric);
            return None;
        }
        match Nik::parse(digits) {
            Ok(nik) => Some(nik),
            Err(error) => {
                judge.error("nik", &self.nik, error.code());
                None
            }
        }
    }

    /// A name, which may be a word that elsewhere stands for nothing.
    fn name(&self, judge: &mut Judge) -> Option<String> {
        let name = self.name.as_name().map(str::to_owned);
        if name.is_none() {
            judge.error("name", &self.name, FieldCode::Required);
        }
        judge.fits(limits::PERSON, "name", &name);
        judge.without_nik("name", &name);
        name
    }

    /// The date as typed, when it can be the birthday of somebody who looks for work. "Sukoharjo, 12 Mei 2001" has the
    /// place before the date.
    fn birth_date(&self, judge: &mut Judge, today: NaiveDate) -> Option<NaiveDate> {
        let date = judge.past_date("birth_date", &self.birth_date, today)?;
        if !(13..=90).contains(&(today.year() - date.year())) {
            judge.warn("birth_date", &self.birth_date, FieldCode::ImplausibleBirthDate);
        }
        (date.year() >= EARLIEST_BIRTH).then_some(date)
    }

    /// The typed date, unless it differs from the NIK's by more than a slip of the keyboard.
    fn slip_of(
        &self,
        judge: &mut Judge,
        typed: Option<NaiveDate>,
        of_nik: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let (Some(date), Some(of_nik)) = (typed, of_nik) else { return typed };
        if date == of_nik || is_slip(date, of_nik) {
            return typed;
        }
        judge.warn("birth_date", &self.birth_date, FieldCode::BirthDateFromNik);
        None
    }

    /// Reads everything but the identity, in column order, and hands back what completes the draft.
    fn rest(&self, judge: &mut Judge, today: NaiveDate) -> impl FnOnce(Identity) -> PersonDraft + use<> {
        let phone = judge.phone("phone", &self.phone);
        let village = judge.village(&self.village, &self.kecamatan);
        let address = text(&self.address);
        judge.fits(limits::PERSON, "address", &address);
        judge.without_nik("address", &address);
        let education = self.education(judge);
        let major = text(&self.major);
        judge.fits(limits::PERSON, "major", &major);
        let training = self.training(judge, today);
        let (certificates, skills) = self.abilities(judge);
        let experience = self.experience(judge);
        let wage_floor = judge.wage("wage_floor", &self.wage_floor, Meant::at(village, today.year()));
        let wage_floor = wage_floor.and_then(|pay| pay.low);
        judge.nothing_dropped("wage_floor", &self.wage_floor, wage_floor.as_ref());
        let distance = self.distance(judge);
        let shift_ok = judge.yes_no("shift_ok", &self.shift_ok);
        let dormitory_ok = judge.yes_no("dormitory_ok", &self.dormitory_ok);
        let transport = judge.read("transport", &self.transport, FieldCode::UnknownValue, Transport::parse);
        let desil = self.desil(judge, today);
        let disability =
            judge.read("disability", &self.disability, FieldCode::UnknownValue, Disability::parse);
        let ak1_number = text(&self.ak1_number);
        judge.fits(limits::PERSON, "ak1_number", &ak1_number);
        let available_from = judge.date("available_from", &self.available_from);
        let registered_on = judge.past_date("registered_on", &self.registered_on, today);
        let status = self.status(judge);
        let ranking_consent = judge.yes_no("ranking_consent", &self.ranking_consent);
        let family_card = self.family_card(judge);
        move |Identity { nik, name, sex, birth_date }| PersonDraft {
            nik,
            name,
            sex,
            birth_date,
            phone,
            village,
            address,
            education,
            major,
            training,
            certificates,
            skills,
            experience,
            wage_floor,
            max_distance_m: distance,
            shift_ok,
            dormitory_ok,
            transport,
            desil,
            disability,
            ak1_number,
            available_from,
            registered_on,
            status,
            ranking_consent,
            family_card,
        }
    }

    /// The furthest way to work, metres.
    fn distance(&self, judge: &mut Judge) -> Option<u32> {
        let cell = &self.max_distance_km;
        judge.read("max_distance_km", cell, FieldCode::UnreadableNumber, read::metres_from_km)
    }

    /// Certificates and skills.
    fn abilities(&self, judge: &mut Judge) -> (Vec<String>, Vec<String>) {
        let (certificates, skills) = (items(&self.certificates), items(&self.skills));
        judge.fits(limits::PERSON, "certificates", &certificates);
        judge.fits(limits::PERSON, "skills", &skills);
        judge.without_nik("skills", &skills);
        (certificates, skills)
    }

    fn training(&self, judge: &mut Judge, today: NaiveDate) -> Option<TrainingDraft> {
        let ended_on = judge.past_date("training_end", &self.training_end, today);
        let result = judge.read(
            "training_result",
            &self.training_result,
            FieldCode::UnknownValue,
            training::Outcome::read,
        );
        let (programme, class) = (text(&self.programme), text(&self.class));
        judge.fits(limits::PERSON, "programme", &programme);
        judge.without_nik("programme", &programme);
        judge.fits(limits::PERSON, "class", &class);
        Some(TrainingDraft { programme: programme?, ended_on, result, class })
    }

    /// The highest school finished; one that was left is noted.
    fn education(&self, judge: &mut Judge) -> Option<Education> {
        let attained = judge.read("education", &self.education, FieldCode::UnknownValue, Attained::parse)?;
        if attained.unfinished {
            judge.warn("education", &self.education, FieldCode::EducationUnfinished);
        }
        Some(attained.level)
    }

    /// What the person does now. What is said and does not tell whether work is looked for is not silence: somebody asks
    /// before the person is proposed.
    fn status(&self, judge: &mut Judge) -> Option<WorkStatus> {
        let text = self.status.as_str()?;
        let code = match WorkStatus::parse(text) {
            Some(WorkStatus::Unclear) => FieldCode::StatusUnclear,
            Some(status) => return Some(status),
            None => {
                judge.unreadable("status", &self.status, FieldCode::UnknownValue);
                return Some(WorkStatus::Unclear);
            }
        };
        judge.warn("status", &self.status, code);
        Some(WorkStatus::Unclear)
    }

    fn experience(&self, judge: &mut Judge) -> Vec<ExperienceDraft> {
        let mut held = Vec::new();
        for job in self.experience.as_str().map(jobs::jobs).unwrap_or_default() {
            if job.unread {
                judge.unreadable("experience", &Cell::text(&job.title), FieldCode::UnreadableExperience);
            }
            judge.fits(limits::PERSON, "experience", [&job.title]);
            judge.without_nik("experience", [&job.title]);
            held.push(ExperienceDraft { title: job.title, months: job.months });
        }
        held
    }

    fn desil(&self, judge: &mut Judge, today: NaiveDate) -> Option<DesilDraft> {
        let read_desil = |text: &str| {
            let digits =
                text.to_lowercase().trim_start_matches("desil").trim().trim_end_matches(".0").to_owned();
            digits.parse::<u8>().ok().filter(|desil| (1..=10).contains(desil))
        };
        let desil = judge.read("desil", &self.desil, FieldCode::DesilOutOfRange, read_desil);
        let source = text(&self.desil_source).filter(|source| !read::says_none(source));
        judge.fits(limits::PERSON, "desil_source", &source);
        let dated = judge.past_date("desil_date", &self.desil_date, today);
        let desil = desil?;
        if source.is_none() {
            judge.unreadable("desil", &self.desil, FieldCode::DesilWithoutSource);
        } else if dated.is_none() {
            judge.unreadable("desil", &self.desil, FieldCode::DesilWithoutDate);
        }
        Some(DesilDraft { desil, source, dated })
    }

    fn family_card(&self, judge: &mut Judge) -> Option<FamilyCard> {
        let digits = self.family_card.as_str()?;
        if was_a_number(&self.family_card, digits) {
            judge.unreadable("family_card", &self.family_card, FieldCode::FamilyCardNumeric);
            return None;
        }
        judge.read("family_card", &self.family_card, FieldCode::FamilyCardShape, FamilyCard::parse)
    }
}

/// Registers of family welfare, the present one and those before it.
const REGISTERS: [&str; 3] = ["DTSEN", "P3KE", "DTKS"];

/// Nobody who looks for work was born before.
const EARLIEST_BIRTH: i32 = 1920;

/// Whether one date is the other one mistyped: one of day, month and year is another, or day and month changed places.
fn is_slip(a: NaiveDate, b: NaiveDate) -> bool {
    let same = [a.day() == b.day(), a.month() == b.month(), a.year() == b.year()];
    let alike = same.into_iter().filter(|same| *same).count() >= 2;
    let swapped = a.year() == b.year() && a.day() == b.month() && a.month() == b.day();
    swapped || (alike && (a.year() - b.year()).abs() <= 10)
}

struct Identity {
    nik: Nik,
    name: String,
    sex: Sex,
    birth_date: Option<NaiveDate>,
}

fn items(cell: &Cell) -> Vec<String> {
    cell.as_str().map(read::list).unwrap_or_default()
}

/// True when a 16-digit number passed through a spreadsheet as a number, which keeps 15 digits: it came as a number, in
/// scientific notation, or with decimals.
fn was_a_number(cell: &Cell, digits: &str) -> bool {
    let digits = &digits::plain(digits);
    let scientific = digits.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
            && exponent.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit())
            && mantissa.starts_with(|c: char| c.is_ascii_digit())
    });
    let decimals = digits.rsplit_once(['.', ',']).is_some_and(|(whole, zeros)| {
        whole.len() > 4 && (1..=2).contains(&zeros.len()) && zeros.bytes().all(|b| b == b'0')
    });
    cell.is_number() || scientific || decimals
}

#[cfg(test)]
mod tests;
