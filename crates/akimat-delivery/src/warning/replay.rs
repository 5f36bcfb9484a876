//! How well the rules would have warned: the same rules on every week of projects whose end is known.

use super::facts::{Facts, Step};
use super::indicator::read;
use super::series::median;
use super::simulate::{Course, Simulated, simulate};
use super::threshold::Thresholds;
use super::{Indicator, Level, float, len, whole};
use akimat_core::Text;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The indicators that invented projects have facts for, and that say that the end moves away.
pub const REPLAYED: [Indicator; 3] = [Indicator::Slip, Indicator::Milestones, Indicator::Stalled];
/// Warned in time: so many days before the planned end.
pub const EARLY_DAYS: i64 = 60;
/// Later than this share of the planned duration is late.
pub const LATE: f64 = 0.1;

/// The rules on projects that end in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OnTrack {
    /// Projects.
    pub n: u64,
    /// Years that they ran.
    pub years: f64,
    /// Times that an indicator turned red.
    pub red: u64,
    /// Times that an indicator turned amber or red.
    pub any: u64,
}

/// The rules on projects that end late.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Late {
    /// What happened to them.
    pub course: String,
    /// Projects later than [`LATE`].
    pub n: u64,
    /// Red before the planned end.
    pub seen: u64,
    /// Red at least [`EARLY_DAYS`] before the planned end.
    pub early: u64,
    /// Median of days between the first red and the planned end, of those that were seen.
    pub lead_days: f64,
}

/// What a replay found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// Seed of the invented projects.
    pub seed: u64,
    /// On track.
    pub on_track: OnTrack,
    /// Late, by course.
    pub late: Vec<Late>,
    /// Projects that turned red before their planned end and were late, of all that did; as many on track as late ones.
    pub precision: f64,
    /// Late projects that turned red before their planned end.
    pub recall: f64,
}

impl Replay {
    /// False red alarms in a year of a project on track.
    pub fn false_per_year(&self) -> f64 {
        if self.on_track.years > 0.0 { whole(self.on_track.red) / self.on_track.years } else { 0.0 }
    }

    /// Share of the late ones that were seen in time.
    pub fn early_share(&self) -> f64 {
        let n: u64 = self.late.iter().map(|one| one.n).sum();
        let early: u64 = self.late.iter().map(|one| one.early).sum();
        if n == 0 { 0.0 } else { whole(early) / whole(n) }
    }
}

/// Replays `n` projects on track and as many late ones, a third of each course.
pub fn replay(limits: &Thresholds, n: usize, seed: u64) -> Replay {
    let mut on_track = OnTrack::default();
    let mut wrong = 0;
    for project in simulate(Course::OnTrack, n, seed) {
        let told = watch(&project, limits);
        on_track.n += 1;
        on_track.years += float(project.actual_days) / 365.25;
        on_track.red += told.red;
        on_track.any += told.any;
        wrong += u64::from(told.first_red.is_some_and(|day| day < project.planned_days));
    }
    let mut late = Vec::new();
    for (at, course) in [Course::Slow, Course::Stalled, Course::LateStart].into_iter().enumerate() {
        let seed = seed.wrapping_add(1 + u64::try_from(at).unwrap_or(0));
        late.push(of_late(&simulate(course, n / 3, seed), limits));
    }
    let (n_late, seen): (u64, u64) = late.iter().fold((0, 0), |(a, b), one| (a + one.n, b + one.seen));
    let share = |part: u64, all: u64| if all == 0 { 0.0 } else { whole(part) / whole(all) };
    Replay { seed, on_track, precision: share(seen, seen + wrong), recall: share(seen, n_late), late }
}

fn of_late(projects: &[Simulated], limits: &Thresholds) -> Late {
    let mut late =
        Late { course: projects.first().map_or("", |one| one.course.code()).to_owned(), ..Late::default() };
    let mut leads = Vec::new();
    for project in projects.iter().filter(|project| project.slip() > LATE) {
        late.n += 1;
        let first = watch(project, limits).first_red.filter(|day| *day < project.planned_days);
        let Some(first) = first else { continue };
        let lead = project.planned_days - first;
        late.seen += 1;
        late.early += u64::from(lead >= EARLY_DAYS);
        leads.push(float(lead));
    }
    late.lead_days = median(&leads).unwrap_or(0.0);
    late
}

struct Told {
    first_red: Option<i64>,
    red: u64,
    any: u64,
}

/// Looks at a project every week from its planned beginning to its true end.
fn watch(project: &Simulated, limits: &Thresholds) -> Told {
    let begin = Date::constant(2024, 1, 1);
    let on = |day: i64| begin.checked_add(day.days()).unwrap_or(begin);
    let mut told = Told { first_red: None, red: 0, any: 0 };
    let mut before = [None; REPLAYED.len()];
    for day in (7..project.actual_days).step_by(7) {
        let last = project.reports.iter().rev().find(|report| report.day <= day);
        let mut facts = Facts::on(on(day));
        facts.starts_on = Some(begin);
        facts.ends_on = Some(on(project.planned_days));
        facts.progress = last.map(|report| report.progress);
        facts.progress_on = last.map(|report| on(report.day));
        facts.last_record_on = last.map(|report| on(report.day));
        facts.last_update_on = facts.last_record_on;
        let step = |(planned, actual): &(i64, i64)| Step {
            title: Text::default(),
            planned_on: on(*planned),
            actual_on: (*actual <= day).then(|| on(*actual)),
        };
        facts.steps = project.steps.iter().map(step).collect();
        for (at, indicator) in REPLAYED.into_iter().enumerate() {
            let level = read(indicator, &facts, limits).ok().and_then(|reading| reading.grade.level());
            told.any += u64::from(level.is_some() && before[at].is_none());
            if level == Some(Level::Red) && before[at] != Some(Level::Red) {
                told.red += 1;
                told.first_red = told.first_red.or(Some(day));
            }
            before[at] = level;
        }
    }
    told
}

/// A real project as it was reported: its end moves from report to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// First day.
    pub starts_on: Date,
    /// The end that was planned first.
    pub ends_on: Date,
    /// Day of each report with the end as then expected, in order.
    pub reports: Vec<(Date, Date)>,
}

/// What the rule about stated ends would have said of real projects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObservedReplay {
    /// Projects with at least two reports.
    pub n: u64,
    /// Later than [`LATE`] at their last report.
    pub late: u64,
    /// Red before their last report.
    pub red: u64,
    /// Of those, still late at the last one.
    pub red_late: u64,
    /// Late ones that were red before their last report: of those, red at least [`EARLY_DAYS`] before the end planned first.
    pub early: u64,
    /// Median of days between the first red and the end that was planned first.
    pub lead_days: f64,
    /// Reports that were green, and how many of those projects were red later.
    pub green_then_red: (u64, u64),
    /// Reports that were amber, and how many of those projects were red later.
    pub amber_then_red: (u64, u64),
}

/// Replays stated ends: each report is judged with what was known on its day.
pub fn replay_observed(projects: &[Observed], limits: &Thresholds) -> ObservedReplay {
    let mut told = ObservedReplay::default();
    let mut leads = Vec::new();
    for project in projects.iter().filter(|project| project.reports.len() > 1) {
        let slips: Vec<(Option<Level>, f64)> =
            project.reports.iter().filter_map(|report| stated(project, report, limits)).collect();
        let Some(((_, end), earlier)) = slips.split_last() else { continue };
        if slips.len() != project.reports.len() {
            continue;
        }
        told.n += 1;
        told.late += u64::from(*end > LATE);
        let is_red = |one: &(Option<Level>, f64)| one.0 == Some(Level::Red);
        if let Some(first) = earlier.iter().position(is_red) {
            let lead = super::days(project.reports[first].0, project.ends_on);
            told.red += 1;
            told.red_late += u64::from(*end > LATE);
            told.early += u64::from(*end > LATE && lead >= EARLY_DAYS);
            leads.push(float(lead));
        }
        for (at, (level, _)) in earlier.iter().enumerate() {
            let later = u64::from(slips[at + 1..].iter().any(is_red));
            let count = match level {
                None => &mut told.green_then_red,
                Some(Level::Amber) => &mut told.amber_then_red,
                Some(Level::Red) => continue,
            };
            *count = (count.0 + 1, count.1 + later);
        }
    }
    told.lead_days = median(&leads).unwrap_or(0.0);
    debug_assert!(told.red <= told.n && len(&leads) == told.red, "each red project has one lead");
    told
}

fn stated(
    project: &Observed,
    (on, expected): &(Date, Date),
    limits: &Thresholds,
) -> Option<(Option<Level>, f64)> {
    let mut facts = Facts::on(*on);
    facts.starts_on = Some(project.starts_on);
    facts.ends_on = Some(project.ends_on);
    facts.forecast_on = Some(*expected);
    // A project whose stated end has gone is done: nobody says that it is overdue.
    facts.today = (*on).min(project.ends_on);
    let reading = read(Indicator::Slip, &facts, limits).ok()?;
    Some((reading.grade.level(), reading.measure))
}
