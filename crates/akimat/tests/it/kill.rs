//! A program that is killed loses nothing that it acknowledged and leaves nothing half-done.

use crate::run;
use akimat_core::{AccountId, ProjectId};
use akimat_storage::{ParticipationRead, PlaceRead};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// Codes, parents and names of 12,210 territories.
fn classifier() -> String {
    let mut csv = "code,parent_code,depth,code_level,kind,name_ru\n".to_owned();
    for region in 10..20 {
        let region = region * 10_000_000;
        writeln!(csv, "{region},,1,AB,oblast,Область {region}").unwrap();
        for district in 1..=20 {
            let district = region + district * 100_000;
            writeln!(csv, "{district},{region},2,CD,district,Район {district}").unwrap();
            for okrug in 10..30 {
                let okrug = district + okrug * 1_000;
                writeln!(csv, "{okrug},{district},3,EF,rural_okrug,Округ {okrug}").unwrap();
                for village in [1, 2] {
                    let village = okrug + village * 100;
                    writeln!(csv, "{village},{okrug},4,HIJ,village,Село {village}").unwrap();
                }
            }
        }
    }
    csv
}

/// Lets a child work until it ends or its database's log has grown to `bytes`, then kills it.
fn kill_at(mut child: Child, log: &std::path::Path, bytes: u64) {
    while child.try_wait().unwrap().is_none() && log.metadata().map_or(0, |log| log.len()) < bytes {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn an_import_happens_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kato.csv");
    std::fs::write(&file, classifier()).unwrap();
    let today = jiff::Timestamp::now().in_tz("Asia/Almaty").unwrap().date();
    for bytes in [1, 100_000, 500_000, 1_500_000, u64::MAX] {
        let data = folder.path().join(bytes.to_string());
        let args = ["import", "kato", file.to_str().unwrap(), "--data", data.to_str().unwrap()];
        let child = run::akimat().args(args).stdout(Stdio::null()).spawn().unwrap();
        kill_at(child, &data.join("akimat.db-wal"), bytes);
        let counts = run::store(&data).count_places_by_region(today).await.unwrap();
        let n_below: u64 = counts.iter().map(|(_, _, count)| count).sum();
        assert!(n_below == 0 || n_below == 12_200, "{n_below} of 12200 after {bytes} bytes of log");
        run::ok(&args);
        let counts = run::store(&data).count_places_by_region(today).await.unwrap();
        assert_eq!(counts.iter().map(|(_, _, count)| count).sum::<u64>(), 12_200);
    }
}

#[tokio::test]
async fn acknowledged_votes_survive() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    run::ok(&["bench", "seed", "--data", data, "--projects", "50", "--comments", "50", "--votes", "10000"]);
    let mut child = run::akimat()
        .args(["bench", "votes", "--data", data, "--tasks", "32", "--seconds", "600", "--acknowledged"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    while acknowledged.len() < 1_000 {
        acknowledged.push(lines.next().unwrap().unwrap());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.extend(lines.map_while(Result::ok));
    let store = run::store(folder.path());
    let mut seen: BTreeMap<(ProjectId, AccountId), u8> = BTreeMap::new();
    for line in &acknowledged {
        // The last line may be cut.
        let words: Vec<&str> = line.split(' ').collect();
        let [project, account, value] = words[..] else { continue };
        let Ok(value) = value.parse() else { continue };
        seen.insert((project.parse().unwrap(), account.parse().unwrap()), value);
    }
    assert!(seen.len() >= 1_000, "each vote is another person's or on another project");
    for ((project, account), value) in seen {
        let rating = store.find_rating(project, account).await.unwrap();
        assert_eq!(rating.map(akimat_participation::Rating::value), Some(value));
    }
}
