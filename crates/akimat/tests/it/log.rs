//! The transparency log from the command line: kept proofs without a network, a live log from outside.

use crate::run::{self, run};
use akimat_log::hash::leaf_hash;
use akimat_log::note::KeyKind;
use akimat_log::proof::inclusion;
use akimat_log::proof_file::ProofFile;
use akimat_log::tile::Tiles;
use akimat_log::tree::Frontier;
use akimat_log::{Checkpoint, Signer};
use akimat_storage::{LogRead as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn key(seed: u8) -> Signer {
    Signer::from_seed("city.example/log", KeyKind::Log, [seed; 32]).unwrap()
}

/// A log of five leaves, and the proof of the third.
fn proof() -> ProofFile {
    let leaf = |n: u32| {
        format!(
            "{{\"at\":\"2026-03-01T04:05:06.000007Z\",\"body\":{{\"n\":{n}}},\"kind\":\"tally\",\"subject\":\"x/1\",\"v\":1}}"
        )
    };
    let (mut tree, mut tiles) = (Frontier::default(), Tiles::default());
    for n in 0..5 {
        tree.push_with(leaf_hash(leaf(n).as_bytes()), |node, hash| tiles.note(node, hash));
    }
    let hashes = inclusion(2, 5).unwrap().gather(|node| tiles.hash_of(node)).unwrap();
    let checkpoint = Checkpoint::new("city.example/log", 5, tree.root()).sign(&key(1)).unwrap();
    ProofFile { leaf: Some(leaf(2).into_bytes()), index: 2, hashes, checkpoint }
}

fn put(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn kept_proofs_are_checked_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let file = proof();
    let good = put(folder.path(), "good.tlog-proof", &file.write());
    let vkey = put(folder.path(), "vkey", &format!("{}\n", key(1).verifier().encode()));
    let kept = put(folder.path(), "kept", &file.checkpoint);
    let said = run::ok(&["log", "verify", "--proof", &good, "--checkpoint", &kept, "--key", &vkey]);
    assert!(said.contains("entry 2") && said.contains("\"n\": 2"), "{said}");

    let code = |args: &[&str]| run(&[&["log", "verify"][..], args].concat()).status.code();
    let moved = ProofFile { index: 3, ..file.clone() }.write();
    let moved = put(folder.path(), "moved", &moved);
    assert_eq!(code(&["--proof", &moved, "--key", &vkey]), Some(1));
    let told = put(folder.path(), "told", &file.write().replacen("extra ", "extra A", 1));
    assert_eq!(code(&["--proof", &told, "--key", &vkey]), Some(3));
    let stranger = put(folder.path(), "stranger", &key(2).verifier().encode());
    assert_eq!(code(&["--proof", &good, "--key", &stranger, "--lang", "kk"]), Some(1));
    // The same size with another root under the same key: the log was rewritten.
    let other = Checkpoint::new("city.example/log", 5, leaf_hash(b"")).sign(&key(1)).unwrap();
    let other = put(folder.path(), "other", &other);
    let split =
        run(&["log", "verify", "--proof", &good, "--checkpoint", &other, "--key", &vkey, "--lang", "ru"]);
    assert_eq!(split.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&split.stderr).contains("переписан"));
    assert_eq!(code(&["--proof", &good, "--key", &vkey, "--witness", &vkey, "--quorum", "1"]), Some(1));
}

/// A server that is stopped at the end, however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

fn serve(data: &str) -> (Server, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let child =
        run::akimat().args(["serve", "--data", data, "--listen", &listen]).stdout(Stdio::null()).spawn();
    (Server(child.unwrap()), format!("http://{listen}"))
}

/// The log is opened at the start, integrates within seconds, is audited and witnessed from outside, and a changed leaf
/// in the database is named.
#[test]
fn a_live_log_is_audited() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (data, state) = (data.to_str().unwrap(), folder.path().join("paper"));
    let (_server, url) = serve(data);
    let kept = folder.path().join("kept").to_str().unwrap().to_owned();
    let started = Instant::now();
    while !run(&["log", "verify", "--url", &url, "--keep", &kept]).status.success() {
        assert!(started.elapsed() < Duration::from_secs(60), "the log is not opened");
        std::thread::sleep(Duration::from_millis(200));
    }
    let vkey = std::fs::read_to_string(Path::new(data).join("log.key")).unwrap();
    assert!(vkey.starts_with("PRIVATE+KEY+"));
    let own = Signer::parse(&vkey).unwrap().verifier().encode();
    let vkey = put(folder.path(), "vkey", &own);
    let witness = [
        "log",
        "witness",
        "--url",
        &url,
        "--key",
        &vkey,
        "--name",
        "paper.example/witness",
        "--state",
        state.to_str().unwrap(),
    ];
    assert!(run::ok(&witness).contains("— paper.example/witness "));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = run::store(Path::new(data));
    let act = akimat_app::log::entry(jiff::Timestamp::now(), "tally", "x/1", serde_json::json!({ "n": 1 }));
    runtime.block_on(store.apply(vec![act])).unwrap();
    let written = Instant::now();
    while runtime.block_on(store.count_pending_log_entries()).unwrap() > 0 {
        assert!(written.elapsed() < Duration::from_secs(10), "not integrated");
        std::thread::sleep(Duration::from_millis(50));
    }
    let args = ["log", "verify", "--url", &url, "--key", &vkey, "--since", &kept, "--data", data];
    let said = run::ok(&args);
    assert!(said.contains("of 2 entries") && said.contains("of 1 entries"), "{said}");
    assert!(run::ok(&witness).contains("— paper.example/witness "));
    let rotated = run(&["log", "verify", "--url", &url, "--key", &vkey, "--since", &vkey]);
    assert_eq!(rotated.status.code(), Some(1), "a key is no checkpoint");
}
