//! `akimat import facts`: all of a file or nothing, and what is broken off is completed.

use crate::run;
use akimat_storage::{FactNode, FactQuery, FactRead, FactScope, FactTotal};
use std::fmt::Write as _;
use std::path::Path;

/// Reports of the invented units: every month of some years, many programmes.
fn csv(n_programmes: u32) -> String {
    let mut text = "kato,level,year,month,item,code,name_ru,approved,executed\n".to_owned();
    for (place, level) in [("990100000", 3), ("990200000", 3), ("990103000", 4), ("990203000", 4)] {
        for year in 2015..2018 {
            for month in 1..=12 {
                for programme in 1..=n_programmes {
                    let code = format!("07/1/{programme:03}/{month:03}");
                    let amount = programme * 10 + month;
                    writeln!(
                        text,
                        "{place},{level},{year},{month},functional_detail,{code},Строка,{amount}.5,{month}"
                    )
                    .unwrap();
                }
            }
        }
    }
    text
}

fn demo(data: &Path) {
    run::ok(&["demo", "--data", data.to_str().unwrap(), "--load-only"]);
}

async fn old_totals(data: &Path) -> Vec<FactTotal> {
    let scope = FactScope::Node(FactNode::Sum { under: None, level: 4 });
    let query = FactQuery { scope, lines: Vec::new(), years: 2015..=2017 };
    run::store(data).fact_totals(&query).await.unwrap()
}

#[tokio::test]
async fn a_file_comes_in_whole_and_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("facts.csv"));
    demo(&data);
    let names = [data.to_str().unwrap(), file.to_str().unwrap()];
    std::fs::write(&file, csv(5)).unwrap();
    let import = || run::ok(&["import", "facts", names[1], "--data", names[0], "--invented"]);
    assert!(import().starts_with("144 reports with 720 lines in "));
    let totals = old_totals(&data).await;
    // December alone: its five programmes in each of three years, two okrugs.
    assert_eq!(totals.len(), 15);
    let first = &totals[0];
    assert_eq!((first.n_units.approved, first.month_min, first.month_max), (2, 12, 12));
    assert_eq!(first.amounts.approved.unwrap().tiyn(), 2 * (10 + 12) * 100_000 + 100_000);
    let before = run::store(&data).fact_extent().await.unwrap();
    import();
    let after = run::store(&data).fact_extent().await.unwrap();
    assert_eq!(
        (after.n_facts, after.n_reports, after.n_units),
        (before.n_facts, before.n_reports, before.n_units)
    );
    assert_eq!(old_totals(&data).await, totals);
    let report =
        run::store(&data).find_fact_report("990200000".parse().unwrap(), 2016, 3).await.unwrap().unwrap();
    assert_eq!((report.source.file_name.as_str(), report.source.invented), ("facts.csv", true));
    assert_eq!(report.source.sha256.len(), 64);
}

#[tokio::test]
async fn problems_name_their_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("facts.csv"));
    demo(&data);
    let before = run::store(&data).fact_extent().await.unwrap();
    for (row, expected) in [
        ("990100000,4,2015,1,tax,,,1,1", "3:level: Level 4 does not fit"),
        ("123456789,3,2015,1,tax,,,1,1", "3:kato: The territory 123456789 is not in the register"),
        ("990200000,3,2015,1,tax,,,1x,1", "3:approved: "),
    ] {
        let good = "990300000,3,2015,1,tax,,,1,1";
        std::fs::write(
            &file,
            format!("kato,level,year,month,item,code,name_ru,approved,executed\n{good}\n{row}\n"),
        )
        .unwrap();
        let output = run::run(&["import", "facts", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(run::store(&data).fact_extent().await.unwrap(), before);
}

/// Killed at any moment: what is there is exact, and the same file completes it.
#[tokio::test]
async fn a_killed_import_is_completed_by_repeating() {
    let folder = tempfile::tempdir().unwrap();
    let (data, whole, file) =
        (folder.path().join("data"), folder.path().join("whole"), folder.path().join("facts.csv"));
    demo(&data);
    demo(&whole);
    // Several parts.
    std::fs::write(&file, csv(900)).unwrap();
    let import = |data: &Path| {
        let mut command = run::akimat();
        command.args([
            "import",
            "facts",
            file.to_str().unwrap(),
            "--invented",
            "--data",
            data.to_str().unwrap(),
        ]);
        command.stdout(std::process::Stdio::null());
        command
    };
    let mut n_before = run::store(&data).fact_extent().await.unwrap().n_facts;
    for _ in 0..2 {
        let mut child = import(&data).spawn().unwrap();
        // Until it has saved a part.
        let seen = run::store(&data);
        let n_now = loop {
            let n_now = seen.fact_extent().await.unwrap().n_facts;
            if n_now > n_before || child.try_wait().unwrap().is_some() {
                break n_now;
            }
            tokio::task::yield_now().await;
        };
        child.kill().unwrap();
        child.wait().unwrap();
        n_before = n_now;
        // Whatever is there adds up: no total is of a part of a report.
        let totals = old_totals(&data).await;
        assert!(totals.iter().all(|total| total.n_units.approved <= 2 && total.month_min >= 1));
    }
    assert!(import(&data).status().unwrap().success());
    assert!(import(&whole).status().unwrap().success());
    assert_eq!(old_totals(&data).await, old_totals(&whole).await);
    let (one, other) = (run::store(&data).fact_extent().await, run::store(&whole).fact_extent().await);
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.n_facts, one.n_reports, one.n_units), (other.n_facts, other.n_reports, other.n_units));
}
