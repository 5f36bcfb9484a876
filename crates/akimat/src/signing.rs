//! Whose certificates count when persons sign who they are: a folder of files, and a program for other algorithms.

use crate::config::Identity;
use akimat_app::person::signature::{SignatureAdapter, Signing};
use akimat_signature::{Signed, Trust};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the program may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether the program has ended.
const LOOK: Duration = Duration::from_millis(20);
/// The most bytes of a file of the folder.
const FILE_MAX: u64 = 32 << 20;

/// What the settings say; `None` without a folder.
///
/// # Errors
/// When the folder cannot be read, or holds no authority.
pub(crate) fn signing(identity: &Identity) -> anyhow::Result<Option<Signing>> {
    let Some(folder) = &identity.trust else { return Ok(None) };
    let trust = trust(folder)?;
    let adapter = identity.signature_program.clone().map(|program| Arc::new(Program(program)));
    if trust.roots.is_empty() && adapter.is_none() {
        bail!("identity.trust: {} holds no certificate of an authority", folder.display());
    }
    tracing::info!(
        authorities = trust.roots.len(),
        lists = trust.crls.len(),
        "persons can sign who they are"
    );
    Ok(Some(Signing { trust, adapter: adapter.map(|adapter| adapter as Arc<dyn SignatureAdapter>) }))
}

fn trust(folder: &Path) -> anyhow::Result<Trust> {
    let mut trust = Trust::default();
    let said = || folder.display().to_string();
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(said)? {
        let entry = entry.with_context(said)?;
        if entry.metadata().with_context(said)?.is_file() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    for path in paths {
        let said = || path.display().to_string();
        if std::fs::metadata(&path).with_context(said)?.len() > FILE_MAX {
            bail!("{} is too large for a certificate or a list", path.display());
        }
        let bytes = std::fs::read(&path).with_context(said)?;
        if path.extension().is_some_and(|extension| extension == "ocsp") {
            trust.ocsp.push(bytes);
        } else if trust.add(&bytes) == 0 {
            tracing::warn!(file = %path.display(), "neither a certificate nor a list of revoked ones");
        }
    }
    Ok(trust)
}

/// A program: the files of document and text are its arguments; it prints JSON and ends with 0 when the signature
/// counts, with 1 when it does not.
struct Program(PathBuf);

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    name: String,
    subject_number: String,
    #[serde(default)]
    authority: String,
    #[serde(default)]
    until_s: u64,
}

#[async_trait::async_trait]
impl SignatureAdapter for Program {
    async fn verify(&self, document: &[u8], text: &[u8]) -> Result<Option<Signed>, String> {
        let (program, document, text) = (self.0.clone(), document.to_vec(), text.to_vec());
        let asked = tokio::task::spawn_blocking(move || ask(&program, &document, &text)).await;
        asked.map_err(|error| error.to_string())?
    }
}

fn ask(program: &Path, document: &[u8], text: &[u8]) -> Result<Option<Signed>, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", program.display());
    let folder = tempfile::tempdir().map_err(fail)?;
    let [signed, plain, said] = ["document.cms", "text", "said"].map(|name| folder.path().join(name));
    std::fs::write(&signed, document).map_err(fail)?;
    std::fs::write(&plain, text).map_err(fail)?;
    let out = std::fs::File::create(&said).map_err(fail)?;
    let mut command = Command::new(program);
    command.arg(&signed).arg(&plain).stdin(Stdio::null()).stdout(out);
    let mut child = command.spawn().map_err(fail)?;
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(fail)? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err("the program for signatures took too long".to_owned());
        }
        std::thread::sleep(LOOK);
    };
    match status.code() {
        Some(0) => {}
        Some(1) => return Ok(None),
        _ => return Err(format!("the program for signatures ended with {status}")),
    }
    let said = std::fs::read(&said).map_err(fail)?;
    let Said { name, subject_number, authority, until_s } = serde_json::from_slice(&said)
        .map_err(|error| format!("the program for signatures printed something else: {error}"))?;
    Ok(Some(Signed { name, subject_number, authority, until_s }))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn asked(script: &str) -> Result<Option<Signed>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("check");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("an owner");
        ask(&path, b"document", b"text")
    }

    #[test]
    fn a_program_is_asked_about_other_algorithms() {
        let said = r#"test "$(cat "$1")" = document && test "$(cat "$2")" = text && echo '{"subject_number":"IIN1"}'"#;
        let signed = asked(said).expect("an answer").expect("a signer");
        assert_eq!(signed.subject_number, "IIN1");
        assert_eq!(asked("exit 1"), Ok(None));
        assert!(asked("exit 2").is_err());
        assert!(asked("echo nothing").is_err());
        assert!(ask(Path::new("/nowhere/at-all"), b"", b"").is_err());
    }
}
