//! How a vacancy is told on a page: wage, contract, education, what is left.
use chrono::NaiveDate;

use crate::{
    domain::{education::Education, intake::words::EmploymentType, person::Bar, vacancy::State},
    matching::near::Miss,
    reading::labels,
    words::id::{
        dates,
        reasons::{kilometres, rupiah},
    },
};

/// The wage of a month.
pub fn wage(least: Option<i64>, most: Option<i64>) -> Option<String> {
    Some(match (least, most) {
        (Some(low), Some(high)) if low < high => format!("{} sampai {} sebulan", rupiah(low), rupiah(high)),
        (Some(one), _) | (None, Some(one)) => format!("{} sebulan", rupiah(one)),
        (None, None) => return None,
    })
}

/// A kind of contract.
pub fn employment(kind: EmploymentType) -> &'static str {
    match kind {
        EmploymentType::Pkwtt => "Karyawan tetap",
        EmploymentType::Pkwt => "Kontrak (PKWT)",
        EmploymentType::HarianLepas => "Harian lepas",
        EmploymentType::Borongan => "Borongan",
        EmploymentType::AlihDaya => "Alih daya",
        EmploymentType::Magang => "Magang",
    }
}

/// A level of education.
pub fn education(level: Education) -> &'static str {
    match level {
        Education::Smk => "SMK",
        Education::Sma => "SMA",
        other => labels::education(other.rank()).unwrap_or(other.as_str()),
    }
}

/// What education is asked for.
pub fn asked_education(code: Option<&str>) -> String {
    let level = code.and_then(|code| code.parse::<Education>().ok());
    match level {
        Some(Education::Tsd) | None => "Semua pendidikan".to_owned(),
        Some(level) => format!("Minimal {}", education(level)),
    }
}

/// A number, in threes.
pub fn count(number: i64) -> String {
    rupiah(number).trim_start_matches("Rp").to_owned()
}

/// The last day to apply.
pub fn until(last: NaiveDate) -> String {
    format!("sampai {}", dates::long(last))
}

/// Places that are left.
pub fn places(left: i64) -> String {
    format!("{} tempat kerja", count(left))
}

/// People who are wanted.
pub fn wanted(people: i64) -> String {
    format!("{people} orang")
}

/// So many vacancies.
pub fn vacancies(number: usize) -> String {
    format!("{number} lowongan")
}

/// So many districts.
pub fn districts(number: usize) -> String {
    format!("{number} kecamatan")
}

/// A page of a list that is beyond its end.
pub fn no_such_page(page: usize, pages: usize) -> String {
    format!("Halaman {page} tidak ada isinya; hanya ada {pages} halaman.")
}

/// A vacancy as the title of a page.
pub fn heading(title: &str, employer: &str) -> String {
    format!("{title} di {employer}")
}

/// How far it is.
pub fn way(metres: u32) -> String {
    if metres == 0 { "di desa Anda".to_owned() } else { format!("{} dari desa Anda", kilometres(metres)) }
}

/// How much a wage is below what somebody set as the least.
pub fn below_floor(short: i64) -> String {
    format!("Upahnya {} di bawah batas Anda.", rupiah(short))
}

/// How much further it is than somebody set as the most, from metres.
pub fn beyond(metres: u32) -> String {
    format!("Tempatnya {} lebih jauh dari batas Anda.", kilometres(metres))
}

/// Work in shifts, for whoever said no to that.
pub fn in_shifts() -> String {
    "Kerjanya shift; di profil Anda menulis tidak bersedia.".to_owned()
}

/// What lies between somebody and a vacancy.
pub fn miss(miss: Miss) -> String {
    match miss {
        Miss::Wage(short) => below_floor(short),
        Miss::Way(more) => beyond(more),
        Miss::Reach => "Tempatnya terlalu jauh untuk cara bepergian yang Anda tulis.".to_owned(),
        Miss::Shifts => in_shifts(),
        Miss::Education => {
            "Pendidikan yang diminta lebih tinggi daripada yang tercatat di profil Anda.".to_owned()
        }
        Miss::Certificate => "Sertifikat yang diminta belum tercatat di profil Anda.".to_owned(),
    }
}

/// Why an office would propose nothing to somebody now; none where that keeps nobody from applying.
pub fn bar(bar: Bar) -> Option<&'static str> {
    Some(match bar {
        Bar::Objects => {
            "Anda menolak pengurutan otomatis, jadi kami tidak mengurutkan lowongan untuk Anda. Anda bebas memilih sendiri dari \
             semua lowongan."
        }
        Bar::Placed => {
            "Anda tercatat sudah diterima bekerja. Daftar ini untuk dilihat saja; belum bisa melamar."
        }
        Bar::LiveLimit => {
            "Anda punya tiga lamaran yang berjalan. Anda tetap boleh melamar; lamaran baru menunggu sampai ada tempat."
        }
        Bar::InClass => "Anda masih mengikuti pelatihan; lowongan ini untuk setelahnya.",
        Bar::NotSeeking => "Anda belum tercatat sedang mencari kerja. Ingin bekerja? Beri tahu petugas.",
        Bar::BelowLegalAge | Bar::Absent => return None,
    })
}

/// Months of experience that are asked for.
pub fn experience(months: i64) -> String {
    match months {
        0 => "Tanpa pengalaman".to_owned(),
        12.. if months % 12 == 0 => format!("Pengalaman {} tahun", months / 12),
        _ => format!("Pengalaman {months} bulan"),
    }
}

/// Why a vacancy takes nobody now.
pub fn over(state: State) -> &'static str {
    match state {
        State::Paused => "Lowongan ini sedang dihentikan sementara.",
        State::Filled => "Semua tempat kerja di lowongan ini sudah terisi.",
        State::Expired => "Masa berlaku lowongan ini sudah habis.",
        _ => "Lowongan ini sudah ditutup.",
    }
}

/// What somebody sends others about a vacancy.
pub fn shared(title: &str, employer: &str, wage: Option<&str>, address: &str) -> String {
    let wage = wage.map(|wage| format!(", {wage}")).unwrap_or_default();
    format!("Lowongan: {title} di {employer}{wage}. Gratis lewat Disperinaker Sukoharjo: {address}")
}

/// Filters that are on, in a few words each.
pub mod chip {
    use super::{Education, education as level, rupiah};

    /// In a district.
    pub fn district(name: &str) -> String {
        format!("Kecamatan {name}")
    }

    /// Near a village.
    pub fn near(village: &str, km: u32) -> String {
        format!("{km} km dari {village}")
    }

    /// A wage of at least so much.
    pub fn wage(least: i64) -> String {
        format!("Upah mulai {}", rupiah(least))
    }

    /// For whoever has this education.
    pub fn education(own: Education) -> String {
        format!("Cukup {}", level(own))
    }

    /// People are taken to work.
    pub const SHUTTLE: &str = "Ada antar jemput";
    /// People can live there.
    pub const DORMITORY: &str = "Ada mes";
}
