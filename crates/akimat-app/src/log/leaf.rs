//! Which leaf follows from a change, and what it says.

use super::{digest, made};
use akimat_budget::{Budget, Item};
use akimat_core::Money;
use akimat_participation::Hidden;
use akimat_project::{Project, StatusChange};
use akimat_storage::finding_note::FindingNote;
use akimat_storage::publication::Publication;
use akimat_storage::{
    Change, CriteriaState, Decision, HeadFigures, Import, ImportState, LogEntry, MergedProject,
    PublishedForecast,
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Kinds of leaves that the platform writes, for the list in words.
pub const KINDS: [&str; 48] = [
    "audit_closed",
    "log_opened",
    "log_key_changed",
    "log_moved",
    "log_continued",
    "platform_key_changed",
    "log_recovered",
    "software_changed",
    "budget_published",
    "project_registered",
    "project_changed",
    "project_status",
    "project_removed",
    "project_merged",
    "finding_explained",
    "finding_dismissed",
    "finding_reopened",
    "programme_decided",
    "programme_discussed",
    "programme_discussion_ended",
    "criteria_approved",
    "import_done",
    "import_undone",
    "publication_noted",
    "forecast_published",
    "budgeting_rules",
    "budgeting_shortlist",
    "proposal_decided",
    "moderation",
    "marks_discounted",
    "marks_recounted",
    "comment_hidden",
    "comment_shown",
    "question_hidden",
    "question_shown",
    "acceptance_hidden",
    "acceptance_shown",
    "ballot_opened",
    "ballot_taken",
    "ballot_withdrawn",
    "ballot_closed",
    "ballots_opened",
    "ballots_counted",
    "ballot_published",
    "ballot_projects",
    "exercise_opened",
    "exercise_closed",
    "assembly_registered",
];

/// The leaf of a change; `None` for what is no public act or is about a person.
pub(crate) fn of_change(change: &Change, now: Timestamp) -> Option<LogEntry> {
    let leaf = |at, kind: &str, subject: String, body: Value| Some(made(at, kind, subject, &body));
    match change {
        Change::AddBudget(budget, figures) => {
            let at = budget.provenance.imported_at;
            leaf(at, "budget_published", format!("budget/{}", budget.id), budget_facts(budget, figures))
        }
        Change::AddProject(new) => leaf(new.created_at, "project_registered", about(new), project_facts(new)),
        Change::UpdateProject(new) => leaf(new.updated_at, "project_changed", about(new), project_facts(new)),
        Change::AddStatusChange(id, moved) if moved.from.is_some() => {
            leaf(moved.at, "project_status", format!("project/{id}"), status_facts(moved))
        }
        Change::RemoveProject(id, version) => {
            leaf(now, "project_removed", format!("project/{id}"), json!({ "version": version }))
        }
        Change::MergeProject(merged, _) => {
            leaf(merged.at, "project_merged", format!("project/{}", merged.former), merged_facts(merged))
        }
        Change::AddFindingNote(note) => {
            let kind = format!("finding_{}", note.verdict.code());
            leaf(note.written_at, &kind, format!("finding/{}", note.finding), note_facts(note))
        }
        Change::AddDecision(made) => {
            leaf(made.decided_at, "programme_decided", format!("decision/{}", made.id), decision_facts(made))
        }
        Change::UpdateCriteriaSet(set) if set.state == CriteriaState::Approved => {
            let body = json!({
                "place": set.place.to_string(), "year": set.year, "version": set.version,
                "invented": set.invented, "document_sha256": digest(&set.document),
            });
            leaf(set.approved_at.unwrap_or(now), "criteria_approved", format!("criteria/{}", set.id), body)
        }
        Change::UpdateImport(file) => {
            let kind = match file.state {
                ImportState::Done => "import_done",
                ImportState::Undone => "import_undone",
                ImportState::Draft | ImportState::Queued => return None,
            };
            leaf(now, kind, format!("import/{}", file.id), import_facts(file))
        }
        Change::AddPublication(noted) => {
            let subject = format!("publication/{}", noted.id);
            leaf(noted.noted_at, "publication_noted", subject, publication_facts(noted))
        }
        Change::PublishForecast(forecast) => {
            let subject = format!("forecast/{}", forecast.id);
            leaf(forecast.published_at, "forecast_published", subject, forecast_facts(forecast))
        }
        other => of_moderation(other, now),
    }
}

/// Hiding and showing again what people wrote; the words themselves are no part of it.
fn of_moderation(change: &Change, now: Timestamp) -> Option<LogEntry> {
    let hidden = |noun: &str, id: String, hidden: &Hidden| {
        let body = json!({ "reason_sha256": digest(&hidden.reason) });
        Some(made(hidden.at, &format!("{noun}_hidden"), format!("{noun}/{id}"), &body))
    };
    let shown = |noun: &str, id: String| {
        Some(made(now, &format!("{noun}_shown"), format!("{noun}/{id}"), &json!({})))
    };
    match change {
        Change::HideComment(id, why) => hidden("comment", id.to_string(), why),
        Change::ShowComment(id) => shown("comment", id.to_string()),
        Change::HideQuestion(id, why) => hidden("question", id.to_string(), why),
        Change::ShowQuestion(id) => shown("question", id.to_string()),
        Change::HideAcceptance(id, why) => hidden("acceptance", id.to_string(), why),
        Change::ShowAcceptance(id) => shown("acceptance", id.to_string()),
        _ => None,
    }
}

fn about(project: &Project) -> String {
    format!("project/{}", project.id)
}

/// Whole tiyn as text: readers of JSON keep numbers only up to 2^53 - 1.
fn tiyn(money: Option<Money>) -> Value {
    money.map_or(Value::Null, |money| money.tiyn().to_string().into())
}

/// What the leaf of a budget says.
pub fn budget_facts(budget: &Budget, figures: &HeadFigures) -> Value {
    let lines = serde_json::to_string(&budget.lines).unwrap_or_default();
    let balance = figures.stage.and_then(|stage| budget.amount(Item::Balance, stage));
    json!({
        "place": budget.place.map(|place| place.to_string()),
        "year": budget.year,
        "key": budget.key,
        "file": budget.provenance.file_name,
        "file_sha256": budget.provenance.sha256,
        "adopted_on": budget.adopted_on.map(|day| day.to_string()),
        "invented": budget.invented,
        "n_lines": budget.lines.len(),
        "lines_sha256": digest(&lines),
        "stage": figures.stage.map(akimat_budget::Stage::code),
        "revenue": tiyn(figures.revenue),
        "transfers": tiyn(figures.transfers),
        "expenditure": tiyn(figures.expenditure),
        "balance": tiyn(balance),
    })
}

/// What the leaf of a project says: its public figures, and the digest of the whole record without people.
pub fn project_facts(project: &Project) -> Value {
    let (planned, contracted, paid) = project.totals();
    let record = Project { manager: None, news_at: project.created_at, ..project.clone() };
    let record = serde_json::to_string(&record).unwrap_or_default();
    json!({
        "place": project.place.to_string(),
        "number": project.number,
        "version": project.version,
        "status": project.status.code(),
        "stage": project.stage,
        "progress_pct": project.progress_pct,
        "planned": tiyn(planned),
        "contracted": tiyn(contracted),
        "paid": tiyn(paid),
        "starts_on": project.starts_on.map(|day| day.to_string()),
        "ends_on": project.ends_on.map(|day| day.to_string()),
        "invented": project.invented,
        "record_sha256": digest(&record),
    })
}

/// What the leaf of a move says.
pub fn status_facts(moved: &StatusChange) -> Value {
    json!({
        "from": moved.from.map(akimat_project::Status::code),
        "to": moved.to.code(),
        "stage": moved.stage,
        "reason_sha256": digest(&moved.reason),
    })
}

fn merged_facts(merged: &MergedProject) -> Value {
    json!({
        "into": format!("project/{}", merged.into),
        "number": merged.number,
        "version": merged.version,
        "reason_sha256": digest(&merged.reason),
    })
}

/// What the leaf of a note on a finding says.
pub fn note_facts(note: &FindingNote) -> Value {
    json!({
        "note": note.id.to_string(),
        "place": note.place.to_string(),
        "reason_sha256": digest(&note.reason),
    })
}

/// What the leaf of a decision on a programme says.
pub fn decision_facts(made: &Decision) -> Value {
    json!({
        "place": made.place.to_string(),
        "year": made.year,
        "changed": made.changed,
        "reason_sha256": digest(&made.reason),
        "document_sha256": digest(&made.document),
    })
}

fn import_facts(file: &Import) -> Value {
    json!({
        "place": file.place.map(|place| place.to_string()),
        "file_sha256": file.sha256,
        "n_added": file.n_added,
        "n_changed": file.n_changed,
    })
}

/// What the leaf of a noted publication says.
pub fn publication_facts(noted: &Publication) -> Value {
    json!({
        "place": noted.place.to_string(),
        "obligation": noted.obligation,
        "year": noted.year,
        "part": noted.part,
        "published_on": noted.published_on.map(|day| day.to_string()),
        "address": noted.address,
        "remark_sha256": digest(&noted.remark),
    })
}

/// What the leaf of a published forecast says.
pub fn forecast_facts(forecast: &PublishedForecast) -> Value {
    let stage = forecast.stage.map(akimat_budget::Stage::code);
    json!({
        "place": forecast.place.to_string(),
        "item": forecast.line.item_code(),
        "code": forecast.line.code(),
        "basis": forecast.basis.code(),
        "frequency": forecast.frequency.code(),
        "stage": stage,
        "body_sha256": digest(&serde_json::to_string(&forecast.body).unwrap_or_default()),
        "origin": forecast.origin.to_string(),
        "known_at": forecast.known_at.to_string(),
        "hindcast": forecast.hindcast,
        "model": forecast.model,
        "model_version": forecast.model_version,
        "invented": forecast.invented,
    })
}
