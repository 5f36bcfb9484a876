//! The stages and rules in force, and what a stage demands of a project.

use crate::project::{PROJECT_TEXT_MAX, spokesman};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::KatoCode;
use akimat_project::register::{KIND, record};
use akimat_project::rules::Rules;
use akimat_project::stage::{Demand, SUSPENDED, Stages, TERMINATED};
use akimat_project::{Basis, Modality, Project, Status};
use akimat_storage::dossier::Section;
use akimat_storage::{Account, Change, StageMatch, StageWord};
use jiff::Timestamp;
use serde_json::Value;
use std::sync::LazyLock;

const STAGES: &str = include_str!("../../../../data/project/stages.json");
const RULES: &str = include_str!("../../../../data/project/rules.json");

static PUBLISHED: LazyLock<Stages> =
    LazyLock::new(|| Stages::from_json(STAGES).expect("the file in the repository is read by a test"));

/// The stages of every modality.
pub fn stages() -> &'static Stages {
    &PUBLISHED
}

/// Which projects stand at a stage, whatever their modality: those with its word, and where it is the first stage of a
/// status those without a known word. Empty for a word that no modality has.
pub fn stage_matches(code: &str) -> Vec<StageMatch> {
    let mut matches = Vec::new();
    for (modality, status) in
        Modality::ALL.iter().flat_map(|modality| Status::ALL.map(|status| (*modality, status)))
    {
        let track = stages().of(modality).iter().filter(|stage| stage.status == status);
        let codes: Vec<&str> = track.map(|stage| stage.code.as_str()).collect();
        let word = match codes.iter().position(|known| *known == code) {
            Some(0) => StageWord::Not(codes[1..].iter().map(|other| (*other).to_owned()).collect()),
            Some(_) => StageWord::Is(code.to_owned()),
            None if codes.is_empty() && status.code() == code => StageWord::Not(Vec::new()),
            None => continue,
        };
        matches.push(StageMatch { modality, status, word });
    }
    matches
}

/// The words of all stages with the modality that names them, each once, in the usual order of a project's life.
pub fn stage_codes() -> Vec<(Modality, &'static str)> {
    let mut known: Vec<(Status, Modality, &'static str)> = Vec::new();
    for track in &stages().tracks {
        for stage in &track.stages {
            if !known.iter().any(|(_, _, code)| *code == stage.code) {
                known.push((stage.status, track.modality, &stage.code));
            }
        }
    }
    for (status, code) in [(Status::Suspended, SUSPENDED), (Status::Terminated, TERMINATED)] {
        if !known.iter().any(|(_, _, own)| *own == code) {
            known.push((status, Modality::Budget, code));
        }
    }
    known.sort_by_key(|(status, ..)| *status);
    known.into_iter().map(|(_, modality, code)| (modality, code)).collect()
}

/// Versions that are looked through for the one that a person began with.
const VERSIONS_MAX: u16 = 5_000;

impl App {
    /// The rules of the register in force today.
    pub fn project_rules(&self) -> Rules {
        let rules = Rules::on(RULES, self.today()).expect("the file in the repository is read by a test");
        rules.expect("the file in the repository has an entry")
    }

    /// Whole days since a project last moved or was reported about, when that is long enough to say so.
    pub fn project_silence(&self, status: akimat_project::Status, news_at: Timestamp) -> Option<i64> {
        self.project_rules().silence(status, self.now().duration_since(news_at).as_hours() / 24)
    }

    /// What the register said about a project at one of its versions; `None` when that was not kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn project_as_of(&self, stored: &Project, version: u32) -> Result<Option<Project>> {
        if stored.version == version {
            return Ok(Some(stored.clone()));
        }
        let versions = self.read().list_section_versions(stored.id, &[KIND], VERSIONS_MAX).await?;
        let wanted = version.to_string();
        let Some(section) = versions.iter().find(|section| section.state == wanted) else { return Ok(None) };
        let value: Value = crate::dossier::body(section)?;
        let found = akimat_project::register::project(&value, stored)
            .map_err(|error| AppError::Internal(format!("register of {}: {error}", stored.id)))?;
        Ok(Some(Project { version, ..found }))
    }

    /// The versions before and after, as changes of a batch. The first change of a project keeps what there was
    /// before it, too.
    pub(crate) async fn register_changes(
        &self,
        actor: Option<&Account>,
        (before, after): (&Project, &Project),
        (reason, basis): (&str, &Basis),
    ) -> Result<Vec<Change>> {
        let newest = self.read().find_section(before.id.0).await?;
        let version = newest.as_ref().map_or(0, |section| section.version);
        let made = |version: u32, project: &Project, at: Timestamp| Section {
            id: project.id.0,
            project: project.id,
            place: project.place,
            kind: KIND.to_owned(),
            version,
            state: project.version.to_string(),
            due_on: None,
            amount: project.later_totals().0,
            removed: false,
            body: record(project).to_string(),
            reason: String::new(),
            basis: String::new(),
            by: None,
            by_name: String::new(),
            at,
        };
        let mut changes = Vec::new();
        if version == 0 {
            changes.push(Change::PutSection(Box::new(made(1, before, before.updated_at))));
        }
        changes.push(Change::PutSection(Box::new(Section {
            reason: reason.trim().to_owned(),
            basis: basis.words(),
            by: actor.map(|account| account.id),
            by_name: spokesman(actor),
            ..made(version.max(1) + 1, after, self.now())
        })));
        Ok(changes)
    }

    /// What a stage demands and the project lacks, photographs and documents aside.
    pub(crate) fn lacking(project: &Project, to: &str) -> Vec<FieldFault> {
        let demands = stages().demands(project.modality, to);
        let lacks = |demand: &&Demand| match demand {
            Demand::Money => project.totals().0.is_none(),
            Demand::Contractor => project.contractor.trim().is_empty(),
            Demand::EndsOn => project.ends_on.is_none(),
            Demand::Basis | Demand::Photos => false,
        };
        let said = |demand: &Demand| {
            let key = match demand {
                Demand::Money => "project-demand-money",
                Demand::Contractor => "project-demand-contractor",
                _ => "project-demand-ends-on",
            };
            FieldFault::new("status", key)
        };
        demands.iter().filter(lacks).map(said).collect()
    }
}

/// Faults of a document and of a reason.
pub(crate) fn basis_faults(basis: &Basis, reason: &str) -> Vec<FieldFault> {
    let texts = [("basis_kind", &basis.kind), ("basis_number", &basis.number)];
    let long = |text: &str| text.chars().count() > PROJECT_TEXT_MAX;
    let mut wrong: Vec<FieldFault> = texts
        .iter()
        .filter(|(_, text)| long(text))
        .map(|(field, _)| FieldFault::new(*field, "field-too-long").with("max", PROJECT_TEXT_MAX))
        .collect();
    if reason.chars().count() > 1_000 {
        wrong.push(FieldFault::new("reason", "field-too-long").with("max", 1_000));
    }
    wrong
}

/// Partners of a project: each once, in order, without its own territory.
pub(crate) fn tidy_partners(place: KatoCode, partners: &mut Vec<KatoCode>) {
    partners.sort_unstable();
    partners.dedup();
    partners.retain(|partner| *partner != place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_project::Modality;

    #[test]
    fn the_published_files_are_read() {
        assert!(!stages().of(Modality::Ppp).is_empty());
        let day = jiff::civil::Date::constant(2026, 6, 1);
        assert!(Rules::on(RULES, day).is_ok_and(|rules| rules.is_some()));
    }
}
