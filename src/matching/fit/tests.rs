//! Tests of the points.

use proptest::prelude::*;

use crate::{
    matching::fit::{weights::WEIGHTS, *},
    reading::{
        job::{JobText, read_job},
        profile::{ProfileText, read_profile},
        tables::TABLES,
    },
};

const AD: &str = "Mengelas pipa dengan SMAW dan GTAW\nMembaca gambar teknik\nKualifikasi\nWajib sertifikat BNSP\n\
    Pengalaman 2 tahun\nDiutamakan bisa gerinda";

fn job() -> JobReading {
    read_job(&JobText { title: "Welder", description: AD, ..JobText::default() })
}

#[test]
fn maxima_sum_to_a_thousand() {
    let w = *WEIGHTS;
    let known = w.occupation + w.must + w.nice + w.programme + w.certificate + w.experience;
    assert_eq!(known + w.words + w.distance + w.wage + w.education, 1000);
    assert!(w.words > w.floor, "words alone can be enough");
    assert!(w.floor > 0 && w.enough_skills > 0 && w.least_skill_weight > 0);
}

#[test]
fn an_empty_profile_has_no_points_even_next_door() {
    let empty = fit(&job(), &ProfileReading::default());
    assert_eq!(empty.points, 0);
    let next_door = Structured { distance: Some(1000), wage: Some(1000), education: Some(1000) };
    assert_eq!(with_structured(empty, &next_door).points, 0);
}

#[test]
fn a_trained_welder_fits_and_a_baker_does_not() {
    let of =
        |programmes: &str| fit(&job(), &read_profile(&ProfileText { programmes, ..ProfileText::default() }));
    assert!(reaches_floor(of("Plate Welder SMAW 3G-UP PF").points), "{:?}", of("Plate Welder SMAW"));
    assert!(!reaches_floor(of("Pembuatan Roti dan Kue").points), "{:?}", of("Pembuatan Roti dan Kue"));
}

#[test]
fn structured_fields_add_their_points() {
    let profile = read_profile(&ProfileText { programmes: "Plate Welder SMAW", ..ProfileText::default() });
    let work = fit(&job(), &profile);
    let half = Structured { distance: Some(500), wage: None, education: Some(1000) };
    let all = with_structured(work.clone(), &half);
    assert_eq!(all.points, work.points + structured_points(work.points, &half));
    assert_eq!(all.points - work.points, WEIGHTS.distance / 2 + WEIGHTS.education);
}

fn any_profile() -> impl Strategy<Value = ProfileReading> {
    let programmes = prop::sample::subsequence((0..TABLES.programmes.len()).collect::<Vec<_>>(), 0..3);
    let skills = prop::sample::subsequence((0..TABLES.skills.len()).collect::<Vec<_>>(), 0..8);
    let jobs = prop::sample::subsequence((0..TABLES.occupations.len()).collect::<Vec<_>>(), 0..3);
    (programmes, skills, jobs, 0_u16..60).prop_map(|(programmes, skills, jobs, months)| {
        let programmes: Vec<&str> =
            programmes.iter().map(|&row| TABLES.programmes[row].name.as_str()).collect();
        let skills: Vec<&str> = skills.iter().map(|&row| TABLES.skills[row].label.as_str()).collect();
        let jobs: Vec<String> =
            jobs.iter().map(|&row| format!("{} {months} bulan", TABLES.occupations[row].title)).collect();
        read_profile(&ProfileText {
            programmes: &programmes.join(";"),
            skills: &skills.join(";"),
            experience: &jobs.join("\n"),
            ..ProfileText::default()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn fast_and_slow_paths_agree(profile in any_profile(), row in 0_usize..446) {
        let title = &TABLES.occupations[row].title;
        let job = read_job(&JobText { title, description: AD, ..JobText::default() });
        let slow = fit(&job, &profile);
        prop_assert_eq!(slow.points, score(&digest_job(&job), &digest_profile(&profile)));
        prop_assert_eq!(slow.points, slow.contributions.iter().map(|one| one.points).sum::<u16>());
        let structured = WEIGHTS.distance + WEIGHTS.wage + WEIGHTS.education;
        prop_assert!(slow.points <= 1000 - structured);
        prop_assert!(slow.contributions.iter().all(|one| one.points <= one.max));
    }

    #[test]
    fn a_skill_more_never_lowers_the_points(profile in any_profile(), extra in 0_usize..100) {
        let job = job();
        let before = fit(&job, &profile).points;
        let label = &TABLES.skills[extra % TABLES.skills.len()].label;
        let more = read_profile(&ProfileText { skills: label, ..ProfileText::default() });
        let mut richer = profile;
        richer.skills.extend(more.skills);
        prop_assert!(fit(&job, &richer).points >= before);
    }

    #[test]
    fn points_need_a_shared_concept(profile in any_profile()) {
        let job = job();
        let wanted = concepts(&job);
        let shares = profile_concepts(&profile).iter().any(|token| wanted.contains(token));
        // Words of many ads count and do not retrieve: alone they never reach the floor.
        prop_assert!(shares || !reaches_floor(fit(&job, &profile).points));
    }
}

#[test]
fn place_company_body_sex_age_and_belief_never_count() {
    const SAID: [&str; 6] = [
        "Wanita muslimah, usia 25 tahun",
        "PT Busana Lawu Gemilang",
        "di Desa Gentan, Kecamatan Baki",
        "penyandang disabilitas daksa",
        "belum menikah, tinggi badan 160 cm",
        "jujur, teliti, disiplin",
    ];
    let profile = |skills: &str| {
        read_profile(&ProfileText {
            programmes: "Plate Welder SMAW",
            skills,
            experience: "welder 12 bulan",
            ..ProfileText::default()
        })
    };
    let bare = fit(&job(), &profile("las")).points;
    for said in SAID {
        let description = format!("{AD}\n- {said}");
        let ad = read_job(&JobText { title: "Welder", description: &description, ..JobText::default() });
        let told = profile(&format!("las; {said}"));
        assert_eq!(fit(&ad, &told).points, bare, "{said}");
    }
}

#[test]
fn a_neighbour_of_the_trade_is_beside_the_work_where_skills_are_asked_for() {
    let job = |title, description| read_job(&JobText { title, description, ..JobText::default() });
    let of = |job: &JobReading, experience| {
        score(
            &digest_job(job),
            &digest_profile(&read_profile(&ProfileText { experience, ..ProfileText::default() })),
        )
    };
    let skilled = job("Operator Jahit", "Fresh graduate boleh\nMenguasai mesin jahit high speed dan obras");
    let taught = job("Operator Jahit", "Akan dilatih dua minggu\nMenguasai mesin jahit high speed dan obras");
    let weaver = "operator weaving 240 bulan";
    assert!(!reaches_floor(of(&skilled, weaver)), "{}", of(&skilled, weaver));
    assert!(of(&taught, weaver) > of(&skilled, weaver), "whoever is taught may come from next door");
    assert!(reaches_floor(of(&skilled, "operator jahit 12 bulan")));
    // Elementary work asks for nobody's trade.
    let cleaning = job("Cleaning Service", "Menguasai kebersihan gedung dan housekeeping");
    assert!(digest_job(&skilled).asks_trade && !digest_job(&cleaning).asks_trade);
    // A newcomer is welcome where the work is taught, or where it asks for nothing.
    let newcomer = digest_profile(&read_profile(&ProfileText { education: "SMA", ..ProfileText::default() }));
    assert!(newcomer.newcomer);
    assert!(reaches_floor(score(&digest_job(&taught), &newcomer)));
    assert!(!reaches_floor(score(&digest_job(&skilled), &newcomer)));
}
