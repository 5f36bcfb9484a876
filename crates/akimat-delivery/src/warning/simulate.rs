//! Invented projects with a known end, to try the rules on: on track and late ones, drawn with a seed.
//!
//! A project has a planned duration of half a year to three years and follows the usual course of works. Late ones are
//! slow all the time, stand still for a while, or begin late; they end more than a tenth of the planned duration late.
//! Managers report about once a month, round, err by two points and sometimes skip a report; half of them fall silent
//! while work stands still. Nobody admits a new date: the rules must see the slip by themselves.

use crate::risk::contingency::Dice;
use crate::risk::words;
use serde::{Deserialize, Serialize};

words! {
    /// What happens to an invented project.
    Course {
        /// Ends within a twentieth of the planned duration.
        OnTrack = "on_track",
        /// Slow all the time.
        Slow = "slow",
        /// Stands still for a while.
        Stalled = "stalled",
        /// Begins late.
        LateStart = "late_start",
    }
}

/// What was reported on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Day since the planned beginning.
    pub day: i64,
    /// Measured progress, 0 to 1.
    pub progress: f64,
}

/// An invented project.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// What happens to it.
    pub course: Course,
    /// Planned duration in days.
    pub planned_days: i64,
    /// True duration in days.
    pub actual_days: i64,
    /// Reports in order.
    pub reports: Vec<Report>,
    /// Planned and true day of each milestone.
    pub steps: Vec<(i64, i64)>,
}

impl Simulated {
    /// By how much it ends late, as a share of the planned duration.
    pub fn slip(&self) -> f64 {
        super::float(self.actual_days) / super::float(self.planned_days) - 1.0
    }
}

/// Draws projects of one course.
pub fn simulate(course: Course, n: usize, seed: u64) -> Vec<Simulated> {
    let mut dice = Dice(seed ^ 0x5eed_0000_0000_0000);
    (0..n).map(|_| one(course, &mut dice)).collect()
}

fn between(dice: &mut Dice, from: f64, to: f64) -> f64 {
    (to - from).mul_add(dice.unit(), from)
}

fn one(course: Course, dice: &mut Dice) -> Simulated {
    let planned = between(dice, 180.0, 1_080.0).round();
    let slip = match course {
        Course::OnTrack => (dice.normal() * 0.02).clamp(-0.05, 0.05),
        // A tenth and then an exponential tail with a mean of three tenths.
        _ => (0.1 - 0.3 * dice.unit().ln()).min(1.5),
    };
    let stop_at = between(dice, 0.2, 0.7);
    let silent = dice.unit() < 0.5;
    let way = Way { course, planned, slip, stop_at };
    let end = planned * (1.0 + slip);
    let mut reports = Vec::new();
    let (mut day, mut last) = (between(dice, 20.0, 40.0), 0.0_f64);
    while day < end + 40.0 {
        let skipped = dice.unit() < 0.08;
        let error = dice.normal() * 0.02;
        if !(skipped || silent && way.stands(day)) {
            let done = day >= end;
            let measured = if done { 1.0 } else { (way.progress(day) + error).clamp(last, 0.99) };
            last = (measured * 100.0).round() / 100.0;
            reports.push(Report { day: days(day), progress: last });
            if done {
                break;
            }
        }
        day += between(dice, 25.0, 35.0);
    }
    let steps = [0.25, 0.5, 0.75, 1.0].map(|share| (days(planned * when(share)), days(way.reached(share))));
    Simulated { course, planned_days: days(planned), actual_days: days(end), reports, steps: steps.to_vec() }
}

/// The course of one project in days.
struct Way {
    course: Course,
    planned: f64,
    slip: f64,
    stop_at: f64,
}

impl Way {
    /// Share of the planned time that the work done by a day needed.
    fn worked(&self, day: f64) -> f64 {
        let time = day / self.planned;
        let worked = match self.course {
            Course::OnTrack | Course::Slow => time / (1.0 + self.slip),
            Course::Stalled if time <= self.stop_at => time,
            Course::Stalled => (time - self.slip).max(self.stop_at),
            Course::LateStart => time - self.slip,
        };
        worked.clamp(0.0, 1.0)
    }

    fn stands(&self, day: f64) -> bool {
        let time = day / self.planned;
        match self.course {
            Course::Stalled => time > self.stop_at && time < self.stop_at + self.slip,
            Course::LateStart => time < self.slip,
            Course::OnTrack | Course::Slow => false,
        }
    }

    fn progress(&self, day: f64) -> f64 {
        usual(self.worked(day))
    }

    /// The day on which a share of the work is done.
    fn reached(&self, share: f64) -> f64 {
        let worked = when(share);
        self.planned
            * match self.course {
                Course::OnTrack | Course::Slow => worked * (1.0 + self.slip),
                Course::Stalled if worked <= self.stop_at => worked,
                Course::Stalled | Course::LateStart => worked + self.slip,
            }
    }
}

/// 3t² - 2t³.
fn usual(time: f64) -> f64 {
    let time = time.clamp(0.0, 1.0);
    time * time * 2.0_f64.mul_add(-time, 3.0)
}

/// The time at which the usual course has done a share, by halving.
fn when(share: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if usual(middle) < share { low = middle } else { high = middle }
    }
    high
}

#[expect(clippy::cast_possible_truncation, reason = "a few thousand days")]
fn days(value: f64) -> i64 {
    value.round() as i64
}
