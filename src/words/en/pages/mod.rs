//! What pages for everybody say beside their templates.
pub mod check;
pub mod complaint;
pub mod errors;
pub mod interest;
pub mod vacancy;

use crate::{domain::codes::FieldCode, words::id::pages::Menu};

/// A menu's label.
pub fn menu(menu: Menu) -> &'static str {
    match menu {
        Menu::Vacancies => "Vacancies",
        Menu::Applications => "Applications",
        Menu::Profile => "Profile",
        Menu::Tasks => "Tasks",
        Menu::People => "Residents",
        Menu::Help => "Help",
        Menu::Enter => "Log in",
    }
}

/// What is wrong with a field of a form for everybody, in the words of that form where the usual ones are too general.
pub fn field(name: &str, code: FieldCode, limit: Option<usize>) -> String {
    let own = match (name, code) {
        ("login", FieldCode::Required) => "Enter your mobile number or account name.",
        ("password", FieldCode::Required) => "Enter your password.",
        ("code", FieldCode::Required) => "Enter the 12 digits on the paper.",
        ("birth_year", FieldCode::Required | FieldCode::UnreadableNumber) => {
            "Enter the year of birth in four digits, such as 2001."
        }
        ("phone", FieldCode::Required) => "Enter your mobile number, such as 0812 3456 7890.",
        ("said", FieldCode::Required) => "Tell us what happened.",
        ("kind", FieldCode::Required | FieldCode::UnknownCode) => "Choose what you want to complain about.",
        ("name", FieldCode::Required) => "Enter your name.",
        ("village", FieldCode::Required | FieldCode::UnknownVillage) => "Choose your village or ward.",
        ("setuju", FieldCode::Required) => {
            "Tick that an officer may call you. Without that we are not allowed to."
        }
        _ => return super::fields::sentence(code, limit),
    };
    own.to_owned()
}

/// Name and password that open nothing.
pub const WRONG_LOGIN: &str = "Mobile number, account name or password do not match. Please check both.";

/// A code that is refused, whatever the cause.
pub const CODE_REFUSED: &str = "The code or the year of birth does not match. Please check the 12 digits on the paper and your year of birth. A code can be \
     used only once; if need be, ask the labour office or your village companion for a new one.";

/// Number and code of a complaint that belong to none.
pub const NO_SUCH_COMPLAINT: &str = "This number and code belong to no complaint. Please check both.";

/// No district is chosen, or none of this regency.
pub const CHOOSE_DISTRICT: &str = "Choose the district you live in.";

/// How long somebody has to wait, in minutes.
pub fn wait(minutes: u64) -> String {
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    format!("Too many attempts. For safety, please try again in {minutes} {unit}.")
}
