//! Tests of reading edges and seats.
use super::*;
use crate::matching::assign::solve;

const SEATS: &str = "vacancy,seats\nwelder,1\nsewing,2\n";

fn flaw(seats: &str, edges: &str) -> (Sheet, u64, Flaw) {
    let error = parse(seats, edges).map(|table| table.instance).unwrap_err();
    (error.sheet, error.line, error.flaw)
}

fn edges_flaw(rows: &str) -> (u64, Flaw) {
    let (sheet, line, flaw) = flaw(SEATS, &format!("profile,vacancy,score\n{rows}"));
    assert_eq!(sheet, Sheet::Edges);
    (line, flaw)
}

fn rows(table: &Table) -> Vec<String> {
    table.rows(&solve(&table.instance)).map(|row| row.to_string()).collect()
}

#[test]
fn a_table_is_read_solved_and_written() {
    let edges = "profile,vacancy,score\nani,welder,9\nbudi,welder,8\nani,sewing,7\ncitra,sewing,-1\n";
    let table = parse(SEATS, edges).unwrap();
    assert_eq!(table.profiles.len(), 3);
    assert_eq!(table.instance.seats(), [1, 2]);
    assert_eq!(table.instance.edge_count(), 3);
    assert_eq!(rows(&table), ["ani,sewing,7", "budi,welder,8"]);
}

#[test]
fn columns_may_stand_anywhere_and_fields_may_be_quoted() {
    let seats = "\u{feff}note,seats,vacancy\r\n\r\nx, 1 ,\"las, \"\"TIG\"\"\"\r\n";
    let edges = "score,\"profile\",vacancy,note\r\n12,a b,\"las, \"\"TIG\"\"\",-\r\n";
    assert_eq!(rows(&parse(seats, edges).unwrap()), ["a b,\"las, \"\"TIG\"\"\",12"]);
}

#[test]
fn mistakes_in_edges_name_line_and_value() {
    let number = |value: &str| Flaw::NotAnInteger { column: "score", value: value.to_owned() };
    assert_eq!(edges_flaw("ani,welder,1.5"), (2, number("1.5")));
    assert_eq!(edges_flaw("ani,welder,1\nani,sewing,"), (3, number("")));
    assert_eq!(edges_flaw("ani,welder,9223372036854775808"), (2, number("9223372036854775808")));
    assert_eq!(edges_flaw("ani,welder"), (2, Flaw::MissingColumn("score")));
    assert_eq!(edges_flaw("\nani,pilot,3"), (3, Flaw::UnknownVacancy("pilot".to_owned())));
    assert_eq!(edges_flaw(",welder,3"), (2, Flaw::Empty("profile")));
    assert_eq!(edges_flaw("\"ani,welder,3"), (2, Flaw::OpenQuote));
    let large = InstanceError::WeightTooLarge { edge: 0, weight: i64::MAX };
    assert_eq!(edges_flaw("ani,welder,9223372036854775807"), (2, Flaw::Instance(large)));
}

#[test]
fn a_repeated_edge_is_found_at_its_line_past_blank_lines() {
    let (line, flaw) = edges_flaw("ani,welder,1\n\n\nbudi,welder,1\nani,sewing,2\n\nani,welder,0\n");
    assert_eq!(line, 8);
    let expected = Flaw::DuplicateEdge { profile: "ani".to_owned(), vacancy: "welder".to_owned() };
    assert_eq!(flaw, expected);
}

#[test]
fn mistakes_in_seats_name_line_and_value() {
    let edges = "profile,vacancy,score\n";
    let seats = |rows: &str| flaw(&format!("vacancy,seats\n{rows}"), edges);
    assert_eq!(seats("a,1\na,2"), (Sheet::Seats, 3, Flaw::DuplicateVacancy("a".to_owned())));
    assert_eq!(seats("a,-1"), (Sheet::Seats, 2, Flaw::NegativeSeats(-1)));
    let number = Flaw::NotAnInteger { column: "seats", value: "two".to_owned() };
    assert_eq!(seats("a,two"), (Sheet::Seats, 2, number));
    assert_eq!(seats("a"), (Sheet::Seats, 2, Flaw::MissingColumn("seats")));
}

#[test]
fn headers_are_required() {
    let edges = "profile,vacancy,score\n";
    assert_eq!(flaw("", edges), (Sheet::Seats, 1, Flaw::HeaderLacks("vacancy")));
    let blank = flaw("\n\n", "profile,vacancy,score\nani,welder,1\n");
    assert_eq!(blank, (Sheet::Seats, 2, Flaw::HeaderLacks("vacancy")), "not an unknown vacancy");
    assert_eq!(flaw("a,1\n", edges), (Sheet::Seats, 1, Flaw::HeaderLacks("vacancy")));
    assert_eq!(flaw(SEATS, "profile,vacancy\n"), (Sheet::Edges, 1, Flaw::HeaderLacks("score")));
    assert_eq!(flaw(SEATS, ""), (Sheet::Edges, 1, Flaw::HeaderLacks("profile")));
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let mut parser = Parser::new();
    for line in SEATS.lines() {
        parser.seats_line(line.as_bytes()).unwrap();
    }
    parser.edges_line(b"profile,vacancy,score").unwrap();
    let error = parser.edges_line(b"\xFFx,welder,3\n").unwrap_err();
    assert_eq!((error.line, error.flaw), (2, Flaw::NotText("\u{fffd}x".to_owned())));
    let error = EdgesError { sheet: Sheet::Edges, line: 2, flaw: Flaw::Empty("profile") };
    assert_eq!(error.to_string(), "edges line 2: the column \"profile\" is empty");
}

#[test]
fn many_names_keep_their_numbers() {
    let mut names = Names::default();
    for number in 0..5_000_u32 {
        assert_eq!(names.intern(&format!("person-{number}")), Ok(number));
    }
    for number in (0..5_000_u32).rev() {
        let name = format!("person-{number}");
        assert_eq!(names.intern(&name), Ok(number));
        assert_eq!(names.get(number), Some(name.as_str()));
    }
    assert_eq!(names.find("person-5000"), None);
    assert_eq!(names.get(5_000), None);
}

#[test]
fn names_that_share_their_start_or_end_in_zeros_are_apart() {
    let mut names = Names::default();
    let all = ["a", "a\0", "12345678", "12345678\0", "123456789", "123456780", "1234567"];
    for (number, name) in (0_u32..).zip(all) {
        assert_eq!(names.intern(name), Ok(number), "{name:?}");
    }
    for (number, name) in (0_u32..).zip(all) {
        assert_eq!(names.find(name), Some(number), "{name:?}");
    }
}
