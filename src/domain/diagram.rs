//! Pictures and tables of the state machines for docs/state-machines.md, written from the tables themselves. The text stands
//! between the markers `<!-- diagram:NAME -->` and `<!-- /diagram:NAME -->`; a test compares. Deterministic: same
//! table, same bytes.
use crate::domain::{
    application, employer,
    machine::{Actor, From, Machine, Need, Row, To, Word},
    vacancy,
};

/// The names of the machines, in the order of the documentation.
pub const NAMES: [&str; 3] = ["application", "vacancy", "employer"];

/// What stands between the markers of a machine: the picture, an empty line, the table. `None` for an unknown name.
/// Ends with a line break.
pub fn section(name: &str) -> Option<String> {
    match name {
        "application" => Some(section_of(&application::MACHINE)),
        "vacancy" => Some(section_of(&vacancy::MACHINE)),
        "employer" => Some(section_of(&employer::MACHINE)),
        _ => None,
    }
}

/// The Mermaid `stateDiagram-v2` of a machine. Events that keep the state or lead anywhere are left to the table;
/// events between the same two states share an arrow; a group of states is one node.
pub fn mermaid<S: Word, E: Word>(machine: &Machine<S, E>) -> String {
    let mut arrows: Vec<(String, &'static str, Vec<&'static str>)> = Vec::new();
    let mut groups: Vec<&'static str> = Vec::new();
    for row in machine.rows {
        let To::State(to) = row.to else { continue };
        for from in nodes(row.from) {
            match arrows.iter_mut().find(|(f, t, _)| *f == from && *t == to.word()) {
                Some((_, _, events)) if events.contains(&row.event.word()) => {}
                Some((_, _, events)) => events.push(row.event.word()),
                None => arrows.push((from, to.word(), vec![row.event.word()])),
            }
        }
        if let From::Group(name, _) = row.from
            && !groups.contains(&name)
        {
            groups.push(name);
        }
    }
    let mut text = String::from("stateDiagram-v2\n");
    for name in groups {
        text.push_str(&format!("  state \"{name}\" as {}\n", node(name)));
    }
    for (from, to, events) in arrows {
        text.push_str(&format!("  {from} --> {to}: {}\n", events.join(" / ")));
    }
    text
}

/// The transition table of a machine as Markdown: event, from, to, who, needs.
pub fn markdown<S: Word, E: Word>(machine: &Machine<S, E>) -> String {
    let mut text = String::from("| event | from | to | who | needs |\n|---|---|---|---|---|\n");
    for row in machine.rows {
        text.push_str(&line(row));
    }
    text
}

fn section_of<S: Word, E: Word>(machine: &Machine<S, E>) -> String {
    format!("```mermaid\n{}```\n\n{}", mermaid(machine), markdown(machine))
}

fn line<S: Word, E: Word>(row: &Row<S, E>) -> String {
    let from = match row.from {
        From::New => "-".to_owned(),
        From::States(states) => joined(states.iter().map(|state| state.word())),
        From::Group(name, _) => name.to_owned(),
    };
    let to = match row.to {
        To::State(state) => state.word(),
        To::Same => "same",
        To::Chosen => "chosen",
    };
    let who = joined(row.who.iter().copied().map(Actor::as_str));
    let needs = joined(row.needs.iter().copied().map(Need::as_str));
    format!("| {} | {from} | {to} | {who} | {needs} |\n", row.event.word())
}

fn nodes<S: Word>(from: From<S>) -> Vec<String> {
    match from {
        From::New => vec!["[*]".to_owned()],
        From::States(states) => states.iter().map(|state| state.word().to_owned()).collect(),
        From::Group(name, _) => vec![node(name)],
    }
}

/// The name of a group as an identifier.
fn node(name: &str) -> String {
    name.replace(' ', "_")
}

fn joined(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_of_the_employer() {
        let expected = "stateDiagram-v2
  [*] --> registered: register
  rejected --> registered: register
  registered --> verified: verify
  verified --> suspended: suspend
  suspended --> verified: reinstate
  registered --> rejected: reject
";
        assert_eq!(mermaid(&employer::MACHINE), expected);
    }

    #[test]
    fn every_fixed_transition_of_the_application_is_drawn() {
        let picture = mermaid(&application::MACHINE);
        for line in [
            "  state \"any open before hired\" as any_open_before_hired\n",
            "  [*] --> proposed: propose\n",
            "  proposed --> consented: apply / consent\n",
            "  confirmed --> queued: consent\n",
            "  interview --> interview: invite\n",
            "  any_open --> superseded: supersede\n",
            "  any_open_before_hired --> closed: close\n",
        ] {
            assert!(picture.contains(line), "{line}");
        }
        assert!(!picture.contains("undo") && !picture.contains("extend") && !picture.contains("\"any\""));
    }

    #[test]
    fn the_table_has_a_line_for_every_row() {
        let table = markdown(&application::MACHINE);
        assert_eq!(table.lines().count(), application::table::TABLE.len() + 2);
        for line in [
            "| propose | - | proposed | system, staff |  |\n",
            "| hire | referred, interview, offered | hired | employer, staff | start_date |\n",
            "| undo | any | chosen | staff, employer |  |\n",
            "| extend | any with a deadline | same | staff | new_date |\n",
        ] {
            assert!(table.contains(line), "{line}");
        }
    }

    #[test]
    fn every_name_has_a_section_and_no_other() {
        for name in NAMES {
            let text = section(name).unwrap();
            assert!(text.starts_with("```mermaid\nstateDiagram-v2\n") && text.ends_with(" |\n"), "{name}");
            assert_eq!(section(name), Some(text));
        }
        assert_eq!(section("person"), None);
    }
}
