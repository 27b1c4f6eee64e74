//! What messages say, one snapshot each: subject, text and page of a mail; the text to a person, whole and as a link. None has
//! anything of a person in it.
use padankerja::{
    domain::{
        contact::{Content, Invitation},
        message::{Kind, Office, Reader},
    },
    words::{
        Language,
        id::messages::{Line, News},
    },
};

fn office(address: Option<&str>) -> Office {
    Office {
        name: "Disperinaker Kabupaten Sukoharjo".to_owned(),
        phone: "(0271) 000000".to_owned(),
        address: address.map(str::to_owned),
    }
}

fn lines() -> Vec<Line> {
    let line = |title: &str, people, due: &str| Line {
        title: title.to_owned(),
        employer: "PT Contoh <Jaya>".to_owned(),
        people,
        due: Some(due.parse().unwrap()),
    };
    vec![line("Operator Jahit & Obras", 12, "2026-12-04"), line("Helper Gudang", 1, "2026-12-07")]
}

fn news() -> News {
    News {
        title: "Operator Jahit".to_owned(),
        employer: "PT Contoh Jaya".to_owned(),
        deadline: Some("2026-12-04".parse().unwrap()),
        invitation: Some(Invitation {
            on: "2026-12-02".parse().unwrap(),
            hour: "09:00".to_owned(),
            place: "Pabrik 2, Jalan Contoh 7 Grogol".to_owned(),
            bring: Some("KTP dan ijazah asli".to_owned()),
            landmark: Some("seberang pasar".to_owned()),
        }),
        starts_on: Some("2026-12-14".parse().unwrap()),
    }
}

fn told(kind: Kind, office: &Office) -> String {
    if kind.reader() == Reader::Person {
        let text = |content| Language::Id.message_text(kind, content, office, &news()).unwrap().unwrap();
        return format!("{}\n=====\n{}", text(Content::Full), text(Content::LinkOnly));
    }
    let letter = Language::Id.letter(kind, office, "PT Contoh <Jaya>", &lines()).unwrap().unwrap();
    format!("{}\n=====\n{}\n=====\n{}", letter.subject, letter.text, letter.html)
}

#[test]
fn each_message_says_what_it_says() {
    for kind in Kind::ALL {
        insta::assert_snapshot!(kind.as_str(), told(*kind, &office(Some("https://kerja.example"))));
    }
}

#[test]
fn every_message_is_signed_and_asks_for_nothing() {
    for kind in Kind::ALL {
        for address in [None, Some("https://kerja.example")] {
            let whole = told(*kind, &office(address));
            for part in whole.split("=====").skip(usize::from(kind.reader() != Reader::Person)) {
                assert!(
                    part.contains("Disperinaker Kabupaten Sukoharjo") && part.contains("gratis"),
                    "{part}"
                );
                assert!(part.contains("tidak pernah meminta uang atau kode"), "{part}");
                assert!(part.contains("(0271) 000000"), "{part}");
                assert_eq!(part.contains("https://"), address.is_some(), "{part}");
            }
        }
    }
}

#[test]
fn what_an_employer_is_called_is_text_in_a_page() {
    let letter =
        Language::Id.letter(Kind::Referral, &office(None), "PT Contoh <Jaya>", &lines()).unwrap().unwrap();
    assert!(letter.html.contains("PT Contoh &#60;Jaya&#62;") && letter.html.contains("Jahit &#38; Obras"));
    assert!(letter.text.contains("PT Contoh <Jaya>") && letter.text.contains("Jahit & Obras"));
    assert!(!letter.subject.contains('\n'));
}

#[test]
fn a_link_alone_tells_no_news() {
    for kind in Kind::ALL.iter().filter(|kind| kind.reader() == Reader::Person) {
        let text =
            Language::Id.message_text(*kind, Content::LinkOnly, &office(None), &news()).unwrap().unwrap();
        assert!(
            !text.contains("Contoh Jaya") && !text.contains("Jahit") && !text.contains("Desember"),
            "{text}"
        );
        assert!(Language::Id.letter(*kind, &office(None), "", &[]).unwrap().is_none());
    }
}
