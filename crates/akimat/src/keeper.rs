//! The keys of the transparency log, which are never in the database: files that only the operator can read.

use crate::compose::Platform;
use crate::config::{Config, Log};
use akimat_app::log::{LastSigned, LogKeeper, WitnessAddress, WitnessClient};
use akimat_app::{App, Chance, SystemChance};
use akimat_log::note::KeyKind;
use akimat_log::{Signer, Verifier};
use anyhow::{Context, bail};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long an answer of another platform may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most bytes of an answer that is read.
pub(crate) const ANSWER_MAX: u64 = 32 << 20;

/// The platform with its log: keys are made at the first start. Without its key a log that has entries is not signed,
/// and the platform serves on.
///
/// # Errors
/// When a key is there and cannot be read, or a setting is wrong.
pub(crate) async fn attach(config: &Config, platform: Platform) -> anyhow::Result<Platform> {
    let path = config.log_key();
    if !path.exists() && platform.store.find_latest_log_checkpoint().await?.is_some() {
        tracing::error!(key = %path.display(), "the key of the transparency log is missing: nothing is signed");
        return Ok(platform);
    }
    let signer = read_or_make(&path, &config.log_name(), KeyKind::Log)?;
    if signer.verifier().name() != config.log_name() {
        tracing::warn!(
            log = signer.verifier().name(),
            name = config.log_name(),
            "log.name is not the name of the key"
        );
    }
    let app = with_signer(config, platform.app, signer)?;
    tracing::info!(log = app.log().map(LogKeeper::origin), key = %path.display(), "the transparency log is signed here");
    Ok(Platform { app, ..platform })
}

/// The platform that signs its log with this key.
///
/// # Errors
/// When a setting is wrong, or the key of the witness cannot be read.
pub(crate) fn with_signer(config: &Config, app: App, signer: Signer) -> anyhow::Result<App> {
    let (watched, after) = watched(&config.log)?;
    let keeper = LogKeeper {
        signer,
        last: Arc::new(LastFile(config.data.join("log.last"))),
        witness: Some(read_or_make(&config.witness_key(), &config.witness_name(), KeyKind::Witness)?),
        watched,
        after,
        witnesses: witnesses(&config.log)?,
        client: Arc::new(HttpWitness),
        software: concat!("akimat ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    Ok(app.with_log(keeper))
}

/// Keys of the logs that are witnessed, and for a log that moved, its new name with the old one.
type Watched = (Vec<Verifier>, Vec<(String, String)>);

fn watched(log: &Log) -> anyhow::Result<Watched> {
    let (mut keys, mut after) = (Vec::new(), Vec::new());
    for line in &log.watches {
        let (key, former) = line.split_once(" after ").map_or((line.as_str(), None), |(a, b)| (a, Some(b)));
        match Verifier::parse(key.trim()) {
            Ok(key) if key.kind() == KeyKind::Log => {
                after.extend(former.map(|former| (key.name().to_owned(), former.trim().to_owned())));
                keys.push(key);
            }
            _ => bail!("log.watches: {key} is not the key of a log, as its /log/vkey shows it"),
        }
    }
    Ok((keys, after))
}

fn witnesses(log: &Log) -> anyhow::Result<Vec<WitnessAddress>> {
    let parse = |witness: &crate::config::Witness| match Verifier::parse(&witness.key) {
        Ok(key) if key.kind() == KeyKind::Witness => {
            Ok(WitnessAddress { key, url: witness.url.trim_end_matches('/').to_owned() })
        }
        _ => bail!("log.witnesses: {} is not the key of a witness", witness.key),
    };
    log.witnesses.iter().map(parse).collect()
}

/// The key in a file; made with chance from the operating system when there is none.
///
/// # Errors
/// When the file cannot be read or written, or holds no key of this kind.
pub(crate) fn read_or_make(path: &Path, name: &str, kind: KeyKind) -> anyhow::Result<Signer> {
    if path.exists() {
        return read(path, kind);
    }
    let signer = Signer::from_seed(name, kind, SystemChance.bytes())?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    write_secret(path, &signer)?;
    Ok(signer)
}

/// The key in a file.
///
/// # Errors
/// When it cannot be read or holds no key of this kind.
pub(crate) fn read(path: &Path, kind: KeyKind) -> anyhow::Result<Signer> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let signer = Signer::parse(&text).with_context(|| path.display().to_string())?;
    if signer.verifier().kind() != kind {
        bail!("{} holds a key of another kind", path.display());
    }
    Ok(signer)
}

/// Writes a private key into a new file that only its owner can read.
///
/// # Errors
/// When the file is there already or cannot be written.
pub(crate) fn write_secret(path: &Path, signer: &Signer) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| path.display().to_string())?;
    writeln!(file, "{}", signer.encode()).with_context(|| path.display().to_string())?;
    file.sync_all().with_context(|| path.display().to_string())
}

/// The checkpoint signed last, in a file beside the key.
struct LastFile(PathBuf);

impl LastSigned for LastFile {
    fn load(&self) -> Result<Option<String>, String> {
        match std::fs::read_to_string(&self.0) {
            Ok(note) => Ok(Some(note)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", self.0.display())),
        }
    }

    fn store(&self, note: &str) -> Result<(), String> {
        let fail = |error: std::io::Error| format!("{}: {error}", self.0.display());
        let beside = self.0.with_extension("last.new");
        let mut file = std::fs::File::create(&beside).map_err(fail)?;
        file.write_all(note.as_bytes()).and_then(|()| file.sync_all()).map_err(fail)?;
        std::fs::rename(&beside, &self.0).map_err(fail)
    }
}

/// Asks witnesses over HTTP.
struct HttpWitness;

#[async_trait::async_trait]
impl WitnessClient for HttpWitness {
    async fn add_checkpoint(&self, url: &str, body: String) -> Result<(u16, String), String> {
        let url = format!("{url}/add-checkpoint");
        let asked = tokio::task::spawn_blocking(move || post(&url, &body)).await;
        asked.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false);
    config.build().into()
}

fn post(url: &str, body: &str) -> Result<(u16, String), ureq::Error> {
    let mut answer = agent().post(url).header("content-type", "text/plain; charset=utf-8").send(body)?;
    let text = answer.body_mut().with_config().limit(64 * 1024).read_to_string()?;
    Ok((answer.status().as_u16(), text))
}

/// Reads one address after another over kept connections.
#[derive(Debug)]
pub(crate) struct Reader(ureq::Agent);

impl Reader {
    /// A reader.
    pub(crate) fn new() -> Self {
        Self(agent())
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// When nobody answers, or not with 200.
    pub(crate) fn get(&self, url: &str) -> anyhow::Result<Vec<u8>> {
        let mut answer = self.0.get(url).call().with_context(|| url.to_owned())?;
        if answer.status().as_u16() != 200 {
            bail!("{url}: {}", answer.status());
        }
        answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec().with_context(|| url.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys/log.key");
        let made = read_or_make(&path, "city.example/log", KeyKind::Log).expect("a key");
        let again = read_or_make(&path, "other.example/log", KeyKind::Log).expect("the same key");
        assert_eq!(made.verifier(), again.verifier());
        assert!(read(&path, KeyKind::Witness).is_err());
        assert!(write_secret(&path, &made).is_err(), "a key is never written over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn the_last_checkpoint_is_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let last = LastFile(folder.path().join("log.last"));
        assert_eq!(last.load(), Ok(None));
        last.store("one\n").expect("a file");
        last.store("two\n").expect("a file");
        assert_eq!(last.load(), Ok(Some("two\n".to_owned())));
    }
}
