//! Every file of `tests/cmd` is a command with what it must answer. After a wanted change:
//! `AKIMAT_UPDATE=1 cargo test -p akimat --test it cmd`.
//!
//! `DATA` in a command is a fresh folder; times in an answer are not compared.

use crate::run;
use std::path::{Path, PathBuf};

#[test]
fn commands_answer_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5);
    let wrong: Vec<String> = files.iter().filter_map(|file| check(file)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(file: &Path) -> Option<String> {
    let written = std::fs::read_to_string(file).unwrap();
    let command = written.lines().next().and_then(|line| line.strip_prefix("$ akimat ")).unwrap();
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().to_str().unwrap();
    let args: Vec<String> = command.split_whitespace().map(|word| word.replace("DATA", folder)).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = run::run(&args);
    let text = |bytes: &[u8]| without_times(&String::from_utf8_lossy(bytes).replace(folder, "DATA"));
    let answer = format!(
        "$ akimat {command}\n--- status\n{}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr)
    );
    if answer == written {
        return None;
    }
    if std::env::var_os("AKIMAT_UPDATE").is_some() {
        std::fs::write(file, answer).unwrap();
        return None;
    }
    Some(format!("{}:\n{answer}", file.display()))
}

/// `in 0.42 s` becomes `in TIME s`.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| match line.rsplit_once(" in ") {
        Some((front, time)) if time.ends_with(" s") => format!("{front} in TIME s\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}
