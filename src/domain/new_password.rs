//! A forgotten password by mail: how long the key in a mail holds, and how often one is sent. Belongs here: these figures. Does
//! not belong here: who may ask (`app::accounts::forgotten`), the mail (`words`).
use chrono::TimeDelta;

/// How long the key in a mail holds, from when it left.
pub const KEY_MINUTES: i64 = 60;

/// For one account no further mail is made so soon after the last one was asked for.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(5);

/// What was asked for is forgotten so long afterwards.
pub const KEPT: TimeDelta = TimeDelta::days(1);

/// Questions from one address within `ADDRESS_MINUTES` after which that address waits: as many as sixty people ask at one connection.
pub const ADDRESS_QUESTIONS: u32 = 60;

/// How long they are remembered, minutes.
pub const ADDRESS_MINUTES: u64 = 60;
