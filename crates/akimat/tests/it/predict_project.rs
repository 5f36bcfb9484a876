//! `akimat predict-project` on an invented table of projects.

use crate::run;
use std::fmt::Write as _;

const HEADER: &str = "project_id,name,country,region,sector,subsector,approval_date,approved_usd_m,\
                      total_cost_planned_usd_m,closing_date_planned,delay_years,cost_ratio,success";

/// Twelve finished projects and one that is asked about.
fn table(n: u32, delay: &str) -> String {
    let mut text = format!("{HEADER}\n");
    for at in 0..n {
        let (region, late) = if at % 2 == 0 { ("North", 2) } else { ("South", 0) };
        let _ = writeln!(
            text,
            "p{at},\"Road, part {at}\",C{region},{region},Transport,Road,200{}-05-01,10{at},20{at},2012-06-30,{},1.{at},{}",
            at % 9,
            if delay.is_empty() { format!("{late}.{at}") } else { delay.to_owned() },
            at % 2
        );
    }
    text
}

#[test]
fn projects_are_predicted_in_the_order_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (train, file) = (folder.path().join("train.csv"), folder.path().join("file.csv"));
    std::fs::write(&train, table(12, "")).unwrap();
    let ask = |delay: &str, target: &str| {
        std::fs::write(&file, table(4, delay).replace("\np", "\nq")).unwrap();
        run::ok(&[
            "predict-project",
            file.to_str().unwrap(),
            "--train",
            train.to_str().unwrap(),
            "--target",
            target,
        ])
    };
    let text = ask("", "delay");
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows[0], "project_id,p,point,lo80,hi80,lo90,hi90,class,n_class,model,warning");
    let ids: Vec<&str> = rows[1..].iter().map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["q0", "q1", "q2", "q3"]);
    assert!(rows[1].contains("parent class: North/CNorth has 6 finished"), "{}", rows[1]);
    // What became of the projects asked about is not looked at.
    assert_eq!(ask("99", "delay"), text);
    let completed = ask("", "completed");
    assert!(completed.lines().nth(1).unwrap().contains(",,,,,,all,12,class-rate-1,"), "{completed}");
}

#[test]
fn what_is_wrong_is_named_by_row_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let (train, file) = (folder.path().join("train.csv"), folder.path().join("file.csv"));
    std::fs::write(&train, table(12, "")).unwrap();
    let ask = |text: &str, status: i32| {
        std::fs::write(&file, text).unwrap();
        let args = [
            "predict-project",
            file.to_str().unwrap(),
            "--train",
            train.to_str().unwrap(),
            "--target",
            "delay",
        ];
        let output = run::run(&args);
        assert_eq!(output.status.code(), Some(status));
        String::from_utf8(output.stderr).unwrap()
    };
    let broken = table(4, "").replace("2001-05-01", "soon");
    assert!(ask(&broken, 3).contains("file.csv:3:approval_date: "));
    assert!(ask(&table(4, "").replace("approval_date", "when"), 3).contains("file.csv"));
    assert!(ask("a,b\n1,2\n", 3).contains("file.csv"));
    std::fs::write(&train, table(5, "")).unwrap();
    assert!(ask(&table(4, ""), 1).contains("9 are needed"));
}
