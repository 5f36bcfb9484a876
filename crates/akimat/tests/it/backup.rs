//! Backups are made while the platform works, and come back as they were or not at all.

use crate::run;
use akimat_storage::{AuditRead, PageRequest};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A key, a database with something of most kinds, and its backup.
struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap() };
        run::ok(&["backup", "key", "--out", &scene.at("key")]);
        let seed = ["--projects", "200", "--comments", "300", "--votes", "2000"];
        run::ok(&[&["bench", "seed", "--data", &scene.at("data")], &seed[..]].concat());
        scene
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn backup(&self, name: &str) -> std::process::Output {
        let args = ["backup", "--out", &self.at(name), "--key", &self.at("key"), "--data", &self.at("data")];
        run::run(&args)
    }

    fn restore(&self, file: &str, data: &str) -> std::process::Output {
        run::run(&["restore", &self.at(file), "--key", &self.at("key"), "--data", &self.at(data)])
    }

    fn verify(&self, file: &str) -> std::process::Output {
        run::run(&[
            "restore",
            &self.at(file),
            "--key",
            &self.at("key"),
            "--verify",
            "--scratch",
            &self.at(""),
        ])
    }
}

/// Every table as rows of text, in the order of the rows.
fn dump(data: &Path) -> Vec<(String, u64)> {
    let copy = data.join("akimat.db");
    akimat_storage_sqlite::backup::fingerprints(&copy).unwrap().into_iter().collect()
}

#[test]
fn what_is_restored_equals_what_was_backed_up() {
    let scene = Scene::new();
    let made = scene.backup("one.akb");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let verified = scene.verify("one.akb");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let restored = scene.restore("one.akb", "again");
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let (before, after) = (dump(&scene.folder.path().join("data")), dump(&scene.folder.path().join("again")));
    assert!(before.len() > 40);
    assert_eq!(before, after);
    // Nothing beside it: neither the copy nor what was unpacked for the check.
    let left: Vec<String> = std::fs::read_dir(scene.folder.path())
        .unwrap()
        .chain(std::fs::read_dir(scene.folder.path().join("data")).unwrap())
        .chain(std::fs::read_dir(scene.folder.path().join("again")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("part") || name.contains("restore") || name.contains("backup"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    // A place that is not empty, and a file that is there, are left alone.
    assert_eq!(scene.restore("one.akb", "again").status.code(), Some(1));
    assert_eq!(scene.backup("one.akb").status.code(), Some(1));
    assert_eq!(dump(&scene.folder.path().join("again")), before);
}

#[test]
fn an_altered_backup_is_refused_and_leaves_nothing() {
    let scene = Scene::new();
    assert!(scene.backup("one.akb").status.success());
    let whole = std::fs::read(scene.at("one.akb")).unwrap();
    let places = [0, 20, 40, 64, whole.len() / 3, whole.len() / 2, whole.len() - 1];
    for (n, at) in places.into_iter().enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(scene.at("bad.akb"), &bytes).unwrap();
        let data = format!("bad{n}");
        let refused = scene.restore("bad.akb", &data);
        assert_eq!(refused.status.code(), Some(3), "byte {at}");
        assert!(!Path::new(&scene.at(&data)).join("akimat.db").exists());
        assert!(!Path::new(&scene.at(&data)).join("akimat.db.restore").exists());
        assert_eq!(scene.verify("bad.akb").status.code(), Some(3), "byte {at}");
    }
    std::fs::write(scene.at("bad.akb"), &whole[..whole.len() / 2]).unwrap();
    assert_eq!(scene.verify("bad.akb").status.code(), Some(3));
    run::ok(&["backup", "key", "--out", &scene.at("other")]);
    let other = run::run(&["restore", &scene.at("one.akb"), "--key", &scene.at("other"), "--verify"]);
    assert_eq!(other.status.code(), Some(3));
}

#[test]
fn a_killed_restore_leaves_no_database_and_can_be_repeated() {
    let scene = Scene::new();
    assert!(scene.backup("one.akb").status.success());
    let data = scene.folder.path().join("again");
    let unpacked = data.join("akimat.db.restore");
    let (file, key) = (scene.at("one.akb"), scene.at("key"));
    let args = ["restore", &file, "--key", &key, "--data", text(&data)];
    let mut child = run::akimat().args(args).stdout(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && unpacked.metadata().map_or(0, |file| file.len()) == 0 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    if data.join("akimat.db").exists() {
        // Too quick to be killed: then it is whole.
        assert_eq!(dump(&data), dump(&scene.folder.path().join("data")));
        return;
    }
    run::ok(&args);
    assert_eq!(dump(&data), dump(&scene.folder.path().join("data")));
}

/// Votes go on while the backup is made, and the backup is of one instant: it verifies, and what it holds is a
/// beginning of what there was in the end.
#[tokio::test]
async fn a_backup_is_made_while_votes_go_on() {
    let scene = Scene::new();
    let mut child = run::akimat()
        .args([
            "bench",
            "votes",
            "--data",
            &scene.at("data"),
            "--tasks",
            "8",
            "--seconds",
            "600",
            "--acknowledged",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().is_ok());
    let counting = std::thread::spawn(move || lines.map_while(Result::ok).count());
    let made = scene.backup("one.akb");
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(running && counting.join().unwrap() > 0, "votes were taken all the time");
    assert!(scene.verify("one.akb").status.success());
    assert!(scene.restore("one.akb", "again").status.success());
    let listed = run::store(&scene.folder.path().join("again"));
    assert!(listed.list_audit(&PageRequest::first(1)).await.is_ok());
}
