//! System packages: what is missing, and putting it there.
//!
//! Packages are named as in Debian and Ubuntu. With root or a sudo that asks nothing they are installed by
//! `apt-get`; anywhere else the one line to run is printed and the chore stops.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::sh;

/// Something a chore needs from the system.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    /// What it is for, to be read by a person.
    pub(crate) what: &'static str,
    /// Debian packages that bring it.
    packages: &'static [&'static str],
    /// Whether it is there already.
    present: fn() -> bool,
}

/// What building takes: the exact solver is C++ built by `cmake`, its bindings are read by libclang.
pub(crate) const BUILD: &[Need] = &[
    Need { what: "C and C++ compiler", packages: &["build-essential"], present: compilers },
    Need {
        what: "cmake (the solver's build)",
        packages: &["cmake"],
        present: || sh::find("cmake").is_some(),
    },
    Need { what: "libclang (the solver's bindings)", packages: &["libclang-dev"], present: libclang },
];

/// What the tests of the PostgreSQL adapter take: the server's programs, not a running server.
pub(crate) const POSTGRES: &[Need] = &[Need {
    what: "PostgreSQL server programs (15 or later)",
    packages: &["postgresql"],
    present: || postgres_programs().is_some(),
}];

/// What the browser tests take.
pub(crate) const BROWSER: &[Need] = &[
    Need { what: "Chromium", packages: &["chromium", "fonts-dejavu-core"], present: chromium },
    Need { what: "Node.js (18 or later)", packages: &["nodejs"], present: || sh::find("node").is_some() },
    Need { what: "npm", packages: &["npm"], present: || sh::find("npm").is_some() },
];

/// The folder with `initdb` and `postgres`; the newest version where there are several.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let version = |folder: &Path| -> Option<u32> { folder.file_name()?.to_str()?.parse().ok() };
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed
        .map(|entry| entry.path())
        .filter(|folder| folder.join("bin/initdb").is_file() && folder.join("bin/postgres").is_file())
        .filter(|folder| version(folder).is_some_and(|number| number >= 15))
        .max_by_key(|folder| version(folder));
    newest.map(|folder| folder.join("bin")).or_else(|| Some(sh::find("initdb")?.parent()?.to_path_buf()))
}

/// Sees that everything in `needs` is there, installing what is not.
///
/// # Errors
/// When something is missing and may not, or could not, be installed; the message says what to run.
pub(crate) fn provide(needs: &[Need], install: bool) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
    println!("Missing: {}.", what.join(", "));
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    match privilege() {
        _ if !install => bail!("install them first, as root: {by_hand}"),
        None => bail!("install them first, as root (names as in Debian and Ubuntu): {by_hand}"),
        Some(privilege) => install_packages(privilege, &packages)?,
    }
    match missing.iter().find(|need| !(need.present)()) {
        Some(still) => {
            bail!("{} is still not found after installing {}", still.what, still.packages.join(" "))
        }
        None => Ok(()),
    }
}

/// The words to put before `apt-get`: none for root, `sudo` where it asks for no password.
fn privilege() -> Option<&'static [&'static str]> {
    sh::find("apt-get")?;
    if is_root() {
        return Some(&[]);
    }
    let free = Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|done| done.status.success());
    free.then_some(&["sudo", "-n"])
}

/// Whether we run as root.
pub(crate) fn is_root() -> bool {
    sh::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn install_packages(privilege: &[&str], packages: &[&str]) -> Result<()> {
    println!("Installing {} ...", packages.join(" "));
    apt(privilege, &["update", "-q"])?;
    if packages.contains(&"postgresql") {
        // Without this, installing the programs would also create and start a server that nobody asked for.
        apt(privilege, &["install", "-y", "-q", "--no-install-recommends", "postgresql-common"])?;
        let no_cluster = "s/^#? *create_main_cluster *=.*/create_main_cluster = false/";
        let settings = "/etc/postgresql-common/createcluster.conf";
        sh::run(&mut privileged(privilege, "sed", &["-i", "-E", no_cluster, settings]))?;
    }
    let mut words = vec!["install", "-y", "-q", "--no-install-recommends"];
    words.extend(packages);
    apt(privilege, &words)
}

fn apt(privilege: &[&str], words: &[&str]) -> Result<()> {
    let mut all = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    all.extend(words);
    sh::run(&mut privileged(privilege, "env", &all))
}

fn privileged(privilege: &[&str], program: &str, words: &[&str]) -> Command {
    let mut all = privilege.to_vec();
    all.push(program);
    all.extend(words);
    let mut command = Command::new(all[0]);
    command.args(&all[1..]);
    command
}

fn compilers() -> bool {
    ["cc", "c++", "make"].iter().all(|program| sh::find(program).is_some())
}

/// Looks where `clang-sys`, which the bindings use, looks first.
fn libclang() -> bool {
    let holds = |folder: &Path| {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter_map(|file| file.file_name().into_string().ok()).any(|name| {
            let rest = name.strip_prefix("libclang").unwrap_or_default();
            (rest.starts_with(".so") || rest.starts_with('-') && rest.contains(".so"))
                && !name.contains("cpp")
                || name == "libclang.dylib"
        })
    };
    let llvm = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = llvm
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("llvm"))
        .map(|entry| entry.path().join("lib"))
        .collect();
    folders.extend(std::env::var_os("LIBCLANG_PATH").map(PathBuf::from));
    let usual = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    folders.extend(usual.map(PathBuf::from));
    folders.iter().any(|folder| holds(folder)) || cfg!(target_os = "macos")
}

fn chromium() -> bool {
    let named = std::env::var_os("AKIMAT_CHROMIUM").is_some_and(|path| Path::new(&path).is_file());
    named || ["chromium", "chromium-browser", "google-chrome"].iter().any(|name| sh::find(name).is_some())
}
