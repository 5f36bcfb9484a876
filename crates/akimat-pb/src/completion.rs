//! What is done with money that Equal Shares leaves: larger shares, in steps or over many steps at once.

use crate::equal_shares::{Run, run, run_along};
use crate::purse::TooLarge;
use crate::rule::Exhausted;
use crate::setting::Setting;
use crate::share::Share;

/// How larger shares are tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Adding {
    pub(crate) floor: bool,
    pub(crate) exhausted: Exhausted,
    /// Units of the election by which the share grows.
    pub(crate) step: i64,
    /// Steps that provably change nothing are passed over.
    pub(crate) jump: bool,
}

/// The share at which the steps ended.
#[derive(Debug, Clone)]
pub(crate) struct Added {
    pub(crate) run: Run,
    pub(crate) share: Share,
    /// The share after it, where it overspends.
    pub(crate) beyond: Option<Share>,
    /// Shares that the definition goes through, this one and the one beyond included.
    pub(crate) shares: u64,
    /// Runs that were really made.
    pub(crate) runs: u64,
    /// Outcomes one after another.
    pub(crate) history: Vec<Segment>,
}

/// Neighbouring shares that buy the same projects in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The first of them.
    pub first: Share,
    /// The last of them.
    pub last: Share,
    /// What the projects cost, in units of the election.
    pub total: i128,
}

/// Steps ahead at first, once outcomes repeat.
const FIRST_JUMP: u64 = 2;
/// Longest wait between two attempts to jump.
const WAIT_MAX: u64 = 32;

/// Equal Shares with larger and larger shares.
///
/// # Errors
/// [`TooLarge`].
pub(crate) fn add(setting: &Setting<'_>, adding: Adding) -> Result<Added, TooLarge> {
    let free = setting.free();
    let exact = Share::equal(setting.budget, setting.profile.n_voters());
    let start = if adding.floor { exact.floor(adding.step) } else { exact };
    let first = if adding.floor { exact } else { start };
    let mut steps = 0;
    // The first run is at the exact share, as without completion; steps then begin at the rounded one.
    let begun = run(setting, first)?;
    let history = vec![Segment { first, last: first, total: spent(setting, &free, &begun) }];
    let mut best = Added { run: begun, share: first, beyond: None, shares: 1, runs: 1, history };
    let mut pace = Pace::default();
    if ends(setting, &free, &best.run, adding.exhausted) {
        return Ok(best);
    }
    loop {
        if let Some(ahead) = pace.ahead().filter(|_| adding.jump && steps > 0) {
            best.runs += 1;
            let share = start.plus(steps + ahead, adding.step);
            if let Some(run) = run_along(setting, share, &best.run)? {
                steps += ahead;
                (best.run, best.share) = (run, share);
                best.shares += ahead;
                best.reach(share);
                pace.jumped();
                continue;
            }
            pace.refused();
            if pace.ahead().is_some() {
                continue;
            }
        }
        steps += 1;
        let share = start.plus(steps, adding.step);
        let next = run(setting, share)?;
        (best.runs, best.shares) = (best.runs + 1, best.shares + 1);
        let same = next.same(&best.run);
        if !same {
            best.history.push(Segment { first: share, last: share, total: spent(setting, &free, &next) });
        }
        best.reach(share);
        if !feasible(setting, &free, &next) {
            best.beyond = Some(share);
            return Ok(best);
        }
        pace.stepped(same);
        (best.run, best.share) = (next, share);
        if ends(setting, &free, &best.run, adding.exhausted) || bought_all(setting, &best.run) {
            return Ok(best);
        }
    }
}

impl Added {
    /// The outcome of the last segment holds up to this share.
    fn reach(&mut self, share: Share) {
        if let Some(segment) = self.history.last_mut() {
            segment.last = share;
        }
    }
}

/// How far to try ahead: farther after each success, nearer after each failure, and a while not at all where
/// outcomes change all the time.
#[derive(Debug, Default)]
struct Pace {
    ahead: u64,
    wait: u64,
    pause: u64,
}

impl Pace {
    fn ahead(&self) -> Option<u64> {
        (self.ahead >= FIRST_JUMP && self.pause == 0).then_some(self.ahead)
    }

    fn jumped(&mut self) {
        self.ahead *= 2;
        self.wait = 0;
    }

    fn refused(&mut self) {
        self.ahead /= 4;
        if self.ahead < FIRST_JUMP {
            self.ahead = 0;
            self.wait = (self.wait * 2).clamp(1, WAIT_MAX);
            self.pause = self.wait;
        }
    }

    fn stepped(&mut self, same: bool) {
        self.pause = self.pause.saturating_sub(1);
        if same {
            self.ahead = self.ahead.max(FIRST_JUMP);
        }
    }
}

fn spent(setting: &Setting<'_>, free: &[usize], run: &Run) -> i128 {
    setting.total(free) + setting.total(&run.winners())
}

pub(crate) fn feasible(setting: &Setting<'_>, free: &[usize], run: &Run) -> bool {
    spent(setting, free, run) <= i128::from(setting.budget)
}

/// Nothing more can ever be bought.
fn bought_all(setting: &Setting<'_>, run: &Run) -> bool {
    run.steps.len() == setting.wanted().count()
}

/// The outcome ends the steps by itself.
fn ends(setting: &Setting<'_>, free: &[usize], run: &Run, exhausted: Exhausted) -> bool {
    let left = i128::from(setting.budget) - spent(setting, free, run);
    let winners = run.winners();
    let none_fits = |project: usize| {
        winners.contains(&project) || free.contains(&project) || i128::from(setting.cost(project)) > left
    };
    match exhausted {
        Exhausted::Ignore => bought_all(setting, run),
        Exhausted::Supported => setting.wanted().all(none_fits),
        Exhausted::All => {
            bought_all(setting, run)
                || (0..setting.n_projects()).filter(|&project| setting.is_allowed(project)).all(none_fits)
        }
    }
}
