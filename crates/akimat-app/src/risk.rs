//! The register of risks of a project: sections of kind [`KIND`] in its dossier.

pub mod portfolio;

use crate::dossier::{Kept, SectionDraft, body};
use crate::permission::Permission;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Money, ProjectId};
use akimat_delivery::risk::contingency::{Draws, Loss, Spread, simulate};
use akimat_delivery::risk::scale::Scale;
use akimat_delivery::risk::{Risk, RiskFault, RiskFaultKind, TEXT_CHARS_MAX, money};
use akimat_storage::Account;
use akimat_storage::dossier::Section;
use jiff::civil::Date;
use uuid::Uuid;

/// The kind of section that holds a risk.
pub const KIND: &str = "risk";
/// Open risks of one project at most.
pub const RISKS_MAX: usize = 200;
/// The seed of the simulation: the same register gives the same sum.
const SEED: u64 = 1;

const SCALES: &str = include_str!("../../../data/project/risk.json");

/// The scale of a day; the newest one for days before all.
pub fn scale(on: Date) -> Scale {
    let read = |day| Scale::on(SCALES, day).expect("the scale of risks is ours");
    read(on).or_else(|| read(Date::MAX)).expect("a scale is in force")
}

/// A risk as it is kept.
#[derive(Clone, Debug)]
pub struct HeldRisk {
    /// The newest version of its section.
    pub section: Section,
    /// What it says.
    pub risk: Risk,
}

/// What a person wants a risk to say.
#[derive(Clone, Debug)]
pub struct RiskDraft {
    /// The section; `None` begins a new one.
    pub id: Option<Uuid>,
    /// The version that the person was shown; 0 for a new one.
    pub base_version: u32,
    /// The risk.
    pub risk: Risk,
    /// Why it changes.
    pub reason: String,
    /// The document that it rests on.
    pub basis: String,
}

/// The sentence of a fault.
pub const fn fault_key(kind: RiskFaultKind) -> &'static str {
    match kind {
        RiskFaultKind::Missing => "field-required",
        RiskFaultKind::TooLong => "field-too-long",
        RiskFaultKind::NotRated => "risk-fault-not-rated",
        RiskFaultKind::CostRange => "risk-fault-cost-range",
        RiskFaultKind::ResidualWorse => "risk-fault-residual-worse",
        RiskFaultKind::ReviewMissing => "risk-fault-review-missing",
        RiskFaultKind::TooManyActions => "risk-fault-too-many-actions",
    }
}

fn field_fault(fault: RiskFault) -> FieldFault {
    let told = FieldFault::new(fault.field, fault_key(fault.kind));
    if fault.kind == RiskFaultKind::TooLong { told.with("max", TEXT_CHARS_MAX) } else { told }
}

/// What the open risks of a register may cost together; those without a cost add nothing and are counted.
#[derive(Clone, Debug)]
pub struct Contingency {
    /// Chance times cost of all.
    pub expected: Option<Money>,
    /// Enough with the chance of the scale.
    pub enough: Option<Money>,
    /// That chance, 0 to 1.
    pub chance: f64,
    /// Risks in it.
    pub n: usize,
    /// Risks whose cost is unknown.
    pub unknown: usize,
}

/// The money to set aside for the open risks.
pub fn contingency(risks: &[Risk], scale: &Scale, planned: Option<Money>) -> Contingency {
    let open: Vec<&Risk> = risks.iter().filter(|risk| risk.ending.is_none()).collect();
    let loss = |risk: &&Risk| {
        let (low, high) = risk.cost(scale, planned)?;
        Some(Loss { chance: scale.chance(risk.rated.likelihood), low, high })
    };
    let losses: Vec<Loss> = open.iter().filter_map(loss).collect();
    let draws = Draws { n: scale.draws, correlation: scale.correlation, seed: SEED };
    let spread = (!losses.is_empty()).then(|| simulate(&losses, &draws));
    Contingency {
        expected: spread.as_ref().and_then(|spread: &Spread| money(spread.expected)),
        enough: spread.as_ref().and_then(|spread| money(spread.quantile(scale.chance_of_contingency))),
        chance: scale.chance_of_contingency,
        n: losses.len(),
        unknown: open.len() - losses.len(),
    }
}

impl App {
    /// The register of a project, closed risks included.
    ///
    /// # Errors
    /// When the database fails, or a stored risk cannot be read.
    pub async fn list_risks(&self, project: ProjectId) -> Result<Vec<HeldRisk>> {
        let sections = self.read().list_sections(project, &[KIND]).await?;
        sections.into_iter().map(held).collect()
    }

    /// One risk of a project.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn find_risk(&self, project: ProjectId, id: Uuid) -> Result<HeldRisk> {
        held(self.section_of(project, KIND, id).await?)
    }

    /// A manager, analyst or the head puts the next version of a risk. What two people changed at once is joined or asked
    /// about.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] with every fault at its field.
    pub async fn put_risk(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        draft: RiskDraft,
    ) -> Result<Kept> {
        crate::permission::check(actor, Permission::WatchProjects, None)?;
        let wrong: Vec<FieldFault> = draft.risk.faults().into_iter().map(field_fault).collect();
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        if draft.id.is_none() && self.list_risks(project).await?.len() >= RISKS_MAX {
            return Err(AppError::Invalid(vec![
                FieldFault::new("event", "risk-fault-too-many").with("max", RISKS_MAX),
            ]));
        }
        let kept =
            self.put_section(actor, Permission::WatchProjects, project, self.risk_section(&draft)?).await?;
        let Kept::Stored { id, version, ref others } = kept else { return Ok(kept) };
        if others.is_empty() {
            return Ok(kept);
        }
        // What somebody else had changed is in it too: where it stands follows from the whole.
        let HeldRisk { section, risk } = self.find_risk(project, id).await?;
        let again = RiskDraft {
            id: Some(id),
            base_version: version,
            risk,
            reason: section.reason.clone(),
            basis: section.basis.clone(),
        };
        let again = self.risk_section(&again)?;
        if (&again.state, again.due_on, again.amount) == (&section.state, section.due_on, section.amount) {
            return Ok(kept);
        }
        let others = others.clone();
        Ok(match self.put_section(actor, Permission::WatchProjects, project, again).await? {
            Kept::Stored { id, version, .. } => Kept::Stored { id, version, others },
            clash @ Kept::Clash { .. } => clash,
        })
    }

    fn risk_section(&self, draft: &RiskDraft) -> Result<SectionDraft> {
        let body =
            serde_json::to_value(&draft.risk).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(SectionDraft {
            id: draft.id,
            kind: KIND,
            base_version: draft.base_version,
            state: draft.risk.state().to_owned(),
            due_on: draft.risk.due_on(),
            amount: draft.risk.cost_high,
            removed: false,
            body,
            reason: draft.reason.clone(),
            basis: draft.basis.clone(),
        })
    }
}

fn held(section: Section) -> Result<HeldRisk> {
    let risk = body(&section)?;
    Ok(HeldRisk { section, risk })
}
