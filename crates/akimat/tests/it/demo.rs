//! The demonstration is loaded once and whole.

use crate::run;
use akimat_app::app::{App, Parts};
use akimat_app::published::Published;
use akimat_app::{SystemChance, SystemClock};
use akimat_solver_highs::Highs;
use akimat_storage::{
    AccountRead, BallotRead, BudgetFilter, BudgetRead, PageRequest, ParticipationRead, PlaceRead,
    ProcessRead, ProjectFilter, ProjectRead,
};
use akimat_storage_sqlite::SqliteStore;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Places at the top, budgets, projects, accounts, comments and votes of the district.
async fn contents(store: &SqliteStore) -> [usize; 6] {
    let today = jiff::Timestamp::now().in_tz("Asia/Almaty").unwrap().date();
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    let filter = ProjectFilter::default();
    let projects = store.list_whole_projects(&filter, 2_000).await.unwrap();
    let mut n_votes = 0;
    for project in &projects {
        assert!(project.invented);
        let (_, rating, _) = store.find_project(project.id).await.unwrap().unwrap();
        n_votes += usize::try_from(rating.n_votes()).unwrap();
    }
    let district = "990100000".parse().unwrap();
    [
        store.list_child_places(None, today).await.unwrap().len(),
        store.list_budgets(&BudgetFilter::default(), &page).await.unwrap().items.len(),
        projects.len(),
        store.list_accounts(&page).await.unwrap().items.len(),
        store.list_comments_in_place(district, &page).await.unwrap().items.len(),
        n_votes,
    ]
}

/// The commands that stand beside the result of last year's vote print that result, from the published files alone.
async fn recounted(store: &SqliteStore, folder: &std::path::Path) {
    let process = store.find_process_by_code("zhanabulaq-past").await.unwrap().unwrap();
    for envelope in &process.envelopes {
        let mut result = serde_json::Value::Null;
        for (kind, _) in akimat_app::ballot::file::KINDS {
            let Some(found) = store.find_ballot_file(process.id, &envelope.code, kind).await.unwrap() else {
                continue;
            };
            let name = akimat_app::ballot::file::name(&process.code, &envelope.code, kind);
            std::fs::write(folder.join(name), &found.body).unwrap();
            if kind == "result" {
                result = serde_json::from_slice(&found.body).unwrap();
            }
        }
        let told = |key: &str| {
            let words = result[key].as_str().unwrap();
            let output = run::akimat().current_dir(folder).args(words.split(' ').skip(1)).output().unwrap();
            assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let counted: serde_json::Value = serde_json::from_str(&told("command")).unwrap();
        for part in ["winners", "total_cost", "ties", "rounds"] {
            assert_eq!(counted[part], result["answer"][part], "{} {part}", envelope.code);
        }
        assert!(!counted["winners"].as_array().unwrap().is_empty());
        told("check_command");
    }
}

#[tokio::test]
async fn a_second_start_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("not/yet/there");
    let load = || run::ok(&["demo", "--data", data.to_str().unwrap(), "--load-only"]);
    assert!(load().starts_with("The demonstration loaded"));
    let first = contents(&run::store(&data)).await;
    recounted(&run::store(&data), folder.path()).await;
    assert_eq!(first, [21, 28, 109, 14, 51, 70]);
    assert!(load().starts_with("The demonstration was loaded already"));
    assert_eq!(contents(&run::store(&data)).await, first);
}

#[tokio::test]
async fn what_a_broken_start_left_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    // A start that was ended after two accounts.
    for (login, name, role) in
        [("resident", "Айгүл С.", "resident"), ("manager", "Ерлан Т.", "project_manager")]
    {
        let who = ["account", "add", "--login", login, "--name", name, "--role", role];
        run::ok(&[&who[..], &["--place", "990100000", "--data", data]].concat());
    }
    run::ok(&["demo", "--data", data, "--load-only"]);
    assert_eq!(contents(&run::store(folder.path())).await, [21, 28, 109, 14, 51, 70]);
}

#[test]
fn an_account_of_somebody_else_is_not_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    run::ok(&[
        "account",
        "add",
        "--login",
        "admin",
        "--name",
        "Real",
        "--role",
        "administrator",
        "--data",
        data,
    ]);
    let output = run::run(&["demo", "--data", data, "--load-only"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("admin"));
}

#[tokio::test]
async fn everybody_of_the_demonstration_can_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    run::ok(&["demo", "--data", folder.path().to_str().unwrap(), "--load-only"]);
    let app = App::new(Parts {
        store: Arc::new(run::store(folder.path())),
        solver: Arc::new(Highs),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: jiff::tz::TimeZone::UTC,
        criteria: Published::default(),
    });
    for login in ["resident", "manager", "analyst", "akim", "moderator", "admin"] {
        assert!(
            app.sign_in(login, &format!("demo-{login}-1"), &akimat_app::account::Browser::default())
                .await
                .is_ok(),
            "{login}"
        );
    }
}

#[tokio::test]
async fn figures_of_all_three_states_are_there() {
    let folder = tempfile::tempdir().unwrap();
    run::ok(&["demo", "--data", folder.path().to_str().unwrap(), "--load-only"]);
    let store = run::store(folder.path());
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    let heads = store.list_budgets(&BudgetFilter::default(), &page).await.unwrap().items;
    let errors: BTreeMap<&str, (u32, u32)> = heads
        .iter()
        .map(|head| (head.budget.key.as_str(), (head.figures.n_errors, head.figures.n_warnings)))
        .filter(|(_, counts)| *counts != (0, 0))
        .collect();
    let known = [("qainarkol-okrug-2025", (1, 0)), ("turkistan-paper-2024-table-5", (2, 1))];
    assert_eq!(errors, BTreeMap::from(known));
    let head = heads.iter().find(|head| head.budget.key == "zhanabulaq-district-2014").unwrap();
    let budget = store.find_budget(head.budget.id).await.unwrap().unwrap().budget;
    // data/demo/budgets.json, record zhanabulaq-district-2014.
    let tax = budget.lines.iter().find(|line| line.item == akimat_budget::Item::Tax).unwrap();
    let tiyn = [tax.amounts.approved, tax.amounts.amended, tax.amounts.executed].map(|a| a.unwrap().tiyn());
    assert_eq!(tiyn, [137_357_050_000, 138_988_220_000, 140_371_350_000]);
    assert_eq!(budget.stages().len(), 3);
}
