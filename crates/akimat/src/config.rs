//! Settings: defaults, then `akimat.toml`, then the environment, then the command line. They are described
//! in `docs/reference/configuration.md`.

use akimat_app::open_contracting::Settings;
use akimat_app::session::SessionTerms;
use anyhow::{Context, bail};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The file that is read when none is named and it is there.
const DEFAULT_FILE: &str = "akimat.toml";

/// Which settings a command uses.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Home {
    /// Settings; without it ./akimat.toml where there is one
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Folder of the embedded database
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

/// All settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Address to serve on.
    pub(crate) listen: SocketAddr,
    /// Folder of the embedded database.
    pub(crate) data: PathBuf,
    /// Time zone of the territory, by its name in the IANA list.
    pub(crate) zone: String,
    /// Published criteria; without it those of the demonstration.
    pub(crate) criteria: Option<PathBuf>,
    /// Folder of the copy of the budget cube that ad-hoc questions are answered from; without it `columns`
    /// under the data folder.
    pub(crate) columns: Option<PathBuf>,
    /// The database.
    pub(crate) database: Database,
    /// The pages.
    pub(crate) web: Web,
    /// Letters.
    pub(crate) mail: Mail,
    /// Short messages, by a gateway.
    pub(crate) sms: Sms,
    /// Messages by a bot of Telegram.
    pub(crate) telegram: TelegramBot,
    /// Messages to browsers.
    pub(crate) push: Push,
    /// The map.
    pub(crate) map: Map,
    /// Accounts.
    pub(crate) security: Security,
    /// Identity providers that people may sign in by.
    pub(crate) provider: Vec<Provider>,
    /// Publication by the standards of open contracting.
    pub(crate) open_contracting: OpenContracting,
    /// The transparency log.
    pub(crate) log: Log,
    /// What acts need of persons, and how long records about them are kept.
    pub(crate) identity: Identity,
}

/// What acts need of persons, and how long records about them are kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Identity {
    /// File of requirements; without it that of the program.
    pub(crate) requirements: Option<PathBuf>,
    /// File of terms; without it that of the program.
    pub(crate) retention: Option<PathBuf>,
    /// Folder of certificates of authorities and lists of revoked ones; without it persons cannot sign who they are.
    pub(crate) trust: Option<PathBuf>,
    /// Program that checks documents signed by algorithms that are not known here, such as GOST.
    pub(crate) signature_program: Option<PathBuf>,
}

/// The transparency log.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Log {
    /// Name of the log, such as `akimat.example.kz/log`; taken at the first start and never changed. Without it the host
    /// of `web.origin`.
    pub(crate) name: Option<String>,
    /// File of the private key; without it `log.key` under the data folder. Servers on one database share it.
    pub(crate) key: Option<PathBuf>,
    /// File of the key by which this platform witnesses other logs; without it `witness.key` under the data folder.
    pub(crate) witness_key: Option<PathBuf>,
    /// Who witnesses this log.
    pub(crate) witnesses: Vec<Witness>,
    /// Keys of the logs that this platform witnesses.
    pub(crate) watches: Vec<String>,
}

/// Who witnesses the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Witness {
    /// Public key of the witness, the second line of its `/log/vkey`.
    pub(crate) key: String,
    /// Address before `/add-checkpoint`, such as `https://region.example.kz/log`.
    pub(crate) url: String,
}

/// Publication by the standards of open contracting.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenContracting {
    /// Prefix of contracting processes; a placeholder until one is registered.
    pub(crate) ocds_prefix: String,
    /// Prefix of projects; a placeholder until one is registered.
    pub(crate) oc4ids_prefix: String,
    /// Name of the publisher; empty: the territory.
    pub(crate) publisher: String,
    /// Address of the publisher; empty: that of the platform.
    pub(crate) publisher_uri: String,
    /// Address of the licence.
    pub(crate) license: String,
}

impl OpenContracting {
    /// What the use cases are told.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            ocds_prefix: self.ocds_prefix.clone(),
            oc4ids_prefix: self.oc4ids_prefix.clone(),
            publisher: self.publisher.clone(),
            publisher_uri: self.publisher_uri.clone(),
            license: self.license.clone(),
        }
    }
}

impl Default for OpenContracting {
    fn default() -> Self {
        let Settings { ocds_prefix, oc4ids_prefix, publisher, publisher_uri, license } = Settings::default();
        Self { ocds_prefix, oc4ids_prefix, publisher, publisher_uri, license }
    }
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// `sqlite:PATH` or `postgres://...`; without it `sqlite:` under the data folder.
    pub(crate) url: Option<String>,
    /// Connections at most: PostgreSQL's all, SQLite's reading ones.
    pub(crate) connections: Option<usize>,
}

/// The pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Web {
    /// The session cookie travels over TLS only.
    pub(crate) secure_cookie: bool,
    /// A proxy of one's own sets `X-Forwarded-For`.
    pub(crate) behind_proxy: bool,
    /// Largest upload in mebibytes.
    pub(crate) upload_mib: usize,
    /// Address of the platform for those outside, such as `https://akimat.example.kz`: links in letters, feeds and
    /// codes begin with it.
    pub(crate) origin: String,
}

/// Letters: by a mail server, or into a folder. Without both nobody can subscribe.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// `smtps://USER:PASSWORD@HOST`, `smtp://USER:PASSWORD@HOST:587?tls=required` or `smtp://localhost:25`.
    pub(crate) smtp: Option<String>,
    /// Folder in which letters are put as files, for rehearsals.
    pub(crate) folder: Option<PathBuf>,
    /// Who writes: an address or `Name <address>`.
    pub(crate) from: String,
}

/// Short messages by a gateway that is asked over HTTP. Without an address there are none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Sms {
    /// Address; `{to}`, `{text}` and `{ref}` stand for number, words and what is the same in a second attempt.
    pub(crate) url: String,
    /// Body with the same places; empty: the gateway is asked by GET.
    pub(crate) body: String,
    /// Kind of the body: `application/json` or `application/x-www-form-urlencoded`.
    pub(crate) content_type: String,
    /// File whose only line is the value of the header `Authorization`.
    pub(crate) authorization_file: Option<PathBuf>,
    /// Words of an answer that takes the message, for gateways that refuse with 200.
    pub(crate) taken: String,
}

/// A bot of Telegram. Without a token there is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TelegramBot {
    /// File with the token.
    pub(crate) token_file: Option<PathBuf>,
    /// Name of the bot, without `@`.
    pub(crate) bot: String,
    /// Address of the Bot API.
    pub(crate) url: String,
}

impl Default for TelegramBot {
    fn default() -> Self {
        Self { token_file: None, bot: String::new(), url: "https://api.telegram.org".to_owned() }
    }
}

/// Messages to browsers. Without an address of whom push services may write to there are none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Push {
    /// `mailto:` or `https:` address of the operator, for push services.
    pub(crate) contact: String,
    /// File of the private key; without it `push.key` under the data folder. Another key ends every subscription.
    pub(crate) key: Option<PathBuf>,
    /// Hosts of push services that may be asked.
    pub(crate) services: Vec<String>,
}

impl Default for Push {
    fn default() -> Self {
        let services = akimat_mail::push::SERVICES.map(str::to_owned).into();
        Self { contact: String::new(), key: None, services }
    }
}

/// Accounts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Security {
    /// File of the platform's key; without it `platform.key` under the data folder.
    pub(crate) key_file: Option<PathBuf>,
    /// File of the key of ballots; without it `ballot.key` under the data folder.
    pub(crate) ballot_key_file: Option<PathBuf>,
    /// Everybody who works here needs a second step of signing in.
    pub(crate) staff_second_factor: bool,
    /// A resident's session ends when it was not used for so many hours.
    pub(crate) rest_hours: u32,
    /// The session of somebody who works here ends when it was not used for so many minutes.
    pub(crate) staff_rest_minutes: u32,
    /// The session of somebody who works here ends after so many hours.
    pub(crate) staff_session_hours: u32,
}

impl Security {
    /// How long sessions last.
    pub(crate) fn session_terms(&self) -> SessionTerms {
        SessionTerms {
            rest: SignedDuration::from_hours(self.rest_hours.into()),
            staff_rest: SignedDuration::from_mins(self.staff_rest_minutes.into()),
            staff_whole: SignedDuration::from_hours(self.staff_session_hours.into()),
        }
    }
}

impl Default for Security {
    fn default() -> Self {
        Self {
            key_file: None,
            ballot_key_file: None,
            staff_second_factor: false,
            rest_hours: 72,
            staff_rest_minutes: 60,
            staff_session_hours: 12,
        }
    }
}

/// An identity provider (OpenID Connect).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Provider {
    /// Its name in addresses.
    pub(crate) name: String,
    /// Its name for people.
    pub(crate) label: String,
    /// Its address, exactly as it calls itself.
    pub(crate) issuer: String,
    /// Our name there.
    pub(crate) client_id: String,
    /// File with our secret there.
    pub(crate) client_secret_file: Option<PathBuf>,
    /// What is asked for besides `openid`.
    pub(crate) scopes: Vec<String>,
    /// Level of assurance of each of its classes.
    pub(crate) levels: std::collections::BTreeMap<String, u8>,
}

/// The map of projects.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Map {
    /// Address of a tile with `{z}`, `{x}` and `{y}`; without it no picture comes from elsewhere.
    pub(crate) tiles: Option<String>,
    /// Whose map it is, as its licence asks.
    pub(crate) attribution: String,
}

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DatabaseUrl {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(String),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("akimat-data"),
            zone: "Asia/Almaty".to_owned(),
            criteria: None,
            columns: None,
            database: Database { url: None, connections: None },
            web: Web { secure_cookie: false, behind_proxy: false, upload_mib: 64, origin: String::new() },
            mail: Mail::default(),
            sms: Sms::default(),
            telegram: TelegramBot::default(),
            push: Push::default(),
            map: Map::default(),
            security: Security::default(),
            provider: Vec::new(),
            open_contracting: OpenContracting::default(),
            log: Log::default(),
            identity: Identity::default(),
        }
    }
}

/// Environment variables and the settings that they set.
const VARIABLES: [(&str, &str); 39] = [
    ("log_name", "log.name"),
    ("log_key", "log.key"),
    ("log_witness_key", "log.witness_key"),
    ("identity_requirements", "identity.requirements"),
    ("identity_retention", "identity.retention"),
    ("identity_trust", "identity.trust"),
    ("identity_signature_program", "identity.signature_program"),
    ("security_key_file", "security.key_file"),
    ("security_ballot_key_file", "security.ballot_key_file"),
    ("security_staff_second_factor", "security.staff_second_factor"),
    ("security_rest_hours", "security.rest_hours"),
    ("security_staff_rest_minutes", "security.staff_rest_minutes"),
    ("security_staff_session_hours", "security.staff_session_hours"),
    ("listen", "listen"),
    ("data", "data"),
    ("zone", "zone"),
    ("criteria", "criteria"),
    ("columns", "columns"),
    ("database_url", "database.url"),
    ("database_connections", "database.connections"),
    ("web_secure_cookie", "web.secure_cookie"),
    ("web_behind_proxy", "web.behind_proxy"),
    ("web_upload_mib", "web.upload_mib"),
    ("open_contracting_ocds_prefix", "open_contracting.ocds_prefix"),
    ("open_contracting_oc4ids_prefix", "open_contracting.oc4ids_prefix"),
    ("open_contracting_publisher", "open_contracting.publisher"),
    ("open_contracting_publisher_uri", "open_contracting.publisher_uri"),
    ("open_contracting_license", "open_contracting.license"),
    ("web_origin", "web.origin"),
    ("mail_smtp", "mail.smtp"),
    ("mail_folder", "mail.folder"),
    ("mail_from", "mail.from"),
    ("sms_url", "sms.url"),
    ("sms_authorization_file", "sms.authorization_file"),
    ("telegram_token_file", "telegram.token_file"),
    ("telegram_bot", "telegram.bot"),
    ("push_contact", "push.contact"),
    ("map_tiles", "map.tiles"),
    ("map_attribution", "map.attribution"),
];

impl Config {
    /// Reads the settings that a command was given.
    ///
    /// # Errors
    /// When a named file is absent, or a setting is unknown or wrong.
    pub(crate) fn load(home: &Home) -> anyhow::Result<Self> {
        let file = match &home.config {
            Some(path) if !path.is_file() => bail!("there is no settings file {}", path.display()),
            Some(path) => path.clone(),
            None => PathBuf::from(DEFAULT_FILE),
        };
        Self::read(&file, home.data.as_deref())
    }

    fn read(file: &Path, data: Option<&Path>) -> anyhow::Result<Self> {
        let variables = Env::prefixed("AKIMAT_").filter_map(|name| {
            let known = VARIABLES.iter().find(|(variable, _)| name == *variable);
            known.map(|(_, setting)| (*setting).into())
        });
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if file.is_file() {
            figment = figment.merge(Toml::file_exact(file));
        }
        let mut config: Self = figment.merge(variables).extract().context("a setting is wrong")?;
        if let Some(data) = data {
            data.clone_into(&mut config.data);
            // A folder named on the command line means the database in it, whatever the file says.
            config.database.url = None;
        }
        Ok(config)
    }

    /// Where the platform is for those outside, without a closing slash.
    pub(crate) fn outside(&self) -> &str {
        let origin = self.web.origin.trim_end_matches('/');
        if origin.is_empty() { "http://localhost:8080" } else { origin }
    }

    /// Where the key of the platform is.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.security.key_file.clone().unwrap_or_else(|| self.data.join("platform.key"))
    }

    /// Where the key of ballots is.
    pub(crate) fn ballot_key_file(&self) -> PathBuf {
        self.security.ballot_key_file.clone().unwrap_or_else(|| self.data.join("ballot.key"))
    }

    /// File of the private key of messages to browsers.
    pub(crate) fn push_key(&self) -> PathBuf {
        self.push.key.clone().unwrap_or_else(|| self.data.join("push.key"))
    }

    /// File of the log's private key.
    pub(crate) fn log_key(&self) -> PathBuf {
        self.log.key.clone().unwrap_or_else(|| self.data.join("log.key"))
    }

    /// File of the private key by which other logs are witnessed.
    pub(crate) fn witness_key(&self) -> PathBuf {
        self.log.witness_key.clone().unwrap_or_else(|| self.data.join("witness.key"))
    }

    /// Name that a new log gets.
    pub(crate) fn log_name(&self) -> String {
        self.log.name.clone().unwrap_or_else(|| format!("{}/log", self.host()))
    }

    /// Name that this platform gets as a witness.
    pub(crate) fn witness_name(&self) -> String {
        format!("{}/witness", self.host())
    }

    /// Host and port of the platform for those outside.
    fn host(&self) -> &str {
        let outside = self.outside();
        outside.split_once("://").map_or(outside, |(_, host)| host)
    }

    /// Where the copy of the budget cube is kept.
    pub(crate) fn columns_folder(&self) -> PathBuf {
        self.columns.clone().unwrap_or_else(|| self.data.join("columns"))
    }

    /// Where photographs lie while they arrive: on the disk of the data, because the folder of the system for such
    /// files is memory on many servers.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn upload_folder(&self) -> anyhow::Result<PathBuf> {
        let folder = self.data.join("uploads");
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    }

    /// Where the data lives.
    ///
    /// # Errors
    /// When the address is of no known kind.
    pub(crate) fn database_url(&self) -> anyhow::Result<DatabaseUrl> {
        let Some(url) = &self.database.url else {
            return Ok(DatabaseUrl::Sqlite(self.data.join("akimat.db")));
        };
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(url.clone()));
        }
        bail!("database.url begins with neither sqlite: nor postgres://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_overrides_defaults_and_a_folder_overrides_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("akimat.toml");
        std::fs::write(&file, "listen = '0.0.0.0:90'\n[database]\nurl = 'postgres://x/y'\n").unwrap();
        let config = Config::read(&file, None).unwrap();
        assert_eq!(config.listen.port(), 90);
        assert_eq!(config.database_url().unwrap(), DatabaseUrl::Postgres("postgres://x/y".to_owned()));
        let config = Config::read(&file, Some(Path::new("d"))).unwrap();
        assert_eq!(config.database_url().unwrap(), DatabaseUrl::Sqlite(PathBuf::from("d/akimat.db")));
    }

    #[test]
    fn a_misspelt_setting_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("akimat.toml");
        std::fs::write(&file, "lisen = '0.0.0.0:90'\n").unwrap();
        assert!(format!("{:#}", Config::read(&file, None).unwrap_err()).contains("lisen"));
    }

    #[test]
    fn only_known_databases_are_opened() {
        let mut config = Config::default();
        let url = |config: &Config| config.database_url().map_err(|_| ());
        assert_eq!(url(&config), Ok(DatabaseUrl::Sqlite(PathBuf::from("akimat-data/akimat.db"))));
        config.database.url = Some("sqlite:///srv/a.db".to_owned());
        assert_eq!(url(&config), Ok(DatabaseUrl::Sqlite(PathBuf::from("/srv/a.db"))));
        config.database.url = Some("mysql://x".to_owned());
        assert_eq!(url(&config), Err(()));
    }
}
