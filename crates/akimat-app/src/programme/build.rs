//! From the stored projects of a territory to the input of its programme.

use super::input::{
    Barred, Duty, FORMAT, InputCandidate, InputCriteria, InputDistrict, InputSector, InputSource,
    ProgrammeInput, down, up,
};
use super::request::{ONE, ProgrammeRequest, RulingKind};
use super::unsure::worst_cases;
use crate::evaluation::Evaluated;
use crate::{App, AppError, Result};
use akimat_allocation::Extensions;
use akimat_allocation::programme::AMOUNT_MAX;
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_project::{MoneySource, Project, Sector, Status};
use akimat_storage::ProjectFilter;
use akimat_storage::observation::{ObservationQuery, ObservationScope, POPULATION};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Candidates of one programme at most, running contracts included.
pub const CANDIDATES_MAX: u16 = 2_000;
/// A population is looked for in so many years before the first one.
const PEOPLE_YEARS_BACK: i16 = 10;
/// Approved projects and contracts: their remaining money is a duty.
pub const RUNNING: [Status; 4] = [Status::Planned, Status::Tender, Status::Contract, Status::Implementing];

/// Territory and years of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Territory.
    pub place: KatoCode,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
}

/// What the criteria say of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Points {
    /// Points, 0 to 10,000; `Err`: why there are none.
    pub(crate) benefit: std::result::Result<i64, Barred>,
    /// Least and largest points that the scorers hold possible.
    pub(crate) range: Option<(i64, i64)>,
    /// By criterion.
    pub(crate) scores: Vec<(String, i64)>,
    /// Data quality, 0 to 100.
    pub(crate) quality: Option<u8>,
}

impl App {
    /// Gathers the facts of a programme as they stand: projects in appraisal in the territory and below it, with
    /// approved projects and running contracts where they are asked for. Whatever bars a project is said at the
    /// project, never left out. The request must have been checked; see [`App::check_programme`].
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown territory, otherwise when the database fails.
    pub async fn build_programme(&self, frame: Frame, request: &ProgrammeRequest) -> Result<ProgrammeInput> {
        if self.read().find_place(frame.place, self.today()).await?.is_none() {
            return Err(AppError::NotFound("place"));
        }
        let mut projects = self.candidates_of(frame.place, vec![Status::Appraisal]).await?;
        if request.running {
            let mut running = self.candidates_of(frame.place, RUNNING.to_vec()).await?;
            running.retain(|project| has_money_from(project, frame.first_year));
            projects.extend(running);
        }
        projects.sort_by(|a, b| (&a.number, a.place, a.id.0).cmp(&(&b.number, b.place, b.id.0)));
        let (criteria, points) = self.programme_points(frame, &projects, request.criteria).await?;
        let districts = self.districts(frame, request).await?;
        let keys = keys(&projects);
        let mut candidates = Vec::with_capacity(projects.len());
        for (project, key) in projects.iter().zip(keys) {
            let said = points.get(&project.id);
            candidates.push(candidate(frame, request, (project, key), said, &districts));
        }
        Ok(assemble(frame, request, (candidates, districts, criteria)))
    }

    async fn candidates_of(&self, place: KatoCode, status: Vec<Status>) -> Result<Vec<Project>> {
        let filter = ProjectFilter { place: Some(place), status, ..ProjectFilter::default() };
        Ok(self.read().list_whole_projects(&filter, CANDIDATES_MAX).await?)
    }

    /// The territories directly below with their people.
    async fn districts(&self, frame: Frame, request: &ProgrammeRequest) -> Result<Vec<InputDistrict>> {
        let below = self.read().list_child_places(Some(frame.place), self.today()).await?;
        let query = ObservationQuery {
            series: vec![POPULATION.to_owned()],
            scope: ObservationScope::Under(frame.place),
            years: frame.first_year.saturating_sub(PEOPLE_YEARS_BACK)..=frame.first_year,
        };
        let mut people: BTreeMap<KatoCode, i64> = BTreeMap::new();
        // By territory and year: the latest stays.
        for seen in self.read().list_observations(&query).await? {
            if let (Some(place), Some(count)) = (seen.place, seen.value.count()) {
                people.insert(place, i64::try_from(count).unwrap_or(i64::MAX));
            }
        }
        let floor = |place| request.district_floors.get(&place).map_or(0, |amount| up(*amount));
        Ok(below
            .into_iter()
            .map(|place| InputDistrict {
                people: people.get(&place.code).copied(),
                floor: floor(place.code),
                place: place.code,
                name: place.name,
            })
            .collect())
    }

    /// Points of the projects by the set of criteria that is asked for, or else by the one approved for the first year,
    /// in the territory or above it; where none are approved, by the published criteria of the platform.
    async fn programme_points(
        &self,
        frame: Frame,
        projects: &[Project],
        asked: Option<Uuid>,
    ) -> Result<(InputCriteria, BTreeMap<ProjectId, Points>)> {
        let evaluated = match asked {
            Some(set) => self.evaluate_candidates_by(frame.place, set).await,
            None => Err(AppError::NotFound("criteria set")),
        };
        let evaluated = match evaluated {
            // What was asked for is not approved, or not for this territory: the check says so.
            Err(AppError::NotFound("criteria set")) => {
                self.evaluate_candidates(frame.place, frame.first_year).await
            }
            other => other,
        };
        match evaluated {
            Ok(evaluated) => {
                let rules = crate::evaluation::rules_of(self.today());
                let least = rules.map_or(0, |rules| whole_score(rules.eligible_from));
                Ok(evaluated_points(&evaluated, least))
            }
            Err(AppError::NotFound("criteria set")) => {
                let list = &self.criteria().criteria;
                let whole: i64 = list.iter().map(|criterion| i64::from(criterion.weight)).sum();
                let share = |weight: u32| i64::from(weight) * ONE / whole.max(1);
                let weights =
                    list.iter().map(|criterion| (criterion.code.clone(), share(criterion.weight))).collect();
                let points = projects.iter().map(|one| (one.id, published_points(list, whole, one)));
                Ok((InputCriteria { set: None, version: 0, weights }, points.collect()))
            }
            Err(error) => Err(error),
        }
    }
}

/// Worth of the candidates by an approved set, and the rule on the quality of their data.
fn evaluated_points(evaluated: &Evaluated, least: u8) -> (InputCriteria, BTreeMap<ProjectId, Points>) {
    let codes = || evaluated.document.criteria.iter().map(|criterion| criterion.code.clone());
    let weights = evaluated.document.criteria.iter().map(|one| i64::from(one.weight_e4));
    let criteria = InputCriteria {
        set: Some(evaluated.set.id),
        version: evaluated.set.version,
        weights: codes().zip(weights).collect(),
    };
    let points = evaluated.projects.iter().map(|one| {
        let quality = whole_score(one.quality.score);
        let benefit = match &one.value {
            None => Err(Barred::NoScores { missing: one.missing.clone() }),
            Some(_) if !one.is_eligible() => Err(Barred::DataQuality { score: quality, least }),
            Some(value) => Ok(value.value_e4),
        };
        let value = one.value.as_ref();
        let scores = value.map(|value| codes().zip(value.contributions_e4.iter().copied()).collect());
        let points = Points {
            benefit,
            range: value.map(|value| (value.low_e4.min(value.value_e4), value.high_e4.max(value.value_e4))),
            scores: scores.unwrap_or_default(),
            quality: Some(quality),
        };
        (one.project.id, points)
    });
    (criteria, points.collect())
}

/// A score from 0 to 100, rounded down, so that 49.9 is never shown as 50.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 100 before")]
fn whole_score(score: f64) -> u8 {
    score.clamp(0.0, 100.0).floor() as u8
}

/// Points by the published criteria of the platform: `floor(sum of weight * score * 100 / sum of weights)`.
fn published_points(list: &[crate::published::PublishedCriterion], whole: i64, project: &Project) -> Points {
    let mut missing = Vec::new();
    let mut scores = Vec::with_capacity(list.len());
    let mut sum = 0;
    for criterion in list {
        match project.scores.iter().find(|(code, _)| *code == criterion.code) {
            Some((code, score)) => {
                let weighed = i64::from(criterion.weight) * i64::from(*score) * 100;
                sum += weighed;
                scores.push((code.clone(), weighed / whole.max(1)));
            }
            None => missing.push(criterion.code.clone()),
        }
    }
    let known = missing.is_empty() && whole > 0;
    let benefit = if known { Ok(sum / whole) } else { Err(Barred::NoScores { missing }) };
    Points { benefit, range: None, scores, quality: None }
}

/// Names for the instance: numbers, with the territory where two projects share one.
fn keys(projects: &[Project]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for project in projects {
        *seen.entry(&project.number).or_default() += 1;
    }
    let shared = |project: &Project| seen.get(project.number.as_str()).is_some_and(|count| *count > 1);
    let key = |project: &Project| {
        if shared(project) {
            format!("{}@{}@{}", project.number, project.place, project.id)
        } else {
            project.number.clone()
        }
    };
    projects.iter().map(key).collect()
}

fn has_money_from(project: &Project, year: i16) -> bool {
    project.money.iter().any(|line| line.year >= year && line.planned.is_some_and(|money| money.tiyn() > 0))
}

/// Planned money of a source (`None`: of all) by calendar year, from the first year that has any.
fn planned(project: &Project, from: Option<i16>, source: Option<MoneySource>) -> BTreeMap<i16, Money> {
    let mut years: BTreeMap<i16, Money> = BTreeMap::new();
    for line in &project.money {
        let wanted = source.is_none_or(|source| source == line.source) && from.is_none_or(|y| line.year >= y);
        let Some(amount) = line.planned.filter(|amount| wanted && amount.tiyn() > 0) else { continue };
        let year = years.entry(line.year).or_default();
        *year = year.checked_add(amount).unwrap_or(Money::from_tiyn(i64::MAX));
    }
    years
}

fn candidate(
    frame: Frame,
    request: &ProgrammeRequest,
    (project, key): (&Project, String),
    points: Option<&Points>,
    districts: &[InputDistrict],
) -> InputCandidate {
    let running = RUNNING.contains(&project.status);
    // Of a running contract only what is still to be paid counts.
    let from = running.then_some(frame.first_year);
    let all = planned(project, from, None);
    let planned_year = all.keys().next().copied();
    let base = planned_year.unwrap_or(frame.first_year);
    let mut cost: Vec<Vec<i64>> =
        request.sources.iter().map(|ask| by_age(&planned(project, from, Some(ask.source)), base)).collect();
    let (earliest, latest, outside) = window(frame, request, project, (running, planned_year));
    let mut barred = match points.map(|points| &points.benefit) {
        _ if running => None,
        Some(Ok(_)) => None,
        Some(Err(why)) => Some(why.clone()),
        None => Some(Barred::NoScores { missing: Vec::new() }),
    };
    let mut duty = running.then_some(Duty::Running { status: project.status });
    match request.ruling(project.id).map(|ruling| (ruling.kind, ruling.reason.clone())) {
        Some((RulingKind::Bar, reason)) if !running => barred = Some(Barred::Ruled { reason }),
        Some((RulingKind::Keep, reason)) if !running => {
            duty = Some(Duty::Kept { reason });
            barred = None;
        }
        _ => {}
    }
    let mut total = down(Money::checked_sum(all.values().copied()).unwrap_or(Money::from_tiyn(i64::MAX)));
    if let Some(why) = impossible(&all, &cost, outside) {
        if why == Barred::TooLarge {
            cost.iter_mut().flatten().for_each(|amount| *amount = 0);
            total = 0;
        }
        // Nobody can start what has no cost, nor outside the years: not even a person who keeps it.
        (barred, duty) = (Some(why), None);
    }
    InputCandidate {
        project: project.id,
        key,
        number: project.number.clone(),
        title: project.title.clone(),
        place: project.place,
        district: districts.iter().position(|district| district.place.covers(project.place)),
        sector: project.sector,
        modality: project.modality,
        status: project.status,
        benefit: points.filter(|_| !running).and_then(|points| points.benefit.clone().ok()).unwrap_or(0),
        range: points.filter(|points| !running && points.benefit.is_ok()).and_then(|points| points.range),
        scores: points.filter(|_| !running).map(|points| points.scores.clone()).unwrap_or_default(),
        quality: points.and_then(|points| points.quality),
        total,
        earliest,
        latest,
        cost,
        planned_year,
        duty,
        barred,
        group: project.exclusive_group.clone(),
        invented: project.invented,
    }
}

fn impossible(all: &BTreeMap<i16, Money>, cost: &[Vec<i64>], outside: Option<i16>) -> Option<Barred> {
    let whole = all.values().map(|amount| i128::from(up(*amount))).sum::<i128>();
    if all.is_empty() {
        Some(Barred::NoCost)
    } else if whole > i128::from(AMOUNT_MAX) {
        Some(Barred::TooLarge)
    } else if cost.iter().flatten().all(|amount| *amount == 0) {
        Some(Barred::OtherSources)
    } else {
        outside.map(|earliest| Barred::Years { earliest })
    }
}

/// Thousand tenge by year since the start.
fn by_age(years: &BTreeMap<i16, Money>, base: i16) -> Vec<i64> {
    let Some(last) = years.keys().next_back() else { return vec![0] };
    // A register may hold any year; ages beyond what a programme can hold are summed into the last one.
    let last_age = usize::try_from(i32::from(*last) - i32::from(base)).unwrap_or(0).min(AGE_MAX);
    let mut cost = vec![0_i64; last_age + 1];
    for (year, amount) in years {
        let age = usize::try_from(i32::from(*year) - i32::from(base)).unwrap_or(0).min(AGE_MAX);
        cost[age] = cost[age].saturating_add(up(*amount));
    }
    cost
}

/// The last age that is told apart.
const AGE_MAX: usize = 2 * akimat_allocation::programme::YEARS_MAX - 1;

/// First and last year of start from 1, and the calendar year of the first one when it lies beyond the years.
fn window(
    frame: Frame,
    request: &ProgrammeRequest,
    project: &Project,
    (running, planned_year): (bool, Option<i16>),
) -> (u16, u16, Option<i16>) {
    let place = |year: i16| i32::from(year) - i32::from(frame.first_year) + 1;
    let years = i32::from(frame.years);
    let (first, last) = if running {
        // Its payments are those of the calendar: it "starts" in the first year with money left to pay.
        let first = planned_year.map_or(1, place);
        (first, first)
    } else if let Some(ask) = request.windows.iter().find(|ask| ask.project == project.id) {
        (place(ask.earliest), place(ask.latest))
    } else {
        let first = planned_year.map_or(1, place).max(1);
        (first, first + i32::from(request.delay_max))
    };
    let inside = |year: i32| u16::try_from(year.clamp(1, years.max(1))).unwrap_or(1);
    if first > years || last < 1 {
        let calendar = i32::from(frame.first_year) + first - 1;
        return (1, frame.years.max(1), Some(i16::try_from(calendar).unwrap_or(i16::MAX)));
    }
    (inside(first), inside(last), None)
}

fn assemble(
    frame: Frame,
    request: &ProgrammeRequest,
    (candidates, districts, criteria): (Vec<InputCandidate>, Vec<InputDistrict>, InputCriteria),
) -> ProgrammeInput {
    let at = |project: ProjectId| candidates.iter().position(|candidate| candidate.project == project);
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, one)| !one.group.is_empty()) {
        groups.entry(&candidate.group).or_default().push(index);
    }
    let mut exclusive: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    for asked in &request.exclusive {
        let mut group: Vec<usize> = asked.iter().filter_map(|project| at(*project)).collect();
        group.sort_unstable();
        group.dedup();
        if group.len() > 1 {
            exclusive.push(group);
        }
    }
    let waits = request.precedence.iter();
    let precedence = waits.filter_map(|wait| Some((at(wait.before)?, at(wait.after)?, wait.lag))).collect();
    let starts_cap = (!request.starts_cap.is_empty()).then(|| {
        // The cap is on new projects; approved ones are counted by the model too, so it is raised by them.
        let running = |year: i64| {
            let started = |one: &&InputCandidate| {
                matches!(one.duty, Some(Duty::Running { .. })) && i64::from(one.earliest) == year
            };
            i64::try_from(candidates.iter().filter(started).count()).unwrap_or(0)
        };
        (1..).zip(&request.starts_cap).map(|(year, cap)| i64::from(*cap) + running(year)).collect()
    });
    let floor = |sector: Sector| request.sector_floors.get(&sector).map_or(0, |amount| up(*amount));
    ProgrammeInput {
        format: FORMAT.to_owned(),
        unit: "thousand_tenge".to_owned(),
        place: frame.place,
        first_year: frame.first_year,
        years: frame.years,
        discount: request.discount.clone(),
        sources: request
            .sources
            .iter()
            .map(|ask| InputSource {
                source: ask.source,
                budget: ask.budget.iter().map(|amount| down(*amount)).collect(),
                tail: ask.tail.map(down),
            })
            .collect(),
        sectors: Sector::ALL.iter().map(|s| InputSector { sector: *s, floor: floor(*s) }).collect(),
        districts,
        starts_cap,
        exclusive,
        precedence,
        extensions: Extensions {
            tail_mean: match request.worst {
                Some(ask) => worst_cases(&candidates, (ask.percent, ask.weight_permille), request.seed),
                None => request.extensions.tail_mean.clone(),
            },
            ..request.extensions.clone()
        },
        criteria,
        candidates,
    }
}
