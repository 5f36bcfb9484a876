//! The browser tests, against a demonstration server of their own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::guard::{Scratch, Server, free_port};
use super::tally::{self, Outcome};
use crate::{place, sh};

/// Loading the demonstration with a development build on a busy machine.
const START_LIMIT: Duration = Duration::from_mins(4);

/// Starts the demonstration and lets the browser look at it.
///
/// # Errors
/// When the server or the browser's packages do not come up.
pub(super) fn run() -> Result<Outcome> {
    let folder = place::root().join("e2e");
    let npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    sh::run(Command::new("npm").args(npm).current_dir(&folder))?;

    let scratch = Scratch::make("demo")?;
    let port = free_port()?;
    let address = format!("127.0.0.1:{port}");
    let mut demo = sh::child_of_ours(place::built("debug", "akimat")?, "TERM", None);
    demo.arg("demo").arg("--data").arg(scratch.path().join("data")).args(["--listen", &address]);
    let mut server = Server::start(&mut demo, scratch.path().join("log"))?;
    server.wait(START_LIMIT, || ready(port))?;
    println!("The demonstration answers on {address}");

    let mut node = sh::child_of_ours("node", "TERM", None);
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(test_files(&folder)?);
    node.current_dir(&folder).env("AKIMAT_URL", format!("http://{address}"));
    let outcome = tally::counted(&mut node, tally::node_line)?;
    if outcome.failed > 0 {
        println!("The end of the server's log:\n{}", server.log_end());
    }
    Ok(outcome)
}

/// Named one by one: what Node makes of a folder here differs from version to version.
fn test_files(folder: &std::path::Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder.join("tests"))?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    ensure!(!files.is_empty(), "e2e/tests holds no tests");
    Ok(files)
}

/// Whether `/readyz` answers 200.
fn ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut start = [0_u8; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
