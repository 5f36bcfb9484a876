//! Settings: defaults, then `akimat.toml`, then the environment, then the command line. They are described
//! in `docs/reference/configuration.md`.

use anyhow::{Context, bail};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
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
    /// Published criteria of recommendations; without it those of the demonstration.
    pub(crate) criteria: Option<PathBuf>,
    /// Folder of the copy of the budget cube that ad-hoc questions are answered from; without it `columns`
    /// under the data folder.
    pub(crate) columns: Option<PathBuf>,
    /// The database.
    pub(crate) database: Database,
    /// The pages.
    pub(crate) web: Web,
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
            web: Web { secure_cookie: false, behind_proxy: false, upload_mib: 64 },
        }
    }
}

/// Environment variables and the settings that they set.
const VARIABLES: [(&str, &str); 10] = [
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

    /// Where the copy of the budget cube is kept.
    pub(crate) fn columns_folder(&self) -> PathBuf {
        self.columns.clone().unwrap_or_else(|| self.data.join("columns"))
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
