//! Where the service finds its things: defaults < TOML file < environment < flags. All mistakes are reported at once.
//! The database URL holds a password and may therefore also stand in a file that `DATABASE_URL_FILE` names; the keys are a
//! file already. Nothing here opens a database or a socket.
use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Format, Toml},
    value::Value,
};
use thiserror::Error;

use crate::domain::message::Office;

/// The file read when none is named and it exists.
pub const DEFAULT_FILE: &str = "padankerja.toml";

/// Settings of one installation. Its Debug form leaves the database password out.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// `sqlite://path` or `postgres://..`.
    pub database_url: String,
    /// Where the service listens.
    pub listen: SocketAddr,
    /// Where metrics are told, when anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Folder of the search index, and by default of database and keys.
    pub data_dir: PathBuf,
    /// File of the keys that never enter the database.
    pub keys_file: PathBuf,
    /// Where people reach the service from outside (`https://kerja.example.go.id`), for what is printed and sent.
    pub public_url: Option<String>,
    /// Proxies that tell truly where a request came from (`X-Forwarded-For`).
    pub trusted_proxies: Vec<IpAddr>,
    /// In whose name messages go out: name, number, address.
    pub office: Office,
    /// Where messages leave.
    pub post: PostSettings,
    /// Filter of the log, as `tracing_subscriber` reads it; what is told by itself depends on the command.
    pub log: Option<String>,
}

/// Where messages leave: a mail server, the office's own box, a gateway for texts to people. Mail server and key are secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PostSettings {
    /// `smtp://name:password@host:587?tls=required`, or `smtps://`.
    pub mail_url: Option<String>,
    /// The sender: `Disperinaker <kerja@example.go.id>`.
    pub mail_from: Option<String>,
    /// Where the office reads what it is told.
    pub office_mail: Option<String>,
    /// Where texts to people are handed over.
    pub gateway_url: Option<String>,
    /// The key with which they are signed.
    pub gateway_key: Option<String>,
}

impl fmt::Debug for PostSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostSettings")
            .field("mail", &self.mail_url.is_some())
            .field("mail_from", &self.mail_from)
            .field("office_mail", &self.office_mail)
            .field("gateway_url", &self.gateway_url)
            .finish_non_exhaustive()
    }
}

/// Settings given on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// The TOML file, instead of `padankerja.toml`.
    pub file: Option<PathBuf>,
    /// Name and value of the others (`listen`, `0.0.0.0:80`).
    pub values: Vec<(&'static str, String)>,
}

/// What is wrong with the settings, all of it.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("the settings cannot be used:{}", list(.0))]
pub struct Mistakes(pub Vec<Mistake>);

/// One thing wrong with the settings. `origin` says where it was set: a file and its line, a variable, a flag.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mistake {
    /// The file that is named, or that should hold a secret, cannot be read.
    #[error("{origin}: cannot be read: {detail}")]
    Unreadable {
        /// Where it was named.
        origin: String,
        /// What the system says.
        detail: String,
    },
    /// The file is no TOML.
    #[error("{origin}: is not TOML: {detail}")]
    NotToml {
        /// The file.
        origin: String,
        /// What the parser says.
        detail: String,
    },
    /// Something else than text in the file.
    #[error("{origin}: must be text in quotes")]
    NotQuoted {
        /// File and name.
        origin: String,
    },
    /// Both a variable and the one that names a file for it.
    #[error("{one} and {other}: set one of them")]
    SetTwice {
        /// The variable.
        one: String,
        /// That of the file.
        other: String,
    },
    /// A name that nothing goes by.
    #[error("{origin}: no such setting")]
    Unknown {
        /// Where it was set.
        origin: String,
    },
    /// The URL of another kind of database.
    #[error("{origin}: must start with sqlite:// or postgres://")]
    Scheme {
        /// Where it was set.
        origin: String,
    },
    /// A path that is empty.
    #[error("{origin}: must not be empty")]
    Empty {
        /// Where it was set.
        origin: String,
    },
    /// No address of a machine.
    #[error("{origin}: {value}: not an address like 10.0.0.1")]
    Proxy {
        /// Where it was set.
        origin: String,
        /// What was given.
        value: String,
    },
    /// A setting that another one needs.
    #[error("{origin}: {needed} must be set too")]
    Lacks {
        /// Where it was set.
        origin: String,
        /// What is missing.
        needed: &'static str,
    },
    /// No address of a site.
    #[error("{origin}: {value}: not an address like https://kerja.example.go.id")]
    Url {
        /// Where it was set.
        origin: String,
        /// What was given.
        value: String,
    },
    /// No address with a port.
    #[error("{origin}: {value}: not an address like 127.0.0.1:8080")]
    Address {
        /// Where it was set.
        origin: String,
        /// What was given.
        value: String,
    },
}

/// One setting: its name in TOML and on flags, its environment variable, whether `<VARIABLE>_FILE` may hold it.
struct Setting {
    name: &'static str,
    variable: &'static str,
    secret: bool,
}

const SETTINGS: &[Setting] = &[
    Setting { name: "database_url", variable: "DATABASE_URL", secret: true },
    Setting { name: "listen", variable: "PADANKERJA_LISTEN", secret: false },
    Setting { name: "metrics_listen", variable: "PADANKERJA_METRICS_LISTEN", secret: false },
    Setting { name: "public_url", variable: "PADANKERJA_PUBLIC_URL", secret: false },
    Setting { name: "trusted_proxies", variable: "PADANKERJA_TRUSTED_PROXIES", secret: false },
    Setting { name: "office_name", variable: "PADANKERJA_OFFICE_NAME", secret: false },
    Setting { name: "office_phone", variable: "PADANKERJA_OFFICE_PHONE", secret: false },
    Setting { name: "office_mail", variable: "PADANKERJA_OFFICE_MAIL", secret: false },
    Setting { name: "mail_url", variable: "PADANKERJA_MAIL_URL", secret: true },
    Setting { name: "mail_from", variable: "PADANKERJA_MAIL_FROM", secret: false },
    Setting { name: "gateway_url", variable: "PADANKERJA_GATEWAY_URL", secret: false },
    Setting { name: "gateway_key", variable: "PADANKERJA_GATEWAY_KEY", secret: true },
    Setting { name: "data_dir", variable: "PADANKERJA_DATA_DIR", secret: false },
    Setting { name: "keys_file", variable: "PADANKERJA_KEYS_FILE", secret: false },
    Setting { name: "log", variable: "PADANKERJA_LOG", secret: false },
];

/// Names the file, like the flag `--config`.
const FILE_VARIABLE: &str = "PADANKERJA_CONFIG";
const PREFIX: &str = "PADANKERJA_";

impl Config {
    /// Reads the settings from the file, the process's environment and the flags.
    pub fn load(flags: &Flags) -> Result<Self, Mistakes> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        });
        Self::from_sources(flags, &environment.collect())
    }

    /// Reads the settings from the file, the given environment and the flags.
    pub fn from_sources(flags: &Flags, environment: &BTreeMap<String, String>) -> Result<Self, Mistakes> {
        let mut reading = Reading::default();
        let named = flags.file.clone().or_else(|| environment.get(FILE_VARIABLE).map(PathBuf::from));
        reading.file(named.as_deref());
        reading.environment(environment);
        for (name, value) in &flags.values {
            reading.set(name, value.clone(), format!("--{}", name.replace('_', "-")));
        }
        reading.finish()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("database_url", &without_password(&self.database_url))
            .field("listen", &self.listen)
            .field("metrics_listen", &self.metrics_listen)
            .field("data_dir", &self.data_dir)
            .field("keys_file", &self.keys_file)
            .field("public_url", &self.public_url)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("office", &self.office)
            .field("post", &self.post)
            .field("log", &self.log)
            .finish()
    }
}

/// The URL as it may be shown: `postgres://user:***@host/name`.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:***@{host}")
}

/// Values collected so far, each with where it came from, and what was wrong.
#[derive(Default)]
struct Reading {
    values: BTreeMap<&'static str, (String, String)>,
    mistakes: Vec<Mistake>,
}

impl Reading {
    fn file(&mut self, named: Option<&Path>) {
        let path = named.unwrap_or(Path::new(DEFAULT_FILE));
        if named.is_none() && !path.exists() {
            return;
        }
        let shown = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return self.mistakes.push(unreadable(shown, error)),
        };
        let table: BTreeMap<String, Value> = match Figment::from(Toml::string(&text)).extract() {
            Ok(table) => table,
            Err(error) => {
                return self
                    .mistakes
                    .push(Mistake::NotToml { origin: shown.to_string(), detail: error.to_string() });
            }
        };
        for (name, value) in table {
            match value.into_string() {
                Some(value) => self.set(&name, value, format!("{shown}: {name}")),
                None => self.mistakes.push(Mistake::NotQuoted { origin: format!("{shown}: {name}") }),
            }
        }
    }

    fn environment(&mut self, environment: &BTreeMap<String, String>) {
        for setting in SETTINGS {
            let file_variable = format!("{}_FILE", setting.variable);
            let direct = environment.get(setting.variable);
            let held = environment.get(&file_variable).filter(|_| setting.secret);
            match (direct, held) {
                // An empty one was left open, as a file for containers does with what nobody set.
                (Some(value), Some(_)) if !value.is_empty() => {
                    self.mistakes
                        .push(Mistake::SetTwice { one: setting.variable.to_owned(), other: file_variable });
                }
                (Some(value), None) => {
                    self.set(setting.name, value.clone(), setting.variable.to_owned());
                }
                (_, Some(path)) => match std::fs::read_to_string(path) {
                    Ok(text) => self.set(setting.name, text.trim_end().to_owned(), file_variable),
                    Err(error) => self.mistakes.push(unreadable(format!("{file_variable}: {path}"), error)),
                },
                (None, None) => {}
            }
        }
        let known = |name: &str| name == FILE_VARIABLE || SETTINGS.iter().any(|s| s.variable == name);
        let unknown = environment.keys().filter(|name| name.starts_with(PREFIX) && !known(name));
        self.mistakes.extend(unknown.map(|name| Mistake::Unknown { origin: name.clone() }));
    }

    fn set(&mut self, name: &str, value: String, origin: String) {
        match SETTINGS.iter().find(|setting| setting.name == name) {
            Some(setting) => {
                self.values.insert(setting.name, (value, origin));
            }
            None => self.mistakes.push(Mistake::Unknown { origin }),
        }
    }

    fn finish(mut self) -> Result<Config, Mistakes> {
        let database_url = self.text("database_url");
        let known_scheme = ["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| database_url.starts_with(scheme));
        if !known_scheme {
            let origin = self.origin("database_url");
            self.mistakes.push(Mistake::Scheme { origin });
        }
        let listen = self.address("listen");
        let metrics_listen = self.address("metrics_listen");
        let public_url = self.public_url();
        let trusted_proxies = self.proxies();
        let office = self.office(public_url.clone());
        let post = self.post();
        let config = listen.map(|listen| Config {
            database_url,
            listen,
            metrics_listen,
            public_url,
            trusted_proxies,
            office,
            post,
            data_dir: self.text("data_dir").into(),
            keys_file: self.text("keys_file").into(),
            log: Some(self.text("log")).filter(|filter| !filter.is_empty()),
        });
        for empty in ["data_dir", "keys_file"] {
            if self.text(empty).is_empty() {
                let origin = self.origin(empty);
                self.mistakes.push(Mistake::Empty { origin });
            }
        }
        config.filter(|_| self.mistakes.is_empty()).ok_or(Mistakes(self.mistakes))
    }

    /// The value, or the default: database and keys are in the data folder, wherever that is.
    fn text(&self, name: &str) -> String {
        if let Some((value, _)) = self.values.get(name) {
            return value.clone();
        }
        match name {
            "database_url" => format!("sqlite://{}/padankerja.db", self.text("data_dir")),
            "keys_file" => format!("{}/keys.json", self.text("data_dir")),
            "data_dir" => "data".to_owned(),
            "listen" => "127.0.0.1:8080".to_owned(),
            _ => String::new(),
        }
    }

    /// Without the stroke at its end.
    fn public_url(&mut self) -> Option<String> {
        let text = self.text("public_url");
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_url = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
        if !text.is_empty() && !is_url {
            let origin = self.origin("public_url");
            self.mistakes.push(Mistake::Url { origin, value: text.clone() });
        }
        is_url.then(|| text.trim_end_matches('/').to_owned())
    }

    fn office(&self, address: Option<String>) -> Office {
        let usual = Office::default();
        let name = self.optional("office_name").unwrap_or(usual.name);
        Office { name, phone: self.optional("office_phone").unwrap_or_default(), address }
    }

    /// What goes out names sender and number: whoever sets a way out sets them too.
    fn post(&mut self) -> PostSettings {
        for (given, needed) in [
            ("mail_url", "mail_from"),
            ("mail_url", "office_phone"),
            ("gateway_url", "gateway_key"),
            ("gateway_url", "office_phone"),
        ] {
            if self.optional(given).is_some() && self.optional(needed).is_none() {
                let origin = self.origin(given);
                self.mistakes.push(Mistake::Lacks { origin, needed });
            }
        }
        PostSettings {
            mail_url: self.optional("mail_url"),
            mail_from: self.optional("mail_from"),
            office_mail: self.optional("office_mail"),
            gateway_url: self.optional("gateway_url"),
            gateway_key: self.optional("gateway_key"),
        }
    }

    fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Addresses parted by commas or blanks.
    fn proxies(&mut self) -> Vec<IpAddr> {
        let text = self.text("trusted_proxies");
        let mut found = Vec::new();
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(address) => found.push(address),
                Err(_) => {
                    let origin = self.origin("trusted_proxies");
                    self.mistakes.push(Mistake::Proxy { origin, value: part.to_owned() });
                }
            }
        }
        found
    }

    fn origin(&self, name: &str) -> String {
        self.values.get(name).map_or_else(|| name.to_owned(), |(_, origin)| origin.clone())
    }

    fn address(&mut self, name: &str) -> Option<SocketAddr> {
        let text = self.text(name);
        if text.is_empty() && name != "listen" {
            return None;
        }
        match text.parse() {
            Ok(address) => Some(address),
            Err(_) => {
                let origin = self.origin(name);
                self.mistakes.push(Mistake::Address { origin, value: text });
                None
            }
        }
    }
}

fn unreadable(origin: impl fmt::Display, error: std::io::Error) -> Mistake {
    Mistake::Unreadable { origin: origin.to_string(), detail: error.to_string() }
}

fn list(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("\n  {mistake}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_way_out_names_sender_and_number() {
        let set = environment(&[
            ("PADANKERJA_MAIL_URL", "smtp://u:rahasia@h"),
            ("PADANKERJA_GATEWAY_URL", "https://g"),
        ]);
        let Mistakes(mistakes) = Config::from_sources(&Flags::default(), &set).unwrap_err();
        let needed: Vec<&str> = mistakes
            .iter()
            .filter_map(|mistake| match mistake {
                Mistake::Lacks { needed, .. } => Some(*needed),
                _ => None,
            })
            .collect();
        assert_eq!(needed, ["mail_from", "office_phone", "gateway_key", "office_phone"]);
        let set = environment(&[
            ("PADANKERJA_MAIL_URL", "smtp://u:rahasia@h"),
            ("PADANKERJA_MAIL_FROM", "kerja@example.go.id"),
            ("PADANKERJA_OFFICE_PHONE", "(0271) 000000"),
        ]);
        let config = Config::from_sources(&Flags::default(), &set).unwrap();
        assert_eq!(
            (config.office.phone.as_str(), config.post.office_mail.as_deref()),
            ("(0271) 000000", None)
        );
        assert!(!format!("{config:?}").contains("rahasia"), "{config:?}");
    }

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn later_sources_win() {
        let (_folder, path) = written("listen = \"127.0.0.1:1\"\nlog = \"warn\"\ndata_dir = \"/srv\"\n");
        let set = environment(&[("PADANKERJA_LISTEN", "127.0.0.1:2"), ("PADANKERJA_LOG", "debug")]);
        let flags = Flags { file: Some(path), values: vec![("listen", "127.0.0.1:3".to_owned())] };
        let config = Config::from_sources(&flags, &set).unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.log.as_deref(), Some("debug"));
        assert_eq!(config.data_dir, Path::new("/srv"));
        assert_eq!(config.database_url, "sqlite:///srv/padankerja.db");
        assert_eq!(config.keys_file, Path::new("/srv/keys.json"));
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let config = Config::from_sources(&Flags::default(), &BTreeMap::new()).unwrap();
        assert_eq!(config.database_url, "sqlite://data/padankerja.db");
        assert_eq!(config.keys_file, Path::new("data/keys.json"));
        assert_eq!((config.listen.port(), config.metrics_listen), (8080, None));
        assert_eq!(config.log, None);
    }

    #[test]
    fn where_people_come_from_is_read() {
        let read = |url: &str, proxies: &str| {
            let set = environment(&[("PADANKERJA_PUBLIC_URL", url), ("PADANKERJA_TRUSTED_PROXIES", proxies)]);
            Config::from_sources(&Flags::default(), &set)
        };
        let config = read("https://kerja.example/", "10.0.0.1, ::1").unwrap();
        assert_eq!(config.public_url.as_deref(), Some("https://kerja.example"));
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(read("", "").unwrap().public_url, None);
        assert_eq!(read("kerja.example", "10.0.0.x").unwrap_err().0.len(), 2);
    }

    #[test]
    fn the_file_may_be_named_by_the_environment() {
        let (_folder, path) = written("log = \"error\"");
        let set = environment(&[(FILE_VARIABLE, path.to_str().unwrap())]);
        assert_eq!(Config::from_sources(&Flags::default(), &set).unwrap().log.as_deref(), Some("error"));
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let (_folder, path) = written("listn = \"x\"\nlog = 3\nmetrics_listen = \"there\"");
        let set = environment(&[
            ("PADANKERJA_LISTEN", "here"),
            ("PADANKERJA_LITSEN", "x"),
            ("DATABASE_URL", "mysql://x"),
            ("HOME", "/nowhere"),
        ]);
        let flags = Flags { file: Some(path), values: Vec::new() };
        let Mistakes(mistakes) = Config::from_sources(&flags, &set).unwrap_err();
        assert_eq!(mistakes.len(), 6, "{mistakes:#?}");
        for part in ["listn", "log", "there", "here", "LITSEN", "DATABASE_URL"] {
            assert!(
                mistakes.iter().any(|mistake| mistake.to_string().contains(part)),
                "{part} is not in {mistakes:#?}"
            );
        }
    }

    #[test]
    fn a_missing_named_file_is_a_mistake() {
        let flags = Flags { file: Some("/no/such/file.toml".into()), values: Vec::new() };
        assert!(Config::from_sources(&flags, &BTreeMap::new()).is_err());
    }

    #[test]
    fn a_secret_may_stand_in_a_file() {
        let (_folder, path) = written("postgres://u:secret@db/name\n");
        let path = path.to_str().unwrap();
        let config = Config::from_sources(&Flags::default(), &environment(&[("DATABASE_URL_FILE", path)]));
        let config = config.unwrap();
        assert_eq!(config.database_url, "postgres://u:secret@db/name");
        assert!(!format!("{config:?}").contains("secret"));
        let both = environment(&[("DATABASE_URL_FILE", path), ("DATABASE_URL", "sqlite://x")]);
        assert!(Config::from_sources(&Flags::default(), &both).is_err());
    }
}
