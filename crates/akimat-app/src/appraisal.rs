//! Appraisals of projects: drafting a version, signing it, and what follows from it under today's tables.

use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_appraisal::document::money;
use akimat_appraisal::impact::ImpactTable;
use akimat_appraisal::proportion::Proportion;
use akimat_appraisal::rate::RateTable;
use akimat_appraisal::uplift::UpliftTable;
use akimat_appraisal::{Appraised, Document, Fault, FaultKind, Tables, appraise};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_project::{Project, Sector, Status};
use akimat_storage::appraisal::{Appraisal, Signature};
use akimat_storage::{Account, Change, ProjectFilter};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use uuid::Uuid;

const RATES: &str = include_str!("../../../data/appraisal/rates.json");
const IMPACTS: &str = include_str!("../../../data/appraisal/impacts.json");
const UPLIFTS: &str = include_str!("../../../data/appraisal/uplifts.json");
const PROPORTION: &str = include_str!("../../../data/appraisal/proportionality.json");

/// Finished projects that are looked through at most.
const FINISHED_MAX: u16 = 5_000;
/// Longest remark.
const NOTE_CHARS_MAX: usize = 4_000;

/// The dated tables of the platform: rates, unit values, uplifts, rules of depth.
pub fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        rates: RateTable::from_json(RATES).expect("the table of rates is ours"),
        impacts: ImpactTable::from_json(IMPACTS).expect("the table of impacts is ours"),
        uplifts: UpliftTable::from_json(UPLIFTS).expect("the table of uplifts is ours"),
        proportion: Proportion::from_json(PROPORTION).expect("the rules of depth are ours"),
    })
}

/// The sentence of a fault.
pub const fn fault_key(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::Missing => "appraisal-fault-missing",
        FaultKind::NotANumber { .. } => "appraisal-fault-not-a-number",
        FaultKind::OutOfRange { .. } => "appraisal-fault-out-of-range",
        FaultKind::Negative { .. } => "appraisal-fault-negative",
        FaultKind::TooFew { .. } => "appraisal-fault-too-few",
        FaultKind::TooMany { .. } => "appraisal-fault-too-many",
        FaultKind::LengthsDiffer { .. } => "appraisal-fault-lengths-differ",
        FaultKind::Unknown { .. } => "appraisal-fault-unknown",
        FaultKind::Zero => "appraisal-fault-zero",
        FaultKind::OneSign => "appraisal-fault-one-sign",
        FaultKind::ProgressIsSpending => "appraisal-fault-progress-is-spending",
        FaultKind::TooFewFinished { .. } => "appraisal-fault-too-few-finished",
        FaultKind::BeyondTable { .. } => "appraisal-fault-beyond-table",
        FaultKind::NotRising => "appraisal-fault-not-rising",
        FaultKind::TooLarge => "appraisal-fault-too-large",
        FaultKind::NothingAsked => "appraisal-fault-nothing-asked",
    }
}

/// A fault of a row is that of a field with the number of the row behind it.
fn field_fault(fault: &Fault) -> FieldFault {
    let field = fault.row.map_or_else(|| fault.field.clone(), |row| format!("{}_{row}", fault.field));
    let mut told = FieldFault::new(field, fault_key(&fault.kind));
    if let Some(words) = fault.kind.words() {
        told = told.with("value", words);
    }
    for (name, value) in fault.kind.facts() {
        told = told.with(name, value);
    }
    told
}

/// What other parts of the platform take from an appraisal, as criteria for example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppraisalSummary {
    /// The signed version.
    pub id: Uuid,
    /// Net present value, central.
    pub npv: Option<Money>,
    /// With every impact at its unfavourable end.
    pub npv_low: Option<Money>,
    /// With every impact at its favourable end.
    pub npv_high: Option<Money>,
    /// Benefit-cost ratio in ten-thousandths.
    pub bcr_e4: Option<i64>,
    /// Who signed it, and when.
    pub signed: Signature,
}

impl AppraisalSummary {
    fn of(stored: Appraisal) -> Option<Self> {
        let Appraisal { id, npv, npv_low, npv_high, bcr_e4, signed, .. } = stored;
        Some(Self { id, npv, npv_low, npv_high, bcr_e4, signed: signed? })
    }
}

impl App {
    /// The newest signed appraisal of a project in short.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appraisal_summary(&self, project: ProjectId) -> Result<Option<AppraisalSummary>> {
        let versions = self.read().list_appraisals(project).await?;
        Ok(versions.into_iter().rev().find_map(AppraisalSummary::of))
    }

    /// The newest signed appraisal of each project of a territory and below it, in short.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appraisal_summaries(
        &self,
        place: Option<KatoCode>,
    ) -> Result<BTreeMap<ProjectId, AppraisalSummary>> {
        let latest = self.read().list_latest_appraisals(place, true).await?;
        Ok(latest.into_iter().filter_map(|one| Some((one.project, AppraisalSummary::of(one)?))).collect())
    }

    /// By how much finished projects of a sector cost more than planned, as shares of the plan, in rising order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cost_overruns(&self, sector: Sector) -> Result<Vec<f64>> {
        let filter = ProjectFilter {
            status: vec![Status::Completed],
            sector: Some(sector),
            ..ProjectFilter::default()
        };
        let finished = self.read().list_whole_projects(&filter, FINISHED_MAX).await?;
        let mut overruns: Vec<f64> = finished.iter().filter_map(overrun).collect();
        overruns.sort_by(f64::total_cmp);
        Ok(overruns)
    }

    /// What follows from a stored version: its document, and its figures under the tables it names.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the tables no longer know what it names; [`AppError::Internal`] when it cannot be read.
    pub async fn reckon_appraisal(
        &self,
        stored: &Appraisal,
        sector: Sector,
    ) -> Result<(Document, Appraised)> {
        let document = read_document(stored)?;
        let own = self.cost_overruns(sector).await?;
        let appraised = appraise(&document, tables(), &own).map_err(invalid)?;
        Ok((document, appraised))
    }

    /// A manager or analyst saves a version of the appraisal of a project; earlier ones stay. The stored summary holds
    /// the net present value in the three cases and the benefit-cost ratio.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] with every fault at its field and row,
    /// [`AppError::Conflict`] when somebody saved a version at the same time.
    pub async fn draft_appraisal(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        document: &Document,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::Appraise, None)?;
        let (found, ..) = self.read().find_project(project).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::Appraise, Some(found.place))?;
        if document.note.chars().count() > NOTE_CHARS_MAX {
            let fault = FieldFault::new("note", "field-too-long").with("max", NOTE_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let appraised = appraise(document, tables(), &[]).map_err(invalid)?;
        let version = self.read().list_appraisals(project).await?.last().map_or(1, |last| last.version + 1);
        let stored = stored(self, (&found, version), (document, &appraised), spokesman(actor))?;
        let id = stored.id;
        let detail = json!({ "version": version });
        let audit = self.audit(actor, "draft_appraisal", project, Some(found.place), &detail);
        self.store().apply(vec![Change::AddAppraisal(Box::new(stored)), audit]).await?;
        Ok(id)
    }

    /// A manager or analyst signs a version: from then on it is public.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Conflict`] when it is signed already or a newer
    /// version exists.
    pub async fn sign_appraisal(&self, actor: Option<&Account>, id: Uuid) -> Result<ProjectId> {
        permission::check(actor, Permission::Appraise, None)?;
        let stored = self.read().find_appraisal(id).await?.ok_or(AppError::NotFound("appraisal"))?;
        permission::check(actor, Permission::Appraise, Some(stored.place))?;
        let last = self.read().list_appraisals(stored.project).await?.last().map(|last| last.id);
        if last != Some(id) {
            return Err(AppError::Conflict(akimat_storage::Conflict::Stale("appraisal")));
        }
        let signature = Signature { by: spokesman(actor), at: self.now() };
        let detail = json!({ "version": stored.version });
        let audit = self.audit(actor, "sign_appraisal", stored.project, Some(stored.place), &detail);
        self.store().apply(vec![Change::SignAppraisal(id, signature), audit]).await?;
        Ok(stored.project)
    }
}

/// The document of a stored version.
///
/// # Errors
/// [`AppError::Internal`] when it cannot be read.
pub fn read_document(stored: &Appraisal) -> Result<Document> {
    Document::from_json(&stored.document).map_err(|error| AppError::Internal(error.to_string()))
}

fn invalid(faults: Vec<Fault>) -> AppError {
    AppError::Invalid(faults.into_iter().map(|fault| field_fault(&fault)).collect())
}

fn stored(
    app: &App,
    (project, version): (&Project, u32),
    (document, appraised): (&Document, &Appraised),
    by: String,
) -> Result<Appraisal> {
    // Without anything counted in money as a benefit a net present value would only repeat the cost.
    let valued = appraised.figures[2].pv_benefits > 0.0;
    let npv = |case: usize| if valued { money(appraised.figures[case].npv) } else { None };
    let bcr = appraised.figures[1].bcr.filter(|_| valued);
    Ok(Appraisal {
        id: app.new_budget_id().0,
        project: project.id,
        place: project.place,
        version,
        npv: npv(1),
        npv_low: npv(0),
        npv_high: npv(2),
        bcr_e4: bcr.and_then(|bcr| money(bcr * 100.0)).map(Money::tiyn),
        document: document.to_json().map_err(|error| AppError::Internal(error.to_string()))?,
        drafted: Signature { by, at: app.now() },
        signed: None,
    })
}

fn overrun(project: &Project) -> Option<f64> {
    let (planned, _, paid) = project.totals();
    let (planned, paid) = (planned.filter(|planned| planned.tiyn() > 0)?, paid?);
    Some(akimat_appraisal::document::tenge(paid) / akimat_appraisal::document::tenge(planned) - 1.0)
}
