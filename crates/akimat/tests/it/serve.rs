//! A server that is started, asked and stopped.

use crate::run;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// The demonstration on a port of the system's choice.
struct Server {
    child: Child,
    url: String,
    greeting: String,
    // Kept open: the server may print.
    _stdout: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn start(data: &str) -> Self {
        let mut child = run::akimat()
            .args(["demo", "--data", data, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            assert!(stdout.read_line(&mut greeting).unwrap() > 0, "it ended: {greeting}");
        }
        let url = greeting.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, url, greeting, _stdout: stdout }
    }

    /// Asks it to stop, and answers how it ended.
    fn stop(mut self) -> Option<i32> {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap().code()
    }

    fn get(&self, path: &str) -> String {
        use std::io::Write;
        let authority = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = std::net::TcpStream::connect(authority).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

#[test]
fn the_demonstration_serves_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path().to_str().unwrap());
    for role in ["resident", "project manager", "analyst", "head", "moderator", "administrator"] {
        assert!(server.greeting.contains(role), "{}", server.greeting);
    }
    assert!(server.get("/kk").starts_with("HTTP/1.1 200"));
    let metrics = server.get("/metrics");
    for name in
        ["akimat_database_statements_total", "process_resident_memory_bytes", "process_cpu_seconds_total"]
    {
        assert!(metrics.contains(name), "{metrics}");
    }
    let url = server.url.clone();
    let measured = run::ok(&["bench", "http", "--url", &url, "--seconds", "1", "--connections", "4"]);
    assert_eq!(measured.lines().count(), 5, "{measured}");
    assert_eq!(server.stop(), Some(0));
}

/// The columnar engine and the sums of the database are two ways to the same figure.
#[test]
fn both_ways_to_a_sum_lead_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path().to_str().unwrap());
    let figure = |path: &str, before: &str| {
        let answer = server.get(path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let at = answer.find(before).unwrap_or_else(|| panic!("{answer}")) + before.len();
        answer[at..].chars().take_while(|sign| sign.is_ascii_digit() || *sign == '.').collect::<String>()
    };
    let asked = "level=3&item=revenue_total&from=2024&to=2024";
    let columns = figure(&format!("/api/v1/adhoc?by=year&{asked}"), "\"figures\":[\"");
    let rows = figure(&format!("/api/v1/facts?scope=sum&{asked}"), "\"executed\":\"");
    assert!(columns.len() > 9 && columns == rows, "{columns} {rows}");
    server.stop();
}
