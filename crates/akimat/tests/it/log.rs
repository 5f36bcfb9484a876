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
use std::path::{Path, PathBuf};
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

fn free() -> String {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("127.0.0.1:{port}")
}

fn wait(what: &str, done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn serve_with(settings: &Path, listen: &str) -> Server {
    let mut command = run::akimat();
    command.args(["serve", "--config", settings.to_str().unwrap(), "--listen", listen]).stdout(Stdio::null());
    Server(command.spawn().unwrap())
}

fn reads(url: &str) -> Option<String> {
    ureq::get(url).call().ok()?.body_mut().read_to_string().ok()
}

/// Two platforms and a witness without a platform, on this machine: a district asks both for their signatures. Its
/// database is lost, an older one is put back, and nothing is signed until the leaves are put back out of a copy.
#[test]
#[expect(clippy::too_many_lines, reason = "a story is told step by step")]
fn a_region_and_a_newspaper_watch_a_district() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let make = |name: &str, kind, seed: u8, file: &str| {
        let signer = Signer::from_seed(name, kind, [seed; 32]).unwrap();
        std::fs::create_dir_all(Path::new(&at(file)).parent().unwrap()).unwrap();
        std::fs::write(at(file), format!("{}\n", signer.encode())).unwrap();
        signer.verifier().encode()
    };
    let district = make("district.example/log", KeyKind::Log, 1, "district/log.key");
    let region = make("region.example/witness", KeyKind::Witness, 2, "region/witness.key");
    let paper = make("paper.example/witness", KeyKind::Witness, 3, "paper/witness.key");
    let [district_at, region_at, paper_at] = [free(), free(), free()];
    let vkey = put(folder.path(), "district.vkey", &district);
    let region_settings = format!(
        "data = \"{}\"\n[log]\nname = \"region.example/log\"\nwatches = [\"{district}\"]\n",
        at("region")
    );
    let district_settings = format!(
        "data = \"{}\"\n[log]\nname = \"district.example/log\"\n\
         [[log.witnesses]]\nkey = \"{region}\"\nurl = \"http://{region_at}/log\"\n\
         [[log.witnesses]]\nkey = \"{paper}\"\nurl = \"http://{paper_at}\"\n",
        at("district")
    );
    let region_settings = put(folder.path(), "region.toml", &region_settings);
    let district_settings = put(folder.path(), "district.toml", &district_settings);
    let _region = serve_with(Path::new(&region_settings), &region_at);
    let mut paper_command = run::akimat();
    let paper_state = at("paper");
    paper_command.args(["log", "witness", "--listen", &paper_at, "--key", &vkey, "--name", "x", "--state"]);
    let _paper = Server(paper_command.arg(&paper_state).stdout(Stdio::null()).spawn().unwrap());
    wait("the region does not answer", || reads(&format!("http://{region_at}/log/vkey")).is_some());
    wait("the newspaper does not answer", || reads(&format!("http://{paper_at}/vkey")).is_some());

    let checkpoint = format!("http://{district_at}/log/checkpoint");
    // Size of the checkpoint that both have signed.
    let signed = || {
        let note = reads(&checkpoint)?;
        let both = ["— region.example/witness ", "— paper.example/witness "];
        let size = note.lines().nth(1)?.parse::<u64>().ok()?;
        both.iter().all(|line| note.contains(line)).then_some(size)
    };
    let data = PathBuf::from(at("district"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let act = |n: u32| {
        let leaf =
            akimat_app::log::entry(jiff::Timestamp::now(), "tally", "x/1", serde_json::json!({ "n": n }));
        runtime.block_on(run::store(&data).apply(vec![leaf])).unwrap();
    };
    let server = serve_with(Path::new(&district_settings), &district_at);
    // The log is opened, and the record of acts is closed for the days before.
    wait("the first leaves are not witnessed", || signed() >= Some(2));
    drop(server);
    let backup = at("backup.db");
    std::fs::copy(data.join("akimat.db"), &backup).unwrap();

    let server = serve_with(Path::new(&district_settings), &district_at);
    act(1);
    act(2);
    wait("growth is not witnessed", || signed() >= Some(4));
    let copy = at("copy");
    let url = format!("http://{district_at}");
    let mirror = ["log", "mirror", "--url", &url, "--key", &vkey, "--to", &copy];
    run::ok(&mirror);
    run::ok(&mirror);
    drop(server);

    // The machine is lost with what it remembered; the key was kept elsewhere.
    for name in ["akimat.db", "akimat.db-wal", "akimat.db-shm", "log.last"] {
        let _ = std::fs::remove_file(data.join(name));
    }
    std::fs::copy(&backup, data.join("akimat.db")).unwrap();
    act(3);
    let server = serve_with(Path::new(&district_settings), &district_at);
    let contradicted =
        || reads(&format!("{url}/en/log")).is_some_and(|page| page.contains("contradicts this log"));
    wait("the page does not say what the witnesses say", contradicted);
    assert!(reads(&checkpoint).unwrap().starts_with("district.example/log\n2\n"), "nothing new is signed");
    drop(server);

    let recover = |more: &[&str]| {
        let args = [&["log", "recover", "--config", &district_settings][..], more].concat();
        run(&args).status.code()
    };
    let kept = format!("{copy}/checkpoint");
    assert_eq!(recover(&["--checkpoint", &kept]), Some(1));
    assert_eq!(recover(&["--from", &copy]), Some(0));
    assert_eq!(recover(&["--checkpoint", &kept]), Some(0));
    let _server = serve_with(Path::new(&district_settings), &district_at);
    // Leaves from before, the act of the meantime, and the leaf that tells what was put back.
    wait("the log is not continued", || signed() >= Some(6));
    run::ok(&mirror);
    run::ok(&["log", "verify", "--url", &url, "--key", &vkey, "--since", &kept]);
}

/// The bytes at an address of a running server.
fn download(url: &str) -> String {
    ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap()
}

/// What the page of an entry offers for download is confirmed by the command that it shows; no changed byte is.
fn downloads_prove_themselves(folder: &Path, url: &str) {
    let page = download(&format!("{url}/en/log/0"));
    let offered = |start: &str| {
        let rest = page.split("href=\"").find(|rest| rest.starts_with(start)).unwrap();
        download(&format!("{url}{}", rest.split('"').next().unwrap()))
    };
    let (proof, kept) = (offered("/en/log/0/proof?size="), offered("/log/checkpoint?size="));
    let key = put(folder, "offered.vkey", &offered("/log/vkey?save=1"));
    let files = |proof: &str, kept: &str| {
        let (proof, kept) =
            (put(folder, "offered.tlog-proof", proof), put(folder, "offered.checkpoint", kept));
        run(&["log", "verify", "--proof", &proof, "--checkpoint", &kept, "--key", &key]).status.code()
    };
    assert_eq!(files(&proof, &kept), Some(0));
    // One sign at a time, from the first to the last; a blank line more or less is another form, and refused, too.
    let tampered = |text: &str, at: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).ok().filter(|tampered| tampered != text)
    };
    let mut n = 0;
    for at in (0..proof.len()).step_by(proof.len() / 24) {
        let Some(tampered) = tampered(&proof, at) else { continue };
        assert!(matches!(files(&tampered, &kept), Some(1 | 3)), "byte {at} of the proof");
        n += 1;
    }
    for at in (0..kept.len()).step_by(kept.len() / 12) {
        let Some(tampered) = tampered(&kept, at) else { continue };
        assert!(matches!(files(&proof, &tampered), Some(1 | 3)), "byte {at} of the checkpoint");
        n += 1;
    }
    assert!(n > 30);
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
    downloads_prove_themselves(folder.path(), &url);
    let rotated = run(&["log", "verify", "--url", &url, "--key", &vkey, "--since", &vkey]);
    assert_eq!(rotated.status.code(), Some(1), "a key is no checkpoint");
}

/// What the demonstration shows stands in its log as it stands in its rows, by the clock of this machine.
#[test]
fn the_log_of_the_demonstration_agrees_with_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    run::ok(&["demo", "--data", data, "--load-only"]);
    let (_server, url) = serve(data);
    let (runtime, store) = (
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        run::store(folder.path()),
    );
    let pending = || runtime.block_on(store.count_pending_log_entries()).unwrap();
    wait("the log", || reads(&format!("{url}/log/checkpoint")).is_some() && pending() == 0);
    let said = run::ok(&["log", "verify", "--url", &url, "--data", data]);
    let n_entries: u64 = said.split(" of ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(n_entries > 500, "{said}");
}

/// What a witness without a platform answers.
fn looked(url: &str, key: &str, folder: &Path) -> Option<i32> {
    let state = folder.join("paper");
    let state = state.to_str().unwrap();
    let args =
        ["log", "witness", "--url", url, "--key", key, "--name", "paper.example/witness", "--state", state];
    run(&args).status.code()
}

#[test]
fn the_log_moves_and_the_key_of_the_platform_changes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let settings = put(folder.path(), "akimat.toml", &format!("data = {data:?}\n"));
    assert_ne!(
        run(&["log", "move", "--name", "town.example/log", "--config", &settings]).status.code(),
        Some(0)
    );
    let former: String;
    {
        let (_server, url) = serve(data);
        wait("a checkpoint", || reads(&format!("{url}/log/checkpoint")).is_some());
        former = reads(&format!("{url}/log/vkey")).unwrap().lines().next().unwrap().to_owned();
        let key = put(folder.path(), "former.vkey", &former);
        assert_eq!(looked(&url, &key, folder.path()), Some(0));
    }
    let before = std::fs::read_to_string(folder.path().join("log.last")).unwrap();
    let vkey = run::ok(&["log", "move", "--name", "town.example/log", "--config", &settings]);
    assert!(vkey.starts_with("town.example/log+"), "{vkey}");
    let again = run(&["log", "move", "--name", "town.example/log", "--config", &settings]);
    assert_eq!(again.status.code(), Some(1), "it has this name already");
    let platform = std::fs::read_to_string(folder.path().join("platform.key")).unwrap();
    let fingerprint = run::ok(&["key", "change", "--config", &settings]);
    assert_eq!(fingerprint.trim().len(), 16);
    let changed = std::fs::read_to_string(folder.path().join("platform.key")).unwrap();
    assert!(changed.contains(&format!("lasting {}", platform.trim())), "identifiers keep their hashes");
    let key = put(folder.path(), "town.vkey", &vkey);
    let (_server, url) = serve(data);
    wait("the log", || reads(&format!("{url}/log/vkey")).is_some_and(|said| said.starts_with("town.")));
    run::ok(&["log", "verify", "--url", &url, "--key", &key, "--config", &settings]);
    assert_eq!(looked(&url, &key, folder.path()), Some(1), "nobody said that this is the same log");
    let name = former.split('+').next().unwrap();
    let other =
        put(folder.path(), "other.vkeys", &format!("{} after other.example/log\n{former}\n", vkey.trim()));
    assert_eq!(looked(&url, &other, folder.path()), Some(1), "it moved from another name");
    let both = put(folder.path(), "both.vkeys", &format!("{} after {name}\n{former}\n", vkey.trim()));
    assert_eq!(looked(&url, &both, folder.path()), Some(0));
    assert_eq!(looked(&url, &key, folder.path()), Some(0), "what was seen has the new name now");
    let entries = reads(&format!("{url}/en/log")).unwrap();
    assert!(entries.contains("The key of the platform was changed"), "{entries}");
    let last = std::fs::read_to_string(folder.path().join("log.last")).unwrap();
    assert!(last.starts_with("town.example/log\n") && !before.starts_with("town."));
}
