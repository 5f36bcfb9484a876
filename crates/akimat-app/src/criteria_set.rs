//! Sets of criteria: drafted by an analyst, approved by a head, and never changed afterwards.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Text};
use akimat_ranking::ipf::Side;
use akimat_ranking::{Criterion, Fault, ValueFunction};
use akimat_storage::criteria_set::{CriteriaSet, CriteriaState};
use akimat_storage::{Account, Change, Conflict};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Weights of a set sum to this: hundredths of a per cent.
pub const WEIGHT_WHOLE: u32 = 10_000;
/// Criteria of one set at most.
pub const CRITERIA_MAX: usize = 20;
/// Most characters of a name, a unit, a source.
pub const TEXT_CHARS_MAX: usize = 500;
/// One in the units of values and worth.
pub const ONE_E4: i64 = 10_000;

/// Where the value of a project under a criterion comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// Members of the commission score it.
    Commission,
    /// The score in the register of projects.
    Register,
    /// Ratings of residents, 1 to 5, as they are stored.
    Ratings,
}

/// One criterion of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCriterion {
    /// Short name, unique in the set.
    pub code: String,
    /// Name.
    pub title: Text,
    /// What the values mean.
    pub help: Text,
    /// Unit of the values.
    pub unit: Text,
    /// Where the values come from.
    pub source: ValueSource,
    /// Social and environmental, or financial and economic.
    pub side: Side,
    /// Share in hundredths of a per cent: how much going from the worst to the best value of this criterion matters
    /// beside the others (swing weighting).
    pub weight_e4: u32,
    /// The value function: value and worth (0 to 10,000), both in ten-thousandths, by rising value.
    pub points: Vec<(i64, i64)>,
    /// Where the bounds and the weight come from: an act, a norm, a decision.
    pub basis: String,
}

/// What a set says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriteriaDocument {
    /// Version of this format: 1.
    pub format: u8,
    /// Name of the set.
    pub title: Text,
    /// Act or decision behind it.
    pub source: String,
    /// The criteria in the published order.
    pub criteria: Vec<SetCriterion>,
}

impl ValueSource {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Commission, Self::Register, Self::Ratings];

    /// The name in documents, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Register => "register",
            Self::Ratings => "ratings",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

/// Ten-thousandths as a number.
#[expect(clippy::cast_precision_loss, reason = "values of criteria stay far below 2^53")]
pub fn from_e4(value: i64) -> f64 {
    value as f64 / 10_000.0
}

impl SetCriterion {
    /// The value function.
    ///
    /// # Errors
    /// [`Fault`] when the points do not make one.
    pub fn function(&self) -> std::result::Result<ValueFunction, Fault> {
        let points = self.points.iter().map(|(value, worth)| (from_e4(*value), from_e4(*worth))).collect();
        ValueFunction::new(&self.code, points)
    }

    /// Whether a score under one criterion means the same under the other: same name, unit and direction.
    pub fn measures_like(&self, other: &Self) -> bool {
        let rises =
            |of: &Self| of.points.first().map(|point| point.1) < of.points.last().map(|point| point.1);
        self.code == other.code && self.unit == other.unit && rises(self) == rises(other)
    }
}

impl CriteriaDocument {
    /// Reads a stored document.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it is damaged.
    pub fn read(set: &CriteriaSet) -> Result<Self> {
        serde_json::from_str(&set.document)
            .map_err(|error| AppError::Internal(format!("criteria set {}: {error}", set.id)))
    }

    /// Sum of the weights, hundredths of a per cent.
    pub fn weight_sum(&self) -> u32 {
        self.criteria.iter().map(|criterion| criterion.weight_e4).sum()
    }

    /// What a draft may not be saved with, by field of the form (`code-0`, `points-2`).
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if self.title.is_empty() {
            faults.push(FieldFault::new("title-ru", "field-required"));
        }
        if self.criteria.is_empty() {
            faults.push(FieldFault::new("code-0", "field-required"));
        }
        if self.criteria.len() > CRITERIA_MAX {
            faults.push(FieldFault::new("code-0", "field-criteria-too-many").with("max", CRITERIA_MAX));
        }
        let mut seen = BTreeSet::new();
        for (at, criterion) in self.criteria.iter().enumerate() {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let code = criterion.code.as_str();
            if code.is_empty() || code.len() > 40 || !code.chars().all(plain) {
                faults.push(FieldFault::new(format!("code-{at}"), "field-criteria-code"));
            } else if !seen.insert(code) {
                faults.push(
                    FieldFault::new(format!("code-{at}"), "field-criteria-code-twice").with("code", code),
                );
            }
            if criterion.title.is_empty() {
                faults.push(FieldFault::new(format!("title-ru-{at}"), "field-required"));
            }
            if criterion.weight_e4 > WEIGHT_WHOLE {
                faults.push(FieldFault::new(format!("weight-{at}"), "field-criteria-weight"));
            }
            if criterion.function().is_err() {
                faults.push(FieldFault::new(format!("points-{at}"), "field-criteria-points"));
            }
        }
        faults
    }

    /// What it may not be approved with.
    pub fn faults_of_approval(&self) -> Vec<FieldFault> {
        let mut faults = self.faults();
        let sum = self.weight_sum();
        if sum != WEIGHT_WHOLE {
            let printed = format!("{}.{:02}", sum / 100, sum % 100);
            faults.push(FieldFault::new("weight-0", "field-criteria-weight-sum").with("sum", printed));
        }
        faults
    }

    /// Criteria with shares, and their value functions.
    ///
    /// # Errors
    /// [`Fault`] when it could not have been approved.
    pub fn model(&self) -> std::result::Result<(Vec<Criterion>, Vec<ValueFunction>), Fault> {
        let functions =
            self.criteria.iter().map(SetCriterion::function).collect::<std::result::Result<Vec<_>, _>>()?;
        let criteria = self.criteria.iter().zip(&functions).map(|(criterion, f)| Criterion {
            code: criterion.code.clone(),
            direction: f.direction(),
            weight: from_e4(i64::from(criterion.weight_e4)),
        });
        Ok((criteria.collect(), functions))
    }
}

impl App {
    /// An analyst or a head begins the next version of the criteria of a territory and year.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field; [`AppError::Conflict`] when somebody began one just now.
    pub async fn draft_criteria(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        year: i16,
        document: CriteriaDocument,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::Recommend, Some(place))?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let known = self.read().find_place(place, self.today()).await?.ok_or(AppError::NotFound("place"))?;
        if !(2000..=2100).contains(&year) {
            return Err(AppError::field("year", "field-criteria-year"));
        }
        let text = text_of(&document)?;
        let sets = self.read().list_criteria_sets(Some(place)).await?;
        let last = sets.iter().filter(|set| set.year == year).map(|set| set.version).max().unwrap_or(0);
        let (id, now) = (self.new_uuid(), self.now());
        let set = CriteriaSet {
            id,
            place,
            year,
            version: last + 1,
            state: CriteriaState::Draft,
            edit: 1,
            invented: known.invented,
            document: text,
            created_by: account.id,
            created_by_name: spokesman(actor),
            created_at: now,
            updated_at: now,
            approved_by: None,
            approved_at: None,
        };
        let detail = json!({ "year": year, "version": set.version });
        let audit = self.audit(actor, "draft_criteria", id, Some(place), &detail);
        self.store().apply(vec![Change::AddCriteriaSet(Box::new(set)), audit]).await?;
        Ok(id)
    }

    /// An analyst or a head changes a draft.
    ///
    /// # Errors
    /// As [`App::draft_criteria`]; [`AppError::Conflict`] when it is no draft any more or somebody changed it.
    pub async fn edit_criteria(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        document: CriteriaDocument,
    ) -> Result<()> {
        let set = self.draft_to_change(actor, (id, edit), Permission::Recommend).await?;
        let set =
            CriteriaSet { document: text_of(&document)?, edit: edit + 1, updated_at: self.now(), ..set };
        let detail = json!({ "edit": set.edit });
        let audit = self.audit(actor, "edit_criteria", id, Some(set.place), &detail);
        Ok(self.store().apply(vec![Change::UpdateCriteriaSet(Box::new(set)), audit]).await?)
    }

    /// A head approves a draft with the act behind it. It never changes again; a change is a new version.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the weights do not sum to 100 per cent or a field is wrong; otherwise as
    /// [`App::edit_criteria`].
    pub async fn approve_criteria(&self, actor: Option<&Account>, (id, edit): (Uuid, u32)) -> Result<()> {
        let set = self.draft_to_change(actor, (id, edit), Permission::Decide).await?;
        let faults = CriteriaDocument::read(&set)?.faults_of_approval();
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let now = self.now();
        let set = CriteriaSet {
            state: CriteriaState::Approved,
            edit: edit + 1,
            updated_at: now,
            approved_by: Some(spokesman(actor)),
            approved_at: Some(now),
            ..set
        };
        let detail = json!({ "year": set.year, "version": set.version });
        let audit = self.audit(actor, "approve_criteria", id, Some(set.place), &detail);
        Ok(self.store().apply(vec![Change::UpdateCriteriaSet(Box::new(set)), audit]).await?)
    }

    /// A draft is given up, with a reason on record.
    ///
    /// # Errors
    /// As [`App::edit_criteria`]; [`AppError::Invalid`] without a reason.
    pub async fn withdraw_criteria(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        reason: &str,
    ) -> Result<()> {
        let set = self.draft_to_change(actor, (id, edit), Permission::Recommend).await?;
        let reason = parse_reason("reason", reason)?;
        let set =
            CriteriaSet { state: CriteriaState::Withdrawn, edit: edit + 1, updated_at: self.now(), ..set };
        let audit = self.audit(actor, "withdraw_criteria", id, Some(set.place), &json!({ "reason": reason }));
        Ok(self.store().apply(vec![Change::UpdateCriteriaSet(Box::new(set)), audit]).await?)
    }

    async fn draft_to_change(
        &self,
        actor: Option<&Account>,
        (id, edit): (Uuid, u32),
        needed: Permission,
    ) -> Result<CriteriaSet> {
        let set = self.read().find_criteria_set(id).await?.ok_or(AppError::NotFound("criteria set"))?;
        permission::check(actor, needed, Some(set.place))?;
        if set.state != CriteriaState::Draft || set.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("criteria set")));
        }
        Ok(set)
    }

    /// Every approved set of a territory and of those above it, its own first, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_approved_criteria(&self, place: KatoCode) -> Result<Vec<CriteriaSet>> {
        let mut known = Vec::new();
        for above in self.read().list_place_path(place, self.today()).await?.iter().rev() {
            let sets = self.read().list_criteria_sets(Some(above.code)).await?;
            let own = sets.into_iter().filter(|set| set.place == above.code);
            known.extend(own.filter(|set| set.state == CriteriaState::Approved));
        }
        Ok(known)
    }

    /// The approved criteria that hold for a territory in a year: its own, or those of the nearest territory above
    /// it; of the year, or else of the latest year before; the latest version.
    ///
    /// # Errors
    /// When the database fails or a stored document is damaged.
    pub async fn find_approved_criteria(
        &self,
        place: KatoCode,
        year: i16,
    ) -> Result<Option<(CriteriaSet, CriteriaDocument)>> {
        let path = self.read().list_place_path(place, self.today()).await?;
        for above in path.iter().rev() {
            let sets = self.read().list_criteria_sets(Some(above.code)).await?;
            let holds = |set: &CriteriaSet| set.state == CriteriaState::Approved && set.year <= year;
            if let Some(set) = sets.into_iter().find(holds) {
                let document = CriteriaDocument::read(&set)?;
                return Ok(Some((set, document)));
            }
        }
        Ok(None)
    }
}

fn text_of(document: &CriteriaDocument) -> Result<String> {
    let faults = document.faults();
    if !faults.is_empty() {
        return Err(AppError::Invalid(faults));
    }
    let text = serde_json::to_string(document).map_err(|error| AppError::Internal(error.to_string()))?;
    if text.len() > CriteriaSet::DOCUMENT_BYTES_MAX {
        let fault =
            FieldFault::new("title-ru", "field-too-long").with("max", CriteriaSet::DOCUMENT_BYTES_MAX);
        return Err(AppError::Invalid(vec![fault]));
    }
    Ok(text)
}
