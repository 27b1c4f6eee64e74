//! Lines of business of the sample regency and its first twenty-four employers.
//!
//! Belongs here: the lists. Does not belong here: drawing from them (`employers`), the trades themselves (`trades`).

/// A line of business.
pub(super) struct Sector {
    /// KBLI 2020 group.
    pub(super) kbli: &'static str,
    /// Words before an invented name.
    pub(super) prefixes: &'static [&'static str],
    /// Words after it.
    pub(super) suffixes: &'static [&'static str],
    /// Districts it sits in; every one when empty.
    pub(super) districts: &'static [&'static str],
    /// Trades it hires, with their weights.
    pub(super) trades: &'static [(&'static str, u32)],
    /// How many people it hires at a time, relative to the others.
    pub(super) size: u32,
    /// How many such companies there are, relative to the others.
    pub(super) share: u32,
    /// Words about itself in ads.
    pub(super) about: &'static str,
    /// What it offers beside the wage.
    pub(super) offers: &'static [&'static str],
    /// Hours of work.
    pub(super) hours: &'static [&'static str],
    /// Conditions of work.
    pub(super) conditions: &'static [&'static str],
}

/// Sector and name of the employers every sample starts with.
pub(super) const BASE: [(usize, &str); 24] = [
    (0, "PT Sekar Arum Garmindo"),
    (1, "PT Lintang Benang Nusa"),
    (2, "PT Jamu Wening Sari"),
    (3, "CV Rotan Pelangi Trangsan"),
    (4, "PT Plastik Karya Bening"),
    (5, "CV Las Baja Tirta Kencana"),
    (6, "Hotel Griya Padma Solo Baru"),
    (7, "Toko Swalayan Rukun Makmur"),
    (8, "PT Gudang Lancar Sentosa"),
    (9, "PT Wira Jaga Utama"),
    (10, "Roti Kembang Gula"),
    (11, "PT Kirim Cepat Soloraya"),
    (12, "Rumah Sakit Waluya Husada"),
    (13, "Rumah Makan Sendang Rasa"),
    (14, "Bengkel Motor Laju Prima"),
    (15, "CV Sejuk Tekno Mandiri"),
    (16, "Studio Kreatif Layar Kata"),
    (17, "CV Mebel Jati Rupa"),
    (18, "Batik Canting Wirun"),
    (19, "PT Bangun Griya Selaras"),
    (20, "Salon Ayu Larasati"),
    (21, "Percetakan Tinta Mas Kartasura"),
    (22, "Kantor Jasa Pembukuan Cakra"),
    (0, "PT Busana Rejo Makarya"),
];

const SHIFTS: &[&str] =
    &["3 shift, 40 jam seminggu", "2 shift 06.00-14.00 dan 14.00-22.00", "3 shift bergilir, 8 jam sehari"];
const DAY: &[&str] =
    &["Senin-Jumat 07.30-16.30", "Senin-Sabtu 08.00-15.00", "Senin-Sabtu, 7 jam sehari, 40 jam seminggu"];
const SHOP: &[&str] =
    &["2 shift, libur 1 hari seminggu", "09.00-17.00, 6 hari kerja", "Shift pagi/sore bergilir"];
const FACTORY_OFFERS: &[&str] = &[
    "BPJS Ketenagakerjaan dan Kesehatan",
    "uang makan",
    "antar jemput karyawan",
    "THR",
    "lembur dibayar",
    "klinik",
];
const SMALL_OFFERS: &[&str] =
    &["makan siang", "bonus bulanan", "THR", "BPJS Ketenagakerjaan", "jenjang karier"];
const INDOOR: &[&str] = &[
    "dalam ruangan, berdiri dan duduk",
    "ruang produksi bising, disediakan pelindung telinga",
    "ruang bersih, memakai masker dan penutup kepala",
];
const WORKSHOP: &[&str] = &[
    "bengkel, memakai alat pelindung diri",
    "di bengkel dan di lokasi pelanggan",
    "area panas dan bising, alat pelindung disediakan",
];
const OFFICE: &[&str] =
    &["kantor berpendingin udara", "dalam ruangan, duduk", "kantor, sesekali kunjungan lapangan"];
const SERVICE: &[&str] =
    &["dalam ruangan, banyak berdiri", "melayani tamu, seragam disediakan", "dapur dan ruang saji"];
const OUTDOOR: &[&str] =
    &["di luar ruangan dan di jalan", "lapangan, memakai alat pelindung diri", "pos jaga dan keliling"];

/// Lines of business; [`BASE`] names them by position.
pub(super) const SECTORS: &[Sector] = &[
    Sector {
        kbli: "14111",
        prefixes: &["PT", "CV", "PT"],
        suffixes: &["Garmindo", "Apparel", "Busana", "Konveksi"],
        districts: &["Nguter", "Grogol", "Mojolaban", "Kartasura", "Bendosari"],
        trades: &[
            ("jahit", 52),
            ("finishing_garmen", 14),
            ("qc_garmen", 12),
            ("potong", 10),
            ("maintenance", 5),
            ("supervisor", 4),
            ("admin", 3),
        ],
        size: 40,
        share: 16,
        about: "pabrik garmen yang memproduksi pakaian jadi untuk pasar ekspor",
        offers: FACTORY_OFFERS,
        hours: DAY,
        conditions: INDOOR,
    },
    Sector {
        kbli: "13121",
        prefixes: &["PT"],
        suffixes: &["Tekstil", "Tex", "Benang Nusa", "Weaving Mills"],
        districts: &["Grogol", "Nguter", "Sukoharjo", "Bendosari"],
        trades: &[
            ("tenun", 38),
            ("pintal", 34),
            ("maintenance", 10),
            ("kemas", 8),
            ("gudang", 6),
            ("forklift", 4),
        ],
        size: 25,
        share: 8,
        about: "pabrik tekstil pemintalan dan pertenunan",
        offers: FACTORY_OFFERS,
        hours: SHIFTS,
        conditions: INDOOR,
    },
    Sector {
        kbli: "21022",
        prefixes: &["PT", "CV"],
        suffixes: &["Herbal", "Jamu", "Farma", "Sari Husada Alam"],
        districts: &["Nguter", "Grogol", "Sukoharjo"],
        trades: &[("jamu", 48), ("kemas", 30), ("gudang", 8), ("admin", 6), ("sales", 8)],
        size: 14,
        share: 7,
        about: "industri jamu dan obat tradisional bersertifikat CPOTB",
        offers: FACTORY_OFFERS,
        hours: SHIFTS,
        conditions: INDOOR,
    },
    Sector {
        kbli: "31002",
        prefixes: &["CV", "UD", "CV"],
        suffixes: &["Rattan", "Rotan", "Rattan Furniture"],
        districts: &["Gatak", "Baki", "Grogol"],
        trades: &[("rotan", 62), ("mebel", 22), ("kemas", 10), ("admin", 6)],
        size: 8,
        share: 8,
        about: "usaha mebel rotan untuk ekspor",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: WORKSHOP,
    },
    Sector {
        kbli: "22220",
        prefixes: &["PT", "CV"],
        suffixes: &["Plastik", "Plasindo", "Kemasan"],
        districts: &["Grogol", "Nguter", "Mojolaban", "Kartasura"],
        trades: &[("plastik", 54), ("kemas", 24), ("maintenance", 10), ("forklift", 6), ("gudang", 6)],
        size: 12,
        share: 6,
        about: "produsen barang dan kemasan plastik",
        offers: FACTORY_OFFERS,
        hours: SHIFTS,
        conditions: INDOOR,
    },
    Sector {
        kbli: "25920",
        prefixes: &["CV", "Bengkel Las", "CV"],
        suffixes: &["Teknik", "Baja", "Logam", "Fabrikasi"],
        districts: &["Polokarto", "Mojolaban", "Sukoharjo", "Kartasura"],
        trades: &[("las", 58), ("bubut", 28), ("admin", 6), ("sopir", 8)],
        size: 4,
        share: 9,
        about: "bengkel las dan konstruksi logam",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: WORKSHOP,
    },
    Sector {
        kbli: "55110",
        prefixes: &["Hotel", "Hotel", "Guest House"],
        suffixes: &["", "Solo Baru", "Kartasura"],
        districts: &["Grogol", "Kartasura"],
        trades: &[("hotel", 44), ("resepsionis", 16), ("masak", 16), ("kafe", 16), ("satpam", 8)],
        size: 5,
        share: 5,
        about: "hotel di kawasan Solo Baru",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: SERVICE,
    },
    Sector {
        kbli: "47111",
        prefixes: &["Toko", "Swalayan", "Minimarket"],
        suffixes: &["", "Mart", "Grosir"],
        districts: &[],
        trades: &[("toko", 74), ("gudang", 14), ("kurir", 6), ("admin", 6)],
        size: 4,
        share: 14,
        about: "toko swalayan dengan beberapa cabang",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: SERVICE,
    },
    Sector {
        kbli: "52101",
        prefixes: &["PT", "CV"],
        suffixes: &["Logistik", "Distribusi", "Gudang"],
        districts: &["Grogol", "Kartasura", "Mojolaban"],
        trades: &[("gudang", 56), ("forklift", 14), ("sopir", 20), ("admin", 10)],
        size: 8,
        share: 6,
        about: "pusat gudang dan distribusi barang konsumsi",
        offers: FACTORY_OFFERS,
        hours: SHIFTS,
        conditions: INDOOR,
    },
    Sector {
        kbli: "80100",
        prefixes: &["PT"],
        suffixes: &["Security", "Jaga", "Guard Service"],
        districts: &["Sukoharjo", "Grogol", "Kartasura"],
        trades: &[("satpam", 82), ("hotel", 18)],
        size: 10,
        share: 3,
        about: "perusahaan jasa pengamanan dan kebersihan",
        offers: SMALL_OFFERS,
        hours: SHIFTS,
        conditions: OUTDOOR,
    },
    Sector {
        kbli: "10710",
        prefixes: &["Roti", "Bakery", "UD Kue"],
        suffixes: &["", "Bakery", "Cake"],
        districts: &[],
        trades: &[("roti", 66), ("toko", 18), ("kurir", 8), ("kemas", 8)],
        size: 4,
        share: 7,
        about: "pabrik roti dan toko kue",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: SERVICE,
    },
    Sector {
        kbli: "49431",
        prefixes: &["PT", "CV"],
        suffixes: &["Ekspres", "Cargo", "Trans"],
        districts: &["Kartasura", "Grogol", "Sukoharjo"],
        trades: &[("kurir", 44), ("sopir", 34), ("gudang", 16), ("admin", 6)],
        size: 7,
        share: 6,
        about: "jasa pengiriman paket dan barang",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: OUTDOOR,
    },
    Sector {
        kbli: "86103",
        prefixes: &["Rumah Sakit", "Klinik", "Klinik Pratama"],
        suffixes: &["Husada", "Medika", "Sehat"],
        districts: &["Kartasura", "Sukoharjo", "Grogol", "Mojolaban"],
        trades: &[("perawat", 36), ("asuh", 20), ("resepsionis", 14), ("hotel", 18), ("masak", 12)],
        size: 5,
        share: 4,
        about: "fasilitas kesehatan swasta",
        offers: FACTORY_OFFERS,
        hours: SHIFTS,
        conditions: SERVICE,
    },
    Sector {
        kbli: "56101",
        prefixes: &["Rumah Makan", "Warung", "Kedai Kopi"],
        suffixes: &["", "Kitchen", "Resto"],
        districts: &[],
        trades: &[("masak", 44), ("kafe", 46), ("toko", 10)],
        size: 3,
        share: 12,
        about: "rumah makan dan kafe",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: SERVICE,
    },
    Sector {
        kbli: "45407",
        prefixes: &["Bengkel", "Bengkel Motor", "CV"],
        suffixes: &["Motor", "Auto", "Jaya Motor"],
        districts: &[],
        trades: &[("motor", 62), ("mobil", 32), ("admin", 6)],
        size: 2,
        share: 9,
        about: "bengkel servis kendaraan",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: WORKSHOP,
    },
    Sector {
        kbli: "43224",
        prefixes: &["CV", "UD"],
        suffixes: &["Teknik", "Elektrik", "AC Service"],
        districts: &[],
        trades: &[("ac", 56), ("listrik", 38), ("admin", 6)],
        size: 2,
        share: 6,
        about: "jasa pemasangan listrik dan pendingin udara",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: WORKSHOP,
    },
    Sector {
        kbli: "73100",
        prefixes: &["Studio", "PT", "CV"],
        suffixes: &["Kreatif", "Digital", "Media"],
        districts: &["Kartasura", "Grogol", "Baki"],
        trades: &[("digital", 56), ("grafis", 28), ("komputer", 16)],
        size: 2,
        share: 6,
        about: "agensi pemasaran digital dan toko daring",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: OFFICE,
    },
    Sector {
        kbli: "31001",
        prefixes: &["CV", "UD Mebel"],
        suffixes: &["Furniture", "Mebel", "Wood"],
        districts: &["Gatak", "Bulu", "Weru", "Baki", "Tawangsari"],
        trades: &[("mebel", 78), ("kemas", 12), ("sopir", 10)],
        size: 5,
        share: 6,
        about: "usaha mebel kayu",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: WORKSHOP,
    },
    Sector {
        kbli: "13134",
        prefixes: &["Batik", "CV Batik"],
        suffixes: &["", "Collection", "Craft"],
        districts: &["Mojolaban", "Polokarto", "Bendosari", "Sukoharjo"],
        trades: &[("batik", 68), ("jahit", 22), ("toko", 10)],
        size: 5,
        share: 6,
        about: "rumah produksi batik tulis dan cap",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: INDOOR,
    },
    Sector {
        kbli: "41011",
        prefixes: &["PT", "CV"],
        suffixes: &["Konstruksi", "Karya", "Properti"],
        districts: &[],
        trades: &[("bangunan", 66), ("listrik", 18), ("las", 10), ("sopir", 6)],
        size: 7,
        share: 5,
        about: "kontraktor perumahan",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: OUTDOOR,
    },
    Sector {
        kbli: "96112",
        prefixes: &["Salon", "Rumah Cantik"],
        suffixes: &["", "Beauty", "Spa"],
        districts: &[],
        trades: &[("salon", 92), ("resepsionis", 8)],
        size: 2,
        share: 5,
        about: "salon kecantikan",
        offers: SMALL_OFFERS,
        hours: SHOP,
        conditions: SERVICE,
    },
    Sector {
        kbli: "18111",
        prefixes: &["Percetakan", "CV"],
        suffixes: &["Print", "Grafika", "Offset"],
        districts: &["Kartasura", "Grogol", "Sukoharjo"],
        trades: &[("grafis", 58), ("kemas", 20), ("admin", 12), ("kurir", 10)],
        size: 2,
        share: 3,
        about: "percetakan dan reklame",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: INDOOR,
    },
    Sector {
        kbli: "69201",
        prefixes: &["Kantor Jasa", "CV"],
        suffixes: &["Pembukuan", "Konsultan", "Cakra"],
        districts: &["Sukoharjo", "Grogol", "Kartasura"],
        trades: &[("akuntansi", 52), ("admin", 34), ("komputer", 14)],
        size: 2,
        share: 3,
        about: "kantor jasa administrasi dan pembukuan",
        offers: SMALL_OFFERS,
        hours: DAY,
        conditions: OFFICE,
    },
];

#[cfg(test)]
mod tests {
    use super::super::trades;
    use super::*;
    use crate::domain::region;

    #[test]
    fn sectors_hire_known_trades_in_known_districts() {
        for sector in SECTORS {
            for (key, weight) in sector.trades {
                assert!(trades::find(key).is_some() && *weight > 0, "{key}");
            }
            for district in sector.districts {
                assert!(region::resolve_district(district).is_some(), "{district}");
            }
        }
        assert!(BASE.iter().all(|(sector, _)| *sector < SECTORS.len()));
    }

    #[test]
    fn every_trade_is_hired_by_somebody() {
        for trade in trades::all() {
            let hired = SECTORS.iter().any(|sector| sector.trades.iter().any(|(key, _)| *key == trade.key));
            assert!(hired, "{}", trade.key);
        }
    }
}
