//! Keys outside the database: 64 hexadecimal digits in a file that only the operator reads. One that is not there is made
//! at the first start.

use akimat_app::secret::PlatformKey;
use akimat_app::{Chance as _, SystemChance};
use anyhow::{Context, bail};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::Path;

/// Reads the 32 bytes of a key, or makes them.
///
/// # Errors
/// When the file cannot be read or written, when it holds something else, or when others may read it.
pub(crate) fn read_or_make(path: &Path) -> anyhow::Result<[u8; 32]> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    if !path.exists() {
        make(path)?;
    }
    guard(path)?;
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    parse(&text).with_context(|| format!("{} does not hold 64 hexadecimal digits", path.display()))
}

/// The key of the platform, which may have former ones beside it; made at the first start.
///
/// # Errors
/// As [`read_or_make`].
pub(crate) fn platform(path: &Path) -> anyhow::Result<PlatformKey> {
    if !path.exists() {
        read_or_make(path)?;
    }
    guard(path)?;
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    PlatformKey::parse(&text)
        .with_context(|| format!("{} does not hold 64 hexadecimal digits", path.display()))
}

/// A fingerprint of the file of a key, by which a backup and the log name it.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn fingerprint(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let digest = Sha256::digest(format!("akimat key fingerprint\n{}", text.trim()));
    Ok(digest[..8].iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes the file of a key that takes the place of another, for its owner alone.
///
/// # Errors
/// When the file is there already or cannot be written.
pub(crate) fn write_changed(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| path.display().to_string())?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(|| path.display().to_string())
}

/// Reads a key of another kind, in hexadecimal digits, or makes it.
///
/// # Errors
/// As [`read_or_make`].
pub(crate) fn read_or_make_bytes(
    path: &Path,
    new: impl FnOnce() -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<u8>> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    if !path.exists() {
        write_new(path, &new()?)?;
    }
    guard(path)?;
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let text = text.trim();
    let pair = |at: usize| text.get(at * 2..at * 2 + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    let bytes: Option<Vec<u8>> = (0..text.len() / 2).map(pair).collect();
    bytes
        .filter(|bytes| !bytes.is_empty() && text.len().is_multiple_of(2))
        .with_context(|| format!("{} does not hold hexadecimal digits", path.display()))
}

/// Makes a key.
fn make(path: &Path) -> anyhow::Result<()> {
    write_new(path, &SystemChance.bytes())
}

/// Writes a new key. Of two processes that start at once one writes it, the other reads it.
fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => writeln!(file, "{text}").with_context(|| path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// A key that others can read is none.
#[cfg(unix)]
fn guard(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).with_context(|| path.display().to_string())?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("{} can be read by others: chmod 600", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn guard(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys").join("platform.key");
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap(), made);
        assert_ne!(made, [0; 32]);
        std::fs::write(&path, "not a key").unwrap();
        assert!(format!("{:#}", read_or_make(&path).unwrap_err()).contains("64 hexadecimal digits"));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("platform.key");
        read_or_make(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(format!("{:#}", read_or_make(&path).unwrap_err()).contains("chmod 600"));
    }
}
