//! What the sample regency works at: for each trade the words of ads, what people learned, and what they did before.
//!
//! Belongs here: the lists. Does not belong here: who works where (`employers`), and sentences around them (`ads`).

use super::trades_services::SERVICES;
use crate::domain::education::Education;

/// A trade, seen from the ad and from the person.
pub(super) struct Trade {
    /// Name of the trade in this program.
    pub(super) key: &'static str,
    /// KBJI 2014 group.
    pub(super) kbji: &'static str,
    /// Share of people, relative to the other trades.
    pub(super) share: u32,
    /// Women among its people, percent.
    pub(super) women: u32,
    /// Lowest education ads ask for.
    pub(super) education: Education,
    /// Highest wage above the minimum, in steps of Rp50.000.
    pub(super) wage_steps: u32,
    /// Titles ads use.
    pub(super) titles: &'static [&'static str],
    /// Duties ads name.
    pub(super) tasks: &'static [&'static str],
    /// Skills ads insist on and people name.
    pub(super) skills: &'static [&'static str],
    /// Skills that are welcome.
    pub(super) nice: &'static [&'static str],
    /// Programmes that train for it.
    pub(super) programmes: &'static [&'static str],
    /// Jobs people held.
    pub(super) jobs: &'static [&'static str],
    /// Majors of vocational school.
    pub(super) majors: &'static [&'static str],
    /// Certificates of the trade.
    pub(super) certificates: &'static [&'static str],
    /// Ads require the first certificate.
    pub(super) certificate_required: bool,
}

/// Every trade: industry first, then services.
pub(super) fn all() -> impl Iterator<Item = &'static Trade> + Clone {
    INDUSTRY.iter().chain(SERVICES)
}

/// A trade by its name.
pub(super) fn find(key: &str) -> Option<&'static Trade> {
    all().find(|trade| trade.key == key)
}

const INDUSTRY: &[Trade] = &[
    Trade {
        key: "jahit",
        kbji: "8153",
        share: 230,
        women: 86,
        education: Education::Smp,
        wage_steps: 8,
        titles: &["Operator Jahit", "Operator Sewing", "Sewing Operator", "Penjahit Garmen", "Opr. Jahit"],
        tasks: &[
            "Menjahit komponen pakaian sesuai contoh",
            "Mengejar target per jam di line",
            "Memeriksa hasil jahitan sendiri",
            "Menjaga kebersihan mesin",
        ],
        skills: &["mesin jahit high speed", "obras", "menjahit pakaian", "pasang kancing", "jahit overdeck"],
        nice: &["membaca pola", "mesin kam", "pernah bekerja di line garmen"],
        programmes: &["Operator Jahit/Garmen", "Menjahit Dasar", "Tata Busana", "Menjahit Kebaya"],
        jobs: &["operator jahit", "penjahit garmen", "operator obras", "helper jahit", "penjahit konveksi"],
        majors: &["Tata Busana", "Teknik Tekstil"],
        certificates: &["BNSP Operator Jahit"],
        certificate_required: false,
    },
    Trade {
        key: "potong",
        kbji: "7532",
        share: 18,
        women: 45,
        education: Education::Smp,
        wage_steps: 8,
        titles: &["Operator Cutting", "Operator Potong Kain", "Pembuat Pola Garmen", "Marker & Pola"],
        tasks: &[
            "Menggelar dan memotong kain sesuai marker",
            "Memberi nomor potongan",
            "Membuat pola dan grading ukuran",
        ],
        skills: &["memotong kain", "membuat pola", "mesin potong kain", "grading pola"],
        nice: &["membaca marker", "pola komputer"],
        programmes: &["Pemotongan Kain (Cutting)", "Pembuat Pola Garmen", "Tata Busana"],
        jobs: &["operator cutting", "pembuat pola", "spreader kain"],
        majors: &["Tata Busana"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "qc_garmen",
        kbji: "7543",
        share: 24,
        women: 80,
        education: Education::Sma,
        wage_steps: 10,
        titles: &["QC Garmen", "QC Inline", "Quality Control Garment", "Checker Kualitas"],
        tasks: &["Memeriksa jahitan dan ukuran", "Mencatat cacat produk", "Melapor ke kepala regu"],
        skills: &["pemeriksaan mutu garmen", "mengukur pakaian", "laporan cacat produk"],
        nice: &["memahami AQL", "Microsoft Excel"],
        programmes: &["Quality Control Garmen", "Operator Jahit/Garmen"],
        jobs: &["QC garmen", "checker finishing", "QC inline"],
        majors: &["Tata Busana", "Teknik Tekstil"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "finishing_garmen",
        kbji: "9321",
        share: 40,
        women: 74,
        education: Education::Smp,
        wage_steps: 4,
        titles: &["Finishing Garmen", "Operator Setrika", "Helper Finishing", "Packing Garmen"],
        tasks: &["Menyetrika dan melipat pakaian", "Buang benang", "Mengemas sesuai ukuran"],
        skills: &["setrika uap", "melipat dan mengemas", "buang benang"],
        nice: &["teliti menghitung"],
        programmes: &["Operator Jahit/Garmen", "Operator Pengemasan", "Menjahit Dasar"],
        jobs: &["helper finishing", "operator setrika", "packing garmen"],
        majors: &["Tata Busana"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "tenun",
        kbji: "8152",
        share: 48,
        women: 55,
        education: Education::Smp,
        wage_steps: 8,
        titles: &["Operator Weaving", "Operator Tenun", "Operator Loom"],
        tasks: &["Menjalankan mesin tenun", "Menyambung benang putus", "Mencatat hasil per shift"],
        skills: &["mesin tenun", "menyambung benang", "penghanian"],
        nice: &["pengalaman air jet loom", "bersedia kerja shift"],
        programmes: &["Operator Pertenunan", "Tenun ATBM"],
        jobs: &["operator weaving", "operator tenun", "helper weaving"],
        majors: &["Teknik Tekstil"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "pintal",
        kbji: "8151",
        share: 42,
        women: 60,
        education: Education::Smp,
        wage_steps: 8,
        titles: &["Operator Spinning", "Operator Ring Frame", "Operator Winding"],
        tasks: &["Menjalankan mesin pemintalan", "Mengganti bobin", "Menjaga kebersihan area mesin"],
        skills: &["pemintalan benang", "mesin ring frame", "penggulungan benang"],
        nice: &["bersedia kerja shift malam"],
        programmes: &["Operator Pemintalan"],
        jobs: &["operator spinning", "operator winding", "doffer"],
        majors: &["Teknik Tekstil", "Teknik Mesin"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "batik",
        kbji: "7318",
        share: 26,
        women: 70,
        education: Education::Sd,
        wage_steps: 4,
        titles: &["Pembatik", "Tenaga Batik Cap", "Operator Batik"],
        tasks: &["Membatik tulis dan cap", "Mewarna dan melorod kain", "Menjemur dan menyortir kain"],
        skills: &["batik cap", "batik tulis", "pewarnaan kain"],
        nice: &["desain motif"],
        programmes: &["Batik", "Ecoprint dan Jumputan"],
        jobs: &["pembatik", "tukang cap batik", "pewarna batik"],
        majors: &["Desain Produk/Kriya"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "jamu",
        kbji: "8131",
        share: 38,
        women: 62,
        education: Education::Sma,
        wage_steps: 10,
        titles: &["Operator Produksi Jamu", "Operator Produksi Farmasi", "Operator Mixing"],
        tasks: &[
            "Menimbang dan mencampur bahan",
            "Menjalankan mesin cetak tablet",
            "Mengisi catatan pengolahan bets",
        ],
        skills: &["pencampuran bahan", "CPOB/GMP", "mesin kemas", "produksi jamu dan herbal"],
        nice: &["membaca prosedur tertulis", "pengalaman di pabrik obat"],
        programmes: &["Operator Produksi Farmasi", "Pembuatan Jamu dan Herbal"],
        jobs: &["operator produksi jamu", "operator mixing", "penyortir simplisia"],
        majors: &["Farmasi", "Kimia Analis", "Teknik Kimia"],
        certificates: &["Pelatihan CPOB/GMP"],
        certificate_required: false,
    },
    Trade {
        key: "kemas",
        kbji: "8183",
        share: 46,
        women: 66,
        education: Education::Smp,
        wage_steps: 4,
        titles: &["Operator Packing", "Operator Pengemasan", "Tenaga Packing", "Packaging Operator"],
        tasks: &["Menjalankan mesin kemas", "Menempel label dan kode produksi", "Menyusun karton di palet"],
        skills: &["pengemasan", "mesin kemas", "menyortir produk"],
        nice: &["bersedia kerja shift", "paham kebersihan pangan"],
        programmes: &["Operator Pengemasan", "Operator Produksi"],
        jobs: &["operator packing", "tenaga pengemasan", "helper produksi"],
        majors: &["Teknologi Pangan/THP", "Teknik Mesin"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "rotan",
        kbji: "7317",
        share: 34,
        women: 42,
        education: Education::Sd,
        wage_steps: 4,
        titles: &["Penganyam Rotan", "Pengrajin Rotan", "Tukang Rangka Rotan"],
        tasks: &["Menganyam kursi rotan", "Membuat rangka rotan", "Menghaluskan dan merapikan anyaman"],
        skills: &["anyaman rotan", "rangka rotan", "finishing rotan"],
        nice: &["membaca gambar kerja mebel"],
        programmes: &["Anyaman Rotan", "Finishing Mebel"],
        jobs: &["penganyam rotan", "tukang rangka rotan", "amplas mebel"],
        majors: &["Teknik Furnitur", "Desain Produk/Kriya"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "mebel",
        kbji: "7522",
        share: 30,
        women: 8,
        education: Education::Smp,
        wage_steps: 8,
        titles: &["Tukang Mebel", "Operator Mesin Kayu", "Finishing Mebel", "Tukang Kayu Furniture"],
        tasks: &["Merakit komponen mebel", "Memotong dan menyerut kayu", "Mengamplas dan mengecat"],
        skills: &["mesin pengolahan kayu", "merakit mebel", "finishing kayu"],
        nice: &["membaca gambar teknik", "ukir kayu"],
        programmes: &["Pembuatan Furnitur Kayu", "Finishing Mebel", "Operator Mesin Kayu"],
        jobs: &["tukang kayu mebel", "operator moulding kayu", "finishing mebel"],
        majors: &["Teknik Furnitur"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "plastik",
        kbji: "8142",
        share: 32,
        women: 30,
        education: Education::Sma,
        wage_steps: 8,
        titles: &["Operator Injection Molding", "Operator Mesin Plastik", "Operator Extruder"],
        tasks: &[
            "Menjalankan mesin injeksi plastik",
            "Mengganti cetakan bersama teknisi",
            "Memisahkan produk cacat",
        ],
        skills: &["injeksi plastik", "ekstrusi plastik", "memeriksa mutu produk"],
        nice: &["bersedia kerja shift", "menyetel parameter mesin"],
        programmes: &["Operator Injeksi Plastik", "Operator Produksi"],
        jobs: &["operator injection", "operator produksi plastik", "helper molding"],
        majors: &["Teknik Mesin", "Teknik Pemesinan", "Teknik Kimia"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "las",
        kbji: "7212",
        share: 44,
        women: 2,
        education: Education::Smk,
        wage_steps: 16,
        titles: &["Welder", "Tukang Las", "Juru Las SMAW", "Operator Las CO2", "Fitter Welder"],
        tasks: &["Mengelas rangka dan pagar", "Menggerinda dan merapikan hasil las", "Membaca gambar kerja"],
        skills: &["las SMAW", "las GMAW/CO2", "gerinda", "membaca gambar teknik"],
        nice: &["las argon", "bisa mengemudi"],
        programmes: &[
            "Plate Welder SMAW",
            "Plate Welder SMAW 3G-UP PF",
            "Plate Welder GMAW 3G-UP PF",
            "Fabrikasi Logam",
        ],
        jobs: &["tukang las", "welder", "helper las", "fabrikator"],
        majors: &["Teknik Pengelasan", "Teknik Pemesinan"],
        certificates: &["Sertifikat Las 3G", "Lisensi Juru Las Kemnaker"],
        certificate_required: false,
    },
    Trade {
        key: "bubut",
        kbji: "7223",
        share: 22,
        women: 3,
        education: Education::Smk,
        wage_steps: 16,
        titles: &["Operator Bubut", "Operator CNC", "Operator Milling"],
        tasks: &[
            "Mengerjakan benda kerja sesuai gambar",
            "Menyetel alat potong",
            "Mengukur dengan jangka sorong",
        ],
        skills: &["bubut manual", "CNC", "alat ukur presisi", "membaca gambar teknik"],
        nice: &["program CNC (G-code)", "SolidWorks"],
        programmes: &["Bubut", "Operator CNC Milling/Turning", "Frais (Milling)"],
        jobs: &["operator bubut", "operator CNC", "helper bengkel bubut"],
        majors: &["Teknik Pemesinan", "Teknik Mesin"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "maintenance",
        kbji: "7233",
        share: 24,
        women: 2,
        education: Education::Smk,
        wage_steps: 18,
        titles: &["Teknisi Maintenance", "Mekanik Mesin Jahit", "Teknisi Mesin Produksi"],
        tasks: &["Merawat mesin sesuai jadwal", "Memperbaiki mesin yang rusak", "Mencatat suku cadang"],
        skills: &["perawatan mesin industri", "kelistrikan mesin", "perawatan preventif"],
        nice: &["pneumatik", "PLC", "mesin jahit industri"],
        programmes: &["Perawatan Mesin Industri", "Mekanik Mesin Jahit", "Otomasi Industri"],
        jobs: &["teknisi maintenance", "mekanik mesin jahit", "mekanik pabrik"],
        majors: &["Teknik Mesin", "Teknik Otomasi Industri", "Teknik Instalasi Tenaga Listrik"],
        certificates: &[],
        certificate_required: false,
    },
    Trade {
        key: "supervisor",
        kbji: "3122",
        share: 8,
        women: 52,
        education: Education::Sma,
        wage_steps: 30,
        titles: &["Supervisor Sewing", "Kepala Regu Produksi", "Supervisor Produksi"],
        tasks: &["Mengatur line dan target", "Membimbing operator baru", "Membuat laporan produksi"],
        skills: &["memimpin produksi", "laporan produksi", "penyeimbangan line garmen"],
        nice: &["Microsoft Excel", "5S/5R"],
        programmes: &["Supervisor Garmen", "Kepemimpinan Supervisor"],
        jobs: &["supervisor sewing", "kepala regu", "leader line"],
        majors: &["Tata Busana", "Teknik Tekstil", "Teknik Industri"],
        certificates: &[],
        certificate_required: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trade_is_complete_and_named_once() {
        for trade in all() {
            assert_eq!(all().filter(|other| other.key == trade.key).count(), 1, "{}", trade.key);
            assert!(trade.kbji.len() == 4 && trade.kbji.bytes().all(|b| b.is_ascii_digit()), "{}", trade.key);
            for list in [
                trade.titles,
                trade.tasks,
                trade.skills,
                trade.nice,
                trade.programmes,
                trade.jobs,
                trade.majors,
            ] {
                assert!(!list.is_empty(), "{}", trade.key);
                assert!(list.iter().all(|item| !item.contains([';', ':'])), "{}", trade.key);
            }
            assert!(!trade.certificate_required || !trade.certificates.is_empty(), "{}", trade.key);
        }
    }
}
