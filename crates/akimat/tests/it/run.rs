//! Starting the program.

use akimat_storage_sqlite::{Options, SqliteStore};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the whole project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program, started at the root of the project, without settings from outside.
pub(crate) fn akimat() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_akimat"));
    command.current_dir(root()).env("AKIMAT_LOG", "off");
    for name in ["AKIMAT_LISTEN", "AKIMAT_DATA", "AKIMAT_ZONE", "AKIMAT_CRITERIA", "AKIMAT_DATABASE_URL"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    akimat().args(args).output().unwrap()
}

/// What it printed, when it ended well.
pub(crate) fn ok(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The database of a data folder.
pub(crate) fn store(data: &Path) -> SqliteStore {
    SqliteStore::open(&data.join("akimat.db"), &Options::default()).unwrap()
}
