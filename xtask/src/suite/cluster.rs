//! A private PostgreSQL for the tests: made afresh, on a free port of the loopback, gone afterwards.
//! The system's own server, if there is one, is never touched.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::guard::{Scratch, Server, free_port};
use crate::{needs, sh};

/// Where the tests of the PostgreSQL adapter find a server; without it they have none and say so.
pub(super) const URL_VARIABLE: &str = "AKIMAT_TEST_POSTGRES_URL";

/// A running cluster; ends when dropped.
#[derive(Debug)]
pub(super) struct Cluster {
    // Fields are dropped in this order: the server ends before its folder goes.
    _server: Server,
    _folder: Scratch,
    url: String,
}

impl Cluster {
    /// Makes and starts a cluster and waits until it answers.
    ///
    /// # Errors
    /// When the programs are missing or the server does not start; the message holds the end of its log.
    pub(super) fn start() -> Result<Self> {
        let programs = needs::postgres_programs().context("PostgreSQL's initdb was not found")?;
        // PostgreSQL refuses to run as root; its package brings a user for it.
        let user = needs::is_root().then_some("postgres");
        let folder = Scratch::make("postgres")?;
        let (data, secret) = (folder.path().join("data"), folder.path().join("password"));
        // A password, because anyone on this machine can reach the loopback.
        let password = random_hex()?;
        std::fs::write(&secret, &password)?;
        if let Some(user) = user {
            give(folder.path(), user)?;
            give(&secret, user)?;
        }
        println!("Making a cluster in {}", folder.path().display());
        initialise(&programs, &data, &secret, user)?;
        let port = free_port()?;
        let log = folder.path().join("log");
        let mut server = Server::start(&mut postgres(&programs, &data, port, user), log)?;
        server.wait(Duration::from_secs(60), || {
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", &format!("--port={port}")]);
            sh::succeeds(&mut ask).unwrap_or(false)
        })?;
        println!("PostgreSQL answers on port {port}");
        let url = format!("postgres://akimat:{password}@127.0.0.1:{port}/postgres");
        Ok(Self { _server: server, _folder: folder, url })
    }

    /// Where to connect, as a superuser; tests make databases of their own.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

fn initialise(programs: &Path, data: &Path, secret: &Path, user: Option<&str>) -> Result<()> {
    let mut initdb = sh::child_of_ours(programs.join("initdb"), "TERM", user);
    initdb.arg("--pgdata").arg(data).arg("--pwfile").arg(secret);
    initdb.args(["--username=akimat", "--auth=scram-sha-256", "--no-sync", "--encoding=UTF8"]);
    // Sorted as a Russian reader expects, unlike SQLite's bytes: a query that leans on the default order is caught.
    initdb.args(["--locale=C", "--locale-provider=icu", "--icu-locale=ru-RU"]);
    initdb.current_dir("/");
    sh::output(&mut initdb).map(|_| ())
}

fn postgres(programs: &Path, data: &Path, port: u16, user: Option<&str>) -> Command {
    let mut server = sh::child_of_ours(programs.join("postgres"), "INT", user);
    server.arg("-D").arg(data).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    server.arg("-k").arg(data);
    // Nothing here must outlive the run, so nothing waits for the disk; commit order and locking stay as in life.
    for setting in ["fsync=off", "full_page_writes=off", "max_connections=300", "shared_buffers=64MB"] {
        server.args(["-c", setting]);
    }
    server.current_dir("/");
    server
}

/// Makes `user` the owner.
#[cfg(unix)]
fn give(path: &Path, user: &str) -> Result<()> {
    let id = |what: &str| -> Result<u32> {
        let text = sh::output(Command::new("id").args([what, user]))?;
        text.trim().parse().with_context(|| format!("id {what} {user} printed {text}"))
    };
    Ok(std::os::unix::fs::chown(path, Some(id("-u")?), Some(id("-g")?))?)
}

#[cfg(not(unix))]
fn give(_path: &Path, _user: &str) -> Result<()> {
    Ok(())
}

fn random_hex() -> Result<String> {
    use std::io::Read as _;
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    }))
}
