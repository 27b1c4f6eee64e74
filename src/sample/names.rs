//! Invented names: people, streets, companies. Common given names are combined at random; likeness to a living person
//! is chance.

use super::rng::Rng;

/// A name of two or three words.
pub(super) fn full_name(rng: &mut Rng, woman: bool) -> String {
    let (first, last) = if woman { (WOMEN_FIRST, WOMEN_LAST) } else { (MEN_FIRST, MEN_LAST) };
    let mut name = String::with_capacity(32);
    name.push_str(rng.pick(first));
    if rng.percent(28) {
        name.push(' ');
        name.push_str(rng.pick(first));
    }
    name.push(' ');
    name.push_str(rng.pick(last));
    name
}

pub(super) fn street(rng: &mut Rng) -> &'static str {
    rng.pick(STREETS)
}

pub(super) fn hamlet(rng: &mut Rng) -> &'static str {
    rng.pick(HAMLETS)
}

pub(super) fn company_word(rng: &mut Rng) -> &'static str {
    rng.pick(COMPANY_WORDS)
}

/// A number in the range 0860, which no operator uses.
pub(super) fn phone(rng: &mut Rng) -> String {
    format!("0860{:08}", rng.below(100_000_000))
}

const MEN_FIRST: &[&str] = &[
    "Agus", "Ahmad", "Aji", "Andi", "Anton", "Ari", "Arif", "Bagas", "Bambang", "Bayu", "Budi", "Cahyo",
    "Danang", "Dedi", "Dimas", "Dwi", "Edi", "Eko", "Fajar", "Galih", "Giyono", "Gunawan", "Hadi", "Hari",
    "Hendra", "Heri", "Imam", "Indra", "Irawan", "Joko", "Kukuh", "Lilik", "Mulyono", "Nanang", "Nur",
    "Pandu", "Panji", "Pardi", "Putra", "Rahmat", "Rizki", "Rudi", "Sapto", "Sigit", "Slamet", "Sri",
    "Sugeng", "Supri", "Suratno", "Surya", "Sutris", "Taufik", "Teguh", "Tri", "Wahyu", "Wawan", "Widi",
    "Yoga", "Yudi", "Yusuf",
];

const MEN_LAST: &[&str] = &[
    "Adi",
    "Atmojo",
    "Darmawan",
    "Handoko",
    "Haryanto",
    "Kurniawan",
    "Kusuma",
    "Laksono",
    "Maryanto",
    "Mulyadi",
    "Nugroho",
    "Pradana",
    "Pramono",
    "Prasetyo",
    "Pratama",
    "Priyanto",
    "Purnomo",
    "Purwanto",
    "Raharjo",
    "Rohman",
    "Santoso",
    "Saputra",
    "Setiawan",
    "Setyawan",
    "Siswanto",
    "Subagyo",
    "Sudarmo",
    "Sugiarto",
    "Sukamto",
    "Sulistyo",
    "Sumarno",
    "Supriyadi",
    "Suryanto",
    "Susanto",
    "Susilo",
    "Sutrisno",
    "Suwarno",
    "Suyanto",
    "Triyono",
    "Utomo",
    "Wahono",
    "Wardoyo",
    "Wibowo",
    "Wijaya",
    "Winarno",
    "Yulianto",
];

const WOMEN_FIRST: &[&str] = &[
    "Aisyah", "Ana", "Anik", "Anisa", "Asih", "Ayu", "Citra", "Dewi", "Dian", "Dwi", "Eka", "Endang", "Erna",
    "Esti", "Fitri", "Hesti", "Ida", "Ika", "Indah", "Intan", "Kartika", "Lestari", "Lina", "Maya", "Mega",
    "Mulyani", "Nanik", "Ningsih", "Novi", "Nur", "Nurul", "Parni", "Puji", "Puput", "Ratna", "Retno",
    "Rina", "Rini", "Ririn", "Rukmini", "Sari", "Septi", "Siti", "Sri", "Sulastri", "Sumi", "Suparti",
    "Tika", "Tri", "Tutik", "Umi", "Vina", "Wahyu", "Wati", "Widya", "Winarsih", "Wiwik", "Yanti", "Yuli",
    "Yuni",
];

const WOMEN_LAST: &[&str] = &[
    "Agustina",
    "Andriani",
    "Anggraeni",
    "Astuti",
    "Cahyani",
    "Damayanti",
    "Fatimah",
    "Handayani",
    "Haryati",
    "Hastuti",
    "Hidayah",
    "Indriani",
    "Irawati",
    "Khasanah",
    "Kurniasih",
    "Kusumawati",
    "Kusumaningrum",
    "Lestari",
    "Maharani",
    "Maryani",
    "Ningrum",
    "Ningsih",
    "Nurjanah",
    "Oktaviani",
    "Palupi",
    "Permatasari",
    "Pertiwi",
    "Puspitasari",
    "Rahayu",
    "Rahmawati",
    "Rejeki",
    "Riyanti",
    "Rohmah",
    "Safitri",
    "Saraswati",
    "Sariningsih",
    "Setyaningsih",
    "Setyowati",
    "Sulistyowati",
    "Suprapti",
    "Suryani",
    "Susanti",
    "Utami",
    "Wahyuni",
    "Wardani",
    "Widiastuti",
    "Widowati",
    "Wijayanti",
    "Wulandari",
    "Yuliana",
    "Yuniarti",
];

const STREETS: &[&str] = &[
    "Raya Solo-Wonogiri",
    "Slamet Riyadi",
    "Jenderal Sudirman",
    "Veteran",
    "Raya Grogol",
    "Ir. Soekarno",
    "Diponegoro",
    "Raya Songgolangit",
    "Ahmad Yani",
    "Raya Bekonang",
    "Pemuda",
    "Raya Nguter",
    "Kartini",
    "Mawar",
    "Melati",
    "Kenanga",
];

const HAMLETS: &[&str] = &[
    "Ngemplak",
    "Sidomulyo",
    "Karangasem",
    "Ngadirejo",
    "Tegalrejo",
    "Sanggrahan",
    "Kebonagung",
    "Mojorejo",
    "Sumberejo",
    "Gondangrejo",
    "Pulosari",
    "Jatimulyo",
    "Karangrejo",
    "Wonosari",
    "Bulusari",
    "Kedungsari",
    "Randusari",
    "Tanjungsari",
    "Purwosari",
    "Sonosewu",
];

const COMPANY_WORDS: &[&str] = &[
    "Sekar", "Lintang", "Wening", "Bening", "Karya", "Tirta", "Kencana", "Griya", "Padma", "Rukun", "Makmur",
    "Lancar", "Sentosa", "Wira", "Utama", "Kembang", "Waluya", "Sendang", "Rasa", "Laju", "Prima", "Sejuk",
    "Tekno", "Mandiri", "Layar", "Rupa", "Canting", "Selaras", "Laras", "Ayu", "Tinta", "Mas", "Cakra",
    "Rejo", "Makarya", "Guyub", "Sinar", "Surya", "Mulya", "Abadi", "Berkah", "Mitra", "Jaya", "Anugrah",
    "Citra", "Mekar", "Harapan", "Sumber", "Nusa", "Gemilang", "Mapan", "Santosa", "Raharja", "Lestari",
    "Pelita", "Kartika", "Bumi", "Samudra", "Pratama", "Bakti",
];
