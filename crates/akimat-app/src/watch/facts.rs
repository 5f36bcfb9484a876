//! What is known of a project tonight, out of the register, its dossier, the cube and what residents wrote.

use super::Overview;
use crate::dossier::body;
use crate::{App, Result};
use akimat_budget::Item;
use akimat_budget::pace::{MonthReport, pace};
use akimat_core::fold::fold;
use akimat_core::{AccountId, KatoCode, Money};
use akimat_delivery::progress;
use akimat_delivery::risk::Risk;
use akimat_delivery::schedule::{self, Plan};
use akimat_delivery::warning::facts::{
    Contract, ContractorWorks, CostClass, Facts, OpenRisk, Partnership, Step, Tender, YearMoney,
};
use akimat_delivery::warning::threshold::Thresholds;
use akimat_delivery::warning::{Indicator, days};
use akimat_procurement::Process;
use akimat_procurement::process::{Method, TENGE, TenderState};
use akimat_project::{Modality, Project, Sector, Status};
use akimat_storage::dossier::Section;
use akimat_storage::fact::{FactNode, LineKey};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Finished works count for a contractor so many days.
const REMEMBERED_DAYS: i64 = 3 * 365;
/// Territories whose usual year is remembered at once.
const PLACES_MAX: usize = 500;
/// Projects near a site whose comments are read.
pub(super) const NEAR_MAX: usize = 20;

/// A share of the year's plan by month, and former years behind it.
type Season = Option<([f64; 12], u64)>;
/// Payments due and the limit of three years.
type Due = Option<(Money, Option<Money>)>;

/// What was heard of a project, read together with others.
pub(super) struct Heard {
    /// What residents wrote.
    pub(super) facts: Facts,
    /// When there was last news.
    pub(super) news_at: Option<Timestamp>,
}

/// What many projects have in common, read once.
#[derive(Default)]
pub(crate) struct Desk {
    pub(super) owners: BTreeMap<AccountId, String>,
    seasons: BTreeMap<KatoCode, Season>,
    classes: BTreeMap<Sector, Option<CostClass>>,
    due: BTreeMap<KatoCode, Due>,
}

/// The contractor of a work, folded, and whether the work is late; none for what nobody works on.
pub(super) fn work(project: &Project, limits: &Thresholds, today: Date) -> Option<(String, bool)> {
    let name = fold(project.contractor.trim());
    if name.is_empty() {
        return None;
    }
    let last = project.milestones.iter().max_by_key(|step| step.planned_on);
    let ends = project.ends_on.or_else(|| last.map(|step| step.planned_on))?;
    let tolerance = limits.milestone_tolerance_days;
    match project.status {
        Status::Completed => {
            let reached = last.and_then(|step| step.actual_on)?;
            (days(reached, today) <= REMEMBERED_DAYS).then(|| (name, days(ends, reached) > tolerance))
        }
        Status::Contract | Status::Implementing | Status::Suspended => {
            let expected = project
                .milestones
                .iter()
                .filter_map(|step| step.forecast_on.filter(|_| step.actual_on.is_none()));
            let expected = expected.max().map_or(today, |day| day.max(today));
            Some((name, days(ends, expected) > tolerance))
        }
        _ => None,
    }
}

impl App {
    pub(super) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone().clone()).date()
    }

    /// Everything that the indicators look at.
    pub(super) async fn facts(
        &self,
        (project, sections, heard): (&Project, &[Section], Heard),
        (overview, limits): (&Overview, &Thresholds),
        desk: &mut Desk,
    ) -> Result<Facts> {
        let today = self.today();
        let Heard { mut facts, news_at } = heard;
        let news = news_at.map(|at| self.day(at));
        facts.building = project.status == Status::Implementing;
        facts.starts_on = project.starts_on;
        facts.ends_on = project.ends_on;
        facts.money = project
            .money
            .iter()
            .map(|line| YearMoney { year: line.year, planned: line.planned, paid: line.paid })
            .collect();
        facts.contracted = project.totals().1;
        facts.last_record_on = news;
        facts.last_update_on = Some(self.day(project.updated_at)).max(news);
        if let Some(news) = news {
            facts.progress = Some(f64::from(project.progress_pct) / 100.0);
            facts.progress_on = Some(news);
        }
        steps_of_register(project, &mut facts);
        self.dossier((project, sections), &mut facts)?;
        facts.season = self.season(project.place, desk).await?;
        facts.cost_class = self.cost_class(project.sector, limits, desk).await?;
        if project.modality == Modality::Ppp {
            let due = self.due(project.place, desk).await?;
            facts.partnership =
                due.map(|(due, limit)| Partnership { due, limit, deductions: None, availability: None });
        }
        let own = work(project, limits, today);
        facts.contractor = own.and_then(|(name, late)| {
            let (n, n_late) = overview.works.get(&name).copied()?;
            // Its other works: this one speaks for itself.
            let name = project.contractor.clone();
            Some(ContractorWorks {
                name,
                n_works: n.saturating_sub(1),
                n_late: n_late.saturating_sub(u64::from(late)),
            })
        });
        Ok(facts)
    }

    fn dossier(&self, (project, sections): (&Project, &[Section]), facts: &mut Facts) -> Result<()> {
        let today = facts.today;
        for section in sections {
            let on = self.day(section.at);
            match section.kind.as_str() {
                "plan" => {
                    facts.last_update_on = facts.last_update_on.max(Some(on));
                    of_plan(&body(section)?, facts);
                }
                crate::contract::KIND => {
                    facts.last_update_on = facts.last_update_on.max(Some(on));
                    of_process(&body(section)?, facts);
                }
                crate::risk::KIND => {
                    let risk: Risk = body(section)?;
                    if risk.ending.is_none() {
                        let overdue_days = risk.review_overdue_days(today);
                        let score = risk.rated.score();
                        facts.risks.push(OpenRisk { event: risk.event, score, overdue_days });
                    }
                }
                _ => {}
            }
        }
        let _ = project;
        Ok(())
    }

    /// The usual year of the territory's budget, or of the nearest one above that reports: the median of three former
    /// years.
    async fn season(&self, place: KatoCode, desk: &mut Desk) -> Result<Season> {
        if let Some(known) = desk.seasons.get(&place) {
            return Ok(*known);
        }
        let year = self.today().year();
        let line = LineKey { item: Item::ExpenditureTotal, code: String::new() };
        let mut found = None;
        for unit in std::iter::once(place).chain(place.parent_candidates()) {
            let months = self.read().fact_months(FactNode::Unit(unit), &line, year - 3..=year - 1).await?;
            let reports: Vec<MonthReport> = months
                .iter()
                .map(|own| MonthReport { year: own.year, month: own.month, amounts: own.amounts })
                .collect();
            let usual = pace(&reports, year).usual;
            let mut curve = [0.0; 12];
            let whole = (1..=12_u8).all(|month| usual.iter().any(|own| own.month == month));
            if whole {
                for own in &usual {
                    curve[usize::from(own.month) - 1] = own.median.to_f64();
                }
                let years = usual.iter().map(|own| own.n_years).min().unwrap_or(0);
                found = Some((curve, u64::try_from(years).unwrap_or(0)));
                break;
            }
        }
        if desk.seasons.len() >= PLACES_MAX {
            desk.seasons.clear();
        }
        desk.seasons.insert(place, found);
        Ok(found)
    }

    /// By how much projects of the sector cost more than planned: finished ones of the platform mixed with the published
    /// class.
    async fn cost_class(
        &self,
        sector: Sector,
        limits: &Thresholds,
        desk: &mut Desk,
    ) -> Result<Option<CostClass>> {
        if let Some(known) = desk.classes.get(&sector) {
            return Ok(known.clone());
        }
        let own = self.cost_overruns(sector).await?;
        let table = &crate::appraisal::tables().uplifts;
        let bounds = limits.of(Indicator::Cost);
        let class = table.by_sector.get(sector.code()).and_then(|code| table.find(code));
        let at = |chance: f64| class.and_then(|class| table.mixed(class, chance, &own).ok());
        let found = match (class, at(bounds.amber), at(bounds.red)) {
            (Some(class), Some(amber), Some(red)) => Some(CostClass {
                name: class.name.clone(),
                n: u64::try_from(own.len()).unwrap_or(0),
                amber: amber.uplift,
                red: red.uplift,
            }),
            _ => None,
        };
        desk.classes.insert(sector, found.clone());
        Ok(found)
    }

    /// Payments of all partnerships of a territory in three years, and their limit.
    async fn due(&self, place: KatoCode, desk: &mut Desk) -> Result<Due> {
        if let Some(known) = desk.due.get(&place) {
            return Ok(*known);
        }
        let market = self.market(Some(place)).await?;
        let from = self.today().year();
        let years = self.obligations(place, &market)?;
        let next: Vec<_> = years.iter().filter(|year| (from..from + 3).contains(&year.year)).collect();
        let due = Money::checked_sum(next.iter().map(|year| year.due));
        let limit: Option<Vec<Money>> = next.iter().map(|year| year.limit).collect();
        let limit = limit.filter(|limits| !limits.is_empty()).and_then(Money::checked_sum);
        let found = due.filter(|_| !next.is_empty()).map(|due| (due, limit));
        desk.due.insert(place, found);
        Ok(found)
    }
}

/// Steps as the register states them.
fn steps_of_register(project: &Project, facts: &mut Facts) {
    facts.steps = project
        .milestones
        .iter()
        .map(|step| Step {
            title: step.title.clone(),
            planned_on: step.planned_on,
            actual_on: step.actual_on,
        })
        .collect();
    let open = project.milestones.iter().filter(|step| step.actual_on.is_none());
    facts.forecast_on = open.filter_map(|step| step.forecast_on).max();
}

/// A work plan knows the progress, the expected end and the planned course better than the register.
fn of_plan(plan: &Plan, facts: &mut Facts) {
    let today = facts.today;
    if let Some(done) = progress::physical(plan, today).filter(|done| done.from_spending.is_empty()) {
        facts.progress = Some(f64::from(done.done_bp) / 10_000.0);
        facts.progress_on = Some(done.on);
        facts.last_record_on = facts.last_record_on.max(Some(done.on));
    }
    if let Some(forecast) = schedule::forecast(plan, today).ok().flatten() {
        facts.forecast_on = facts.forecast_on.max(Some(forecast.finish));
    }
    let steps: Vec<Step> = progress::milestones(plan, today)
        .into_iter()
        .filter_map(|slip| {
            let item = plan.items.iter().find(|item| item.id == slip.id)?;
            let title = item.title.clone();
            Some(Step { title, planned_on: slip.approved?, actual_on: slip.actual })
        })
        .collect();
    if !steps.is_empty() {
        facts.steps = steps;
    }
}

fn of_process(process: &Process, facts: &mut Facts) {
    let over = matches!(process.state, TenderState::Complete | TenderState::Unsuccessful);
    if over {
        let bids = u64::try_from(process.valid_bids().count()).unwrap_or(u64::MAX);
        facts.tenders.push(Tender {
            name: process.number.clone(),
            bids: process.method.is_open().then_some(bids).filter(|bids| *bids > 0),
            repeated: process.state == TenderState::Unsuccessful
                || process.method == Method::SingleSourceFailed,
            slow: false,
        });
    }
    for contract in process.contracts.iter().filter(|contract| contract.currency == TENGE) {
        let change = |(before, after): (Money, Money)| after.checked_sub(before);
        let changes =
            process.amendments_of(&contract.id).into_iter().filter_map(|one| one.amount.and_then(change));
        facts.contracts.push(Contract {
            name: contract.number.clone(),
            signed: contract.amount,
            amendments: changes.collect(),
        });
    }
    let paid = process.payments.iter().map(|payment| payment.on).filter(|on| *on <= facts.today).max();
    facts.last_record_on = facts.last_record_on.max(paid);
}
