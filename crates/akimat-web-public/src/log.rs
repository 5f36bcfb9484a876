//! `/log`: the transparency log for people. What happened lately, how an entry is proven, who watches the log.

pub mod files;
pub mod find;
mod words;

use akimat_app::Permission as P;
use akimat_app::log::leaf::KINDS;
use akimat_app::log::{LogKeeper, Proven};
use akimat_i18n::Locale;
use akimat_log::hash::Hash;
use akimat_log::{Note, Verifier, cosignature};
use akimat_storage::{LogRefusal, RefusalReason, StoredLogEntry};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use akimat_web_kit::{download, frame};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use serde_json::Value;

/// Entries on a page.
const LIMIT: u16 = 30;
/// What the check in the browser can say: name in `assets/js/log.js`, verdict, sentence.
const OUTCOMES: [(&str, &str, &str); 10] = [
    ("leaf", "ok", "log-step-leaf-shown"),
    ("leaf-not", "error", "log-step-leaf-shown-not"),
    ("tree", "ok", "log-step-tree"),
    ("tree-not", "error", "log-step-tree-not"),
    ("signed", "ok", "log-step-signed"),
    ("signed-not", "error", "log-step-signed-not"),
    ("signed-unable", "unknown", "log-browser-unsigned"),
    ("unable", "unknown", "log-browser-unable"),
    ("unreachable", "unknown", "log-browser-unreachable"),
    ("form-not", "error", "log-browser-form-not"),
];
/// Longest identifier of a subject that is looked for.
const SUBJECT_MAX: usize = 200;

/// The addresses of the log: pages in a language, files without.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/log", P::Public, list)
        .get("/{lang}/log/find", P::Public, find::find)
        .get("/{lang}/log/{index}", P::Public, show)
        .get("/{lang}/log/{index}/proof", P::Public, proof)
        .get("/log/checkpoint", P::Public, files::checkpoint)
        .get("/log/checkpoint/witnessed", P::Public, files::witnessed)
        .get("/log/vkey", P::Public, files::vkey)
        .get("/log/tile/{*path}", P::Public, files::tile)
        .post("/log/add-checkpoint", P::Public, files::add_checkpoint)
}

#[derive(Template)]
#[template(path = "public/log/list.html")]
struct ListPage {
    page: Page,
    opened: bool,
    origin: String,
    key: String,
    size: String,
    waiting: String,
    signed_at: String,
    root: String,
    witnesses: Vec<WitnessRow>,
    contradictions: Vec<String>,
    watched: Vec<[String; 3]>,
    about: String,
    entries: Vec<EntryRow>,
    older: String,
    newer: String,
}

struct WitnessRow {
    name: String,
    said: bool,
    size: String,
    when: String,
    verdict: &'static str,
    standing: String,
}

struct EntryRow {
    index: String,
    path: String,
    when: String,
    what: String,
    about: String,
    about_path: String,
}

#[derive(Template)]
#[template(path = "public/log/show.html")]
struct ShowPage {
    page: Page,
    row: EntryRow,
    origin: String,
    facts: Vec<(String, String)>,
    leaf: String,
    hash: String,
    n_hashes: String,
    size: String,
    root: String,
    signed_at: String,
    steps: Vec<(String, String)>,
    witnesses: Vec<String>,
    others: String,
    files: Vec<(String, String, String)>,
    proof: String,
    /// What the script of the page may find out: name, verdict, sentence.
    outcomes: Vec<(&'static str, String, String)>,
    command: String,
}

/// What happened lately, or what happened to one thing.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let (locale, read, zone) = (visitor.locale(), state.app.read(), state.app.zone());
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let about: String = asked.get("about").chars().take(SUBJECT_MAX).collect();
    let latest = read.find_latest_log_checkpoint().await?;
    let size = latest.as_ref().map_or(0, |latest| latest.size);
    let before = asked.get("before").parse::<u64>().unwrap_or(size).min(size);
    let found = if about.is_empty() {
        read.list_log_entries_before(before, LIMIT).await?
    } else {
        read.list_log_entries_about(&about, 200).await?
    };
    let first = found.last().and_then(|stored| stored.index).unwrap_or(0);
    let paged = |from: u64| visitor.to(&format!("/log?before={from}"));
    let keeper = state.app.log();
    let watched = read.list_witnessed_logs().await?;
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("log-title"), Some(MenuItem::Analysis))
            .description(locale.t("log-lead")),
        opened: latest.is_some(),
        origin: keeper.map_or_else(String::new, |keeper| keeper.origin().to_owned()),
        key: keeper.map_or_else(String::new, |keeper| keeper.key().encode()),
        size: locale.count(size),
        waiting: locale.count(read.count_pending_log_entries().await?),
        signed_at: latest.as_ref().map_or_else(String::new, |at| locale.date_time(at.signed_at, zone)),
        root: latest.as_ref().map_or_else(String::new, |latest| Hash(latest.root).base64()),
        witnesses: witnesses(&state, locale, size).await?,
        contradictions: contradictions(&state, locale).await?,
        watched: watched
            .into_iter()
            .map(|seen| [seen.origin, locale.count(seen.size), locale.date_time(seen.at, zone)])
            .collect(),
        entries: found.iter().map(|stored| entry_row(&state, locale, stored)).collect(),
        older: if about.is_empty() && first > 0 { paged(first) } else { String::new() },
        newer: if about.is_empty() && before < size {
            paged(before + u64::from(LIMIT))
        } else {
            String::new()
        },
        about,
    })
}

/// Configured witnesses with what they said last, and former ones.
async fn witnesses(state: &WebState, locale: &Locale, size: u64) -> Answer<Vec<WitnessRow>> {
    let said = state.app.read().list_latest_log_cosignatures().await?;
    let refusals = state.app.read().list_log_refusals().await?;
    let asked = state.app.log().map_or(&[][..], |keeper| keeper.witnesses.as_slice());
    let silent = asked
        .iter()
        .filter(|witness| said.iter().all(|said| said.witness != witness.key.name()))
        .map(|witness| WitnessRow {
            name: witness.key.name().to_owned(),
            said: false,
            size: String::new(),
            when: String::new(),
            verdict: "unknown",
            standing: locale.t("log-witness-silent").into_owned(),
        });
    let heard = said.iter().map(|said| {
        let latest = said.size == size;
        WitnessRow {
            name: said.witness.clone(),
            said: true,
            size: locale.count(said.size),
            when: locale.date_time(said.at, state.app.zone()),
            verdict: if latest { "ok" } else { "warning" },
            standing: locale.t(if latest { "log-witness-latest" } else { "log-witness-behind" }).into_owned(),
        }
    });
    let mut rows: Vec<WitnessRow> = heard.chain(silent).collect();
    for row in &mut rows {
        if let Some(refusal) = refusals.iter().find(|refusal| refusal.witness == row.name) {
            row.verdict = if refusal.reason.contradicts() { "error" } else { "warning" };
            row.standing = refusal_text(locale, refusal);
        }
    }
    Ok(rows)
}

fn refusal_text(locale: &Locale, refusal: &LogRefusal) -> String {
    let key = format!("log-refusal-{}", refusal.reason.code());
    let args = [("seen", refusal.seen.unwrap_or_default().into()), ("size", refusal.size.into())];
    match refusal.reason {
        RefusalReason::Larger => locale.f(&key, &args),
        _ => locale.t(&key).into_owned(),
    }
}

/// Witnesses that say that they saw another history, in words.
async fn contradictions(state: &WebState, locale: &Locale) -> Answer<Vec<String>> {
    let refusals = state.app.read().list_log_refusals().await?;
    let told = |refusal: &LogRefusal| {
        let when = locale.date_time(refusal.since, state.app.zone());
        locale.f("log-refused-about", &[("name", refusal.witness.as_str().into()), ("when", when.into())])
    };
    Ok(refusals.iter().filter(|refusal| refusal.reason.contradicts()).map(told).collect())
}

fn entry_row(state: &WebState, locale: &Locale, stored: &StoredLogEntry) -> EntryRow {
    let entry = &stored.entry;
    let leaf: Value = serde_json::from_str(&entry.leaf).unwrap_or_default();
    let (about, about_path) = about(&entry.subject, &leaf["body"]);
    EntryRow {
        index: stored.index.map_or_else(|| locale.t("log-waiting-mark").into_owned(), |at| locale.count(at)),
        path: stored.index.map_or_else(String::new, |index| format!("/log/{index}")),
        when: locale.date_time(entry.at, state.app.zone()),
        what: kind_name(locale, &entry.kind),
        about,
        about_path,
    }
}

/// What happened, in words.
fn kind_name(locale: &Locale, kind: &str) -> String {
    if KINDS.contains(&kind) {
        return locale.name("log-kind", kind).into_owned();
    }
    locale.f("log-other-kind", &[("kind", kind.into())])
}

/// What an entry is about: a short name, and its page where there is one.
fn about(subject: &str, body: &Value) -> (String, String) {
    let (noun, id) = subject.split_once('/').unwrap_or((subject, ""));
    let word = |key: &str| match &body[key] {
        Value::String(word) => word.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    match noun {
        "budget" => (word("key"), format!("/budgets/{id}")),
        "project" => (word("number"), format!("/projects/{id}")),
        "decision" => (word("year"), format!("/decisions/{id}")),
        "finding" => (String::new(), format!("/findings/{id}")),
        "forecast" => (word("origin"), format!("/forecasts/{id}")),
        "publication" => (format!("{} {}", word("obligation"), word("year")), "/disclosure".to_owned()),
        "comment" => (String::new(), format!("/comments/{id}")),
        "log" => (id.to_owned(), String::new()),
        _ => (String::new(), String::new()),
    }
}

/// An entry with its proof, explained.
///
/// # Errors
/// 404 when there is no such entry.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, index)): Path<(String, String)>,
) -> Answer {
    let index: u64 = frame::id(&index)?;
    let proven = state.app.prove_log_entry(index, None).await?;
    let (locale, zone) = (visitor.locale(), state.app.zone());
    let stored = &proven.stored;
    let leaf: Value = serde_json::from_str(&stored.entry.leaf).unwrap_or_default();
    let row = entry_row(&state, locale, stored);
    let title = locale.f("log-entry-title", &[("index", locale.count(index).as_str().into())]);
    let told = |key: &str| locale.t(key).into_owned();
    // All files are of the tree that the page shows: the log may grow between two downloads.
    let size = proven.checkpoint.size;
    let proof = visitor.to(&format!("/log/{index}/proof?size={size}"));
    frame::render(&ShowPage {
        page: frame::page(&visitor, title, Some(MenuItem::Analysis)).description(row.what.clone()),
        origin: state.app.log().map_or_else(String::new, |keeper| keeper.origin().to_owned()),
        facts: words::facts(locale, &leaf["body"]),
        leaf: stored.entry.leaf.clone(),
        hash: Hash(stored.entry.hash).base64(),
        n_hashes: locale.count(u64::try_from(proven.file.hashes.len()).unwrap_or_default()),
        size: locale.count(proven.checkpoint.size),
        root: Hash(proven.checkpoint.root).base64(),
        signed_at: locale.date_time(proven.checkpoint.signed_at, zone),
        steps: steps(&state, locale, &proven),
        witnesses: vouching(state.app.log(), &proven),
        others: about_path(&stored.entry.subject),
        files: vec![
            (proof.clone(), told("log-file-proof"), told("log-file-proof-about")),
            (
                format!("/log/checkpoint?size={size}"),
                told("log-file-checkpoint"),
                told("log-file-checkpoint-about"),
            ),
            ("/log/vkey?save=1".to_owned(), told("log-file-key"), told("log-file-key-about")),
        ],
        proof,
        outcomes: OUTCOMES
            .iter()
            .map(|(name, verdict, key)| (*name, (*verdict).to_owned(), told(key)))
            .collect(),
        command: format!(
            "akimat log verify --proof entry-{index}.tlog-proof --checkpoint log-{size}.checkpoint --key log.vkey"
        ),
        row,
    })
}

/// Address of all that the log says about a thing.
pub fn about_path(subject: &str) -> String {
    format!("/log?{}", query_about(subject))
}

/// `about=…` for the list of what happened to one thing.
pub fn query_about(subject: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("about", subject).finish()
}

/// The checks of the proof, carried out now: how each ended, in words.
fn steps(state: &WebState, locale: &Locale, proven: &Proven) -> Vec<(String, String)> {
    let step = |holds: bool, key: &str| {
        let verdict = if holds { "ok" } else { "error" };
        let key = if holds { key.to_owned() } else { format!("{key}-not") };
        (verdict.to_owned(), locale.t(&key).into_owned())
    };
    let leaf = akimat_log::hash::leaf_hash(proven.stored.entry.leaf.as_bytes());
    let checkpoint = &proven.checkpoint;
    let tree = (checkpoint.size, &Hash(checkpoint.root));
    let included =
        akimat_log::proof::verify_inclusion(&leaf, proven.file.index, tree, &proven.file.hashes).is_ok();
    let signed = state.app.log().is_some_and(|keeper| {
        akimat_log::Checkpoint::open(&proven.file.checkpoint, keeper.key())
            .is_ok_and(|(stated, _)| (stated.size, stated.root.0) == (checkpoint.size, checkpoint.root))
    });
    vec![
        step(leaf.0 == proven.stored.entry.hash, "log-step-leaf"),
        step(included, "log-step-tree"),
        step(signed, "log-step-signed"),
    ]
}

/// Names of the witnesses whose signatures under this checkpoint hold.
fn vouching(keeper: Option<&LogKeeper>, proven: &Proven) -> Vec<String> {
    let Ok(note) = Note::parse(&proven.file.checkpoint) else { return Vec::new() };
    let keys = keeper.into_iter().flat_map(|keeper| keeper.witnesses.iter().map(|witness| &witness.key));
    keys.filter(|key| cosignature::verify(&note, key).is_ok())
        .map(|key| Verifier::name(key).to_owned())
        .collect()
}

/// The proof as a file to keep; `?size=` for the tree of an earlier checkpoint.
///
/// # Errors
/// 404 when there is no such entry or checkpoint.
pub async fn proof(
    State(state): State<WebState>,
    Path((_, index)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let index: u64 = frame::id(&index)?;
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let size = form.get("size");
    let size = if size.is_empty() { None } else { Some(size.parse().map_err(|_| Failure::not_found())?) };
    let proven = state.app.prove_log_entry(index, size).await?;
    let name = format!("entry-{index}.tlog-proof");
    Ok(download::file(&name, "text/plain; charset=utf-8", proven.file.write()))
}
