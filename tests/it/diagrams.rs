//! The diagrams in docs/state-machines.md are those of the transition tables. `UPDATE_DIAGRAMS=1` writes them anew.
use padankerja::domain::diagram;

#[test]
fn architecture_shows_the_tables_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/state-machines.md");
    let found = std::fs::read_to_string(path).unwrap();
    let mut expected = found.clone();
    for name in diagram::NAMES {
        let (open, close) = (format!("<!-- diagram:{name} -->"), format!("<!-- /diagram:{name} -->"));
        let (head, rest) = expected.split_once(&open).unwrap_or_else(|| panic!("no marker {open}"));
        let (_, tail) = rest.split_once(&close).unwrap_or_else(|| panic!("no marker {close}"));
        let section = diagram::section(name).unwrap();
        expected = format!("{head}{open}\n{}\n{close}{tail}", section.trim_end());
    }
    if std::env::var_os("UPDATE_DIAGRAMS").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    assert!(
        expected == found || std::env::var_os("UPDATE_DIAGRAMS").is_some(),
        "the diagrams in docs/state-machines.md are old: UPDATE_DIAGRAMS=1 cargo test --test it diagrams"
    );
}
