//! Wrong use of the command line, and the frame of its help.

/// Title of the line that shows how a command is used.
pub const USAGE: &str = "Pemakaian:";
/// Title of the list of commands.
pub const COMMANDS: &str = "Perintah";
/// Title of the list of positional arguments.
pub const ARGUMENTS: &str = "Argumen";
/// Title of the list of options.
pub const OPTIONS: &str = "Pilihan";
/// Title of the list of options that every command takes.
pub const GLOBAL_OPTIONS: &str = "Pilihan semua perintah";
/// Stands for a command in a usage line.
pub const COMMAND_NAME: &str = "PERINTAH";
/// Stands for options in a usage line.
pub const SOME_OPTIONS: &str = "[PILIHAN]";
/// What `--help` does.
pub const HELP: &str = "Tampilkan bantuan ini";
/// What `--version` does.
pub const VERSION: &str = "Tampilkan versi";

/// What is taken when an option is not given.
pub fn default_of(values: &[String]) -> String {
    format!("[bawaan: {}]", values.join(", "))
}

/// What may be given.
pub fn possible(values: &[String]) -> String {
    format!("[boleh: {}]", values.join(", "))
}

/// Where the whole is told.
pub const MORE: &str = "Keterangan lengkap: tambahkan --help.";

/// Not a number.
pub const NO_NUMBER: &str = "harus bilangan bulat";
/// Not an id.
pub const NO_ID: &str =
    "harus id seperti 5e4f3c21 (8 angka terakhir) atau 0199a3c2-7f1e-7c4b-9d10-2b6a5e4f3c21";
/// Not a date.
pub const NO_DATE: &str = "tanggal ditulis seperti 2026-12-31 atau 31-12-2026";
/// Not a district of the regency.
pub const NO_DISTRICT: &str = "tidak ada kecamatan seperti itu di Kabupaten Sukoharjo";
/// Not an address.
pub const NO_ADDRESS: &str = "alamat ditulis seperti 127.0.0.1:8080";
/// A value that cannot be taken, nobody says why.
pub const NO_VALUE: &str = "nilai ini tidak dapat diterima";

/// A number outside its range (`16..=500000`).
pub fn outside(range: &str) -> String {
    let (low, high) = range.split_once("..").unwrap_or((range, ""));
    match high.trim_start_matches('=') {
        "" => format!("paling sedikit {low}"),
        high => format!("harus di antara {low} dan {high}"),
    }
}

/// A code with the word that tables have for it.
pub fn code_and_word(code: &str, word: &str) -> String {
    if code == word { code.to_owned() } else { format!("{code} ({word})") }
}

/// One of these.
pub fn choose(possible: &[String]) -> String {
    format!("pilih: {}", possible.join(", "))
}

/// A value that is not among those possible.
pub fn not_possible(argument: &str, value: &str, possible: &[String]) -> String {
    if value.is_empty() {
        return format!("{argument} perlu nilai: {}", possible.join(", "));
    }
    format!("nilai \"{value}\" untuk {argument} tidak dikenal; pilih: {}", possible.join(", "))
}

/// An option without its value.
pub fn needs_value(argument: &str) -> String {
    format!("{argument} perlu nilai")
}

/// A value that is refused.
pub fn refused(argument: &str, value: &str, why: &str) -> String {
    format!("nilai \"{value}\" untuk {argument} tidak dapat diterima: {why}")
}

/// An argument that nothing goes by.
pub fn unknown_argument(argument: &str) -> String {
    format!("argumen \"{argument}\" tidak dikenal")
}

/// A command that does not exist.
pub fn unknown_command(command: &str) -> String {
    format!("perintah \"{command}\" tidak dikenal")
}

/// What may have been meant.
pub fn meant(suggestions: &[String]) -> String {
    format!("mungkin maksudnya: {}", suggestions.join(", "))
}

/// Arguments that must be given.
pub fn missing(arguments: &[String]) -> String {
    format!("belum disebut: {}", arguments.join(", "))
}

/// No command was given.
pub fn missing_command(commands: &[String]) -> String {
    format!("sebutkan perintahnya: {}", commands.join(", "))
}

/// Arguments that exclude each other.
pub fn conflict(argument: &str, others: &[String]) -> String {
    match others {
        [] => format!("{argument} disebut lebih dari satu kali, atau tidak dapat dipakai bersama yang lain"),
        [same] if same == argument => format!("{argument} disebut lebih dari satu kali"),
        others => format!("{argument} tidak dapat dipakai bersama {}", others.join(", ")),
    }
}

/// A value where none belongs.
pub fn too_many_values(argument: &str, value: &str) -> String {
    format!("nilai \"{value}\" untuk {argument} terlalu banyak")
}

/// Another number of values than needed.
pub fn number_of_values(argument: &str, wanted: &str, given: &str) -> String {
    format!("{argument} perlu {wanted} nilai, yang diberikan {given}")
}

/// An equals sign is needed.
pub fn no_equals(argument: &str) -> String {
    format!("tulis nilai {argument} setelah tanda sama dengan")
}

/// A value that is no text.
pub const NOT_UTF8: &str = "ada argumen yang bukan teks UTF-8";
/// Anything else.
pub const WRONG: &str = "perintah ini tidak dapat dipahami";

/// What the program is for.
pub const PROGRAM: &str =
    "Penempatan kerja bagi dinas tenaga kerja: lowongan, pemadanan, penetapan, tindak lanjut";

/// Examples and exit codes, after the help of the whole.
pub const EXAMPLES: &str = "Contoh:
  padankerja demo                                  kabupaten contoh, langsung bisa dicoba
  padankerja import people lulusan.csv --dry-run   periksa berkas tanpa menyimpan
  padankerja import vacancies iklan.jsonl --publish-as sample --valid-days 60 --place-seed 1
  padankerja match --publish                       jalankan pemadanan dan terbitkan usulan
  padankerja compare default baru.json             akibat dua kebijakan, tanpa menerbitkan
  padankerja rank --text iklan.txt --top 10        siapa yang cocok untuk sebuah iklan
  padankerja people --name \"siti aminah\"         cari warga; juga vacancies dan applications
  padankerja explain 5e4f3c21                      mengapa; id boleh 8 angka terakhirnya
  padankerja doctor                                apakah semuanya sehat, dan bila tidak, obatnya
  padankerja serve                                 layanan di http://127.0.0.1:8080

Kode keluar: 0 selesai, 1 gagal, 2 perintah atau isi berkas ditolak (tidak ada yang tersimpan), 3 tidak sehat.";
