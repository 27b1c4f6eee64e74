//! Why a policy is refused, in Bahasa Indonesia: for the API and the command line.
use crate::{
    matching::policy::{PolicyError, floors::FloorError},
    words::id::parser,
};

/// Why a policy is refused.
pub fn refusal(error: &PolicyError) -> String {
    match error {
        PolicyError::Unreadable(text) => format!("kebijakan tidak dapat dibaca: {}", parser::wrong_at(text)),
        PolicyError::OutOfRange { field, value, low, high } => {
            format!("isian \"{field}\": {value} harus antara {low} dan {high}")
        }
        PolicyError::DesilOrder { poorer, richer } => {
            format!(
                "isian \"priority.desil\": desil {poorer} mendapat poin lebih sedikit daripada desil {richer}"
            )
        }
        PolicyError::Floors(error) => format!("isian \"floors\": {}", floors(error)),
    }
}

fn floors(error: &FloorError) -> String {
    match error {
        FloorError::TooMany(count) => format!("{count} batas bawah terlalu banyak"),
        FloorError::Overlap { first, second } => format!(
            "kelompok {first} dan {second} tumpang tindih; yang satu harus memuat yang lain, atau tidak punya anggota bersama"
        ),
        FloorError::Twice(group) => format!("kelompok {group} disebut dua kali untuk hal yang sama"),
        FloorError::Branch { first, second, within } => {
            format!(
                "kelompok {first} dan {second} berdampingan di dalam {within}; untuk seluruh proses hanya boleh satu"
            )
        }
        FloorError::TooMuch { within, sum, most } => {
            format!("bagian-bagian di dalam {within} berjumlah {sum} per seribu, lebih dari {most}")
        }
    }
}
