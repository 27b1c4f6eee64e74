//! Employers of the believable regency: the kinds there are, and the ones every sample begins with.
//!
//! Belongs here: the lists, drawing an employer, its row. Does not belong here: ads (`ads`) and how it answers (`past`).
use crate::{
    domain::{
        intake::{cell::Cell, employer::EmployerRow},
        region::Region,
    },
    sample::{names, places::Places, rng::Rng},
};

/// A kind of employer.
#[derive(Debug)]
pub(super) struct Kind {
    /// KBLI 2020 group.
    kbli: &'static str,
    /// Words before an invented name, and after it, parted by "; ".
    before: &'static str,
    after: &'static str,
    /// Districts it sits in; every one when empty.
    districts: &'static [&'static str],
    /// Lines of work it hires, with a weight.
    pub(super) lines: &'static [(&'static str, u32)],
    /// How many people it hires at a time, and how many there are, relative to the others.
    pub(super) size: u32,
    share: u32,
    /// What it says about itself.
    pub(super) about: &'static str,
    pub(super) offers: &'static str,
    pub(super) hours: &'static str,
    pub(super) conditions: &'static str,
    pub(super) contract: &'static str,
    pub(super) shuttle: bool,
    pub(super) dormitory: bool,
    pub(super) shifts: bool,
}

/// Employers every sample begins with: kind and name.
pub(super) const BASE: [(usize, &str); 24] = [
    (0, "PT Sekar Arum Garmindo"),
    (1, "PT Kretek Sekar Jagad"),
    (2, "PT Lintang Benang Nusa"),
    (3, "PT Jamu Wening Sari"),
    (4, "CV Rotan Pelangi Trangsan"),
    (5, "CV Mebel Jati Rupa"),
    (6, "Roti Kembang Gula"),
    (7, "PT Gudang Lancar Sentosa"),
    (8, "Toko Swalayan Rukun Makmur"),
    (9, "KB-TK Tunas Ceria"),
    (10, "Penyalur Kerja Rumah Tangga Bu Tatik"),
    (11, "PT Plastik Karya Bening"),
    (12, "CV Las Baja Tirta Kencana"),
    (13, "Hotel Griya Padma Solo Baru"),
    (14, "Rumah Makan Sendang Rasa"),
    (15, "PT Kirim Cepat Soloraya"),
    (16, "Klinik Waluya Husada"),
    (17, "PT Wira Jaga Utama"),
    (18, "Bengkel Motor Laju Prima"),
    (19, "CV Sejuk Tekno Mandiri"),
    (20, "Kantor Jasa Pembukuan Cakra"),
    (21, "PT Bangun Griya Selaras"),
    (0, "PT Busana Rejo Makarya"),
    (6, "UD Camilan Mbok Darmi"),
];

const FACTORY: &str = "BPJS Ketenagakerjaan dan Kesehatan; uang makan; THR; lembur dibayar; poliklinik";
const SMALL: &str = "makan siang; bonus bulanan; THR; BPJS Ketenagakerjaan";
const WEEK: &str = "Senin-Sabtu, 7 jam sehari, 40 jam seminggu";
const SHIFTS: &str = "3 shift, 40 jam seminggu";
const SHOP: &str = "2 shift, libur satu hari seminggu, 40 jam seminggu";

/// Kinds of employers; [`BASE`] names them by position.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        kbli: "14111",
        before: "PT; CV; PT",
        after: "Garmindo; Apparel; Busana; Konveksi",
        districts: &["Nguter", "Grogol", "Mojolaban", "Kartasura", "Bendosari"],
        lines: &[("jahit", 60), ("qc_garmen", 14), ("potong", 12), ("admin", 6), ("teknik", 4), ("kemas", 4)],
        size: 40,
        share: 16,
        about: "pabrik garmen yang mengirim pakaian jadi ke luar negeri",
        offers: FACTORY,
        hours: WEEK,
        conditions: "Dalam ruangan, duduk, ruang jahit berkipas",
        contract: "PKWT",
        shuttle: true,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "12011",
        before: "PT; CV",
        after: "Kretek; Tembakau; Sigaret",
        districts: &["Grogol", "Sukoharjo", "Nguter"],
        lines: &[("linting", 86), ("kemas", 10), ("admin", 4)],
        size: 36,
        share: 3,
        about: "pabrik sigaret kretek tangan",
        offers: FACTORY,
        hours: "Senin-Sabtu 06.00-14.00, 40 jam seminggu",
        conditions: "Dalam ruangan, duduk, bau tembakau",
        contract: "borongan",
        shuttle: true,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "13121",
        before: "PT",
        after: "Tekstil; Tex; Benang Nusa",
        districts: &["Grogol", "Nguter", "Sukoharjo"],
        lines: &[("tekstil", 74), ("gudang", 10), ("listrik", 8), ("teknik", 8)],
        size: 24,
        share: 8,
        about: "pabrik pemintalan dan pertenunan",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Ruang produksi bising, disediakan pelindung telinga",
        contract: "PKWT",
        shuttle: true,
        dormitory: true,
        shifts: true,
    },
    Kind {
        kbli: "21022",
        before: "PT; CV",
        after: "Herbal; Jamu; Sari Husada Alam",
        districts: &["Nguter", "Grogol", "Sukoharjo"],
        lines: &[("jamu", 58), ("kemas", 26), ("gudang", 8), ("admin", 8)],
        size: 14,
        share: 8,
        about: "industri jamu dan obat tradisional",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Ruang bersih, memakai masker dan penutup kepala",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "31002",
        before: "CV; UD",
        after: "Rotan; Rattan",
        districts: &["Gatak", "Baki"],
        lines: &[("rotan", 84), ("kemas", 10), ("admin", 6)],
        size: 8,
        share: 9,
        about: "perajin mebel rotan Trangsan untuk ekspor",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Bengkel terbuka, duduk di lantai atau dingklik",
        contract: "borongan",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "31001",
        before: "CV; UD Mebel",
        after: "Furniture; Mebel",
        districts: &["Gatak", "Bulu", "Weru", "Tawangsari"],
        lines: &[("mebel", 86), ("sopir", 8), ("kemas", 6)],
        size: 6,
        share: 7,
        about: "usaha mebel kayu",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Bengkel, memakai alat pelindung diri",
        contract: "borongan",
        shuttle: false,
        dormitory: true,
        shifts: false,
    },
    Kind {
        kbli: "10710",
        before: "Roti; UD Kue; UD Camilan",
        after: "; Bakery; Snack",
        districts: &[],
        lines: &[("pangan", 80), ("toko", 12), ("kurir", 8)],
        size: 6,
        share: 12,
        about: "usaha roti, kue, dan makanan ringan",
        offers: SMALL,
        hours: SHOP,
        conditions: "Dapur produksi, memakai celemek dan penutup kepala",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "52101",
        before: "PT; CV",
        after: "Logistik; Distribusi",
        districts: &["Grogol", "Kartasura", "Mojolaban"],
        lines: &[("gudang", 60), ("sopir", 28), ("admin", 12)],
        size: 10,
        share: 6,
        about: "pusat gudang dan distribusi barang konsumsi",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Gudang, banyak berdiri dan berjalan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "47111",
        before: "Toko; Swalayan; Minimarket",
        after: "; Mart; Grosir",
        districts: &[],
        lines: &[("toko", 86), ("gudang", 8), ("kurir", 6)],
        size: 5,
        share: 16,
        about: "toko swalayan dengan beberapa cabang",
        offers: SMALL,
        hours: SHOP,
        conditions: "Dalam ruangan, banyak berdiri",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "85131",
        before: "KB-TK; PAUD; TK",
        after: "Ceria; Bangsa; Bunda",
        districts: &[],
        lines: &[("paud", 90), ("admin", 10)],
        size: 2,
        share: 6,
        about: "taman kanak-kanak dan kelompok bermain",
        offers: SMALL,
        hours: "Senin-Jumat 07.00-13.00",
        conditions: "Dalam ruangan bersama anak-anak",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "78200",
        before: "Penyalur Kerja Rumah Tangga; Yayasan",
        after: "; Kasih; Bunda",
        districts: &["Kartasura", "Grogol", "Sukoharjo"],
        lines: &[("rumah_tangga", 64), ("asuh", 36)],
        size: 6,
        share: 3,
        about: "penyalur asisten rumah tangga dan pendamping lansia",
        offers: "makan dan kamar; THR; libur dua hari sebulan",
        hours: "Menginap, libur dua hari sebulan",
        conditions: "Di rumah keluarga, kamar sendiri disediakan",
        contract: "PKWT",
        shuttle: false,
        dormitory: true,
        shifts: false,
    },
    Kind {
        kbli: "22220",
        before: "PT; CV",
        after: "Plastik; Plasindo; Kemasan",
        districts: &["Grogol", "Nguter", "Kartasura"],
        lines: &[("plastik", 64), ("kemas", 22), ("gudang", 8), ("teknik", 6)],
        size: 12,
        share: 5,
        about: "produsen kemasan plastik",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Area mesin panas, alat pelindung disediakan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "25920",
        before: "CV; Bengkel Las",
        after: "Teknik; Baja; Logam",
        districts: &["Polokarto", "Mojolaban", "Sukoharjo"],
        lines: &[("las", 92), ("admin", 8)],
        size: 4,
        share: 9,
        about: "bengkel las dan konstruksi besi",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Bengkel panas dan bising, alat pelindung disediakan",
        contract: "harian_lepas",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "55110",
        before: "Hotel; Guest House",
        after: "; Solo Baru; Kartasura",
        districts: &["Grogol", "Kartasura"],
        lines: &[("hotel", 66), ("masak", 18), ("satpam", 16)],
        size: 5,
        share: 4,
        about: "hotel di kawasan Solo Baru",
        offers: SMALL,
        hours: SHOP,
        conditions: "Melayani tamu, seragam disediakan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "56101",
        before: "Rumah Makan; Warung; Kedai Kopi",
        after: "; Resto; Kitchen",
        districts: &[],
        lines: &[("masak", 54), ("kafe", 46)],
        size: 3,
        share: 12,
        about: "rumah makan dan kedai kopi",
        offers: SMALL,
        hours: SHOP,
        conditions: "Dapur dan ruang saji",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "53201",
        before: "PT; CV",
        after: "Ekspres; Cargo",
        districts: &["Kartasura", "Grogol", "Sukoharjo"],
        lines: &[("kurir", 60), ("sopir", 24), ("gudang", 16)],
        size: 8,
        share: 5,
        about: "jasa kirim paket",
        offers: SMALL,
        hours: "6 hari kerja, 40 jam seminggu",
        conditions: "Di luar ruangan dan di jalan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "86103",
        before: "Klinik; Klinik Pratama",
        after: "Husada; Medika; Sehat",
        districts: &["Kartasura", "Sukoharjo", "Mojolaban"],
        lines: &[("perawat", 56), ("asuh", 26), ("hotel", 18)],
        size: 4,
        share: 4,
        about: "klinik rawat jalan dan rawat inap",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Ruang perawatan, seragam disediakan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "80100",
        before: "PT",
        after: "Security; Jaga",
        districts: &["Sukoharjo", "Grogol"],
        lines: &[("satpam", 80), ("hotel", 20)],
        size: 8,
        share: 3,
        about: "perusahaan jasa pengamanan dan kebersihan",
        offers: FACTORY,
        hours: SHIFTS,
        conditions: "Pos jaga dan keliling",
        contract: "alih_daya",
        shuttle: false,
        dormitory: false,
        shifts: true,
    },
    Kind {
        kbli: "45407",
        before: "Bengkel; Bengkel Motor",
        after: "Motor; Jaya Motor",
        districts: &[],
        lines: &[("motor", 100)],
        size: 2,
        share: 10,
        about: "bengkel servis sepeda motor",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Bengkel, berdiri dan jongkok",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "43224",
        before: "CV; UD",
        after: "Teknik; Elektrik; AC Service",
        districts: &[],
        lines: &[("listrik", 84), ("komputer", 16)],
        size: 3,
        share: 7,
        about: "jasa pasang listrik, pendingin udara, dan jaringan",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Di rumah dan kantor pelanggan",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "69201",
        before: "Kantor Jasa; CV",
        after: "Pembukuan; Konsultan",
        districts: &["Sukoharjo", "Grogol", "Kartasura"],
        lines: &[("akuntansi", 60), ("admin", 30), ("komputer", 10)],
        size: 2,
        share: 4,
        about: "kantor jasa pembukuan dan pajak",
        offers: SMALL,
        hours: "Senin-Jumat 07.30-16.30",
        conditions: "Kantor, duduk",
        contract: "PKWT",
        shuttle: false,
        dormitory: false,
        shifts: false,
    },
    Kind {
        kbli: "41011",
        before: "PT; CV",
        after: "Konstruksi; Properti",
        districts: &[],
        lines: &[("bangunan", 76), ("listrik", 12), ("las", 12)],
        size: 7,
        share: 5,
        about: "kontraktor perumahan",
        offers: SMALL,
        hours: "Senin-Sabtu 08.00-15.00",
        conditions: "Lapangan, memakai alat pelindung diri",
        contract: "harian_lepas",
        shuttle: false,
        dormitory: true,
        shifts: false,
    },
];

/// An employer with what its ads need.
#[derive(Clone, Debug)]
pub struct Firm {
    pub(super) kind: &'static Kind,
    /// Its name.
    pub name: String,
    /// Its business number.
    pub nib: String,
    pub(super) village: &'static Region,
    /// Number of who answers for it, as its ads show it.
    pub phone: String,
    /// Who answers for it.
    pub contact: String,
}

impl Firm {
    /// Employer number `number`: the first ones are those of [`BASE`], so that a small sample has one of every kind.
    pub(super) fn new(seed: u64, number: u64) -> Option<Self> {
        let mut rng = Rng::new(seed, 21, number);
        let base = usize::try_from(number).ok().and_then(|at| BASE.get(at));
        let kind = match base {
            Some((kind, _)) => KINDS.get(*kind)?,
            None => KINDS.get(rng.weighted(KINDS.iter().map(|kind| kind.share)))?,
        };
        let name = base.map_or_else(|| invented(&mut rng, kind), |(_, name)| (*name).to_owned());
        let village = Places::shared().in_districts(&mut rng, kind.districts)?;
        let contact = names::full_name(&mut rng, number.is_multiple_of(2));
        Some(Self {
            kind,
            name,
            nib: format!("99{:011}", number + 1),
            village,
            phone: names::phone(&mut rng),
            contact,
        })
    }

    /// How its own ads call the place.
    pub fn place(&self) -> String {
        self.village.full_name()
    }

    /// Its row.
    pub(super) fn row(&self, seed: u64, number: u64) -> EmployerRow {
        let mut rng = Rng::new(seed, 22, number);
        let host: String = self.name.chars().filter(char::is_ascii_alphanumeric).collect();
        EmployerRow {
            nib: Cell::text(&self.nib),
            name: Cell::text(&self.name),
            industry: Cell::text(self.kind.kbli),
            address: Cell::text(&format!("Jl. {} No. {}", names::street(&mut rng), rng.between(1, 199))),
            village: Cell::text(self.village.code.as_str()),
            kecamatan: Cell::Empty,
            contact_name: Cell::text(&self.contact),
            contact_phone: Cell::text(&self.phone),
            email: Cell::text(&format!("hrd@{}.example", host.to_lowercase())),
        }
    }
}

fn invented(rng: &mut Rng, kind: &Kind) -> String {
    let of = |rng: &mut Rng, list: &'static str| {
        let words: Vec<&str> = list.split("; ").collect();
        rng.pick(&words)
    };
    let name =
        [of(rng, kind.before), names::company_word(rng), names::company_word(rng), of(rng, kind.after)];
    name.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::region, sample::believable::line};

    #[test]
    fn kinds_hire_known_lines_in_known_districts() {
        for kind in KINDS {
            assert!(
                kind.lines.iter().all(|(key, weight)| line::find(key).is_some() && *weight > 0),
                "{}",
                kind.about
            );
            assert!(
                kind.districts.iter().all(|name| region::resolve_district(name).is_some()),
                "{}",
                kind.about
            );
        }
        assert!(BASE.iter().all(|(kind, _)| *kind < KINDS.len()));
        assert!((0..KINDS.len()).all(|kind| BASE.iter().any(|(base, _)| *base == kind)));
    }

    #[test]
    fn every_line_is_hired_by_somebody() {
        for line in line::all() {
            let hired = KINDS.iter().any(|kind| kind.lines.iter().any(|(key, _)| *key == line.key));
            assert!(hired, "{}", line.key);
        }
    }

    #[test]
    fn employers_further_on_have_names_of_their_kind() {
        let firm = Firm::new(3, 40).expect("made");
        assert!(firm.kind.before.split("; ").any(|word| firm.name.starts_with(word)), "{}", firm.name);
        assert_eq!(firm.name, Firm::new(3, 40).expect("made").name);
    }
}
