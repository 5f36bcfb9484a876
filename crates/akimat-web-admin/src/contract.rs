//! The workplace of a contracting process: everything about it on one form, saved as a version of its section.

mod fill;
mod read;

use akimat_app::AppError;
use akimat_app::contract::{Held, ProcessDraft};
use akimat_app::dossier::{self, Kept};
use akimat_app::permission::{self, Permission};
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_procurement::check::ROWS_MAX;
use akimat_procurement::{
    Category, ContractState, Fault, Method, Nature, ObligationKind, PppKind, Process, Role, TenderState,
    faults,
};
use akimat_project::{Modality, Project};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::contract::fault;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use std::collections::BTreeMap;
use uuid::Uuid;

type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "admin/contract.html")]
struct EditPage {
    page: Page,
    project_path: String,
    project_title: String,
    form: kit::Form,
    clash: Option<Clash>,
    action: String,
    remove: String,
    version: u32,
    options: Options,
    rows: Rows,
}

/// Choices of the form.
struct Options {
    categories: Pairs,
    natures: Pairs,
    methods: Pairs,
    states: Pairs,
    roles: Pairs,
    answers: Pairs,
    ppp: Pairs,
    contract_states: Pairs,
    obligations: Pairs,
}

impl Options {
    fn new(locale: &Locale) -> Self {
        let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
        Self {
            categories: Category::ALL.iter().map(|one| named("contract-category", one.code())).collect(),
            natures: Nature::ALL.iter().map(|one| named("contract-nature", one.code())).collect(),
            methods: Method::ALL.iter().map(|one| named("contract-method", one.code())).collect(),
            states: TenderState::ALL.iter().map(|one| named("contract-tender", one.code())).collect(),
            roles: Role::ALL.iter().map(|one| named("contract-role", one.code())).collect(),
            answers: vec![
                ("yes".to_owned(), locale.t("contract-yes").into_owned()),
                ("no".to_owned(), locale.t("contract-no").into_owned()),
            ],
            ppp: PppKind::ALL.iter().map(|one| named("contract-ppp", one.code())).collect(),
            contract_states: ContractState::ALL
                .iter()
                .map(|one| named("contract-state", one.code()))
                .collect(),
            obligations: ObligationKind::ALL
                .iter()
                .map(|one| named("contract-obligation", one.code()))
                .collect(),
        }
    }
}

/// Numbers of the rows of each list, from 1; one or two empty ones at the end.
#[derive(Debug)]
struct Rows {
    parties: Vec<usize>,
    lots: Vec<usize>,
    bids: Vec<usize>,
    awards: Vec<usize>,
    contracts: Vec<usize>,
    amendments: Vec<usize>,
    invoices: Vec<usize>,
    payments: Vec<usize>,
    obligations: Vec<usize>,
    guarantees: Vec<usize>,
}

impl Rows {
    /// One empty row after those of the record; never fewer than were sent, and `more` on top of them.
    fn of(process: &Process, sent: &BTreeMap<String, usize>, more: usize) -> Self {
        let rows = |list: &str, there: usize| {
            let shown = sent.get(list).copied().unwrap_or(0);
            (1..=(there + 1).max(shown + more).min(ROWS_MAX)).collect()
        };
        Self {
            parties: rows("party", process.parties.len()),
            lots: rows("lot", process.lots.len()),
            bids: rows("bid", process.bids.len()),
            awards: rows("award", process.awards.len()),
            contracts: rows("contract", process.contracts.len()),
            amendments: rows("amendment", process.amendments.len()),
            invoices: rows("invoice", process.invoices.len()),
            payments: rows("payment", process.payments.len()),
            obligations: rows("obligation", process.obligations.len()),
            guarantees: rows("guarantee", process.guarantees.len()),
        }
    }
}

/// The last row of each list that was sent, also an empty one.
fn rows_sent(sent: &Form) -> BTreeMap<String, usize> {
    let mut last = BTreeMap::new();
    for (name, _) in sent.with_prefix("") {
        let row = name.rsplit_once('_').and_then(|(_, row)| row.parse::<usize>().ok());
        let row = row.filter(|row| *row <= ROWS_MAX);
        if let (Some(row), Some((list, _))) = (row, name.split_once('_')) {
            let known = last.entry(list.to_owned()).or_insert(0);
            *known = row.max(*known);
        }
    }
    last
}

/// Rows that the button for more rows adds to each list.
const ROWS_MORE: usize = 4;

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

/// A form on the screen: the section when it exists, the version it began with, its fields.
struct Shown<'a> {
    section: Option<Uuid>,
    version: u32,
    process: &'a Process,
    form: kit::Form,
    clash: Option<Clash>,
    sent: BTreeMap<String, usize>,
    more: usize,
}

impl<'a> Shown<'a> {
    const fn new(section: Option<Uuid>, version: u32, process: &'a Process, form: kit::Form) -> Self {
        Self { section, version, process, form, clash: None, sent: BTreeMap::new(), more: 0 }
    }
}

fn page(visitor: &Visitor, project: &Project, shown: Shown<'_>) -> EditPage {
    let locale = visitor.locale();
    let path = format!("/projects/{}/contracts", project.id);
    let (title, action) = match shown.section {
        Some(section) => ("contract-form-title", format!("/admin{path}/{section}")),
        None => ("contract-form-new", format!("/admin{path}/new")),
    };
    EditPage {
        page: frame::page(visitor, locale.t(title), Some(MenuItem::Admin))
            .invented(project.invented)
            .errors(!shown.form.is_clean())
            .hidden(),
        project_title: format!("{} · {}", project.number, locale.text(&project.title).0),
        remove: shown.section.map_or_else(String::new, |id| visitor.to(&format!("/admin{path}/{id}/remove"))),
        action: visitor.to(&action),
        project_path: path,
        clash: shown.clash,
        version: shown.version,
        options: Options::new(locale),
        rows: Rows::of(shown.process, &shown.sent, shown.more),
        form: shown.form,
    }
}

/// An empty form, with what the register knows of the project.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such project.
pub async fn new_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let process = begin(&project);
    let form = fill::filled(&process);
    let shown = Shown::new(None, 0, &process, form);
    frame::render(&page(&visitor, &project, shown))
}

fn begin(project: &Project) -> Process {
    let mut process = Process::planned("", project.title.clone());
    if project.modality == Modality::Ppp {
        process.method = Method::PppTender;
    }
    process.estimate = project.totals().0;
    process.invented = project.invented;
    process
}

/// The form of a process.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such process.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, section)): Path<(String, String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let held = held(&state, &project, &section).await?;
    let form = fill::filled(&held.process);
    let shown = Shown::new(Some(held.section.id), held.section.version, &held.process, form);
    frame::render(&page(&visitor, &project, shown))
}

async fn held(state: &WebState, project: &Project, section: &str) -> Answer<Held> {
    let held = state.app.find_process(project.id, frame::id(section)?).await?;
    if held.section.removed { Err(Failure::not_found()) } else { Ok(held) }
}

/// Saves a new process.
///
/// # Errors
/// 403, 404.
pub async fn new(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    save(&state, &visitor, &project, (None, sent)).await
}

/// Saves a version of a process.
///
/// # Errors
/// 403, 404.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, section)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let held = held(&state, &project, &section).await?;
    save(&state, &visitor, &project, (Some(held), sent)).await
}

async fn save(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    (held, sent): (Option<Held>, Form),
) -> Answer {
    let locale = visitor.locale();
    let section = held.as_ref().map(|held| held.section.id);
    let base_version = if section.is_some() { sent.get("version").parse().unwrap_or(0) } else { 0 };
    let before = held.map_or_else(|| begin(project), |held| held.process);
    let (process, unread) = read::read(locale, &sent, &before);
    if sent.get("act") == "more" {
        let mut shown = Shown::new(section, base_version, &process, as_sent(&sent));
        (shown.sent, shown.more) = (rows_sent(&sent), ROWS_MORE);
        return frame::render(&page(visitor, project, shown));
    }
    let wrong = faults(&process);
    if !unread.is_empty() || !wrong.is_empty() {
        // With nothing unread the rows are shown anew, numbered as the faults number them.
        let rows = if unread.is_empty() { BTreeMap::new() } else { rows_sent(&sent) };
        let form = with_faults(locale, (&sent, &process), unread, &wrong);
        let mut shown = Shown::new(section, base_version, &process, form);
        shown.sent = rows;
        return frame::render_invalid(&page(visitor, project, shown));
    }
    let draft = ProcessDraft {
        id: section,
        base_version,
        process: process.clone(),
        removed: false,
        reason: sent.get("reason").to_owned(),
        basis: sent.get("basis").to_owned(),
    };
    match state.app.put_process(visitor.actor(), project.id, draft).await {
        Ok(Kept::Stored { id, .. }) => {
            Ok(frame::redirect(visitor, &format!("/projects/{}/contracts#c-{id}", project.id), "saved"))
        }
        Ok(Kept::Clash { current, clashes, joined }) => {
            let anew = format!("/admin/projects/{}/contracts/{}", project.id, current.id);
            let told =
                clash::told((state, locale), (&current, &clashes), anew, |path| path_name(locale, path));
            // The form shows what the other changed elsewhere, so that saving it again loses nothing.
            let joined: Process = dossier::joined(joined)?;
            let mut shown = Shown::new(section, told.version, &joined, rewritten(&sent, &joined));
            shown.clash = Some(told);
            clash::render(&page(visitor, project, shown))
        }
        Err(AppError::Invalid(refused)) => {
            let mut form = rewritten(&sent, &process);
            for one in &refused {
                form.fail(&one.field, frame::fault_text(locale, one));
            }
            let shown = Shown::new(section, base_version, &process, form);
            frame::render_invalid(&page(visitor, project, shown))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form with what was written.
fn as_sent(sent: &Form) -> kit::Form {
    kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())))
}

/// The form of the record with what was written beside it.
fn rewritten(sent: &Form, process: &Process) -> kit::Form {
    fill::filled(process)
        .with("reason", sent.get("reason").to_owned())
        .with("basis", sent.get("basis").to_owned())
}

/// The form with its faults: those that could not be read, or else those of the record.
fn with_faults(
    locale: &Locale,
    (sent, process): (&Form, &Process),
    unread: Vec<(String, String)>,
    wrong: &[Fault],
) -> kit::Form {
    let mut form = if unread.is_empty() { rewritten(sent, process) } else { as_sent(sent) };
    for (field, text) in unread {
        form.fail(&field, text);
    }
    if form.is_clean() {
        for one in wrong {
            form.fail(&form_field(one), fault(locale, one));
        }
    }
    form
}

/// The field of the form for a fault of the record; that of a whole list stands at its first row.
fn form_field(fault: &Fault) -> String {
    match (fault.field, fault.row) {
        ("title", _) => "title_kk".to_owned(),
        (field, Some(row)) => format!("{field}_{row}"),
        ("payment_amount" | "obligation_amount", None) => format!("{}_1", fault.field),
        (field, None) if fault.kind.code() == "too-many" => format!("{field}_1"),
        (field, None) => field.to_owned(),
    }
}

/// What a path such as `payments[y1].amount` is called on the form.
fn path_name(locale: &Locale, path: &str) -> String {
    let list = path.split(['[', '.']).next().unwrap_or_default();
    let key = match list {
        "parties" => "contract-parties",
        "lots" => "contract-lots",
        "bids" => "contract-bids",
        "awards" => "contract-awards",
        "contracts" => "contract-contracts",
        "amendments" => "contract-amendments",
        "invoices" => "contract-invoices",
        "payments" => "contract-payments",
        "obligations" => "contract-obligations",
        "guarantees" => "contract-guarantees",
        "title" => "contract-form-name",
        "number" => "contract-number",
        "method" | "method_reason" => "contract-method",
        "estimate" => "contract-estimate",
        "planned_on" => "contract-planned-on",
        "opens_on" => "contract-opens-on",
        "closes_on" => "contract-closes-on",
        "state" => "contract-tender-state",
        "ocid" => "contract-ocid",
        "category" | "nature" => "contract-category",
        "currency" => "contract-currency",
        _ => "contract-description",
    };
    let name = locale.t(key);
    if path == list { name.into_owned() } else { format!("{name}: {path}") }
}

/// Takes a process out of the dossier; its versions stay on record.
///
/// # Errors
/// 403, 404.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, section)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let held = held(&state, &project, &section).await?;
    let locale = visitor.locale();
    if sent.get("reason").trim().is_empty() {
        let mut form = fill::filled(&held.process);
        form.fail("remove_reason", locale.t("field-required"));
        let (section, version) = (Some(held.section.id), held.section.version);
        let shown = Shown::new(section, version, &held.process, form);
        return frame::render_invalid(&page(&visitor, &project, shown));
    }
    let draft = ProcessDraft {
        id: Some(held.section.id),
        base_version: held.section.version,
        process: held.process,
        removed: true,
        reason: sent.get("reason").to_owned(),
        basis: String::new(),
    };
    state.app.put_process(visitor.actor(), project.id, draft).await?;
    Ok(frame::redirect(&visitor, &format!("/projects/{}/contracts", project.id), "saved"))
}
