//! Files that are there whole or not at all.

use akimat_backup::{Fault, Result};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A file under way beside the one that it becomes. Only its owner can read it, only one process writes it, and it is
/// removed unless it is settled. What a killed process left behind is taken over.
#[derive(Debug)]
pub(super) struct Fresh {
    path: PathBuf,
    /// Holds the lock.
    file: File,
}

impl Fresh {
    /// An empty file `TARGET.suffix`.
    pub(super) fn beside(target: &Path, suffix: &str) -> Result<Self> {
        let mut name = target.as_os_str().to_owned();
        name.push(".");
        name.push(suffix);
        let path = PathBuf::from(name);
        let fail = |error: std::io::Error| Fault::Disk(format!("{}: {error}", path.display()));
        let file = private().create(true).truncate(false).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(Fault::Busy(path.display().to_string())),
            Err(std::fs::TryLockError::Error(error)) => return Err(fail(error)),
        }
        file.set_len(0).map_err(fail)?;
        Ok(Self { path, file })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// To write to.
    pub(super) fn file(&mut self) -> Result<File> {
        self.file.try_clone().map_err(|error| Fault::disk(&error))
    }

    /// Makes it durable under its name; nothing that is there is replaced.
    pub(super) fn settle(self, target: &Path) -> Result<()> {
        let fail = |error: std::io::Error| Fault::Disk(format!("{}: {error}", target.display()));
        self.file.sync_all().map_err(fail)?;
        if target.exists() {
            return Err(Fault::Exists(target.display().to_string()));
        }
        // A second name fails where the first is taken meanwhile; file systems of memory sticks know no second names.
        if std::fs::hard_link(&self.path, target).is_err() {
            if target.exists() {
                return Err(Fault::Exists(target.display().to_string()));
            }
            std::fs::rename(&self.path, target).map_err(fail)?;
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            folder.sync_all().map_err(fail)?;
        }
        Ok(())
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // After it was settled the name is gone or is a second one of the same file.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Writes a new file that only its owner can read.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.exists() {
        return Err(Fault::Exists(path.display().to_string()));
    }
    let fail = |error: std::io::Error| Fault::Disk(format!("{}: {error}", path.display()));
    let mut file = private().create_new(true).open(path).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
