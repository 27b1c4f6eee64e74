//! Lines of work: what somebody learns for one, what they do in it from the first job on, and how ads ask for it.
//!
//! Belongs here: what a line of work is, and looking one up. Does not belong here: the lists themselves (`factories`,
//! `services`), drawing people (`people`) and writing ads (`ads`). Lists of words stand in one text, parted by "; ".
use super::{factories::FACTORIES, services::SERVICES};
use crate::domain::education::Education;

/// A line of work. Whoever is in one stays in it: schools, trainings, jobs and skills belong together.
#[derive(Debug)]
pub struct Line {
    /// Its name in this program.
    pub key: &'static str,
    /// KBJI 2014 group.
    pub(super) kbji: &'static str,
    /// People in it, relative to the other lines.
    pub(super) share: u32,
    /// Women among them, percent.
    pub(super) women: u32,
    /// Youngest and oldest who look for work in it.
    pub(super) ages: (u32, u32),
    /// Schools people come from, with a major and a weight.
    pub(super) schools: &'static [(Education, &'static str, u32)],
    /// Programmes that train for it; empty where people learn at work.
    pub(super) programmes: &'static str,
    /// Certificates of the line.
    pub(super) certificates: &'static str,
    /// The first certificate is needed to work in it.
    pub(super) licensed: bool,
    /// Jobs in it, the first one first.
    pub(super) ladder: &'static [Rung],
    /// What people in it also know.
    pub(super) also: &'static str,
    /// What ads look for.
    pub(super) posts: &'static [Post],
}

/// A job in a line of work.
#[derive(Debug)]
pub(super) struct Rung {
    /// What people call it.
    pub(super) job: &'static str,
    /// Months until somebody moves on to the next.
    pub(super) months: u32,
    /// What they can do then.
    pub(super) skills: &'static str,
}

/// What an ad looks for.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) title: &'static str,
    pub(super) tasks: &'static str,
    /// Skills the ad insists on.
    pub(super) must: &'static str,
    /// What is welcome.
    pub(super) nice: &'static str,
    pub(super) education: Education,
    /// Experience wanted, months.
    pub(super) months: u32,
    /// Lowest and highest wage above the minimum, in steps of Rp50.000.
    pub(super) pay: (u32, u32),
}

/// The words of a list in one text.
pub(super) fn words(list: &'static str) -> Vec<&'static str> {
    list.split("; ").filter(|word| !word.is_empty()).collect()
}

/// What kind of work a line is: whoever finds none in their own line looks among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// At a machine or a bench of a factory.
    Factory,
    /// With wood, metal, engines, walls.
    Craft,
    /// Goods, guests, customers.
    Service,
    /// Children, old people, households.
    Care,
    /// At a desk.
    Office,
}

/// The sort of a line of work; what nobody knows is service.
pub fn sort(key: &str) -> Sort {
    match key {
        "linting" | "jahit" | "potong" | "qc_garmen" | "tekstil" | "jamu" | "pangan" | "kemas"
        | "plastik" => Sort::Factory,
        "rotan" | "mebel" | "las" | "bangunan" | "motor" | "listrik" => Sort::Craft,
        "paud" | "rumah_tangga" | "asuh" | "perawat" => Sort::Care,
        "admin" | "akuntansi" | "komputer" | "teknik" => Sort::Office,
        _ => Sort::Service,
    }
}

/// Every line: factories and workshops first.
pub(super) fn all() -> impl Iterator<Item = &'static Line> + Clone {
    FACTORIES.iter().chain(SERVICES)
}

/// A line by its name.
pub fn find(key: &str) -> Option<&'static Line> {
    all().find(|line| line.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lines_have_different_names_and_are_whole() {
        let keys: BTreeSet<&str> = all().map(|line| line.key).collect();
        assert_eq!(keys.len(), all().count());
        for line in all() {
            assert!(find(line.key).is_some_and(|found| found.key == line.key));
            assert!(
                !line.ladder.is_empty() && !line.posts.is_empty() && !line.schools.is_empty(),
                "{}",
                line.key
            );
            assert!(line.kbji.len() == 4 && line.ages.0 >= 18 && line.ages.1 > line.ages.0, "{}", line.key);
            assert!(!line.licensed || !line.certificates.is_empty(), "{}", line.key);
            for post in line.posts {
                assert!(words(post.tasks).len() > 1 && !words(post.must).is_empty(), "{}", post.title);
                let taught = line.schools.iter().any(|(level, ..)| level.rank() >= post.education.rank());
                assert!(taught, "nobody of {} may become {}", line.key, post.title);
            }
        }
    }

    #[test]
    fn a_list_in_one_text_has_no_empty_words() {
        assert_eq!(words("a b; c"), ["a b", "c"]);
        assert!(words("").is_empty());
    }
}
