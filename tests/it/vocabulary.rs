//! The reviewed vocabulary in `index/*.csv`, read as text: its shape, its order and that every reference
//! resolves. What the words mean to the reader of a profile is tested in `src/reading`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use unicode_normalization::is_nfc;

use crate::tidy::assert_none;

/// The files the reader needs, and their columns. A list inside a cell is separated by `;`.
const TABLES: &[(&str, &[&str])] = &[
    ("abbreviations", &["short", "long"]),
    ("certificates", &["id", "label", "aliases", "skills", "occupations", "covers"]),
    ("education", &["id", "rank", "label", "aliases"]),
    ("heads", &["word", "code"]),
    ("majors", &["id", "label", "aliases", "occupations", "skills"]),
    ("occupations", &["kbji", "title", "aliases", "related", "skills"]),
    ("programmes", &["id", "name", "field", "aliases", "skills", "occupations"]),
    ("skills", &["id", "label", "aliases"]),
    ("stem_exceptions", &["word", "stem"]),
    ("stop_words", &["word", "kind"]),
    ("synonyms", &["canonical", "variants"]),
    ("titles", &["title", "codes"]),
];

/// Cells that may be empty; every other cell says something.
const OPTIONAL: &[&str] = &["aliases", "related", "skills", "occupations", "covers"];
const LISTS: &[&str] = &["aliases", "related", "skills", "occupations", "variants", "codes", "covers"];

/// A column of references, and the file whose first column it points to.
const REFERENCES: &[(&str, &str)] = &[
    ("skills", "skills"),
    ("occupations", "occupations"),
    ("related", "occupations"),
    ("covers", "certificates"),
    ("codes", "occupations"),
    ("code", "occupations"),
];

/// A column whose references carry a strength (`code:strength`), and the greatest one (`index/README.md`).
const STRENGTHS: &[(&str, &str, u32)] = &[("occupations", "related", 100), ("programmes", "occupations", 3)];

#[test]
fn every_table_has_its_columns_and_rows() {
    assert_none(TABLES.iter().flat_map(|(name, columns)| wrong_columns(&table(name), columns)));
}

#[test]
fn every_table_is_sorted_and_unique() {
    assert_none(TABLES.iter().flat_map(|(name, _)| disordered(&table(name))));
}

#[test]
fn every_file_is_in_composed_unicode() {
    assert_none(all_tables().iter().flat_map(decomposed));
}

#[test]
fn every_cell_is_trimmed_and_every_list_free_of_repeats() {
    assert_none(TABLES.iter().flat_map(|(name, _)| untidy_cells(&table(name))));
}

#[test]
fn every_reference_resolves() {
    let tables: Vec<Table> = TABLES.iter().map(|(name, _)| table(name)).collect();
    assert_none(dangling(&tables));
}

#[test]
fn occupations_are_coded_and_related_to_others() {
    assert_none(wrong_occupations(&table("occupations")));
}

#[test]
fn strengths_are_within_their_scale() {
    assert_none(
        STRENGTHS.iter().flat_map(|(name, column, most)| wrong_strengths(&table(name), column, *most)),
    );
}

#[test]
fn no_stop_word_names_a_skill_or_an_occupation() {
    let stop_words = table("stop_words");
    assert_none(["skills", "occupations"].iter().flat_map(|name| stopped(&stop_words, &table(name))));
}

#[test]
fn no_further_title_repeats_a_name_of_an_occupation() {
    assert_none(repeated(&table("titles"), &table("occupations")));
}

#[test]
fn abbreviations_and_synonyms_lead_to_no_other_one() {
    assert_none(chained_abbreviations(&table("abbreviations")));
    assert_none(chained_synonyms(&table("synonyms")));
}

#[test]
fn every_file_is_explained() {
    let readme =
        fs::read_to_string(folder().join("README.md")).unwrap_or_else(|error| panic!("index: {error}"));
    let unexplained =
        all_tables().into_iter().filter(|table| !readme.contains(&format!("`{}.csv`", table.name)));
    assert_none(
        unexplained.map(|table| format!("{}.csv: index/README.md does not say what it is", table.name)),
    );
}

#[test]
fn every_programme_leads_to_an_occupation() {
    let programmes = table("programmes");
    assert_none(
        programmes
            .rows
            .iter()
            .filter(|row| row.get("occupations").is_empty())
            .map(|row| programmes.at(row, "leads to no occupation")),
    );
}

#[test]
fn education_ranks_are_numbers() {
    let education = table("education");
    let ranks = |row: &&Row| row.get("rank").parse::<u8>().is_err();
    assert_none(education.rows.iter().filter(ranks).map(|row| education.at(row, "rank is no small number")));
}

/// One CSV file of `index/`.
struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    line: u64,
    cells: BTreeMap<String, String>,
    /// The first column, by which the file is sorted.
    key: String,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split(';').filter(|element| !element.is_empty())
    }
}

impl Table {
    fn parse(name: &str, text: &str) -> Table {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap_or_else(|error| panic!("{name}.csv: {error}")).clone();
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let row = |record: Result<csv::StringRecord, csv::Error>| {
            let record = record.unwrap_or_else(|error| panic!("{name}.csv: {error}"));
            let line = record.position().map_or(0, csv::Position::line);
            let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            Row { line, cells, key: record.get(0).unwrap_or_default().to_owned() }
        };
        let rows = reader.records().map(row).collect();
        Table { name: name.to_owned(), columns, rows }
    }

    fn keys(&self) -> BTreeSet<&str> {
        self.rows.iter().map(|row| row.key.as_str()).collect()
    }

    fn at(&self, row: &Row, message: &str) -> String {
        format!("{}.csv:{}: {}: {message}", self.name, row.line, row.key)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("index")
}

fn table(name: &str) -> Table {
    let path = folder().join(format!("{name}.csv"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("index/{name}.csv: {error}"));
    Table::parse(name, &text)
}

/// Every file of `index/`: the vocabulary, and the tables of facts beside it (regions, wages, holidays).
fn all_tables() -> Vec<Table> {
    let entries = fs::read_dir(folder()).unwrap_or_else(|error| panic!("index: {error}"));
    let paths = entries.map(|entry| entry.unwrap_or_else(|error| panic!("index: {error}")).path());
    let csv = paths.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    let mut names: Vec<String> =
        csv.filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned())).collect();
    names.sort();
    assert!(names.len() >= TABLES.len(), "index/ holds only {names:?}");
    names.iter().map(|name| table(name)).collect()
}

fn wrong_columns(table: &Table, columns: &[&str]) -> Vec<String> {
    let mut violations = Vec::new();
    if table.columns != columns {
        violations.push(format!("{}.csv: columns {:?}, expected {columns:?}", table.name, table.columns));
    }
    if table.rows.is_empty() {
        violations.push(format!("{}.csv: no rows", table.name));
    }
    violations
}

fn disordered(table: &Table) -> Vec<String> {
    let mut violations = Vec::new();
    for pair in table.rows.windows(2) {
        let [before, row] = pair else { continue };
        if row.key == before.key {
            violations.push(table.at(row, "stands twice"));
        } else if row.key < before.key {
            violations.push(table.at(row, &format!("out of order after {}", before.key)));
        }
    }
    violations
}

/// The same letters must be the same bytes: a decomposed one would never match what people type.
fn decomposed(table: &Table) -> Vec<String> {
    let found = table.rows.iter().filter(|row| row.cells.values().any(|cell| !is_nfc(cell)));
    found.map(|row| table.at(row, "is not in Unicode NFC")).collect()
}

fn untidy_cells(table: &Table) -> Vec<String> {
    let mut violations = Vec::new();
    for row in &table.rows {
        for (column, cell) in &row.cells {
            let column = column.as_str();
            if cell.is_empty() && !OPTIONAL.contains(&column) {
                violations.push(table.at(row, &format!("{column} is empty")));
            }
            let elements: Vec<&str> = if LISTS.contains(&column) && !cell.is_empty() {
                cell.split(';').collect()
            } else {
                vec![cell]
            };
            if elements.iter().any(|element| element.trim() != *element) {
                violations.push(table.at(row, &format!("{column} has blanks at an end: {cell:?}")));
            }
            let distinct: BTreeSet<&&str> = elements.iter().collect();
            if distinct.len() != elements.len() || (elements.len() > 1 && elements.contains(&"")) {
                violations
                    .push(table.at(row, &format!("{column} has an empty or repeated element: {cell:?}")));
            }
        }
    }
    violations
}

fn dangling(tables: &[Table]) -> Vec<String> {
    let mut violations = Vec::new();
    for (column, target) in REFERENCES {
        let target = tables.iter().find(|table| table.name == *target);
        let known = target.map(Table::keys).unwrap_or_default();
        for table in tables.iter().filter(|table| table.columns.iter().any(|name| name == column)) {
            for row in &table.rows {
                // `related` carries a weight behind the code.
                let references =
                    row.list(column).map(|element| element.split(':').next().unwrap_or_default());
                let lost = references.filter(|reference| !known.contains(reference));
                violations.extend(
                    lost.map(|reference| table.at(row, &format!("{column}: {reference} is unknown"))),
                );
            }
        }
    }
    violations
}

fn wrong_occupations(occupations: &Table) -> Vec<String> {
    let mut violations = Vec::new();
    for row in &occupations.rows {
        if row.key.len() != 4 || !row.key.bytes().all(|byte| byte.is_ascii_digit()) {
            violations.push(occupations.at(row, "is no four-digit KBJI code"));
        }
        let own = format!("{}:", row.key);
        if row.list("related").any(|relation| relation.starts_with(&own)) {
            violations.push(occupations.at(row, "is related to itself"));
        }
    }
    violations
}

fn wrong_strengths(table: &Table, column: &str, most: u32) -> Vec<String> {
    let mut violations = Vec::new();
    for row in &table.rows {
        for element in row.list(column) {
            let strength = element.split_once(':').and_then(|(_, strength)| strength.parse().ok());
            if !strength.is_some_and(|strength| (1..=most).contains(&strength)) {
                violations.push(table.at(row, &format!("{column}: {element} is not code:1..{most}")));
            }
        }
    }
    violations
}

/// A stop word never reaches the index: what is known by that word alone could never be found.
fn stopped(stop_words: &Table, table: &Table) -> Vec<String> {
    let stopped: BTreeSet<String> = stop_words.rows.iter().map(|row| row.key.to_lowercase()).collect();
    let mut violations = Vec::new();
    for row in &table.rows {
        let names = row.list("aliases").chain([row.get("label"), row.get("title")]);
        let lost = names.filter(|name| stopped.contains(&name.to_lowercase()));
        violations.extend(lost.map(|name| table.at(row, &format!("{name} is a stop word"))));
    }
    violations
}

/// Expanding happens once: a long form must not hold a short one.
/// `occupations.csv` has the last word; a title that it names as well would say nothing.
fn repeated(titles: &Table, occupations: &Table) -> Vec<String> {
    let rows = &occupations.rows;
    let named: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| row.list("aliases").chain([row.get("title")]))
        .map(str::to_lowercase)
        .collect();
    let found = titles.rows.iter().filter(|row| named.contains(&row.key));
    found.map(|row| titles.at(row, "is a name in occupations.csv")).collect()
}

fn chained_abbreviations(abbreviations: &Table) -> Vec<String> {
    let short = abbreviations.keys();
    let mut violations = Vec::new();
    for row in &abbreviations.rows {
        let again = row.get("long").split_whitespace().filter(|word| short.contains(word));
        violations
            .extend(again.map(|word| abbreviations.at(row, &format!("leads to {word}, another short form"))));
    }
    violations
}

/// A variant belongs to one canonical form, which is nobody's variant.
fn chained_synonyms(synonyms: &Table) -> Vec<String> {
    let canonical = synonyms.keys();
    let mut owner: BTreeMap<&str, &str> = BTreeMap::new();
    let mut violations = Vec::new();
    for row in &synonyms.rows {
        for variant in row.list("variants") {
            if canonical.contains(variant) {
                violations.push(synonyms.at(row, &format!("variant {variant} is a canonical form itself")));
            }
            if let Some(other) = owner.insert(variant, &row.key) {
                violations.push(synonyms.at(row, &format!("variant {variant} already belongs to {other}")));
            }
        }
    }
    violations
}

/// The checker itself: each rule must catch a planted mistake.
mod planted {
    use crate::tidy::assert_found;

    use super::{
        Table, chained_abbreviations, chained_synonyms, dangling, decomposed, disordered, stopped,
        untidy_cells, wrong_columns, wrong_occupations, wrong_strengths,
    };

    fn skills(rows: &str) -> Table {
        Table::parse("skills", &format!("id,label,aliases\n{rows}"))
    }

    fn occupations(rows: &str) -> Table {
        Table::parse("occupations", &format!("kbji,title,aliases,related,skills\n{rows}"))
    }

    #[test]
    fn a_tidy_table_passes() {
        let table = skills("jahit,Menjahit,menjahit;sewing\nlas,Mengelas,\n");
        assert_found(&wrong_columns(&table, &["id", "label", "aliases"]), &[]);
        assert_found(&disordered(&table), &[]);
        assert_found(&untidy_cells(&table), &[]);
    }

    #[test]
    fn wrong_columns_and_an_empty_table_are_found() {
        assert_found(&wrong_columns(&skills(""), &["id", "label"]), &["columns", "no rows"]);
    }

    #[test]
    fn disorder_repeats_and_decomposed_letters_are_found() {
        let found = disordered(&skills("b,B,\na,A,\na,A,\n"));
        assert_found(&found, &["csv:3: a: out of order after b", "csv:4: a: stands twice"]);
        assert_found(&decomposed(&skills("a,cafe\u{301},\n")), &["NFC"]);
    }

    #[test]
    fn untidy_cells_are_found() {
        assert_found(&untidy_cells(&skills("a,,\n")), &["label is empty"]);
        assert_found(&untidy_cells(&skills("a,A,x; y\n")), &["blanks"]);
        assert_found(&untidy_cells(&skills("a,A,x;x\n")), &["repeated"]);
        assert_found(&untidy_cells(&skills("a,A,x;\n")), &["empty or repeated"]);
    }

    #[test]
    fn dangling_references_are_found() {
        let tables = [
            skills("las,Mengelas,\n"),
            occupations("7212,Tukang Las,,7211:800;7299:1,las;gerinda\n"),
            Table::parse("programmes", "id,occupations\nlas,7212;7213\n"),
        ];
        let parts = ["gerinda is unknown", "7213 is unknown", "7211 is unknown", "7299 is unknown"];
        assert_found(&dangling(&tables), &parts);
    }

    #[test]
    fn wrong_codes_and_strengths_are_found() {
        let table = occupations("72x2,A,,,\n7212,A,,7212:5;7213:0;7214;7215:x;7216:100;7217:101,\n");
        assert_found(&wrong_occupations(&table), &["four-digit", "related to itself"]);
        assert_found(
            &wrong_strengths(&table, "related", 100),
            &["7213:0", "7214 is not", "7215:x", "7217:101"],
        );
    }

    #[test]
    fn a_stop_word_among_skills_or_occupations_is_found() {
        let stop_words = Table::parse("stop_words", "word,kind\nkerja,common\n");
        assert_found(&stopped(&stop_words, &skills("a,A,x;Kerja\n")), &["Kerja is a stop word"]);
        assert_found(&stopped(&stop_words, &occupations("7212,Kerja,,,\n")), &["Kerja is a stop word"]);
        assert_found(&stopped(&stop_words, &skills("a,A,kerja bangku\n")), &[]);
    }

    #[test]
    fn chains_are_found() {
        let abbreviations =
            Table::parse("abbreviations", "short,long\nadm,admin kantor\nkantor,ktr\nop,operator\n");
        assert_found(&chained_abbreviations(&abbreviations), &["adm: leads to kantor"]);
        let synonyms = Table::parse("synonyms", "canonical,variants\na,b;c\nb,d\ne,c\n");
        assert_found(&chained_synonyms(&synonyms), &["b is a canonical form", "c already belongs to a"]);
    }
}
