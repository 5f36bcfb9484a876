//! What the database publishes now, held against what the log says was published.

use super::{instant, leaf};
use crate::{App, Result};
use akimat_core::{BudgetId, DecisionId, ForecastId, ProjectId};
use akimat_storage::{BudgetFilter, PageRequest, StoredLogEntry};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;
use uuid::Uuid;

/// Leaves read at once.
const STEP: u16 = 500;

/// The first difference that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Index of the leaf; `None` for a row that has no leaf.
    pub index: Option<u64>,
    /// What it is about, such as `budget/0190…`.
    pub subject: String,
    /// Which fact differs, such as `paid`; `row` when the row is gone, `leaf` when it has no leaf.
    pub field: String,
    /// What the log says.
    pub logged: String,
    /// What the database says.
    pub stored: String,
}

/// What an audit of the database saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Leaves that were read.
    pub n_leaves: u64,
    /// Leaves whose rows were compared; the others record acts without a row, or were followed by later ones.
    pub n_compared: u64,
    /// Leaves that were put back after a database was lost: their rows may be gone.
    pub n_lost: u64,
    /// The first difference.
    pub difference: Option<Difference>,
}

impl App {
    /// Compares the leaves up to `size` with the rows they record, and the budgets with the leaves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_log(&self, size: u64) -> Result<Audit> {
        let mut audit = Audit::default();
        let mut budgets = BTreeSet::new();
        let lost = self.lost_leaves().await?;
        let (mut from, mut begun) = (0, None);
        while from < size {
            let leaves = self.read().list_log_entries(from, STEP).await?;
            if leaves.is_empty() {
                break;
            }
            for stored in leaves.iter().filter(|stored| stored.index < Some(size)) {
                begun = begun.or(Some(stored.entry.at));
                audit.n_leaves += 1;
                if let Some(id) = stored.entry.subject.strip_prefix("budget/") {
                    budgets.insert(id.to_owned());
                }
                // Rows of acts that were lost with a database: their leaves were put back, they were not.
                if stored.index.is_some_and(|index| lost.iter().any(|range| range.contains(&index))) {
                    audit.n_lost += 1;
                    continue;
                }
                match self.compare(stored).await? {
                    None => {}
                    Some(Ok(())) => audit.n_compared += 1,
                    Some(Err(difference)) => {
                        audit.difference = Some(difference);
                        return Ok(audit);
                    }
                }
            }
            from += u64::from(STEP);
        }
        let Some(begun) = begun else { return Ok(audit) };
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        loop {
            let listed = self.read().list_budgets(&BudgetFilter::default(), &page).await?;
            for head in listed.items {
                let id = head.budget.id.to_string();
                if head.budget.provenance.imported_at > begun && !budgets.contains(&id) {
                    let pending = self.read().list_log_entries_about(&format!("budget/{id}"), 1).await?;
                    if pending.is_empty() {
                        let at = instant(head.budget.provenance.imported_at);
                        audit.difference = Some(differs(None, &format!("budget/{id}"), ("leaf", "", &at)));
                        return Ok(audit);
                    }
                }
            }
            match listed.next {
                Some(after) => page.after = Some(after),
                None => return Ok(audit),
            }
        }
    }

    /// The leaves that were put back after a database was lost.
    async fn lost_leaves(&self) -> Result<Vec<Range<u64>>> {
        let Some(latest) = self.read().find_latest_log_checkpoint().await? else { return Ok(Vec::new()) };
        let origin = latest.note.lines().next().unwrap_or_default();
        let about = self.read().list_log_entries_about(&format!("log/{origin}"), 200).await?;
        let range = |stored: &StoredLogEntry| {
            let leaf: Value = serde_json::from_str(&stored.entry.leaf).ok()?;
            Some(leaf["body"]["from"].as_u64()?..leaf["body"]["to"].as_u64()?)
        };
        Ok(about
            .iter()
            .filter(|stored| stored.entry.kind == super::recover::LEAF)
            .filter_map(range)
            .collect())
    }

    /// `None` for a leaf without a row to compare.
    async fn compare(&self, stored: &StoredLogEntry) -> Result<Option<std::result::Result<(), Difference>>> {
        let entry = &stored.entry;
        let leaf: Value = serde_json::from_str(&entry.leaf).unwrap_or_default();
        let body = &leaf["body"];
        let id = entry.subject.split_once('/').and_then(|(_, id)| Uuid::parse_str(id).ok());
        let row = match (entry.kind.as_str(), id) {
            ("budget_published", Some(id)) => {
                let found = self.read().find_budget(BudgetId(id)).await?;
                Some(found.map(|head| leaf::budget_facts(&head.budget, &head.figures)))
            }
            ("project_registered" | "project_changed", Some(id)) => {
                return self.compare_project(stored, ProjectId(id), body).await;
            }
            ("programme_decided", Some(id)) => {
                let found = self.read().find_decision(DecisionId(id)).await?;
                Some(found.map(|made| leaf::decision_facts(&made)))
            }
            ("forecast_published", Some(id)) => {
                let found = self.read().find_published_forecast(ForecastId(id)).await?;
                Some(found.map(|forecast| leaf::forecast_facts(&forecast)))
            }
            ("finding_explained" | "finding_dismissed" | "finding_reopened", _) => {
                let finding = entry.subject.strip_prefix("finding/").unwrap_or_default();
                let notes = self.read().list_finding_notes(finding).await?;
                let note = notes.into_iter().find(|note| body["note"] == note.id.to_string());
                Some(note.map(|note| leaf::note_facts(&note)))
            }
            _ => None,
        };
        Ok(row.map(|row| same(stored, body, row.as_ref())))
    }

    /// The figures of a project as they stand now must be those of its latest leaf.
    async fn compare_project(
        &self,
        stored: &StoredLogEntry,
        id: ProjectId,
        body: &Value,
    ) -> Result<Option<std::result::Result<(), Difference>>> {
        let later = self.read().list_log_entries_about(&stored.entry.subject, 200).await?;
        let tells = ["project_registered", "project_changed", "project_removed", "project_merged"];
        let latest = later.iter().find(|other| tells.contains(&other.entry.kind.as_str()));
        if latest.is_some_and(|latest| latest.id != stored.id) {
            return Ok(None);
        }
        let row = self.read().find_project(id).await?.map(|(project, _, _)| leaf::project_facts(&project));
        Ok(Some(same(stored, body, row.as_ref())))
    }
}

fn same(stored: &StoredLogEntry, logged: &Value, row: Option<&Value>) -> std::result::Result<(), Difference> {
    let subject = &stored.entry.subject;
    let Some(row) = row else {
        return Err(differs(stored.index, subject, ("row", &stored.entry.kind, "")));
    };
    let facts = logged.as_object().into_iter().flatten();
    for (field, said) in facts.filter(|(field, _)| *field != "note") {
        let now = row.get(field).unwrap_or(&Value::Null);
        if said != now {
            return Err(differs(stored.index, subject, (field, &plain(said), &plain(now))));
        }
    }
    Ok(())
}

fn differs(index: Option<u64>, subject: &str, (field, logged, stored): (&str, &str, &str)) -> Difference {
    Difference {
        index,
        subject: subject.to_owned(),
        field: field.to_owned(),
        logged: logged.to_owned(),
        stored: stored.to_owned(),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
