//! What is wrong with one field, as a clause without capital and full stop: a form, a file and the terminal each make
//! their own sentence of it.
use crate::domain::codes::FieldCode;

/// What is wrong.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each code, and all in one match so that none is forgotten"
)]
pub fn clause(code: FieldCode) -> &'static str {
    match code {
        FieldCode::AgeRangeReversed => "batas umur bawah melebihi batas atas",
        FieldCode::AmbiguousName => "nama ini dipakai lebih dari satu data; pakai id",
        FieldCode::AmbiguousVillage => {
            "ada beberapa desa/kelurahan dengan nama ini; isi juga kolom kecamatan"
        }
        FieldCode::BadLogin => "pakai 3 sampai 100 huruf, angka, atau tanda . - _ @ + saja",
        FieldCode::BelowLegalAge => "pada tanggal ini orangnya belum cukup umur untuk bekerja",
        FieldCode::BirthDateFromNik => {
            "tanggal lahir ini terlalu jauh dari yang terbaca dari NIK; yang dipakai tanggal dari NIK"
        }
        FieldCode::CardNotSeen => {
            "warga ini sudah punya akun; lihat KTP-nya dahulu, lalu nyatakan bahwa KTP sudah dilihat"
        }
        FieldCode::ChannelNotAllowed => "saluran ini hanya untuk warga yang masuk sendiri",
        FieldCode::ClosingDatePast => "tanggal penutupan sudah lewat",
        FieldCode::ControlCharacter => {
            "ada tanda yang tidak terlihat atau tidak boleh dipakai; hapus isinya lalu ketik ulang"
        }
        FieldCode::DateInFuture => "tanggal ini belum terjadi",
        FieldCode::DateInThePast => "tanggal ini sudah lewat",
        FieldCode::DateOutOfRange => "tanggal di luar batas yang wajar",
        FieldCode::DayOff => "hari itu libur; pilih hari kerja",
        FieldCode::DesilOrder => "poin desil harus menurun dari desil 1",
        FieldCode::DesilOutOfRange => "desil harus angka 1 sampai 10",
        FieldCode::DesilWithoutDate => {
            "tanggal data desil belum diisi atau tidak terbaca, sehingga belum dapat dipakai sebagai bukti"
        }
        FieldCode::DesilWithoutSource => {
            "sumber data desil belum diisi, sehingga belum dapat dipakai sebagai bukti"
        }
        FieldCode::EducationUnfinished => {
            "sekolah ini belum atau tidak selesai; yang dicatat jenjang di bawahnya"
        }
        FieldCode::EmailShape => "alamat email tidak benar",
        FieldCode::EmployerMissing => "peran ini perlu pemberi kerja",
        FieldCode::EmployerNotAllowed => "peran ini tidak boleh terikat pada pemberi kerja",
        FieldCode::EndBeforeStart => "tanggal berakhir lebih awal daripada tanggal mulai",
        FieldCode::FamilyCardNumeric => {
            "nomor KK tersimpan sebagai angka sehingga angka terakhirnya bisa hilang; ubah kolom menjadi teks"
        }
        FieldCode::FamilyCardShape => "nomor KK harus 16 angka",
        FieldCode::FlagAbsent => "lowongan ini tidak memuat hal itu",
        FieldCode::FlagForbidden => "hal ini tidak boleh tayang dengan alasan apa pun",
        FieldCode::FloorsRefused => "batas bawah tidak dapat dipenuhi bersama; alasannya disebut di pesan",
        FieldCode::GuardianMissing => {
            "magang di bawah 18 tahun perlu izin tertulis ayah, ibu, atau wali; petugas mencatatnya di kantor"
        }
        FieldCode::HolidayPast => {
            "hari yang sudah lewat tidak diubah: yang diputuskan dengannya tetap berlaku"
        }
        FieldCode::HolidayTaken => "hari itu sudah tercatat sebagai hari libur",
        FieldCode::ImplausibleBirthDate => "umur menurut tanggal lahir ini tidak wajar untuk pencari kerja",
        FieldCode::ItemVerified => {
            "isian ini sudah diperiksa petugas; ajukan perubahan dengan alasan dan buktinya"
        }
        FieldCode::KbjiShape => "kode KBJI harus 1 sampai 6 angka",
        FieldCode::KbliShape => "kode KBLI harus satu huruf atau 2 sampai 5 angka",
        FieldCode::LoginTaken => "nama masuk sudah dipakai",
        FieldCode::MemberAlready => "orang ini tertulis dua kali, atau sudah menjadi peserta",
        FieldCode::MoneyAmbiguous => {
            "jumlah upah dapat dibaca lebih dari satu cara; tulis lengkap, misalnya 2.500.000"
        }
        FieldCode::MoneyCurrency => "tulis upah dalam rupiah",
        FieldCode::MoneyNoAmount => "tulis upah dengan angka, misalnya 2.500.000",
        FieldCode::MoneyNotMonthly => {
            "tulis upah per bulan; upah harian, mingguan, atau borongan belum dapat dipakai"
        }
        FieldCode::MoneyReversed => "upah terendah melebihi upah tertinggi",
        FieldCode::MoneySeveral => "isi satu jumlah saja",
        FieldCode::MoneyTooLarge => "jumlah upah terlalu besar",
        FieldCode::NibNumericZero => {
            "NIB tersimpan sebagai angka dan kehilangan angka 0 di depan; ubah kolom menjadi teks"
        }
        FieldCode::NibShape => "NIB harus 13 angka",
        FieldCode::NikBirthDateDiffers => "tanggal lahir berbeda dengan yang terbaca dari NIK",
        FieldCode::NikInText => "ada NIK di dalam isian ini; pindahkan ke kolom NIK dan hapus dari sini",
        FieldCode::NikImpossibleDay => "tanggal lahir di dalam NIK tidak mungkin (angka ke-7 dan ke-8)",
        FieldCode::NikImpossibleMonth => "bulan lahir di dalam NIK tidak mungkin (angka ke-9 dan ke-10)",
        FieldCode::NikLength => "NIK harus 16 angka",
        FieldCode::NikNotDigit => "NIK hanya boleh berisi angka",
        FieldCode::NikNumeric => {
            "NIK tersimpan sebagai angka sehingga angka terakhirnya bisa hilang; ubah kolom menjadi teks dan ketik ulang dari KTP"
        }
        FieldCode::NikSerialZero => "empat angka terakhir NIK tidak boleh 0000",
        FieldCode::NikSexDiffers => "jenis kelamin berbeda dengan yang terbaca dari NIK",
        FieldCode::NikUnknownRegion => "kode provinsi di awal NIK tidak dikenal; periksa kembali KTP",
        FieldCode::NotAMember => "orang ini bukan peserta angkatan ini",
        FieldCode::NotDialable => "ini bukan nomor telepon yang dapat dihubungi",
        FieldCode::NumberOutOfRange => "angka di luar batas yang wajar",
        FieldCode::OrganisationMissing => "peran ini perlu organisasi",
        FieldCode::OrganisationNotAllowed => "peran ini tidak boleh terikat pada organisasi",
        FieldCode::OutOfRange => "angka di luar batas yang wajar",
        FieldCode::OutcomeNotPossible => "langkah jenis ini tidak dapat berakhir dengan hasil itu",
        FieldCode::OutsideOwnVillage => "hanya warga desa/kelurahan sendiri yang dapat didaftarkan",
        FieldCode::PasswordGuessable => {
            "kata sandi ini mudah ditebak; pakai beberapa kata yang tidak berhubungan dengan nama, nomor HP, atau tempat tinggal Anda"
        }
        FieldCode::PasswordTooLong => "kata sandi terlalu panjang",
        FieldCode::PasswordTooShort => "kata sandi paling sedikit 8 huruf",
        FieldCode::PeopleNotAllowed => "peran ini tidak memegang data warga",
        FieldCode::PhoneForeign => "nomor ini dari negara lain; isi nomor HP Indonesia (08 atau +628)",
        FieldCode::PhoneLength => "panjang nomor HP tidak wajar",
        FieldCode::PhoneNotDigit => "nomor HP hanya boleh berisi angka",
        FieldCode::PhoneNotMobile => "nomor HP harus diawali 08 atau +628",
        FieldCode::PhoneTaken => {
            "sudah ada empat akun dengan nomor ini; pakai nomor lain atau minta bantuan Dinas"
        }
        FieldCode::PolicyRefused => "kebijakan ini tidak dapat dijalankan",
        FieldCode::ReasonRepeated => "alasan ini sama dengan alasan lain",
        FieldCode::ReasonTooShort => "alasan terlalu pendek",
        FieldCode::RowLength => "jumlah kolom baris ini tidak sama dengan jumlah judul",
        FieldCode::RegionNotACode => "kode wilayah tidak lengkap; contoh yang benar 33.11.04.1005",
        FieldCode::Required => "wajib diisi",
        FieldCode::ReservedAboveSeats => "jumlah kursi khusus melebihi jumlah lowongan",
        FieldCode::RightsNotAllowed => "hak hanya untuk petugas",
        FieldCode::StatusUnclear => {
            "dari isian ini belum jelas apakah orangnya mencari kerja; tanyakan dulu sebelum diusulkan"
        }
        FieldCode::TooEarly => "baru dapat dijawab mulai seminggu sebelum tanggal tanyanya",
        FieldCode::TooLong => "isi terlalu panjang",
        FieldCode::TooMany => "satu angkatan paling banyak 40 orang",
        FieldCode::TwiceInFile => "data yang sama tertulis lebih dari sekali di berkas ini",
        FieldCode::Unacceptable => "isian ini tidak dapat diterima",
        FieldCode::SourceClosed => "menurut sumbernya lowongan ini sudah tidak dibuka, jadi tidak dimasukkan",
        FieldCode::UnknownCode => "pilihan ini tidak dikenal",
        FieldCode::UnknownDistrict => "kecamatan ini tidak ada di Kabupaten Sukoharjo",
        FieldCode::UnknownEmployer => "pemberi kerja tidak dikenal",
        FieldCode::UnknownItem => "isian ini tidak ada pada profil, atau tidak dapat diperiksa",
        FieldCode::UnknownOrganisation => "organisasi tidak dikenal",
        FieldCode::UnknownPerson => "warga tidak dikenal",
        FieldCode::UnknownPolicy => "kebijakan tidak dikenal",
        FieldCode::UnknownReason => "alasan tidak ada dalam daftar",
        FieldCode::UnknownRun => "proses pemadanan tidak dikenal",
        FieldCode::UnknownValue => "pilihan ini tidak dikenal",
        FieldCode::UnknownVillage => "desa/kelurahan ini tidak ada di Kabupaten Sukoharjo",
        FieldCode::UnreadableRow => "baris ini tidak terbaca",
        FieldCode::UnreadableDate => "tanggal tidak terbaca; tulis seperti 12-05-2001 atau 2001-05-12",
        FieldCode::UnreadableExperience => {
            "lama pengalaman tidak terbaca; tulis seperti operator jahit:24 (dalam bulan)"
        }
        FieldCode::UnreadableFile => "berkas tidak terbaca",
        FieldCode::UnreadableHour => "tulis jam seperti 09.00",
        FieldCode::UnreadableNumber => "isi dengan angka bulat",
        FieldCode::UrlShape => "tautan harus diawali https://",
        FieldCode::VillageElsewhere => {
            "alamat ini di luar Kabupaten Sukoharjo atau kecamatannya tidak dikenal; desa/kelurahan belum dicatat"
        }
        FieldCode::VillageNotInDistrict => "desa/kelurahan ini tidak ada di kecamatan yang diisi",
        FieldCode::WageImplausible => "jumlah ini tidak wajar sebagai upah per bulan",
        FieldCode::WrongKindOfOrganisation => "jenis organisasi tidak sesuai dengan peran",
        FieldCode::YearOutOfRange => "kalender hanya untuk tahun 2020 sampai 2100",
        FieldCode::ZeroSeats => "jumlah lowongan tidak boleh 0",
    }
}

/// The same with the limit it is about.
pub fn limited(code: FieldCode, limit: Option<usize>) -> String {
    let what = clause(code);
    limit.map_or_else(|| what.to_owned(), |most| format!("{what}, paling banyak {most} huruf"))
}

/// The same as a sentence of its own.
pub fn sentence(code: FieldCode, limit: Option<usize>) -> String {
    let clause = limited(code, limit);
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_clauses_and_sentences_are_sentences() {
        for code in FieldCode::ALL {
            assert!(!clause(*code).ends_with('.') && !clause(*code).is_empty(), "{code}");
            assert!(
                sentence(*code, None).ends_with('.') && sentence(*code, None).starts_with(char::is_uppercase),
                "{code}"
            );
        }
        assert_eq!(sentence(FieldCode::Required, None), "Wajib diisi.");
    }
}
