//! The transparency log: leaves of what the town did, pages, files, proofs that hold offline, and witnesses.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::town::Town;
use akimat_app::App;
use akimat_app::log::{LastSigned, LogKeeper, WitnessAddress, WitnessClient};
use akimat_log::hash::leaf_hash;
use akimat_log::note::KeyKind;
use akimat_log::proof_file::ProofFile;
use akimat_log::tile::{Wanted, all_tiles};
use akimat_log::tree::root_of;
use akimat_log::{Checkpoint, Hash, Note, Signer, bundle, cosignature};
use akimat_storage::{Change, LogIntegration};
use akimat_web_kit::WebState;
use axum::body::Body;
use std::sync::{Arc, Mutex};

#[derive(Default)]
pub(crate) struct Last(pub(crate) Mutex<Option<String>>);

impl LastSigned for Last {
    fn load(&self) -> Result<Option<String>, String> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn store(&self, note: &str) -> Result<(), String> {
        *self.0.lock().unwrap() = Some(note.to_owned());
        Ok(())
    }
}

/// A witness that is another platform in the same process.
pub(crate) struct Neighbour(pub(crate) Mutex<Option<App>>);

#[async_trait::async_trait]
impl WitnessClient for Neighbour {
    async fn add_checkpoint(&self, url: &str, body: String) -> Result<(u16, String), String> {
        assert_eq!(url, "https://region.example/log");
        let app = self.0.lock().unwrap().clone().ok_or("nobody there")?;
        let region = Client::new(WebState::new(app, crate::town::options()), None);
        let request = region.request("POST", "/log/add-checkpoint").body(Body::from(body)).unwrap();
        let answer = region.send(request).await;
        Ok((answer.status.as_u16(), answer.text().to_owned()))
    }
}

pub(crate) fn key(name: &str, kind: KeyKind, seed: u8) -> Signer {
    Signer::from_seed(name, kind, [seed; 32]).unwrap()
}

pub(crate) fn keeper(last: &Arc<Last>, client: Arc<dyn WitnessClient>) -> LogKeeper {
    LogKeeper {
        signer: key("city.example/log", KeyKind::Log, 1),
        last: Arc::clone(last) as Arc<dyn LastSigned>,
        witness: Some(key("city.example/witness", KeyKind::Witness, 2)),
        watched: vec![key("city.example/log", KeyKind::Log, 1).verifier().clone()],
        after: Vec::new(),
        witnesses: vec![WitnessAddress {
            key: key("city.example/witness", KeyKind::Witness, 2).verifier().clone(),
            url: "https://region.example/log".to_owned(),
        }],
        client,
        software: "akimat test".to_owned(),
    }
}

pub(crate) async fn ask(app: &App, path: &str) -> Answer {
    Client::new(WebState::new(app.clone(), crate::town::options()), None).get(path).await
}

async fn fetch(app: &App, path: &str) -> (u16, Vec<u8>) {
    let answer = ask(app, path).await;
    (answer.status.as_u16(), answer.body.to_vec())
}

pub(crate) async fn words(app: &App, path: &str) -> String {
    let (status, body) = fetch(app, path).await;
    assert_eq!(status, 200, "{path}");
    String::from_utf8(body).unwrap()
}

/// The town with its log opened and everything integrated.
pub(crate) async fn opened() -> (Town, App, Arc<Last>, Arc<Neighbour>) {
    let town = Town::open().await;
    let (last, neighbour) = (Arc::new(Last::default()), Arc::new(Neighbour(Mutex::new(None))));
    let app = town.app.clone().with_log(keeper(&last, Arc::clone(&neighbour) as Arc<dyn WitnessClient>));
    app.open_log().await.unwrap();
    assert!(app.integrate_log().await.unwrap() > 0);
    assert_eq!(app.integrate_log().await.unwrap(), 0);
    (town, app, last, neighbour)
}

/// What an auditor does: every file is fetched, every hash recomputed.
#[tokio::test]
async fn the_files_are_a_whole_log() {
    let (town, app, ..) = opened().await;
    let vkey = words(&app, "/log/vkey").await;
    let key = akimat_log::Verifier::parse(vkey.lines().next().unwrap()).unwrap();
    let (stated, _) = Checkpoint::open(&words(&app, "/log/checkpoint").await, &key).unwrap();
    assert!(stated.size > 20, "{}", stated.size);
    let width = u16::try_from(stated.size).unwrap();
    let (_, bytes) = fetch(&app, &format!("/log/tile/{}", Wanted::Entries(0, width).path())).await;
    let leaves = bundle::read(&bytes, width).unwrap();
    let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    assert_eq!(root_of(&hashes), stated.root);
    for (id, width) in all_tiles(stated.size) {
        let (status, tile) = fetch(&app, &format!("/log/tile/{}", Wanted::Hashes(id, width).path())).await;
        assert_eq!((status, tile.len()), (200, usize::from(width) * 32));
        assert_eq!(Hash::at(&tile, 3), hashes.get(3).copied());
    }
    for absent in ["0/001", "entries/000", "0/000.p/0", "9/000", "nothing"] {
        assert_eq!(fetch(&app, &format!("/log/tile/{absent}")).await.0, 404, "{absent}");
    }
    let all: String = leaves.iter().map(|leaf| String::from_utf8_lossy(leaf)).collect();
    for person in town.people.values() {
        assert!(
            !all.contains(&person.display_name) && !all.contains(&person.id.to_string()),
            "{}",
            person.login
        );
    }
}

#[tokio::test]
async fn a_proof_is_downloaded_and_holds_offline() {
    let (town, app, ..) = opened().await;
    let subject = format!("budget/{}", town.budgets[0]);
    let about = town.store.list_log_entries_about(&subject, 5).await.unwrap();
    let index = about[0].index.unwrap();
    let file = ProofFile::parse(&words(&app, &format!("/en/log/{index}/proof")).await).unwrap();
    let (stated, _) = file.verify(key("city.example/log", KeyKind::Log, 1).verifier()).unwrap();
    assert!(String::from_utf8(file.leaf.clone().unwrap()).unwrap().contains(&subject));
    let other = ProofFile { index: index + 1, ..file };
    assert!(other.verify(key("city.example/log", KeyKind::Log, 1).verifier()).is_err());
    assert_eq!(fetch(&app, &format!("/en/log/{}/proof", stated.size)).await.0, 404);
    assert_eq!(fetch(&app, &format!("/en/log/{index}/proof?size=1")).await.0, 404);
    let kept = words(&app, &format!("/log/checkpoint?size={}", stated.size)).await;
    assert_eq!(kept, words(&app, "/log/checkpoint").await);
    for size in ["1", "-1", "18446744073709551615", "x"] {
        assert_eq!(fetch(&app, &format!("/log/checkpoint?size={size}")).await.0, 404, "{size}");
    }
    assert_eq!(words(&app, "/log/vkey?save=1").await, words(&app, "/log/vkey").await);
    for lang in ["kk", "ru", "en"] {
        for path in
            ["log".to_owned(), format!("log/{index}"), format!("log?about=budget%2F{}", town.budgets[0])]
        {
            let page = ask(&app, &format!("/{lang}/{path}")).await;
            check_page(&page, lang);
            // What the script of the page may say stands behind the rest.
            let shown = page.text().split("data-log-check").next().unwrap();
            assert!(!shown.contains("verdict-error"), "{path}");
        }
    }
    let api: serde_json::Value =
        serde_json::from_str(&words(&app, "/api/v1/log?from=0&limit=2").await).unwrap();
    assert_eq!(api["entries"][1]["index"], 1);
    let hash: String =
        form_urlencoded::byte_serialize(api["entries"][1]["hash"].as_str().unwrap().as_bytes()).collect();
    let receipt: serde_json::Value =
        serde_json::from_str(&words(&app, &format!("/api/v1/log?hash={hash}")).await).unwrap();
    assert_eq!(receipt["entries"][0]["index"], 1);
}

/// Each row that says "verify" leads to its own entry, and to the list where there is none.
#[tokio::test]
async fn rows_lead_to_their_entries() {
    let (town, app, ..) = opened().await;
    let find = async |about: &str, kind: &str| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("about", about)
            .append_pair("kind", kind)
            .finish();
        let answer = ask(&app, &format!("/en/log/find?{query}")).await;
        assert_eq!(answer.status.as_u16(), 303);
        answer.headers["location"].to_str().unwrap().to_owned()
    };
    let budget = format!("budget/{}", town.budgets[0]);
    let index = town.store.list_log_entries_about(&budget, 5).await.unwrap()[0].index.unwrap();
    assert_eq!(find(&budget, "budget_published").await, format!("/en/log/{index}"));
    assert!(find(&budget, "project_changed").await.starts_with("/en/log?about=budget"));
    assert!(find("\r\n//evil.example", "x").await.starts_with("/en/log?about="));
    // Every link of the pages themselves.
    let project = town.projects.values().next().unwrap();
    for path in [format!("/en/budgets/{}", town.budgets[0]), format!("/en/projects/{project}")] {
        let page = ask(&app, &path).await;
        let link = page.text().split("href=\"").find(|rest| rest.starts_with("/en/log/find?")).unwrap();
        let link = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let to = ask(&app, &link).await.headers["location"].to_str().unwrap().to_owned();
        assert!(to.strip_prefix("/en/log/").is_some_and(|index| index.parse::<u64>().is_ok()), "{to}");
        check_page(&ask(&app, &to).await, "en");
    }
}

/// The database agrees with the log; a changed figure is found and named.
#[tokio::test]
async fn a_changed_row_is_named() {
    let (town, app, ..) = opened().await;
    let size = town.store.find_latest_log_checkpoint().await.unwrap().unwrap().size;
    let audit = app.audit_log(size).await.unwrap();
    assert_eq!(audit.difference, None);
    assert!(audit.n_compared > 10, "{audit:?}");
    let id = *town.projects.values().next().unwrap();
    let (mut project, _, _) = town.store.find_project(id).await.unwrap().unwrap();
    project.version += 1;
    project.progress_pct = 99 - project.progress_pct;
    // Past the verbs, as somebody with the password of the database would.
    town.store.apply(vec![Change::UpdateProject(Box::new(project.clone()))]).await.unwrap();
    let found = app.audit_log(size).await.unwrap().difference.expect("a difference");
    assert_eq!((found.subject, found.field.as_str()), (format!("project/{id}"), "progress_pct"));
    assert_eq!(found.stored, project.progress_pct.to_string());
}

/// A tree that does not continue what was signed is not signed again.
#[tokio::test]
async fn a_rewritten_log_is_not_signed() {
    let (town, app, last, _) = opened().await;
    let latest = town.store.find_latest_log_checkpoint().await.unwrap().unwrap();
    // A database that was put back: what was signed last is larger than what it holds.
    let signer = key("city.example/log", KeyKind::Log, 1);
    let larger = Checkpoint::new("city.example/log", latest.size + 5, Hash([9; 32])).sign(&signer).unwrap();
    let kept = last.load().unwrap().unwrap();
    last.store(&larger).unwrap();
    town.store.apply(vec![app.log_entry("log_opened", "log/test", serde_json::json!({}))]).await.unwrap();
    assert!(app.integrate_log().await.unwrap_err().to_string().contains("older"));
    // Another history of the same size.
    let other = Checkpoint::new("city.example/log", latest.size, Hash([9; 32])).sign(&signer).unwrap();
    last.store(&other).unwrap();
    assert!(app.integrate_log().await.is_err());
    last.store(&kept).unwrap();
    assert_eq!(app.integrate_log().await.unwrap(), 1);
    // A checkpoint that somebody without the key put into the database.
    let waiting = app.log_entry("log_opened", "log/test", serde_json::json!({"again": 1}));
    town.store.apply(vec![waiting]).await.unwrap();
    let waiting = town.store.list_pending_log_entries(1).await.unwrap();
    let mut forged = town.store.find_latest_log_checkpoint().await.unwrap().unwrap();
    let from_size = forged.size;
    forged.size += 1;
    let step = LogIntegration { from_size, ids: vec![waiting[0].id], tiles: Vec::new(), checkpoint: forged };
    town.store.apply(vec![Change::IntegrateLog(Box::new(step))]).await.unwrap();
    town.store
        .apply(vec![app.log_entry("log_opened", "log/test", serde_json::json!({"third": 1}))])
        .await
        .unwrap();
    assert!(app.integrate_log().await.is_err());
}

#[tokio::test]
async fn a_witness_signs_what_grows_and_nothing_else() {
    let (town, app, _, neighbour) = opened().await;
    // The region is the same program with the same keys: it watches this log.
    let region = Town::open().await;
    let region_app =
        region.app.clone().with_log(keeper(&Arc::default(), Arc::new(Neighbour(Mutex::new(None)))));
    let witness = app.log().unwrap().witnesses[0].clone();
    assert!(app.ask_witness(&witness).await.unwrap().is_err(), "nobody answers yet");
    *neighbour.0.lock().unwrap() = Some(region_app.clone());
    assert_eq!(app.ask_witness(&witness).await.unwrap(), Ok(true));
    assert_eq!(app.ask_witness(&witness).await.unwrap(), Ok(false), "it signed this one already");
    let published = words(&app, "/log/checkpoint").await;
    let note = Note::parse(&published).unwrap();
    cosignature::verify(&note, &witness.key).unwrap();
    assert_eq!(words(&app, "/log/checkpoint/witnessed").await, published);
    check_page(&ask(&app, "/ru/log").await, "ru");

    // It grows: the witness is asked with a proof, and signs again.
    region.store.list_witnessed_logs().await.unwrap().first().expect("seen");
    let grown = app.log_entry("log_opened", "log/test", serde_json::json!({}));
    town.store.apply(vec![grown]).await.unwrap();
    app.integrate_log().await.unwrap();
    assert_eq!(app.ask_witness(&witness).await.unwrap(), Ok(true));

    // Another history, though signed by the right key, gets no signature: neither shorter nor of the same size.
    let signer = key("city.example/log", KeyKind::Log, 1);
    let size = region.store.list_witnessed_logs().await.unwrap()[0].size;
    let sent = async |old: u64, size: u64, origin: &str| {
        let checkpoint = Checkpoint::new(origin, size, Hash([7; 32])).sign(&signer).unwrap();
        let body = format!("old {old}\n\n{checkpoint}");
        region_app.witness_checkpoint(&body).await.unwrap().map_err(|no| (no.status, no.size))
    };
    assert_eq!(sent(0, size + 1, "city.example/log").await, Err((409, Some(size))));
    assert_eq!(sent(size, size, "city.example/log").await, Err((409, None)));
    assert_eq!(sent(size, size + 1, "city.example/log").await, Err((422, None)));
    assert_eq!(sent(size, size - 1, "city.example/log").await, Err((400, None)));
    assert_eq!(sent(0, 1, "village.example/log").await, Err((404, None)));
    assert_eq!(region_app.witness_checkpoint("old x").await.unwrap().unwrap_err().status, 400);
}

#[tokio::test]
async fn a_log_that_moves_continues_its_tree_and_witnesses_follow() {
    let (town, app, last, neighbour) = opened().await;
    let region = Town::open().await;
    let old = key("city.example/log", KeyKind::Log, 1);
    let new = key("town.example/log", KeyKind::Log, 5);
    let nobody = || Arc::new(Neighbour(Mutex::new(None))) as Arc<dyn WitnessClient>;
    let watching = |after: Vec<(String, String)>| {
        let watched = vec![old.verifier().clone(), new.verifier().clone()];
        region.app.clone().with_log(LogKeeper { watched, after, ..keeper(&Arc::default(), nobody()) })
    };
    *neighbour.0.lock().unwrap() = Some(watching(Vec::new()));
    let witness = app.log().unwrap().witnesses[0].clone();
    assert_eq!(app.ask_witness(&witness).await.unwrap(), Ok(true));
    let seen = region.store.list_witnessed_logs().await.unwrap()[0].size;

    // Nobody moves a log to its own name, nor from a checkpoint that is not its latest.
    assert!(app.move_log(old.verifier()).await.is_err());
    let before = words(&app, "/log/checkpoint").await;
    let note = app.move_log(new.verifier()).await.unwrap();
    let client = Arc::clone(&neighbour) as Arc<dyn WitnessClient>;
    let moved = town
        .app
        .clone()
        .with_log(LogKeeper { signer: key("town.example/log", KeyKind::Log, 5), ..keeper(&last, client) });
    assert!(moved.integrate_log().await.is_ok_and(|n| n == 0));
    assert!(moved.continue_log(old.verifier(), &before).await.is_err(), "an earlier checkpoint");
    assert!(moved.continue_log(new.verifier(), &note).await.is_err(), "signed by another key");
    moved.continue_log(old.verifier(), &note).await.unwrap();
    moved.open_log().await.unwrap();
    moved.integrate_log().await.unwrap();
    let (ended, _) = Checkpoint::open(&note, old.verifier()).unwrap();
    let published = words(&moved, "/log/checkpoint").await;
    let (stated, _) = Checkpoint::open(&published, new.verifier()).unwrap();
    assert!(stated.size > ended.size && ended.size > seen);
    // The leaf at the seam holds the last checkpoint under the old name.
    let about = town.store.list_log_entries_about("log/town.example/log", 9).await.unwrap();
    let seam = about.iter().find(|one| one.entry.kind == "log_continued").unwrap();
    let leaf: serde_json::Value = serde_json::from_str(&seam.entry.leaf).unwrap();
    assert_eq!(leaf["body"]["checkpoint"].as_str(), Some(note.as_str()));
    check_page(&ask(&moved, "/ru/log").await, "ru");

    // A witness that is told of the move holds the log against what it saw under the old name.
    let after = vec![("town.example/log".to_owned(), "city.example/log".to_owned())];
    let told = watching(after);
    let forged = Checkpoint::new("town.example/log", seen, Hash([7; 32])).sign(&new).unwrap();
    let refused = told.witness_checkpoint(&format!("old 0\n\n{forged}")).await.unwrap();
    assert_eq!(refused.map_err(|no| (no.status, no.size)), Err((409, Some(seen))));
    *neighbour.0.lock().unwrap() = Some(told);
    assert_eq!(moved.ask_witness(&witness).await.unwrap(), Ok(true));
    let known = region.store.list_witnessed_logs().await.unwrap();
    assert!(known.iter().any(|log| log.origin == "town.example/log" && log.size == stated.size));
}
