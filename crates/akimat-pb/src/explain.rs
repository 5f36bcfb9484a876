//! Why a result is as it is: the losers one by one, how the money is spread, other rules on the same ballots.

use crate::answer::amount;
use crate::count::{CountError, Counted, Prepared};
use crate::election::Election;
use crate::fraction::Fraction;
use crate::rule::{Method, Misfit, Rule};
use crate::setting::Setting;
use crate::share::Share;
use crate::stand::{Stand, needed, stands, support_of_winner};
use crate::utility::Utility;
use num_bigint::BigInt;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Groups with fewer voters are not shown by themselves.
const GROUP_MIN: u64 = 5;
/// Different values that a column may have to be shown as groups.
const VALUES_MAX: usize = 60;

/// Explains a count. Figures named `about` and per cent are for reading; `needed` is certified by counting again.
///
/// # Errors
/// [`CountError`].
pub fn explain(prepared: &Prepared<'_>, counted: &Counted) -> Result<Value, CountError> {
    let setting = prepared.setting();
    let winners = counted.winners();
    let share = counted.ended.as_ref().filter(|_| !counted.replaced).map(|ended| ended.share);
    let (losers, supports) = match share {
        Some(share) => (by_shares(prepared, share, &winners)?, supports(prepared, share, counted)?),
        None => (by_money(prepared, counted), Vec::new()),
    };
    let without = without_winner(&setting, &winners);
    let per_voter = winners.iter().map(|&project| setting.profile.n_supporters(project)).sum::<u64>();
    Ok(json!({
        "losers": losers,
        "winners": supports,
        "without_winner": without,
        "without_winner_pct": percent(without, setting.profile.n_voters()),
        "mean_winners": ratio(per_voter, setting.profile.n_voters()).decimal(3),
        "groups": groups(prepared, share, &winners)?,
        "ejr_plus_up_to_one": ejr(prepared.election(), &setting, &winners),
        "other_rules": other_rules(prepared.election())?,
    }))
}

fn ratio(num: u64, den: u64) -> Fraction {
    Fraction::new(BigInt::from(num), BigInt::from(den.max(1)))
}

fn percent(num: u64, den: u64) -> String {
    ratio(num * 100, den).decimal(2)
}

fn units(election: &Election, value: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a power of ten up to a million")]
    let unit = election.currency_unit() as f64;
    format!("{:.2}", value / unit)
}

/// Losers of Equal Shares: where their supporters' money went, and what would have done.
fn by_shares(prepared: &Prepared<'_>, share: Share, winners: &[usize]) -> Result<Vec<Value>, CountError> {
    let (setting, election) = (prepared.setting(), prepared.election());
    let losers: Vec<usize> = setting.wanted().filter(|project| !winners.contains(project)).collect();
    let bought: Vec<usize> =
        crate::round::equal_shares_rounds(&setting, share)?.iter().map(|round| round.project).collect();
    let mut told = Vec::new();
    for stand in stands(&setting, share, &losers)? {
        let cost = setting.cost(stand.project);
        let needed = needed(&setting, share, &stand)?;
        let spent: Vec<Value> = bought
            .iter()
            .zip(&stand.spent)
            .filter(|(_, spent)| **spent >= 0.005)
            .map(|(&project, &spent)| json!({ "on": election.id(project), "amount": units(election, spent) }))
            .collect();
        told.push(json!({
            "project": election.id(stand.project),
            "cost": election.amount(cost),
            "votes": setting.profile.n_supporters(stand.project),
            "money": { "about": units(election, stand.money) },
            "spent": spent,
            "left": { "about": units(election, stand.left) },
            "short": { "about": units(election, (cost_of(cost) - stand.left).max(0.0)) },
            "effective_support_pct": support_pct(&stand),
            "needed": {
                "cost_at_most": needed.cost.map(|cost| election.amount(cost)),
                "more_voters": needed.voters,
            },
        }));
    }
    Ok(told)
}

#[expect(clippy::cast_precision_loss, reason = "a figure for reading")]
fn cost_of(cost: i64) -> f64 {
    cost as f64
}

fn support_pct(stand: &Stand) -> String {
    format!("{:.2}", stand.support * 100.0)
}

fn supports(prepared: &Prepared<'_>, share: Share, counted: &Counted) -> Result<Vec<Value>, CountError> {
    let setting = prepared.setting();
    let mut told = Vec::new();
    for project in counted.winners() {
        if setting.profile.total(project) == 0 || setting.cost(project) == 0 {
            continue;
        }
        let support = support_of_winner(&setting, share, project)? * 100.0;
        told.push(json!({
            "project": prepared.election().id(project),
            "votes": setting.profile.n_supporters(project),
            "effective_support_pct": format!("{support:.2}"),
        }));
    }
    Ok(told)
}

/// Losers of the other rules: the money that was left at the end, and what is missing.
fn by_money(prepared: &Prepared<'_>, counted: &Counted) -> Vec<Value> {
    let (setting, election, winners) = (prepared.setting(), prepared.election(), counted.winners());
    let left = i128::from(setting.budget) - setting.total(&winners);
    // Of bounded overspending also what its supporters have left.
    let overspent = counted.overspent.as_ref().filter(|_| !counted.replaced);
    let with_them = |project: usize| {
        let left = &overspent?.left.iter().find(|(known, _)| *known == project)?.1.low;
        let left = left.over(&Fraction::whole(election.currency_unit()));
        Some(json!({ "about": left.decimal(2) }))
    };
    let losers = (0..setting.n_projects()).filter(|project| !winners.contains(project));
    let told = losers.map(|project| {
        let short = i128::from(setting.cost(project)) - left;
        let whole = |units: i128| amount(election, &Fraction::whole(units.max(0)));
        json!({
            "project": election.id(project),
            "cost": election.amount(setting.cost(project)),
            "votes": setting.profile.n_supporters(project),
            "admitted": setting.is_allowed(project),
            "left": whole(left),
            "short": whole(short),
            "supporters_left": with_them(project),
        })
    });
    told.collect()
}

/// Voters of whose projects none won, voters with an empty ballot included.
fn without_winner(setting: &Setting<'_>, winners: &[usize]) -> u64 {
    let mut won = vec![false; setting.n_projects()];
    winners.iter().for_each(|&project| won[project] = true);
    let served: u64 = (0..setting.profile.n_ballots())
        .filter(|&ballot| setting.profile.entries(ballot).iter().any(|&(project, _)| won[project as usize]))
        .map(|ballot| u64::from(setting.profile.weight(ballot)))
        .sum();
    setting.profile.n_voters() - served
}

/// How much of each group's share was used, and how many of it have no winner, by the columns of the file.
fn groups(
    prepared: &Prepared<'_>,
    share: Option<Share>,
    winners: &[usize],
) -> Result<Vec<Value>, CountError> {
    let (setting, election) = (prepared.setting(), prepared.election());
    let used = match share {
        Some(share) => Some(crate::stand::used_shares(&setting, share)?),
        None => None,
    };
    let mut told = Vec::new();
    for column in election.other_columns() {
        let mut of: BTreeMap<&str, (u64, u64, f64)> = BTreeMap::new();
        for voter in 0..election.ballots.len() {
            let Some(value) = election.voter_field(voter, column).filter(|value| !value.is_empty()) else {
                continue;
            };
            let group = of.entry(value).or_default();
            if of_voter(&setting, winners, voter) {
                group.1 += 1;
            }
            group.0 += 1;
            let ballot = setting.profile.of_voter(voter);
            group.2 +=
                used.as_ref().zip(ballot).and_then(|(used, ballot)| used.get(ballot)).copied().unwrap_or(0.0);
            if of.len() > VALUES_MAX {
                break;
            }
        }
        if of.len() > VALUES_MAX {
            continue;
        }
        for (value, (voters, served, used_by)) in of.into_iter().filter(|(_, group)| group.0 >= GROUP_MIN) {
            #[expect(clippy::cast_precision_loss, reason = "a figure for reading")]
            let mean = used_by / voters as f64 * 100.0;
            told.push(json!({
                "column": column,
                "value": value,
                "voters": voters,
                "without_winner_pct": percent(voters - served, voters),
                "share_used_pct": used.as_ref().map(|_| format!("{mean:.2}")),
            }));
        }
    }
    Ok(told)
}

fn of_voter(setting: &Setting<'_>, winners: &[usize], voter: usize) -> bool {
    let ballot = setting.profile.of_voter(voter);
    ballot.is_some_and(|ballot| {
        setting.profile.entries(ballot).iter().any(|&(project, _)| winners.contains(&(project as usize)))
    })
}

/// Extended justified representation plus, up to one project, with satisfaction by cost: no group that agrees on a
/// losing project, and whose share of the budget covers what its best served member has plus that project, is left so.
/// After Brill and Peters, "Robust and Verifiable Proportionality Axioms" (2023).
fn ejr(election: &Election, setting: &Setting<'_>, winners: &[usize]) -> Value {
    let mut won = vec![false; setting.n_projects()];
    winners.iter().for_each(|&project| won[project] = true);
    let has: Vec<i128> = (0..setting.profile.n_ballots())
        .map(|ballot| {
            let bought =
                setting.profile.entries(ballot).iter().filter(|&&(project, _)| won[project as usize]);
            bought.map(|&(project, _)| i128::from(setting.cost(project as usize))).sum()
        })
        .collect();
    for project in setting.wanted().filter(|&project| !won[project]) {
        let mut group: Vec<(i128, u64)> = setting
            .profile
            .supporters(project)
            .iter()
            .map(|&(ballot, _)| (has[ballot as usize], u64::from(setting.profile.weight(ballot as usize))))
            .collect();
        group.sort_unstable();
        let mut voters = 0;
        for (at, &(most, weight)) in group.iter().enumerate() {
            voters += weight;
            if group.get(at + 1).is_some_and(|&(next, _)| next == most) {
                continue;
            }
            let due = i128::from(voters) * i128::from(setting.budget);
            if due >= (most + i128::from(setting.cost(project))) * i128::from(setting.profile.n_voters()) {
                return json!({ "holds": false, "project": election.id(project), "voters": voters });
            }
        }
    }
    json!({ "holds": true })
}

/// What other rules would have bought with the same ballots.
fn other_rules(election: &Election) -> Result<Vec<Value>, CountError> {
    let completed = |utility, name: &str| {
        Rule::completion_named(name).map(|completion| Rule::equal_shares(utility, completion))
    };
    let rules = [
        ("greedy by votes", Some(Rule::new(Method::Greedy { misfit: Misfit::Skip }, Utility::COST))),
        ("phragmen", Some(Rule::new(Method::Phragmen { misfit: Misfit::Skip }, Utility::COST))),
        ("mes cost", completed(Utility::COST, "none")),
        ("mes cost + greedy", completed(Utility::COST, "greedy")),
        ("mes cardinality + greedy", completed(Utility::CARDINALITY, "greedy")),
    ];
    let mut told = Vec::new();
    for (name, rule) in rules.into_iter().filter_map(|(name, rule)| rule.map(|rule| (name, rule))) {
        let prepared = Prepared::new(election, &rule, None)?;
        let (winners, setting) = (prepared.count()?.winners(), prepared.setting());
        let without = without_winner(&setting, &winners);
        told.push(json!({
            "rule": name,
            "n_winners": winners.len(),
            "total_cost": crate::amount::decimal(setting.total(&winners), election.decimals),
            "without_winner_pct": percent(without, setting.profile.n_voters()),
        }));
    }
    Ok(told)
}
