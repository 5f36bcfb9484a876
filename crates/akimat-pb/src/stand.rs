//! How near each project came to winning by Equal Shares: computed along a run, certified by further runs.

use crate::count::CountError;
use crate::equal_shares::{run, run_without};
use crate::purse::Purses;
use crate::setting::Setting;
use crate::share::Share;

/// What a project could have had, at the share at which the count ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// The project, by index.
    pub project: usize,
    /// Money of its supporters at the begin, in units of the election; about.
    pub money: f64,
    /// What they spent on each winner, by round; about.
    pub spent: Vec<f64>,
    /// Money that is left with them; about.
    pub left: f64,
    /// Highest part of the cost that they would have raised in any round at the price of its winner; 1 and more for
    /// winners.
    pub support: f64,
    /// Highest cost at which it might have won, before it is certified.
    cost: f64,
    /// Fewest further voters for it alone with which it might have won, before it is certified.
    voters: f64,
}

/// What would have let a project win at the same share; each figure is certified by counting again with it and with
/// the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// Highest cost, in units of the election; nothing where no cost would do.
    pub cost: Option<i64>,
    /// Fewest further voters who vote for it alone; nothing where a hundred million would not do.
    pub voters: Option<u64>,
}

/// More voters than this are not tried.
const VOTERS_MAX: f64 = 1e8;
/// Steps from the computed figure to the certified one at most.
const STEPS_MAX: usize = 40;

#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
fn float(value: i64) -> f64 {
    value as f64
}

/// Follows a run and notes how these projects stand before each payment.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn stands(setting: &Setting<'_>, share: Share, projects: &[usize]) -> Result<Vec<Stand>, CountError> {
    let run = run(setting, share)?;
    follow(
        setting,
        share,
        &run.steps.iter().map(|step| (step.project, step.price)).collect::<Vec<_>>(),
        projects,
    )
}

/// The support that a winner would have had if it had come last: the run without it, seen by its supporters.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn support_of_winner(setting: &Setting<'_>, share: Share, project: usize) -> Result<f64, CountError> {
    let run = run_without(setting, share, Some(project))?;
    let steps: Vec<(usize, i64)> = run.steps.iter().map(|step| (step.project, step.price)).collect();
    Ok(follow(setting, share, &steps, &[project])?.first().map_or(0.0, |stand| stand.support))
}

fn follow(
    setting: &Setting<'_>,
    share: Share,
    steps: &[(usize, i64)],
    projects: &[usize],
) -> Result<Vec<Stand>, CountError> {
    let mut purses = Purses::new(setting, share)?;
    let unit = float(1 << purses.bits);
    let of_all =
        |purses: &Purses<'_>, project: usize| float(purses.fill(project, i64::MAX).poor_money) / unit;
    let begin = |&project: &usize| Stand {
        project,
        money: of_all(&purses, project),
        spent: Vec::with_capacity(steps.len()),
        left: of_all(&purses, project),
        support: 0.0,
        cost: 0.0,
        voters: f64::INFINITY,
    };
    let mut stands: Vec<Stand> = projects.iter().map(begin).collect();
    let one = share_of_one(share);
    for &(winner, price) in steps {
        let gain_price = float(price) / unit / float(setting.gain_per_unit(winner));
        for stand in &mut stands {
            look(setting, &purses, stand, gain_price, one);
        }
        purses.pay(winner, price);
        for stand in &mut stands {
            let left = of_all(&purses, stand.project);
            stand.spent.push((stand.left - left).max(0.0));
            stand.left = left;
        }
    }
    for stand in &mut stands {
        let cost = float(setting.cost(stand.project));
        stand.support = stand.support.max(stand.left / cost);
        stand.cost = stand.cost.max(stand.left);
        stand.voters = stand.voters.min(((cost - stand.left) / one).max(0.0));
    }
    Ok(stands)
}

fn share_of_one(share: Share) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "figures for reading")]
    let one = share.num() as f64 / share.den() as f64;
    one
}

/// What the project could have had before a payment at this price of gain.
fn look(setting: &Setting<'_>, purses: &Purses<'_>, stand: &mut Stand, gain_price: f64, share: f64) {
    let (project, unit) = (stand.project, float(1 << purses.bits));
    let cost = float(setting.cost(project));
    let price = gain_price * float(setting.gain_per_unit(project));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float beyond the range becomes the end of the range"
    )]
    let in_units = |price: f64| (price * unit) as i64;
    let raised_at = |price: f64| {
        let filled = purses.fill(project, in_units(price));
        float(filled.poor_money) / unit + float(filled.rich_units) * price
    };
    let raised = raised_at(price);
    stand.support = stand.support.max(raised / cost);
    stand.voters = stand.voters.min(((cost - raised) / price.min(share)).max(0.0));
    if !setting.times_cost {
        stand.cost = stand.cost.max(raised);
        return;
    }
    // The largest cost that the supporters raise at a price that grows with it: Newton's steps from above.
    let mut most = stand.left;
    for _ in 0..20 {
        let filled = purses.fill(project, in_units(gain_price * most));
        let slope = 1.0 - gain_price * float(filled.rich_units);
        let next = float(filled.poor_money) / unit / slope;
        if slope <= 0.0 || next >= most {
            break;
        }
        most = next;
    }
    let holds = raised_at(gain_price * most) >= most * (1.0 - 1e-9);
    if holds {
        stand.cost = stand.cost.max(most);
    }
}

/// The part of the share that each merged ballot used, about.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn used_shares(setting: &Setting<'_>, share: Share) -> Result<Vec<f64>, CountError> {
    let mut purses = Purses::new(setting, share)?;
    let begin = if setting.profile.n_ballots() > 0 { float(purses.money(0)).max(1.0) } else { 1.0 };
    for step in &run(setting, share)?.steps {
        purses.pay(step.project, step.price);
    }
    Ok((0..setting.profile.n_ballots()).map(|ballot| 1.0 - float(purses.money(ballot)) / begin).collect())
}

/// What would have let a loser win, certified.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn needed(setting: &Setting<'_>, share: Share, stand: &Stand) -> Result<Needed, CountError> {
    Ok(Needed { cost: needed_cost(setting, share, stand)?, voters: needed_voters(setting, share, stand)? })
}

fn needed_cost(setting: &Setting<'_>, share: Share, stand: &Stand) -> Result<Option<i64>, CountError> {
    let project = stand.project;
    let mut changed = setting.clone();
    let mut wins = |cost: i64| -> Result<bool, CountError> {
        if let Some(place) = changed.costs.get_mut(project) {
            *place = cost;
        }
        Ok(run(&changed, share)?.steps.iter().any(|step| step.project == project))
    };
    let top = setting.cost(project) - 1;
    #[expect(clippy::cast_possible_truncation, reason = "below the cost")]
    let mut cost = (stand.cost as i64).clamp(0, top.max(0));
    let mut found = None;
    for _ in 0..STEPS_MAX {
        if cost < 1 || cost > top {
            break;
        }
        if wins(cost)? {
            found = Some(cost);
            cost += 1;
        } else if found.is_some() {
            break;
        } else {
            cost -= 1;
        }
    }
    Ok(found)
}

fn needed_voters(setting: &Setting<'_>, share: Share, stand: &Stand) -> Result<Option<u64>, CountError> {
    if stand.voters > VOTERS_MAX {
        return Ok(None);
    }
    let project = stand.project;
    let wins = |voters: u32| -> Result<bool, CountError> {
        let profile = setting.profile.with_more(project, voters);
        let more = Setting { profile: &profile, ..setting.clone() };
        Ok(run(&more, share)?.steps.iter().any(|step| step.project == project))
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to a hundred million")]
    let mut voters = (stand.voters.ceil() as u32).max(1);
    let mut found = None;
    for _ in 0..STEPS_MAX {
        if wins(voters)? {
            found = Some(u64::from(voters));
            if voters == 1 {
                break;
            }
            voters -= 1;
        } else if found.is_some() {
            break;
        } else {
            voters += 1;
        }
    }
    Ok(found)
}
