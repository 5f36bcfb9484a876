//! Reading the files that people name.

use akimat_interop::text::FILE_MIB_MAX;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Exit status of a file that cannot be read.
pub(crate) const UNREADABLE: u8 = 3;
/// Exit status of findings.
pub(crate) const FINDINGS: u8 = 1;

/// The file cannot be read; its problems, if any, are told already.
#[derive(Debug)]
pub(crate) struct Unreadable(String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

/// What the system says of a file that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    Unreadable(format!("{}: {error}", path.display())).into()
}

/// A file that was read and refused, for the reason in this line.
pub(crate) fn refused(line: String) -> anyhow::Error {
    Unreadable(line).into()
}

/// The bytes of a file; of one that is too large only so many that the decoders see it.
///
/// # Errors
/// [`Unreadable`] with what the system says.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| self::unreadable(path, &error);
    let limit = u64::from(FILE_MIB_MAX) * 1024 * 1024 + 1;
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// The last part of a path, as it is kept with what was imported.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
