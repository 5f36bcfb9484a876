//! Where an export goes: standard output, a file, a folder or an archive. A file has its name when it is whole.

use akimat_interop::archive::Archive;
use anyhow::Context;
use std::fs::File;
use std::io::{BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

/// Where an export goes.
pub(super) enum Target {
    Out(BufWriter<Stdout>),
    File { writer: BufWriter<File>, name: PathBuf },
    Folder { folder: PathBuf, open: Option<(BufWriter<File>, PathBuf)> },
    Archive { archive: Box<Archive<BufWriter<File>>>, name: PathBuf },
}

/// The name of a file while it is being written.
fn unfinished(name: &Path) -> PathBuf {
    let mut unfinished = name.as_os_str().to_owned();
    unfinished.push(".part");
    unfinished.into()
}

fn create(name: &Path) -> anyhow::Result<BufWriter<File>> {
    let part = unfinished(name);
    Ok(BufWriter::new(File::create(&part).with_context(|| part.display().to_string())?))
}

fn close(mut writer: BufWriter<File>, name: &Path) -> anyhow::Result<()> {
    writer.flush()?;
    std::fs::rename(unfinished(name), name).with_context(|| name.display().to_string())
}

impl Target {
    /// A file, or standard output.
    pub(super) fn file(name: Option<&Path>) -> anyhow::Result<Self> {
        Ok(match name {
            None => Self::Out(BufWriter::new(std::io::stdout())),
            Some(name) => Self::File { writer: create(name)?, name: name.to_owned() },
        })
    }

    /// Many files: in an archive when the name ends so, or else in a folder.
    pub(super) fn many(name: &Path) -> anyhow::Result<Self> {
        if name.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) {
            let archive = Box::new(Archive::new(create(name)?));
            return Ok(Self::Archive { archive, name: name.to_owned() });
        }
        std::fs::create_dir_all(name).with_context(|| name.display().to_string())?;
        Ok(Self::Folder { folder: name.to_owned(), open: None })
    }

    /// Begins the next of many files.
    pub(super) fn begin(&mut self, name: &str) -> anyhow::Result<()> {
        match self {
            Self::Archive { archive, .. } => archive.begin(name)?,
            Self::Folder { folder, open } => {
                if let Some((writer, name)) = open.take() {
                    close(writer, &name)?;
                }
                let name = folder.join(name);
                *open = Some((create(&name)?, name));
            }
            Self::Out(_) | Self::File { .. } => {}
        }
        Ok(())
    }

    /// Closes what is open.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Out(mut out) => out.flush()?,
            Self::File { writer, name } => close(writer, &name)?,
            Self::Folder { open, .. } => {
                if let Some((writer, name)) = open {
                    close(writer, &name)?;
                }
            }
            Self::Archive { archive, name } => close(archive.finish()?, &name)?,
        }
        Ok(())
    }

    /// Throws an unfinished file away; nothing of it was under its name.
    pub(super) fn abandon(self) {
        match self {
            Self::Out(out) => drop(out.into_parts()),
            Self::File { writer, name } => {
                drop(writer.into_parts());
                // It is only a leftover: whoever cannot remove it loses nothing.
                let _ = std::fs::remove_file(unfinished(&name));
            }
            Self::Folder { .. } | Self::Archive { .. } => {}
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Out(out) => out.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
            Self::Folder { open: Some((writer, _)), .. } => writer.write(bytes),
            Self::Folder { open: None, .. } => Ok(bytes.len()),
            Self::Archive { archive, .. } => archive.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Out(out) => out.flush(),
            Self::File { writer, .. } => writer.flush(),
            Self::Folder { open: Some((writer, _)), .. } => writer.flush(),
            Self::Folder { open: None, .. } => Ok(()),
            Self::Archive { archive, .. } => archive.flush(),
        }
    }
}
