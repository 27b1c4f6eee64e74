//! Pages for everybody in English: chosen, kept and left again; whole, whichever page it is; and nothing of it on the pages of
//! residents, companions and whoever is logged in.
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use padankerja::http::web::{PAGES, Who};
use regex::Regex;
use reqwest::Method;
use scraper::{ElementRef, Node};

use super::{
    browser::{Browser, Seen, select, words},
    cast::{asked, close, inside, is_page},
    form::faults,
};
use crate::{
    spine::cast::{Cast, get},
    support::database::{TestDb, both_databases},
};

/// Small words that no page in Bahasa Indonesia does without, and nouns of this one.
const INDONESIAN: &str = "adalah ada akan anda atau bila bisa boleh dalam dan dapat dari dengan di harus ini isi itu jika \
    kata kirim kode lamaran lebih lowongan masih masuk nama nomor oleh orang pada paling pendidikan periksa \
    perusahaan petugas pilih saya sebulan semua setelah sudah surat tanpa tempat tidak untuk upah warga yang";

fn language(seen: &Seen) -> String {
    let html = seen.html();
    html.root_element().value().attr("lang").unwrap_or_default().to_owned()
}

/// A browser in which English was chosen.
async fn english(cast: &Cast) -> Browser {
    let mut browser = Browser::new(&cast.app);
    choose_english(&mut browser).await;
    browser
}

async fn choose_english(browser: &mut Browser) {
    let form = browser.get("/bantuan").await.form("English");
    let there = browser.send(&form).await;
    assert_eq!((language(&there).as_str(), there.path.as_str()), ("en", "/bantuan"));
}

/// What a page says itself, without what is marked as another language and without names of villages to choose.
fn own_words(element: ElementRef<'_>, text: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(said) => text.push_str(said),
            Node::Element(of) if of.attr("lang") == Some("id") || of.name() == "optgroup" => {}
            Node::Element(_) => {
                text.push(' ');
                own_words(ElementRef::wrap(child).unwrap(), text);
            }
            _ => {}
        }
    }
}

/// Indonesian words on a page that is to be in English.
fn left(seen: &Seen) -> Vec<String> {
    let html = seen.html();
    let root = html.root_element();
    let mut text = String::new();
    for part in select(root, "title, body") {
        own_words(part, &mut text);
    }
    for labelled in select(root, "[aria-label]") {
        text.push(' ');
        text.push_str(labelled.value().attr("aria-label").unwrap());
    }
    let small: BTreeSet<&str> = INDONESIAN.split_whitespace().collect();
    // Addresses are made of Indonesian nouns.
    let spoken = text.split_whitespace().filter(|word| !word.contains("://"));
    let said = spoken.flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let found: BTreeSet<String> = said.filter(|word| small.contains(word.as_str())).collect();
    found.into_iter().map(|word| format!("{} ({}): {word}", seen.path, seen.status)).collect()
}

both_databases!(english_is_chosen_kept_and_left_again, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
    let mut browser = Browser::new(&cast.app);
    let path = "/lowongan?q=jahit&upah=2000000";
    let first = browser.get(path).await;
    assert_eq!((language(&first).as_str(), first.header("cache-control")), ("id", Some("no-cache")));
    let varies = first.headers.get_all("vary").iter().any(|value| value.as_bytes() == b"cookie");
    assert!(varies, "{:?}", first.headers);
    let form = first.form("English");
    let chosen = browser.ask(Method::POST, &form.action, &form.fields).await;
    assert_eq!((chosen.is(303).header("location"), form.action.as_str()), (Some(path), "/bahasa"));
    let cookie = "__Host-bahasa=en; Path=/; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(chosen.header("set-cookie"), Some(cookie));
    let there = browser.get(path).await;
    assert_eq!(language(&there), "en");
    there.says("1 vacancy for “jahit”").says("Wage from Rp2,000,000").says("Fixed-term contract (PKWT)");
    for path in ["/", "/aduan", "/masuk", &format!("/lowongan/{vacancy}")] {
        assert_eq!(language(&browser.get(path).await), "en", "{path}");
    }
    // An error and a form that is to be mended; what was typed into one is not thrown away for another language.
    let lost = browser.get("/tidak-ada").await;
    lost.is(404).says("There is no such page").says("Incident number:");
    is_page(&lost);
    assert_eq!(browser.send(&lost.form("Bahasa Indonesia")).await.is(404).title(), "Halaman ini tidak ada");
    choose_english(&mut browser).await;
    let wrong = browser.get("/aduan").await.form("Send a complaint");
    let wrong = browser.send(&wrong.fill("Mobile number", "0812")).await;
    wrong.is(422).says("Something needs to be corrected").says("Choose what you want to complain about.");
    assert_eq!(wrong.form("Send a complaint").value("contact"), Some("0812"));
    assert!(!wrong.said().contains("Bahasa Indonesia"));
    // And back.
    let back = browser.get(path).await.form("Bahasa Indonesia");
    let back = browser.send(&back).await;
    assert_eq!((language(&back).as_str(), back.path.as_str()), ("id", path));
    back.says("1 lowongan untuk “jahit”");
});

both_databases!(nobody_is_led_elsewhere_by_a_language, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut browser = Browser::new(&cast.app);
    let fields =
        |ke: &str, code: &str| vec![("ke".to_owned(), ke.to_owned()), ("bahasa".to_owned(), code.to_owned())];
    for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "/api/v1/me", "/a\r\nb", ""]
    {
        let led = browser.ask(Method::POST, "/bahasa", &fields(foreign, "en")).await;
        assert_eq!(led.is(303).header("location"), Some("/"), "{foreign}");
    }
    let strange = browser.ask(Method::POST, "/bahasa", &fields("/", "fr")).await;
    assert_eq!(strange.is(422).header("set-cookie"), None);
    browser.ask(Method::POST, "/bahasa", &[]).await.is(422);
    browser.get("/bahasa").await.is(405);
    let address = format!("http://{}", cast.app.address);
    let foreign = reqwest::Client::new().post(format!("{address}/bahasa")).body("bahasa=en&ke=/");
    let foreign = foreign.header("content-type", "application/x-www-form-urlencoded");
    let foreign = foreign.header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    assert!(foreign.headers().get("set-cookie").is_none());
    // What nobody understands is Bahasa Indonesia; what a phone says of itself is not asked.
    let odd = reqwest::Client::new().get(format!("{address}/bantuan"));
    let odd = odd.header("cookie", "__Host-bahasa=xx").header("accept-language", "en").send().await.unwrap();
    assert!(odd.text().await.unwrap().contains("<html lang=\"id\">"));
});

both_databases!(own_pages_have_one_language, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = asked(&cast, &whom, &vacancy).await;
    let (who, companion) = (cast.trainee(&whom).await, cast.companion().await);
    let mut looked = 0;
    for client in [&who, &companion] {
        let mut own = inside(&cast, client).await;
        choose_english(&mut own).await;
        own.get("/bantuan").await.says("Log out").says("Your personal data");
        for page in PAGES.iter().filter(|page| page.method == "GET" && page.who != Who::Anybody) {
            let about = if page.path.contains("/lowongan") { &vacancy } else { &application };
            let seen = own.get(&page.path.replace("{id}", about)).await;
            if seen.header("content-type") == Some("text/html; charset=utf-8") {
                let switch = seen.text.contains("/bahasa");
                assert_eq!(
                    (language(&seen).as_str(), switch),
                    ("id", false),
                    "{}: {}",
                    seen.path,
                    seen.status
                );
                seen.says("Data pribadi Anda");
                assert!(!seen.status.is_success() || seen.said().contains("Keluar"), "{}", seen.said());
                looked += 1;
            }
        }
        // Nor does what they send speak English, mended or refused.
        let wrong = own.ask(Method::POST, &format!("/saya/lamaran/{application}/tidak"), &[]).await;
        assert!(wrong.status.is_client_error() && language(&wrong) == "id", "{}", wrong.said());
    }
    assert!(looked > 40, "only {looked} pages looked at");
    let mut gone = english(&cast).await;
    let ended = gone.ask(Method::POST, &format!("/saya/lamaran/{application}/tidak"), &[]).await;
    assert_eq!(
        (ended.is(401).title().as_str(), language(&ended).as_str()),
        ("Anda sudah keluar, isian Anda masih ada", "id")
    );
    gone.get("/saya").await.is(200).says("Log in first");
});

/// What somebody at these pages meets, in English.
async fn met(cast: &Cast, browser: &mut Browser) -> Vec<Seen> {
    let (open, over) = (cast.open_vacancy(2).await, cast.open_vacancy(3).await);
    close(cast, &over).await;
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
    let mut all = Vec::new();
    for path in [
        "/",
        "/lowongan",
        "/lowongan?kec=33.11.05&desa=33.11.05.2003&km=5&upah=2000000&didik=smp&kontrak=pkwt",
        "/lowongan?q=jahit&upah=4000000&antar=1&mes=1",
        "/lowongan?q=sopir",
        "/lowongan?hal=9999&kec=x",
        &format!("/lowongan?q={}", "x".repeat(300)),
        &format!("/lowongan/{open}"),
        &format!("/lowongan/{over}"),
        &format!("/lowongan/{over}/minat"),
        &format!("/lowongan/{open}/minat"),
        &format!("/lowongan/{open}/minat?pilih=1"),
        &format!("/lowongan/{open}/minat?kec=33.11.05"),
        &format!("/aduan?lowongan={open}"),
        "/cek",
        "/bantuan",
        "/privasi",
        "/masuk?lanjut=/saya&sandi=baru",
        "/lupa-sandi",
        "/lupa-sandi?terkirim=1",
        "/sandi-baru",
        "/aktivasi",
        "/lowongan/x",
        "/bahasa",
    ] {
        all.push(browser.get(path).await);
    }
    for (path, button) in [
        (format!("/lowongan/{open}/minat?kec=33.11.05"), "Send"),
        ("/aduan".to_owned(), "Send a complaint"),
        ("/cek".to_owned(), "Check"),
        ("/masuk".to_owned(), "Log in"),
        ("/masuk".to_owned(), "Show password"),
        ("/lupa-sandi".to_owned(), "Send the mail"),
        ("/aktivasi".to_owned(), "Start the account"),
    ] {
        let form = browser.get(&path).await.form(button);
        all.push(browser.send(&form).await);
    }
    let form = browser.get(&format!("/lowongan/{open}/minat?kec=33.11.05")).await.form("Send");
    let form =
        form.fill("Your name", "Siti Contoh").choose("Serut").choose("An officer of the labour office");
    for phone in ["12", "08l2 3450 0001", "+1 212 555 0100", "0271 590 000"] {
        all.push(browser.send(&form.clone().fill("Mobile number", phone)).await);
    }
    let made = browser.send(&form.fill("Mobile number", "0812 3450 0001")).await;
    made.is(200).says("An officer will contact you by Wednesday, 4 March 2026.");
    all.push(made);
    // Without the key of a form it is of no form of this service.
    let fields = [("kind", "fee"), ("said", "x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    all.push(browser.ask(Method::POST, "/aduan", &fields).await);
    all
}

/// The same of codes and passwords.
async fn checked(cast: &Cast, browser: &mut Browser) -> Vec<Seen> {
    let mut all = Vec::new();
    let form = browser.get("/aduan").await.form("Send a complaint").choose("A tout");
    let made = browser.send(&form.fill("Tell us about it", "At the station.")).await;
    let html = made.is(200).html();
    let told: Vec<String> = select(html.root_element(), ".number").into_iter().map(words).collect();
    let whom = cast.person(7).await;
    let application = cast.referred(&whom, &cast.open_vacancy(3).await).await;
    let letter = get(&cast.employer, &format!("/applications/{application}/letter")).await.success();
    let mut own = inside(cast, &cast.trainee(&whom).await).await;
    let slip = own.get("/saya/slip").await.form("Buat slip");
    let slip = own.send(&slip).await;
    let slip = words(select(slip.html().root_element(), ".slip .number")[0]);
    for (code, number, status) in [
        (told[1].as_str(), told[0].as_str(), 200),
        (letter["code"].as_str().unwrap(), "1/2026", 200),
        (&slip, "", 200),
        ("K7QX9 RMT2P", "", 422),
        ("K7QX9 RMT2P", "00041/2026", 422),
        ("1234 5678 9012", "ADU-2026-0041", 422),
        ("K7QX9 RMT2P", "letter 12", 422),
    ] {
        let form = browser.get("/cek").await.form("Check").fill("Code", code).fill("Number of the", number);
        let seen = browser.send(&form).await;
        seen.is(status);
        all.push(seen);
    }
    let enter = browser.get("/masuk").await.form("Log in");
    let enter = enter.fill("Mobile number", "0812 0000 0000").fill("Password", "salah");
    let start = browser.get("/aktivasi").await.form("Start the account");
    let start = start.fill("12 digits", "1").fill("Your year", "2001").fill("Mobile", "0812 3450 0009");
    for password in ["a", "sukoharjo123", "becak naik kucing"] {
        all.push(browser.send(&start.clone().fill("New password", password)).await);
    }
    for _ in 0..8 {
        all.push(browser.send(&enter).await);
    }
    all.push(made);
    all
}

both_databases!(pages_in_english_are_so_whole, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut browser = english(&cast).await;
    let mut all = met(&cast, &mut browser).await;
    all.extend(checked(&cast, &mut browser).await);
    // Whoever is logged in has a band and another menu around the same pages.
    let mut own = inside(&cast, &cast.trainee(&cast.person(1).await).await).await;
    choose_english(&mut own).await;
    for path in ["/", "/lowongan", "/aduan", "/bantuan", "/x"] {
        all.push(own.get(path).await);
    }
    let statuses: BTreeSet<u16> = all.iter().map(|seen| seen.status.as_u16()).collect();
    for status in [200, 400, 404, 405, 410, 422] {
        assert!(statuses.contains(&status), "{status} is not among {statuses:?}");
    }
    let mut wrong: Vec<String> = all.iter().flat_map(left).collect();
    wrong.extend(all.iter().flat_map(|seen| faults(seen, "en")));
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
});

#[test]
fn a_word_that_was_left_is_found() {
    let page = |body: &str| {
        let text = format!("<!doctype html><html><title>x</title><body>{body}</body></html>");
        Seen { status: reqwest::StatusCode::OK, path: "/x".to_owned(), headers: Default::default(), text }
    };
    for (body, count) in [
        ("<p>Kode ini berlaku</p>", 2),
        ("<nav aria-label='Halaman yang lain'></nav>", 1),
        ("<p lang=id>Kode ini</p><p>Code</p>", 0),
        ("<p>Any other indication</p>", 0),
        ("<p>Open https://kerja.example/lowongan/1, or come</p>", 0),
    ] {
        assert_eq!(left(&page(body)).len(), count, "{body}: {:?}", left(&page(body)));
    }
}

/// Templates of pages for everybody, by their name below `templates`.
fn templates() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    // Pages of whoever is logged in.
    let own = ["account/own.html", "account/ended.html"];
    let mut names: Vec<String> =
        ["layout.html", "error.html", "parts/form.html", "parts/vacancy.html"].map(str::to_owned).into();
    for folder in ["public", "account"] {
        let files = fs::read_dir(root.join(folder)).unwrap();
        names.extend(files.map(|file| format!("{folder}/{}", file.unwrap().file_name().to_str().unwrap())));
    }
    let names = names.into_iter().filter(|name| !own.contains(&name.as_str()));
    names.map(|name| (name.clone(), fs::read_to_string(root.join(&name)).unwrap())).collect()
}

#[test]
fn every_sentence_for_everybody_is_translated_once() {
    let literal = Regex::new(r#""([^"]*)"\|t\b"#).unwrap();
    let templates = templates();
    assert!(templates.len() > 18, "only {} templates found", templates.len());
    let said: BTreeSet<&str> = templates
        .values()
        .flat_map(|text| literal.captures_iter(text))
        .map(|found| found.get(1).unwrap().as_str())
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/en.csv");
    let rows: Vec<(String, String)> =
        csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap();
    let mut known = BTreeSet::new();
    for (indonesian, english) in &rows {
        assert!(known.insert(indonesian.as_str()), "twice: {indonesian}");
        assert!(!english.trim().is_empty(), "{indonesian}");
        let end = |text: &str| text.chars().last().filter(|c| matches!(c, '.' | '?' | ':'));
        assert_eq!(end(indonesian), end(english), "{indonesian}");
    }
    let missing: Vec<_> = said.difference(&known).collect();
    assert!(missing.is_empty(), "no English for {missing:#?}");
    let unused: Vec<_> = known.difference(&said).collect();
    assert!(unused.is_empty(), "said nowhere: {unused:#?}");
}

/// What a template says without the filter.
fn unfiltered(text: &str) -> Vec<String> {
    let rid = |pattern: &str, text: &str| Regex::new(pattern).unwrap().replace_all(text, "").into_owned();
    let calls = Regex::new(r"(?s)\{% call .*?%\}").unwrap();
    let literal = Regex::new(r#""([^"]*)"(\|t\b)?"#).unwrap();
    let arguments = calls.find_iter(text).flat_map(|call| literal.captures_iter(call.as_str()));
    // Names of fields and kinds of input are one small word.
    let said = |text: &str| text.contains(' ') || text.starts_with(char::is_uppercase);
    let bare = arguments.filter(|one| one.get(2).is_none() && said(&one[1]));
    let mut found: Vec<String> = bare.map(|one| one[1].to_owned()).collect();
    let unclassed = rid(r"\{% block class %\}.*?\{% endblock %\}", text);
    let plain = rid(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", &unclassed);
    let labels = Regex::new(r#"(?:aria-label|alt|label)="([^"]*[A-Za-z][^"]*)""#).unwrap();
    found.extend(labels.captures_iter(&plain).map(|one| one[1].to_owned()));
    let spoken = rid(r#"<[^>]*>|[a-z-]+="[^"]*""#, &plain);
    found.extend(spoken.lines().filter(|line| line.contains(char::is_alphabetic)).map(str::to_owned));
    found
}

#[test]
fn nothing_is_said_beside_the_filter() {
    for (name, text) in templates() {
        assert_eq!(unfiltered(&text), [""; 0], "{name}");
    }
    for (planted, count) in [
        ("<p>Gratis</p>", 1),
        (r#"<p>{{ "Gratis"|t }}</p>"#, 0),
        (r#"<nav aria-label="Menu"></nav>"#, 1),
        (r#"<nav aria-label="{{ "Menu"|t }}"></nav>"#, 0),
        (r#"{% call parts::input(form, "name", "Nama Anda", "") %}"#, 1),
        (r#"{% call parts::input(form, "name", "Nama Anda"|t, "") %}"#, 0),
    ] {
        assert_eq!(unfiltered(planted).len(), count, "{planted}");
    }
}
