//! The rounds of a count as facts: what was bought at which price, who paid how much, what is left.

use crate::bos::Overspent;
use crate::count::{CountError, Counted, How, Prepared};
use crate::equal_shares::run;
use crate::exact::Exact;
use crate::fraction::Fraction;
use crate::purse::Purses;
use crate::rule::Method;
use crate::setting::Setting;
use crate::share::Share;
use num_bigint::BigInt;

/// A round: one project bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The project, by index.
    pub project: usize,
    /// How it came to win.
    pub how: How,
    /// What its supporters paid, where it was they who bought it.
    pub paid: Option<Paid>,
    /// The price and the part that was raised, for Equal Shares with bounded overspending.
    pub overspent: Option<Overspent>,
    /// Burden of each supporter afterwards, for the rules of Phragmén's kind.
    pub burden: Option<Fraction>,
    /// Money left afterwards: of all voters for Equal Shares, of the budget otherwise. In units of the election.
    pub left: Fraction,
}

/// Who paid how much, in units of the election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// Price of one unit of the ballot: what a supporter pays for one mark or one point, money permitting.
    pub price: Fraction,
    /// Price of one unit of gain; the least of the round.
    pub gain_price: Fraction,
    /// Cost divided by the price of a unit: as many voters as would be needed if all paid in full.
    pub effective_votes: Fraction,
    /// Voters who paid in full.
    pub n_full: u64,
    /// Voters who gave the rest of their money, nothing included.
    pub n_rest: u64,
    /// Money from those who paid in full.
    pub from_full: Fraction,
    /// Money from the rest.
    pub from_rest: Fraction,
}

/// The rounds of Equal Shares at a share, in exact numbers.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn equal_shares_rounds(setting: &Setting<'_>, share: Share) -> Result<Vec<Round>, CountError> {
    let run = run(setting, share)?;
    let mut exact = Exact::new(setting, share, Purses::new(setting, share)?);
    let voters = Fraction::whole(setting.profile.n_voters());
    let mut left = share.fraction().times(&voters);
    let mut rounds = Vec::new();
    for &step in &run.steps {
        let cost = Fraction::whole(setting.cost(step.project));
        let Some(bought) = exact.buy(step) else { continue };
        let poor = bought.poor.iter().map(|&ballot| u64::from(setting.profile.weight(ballot as usize)));
        let n_rest = poor.sum();
        let price = exact.price_of_last();
        let from_full = price.times(&Fraction::whole(bought.units));
        left = left.minus(&cost);
        rounds.push(Round {
            project: step.project,
            how: How::Method,
            paid: Some(Paid {
                gain_price: price.over(&Fraction::whole(BigInt::from(setting.gain_per_unit(step.project)))),
                effective_votes: cost.over(&price),
                n_full: setting.profile.n_supporters(step.project) - n_rest,
                n_rest,
                from_rest: cost.minus(&from_full),
                from_full,
                price,
            }),
            overspent: None,
            burden: None,
            left: left.clone(),
        });
    }
    Ok(rounds)
}

/// The rounds of a count, whatever its rule.
///
/// # Errors
/// [`CountError::TooLarge`].
pub fn rounds(prepared: &Prepared<'_>, counted: &Counted) -> Result<Vec<Round>, CountError> {
    let setting = prepared.setting();
    let paid = match (&counted.ended, counted.replaced, prepared.method()) {
        (Some(ended), false, Method::EqualShares) => equal_shares_rounds(&setting, ended.share)?,
        _ => Vec::new(),
    };
    let burdens = counted.burdens.iter().filter(|_| !counted.replaced);
    let (mut paid, mut burdens) = (paid.into_iter(), burdens);
    let mut budget = Fraction::whole(setting.budget);
    let mut rounds = Vec::new();
    for &(project, how) in &counted.bought {
        budget = budget.minus(&Fraction::whole(setting.cost(project)));
        let own = if how == How::Method { paid.next() } else { None };
        rounds.push(own.unwrap_or_else(|| {
            Round {
                project,
                how,
                paid: None,
                overspent: counted
                    .overspent
                    .as_ref()
                    .filter(|_| how == How::Method && !counted.replaced)
                    .and_then(|found| found.steps.iter().find(|round| round.project == project).cloned()),
                burden: if how == How::Method { burdens.next().cloned().flatten() } else { None },
                left: budget.clone(),
            }
        }));
    }
    Ok(rounds)
}
