//! A log of another history, and a log out of an older backup: what witnesses say, what the page says, and the way on.

use crate::client::Answer;
use crate::html::check_page;
use crate::log::{ask, opened, words};
use crate::town::Town;
use akimat_app::App;
use akimat_app::log::{Recovery, Trouble, WitnessAddress};
use akimat_storage::Change;
use serde_json::json;

/// The region that watches the town, at whose door every town of a test asks.
async fn region() -> (Town, App) {
    let region = Town::open().await;
    let nobody = std::sync::Arc::new(crate::log::Neighbour(std::sync::Mutex::new(None)));
    let app = region.app.clone().with_log(crate::log::keeper(&std::sync::Arc::default(), nobody));
    (region, app)
}

fn witness(app: &App) -> WitnessAddress {
    app.log().unwrap().witnesses[0].clone()
}

async fn act(town: &Town, app: &App, what: &str) {
    let leaf: Change = app.log_entry("tally", "x/1", json!({ "what": what }));
    town.store.apply(vec![leaf]).await.unwrap();
}

async fn page(app: &App, lang: &str) -> Answer {
    let page = ask(app, &format!("/{lang}/log")).await;
    check_page(&page, lang);
    page
}

#[tokio::test]
async fn a_fork_is_refused_and_its_page_says_so() {
    let (_region, region) = region().await;
    let (town, app, _, neighbour) = opened().await;
    let (twin_town, twin, _, twin_neighbour) = opened().await;
    for neighbour in [&neighbour, &twin_neighbour] {
        *neighbour.0.lock().unwrap() = Some(region.clone());
    }
    act(&town, &app, "one").await;
    app.integrate_log().await.unwrap();
    assert_eq!(app.ask_witness(&witness(&app)).await.unwrap(), Ok(true));
    assert!(!page(&app, "en").await.text().contains("verdict-error"));
    // The same office shows others another act in its place.
    for (n, what) in ["two", "three"].into_iter().enumerate() {
        act(&twin_town, &twin, what).await;
        twin.integrate_log().await.unwrap();
        let refused = twin.ask_witness(&witness(&twin)).await.unwrap().unwrap_err();
        assert_eq!(refused, Trouble::Rewritten([409, 422][n]));
        for lang in ["kk", "ru", "en"] {
            let page = page(&twin, lang).await;
            assert!(page.text().contains("note-error") && page.text().contains("verdict-error"), "{lang}");
        }
    }
    assert_eq!(twin_town.store.list_log_refusals().await.unwrap().len(), 1);
    assert_eq!(app.ask_witness(&witness(&app)).await.unwrap(), Ok(false));
    assert!(!page(&app, "en").await.text().contains("note-error"));
}

#[tokio::test]
async fn an_older_backup_is_not_signed_but_continued() {
    let (_region, region) = region().await;
    let (town, app, _, neighbour) = opened().await;
    let (old_town, old, old_last, old_neighbour) = opened().await;
    for neighbour in [&neighbour, &old_neighbour] {
        *neighbour.0.lock().unwrap() = Some(region.clone());
    }
    let size = town.store.find_latest_log_checkpoint().await.unwrap().unwrap().size;
    for what in ["one", "two", "three"] {
        act(&town, &app, what).await;
    }
    app.integrate_log().await.unwrap();
    assert_eq!(app.ask_witness(&witness(&app)).await.unwrap(), Ok(true));

    // The backup is put back on a new machine, which remembers nothing; the office works on.
    *old_last.0.lock().unwrap() = None;
    act(&old_town, &old, "four").await;
    let refused = old.integrate_log().await.unwrap_err().to_string();
    assert!(refused.contains(&format!("saw {} entries", size + 3)), "{refused}");
    assert!(page(&old, "en").await.text().contains("note-error"));
    assert_eq!(old.log_standing(&[]).await.unwrap(), Recovery { stored: size, signed: size, target: None });

    // Somebody kept the files.
    let kept = words(&app, "/log/checkpoint").await;
    let standing = old.log_standing(std::slice::from_ref(&kept)).await.unwrap();
    assert_eq!((standing.stored, standing.signed), (size, size + 3));
    let target = standing.target.unwrap();
    let lost = town.store.list_log_entries(size, 10).await.unwrap();
    let lost: Vec<String> = lost.into_iter().map(|stored| stored.entry.leaf).collect();
    for wrong in [&lost[..2], &lost[1..], &[lost[1].clone(), lost[0].clone(), lost[2].clone()]] {
        assert!(old.recover_log(&target, wrong).await.is_err());
    }
    assert!(old.recover_log(&target.replace('\n', "\n\n"), &lost).await.is_err());
    assert_eq!(old.recover_log(&target, &lost).await.unwrap(), 3);
    assert_eq!(old.log_standing(&[kept]).await.unwrap().target, None);
    // What waited, and the leaf that tells of it.
    assert_eq!(old.integrate_log().await.unwrap(), 2);
    assert_eq!(old.ask_witness(&witness(&old)).await.unwrap(), Ok(true));
    let page = page(&old, "en").await;
    assert!(!page.text().contains("note-error") && page.text().contains("put back after a loss"));
    let latest = old_town.store.find_latest_log_checkpoint().await.unwrap().unwrap().size;
    let audit = old.audit_log(latest).await.unwrap();
    assert_eq!((audit.n_lost, audit.difference), (3, None));
}

/// On a new machine nothing is signed while no witness can be asked, and everything once one agrees.
#[tokio::test]
async fn silence_of_all_witnesses_is_no_yes() {
    let (_region, region) = region().await;
    let (town, app, last, neighbour) = opened().await;
    *last.0.lock().unwrap() = None;
    act(&town, &app, "one").await;
    assert!(app.integrate_log().await.unwrap_err().to_string().contains("no witness could say"));
    *neighbour.0.lock().unwrap() = Some(region);
    assert_eq!(app.integrate_log().await.unwrap(), 1);
    assert!(last.0.lock().unwrap().is_some());
}
