//! The checkers of the open contracting standards, and what the stand-ins of carriers of messages need: packages of Python
//! in a folder of their own below `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{place, sh};

/// Where the tests find a Python that has the checkers; without it they say SKIPPED.
pub(super) const PYTHON_VARIABLE: &str = "AKIMAT_COVE";

/// The checkers, as their publishers name them, in the versions that the packages were checked with.
const CHECKERS: [&str; 4] = ["libcoveoc4ids==0.9.1", "libcoveocds==0.16.6", "aiosmtpd", "cryptography"];

/// The Python with the checkers, installed when it is not there; `None`, with the reason printed, when it cannot be.
pub(super) fn provide(install: bool) -> Option<PathBuf> {
    let folder = place::root().join("target/cove");
    let python = folder.join("bin/python");
    if has_checkers(&python) {
        return Some(python);
    }
    if !install {
        return None;
    }
    match installed(&folder) {
        Ok(()) => Some(python),
        Err(error) => {
            println!("Without the checkers of open contracting: {error:#}");
            None
        }
    }
}

fn has_checkers(python: &Path) -> bool {
    let mut check = Command::new(python);
    check.args(["-c", "import libcoveoc4ids, libcoveocds, aiosmtpd, cryptography"]);
    python.is_file() && check.output().is_ok_and(|done| done.status.success())
}

fn installed(folder: &Path) -> Result<()> {
    sh::run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    sh::run(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).args(CHECKERS))
}
