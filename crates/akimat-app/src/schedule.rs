//! The work plan of a project: putting its next version, and what follows from it today.

pub mod board;
pub mod money;
pub mod result;

use crate::dossier::{self, Kept, SectionDraft};
use crate::permission::Permission;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Money, MoneyUnit, ProjectId, Text};
use akimat_delivery::earned::{self, Paid, Position};
use akimat_delivery::progress::{self, Curve, Gap, Payment, Physical, Slip};
use akimat_delivery::schedule::{self, Fault, FaultKind, Forecast, Plan};
use akimat_outcome::Target;
use akimat_project::Project;
use akimat_storage::Account;
use akimat_storage::dossier::Section;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::OnceLock;

/// The kind of section that holds the plan.
pub const KIND: &str = "plan";
/// The kind of section that holds a contracting process, whose payments have days.
const PROCESS: &str = "contract";
/// Versions that are looked through for the one that a person began with.
const VERSIONS_MAX: u16 = 5_000;

const RULES: &str = include_str!("../../../data/project/progress.json");

/// What counts as a gap between work and money, dated.
#[derive(Debug, Deserialize)]
pub struct ProgressRule {
    /// First day on which it holds.
    pub valid_from: Date,
    /// Day from which it no longer holds.
    pub valid_to: Option<Date>,
    /// Somebody compared it with its basis.
    pub verified: bool,
    /// Hundredths of a percentage point between paid and done from which the page flags it.
    pub gap_bp: u32,
    /// Days by which an expected end may slip without a reason.
    pub slip_days: i32,
    /// Where it comes from.
    pub basis: Text,
}

/// The rule of a day; the first one for days before all.
pub fn rule(on: Date) -> &'static ProgressRule {
    static ALL: OnceLock<Vec<ProgressRule>> = OnceLock::new();
    let all = ALL.get_or_init(|| serde_json::from_str(RULES).expect("the rules of progress are ours"));
    let valid = |rule: &&ProgressRule| rule.valid_from <= on && rule.valid_to.is_none_or(|end| on < end);
    all.iter().find(valid).unwrap_or(&all[0])
}

/// A plan and where it is stored.
#[derive(Clone, Debug)]
pub struct StoredPlan {
    /// Its section.
    pub section: Section,
    /// The plan.
    pub plan: Plan,
}

/// What follows from a plan on a day.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The day.
    pub today: Date,
    /// The network; `None` without dates, and for a plan with a fault.
    pub forecast: Option<Forecast>,
    /// Faults that came in when the work of two people was brought together.
    pub faults: Vec<Fault>,
    /// What is physically done.
    pub physical: Option<Physical>,
    /// Money beside it.
    pub gap: Option<Gap>,
    /// Planned money of the whole: of the baseline, or else of the register.
    pub planned: Option<Money>,
    /// Paid so far.
    pub paid: Option<Money>,
    /// Payments with their days; empty when only their sum is known.
    pub payments: Vec<Payment>,
    /// Earned value.
    pub position: Position,
    /// Milestones.
    pub milestones: Vec<Slip>,
    /// The S-curve.
    pub curve: Option<Curve>,
    /// First and last day of the range in which four of five such projects end, from the forecasting room.
    pub range: Option<(Date, Date)>,
}

/// Why a plan changes.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// In the person's words.
    pub reason: String,
    /// The document that it rests on.
    pub basis: String,
}

/// The sentence of a fault.
pub const fn fault_key(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::TooManyItems => "schedule-fault-too-many-items",
        FaultKind::TooManyLinks => "schedule-fault-too-many-links",
        FaultKind::TitleMissing => "schedule-fault-title-missing",
        FaultKind::TooLong => "schedule-fault-too-long",
        FaultKind::BadCode => "schedule-fault-bad-code",
        FaultKind::SameCode => "schedule-fault-same-code",
        FaultKind::NoParent { .. } => "schedule-fault-no-parent",
        FaultKind::EndsBeforeStart => "schedule-fault-ends-before-start",
        FaultKind::DateMissing => "schedule-fault-date-missing",
        FaultKind::FarDate => "schedule-fault-far-date",
        FaultKind::EndWithoutStart => "schedule-fault-end-without-start",
        FaultKind::InTheFuture => "schedule-fault-in-the-future",
        FaultKind::MilestoneTakesTime => "schedule-fault-milestone-takes-time",
        FaultKind::MilestoneWithItems => "schedule-fault-milestone-with-items",
        FaultKind::OutsideParent { .. } => "schedule-fault-outside-parent",
        FaultKind::NegativeMoney => "schedule-fault-negative-money",
        FaultKind::MoneyOfStage => "schedule-fault-money-of-stage",
        FaultKind::MonthsDiffer { .. } => "schedule-fault-months-differ",
        FaultKind::WeightMissing => "schedule-fault-weight-missing",
        FaultKind::WeightsZero => "schedule-fault-weights-zero",
        FaultKind::Beyond100 => "schedule-fault-beyond-100",
        FaultKind::UnknownPredecessor { .. } => "schedule-fault-unknown-predecessor",
        FaultKind::WaitsForItself => "schedule-fault-waits-for-itself",
        FaultKind::LinkToStage { .. } => "schedule-fault-link-to-stage",
        FaultKind::LagTooLong => "schedule-fault-lag-too-long",
        FaultKind::Cycle { .. } => "schedule-fault-cycle",
    }
}

/// A fault as the form tells it: the field is `code/field`, and every sentence may name the item.
pub fn field_fault(fault: &Fault) -> FieldFault {
    let told = FieldFault::new(format!("{}/{}", fault.code, fault.field), fault_key(&fault.kind));
    match &fault.kind {
        FaultKind::NoParent { parent } => told.with("parent", parent),
        FaultKind::OutsideParent { parent, start, finish } => {
            told.with("parent", parent).with("start", start).with("finish", finish)
        }
        FaultKind::MonthsDiffer { months, budget } => {
            let thousand = |money: &Money| money.to_decimal(MoneyUnit::ThousandTenge, 0);
            told.with("months", thousand(months)).with("budget", thousand(budget))
        }
        FaultKind::UnknownPredecessor { code } | FaultKind::LinkToStage { code } => told.with("code", code),
        FaultKind::Cycle { codes } => {
            // Round again to where it began, so that it reads as a circle.
            let round: Vec<&str> = codes.iter().chain(codes.first()).map(String::as_str).collect();
            told.with("codes", round.join(" → "))
        }
        _ => told,
    }
}

/// State, next day and sum of a plan, for lists across projects.
fn head(plan: &Plan, today: Date) -> (String, Option<Date>, Option<Money>) {
    let leaves = plan.leaves();
    let open: Vec<_> = leaves.iter().filter(|leaf| leaf.actual.finish.is_none()).collect();
    let next = open.iter().filter_map(|leaf| leaf.expected.finish).min();
    let state = match next {
        None => "done",
        Some(day) if day < today => "late",
        Some(_) => "open",
    };
    let budgets = leaves.iter().filter_map(|leaf| leaf.budget);
    let sum = Money::checked_sum(budgets).filter(|sum| sum.tiyn() != 0);
    (state.to_owned(), next, sum)
}

/// Payments out of a contracting process, read leniently: only what is paid in tenge counts.
#[derive(Deserialize)]
struct PaidProcess {
    #[serde(default)]
    currency: String,
    #[serde(default)]
    payments: Vec<PaidOn>,
}

#[derive(Deserialize)]
struct PaidOn {
    on: Date,
    amount: Money,
}

impl App {
    /// The plan of a project as it stands.
    ///
    /// # Errors
    /// When the database fails, or the stored text is no plan.
    pub async fn find_plan(&self, project: ProjectId) -> Result<Option<StoredPlan>> {
        let sections = self.read().list_sections(project, &[KIND]).await?;
        sections.into_iter().next().map(stored).transpose()
    }

    /// The plan as it was in a version, for whoever began with that; the newest when there is no such version.
    ///
    /// # Errors
    /// When the database fails, or the stored text is no plan.
    pub async fn plan_at(&self, project: ProjectId, version: u32) -> Result<Option<StoredPlan>> {
        let Some(newest) = self.find_plan(project).await? else { return Ok(None) };
        if newest.section.version == version {
            return Ok(Some(newest));
        }
        let versions = self.read().list_section_versions(project, &[KIND], VERSIONS_MAX).await?;
        let shown = versions.into_iter().find(|section| {
            section.id == newest.section.id && section.version == version && !section.removed
        });
        shown.map_or(Ok(Some(newest)), |section| stored(section).map(Some))
    }

    /// A manager puts the next version of the plan. `base` is the version that the person was shown; what somebody else
    /// saved in between is brought together with it, or asked about.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Invalid`] with every fault at its item and field, and
    /// for an end that slips by more than the rule allows without a reason.
    pub async fn put_plan(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (base, next): (Option<&StoredPlan>, &Plan),
        why: &Why,
    ) -> Result<Kept> {
        let today = self.today();
        let mut wrong: Vec<FieldFault> = schedule::faults(next, today).iter().map(field_fault).collect();
        if let Some(base) = base
            && why.reason.trim().is_empty()
        {
            let limit = rule(today).slip_days;
            wrong.extend(progress::moved(&base.plan, next, limit).first().map(|moved| {
                FieldFault::new("reason", "schedule-fault-slip-reason")
                    .with("item", &moved.code)
                    .with("days", moved.days)
                    .with("limit", limit)
            }));
        }
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let (state, due_on, amount) = head(next, today);
        let body = serde_json::to_value(next).map_err(|error| AppError::Internal(error.to_string()))?;
        let draft = SectionDraft {
            id: base.map(|base| base.section.id),
            kind: KIND,
            base_version: base.map_or(0, |base| base.section.version),
            state,
            due_on,
            amount,
            removed: false,
            body,
            reason: why.reason.clone(),
            basis: why.basis.clone(),
        };
        let kept = self.put_section(actor, Permission::ManageProjects, project, draft.clone()).await?;
        match kept {
            Kept::Stored { version, ref others, .. } if !others.is_empty() => {
                self.put_head_again(actor, project, (version, draft)).await?;
                Ok(kept)
            }
            _ => Ok(kept),
        }
    }

    /// What was brought together with the work of somebody else has a head of its own: lists go by that.
    async fn put_head_again(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (version, draft): (u32, SectionDraft),
    ) -> Result<()> {
        let joined = self.find_plan(project).await?.filter(|stored| stored.section.version == version);
        let Some(StoredPlan { section, plan }) = joined else { return Ok(()) };
        let (state, due_on, amount) = head(&plan, self.today());
        if (&state, due_on, amount) != (&section.state, section.due_on, section.amount) {
            let (id, base_version, body) = (Some(section.id), version, dossier::body(&section)?);
            let next = SectionDraft { id, base_version, state, due_on, amount, body, ..draft };
            self.put_section(actor, Permission::ManageProjects, project, next).await?;
        }
        Ok(())
    }

    /// What follows from a plan today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan_standing(&self, project: &Project, plan: &Plan) -> Result<Standing> {
        let today = self.today();
        let payments = self.dated_payments(project.id).await?;
        let known = Paid { payments: &payments, total: project.totals().2 };
        let position = earned::position(plan, known, today);
        let physical = progress::physical(plan, today);
        let Beside { planned, paid, gap } = beside(project, (physical.as_ref(), &position), today);
        Ok(Standing {
            today,
            forecast: schedule::forecast(plan, today).ok().flatten(),
            faults: schedule::faults(plan, today),
            physical,
            gap,
            planned,
            paid,
            milestones: progress::milestones(plan, today),
            curve: progress::curve(plan, &payments, today),
            range: self.expected_range(project).await?,
            position,
            payments,
        })
    }

    /// Payments of the contracts of a project with their days.
    async fn dated_payments(&self, project: ProjectId) -> Result<Vec<Payment>> {
        let sections = self.read().list_sections(project, &[PROCESS]).await?;
        payments_in(sections.iter())
    }

    /// When four of five such projects end, by what became of finished ones.
    async fn expected_range(&self, project: &Project) -> Result<Option<(Date, Date)>> {
        let Some(end) = project.ends_on.filter(|_| crate::outcome::is_open(project.status)) else {
            return Ok(None);
        };
        let models = self.outcome_models().await?;
        let Ok(document) = models.predict(project, Target::Delay) else { return Ok(None) };
        let range = document.ranges.iter().find(|(level, ..)| *level == 80);
        let on = |days: f64| {
            let days: i64 = format!("{days:.0}").parse().ok()?;
            end.checked_add(days.days()).ok()
        };
        Ok(range.and_then(|(_, low, high)| on(*low).zip(on(*high))))
    }
}

/// Payments in contracting processes, the earliest first.
fn payments_in<'a>(sections: impl Iterator<Item = &'a Section>) -> Result<Vec<Payment>> {
    let mut payments = Vec::new();
    for section in sections {
        let process: PaidProcess = dossier::body(section)?;
        if process.currency.is_empty() || process.currency == "KZT" {
            let own = process.payments.iter();
            payments.extend(own.map(|paid| Payment { on: paid.on, amount: paid.amount }));
        }
    }
    payments.sort_by_key(|paid| paid.on);
    Ok(payments)
}

/// Money beside work on a day: planned, paid, the gap.
struct Beside {
    planned: Option<Money>,
    paid: Option<Money>,
    gap: Option<Gap>,
}

fn beside(project: &Project, (physical, position): (Option<&Physical>, &Position), today: Date) -> Beside {
    // What is planned now: of the approved plan, or else of the register as amended.
    let planned = position.bac.or_else(|| project.later_totals().0);
    let paid = position.ac;
    let gap = physical.and_then(|done| progress::gap(done.done_bp, (paid, planned), rule(today).gap_bp));
    Beside { planned, paid, gap }
}

fn stored(section: Section) -> Result<StoredPlan> {
    let plan = dossier::body(&section)?;
    Ok(StoredPlan { section, plan })
}
