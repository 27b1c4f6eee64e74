//! Rows of vacancies in our own format, the typed draft all sources end in, and what the law wants in it.
//!
//! Belongs here: columns, judgement, missing legal fields. Does not belong here: prohibited criteria (`flags`), other
//! sources (`ads`), and whether the employer is verified.

use chrono::{Datelike, NaiveDate};

use crate::domain::codes::FieldCode;
use crate::domain::duration::BareUnit;
use crate::domain::education::Education;
use crate::domain::flag::Flag;
use crate::domain::intake::cell::Cell;
use crate::domain::intake::flags;
use crate::domain::intake::judge::{Judge, text};
use crate::domain::intake::lengths;
use crate::domain::intake::problem::{Judged, Severity};
use crate::domain::intake::text as read;
use crate::domain::intake::words::{EmploymentType, Nib};
use crate::domain::machine::text_enum;
use crate::domain::money::{Meant, MinimumWage, Pay, Rupiah, minimum_wage};
use crate::domain::nik::Sex;
use crate::domain::region::{self, RegionCode};

row! {
    /// A vacancy as a file has it.
    VacancyRow, private: &[], {
        /// The list's own number of the vacancy, by which it is known again; not the number of a row.
        list_number ["no_lowongan", "id_lowongan", "kode_lowongan", "no_loker", "id_loker", "kode_loker"],
        /// Name of the employer.
        employer ["pemberi_kerja", "perusahaan", "nama_perusahaan", "nama_pemberi_kerja", "nama_perusahaan_lembaga_dll"],
        /// Business number of the employer.
        nib,
        /// Job title.
        title ["jabatan", "nama_jabatan", "nama_jabatan_sumber_perusahaan", "posisi", "judul", "lowongan", "nama_lowongan", "posisi_jabatan"],
        /// KBJI code, 1 to 6 digits.
        occupation_kbji ["kbji", "kode_kbji", "kode_kbji_resmi"],
        /// Village of the workplace, code or name.
        village ["desa", "kelurahan", "desa_kel", "desa_kelurahan", "lokasi"],
        /// District of the workplace.
        kecamatan ["kec"],
        /// Number of people wanted.
        seats ["jumlah", "jumlah_lowongan", "kuota", "perkiraan_lowongan", "kebutuhan", "jumlah_kebutuhan", "jumlah_dibutuhkan"],
        /// Of these, seats for people with a disability.
        reserved_seats ["kursi_disabilitas", "kuota_disabilitas"],
        /// Lowest wage, or the range, rupiah per month.
        wage_min ["upah", "gaji", "upah_min", "gaji_min"],
        /// Highest wage, rupiah per month.
        wage_max ["upah_maks", "gaji_maks", "upah_max", "gaji_max"],
        /// Hours and days of work.
        working_hours ["jam_kerja"],
        /// Conditions of work.
        conditions ["kondisi_kerja"],
        /// Whether people are taken to work.
        shuttle ["antar_jemput", "jemputan", "bus_jemputan", "bis_jemputan", "antar_jemput_karyawan", "angkutan_karyawan", "fasilitas_antar_jemput"],
        /// Whether people can live there.
        dormitory ["mes", "mess", "asrama", "mes_asrama", "mess_asrama", "mes_karyawan", "mess_karyawan", "fasilitas_mes", "fasilitas_mess", "tempat_tinggal"],
        /// Whether the work is in shifts.
        shifts ["shift", "kerja_shift", "sistem_shift", "sistem_kerja_shift", "sif", "kerja_bergilir"],
        /// `PKWTT`, `PKWT`, `harian_lepas`, `borongan`, `alih_daya` or `magang`.
        employment_type ["hubungan_kerja", "jenis_hubungan_kerja"],
        /// Lowest level of education.
        education_min ["pendidikan", "pendidikan_minimal"],
        /// Experience wanted, months.
        experience_months ["pengalaman", "pengalaman_bulan"],
        /// Skills, parted by `;`.
        skills ["keterampilan", "keahlian", "kompetensi"],
        /// Certificates truly required, parted by `;`.
        certificates ["sertifikat"],
        /// The ad's text.
        description ["deskripsi", "deskripsi_pekerjaan"],
        /// Last day to apply.
        closes_on ["tutup", "tanggal_tutup", "tgl_tutup", "berlaku_sampai", "berlaku_hingga", "masa_berlaku", "batas_lamaran", "tanggal_berakhir"],
        /// Lowest age asked for; a flag.
        age_min ["usia_min", "umur_min"],
        /// Highest age asked for; a flag.
        age_max ["usia_maks", "usia_max", "umur_maks"],
        /// Sex asked for; a flag.
        sex ["jenis_kelamin"],
        /// Marital status asked for; a flag.
        marital_status ["status_perkawinan"],
        /// Where the vacancy stands in the national portal.
        karirhub_url ["url_karirhub", "tautan_karirhub"],
        /// Why a restricted criterion is needed.
        restriction_reason ["alasan_pembatasan"],
    }
}

/// A vacancy as far as its source tells. Every field may be missing; [`VacancyDraft::missing`] says what the law still
/// wants, [`VacancyDraft::flags`] what staff must decide about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VacancyDraft {
    /// Name of the employer as written.
    pub employer: Option<String>,
    /// Business number of the employer.
    pub nib: Option<Nib>,
    /// Employer's industry as the source calls it.
    pub industry: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// KBJI code without dots, shape checked only.
    pub occupation_kbji: Option<String>,
    /// Category as the source calls it.
    pub category: Option<String>,
    /// Village of the workplace.
    pub village: Option<RegionCode>,
    /// The place as written, kept where no village of the regency is known.
    pub place_text: Option<String>,
    /// Number of people wanted, at least 1.
    pub seats: Option<u32>,
    /// Of these, seats for people with a disability.
    pub reserved_seats: u32,
    /// Lowest wage, rupiah per month.
    pub wage_min: Option<Rupiah>,
    /// Highest wage, rupiah per month; not below the lowest.
    pub wage_max: Option<Rupiah>,
    /// Hours and days of work.
    pub working_hours: Option<String>,
    /// Conditions of work.
    pub conditions: Option<String>,
    /// Whether people are taken to work; `None` is unknown, as for the two below.
    pub shuttle: Option<bool>,
    /// Whether people can live there.
    pub dormitory: Option<bool>,
    /// Whether the work is in shifts.
    pub shifts: Option<bool>,
    /// Kind of employment.
    pub employment_type: Option<EmploymentType>,
    /// Lowest level of education; [`Education::Tsd`] when any will do.
    pub education_min: Option<Education>,
    /// Experience wanted in months; 0 when none is.
    pub experience_months: Option<u32>,
    /// Skills as written; empty when the source says that none is needed, `None` when it says nothing.
    pub skills: Option<Vec<String>>,
    /// Certificates truly required, as written.
    pub certificates: Vec<String>,
    /// The ad's text, without HTML.
    pub description: String,
    /// Last day to apply.
    pub closes_on: Option<NaiveDate>,
    /// Day the source published it.
    pub posted_on: Option<NaiveDate>,
    /// Lowest age asked for.
    pub age_min: Option<u32>,
    /// Highest age asked for.
    pub age_max: Option<u32>,
    /// Sex asked for.
    pub sex: Option<Sex>,
    /// Marital status asked for, as written.
    pub marital_status: Option<String>,
    /// `normal` or `disabled` in the national portal's terms.
    pub physical_condition: Option<String>,
    /// Where the vacancy stands in the national portal.
    pub karirhub_url: Option<String>,
    /// Why a restricted criterion is needed.
    pub restriction_reason: Option<String>,
    /// Name of the source, for imported ads.
    pub source: Option<String>,
    /// Id at the source, for imported ads.
    pub source_id: Option<String>,
}

text_enum! {
    /// A field the law wants in a published vacancy: Permenaker 18/2024 Ps 4 (kind of work, place, wage, hours, conditions)
    /// and Perpres 57/2023 Ps 5 (number, validity, education, skills, experience).
    MissingField: "missing field" {
        /// Job title, jenis pekerjaan.
        Title = "title",
        /// Village of the workplace, lokasi.
        Place = "place",
        /// Wage, upah.
        Wage = "wage",
        /// Hours, jam kerja.
        WorkingHours = "working_hours",
        /// Conditions, kondisi kerja.
        Conditions = "conditions",
        /// Number of people, jumlah.
        Seats = "seats",
        /// Last day, masa berlaku.
        ClosingDate = "closing_date",
        /// Level of education, pendidikan.
        Education = "education",
        /// Skills, keterampilan.
        Skills = "skills",
        /// Experience, pengalaman.
        Experience = "experience",
    }
}

impl MissingField {
    /// The rule that wants it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Title | Self::Place | Self::Wage | Self::WorkingHours | Self::Conditions => {
                "Permenaker 18/2024 Ps 4"
            }
            Self::Seats | Self::ClosingDate | Self::Education | Self::Skills | Self::Experience => {
                "Perpres 57/2023 Ps 5"
            }
        }
    }
}

impl VacancyDraft {
    /// What keeps the vacancy incomplete, in the order of the law. The employer's verification is not among it.
    pub fn missing(&self) -> Vec<MissingField> {
        let absent = |field: &MissingField| match field {
            MissingField::Title => self.title.is_none(),
            MissingField::Place => self.village.is_none(),
            MissingField::Wage => self.wage_min.or(self.wage_max).is_none(),
            MissingField::WorkingHours => self.working_hours.is_none(),
            MissingField::Conditions => self.conditions.is_none(),
            MissingField::Seats => self.seats.is_none(),
            MissingField::ClosingDate => self.closes_on.is_none(),
            MissingField::Education => self.education_min.is_none(),
            MissingField::Skills => self.skills.is_none(),
            MissingField::Experience => self.experience_months.is_none(),
        };
        MissingField::ALL.iter().copied().filter(absent).collect()
    }

    /// Prohibited or restricted criteria and a wage below the minimum: each needs a written reason by staff, none is a
    /// reason to refuse the vacancy silently. Only what the fields show; see `reading::criteria::flags` for all.
    pub fn flags(&self, today: NaiveDate) -> Vec<Flag> {
        flags::find(self, today)
    }

    /// The minimum wage that applies at the workplace this year; `None` for apprentices, who get pocket money, and
    /// where the place is unknown.
    pub fn minimum_wage(&self, today: NaiveDate) -> Option<MinimumWage> {
        if self.employment_type == Some(EmploymentType::Magang) {
            return None;
        }
        minimum_wage(self.village?, today.year())
    }
}

/// More people than this at once is a typing mistake.
const MOST_SEATS: u32 = 10_000;

impl VacancyRow {
    /// Judges the row. A value that cannot be read is an error; an absent one is not, see [`VacancyDraft::missing`].
    pub fn judge(&self, today: NaiveDate) -> Judged<VacancyDraft> {
        let mut judge = Judge::new(Severity::Error);
        judge.plain(self);
        if [&self.title, &self.description, &self.employer].iter().all(|cell| cell.as_str().is_none()) {
            judge.error("title", &self.title, FieldCode::Required);
        }
        let nib = judge.nib(&self.nib);
        let occupation_kbji =
            judge.read("occupation_kbji", &self.occupation_kbji, FieldCode::KbjiShape, kbji);
        let village = judge.village(&self.village, &self.kecamatan);
        let (seats, reserved_seats) = self.seats(&mut judge);
        let meant = Meant::at(village, today.year());
        let (wage_min, wage_max) =
            wages(&mut judge, ("wage_min", &self.wage_min), ("wage_max", &self.wage_max), meant);
        let [shuttle, dormitory, shifts] = self.arrangements(&mut judge);
        let kind = &self.employment_type;
        let employment_type =
            judge.read("employment_type", kind, FieldCode::UnknownValue, EmploymentType::parse);
        let education_min =
            judge.read("education_min", &self.education_min, FieldCode::UnknownValue, any_education);
        let experience = &self.experience_months;
        let experience_months =
            judge.read("experience_months", experience, FieldCode::UnreadableNumber, months);
        let closes_on = self.closes_on(&mut judge, today);
        let (age_min, age_max) = ages(&mut judge, &self.age_min, &self.age_max);
        let sex = self.sex(&mut judge);
        let karirhub_url = judge.read("karirhub_url", &self.karirhub_url, FieldCode::UrlShape, https);
        let draft = VacancyDraft {
            employer: text(&self.employer),
            nib,
            title: text(&self.title),
            occupation_kbji,
            village,
            place_text: self.place_text(village),
            seats,
            reserved_seats,
            wage_min,
            wage_max,
            working_hours: text(&self.working_hours),
            conditions: text(&self.conditions),
            shuttle,
            dormitory,
            shifts,
            employment_type,
            education_min,
            experience_months,
            skills: self.skills.as_str().map(read::list),
            certificates: self.certificates.as_str().map(read::list).unwrap_or_default(),
            description: text(&self.description).unwrap_or_default(),
            closes_on,
            age_min,
            age_max,
            sex,
            marital_status: text(&self.marital_status),
            karirhub_url,
            restriction_reason: text(&self.restriction_reason),
            source_id: text(&self.list_number),
            ..VacancyDraft::default()
        };
        lengths::of_vacancy(&mut judge, &draft, ["employer", "title", "list_number"]);
        judge.finish(Some(draft))
    }

    fn seats(&self, judge: &mut Judge) -> (Option<u32>, u32) {
        let before = judge.errors();
        let seats = seats(judge, "seats", &self.seats);
        let unread = judge.errors() > before;
        let reserved = judge.count("reserved_seats", &self.reserved_seats, MOST_SEATS).unwrap_or_default();
        if reserved > seats.unwrap_or_default() && !unread {
            judge.error("reserved_seats", &self.reserved_seats, FieldCode::ReservedAboveSeats);
        }
        (seats, reserved)
    }

    /// Shuttle, dormitory, shifts: each yes, no or unknown.
    fn arrangements(&self, judge: &mut Judge) -> [Option<bool>; 3] {
        let cells = [("shuttle", &self.shuttle), ("dormitory", &self.dormitory), ("shifts", &self.shifts)];
        cells.map(|(column, cell)| judge.read(column, cell, FieldCode::UnknownValue, read::offered).flatten())
    }

    fn closes_on(&self, judge: &mut Judge, today: NaiveDate) -> Option<NaiveDate> {
        let date = judge.date("closes_on", &self.closes_on)?;
        if date < today {
            judge.error("closes_on", &self.closes_on, FieldCode::ClosingDatePast);
        }
        Some(date)
    }

    /// "L/P" and the like ask for nobody in particular.
    fn sex(&self, judge: &mut Judge) -> Option<Sex> {
        let both = self.sex.as_str().is_some_and(|text| {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
            let asked = |sex| words.iter().any(|word| Sex::parse(word) == Some(sex));
            read::says_none(text)
                || text.eq_ignore_ascii_case("semua")
                || (asked(Sex::Male) && asked(Sex::Female))
        });
        if both { None } else { judge.read("sex", &self.sex, FieldCode::UnknownValue, Sex::parse) }
    }

    fn place_text(&self, village: Option<RegionCode>) -> Option<String> {
        match village {
            Some(code) => region::find(code).map(region::Region::full_name),
            None => text(&self.kecamatan).map(|district| format!("Kecamatan {district}")),
        }
    }
}

/// Seats: a whole number from 1.
pub(super) fn seats(judge: &mut Judge, column: &'static str, cell: &Cell) -> Option<u32> {
    let seats = judge.count(column, cell, MOST_SEATS)?;
    if seats == 0 {
        judge.error(column, cell, FieldCode::ZeroSeats);
        return None;
    }
    Some(seats)
}

/// Lowest and highest wage from two cells, of which either may hold a range: each end from the cell that is about it, else
/// from the other one. "s/d 5 juta" in the first leaves the lowest unknown.
pub(super) fn wages(
    judge: &mut Judge,
    (low_column, low): (&'static str, &Cell),
    (high_column, high): (&'static str, &Cell),
    meant: Meant,
) -> (Option<Rupiah>, Option<Rupiah>) {
    let first = judge.wage(low_column, low, meant);
    let second = judge.wage(high_column, high, meant);
    let one = |pay: Pay| pay.low == pay.high;
    // One amount in the column for the highest says nothing about the lowest, and the other way round.
    let from_second = second.filter(|pay| !one(*pay)).and_then(|pay| pay.low);
    let wage_min = first.and_then(|pay| pay.low).or(from_second);
    let from_first = first.filter(|pay| second.is_none() || !one(*pay)).and_then(|pay| pay.high);
    let wage_max = second.and_then(|pay| pay.high).or(from_first);
    if wage_min.is_some() && wage_max.is_some() && wage_min > wage_max {
        judge.unreadable(low_column, low, FieldCode::MoneyReversed);
        return (None, None);
    }
    (wage_min, wage_max)
}

/// Age limits, each below 100.
pub(super) fn ages(judge: &mut Judge, low: &Cell, high: &Cell) -> (Option<u32>, Option<u32>) {
    let age_min = judge.count("age_min", low, 99).filter(|age| *age > 0);
    let age_max = judge.count("age_max", high, 99).filter(|age| *age > 0);
    if let (Some(least), Some(most)) = (age_min, age_max)
        && least > most
    {
        judge.unreadable("age_min", low, FieldCode::AgeRangeReversed);
    }
    (age_min, age_max)
}

/// What an ad asks for; "tidak ada" asks for nothing.
pub(super) fn any_education(text: &str) -> Option<Education> {
    Education::parse_minimum(text).or_else(|| read::says_none(text).then_some(Education::Tsd))
}

fn months(text: &str) -> Option<u32> {
    read::months(text, BareUnit::Months)
}

fn kbji(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    ((1..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

fn https(text: &str) -> Option<String> {
    (text.starts_with("https://") && text.len() > 12 && !text.contains(char::is_whitespace))
        .then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::intake::Row;

    fn today() -> NaiveDate {
        "2026-11-24".parse().expect("a date")
    }

    fn row() -> VacancyRow {
        VacancyRow::from_cells([
            ("employer", Cell::text("PT Contoh Garmen")),
            ("nib", Cell::text("9120001234567")),
            ("title", Cell::text("Operator Jahit")),
            ("occupation_kbji", Cell::text("8153")),
            ("village", Cell::text("33.11.05.2008")),
            ("seats", Cell::text("300")),
            ("reserved_seats", Cell::text("3")),
            ("wage_min", Cell::text("2.500.000")),
            ("wage_max", Cell::text("Rp 3 jt")),
            ("working_hours", Cell::text("Senin-Jumat 07.00-15.00")),
            ("conditions", Cell::text("duduk, ruang berventilasi")),
            ("employment_type", Cell::text("PKWT")),
            ("education_min", Cell::text("minimal SMP")),
            ("experience_months", Cell::text("0")),
            ("skills", Cell::text("menjahit;obras")),
            ("closes_on", Cell::text("2026-12-31")),
        ])
    }

    fn codes(row: &VacancyRow) -> Vec<(&'static str, &'static str)> {
        row.judge(today()).problems.iter().map(|problem| (problem.column, problem.code.as_str())).collect()
    }

    #[test]
    fn a_complete_row_misses_nothing() {
        let (draft, problems) = row().judge(today()).into_result().expect("good");
        assert_eq!(problems, []);
        assert_eq!(draft.missing(), []);
        assert_eq!(draft.flags(today()), []);
        assert_eq!((draft.seats, draft.reserved_seats), (Some(300), 3));
        assert_eq!((draft.wage_min, draft.wage_max), (Some(Rupiah(2_500_000)), Some(Rupiah(3_000_000))));
        assert_eq!(draft.place_text.as_deref(), Some("Desa Plesan, Kecamatan Nguter"));
        assert_eq!(draft.education_min, Some(Education::Smp));
    }

    #[test]
    fn every_legal_field_is_missed_when_absent() {
        let bare = VacancyRow { employer: Cell::text("PT Contoh"), ..VacancyRow::default() };
        let (draft, problems) = bare.judge(today()).into_result().expect("incomplete is no error");
        assert_eq!(problems, []);
        assert_eq!(draft.missing(), MissingField::ALL);
        assert_eq!(codes(&VacancyRow::default()), [("title", "required")]);
    }

    #[test]
    fn said_to_be_nothing_is_not_missing() {
        let plain = VacancyRow {
            skills: Cell::text("tidak ada"),
            experience_months: Cell::text("tanpa pengalaman"),
            education_min: Cell::text("semua jenjang"),
            ..row()
        };
        let (draft, _) = plain.judge(today()).into_result().expect("good");
        assert_eq!(draft.missing(), []);
        assert_eq!((draft.skills, draft.experience_months), (Some(Vec::new()), Some(0)));
        assert_eq!(draft.education_min, Some(Education::Tsd));
    }

    #[test]
    fn all_problems_come_at_once() {
        let bad = VacancyRow {
            nib: Cell::text("12"),
            occupation_kbji: Cell::text("jahit"),
            village: Cell::text("Atlantis"),
            seats: Cell::text("0"),
            reserved_seats: Cell::text("x"),
            wage_min: Cell::text("3 jt"),
            wage_max: Cell::text("2 jt"),
            shuttle: Cell::text("kadang"),
            employment_type: Cell::text("sukarela"),
            education_min: Cell::text("pintar"),
            experience_months: Cell::text("lama"),
            closes_on: Cell::text("2026-11-23"),
            age_min: Cell::text("30"),
            age_max: Cell::text("20"),
            sex: Cell::text("x"),
            karirhub_url: Cell::text("karirhub"),
            ..row()
        };
        let expected = [
            ("nib", "nib_shape"),
            ("occupation_kbji", "kbji_shape"),
            ("village", "unknown_village"),
            ("seats", "zero_seats"),
            ("reserved_seats", "unreadable_number"),
            ("wage_min", "money_reversed"),
            ("shuttle", "unknown_value"),
            ("employment_type", "unknown_value"),
            ("education_min", "unknown_value"),
            ("experience_months", "unreadable_number"),
            ("closes_on", "closing_date_past"),
            ("age_min", "age_range_reversed"),
            ("sex", "unknown_value"),
            ("karirhub_url", "url_shape"),
        ];
        assert_eq!(codes(&bad), expected);
        assert!(bad.judge(today()).draft.is_none());
    }

    #[test]
    fn limits_of_single_fields() {
        assert_eq!(codes(&VacancyRow { closes_on: Cell::text("24-11-2026"), ..row() }), []);
        assert_eq!(
            codes(&VacancyRow { seats: Cell::text("10001"), ..row() }),
            [("seats", "number_out_of_range")]
        );
        assert_eq!(codes(&VacancyRow { seats: Cell::text("-3"), ..row() }), [("seats", "unreadable_number")]);
        let reserved = VacancyRow { reserved_seats: Cell::text("301"), ..row() };
        assert_eq!(codes(&reserved), [("reserved_seats", "reserved_above_seats")]);
        assert_eq!(
            codes(&VacancyRow { wage_min: Cell::text("2500"), ..row() }),
            [("wage_min", "wage_implausible")]
        );
    }

    #[test]
    fn a_wage_to_be_negotiated_is_missing() {
        let open = VacancyRow { wage_min: Cell::text("Negosiasi"), wage_max: Cell::Empty, ..row() };
        let (draft, problems) = open.judge(today()).into_result().expect("a warning only");
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["money_no_amount"]);
        assert_eq!(draft.missing(), [MissingField::Wage]);
    }

    #[test]
    fn a_range_in_one_cell_fills_both_ends() {
        let range = VacancyRow { wage_min: Cell::text("2,5 - 3,2 juta"), wage_max: Cell::Empty, ..row() };
        let (draft, _) = range.judge(today()).into_result().expect("good");
        assert_eq!((draft.wage_min, draft.wage_max), (Some(Rupiah(2_500_000)), Some(Rupiah(3_200_000))));
    }

    #[test]
    fn both_sexes_is_no_restriction() {
        for text in ["L/P", "Pria/Wanita", "Laki-laki dan perempuan", "semua", "bebas"] {
            let (draft, _) =
                VacancyRow { sex: Cell::text(text), ..row() }.judge(today()).into_result().expect(text);
            assert_eq!(draft.sex, None, "{text}");
        }
        let (draft, _) =
            VacancyRow { sex: Cell::text("Laki-laki"), ..row() }.judge(today()).into_result().expect("one");
        assert_eq!(draft.sex, Some(Sex::Male));
    }

    proptest! {
        #[test]
        fn any_text_anywhere_is_judged(values in proptest::collection::vec("\\PC{0,16}", 28)) {
            let cells = VacancyRow::COLUMNS.iter().copied().zip(values.iter().map(|v| Cell::text(v)));
            let judged = VacancyRow::from_cells(cells).judge(today());
            prop_assert_eq!(judged.draft.is_none(), judged.problems.iter().any(|p| p.is_error()));
            if let Some(draft) = judged.draft {
                prop_assert!(draft.wage_min.zip(draft.wage_max).is_none_or(|(low, high)| low <= high));
                prop_assert!(draft.seats != Some(0));
                let _ = draft.flags(today());
            }
        }
    }
}
