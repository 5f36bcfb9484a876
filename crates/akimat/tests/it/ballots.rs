//! The day of a vote on one PostgreSQL with two servers, one of which is killed in the middle.

use crate::run;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that is killed at the end, however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A database of its own in the cluster of the tests; nothing where there is none.
async fn database() -> Option<String> {
    let url = std::env::var("AKIMAT_TEST_POSTGRES_URL").ok()?;
    let name = format!("akimat_vote_{}", std::process::id());
    akimat_storage_postgres::dump::run(&url, &format!("create database {name}")).await.unwrap();
    let (cluster, _) = url.rsplit_once('/').unwrap();
    Some(format!("{cluster}/{name}"))
}

fn akimat(url: &str, data: &Path) -> Command {
    let mut command = run::akimat();
    command.env("AKIMAT_DATABASE_URL", url).env("AKIMAT_DATA", data);
    command
}

fn serve(url: &str, data: &Path, port: u16) -> Server {
    let listen = format!("127.0.0.1:{port}");
    let mut command = akimat(url, data);
    let child = command.args(["serve", "--listen", &listen]).stdout(Stdio::null()).spawn().unwrap();
    let server = Server(child);
    let begun = Instant::now();
    while std::net::TcpStream::connect(&listen).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the server does not answer");
        std::thread::sleep(Duration::from_millis(50));
    }
    server
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn no_ballot_is_lost_or_doubled_when_a_server_is_killed() {
    let Some(url) = database().await else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "AKIMAT_TEST_POSTGRES_URL is not set");
        println!("SKIPPED: AKIMAT_TEST_POSTGRES_URL is not set, `cargo xtask postgres` sets it");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let ports = [free_port(), free_port()];
    let mut first = serve(&url, folder.path(), ports[0]);
    let _second = serve(&url, folder.path(), ports[1]);
    let urls = ports.map(|port| format!("http://127.0.0.1:{port}"));
    // Residents come to both in turn, and try again for longer than the machine of a test can need.
    let mut day = akimat(&url, folder.path());
    day.args(["bench", "ballots", "--url", &urls[0], "--url", &urls[1], "--rate", "100", "--seconds", "8"]);
    day.args(["--connections", "16", "--patience", "120", "--projects", "40", "--begun"]);
    let mut day = day.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(day.stdout.take().unwrap()).lines();
    // The first line comes when the vote has begun.
    let begun = said.next().unwrap().unwrap();
    assert!(begun.contains("800"), "{begun}");
    std::thread::sleep(Duration::from_secs(3));
    first.0.kill().unwrap();
    first.0.wait().unwrap();
    let rest: Vec<String> = said.map_while(Result::ok).collect();
    let rest = rest.join("\n");
    assert!(day.wait().unwrap().success(), "{rest}");
    assert!(rest.contains("800 of 800 ballots with receipts"), "{rest}");
    assert!(!rest.contains("; 0 sent again"), "the server was killed while somebody voted: {rest}");
}
