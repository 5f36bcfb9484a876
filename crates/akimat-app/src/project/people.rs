//! The team of a project and its partners: one section of its dossier for each, joined when two people write at once.

use super::life::tidy_partners;
use crate::dossier::{SectionDraft, body};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_project::partner::{self, PartnerFault, Partnership};
use akimat_project::revision::{FieldChange, FieldClash, diff, merge, settle};
use akimat_project::team::{self, Team, TeamFault};
use akimat_project::{Basis, Project};
use akimat_storage::dossier::Section;
use akimat_storage::{Account, Batch, Change, Conflict, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

/// Times that a version is put again when another came first.
const TRIES: usize = 4;
/// Versions that are looked through for the one that a person began with.
const VERSIONS_MAX: u16 = 1_000;
/// Makes the identifier of the one team of a project out of that of the project.
const TEAM: u128 = 0x7465_616d;
/// The same for its partners.
const PARTNERS: u128 = 0x7061_7274;

/// With what a person began, and why it changes.
#[derive(Clone, Debug, Default)]
pub struct PeopleNote {
    /// The version that the person was shown; 0 when there was none.
    pub base_version: u32,
    /// Why.
    pub reason: String,
    /// The document that it rests on.
    pub basis: String,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum KeptOne<T> {
    /// It is stored.
    Stored {
        /// What somebody else had stored meanwhile, and what is now in it as well.
        others: Vec<FieldChange>,
    },
    /// Somebody else changed the same to something else. Nothing is stored.
    Clash {
        /// What is stored.
        current: Box<Section>,
        /// The fields in question.
        clashes: Vec<FieldClash>,
        /// What only one of the two changed, from each; of the fields in question it holds yours.
        joined: Box<T>,
    },
}

/// Two versions brought together.
enum Brought<T> {
    Joined { version: u32, value: T, others: Vec<FieldChange> },
    Clash(KeptOne<T>),
}

/// What is kept once for each project.
#[derive(Clone, Debug)]
pub struct Held<T> {
    /// Its version; 0 when there is none yet.
    pub version: u32,
    /// What it says.
    pub value: T,
}

fn single(project: ProjectId, salt: u128) -> Uuid {
    Uuid::from_u128(project.0.as_u128() ^ salt)
}

impl App {
    /// The team of a project; an empty one when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_team(&self, project: ProjectId) -> Result<Held<Team>> {
        self.held(single(project, TEAM)).await
    }

    /// The partners and grants of a project. Territories that a register brought in are there, too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_partnership(&self, project: &Project) -> Result<Held<Partnership>> {
        let mut held: Held<Partnership> = self.held(single(project.id, PARTNERS)).await?;
        for place in &project.partners {
            if !held.value.territories().contains(place) {
                held.value.partners.push(partner::Partner {
                    id: place.to_string(),
                    kind: partner::PartnerKind::Territory,
                    place: Some(*place),
                    name: String::new(),
                    duty: String::new(),
                    share_bp: None,
                });
            }
        }
        Ok(held)
    }

    async fn held<T: DeserializeOwned + Default>(&self, id: Uuid) -> Result<Held<T>> {
        match self.read().find_section(id).await? {
            Some(section) => Ok(Held { version: section.version, value: body(&section)? }),
            None => Ok(Held { version: 0, value: T::default() }),
        }
    }

    /// A manager says who is in the team of a project.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every fault at its field, [`AppError::NotFound`], [`AppError::Forbidden`].
    pub async fn put_team(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (mut team, note): (Team, PeopleNote),
    ) -> Result<KeptOne<Team>> {
        for member in team.members.iter_mut().filter(|member| member.id.is_empty()) {
            member.id = self.new_uuid().to_string();
        }
        for _ in 0..TRIES {
            let stored = self.project_to_manage(actor, project).await?;
            let id = single(project, TEAM);
            let (version, value, others) =
                match self.brought((id, team::KIND), (&stored, note.base_version), &team).await? {
                    Brought::Joined { version, value, others } => (version, value, others),
                    Brought::Clash(clash) => return Ok(clash),
                };
            let mut wrong = note_faults(&note);
            wrong.extend(value.faults().into_iter().map(team_fault));
            if !wrong.is_empty() {
                return Err(AppError::Invalid(wrong));
            }
            let mut draft = draft((id, team::KIND), &value, &note)?;
            let ended = value.ended_on(self.today());
            (if ended { "ended" } else { "open" }).clone_into(&mut draft.state);
            draft.due_on = value.to.filter(|_| !ended);
            let mut batch: Batch = Vec::new();
            let section = self.section(actor, (project, stored.place), version + 1, &draft);
            batch.push(Change::PutSection(Box::new(section)));
            let detail = json!({ "members": value.members.len() });
            batch.push(self.audit(actor, "put_team", project, Some(stored.place), &detail));
            match self.store().apply(batch).await {
                Err(StoreError::Conflict(Conflict::Stale(_))) => {}
                other => return Ok(other.map(|()| KeptOne::Stored { others })?),
            }
        }
        Err(AppError::Conflict(Conflict::Stale("section")))
    }

    /// A manager says with whom a project is shared and who pays which part. The register learns from it in the same
    /// breath with which territories the project is shared, and whether it is international.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every fault at its field: shares that are not the whole, a territory that is not in
    /// the classifier. [`AppError::NotFound`], [`AppError::Forbidden`].
    pub async fn put_partnership(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (mut partnership, note): (Partnership, PeopleNote),
    ) -> Result<KeptOne<Partnership>> {
        let partners = partnership.partners.iter_mut().map(|partner| &mut partner.id);
        let grants = partnership.grants.iter_mut().map(|grant| &mut grant.id);
        for id in partners.chain(grants).filter(|id| id.is_empty()) {
            *id = self.new_uuid().to_string();
        }
        permission::check(actor, Permission::ManageProjects, None)?;
        for _ in 0..TRIES {
            let stored = self.project_to_manage(actor, project).await?;
            let id = single(project, PARTNERS);
            let (version, value, others) =
                match self.brought((id, partner::KIND), (&stored, note.base_version), &partnership).await? {
                    Brought::Joined { version, value, others } => (version, value, others),
                    Brought::Clash(clash) => return Ok(clash),
                };
            self.check_partnership(stored.place, (&value, &note)).await?;
            let draft = SectionDraft {
                amount: Money::checked_sum(value.grants.iter().filter_map(|grant| grant.tenge)),
                due_on: value.grants.iter().filter_map(|grant| grant.until).max(),
                ..draft((id, partner::KIND), &value, &note)?
            };
            let batch = self.partnership_batch(actor, &stored, (&value, version, &draft)).await?;
            match self.store().apply(batch).await {
                Err(StoreError::Conflict(Conflict::Stale(_))) => {}
                other => return Ok(other.map(|()| KeptOne::Stored { others })?),
            }
        }
        Err(AppError::Conflict(Conflict::Stale("section")))
    }

    async fn partnership_batch(
        &self,
        actor: Option<&Account>,
        stored: &Project,
        (value, version, draft): (&Partnership, u32, &SectionDraft),
    ) -> Result<Batch> {
        let section = self.section(actor, (stored.id, stored.place), version + 1, draft);
        let detail = json!({ "partners": value.partners.len(), "grants": value.grants.len() });
        let mut batch: Batch = vec![
            Change::PutSection(Box::new(section)),
            self.audit(actor, "put_partnership", stored.id, Some(stored.place), &detail),
        ];
        let mut partners = value.territories();
        tidy_partners(stored.place, &mut partners);
        let after = Project {
            international: value.international(),
            partners,
            version: stored.version + 1,
            updated_at: self.now(),
            ..stored.clone()
        };
        if (&after.partners, after.international) != (&stored.partners, stored.international) {
            let basis = Basis { kind: draft.basis.clone(), ..Basis::default() };
            batch.extend(self.register_changes(actor, (stored, &after), (&draft.reason, &basis)).await?);
            batch.push(Change::UpdateProject(Box::new(after)));
        }
        Ok(batch)
    }

    async fn check_partnership(
        &self,
        own: KatoCode,
        (value, note): (&Partnership, &PeopleNote),
    ) -> Result<()> {
        let mut wrong = note_faults(note);
        wrong.extend(value.faults(own).into_iter().map(partner_fault));
        let known = self.read().list_places_by_code(&value.territories(), self.today()).await?;
        for (row, one) in value.partners.iter().enumerate() {
            if let Some(code) = one.place.filter(|code| !known.iter().any(|place| place.code == *code)) {
                let fault = FieldFault::new(format!("partner_place_{row}"), "field-place-unknown");
                wrong.push(fault.with("code", code));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
    }

    async fn brought<T: Serialize + DeserializeOwned>(
        &self,
        (id, kind): (Uuid, &'static str),
        (project, base_version): (&Project, u32),
        wanted: &T,
    ) -> Result<Brought<T>> {
        let yours = value_of(wanted)?;
        let read = self.read();
        let stored = read.find_section(id).await?;
        let version = stored.as_ref().map_or(0, |section| section.version);
        let whole = |value: Value| {
            serde_json::from_value::<T>(value)
                .map_err(|error| AppError::Internal(format!("{kind} of {}: {error}", project.id)))
        };
        let Some(stored) = stored.filter(|section| section.version != base_version) else {
            return Ok(Brought::Joined { version, value: whole(yours)?, others: Vec::new() });
        };
        let theirs: Value = body(&stored)?;
        let versions = read.list_section_versions(project.id, &[kind], VERSIONS_MAX).await?;
        let shown = versions.iter().find(|one| one.id == id && one.version == base_version);
        // Who began with nothing began with an empty record of the same shape.
        let base: Value = shown.map_or_else(|| Ok(emptied(&yours)), body)?;
        match merge(&base, &theirs, &yours) {
            Ok(joined) => {
                Ok(Brought::Joined { version, value: whole(joined)?, others: diff(&base, &theirs) })
            }
            Err(clashes) => {
                let joined = Box::new(whole(settle(&base, &theirs, &yours))?);
                Ok(Brought::Clash(KeptOne::Clash { current: Box::new(stored), clashes, joined }))
            }
        }
    }
}

fn value_of(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

fn emptied(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), emptied(value))).collect(),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::String(_) => Value::String(String::new()),
        _ => Value::Null,
    }
}

fn draft(
    (id, kind): (Uuid, &'static str),
    value: &impl Serialize,
    note: &PeopleNote,
) -> Result<SectionDraft> {
    Ok(SectionDraft {
        id: Some(id),
        kind,
        base_version: note.base_version,
        state: String::new(),
        due_on: None,
        amount: None,
        removed: false,
        body: value_of(value)?,
        reason: note.reason.clone(),
        basis: note.basis.clone(),
    })
}

fn note_faults(note: &PeopleNote) -> Vec<FieldFault> {
    let most = 1_000;
    [("reason", &note.reason), ("basis", &note.basis)]
        .into_iter()
        .filter(|(_, text)| text.chars().count() > most)
        .map(|(field, _)| FieldFault::new(field, "field-too-long").with("max", most))
        .collect()
}

#[expect(clippy::needless_pass_by_value, reason = "faults are mapped by value")]
fn team_fault(fault: TeamFault) -> FieldFault {
    let at = |part: &str, row: usize| format!("member_{part}_{row}");
    match fault {
        TeamFault::EndsBeforeStart => FieldFault::new("to", "field-ends-before-start"),
        TeamFault::NameMissing(row) => FieldFault::new(at("name", row), "field-required"),
        TeamFault::LeavesBeforeComing(row) => FieldFault::new(at("to", row), "field-ends-before-start"),
        TeamFault::OutsideTeam(row) => FieldFault::new(at("from", row), "team-outside"),
        TeamFault::TwoLeads(row) => FieldFault::new(at("role", row), "team-two-leads"),
        TeamFault::NoLead => FieldFault::new(at("role", 0), "team-no-lead"),
        TeamFault::TooLong(row) => {
            FieldFault::new(at("name", row), "field-too-long").with("max", team::LINE_CHARS_MAX)
        }
        TeamFault::TooMany => FieldFault::new(at("name", 0), "team-too-many").with("max", team::MEMBERS_MAX),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "faults are mapped by value")]
fn partner_fault(fault: PartnerFault) -> FieldFault {
    let partner = |part: &str, row: usize| format!("partner_{part}_{row}");
    let grant = |part: &str, row: usize| format!("grant_{part}_{row}");
    match fault {
        PartnerFault::NameMissing(row) => FieldFault::new(partner("name", row), "field-required"),
        PartnerFault::PlaceMissing(row) => FieldFault::new(partner("place", row), "field-required"),
        PartnerFault::Twice(row) => FieldFault::new(partner("place", row), "partner-twice"),
        PartnerFault::ShareMissing(None) => FieldFault::new("own_share", "partner-share-missing"),
        PartnerFault::ShareMissing(Some(row)) => {
            FieldFault::new(partner("share", row), "partner-share-missing")
        }
        PartnerFault::SharesNotWhole(sum_bp) => {
            let sum = format!("{}.{:02}", sum_bp / 100, sum_bp % 100);
            FieldFault::new("own_share", "partner-shares-sum").with("sum", sum)
        }
        PartnerFault::DonorMissing(row) => FieldFault::new(grant("donor", row), "field-required"),
        PartnerFault::BadCurrency(row) => FieldFault::new(grant("currency", row), "partner-currency"),
        PartnerFault::BadAmount(row) => FieldFault::new(grant("amount", row), "field-not-an-amount"),
        PartnerFault::NegativeTenge(row) => FieldFault::new(grant("tenge", row), "field-negative"),
        PartnerFault::EndsBeforeSigned(row) => {
            FieldFault::new(grant("until", row), "field-ends-before-start")
        }
        PartnerFault::TooLong(row) => {
            FieldFault::new(partner("name", row), "field-too-long").with("max", partner::LINE_CHARS_MAX)
        }
        PartnerFault::TooMany => {
            FieldFault::new(partner("name", 0), "partner-too-many").with("max", partner::ROWS_MAX)
        }
    }
}
