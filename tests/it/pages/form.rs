//! What every page has to be like, whatever it is about: one heading, a title, labels, unique ids, no style or script inside; and
//! what templates must not contain.
use std::{collections::BTreeSet, fs, path::Path};

use padankerja::http::web::{PAGES, frame};
use scraper::{ElementRef, Html};
use serde_json::json;

use super::{
    browser::{Browser, Seen, select, words},
    cast::{asked, employer_does, inside},
};
use crate::{
    spine::cast::Cast,
    support::database::{TestDb, both_databases},
};

/// What is wrong with a page that is told in this language.
pub fn faults(seen: &Seen, language: &str) -> Vec<String> {
    let html = Html::parse_document(&seen.text);
    let root = html.root_element();
    let mut found = Vec::new();
    if root.value().attr("lang") != Some(language) {
        found.push("no language".to_owned());
    }
    for (what, count) in [("h1", 1), ("main", 1), ("title", 1), ("header", 1), ("footer", 1)] {
        let there = select(root, what).len();
        if there != count {
            found.push(format!("{there} of {what}"));
        }
    }
    if let Some(title) = select(root, "title").first().map(|title| words(*title))
        && (!title.ends_with("· Padan Kerja Sukoharjo") || title.len() < 28)
    {
        found.push(format!("title {title:?}"));
    }
    found.extend(ids(root));
    found.extend(labels(root));
    for element in select(root, "*") {
        for (name, value) in element.value().attrs() {
            let own =
                value.starts_with('/') || value.starts_with('#') || value.starts_with("https://wa.me/?");
            if name == "style" || name.starts_with("on") {
                found.push(format!("{name} at {}", element.value().name()));
            }
            if matches!(name, "href" | "src" | "action") && !own {
                found.push(format!("{name} leads to {value}"));
            }
        }
    }
    let scripts = select(root, "script")
        .into_iter()
        .filter(|one| one.value().attr("type") != Some("application/ld+json"));
    found.extend(scripts.map(|_| "a script".to_owned()));
    found.extend(select(root, "style").into_iter().map(|_| "a style".to_owned()));
    found.iter().map(|fault| format!("{} ({}): {fault}", seen.path, seen.status)).collect()
}

/// Ids given twice, and references to none.
fn ids(root: ElementRef<'_>) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for element in select(root, "[id]") {
        let id = element.value().attr("id").unwrap();
        if !known.insert(id.to_owned()) {
            found.push(format!("id {id} twice"));
        }
    }
    for element in select(root, "[aria-describedby], [for], a[href^='#']") {
        let attr =
            |name: &str| element.value().attr(name).unwrap_or_default().trim_start_matches('#').to_owned();
        for name in ["aria-describedby", "for"] {
            for id in attr(name).split_whitespace() {
                if !known.contains(id) {
                    found.push(format!("{name} {id} is nowhere"));
                }
            }
        }
        let anchor = element.value().attr("href").and_then(|href| href.strip_prefix('#'));
        if let Some(anchor) = anchor.filter(|anchor| !known.contains(*anchor)) {
            found.push(format!("#{anchor} is nowhere"));
        }
    }
    found
}

/// Fields without a label, and without what helps a phone to fill them in.
fn labels(root: ElementRef<'_>) -> Vec<String> {
    let labelled: BTreeSet<&str> =
        select(root, "label").iter().filter_map(|label| label.value().attr("for")).collect();
    let mut found = Vec::new();
    for field in select(root, "input, textarea, select") {
        let attr = |name: &str| field.value().attr(name).unwrap_or_default();
        if attr("type") == "hidden" {
            continue;
        }
        if !labelled.contains(attr("id")) {
            found.push(format!("field {} without a label", attr("name")));
        }
        if matches!(attr("type"), "text" | "tel" | "password") && attr("autocomplete").is_empty() {
            found.push(format!("field {} without autocomplete", attr("name")));
        }
        if !attr("placeholder").is_empty() {
            found.push(format!("field {} with a placeholder", attr("name")));
        }
    }
    for form in select(root, "form") {
        if select(form, "button").is_empty() {
            found.push("a form without a button".to_owned());
        }
    }
    found
}

both_databases!(every_page_is_well_formed, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let who = cast.trainee(&whom).await;
    let (vacancy, second, third) =
        (cast.open_vacancy(3).await, cast.open_vacancy(2).await, cast.open_vacancy(2).await);
    let question = asked(&cast, &whom, &vacancy).await;
    let invited = cast.referred(&whom, &second).await;
    let interview = json!({"on": "2026-03-12", "hour": "09:00", "place": "Baki", "bring": "KTP"});
    employer_does(&cast, &invited, "invite", &json!({"interview": interview})).await;
    let mut nobody = Browser::new(&cast.app);
    let mut own = inside(&cast, &who).await;
    let mut wrong = Vec::new();
    let mut looked = 0;
    for page in PAGES.iter().filter(|page| page.method == "GET" && !page.path.ends_with(".ics")) {
        for id in [&question, &invited, &vacancy, &third] {
            let path = page.path.replace("{id}", id);
            for browser in [&mut nobody, &mut own] {
                let seen = browser.get(&path).await;
                wrong.extend(faults(&seen, "id"));
                looked += 1;
            }
        }
    }
    // In each form's state of error too.
    let forms = [
        ("/masuk", "Masuk"),
        ("/lupa-sandi", "Kirim surat"),
        ("/aktivasi", "Mulai akun"),
        ("/aduan", "Kirim aduan"),
        ("/cek", "Cek"),
    ];
    for (path, button) in forms {
        let form = nobody.get(path).await.form(button);
        let seen = nobody.send(&form).await;
        seen.is(422);
        wrong.extend(faults(&seen, "id"));
    }
    for (path, button) in [
        (format!("/saya/lamaran/{question}/tidak"), "Kirim jawaban"),
        (format!("/saya/lamaran/{invited}/batal"), "Ya, batalkan lamaran"),
    ] {
        let form = own.get(&path).await.form(button);
        let seen = own.send(&form).await;
        seen.is(422);
        wrong.extend(faults(&seen, "id"));
    }
    for (part, field, value) in [
        ("kontak", "phone", "08l2"),
        ("pendidikan", "education", ""),
        ("keinginan", "wage_floor", "banyak"),
        ("pengalaman", "months-0", "lama"),
        ("pelatihan", "ended_on-0", "besok"),
        ("sertifikat", "expires_on-0", "besok"),
        ("tempat-tinggal?kec=33.11.08", "village", ""),
    ] {
        let form = own.get(&format!("/saya/profil/{part}")).await.form("Simpan").set(field, value);
        let first = if part == "pengalaman" { "job-0" } else { "name-0" };
        let form = if part == "pelatihan" { form } else { form.set(first, "Contoh") };
        let seen = own.send(&form).await;
        seen.is(422);
        wrong.extend(faults(&seen, "id"));
    }
    assert!(looked > 100, "only {looked} pages looked at");
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
});

#[test]
fn a_fault_is_found() {
    let page = |body: &str| {
        let text = format!("<!doctype html><html><title>x</title><body>{body}</body></html>");
        Seen { status: reqwest::StatusCode::OK, path: "/x".to_owned(), headers: Default::default(), text }
    };
    let count = |body: &str| faults(&page(body), "id").len();
    let bare = count("");
    for planted in [
        "<p id=a></p><p id=a></p>",
        "<input name=q autocomplete=off>",
        "<p style='color:red'></p>",
        "<button onclick='x()'>x</button>",
        "<script>1</script>",
        "<a href='https://evil.example'>x</a>",
        "<label for=nowhere>x</label>",
    ] {
        assert_eq!(count(planted), bare + 1, "{planted}: {:?}", faults(&page(planted), "id"));
    }
}

#[test]
fn templates_of_pages_load_and_style_nothing_by_themselves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut looked = 0;
    for folder in ["", "parts", "public", "account", "resident"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() || path.ends_with("slips.html") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for forbidden in [" style=", " onclick", " onload", "<style", "javascript:", "http://"] {
                assert!(!text.contains(forbidden), "{}: {forbidden}", path.display());
            }
            looked += 1;
        }
    }
    assert!(looked > 20, "only {looked} templates found");
}

#[test]
fn the_style_sheet_is_small_and_its_colours_are_named() {
    let text = frame::STYLE.text;
    assert!(text.len() < 20_000, "{} bytes", text.len());
    assert!(text.is_ascii(), "a letter that is none of ours");
    for line in text.lines().skip_while(|line| !line.starts_with('*')) {
        let bare = line.contains("color: #") || line.contains("background: #");
        assert!(!bare || line.contains("#000") || line.contains("#fff"), "a colour without a name: {line}");
    }
}

both_databases!(files_are_kept_for_good_under_their_own_address, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut browser = Browser::new(&cast.app);
    for asset in [&*frame::STYLE, &*frame::ICON] {
        let seen = browser.ask(reqwest::Method::GET, &asset.path, &[]).await;
        seen.is(200);
        assert_eq!(seen.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(seen.header("content-type"), Some(asset.kind));
    }
    browser.ask(reqwest::Method::GET, "/static/000000000000/app.css", &[]).await.is(404);
});
