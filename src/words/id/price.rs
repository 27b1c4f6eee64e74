//! What a change of the rule is worth and whose places it costs, in numbers and one plain sentence: the priority of a run
//! against none, or one policy against another. Whoever reads only the gain does not see who paid.
use serde_json::Value;

use crate::matching::fairness::{Shift, WhoPaid};

/// What the priority of a run changed and who paid, from its figures; nothing where the run did not say (a part of it
/// where an earlier version did not).
pub fn of_run(figures: &Value) -> Vec<String> {
    let price = &figures["priority_price"];
    let Some(gain) = gain(price) else { return Vec::new() };
    let mut lines = vec![format!("Harga prioritas dibanding proses tanpa prioritas: {gain}")];
    if let Some(paid) = who_paid(price) {
        lines.push(format!("Diusulkan tanpa -> dengan prioritas: {}", kinds(&paid)));
        lines.push(because_of("prioritas", &paid));
    }
    lines
}

/// The same in the cell of a table.
pub fn in_short(figures: &Value) -> Option<String> {
    let price = &figures["priority_price"];
    let gain = gain(price)?;
    Some(match who_paid(price) {
        Some(paid) => format!("{gain}; {}", lost(&paid)),
        None => gain,
    })
}

/// From one policy to another.
pub fn between(paid: &WhoPaid) -> [String; 2] {
    let numbers = format!("Diusulkan oleh yang pertama -> yang kedua: {}", kinds(paid));
    [numbers, because_of("kebijakan kedua", paid)]
}

fn gain(price: &Value) -> Option<String> {
    let number = |field: &str| price[field].as_i64();
    let (households, fit) = (number("poor_households")?, number("fit_permille")?);
    let sign = if fit < 0 { "-" } else { "+" };
    let size = fit.unsigned_abs();
    Some(format!("{households:+} rumah tangga miskin, {sign}{},{} % kecocokan", size / 10, size % 10))
}

fn who_paid(price: &Value) -> Option<WhoPaid> {
    serde_json::from_value(price["who_paid"].clone()).ok()
}

fn kinds(paid: &WhoPaid) -> String {
    let kind =
        |name: &str, shift: &Shift| format!("{name} {} -> {} ({:+})", shift.before, shift.after, shift.net());
    [
        kind("miskin (desil 1-4)", &paid.poor),
        kind("lebih mampu", &paid.better_off),
        kind("desil belum diketahui", &paid.unknown),
    ]
    .join(", ")
}

fn lost(paid: &WhoPaid) -> String {
    format!(
        "yang tergeser: {} desil belum diketahui, {} lebih mampu, {} miskin",
        paid.unknown.lost, paid.better_off.lost, paid.poor.lost
    )
}

/// Who is no longer proposed because of something, and what is to be thought of it.
fn because_of(cause: &str, paid: &WhoPaid) -> String {
    let all = paid.all();
    if all.lost == 0 {
        return format!("Tidak seorang pun kehilangan usulan karena {cause}.");
    }
    let told = format!(
        "{} orang tidak jadi diusulkan karena {cause}: {} belum diketahui desilnya, {} lebih mampu, {} miskin.",
        all.lost, paid.unknown.lost, paid.better_off.lost, paid.poor.lost
    );
    match paid.unknown.lost {
        0 => told,
        _ => format!("{told} Yang belum diketahui desilnya bisa jadi miskin juga: cari tahu dahulu."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shift(before: usize, after: usize, gained: usize, lost: usize) -> Shift {
        Shift { before, after, gained, lost }
    }

    #[test]
    fn numbers_and_one_sentence_tell_who_paid() {
        let paid = WhoPaid {
            poor: shift(203, 250, 49, 2),
            better_off: shift(134, 115, 1, 20),
            unknown: shift(222, 194, 2, 30),
        };
        let figures =
            json!({"priority_price": {"poor_households": 45, "fit_permille": -10, "who_paid": paid}});
        assert_eq!(
            of_run(&figures),
            [
                "Harga prioritas dibanding proses tanpa prioritas: +45 rumah tangga miskin, -1,0 % kecocokan",
                "Diusulkan tanpa -> dengan prioritas: miskin (desil 1-4) 203 -> 250 (+47), lebih mampu 134 -> 115 (-19), \
                 desil belum diketahui 222 -> 194 (-28)",
                "52 orang tidak jadi diusulkan karena prioritas: 30 belum diketahui desilnya, 20 lebih mampu, 2 miskin. \
                 Yang belum diketahui desilnya bisa jadi miskin juga: cari tahu dahulu.",
            ]
        );
        assert_eq!(
            in_short(&figures).unwrap(),
            "+45 rumah tangga miskin, -1,0 % kecocokan; yang tergeser: 30 desil belum diketahui, 20 lebih mampu, 2 miskin"
        );
        let [_, sentence] = between(&WhoPaid { unknown: Shift::default(), ..paid });
        assert_eq!(
            sentence,
            "22 orang tidak jadi diusulkan karena kebijakan kedua: 0 belum diketahui desilnya, 20 lebih mampu, 2 miskin."
        );
    }

    #[test]
    fn a_run_that_did_not_say_is_not_guessed_at() {
        assert!(of_run(&json!({})).is_empty() && in_short(&json!({})).is_none());
        let before = json!({"priority_price": {"poor_households": 0, "fit_permille": 0}});
        assert_eq!(of_run(&before).len(), 1);
        assert_eq!(in_short(&before).unwrap(), "+0 rumah tangga miskin, +0,0 % kecocokan");
        let nobody = json!({"priority_price": {"poor_households": 0, "fit_permille": 0, "who_paid": WhoPaid::default()}});
        assert_eq!(of_run(&nobody)[2], "Tidak seorang pun kehilangan usulan karena prioritas.");
    }
}
