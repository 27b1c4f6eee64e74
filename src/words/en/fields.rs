//! What is wrong with a field, as a sentence: of the codes that forms for everybody can answer with. Whatever else comes is told in
//! general.
use crate::domain::codes::FieldCode;

/// What is wrong, with the most characters it takes where it is too long.
pub fn sentence(code: FieldCode, limit: Option<usize>) -> String {
    let what = match code {
        FieldCode::Required => "Please fill this in",
        FieldCode::ControlCharacter => {
            "There is a character that cannot be seen or is not allowed; delete the text and type it again"
        }
        FieldCode::TooLong => "This text is too long",
        FieldCode::NikInText => "There is a NIK (identity number) in this text; please remove it",
        FieldCode::NotDialable => "This is no telephone number that can be called",
        FieldCode::NumberOutOfRange | FieldCode::OutOfRange => "This number is outside what is plausible",
        FieldCode::UnreadableNumber => "Please enter a whole number",
        FieldCode::PasswordGuessable => {
            "This password is easy to guess; use several words that have nothing to do with your name, mobile number or home"
        }
        FieldCode::PasswordTooLong => "This password is too long",
        FieldCode::PasswordTooShort => "A password has at least 8 characters",
        FieldCode::PhoneForeign => {
            "This number is from another country; please enter an Indonesian mobile number (08 or +628)"
        }
        FieldCode::PhoneLength => "This is too short or too long for a mobile number",
        FieldCode::PhoneNotDigit => "A mobile number has digits only",
        FieldCode::PhoneNotMobile => "A mobile number begins with 08 or +628",
        FieldCode::PhoneTaken => {
            "There are four accounts with this number already; use another number or ask the labour office for help"
        }
        FieldCode::UnknownCode | FieldCode::UnknownValue => "This choice is not known",
        FieldCode::UnknownVillage => "This village is not in Sukoharjo Regency",
        _ => "This cannot be accepted as it stands; please check it",
    };
    limit.map_or_else(|| format!("{what}."), |most| format!("{what}; at most {most} characters."))
}
