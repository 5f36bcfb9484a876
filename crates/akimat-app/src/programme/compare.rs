//! Two plans beside each other: who enters, who leaves, who moves, and what about the facts differs.

use super::answer::PlanAnswer;
use super::input::{Barred, Duty, InputCandidate, ProgrammeInput};
use super::{ProgrammeRecord, ProgrammeView};
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_project::{MoneySource, Sector};
use akimat_storage::{Account, ProgrammeHead, ProgrammeState};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Two plans beside each other, in the units of the input (thousand tenge, 1e-4 points).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeComparison {
    /// Worth of each plan.
    pub objective: (i64, i64),
    /// Bound of each plan.
    pub bound: (i64, i64),
    /// Projects of each plan.
    pub n_projects: (usize, usize),
    /// Money by source and calendar year (`None`: after the last year), with the caps.
    pub money: Vec<MoneyPair>,
    /// Appraised total by sector.
    pub sectors: Vec<(Sector, i64, i64)>,
    /// Appraised total by territory directly below, with its name and people.
    pub districts: Vec<DistrictPair>,
    /// Projects that enter, leave or start in another year, by number.
    pub moved: Vec<Moved>,
    /// What about the request as a whole differs.
    pub causes: Vec<Cause>,
}

/// Money of a source in a year in both plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyPair {
    /// Source.
    pub source: MoneySource,
    /// Calendar year; `None`: after the last year.
    pub year: Option<i16>,
    /// Spent.
    pub spent: (i64, i64),
    /// The most that may be spent; `None`: no limit, or not asked.
    pub cap: (Option<i64>, Option<i64>),
}

/// A territory directly below in both plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictPair {
    /// Code.
    pub place: KatoCode,
    /// Name.
    pub name: Text,
    /// Residents.
    pub people: Option<i64>,
    /// Appraised total.
    pub total: (i64, i64),
}

/// A project that enters, leaves or starts in another year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Project.
    pub project: ProjectId,
    /// Number.
    pub number: String,
    /// Name.
    pub title: Text,
    /// Calendar year of start in the first plan; `None`: left out.
    pub before: Option<i16>,
    /// In the second plan.
    pub after: Option<i16>,
    /// What about the project itself differs; [`Cause::Competition`] alone when nothing does.
    pub causes: Vec<Cause>,
}

/// What differs between two inputs. Amounts are in thousand tenge, points in points of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// It was no candidate in the first plan.
    NewCandidate,
    /// It is no candidate in the second plan.
    NoCandidate,
    /// It must not start in the second plan.
    NowBarred {
        /// Why.
        why: Barred,
    },
    /// It must not start in the first plan.
    WasBarred {
        /// Why.
        why: Barred,
    },
    /// It must start in the second plan.
    NowDuty {
        /// Why.
        why: Duty,
    },
    /// It must start in the first plan.
    WasDuty {
        /// Why.
        why: Duty,
    },
    /// Its cost differs.
    Cost {
        /// In the first input.
        before: i64,
        /// In the second one.
        after: i64,
    },
    /// Its points differ.
    Benefit {
        /// In the first input.
        before: i64,
        /// In the second one.
        after: i64,
    },
    /// The years in which it may start differ.
    Window {
        /// First and last calendar year in the first input.
        before: (i16, i16),
        /// In the second one.
        after: (i16, i16),
    },
    /// A budget differs.
    Budget {
        /// Source.
        source: MoneySource,
        /// Calendar year.
        year: i16,
        /// In the first input; `None`: not asked.
        before: Option<i64>,
        /// In the second one.
        after: Option<i64>,
    },
    /// The floor of a sector differs.
    SectorFloor {
        /// Sector.
        sector: Sector,
        /// In the first input.
        before: i64,
        /// In the second one.
        after: i64,
    },
    /// The floor of a territory directly below differs.
    DistrictFloor {
        /// Code.
        place: KatoCode,
        /// In the first input.
        before: i64,
        /// In the second one.
        after: i64,
    },
    /// Starts allowed, discount factors, groups, waits, criteria or further rules differ.
    OtherRules,
    /// Nothing about the project itself differs: the money or the other projects do.
    Competition,
}

/// An input with its plan.
pub type Planned<'a> = (&'a ProgrammeInput, &'a PlanAnswer);

/// Two plans beside each other.
pub fn compare(before: Planned<'_>, after: Planned<'_>) -> ProgrammeComparison {
    let (a, b) = (&before.1.allocation, &after.1.allocation);
    ProgrammeComparison {
        objective: (a.objective, b.objective),
        bound: (a.bound, b.bound),
        n_projects: (a.plan.started().count(), b.plan.started().count()),
        money: money(before, after),
        sectors: sectors(before, after),
        districts: districts(before, after),
        moved: moved(before, after),
        causes: causes(before.0, after.0),
    }
}

type Key = (MoneySource, Option<i16>);

fn ledger((input, plan): Planned<'_>) -> BTreeMap<Key, (i64, Option<i64>)> {
    let mut rows = BTreeMap::new();
    for (source, used) in input.sources.iter().zip(&plan.money) {
        for ((year, spent), cap) in (1_u16..).zip(&used.years).zip(&source.budget) {
            rows.insert((source.source, Some(input.calendar(year))), (*spent, Some(*cap)));
        }
        rows.insert((source.source, None), (used.tail, source.tail));
    }
    rows
}

fn money(before: Planned<'_>, after: Planned<'_>) -> Vec<MoneyPair> {
    let (a, b) = (ledger(before), ledger(after));
    let mut keys: Vec<Key> = a.keys().chain(b.keys()).copied().collect();
    // The years in order, what comes after the last one at the end.
    keys.sort_by_key(|(source, year)| (*source, year.unwrap_or(i16::MAX)));
    keys.dedup();
    let pair = |(source, year): Key| {
        let (x, y) = (a.get(&(source, year)), b.get(&(source, year)));
        MoneyPair {
            source,
            year,
            spent: (x.map_or(0, |row| row.0), y.map_or(0, |row| row.0)),
            cap: (x.and_then(|row| row.1), y.and_then(|row| row.1)),
        }
    };
    keys.into_iter().map(pair).collect()
}

fn sectors(before: Planned<'_>, after: Planned<'_>) -> Vec<(Sector, i64, i64)> {
    let total = |(input, plan): Planned<'_>, sector: Sector| {
        let at = input.sectors.iter().position(|part| part.sector == sector);
        at.and_then(|at| plan.sectors.get(at).copied()).unwrap_or(0)
    };
    let all = Sector::ALL.iter().map(|sector| (*sector, total(before, *sector), total(after, *sector)));
    all.filter(|(_, a, b)| (*a, *b) != (0, 0)).collect()
}

fn districts(before: Planned<'_>, after: Planned<'_>) -> Vec<DistrictPair> {
    let mut places: BTreeMap<KatoCode, DistrictPair> = BTreeMap::new();
    for (second, (input, plan)) in [(false, before), (true, after)] {
        for (district, total) in input.districts.iter().zip(&plan.districts) {
            let pair = places.entry(district.place).or_insert_with(|| DistrictPair {
                place: district.place,
                name: district.name.clone(),
                people: district.people,
                total: (0, 0),
            });
            if second {
                pair.total.1 = *total;
            } else {
                pair.total.0 = *total;
            }
        }
    }
    places.into_values().collect()
}

fn moved(before: Planned<'_>, after: Planned<'_>) -> Vec<Moved> {
    let start = |(input, plan): Planned<'_>, project: ProjectId| {
        let at = input.find(project)?;
        plan.allocation.plan.starts.get(at).copied().flatten().map(|year| input.calendar(year))
    };
    let all = before.0.candidates.iter().chain(&after.0.candidates);
    let mut seen = BTreeSet::new();
    let mut moved = Vec::new();
    for candidate in all.filter(|candidate| seen.insert(candidate.project)) {
        let (x, y) = (start(before, candidate.project), start(after, candidate.project));
        if x != y {
            moved.push(Moved {
                project: candidate.project,
                number: candidate.number.clone(),
                title: candidate.title.clone(),
                before: x,
                after: y,
                causes: own_causes((before.0, after.0), candidate.project),
            });
        }
    }
    moved.sort_by(|a, b| (&a.number, a.project.0).cmp(&(&b.number, b.project.0)));
    moved
}

fn own_causes((before, after): (&ProgrammeInput, &ProgrammeInput), project: ProjectId) -> Vec<Cause> {
    let find = |input: &ProgrammeInput| input.find(project).map(|at| input.candidates[at].clone());
    let (a, b) = match (find(before), find(after)) {
        (Some(a), Some(b)) => (a, b),
        (None, _) => return vec![Cause::NewCandidate],
        (_, None) => return vec![Cause::NoCandidate],
    };
    let mut causes = Vec::new();
    if a.barred != b.barred {
        causes.extend(b.barred.clone().map(|why| Cause::NowBarred { why }));
        causes.extend(a.barred.clone().map(|why| Cause::WasBarred { why }));
    }
    if a.duty != b.duty {
        causes.extend(b.duty.clone().map(|why| Cause::NowDuty { why }));
        causes.extend(a.duty.clone().map(|why| Cause::WasDuty { why }));
    }
    if a.total != b.total {
        causes.push(Cause::Cost { before: a.total, after: b.total });
    }
    if a.benefit != b.benefit {
        causes.push(Cause::Benefit { before: a.benefit, after: b.benefit });
    }
    let window = |input: &ProgrammeInput, one: &InputCandidate| {
        (input.calendar(one.earliest), input.calendar(one.latest))
    };
    let (x, y) = (window(before, &a), window(after, &b));
    if x != y {
        causes.push(Cause::Window { before: x, after: y });
    }
    if causes.is_empty() {
        causes.push(Cause::Competition);
    }
    causes
}

fn causes(before: &ProgrammeInput, after: &ProgrammeInput) -> Vec<Cause> {
    let budgets = |input: &ProgrammeInput| -> BTreeMap<(MoneySource, i16), i64> {
        let mut all = BTreeMap::new();
        for source in &input.sources {
            for (year, cap) in (1_u16..).zip(&source.budget) {
                all.insert((source.source, input.calendar(year)), *cap);
            }
        }
        all
    };
    let (a, b) = (budgets(before), budgets(after));
    let keys: BTreeSet<(MoneySource, i16)> = a.keys().chain(b.keys()).copied().collect();
    let mut causes = Vec::new();
    for (source, year) in keys {
        let (before, after) = (a.get(&(source, year)).copied(), b.get(&(source, year)).copied());
        if before != after {
            causes.push(Cause::Budget { source, year, before, after });
        }
    }
    for (x, y) in before.sectors.iter().zip(&after.sectors).filter(|(x, y)| x.floor != y.floor) {
        causes.push(Cause::SectorFloor { sector: x.sector, before: x.floor, after: y.floor });
    }
    let floors = |input: &ProgrammeInput| -> BTreeMap<KatoCode, i64> {
        input.districts.iter().map(|district| (district.place, district.floor)).collect()
    };
    let (a, b) = (floors(before), floors(after));
    for place in a.keys().chain(b.keys()).copied().collect::<BTreeSet<_>>() {
        let of = |floors: &BTreeMap<KatoCode, i64>| floors.get(&place).copied().unwrap_or(0);
        if of(&a) != of(&b) {
            causes.push(Cause::DistrictFloor { place, before: of(&a), after: of(&b) });
        }
    }
    let others = |input: &ProgrammeInput| {
        let named = |at: &usize| input.candidates[*at].project;
        let groups: Vec<Vec<ProjectId>> =
            input.exclusive.iter().map(|group| group.iter().map(named).collect()).collect();
        let waits: Vec<(ProjectId, ProjectId, u16)> =
            input.precedence.iter().map(|(x, y, lag)| (named(x), named(y), *lag)).collect();
        let caps = input.starts_cap.clone();
        (caps, input.discount.clone(), groups, waits, input.criteria.clone(), input.extensions.clone())
    };
    if others(before) != others(after) {
        causes.push(Cause::OtherRules);
    }
    causes
}

impl App {
    /// Two scenarios of the person's territory beside each other, both with a plan.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when one of them has no plan.
    pub async fn compare_programmes(
        &self,
        actor: Option<&Account>,
        (before, after): (Uuid, Uuid),
    ) -> Result<(ProgrammeView, ProgrammeView, ProgrammeComparison)> {
        let before = self.programme(actor, before).await?;
        let after = self.programme(actor, after).await?;
        let compared = match (planned(&before), planned(&after)) {
            (Some(x), Some(y)) => compare(x, y),
            _ => return Err(AppError::NotFound("plan")),
        };
        Ok((before, after, compared))
    }

    /// What changed since the last published plan of the same territory, and why; `None` without one. The
    /// scenario itself must have a plan.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn programme_changes(
        &self,
        view: &ProgrammeView,
    ) -> Result<Option<(ProgrammeHead, ProgrammeComparison)>> {
        let Some(after) = planned(view) else { return Ok(None) };
        let Some((head, record)) = self.last_published(&view.head).await? else { return Ok(None) };
        Ok(Some((head, compare((&record.input, &record.decided.plan), after))))
    }

    /// The last published programme of a territory before this scenario was decided.
    pub(super) async fn last_published(
        &self,
        of: &ProgrammeHead,
    ) -> Result<Option<(ProgrammeHead, ProgrammeRecord)>> {
        let heads = self.read().list_programmes(Some(of.place), super::LIST_MAX).await?;
        let own = self.read().find_programme(of.id).await?;
        let own = own.and_then(|stored| ProgrammeRecord::read(&stored.record).ok().flatten());
        let mut found: Option<(ProgrammeHead, ProgrammeRecord)> = None;
        let others = heads.into_iter().filter(|head| head.place == of.place && head.id != of.id);
        for head in others.filter(|head| head.state == ProgrammeState::Published) {
            let stored = self.find_scenario(head.id).await?;
            let Some(record) = ProgrammeRecord::read(&stored.record)? else { continue };
            let before = own.as_ref().is_none_or(|own| record.decided_at < own.decided_at);
            let later = found.as_ref().is_none_or(|(_, last)| last.decided_at < record.decided_at);
            if before && later {
                found = Some((head, record));
            }
        }
        Ok(found)
    }
}

/// The facts and the plan that counts: the decided one, or else the computed one.
pub fn planned(view: &ProgrammeView) -> Option<Planned<'_>> {
    if let Some(record) = &view.record {
        return Some((&record.input, &record.decided.plan));
    }
    let solution = view.solution.as_ref()?;
    Some((&solution.input, solution.plan()?))
}
