//! Against the certified provider `oidc-provider` on loopback: a good sign-in, a refusal, and each of its faults.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop and say why it did not run"
)]

use akimat_oidc::{Attempt, Client, Fault, Person, Settings};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

const BACK: &str = "http://127.0.0.1:1/auth/callback";

/// The provider in a process of its own; it ends with the test.
struct Provider {
    child: Child,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn skipped(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the provider for tests is missing: {why}");
    println!("SKIPPED: {why}");
}

/// A copy of the shared provider with its packages, under the folder of builds; made once.
fn copy() -> Option<PathBuf> {
    /// One test makes it, the others wait.
    static MADE: Mutex<()> = Mutex::new(());
    let _made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let shared = std::env::var("AKIMAT_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let from = shared.join("tools/oidc");
    if !from.join("provider.mjs").is_file() {
        skipped("no tools/oidc in the shared folder; set AKIMAT_SHARED");
        return None;
    }
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oidc-provider");
    std::fs::create_dir_all(&to).unwrap();
    for name in ["provider.mjs", "package.json", "package-lock.json"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
    if !to.join("node_modules/oidc-provider").is_dir() {
        let made = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&to).output();
        if !made.is_ok_and(|made| made.status.success()) {
            skipped("npm ci did not bring the packages of the provider");
            return None;
        }
    }
    Some(to)
}

fn start() -> Option<Provider> {
    let folder = copy()?;
    let mut child = Command::new("node")
        .args(["provider.mjs", "0", BACK])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let line =
        lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("issuer "))).unwrap().unwrap();
    let issuer = line.split(' ').nth(1).unwrap().to_owned();
    // What it prints later must go somewhere.
    std::thread::spawn(move || lines.for_each(drop));
    Some(Provider { child, issuer })
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn client(issuer: &str, secret: &str) -> Client {
    let settings = Settings {
        issuer: issuer.to_owned(),
        client_id: "platform".to_owned(),
        client_secret: secret.to_owned(),
        redirect_uri: BACK.to_owned(),
        scopes: vec!["profile".to_owned()],
        acr_values: vec!["urn:example:loa:substantial".to_owned()],
    };
    Client::new(settings).unwrap()
}

fn attempt(n: u32) -> Attempt {
    Attempt { state: format!("state{n}"), nonce: format!("nonce{n}"), verifier: format!("{n:0>64}") }
}

/// Follows the provider's redirects as a browser does, until it leads back; answers the query of the return.
fn browse(url: &str) -> BTreeMap<String, String> {
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
    let agent: ureq::Agent = config.build().into();
    let mut cookies: BTreeMap<String, String> = BTreeMap::new();
    let mut url = url.to_owned();
    for _ in 0..10 {
        let line: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = agent.get(&url).header("cookie", line.join("; ")).call().unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let to =
            answer.headers().get("location").unwrap_or_else(|| panic!("{url}: no way on")).to_str().unwrap();
        let origin: String = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        url = if to.starts_with('/') { format!("{origin}{to}") } else { to.to_owned() };
        if let Some(query) = url.strip_prefix(BACK) {
            return form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect();
        }
    }
    panic!("the provider leads round in circles");
}

fn fault(issuer: &str, kind: &str) {
    ureq::post(format!("{issuer}/_fault")).send(format!("{{\"kind\":\"{kind}\"}}")).unwrap();
}

/// A whole sign-in of somebody.
fn sign_in(client: &Client, who: &str, n: u32) -> akimat_oidc::Result<Person> {
    let attempt = attempt(n);
    let url = client.begin(&attempt, "kk", now())?;
    let back = browse(&format!("{url}&login_hint={who}"));
    assert_eq!(back["state"], attempt.state);
    client.finish(&attempt, &back["code"], back.get("iss").map(String::as_str), now())
}

#[test]
fn a_person_signs_in_by_the_certified_provider_and_every_fault_of_it_is_refused() {
    let Some(provider) = start() else { return skipped("node does not run") };
    let client = client(&provider.issuer, "secret-for-tests");
    let person = sign_in(&client, "aliya", 1).unwrap();
    assert_eq!((person.issuer.as_str(), person.subject.as_str()), (provider.issuer.as_str(), "aliya"));
    assert_eq!(person.acr, "urn:example:loa:substantial");
    assert_eq!(person.name, "Әлия Серікқызы");
    for (n, kind) in ["nonce", "aud", "iss", "exp", "alg-none", "other-key", "sub-missing", "no-id-token"]
        .iter()
        .enumerate()
    {
        fault(&provider.issuer, kind);
        let answer = sign_in(&client, "aliya", 10 + u32::try_from(n).unwrap());
        assert!(matches!(answer, Err(Fault::Untrusted(_))), "{kind}: {answer:?}");
    }
    assert!(sign_in(&client, "ivan", 30).is_ok(), "a fault lasts for one sign-in");
    // The person says no there.
    let url = client.begin(&attempt(31), "ru", now()).unwrap();
    assert_eq!(browse(&format!("{url}&login_hint=nobody"))["error"], "access_denied");
}

#[test]
fn codes_are_of_one_sign_in_and_work_once() {
    let Some(provider) = start() else { return skipped("node does not run") };
    let one = client(&provider.issuer, "secret-for-tests");
    let begun = attempt(1);
    let url = one.begin(&begun, "kk", now()).unwrap();
    let back = browse(&format!("{url}&login_hint=aliya"));
    let (code, issuer) = (back["code"].as_str(), back.get("iss").map(String::as_str));
    assert!(matches!(one.finish(&begun, code, Some("http://evil.example"), now()), Err(Fault::Untrusted(_))));
    assert!(matches!(one.finish(&begun, "forged", issuer, now()), Err(Fault::Refused(_))));
    let stolen = Attempt { verifier: "x".repeat(64), ..begun.clone() };
    assert!(matches!(one.finish(&stolen, code, issuer, now()), Err(Fault::Refused(_))), "PKCE");
    let wrong = client(&provider.issuer, "another secret");
    assert!(matches!(wrong.finish(&begun, code, issuer, now()), Err(Fault::Refused(_))));
    // A later clock: the token is over before it is read.
    let url = one.begin(&attempt(2), "kk", now()).unwrap();
    let back = browse(&format!("{url}&login_hint=aliya"));
    let late = one.finish(&attempt(2), &back["code"], back.get("iss").map(String::as_str), now() + 1_000);
    assert!(matches!(late, Err(Fault::Untrusted(_))));
    let again = one.finish(&attempt(2), &back["code"], back.get("iss").map(String::as_str), now());
    assert!(matches!(again, Err(Fault::Refused(_))), "a code works once");
}

#[test]
fn who_is_no_provider_is_not_believed() {
    let gone = client("http://127.0.0.1:9", "x");
    assert!(matches!(gone.begin(&attempt(1), "kk", now()), Err(Fault::Unreachable(_))));
    let Some(provider) = start() else { return skipped("node does not run") };
    let other = client(&provider.issuer.replace("127.0.0.1", "localhost"), "x");
    assert!(
        matches!(other.begin(&attempt(1), "kk", now()), Err(Fault::Untrusted(_))),
        "it calls itself 127.0.0.1"
    );
}
