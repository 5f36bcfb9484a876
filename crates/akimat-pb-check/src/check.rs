//! The whole check, part by part.

use crate::ballots::Ballots;
use crate::burdens::check_burdens;
use crate::exact_shares::check_groups;
use crate::file::{File, read};
use crate::greedy::greedy;
use crate::number::Number;
use crate::overspending::check_overspending;
use crate::refusal::Refusal;
use crate::shares::check_rounds;
use crate::support::check_support;
use crate::told::{Places, Told, head, projects};
use num_bigint::BigInt;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Winners, by id, in the order of purchase.
    pub winners: Vec<String>,
    /// Rounds whose prices were tested, over all shares that were tested.
    pub n_rounds: usize,
    /// Shares before the last one that the trace states and this check does not test.
    pub n_stated: usize,
    /// Order of ties by lot: the lot itself has to be drawn again from its seed.
    pub lot_to_draw: bool,
}

/// Checks a trace against the file that it names.
///
/// # Errors
/// [`Refusal`]: the first thing that does not hold.
pub fn check(file: &[u8], trace: &str) -> Result<Report, Refusal> {
    let stated = head(trace)?;
    let hash: String = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    if stated["file_sha256"].as_str() != Some(hash.as_str()) {
        return Err(Refusal::OtherFile);
    }
    let file = read(file)?;
    let places: Places<'_> = file.ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let told = crate::told::read(trace, &places)?;
    let rule = &told.head["rule"];
    if rule.get("envelopes").is_some_and(|envelopes| !envelopes.is_null()) {
        return Err(Refusal::Unsupported { what: "envelopes".to_owned() });
    }
    let ballots = prepare(&file, &told, &places)?;
    let n_stated = told.segments.len().saturating_sub(1);
    let mut case = Case { file: &file, told: &told, ballots, rule, n_rounds: 0, n_stated };
    let by_method = case.method()?;
    let winners = case.complete(by_method, &places)?;
    Ok(Report {
        winners: winners.into_iter().map(|project| file.ids[project].clone()).collect(),
        n_rounds: case.n_rounds,
        n_stated: case.n_stated,
        lot_to_draw: rule["ties"].as_str() == Some("cost-votes-lot"),
    })
}

fn prepare(file: &File, told: &Told, places: &Places<'_>) -> Result<Ballots, Refusal> {
    let (head, trace) = (&told.head, |field: &str| Refusal::Trace { line: 1, field: field.to_owned() });
    let same = |field: &str, found: Value| {
        let stated = head[field].to_string();
        if head[field] == found {
            return Ok(());
        }
        Err(Refusal::Figure { field: field.to_owned(), stated, found: found.to_string() })
    };
    same("voters", json!(file.votes.len()))?;
    same("budget", json!(file.budget.to_string()))?;
    same("decimals", json!(file.decimals))?;
    let mut ballots = Ballots::new(file, &head["rule"])?;
    let order = projects(&head["order"], places).ok_or_else(|| trace("order"))?;
    if order.len() != file.ids.len() {
        return Err(trace("order"));
    }
    ballots.take_order(file, head["rule"]["ties"].as_str().unwrap_or_default(), &order)?;
    let admitted: Vec<&String> =
        file.ids.iter().zip(&ballots.admitted).filter(|(_, admitted)| **admitted).map(|(id, _)| id).collect();
    same("admitted", json!(admitted))?;
    Ok(ballots)
}

struct Case<'a> {
    file: &'a File,
    told: &'a Told,
    ballots: Ballots,
    rule: &'a Value,
    n_rounds: usize,
    n_stated: usize,
}

impl Case<'_> {
    /// Winners of the method itself, those that cost nothing included.
    fn method(&mut self) -> Result<Vec<usize>, Refusal> {
        let kind = self.rule["method"]["kind"].as_str().unwrap_or_default();
        let unsupported = || Refusal::Unsupported { what: kind.to_owned() };
        match kind {
            "equal-shares" => self.equal_shares(),
            "greedy" => {
                let misfit = &self.rule["method"]["misfit"];
                greedy(&self.ballots, &[], misfit, self.ballots.times_cost).ok_or_else(unsupported)
            }
            "phragmen" => {
                let rounds = self.told.burdens.as_ref().ok_or_else(unsupported)?;
                let stops = self.rule["method"]["misfit"]["kind"].as_str() == Some("stop");
                check_burdens(&self.ballots, &self.file.ids, rounds, stops)?;
                self.n_rounds = rounds.len();
                Ok(rounds.iter().map(|&(project, _)| project).collect())
            }
            "maximin" => {
                let rounds = self.told.support.as_ref().ok_or_else(unsupported)?;
                check_support(&self.ballots, &self.file.ids, rounds)?;
                self.n_rounds = rounds.len();
                Ok(rounds.iter().map(|round| round.project).collect())
            }
            "ees" => self.exact_equal_shares(),
            "bos" => {
                let stated = self.told.overspent.as_ref().ok_or_else(unsupported)?;
                let mut winners = self.free();
                let bought = check_overspending(&self.ballots, &self.file.ids, &winners, stated)?;
                self.n_rounds = bought.len();
                winners.extend(bought);
                Ok(winners)
            }
            _ => Err(unsupported()),
        }
    }

    /// The outcome at the stated share, and that the next stated one overspends. That nothing changes between the
    /// stated shares is not tested.
    fn exact_equal_shares(&mut self) -> Result<Vec<usize>, Refusal> {
        let missing = |field: &str| Refusal::Trace { line: 1, field: field.to_owned() };
        let last = self.told.shared.as_ref().ok_or_else(|| missing("shared"))?;
        let wrong = |share: &Number| Refusal::Shares { share: format!("{}/{}", share.num, share.den) };
        let adding = self.rule["completion"]
            .as_array()
            .and_then(|parts| parts.iter().find(|part| part["kind"].as_str() == Some("add-opt")));
        let n = BigInt::from(self.ballots.entries.len().max(1));
        let equal = Number { num: BigInt::from(self.ballots.budget), den: n };
        if adding.is_some_and(|adding| adding["skip"].as_bool() != Some(false)) {
            return Err(Refusal::Unsupported { what: "add-opt-skip".to_owned() });
        }
        if last.share < equal || (adding.is_none() && last.share != equal) {
            return Err(wrong(&last.share));
        }
        let mut winners = self.free();
        let bought = check_groups(&self.ballots, &self.file.ids, last, "final")?;
        self.n_rounds += bought.len();
        winners.extend(bought);
        if adding.is_none() {
            return Ok(winners);
        }
        self.n_stated = usize::try_from(last.n_shares).unwrap_or(usize::MAX).saturating_sub(1);
        match &self.told.shared_beyond {
            Some(beyond) if beyond.share > last.share => {
                let over = check_groups(&self.ballots, &self.file.ids, beyond, "beyond")?;
                self.n_rounds += over.len();
                let total = self.ballots.total(&over) + self.ballots.total(&self.free());
                if total <= i128::from(self.ballots.budget) { Err(wrong(&beyond.share)) } else { Ok(winners) }
            }
            None if self.exhausted(&winners, "") => Ok(winners),
            Some(_) | None => Err(wrong(&last.share)),
        }
    }

    fn equal_shares(&mut self) -> Result<Vec<usize>, Refusal> {
        let missing = |field: &str| Refusal::Trace { line: 1, field: field.to_owned() };
        let last = self.told.last.as_ref().ok_or_else(|| missing("final"))?;
        let mut winners = self.free();
        let bought = check_rounds(&self.ballots, &self.file.ids, last, "final")?;
        self.n_rounds += bought.len();
        winners.extend(&bought);
        let adding = self.rule["completion"]
            .as_array()
            .and_then(|parts| parts.iter().find(|part| part["kind"].as_str() == Some("add")));
        let n = BigInt::from(self.ballots.entries.len().max(1));
        let equal = Number { num: BigInt::from(self.ballots.budget), den: n };
        let wrong = |share: &Number| Refusal::Shares { share: format!("{}/{}", share.num, share.den) };
        let Some(adding) = adding else {
            return if last.share == equal { Ok(winners) } else { Err(wrong(&last.share)) };
        };
        let unit =
            10i64.checked_pow(u32::try_from(self.file.decimals).unwrap_or(u32::MAX)).unwrap_or(i64::MAX);
        let step = adding["step"].as_i64().unwrap_or(0).checked_mul(unit).filter(|&step| step > 0);
        let step = BigInt::from(step.ok_or_else(|| wrong(&last.share))?);
        let start = if adding["floor"].as_bool() == Some(true) {
            Number { num: &equal.num / (&equal.den * &step) * &step, den: BigInt::from(1) }
        } else {
            equal.clone()
        };
        // So many whole steps above the start; nothing where it is no whole number.
        let steps = |share: &Number| {
            let num = &share.num * &start.den - &start.num * &share.den;
            let den = &share.den * &start.den * &step;
            (&num % &den == BigInt::from(0)).then(|| num / den)
        };
        self.chain(&equal, &last.share, &steps)?;
        match &self.told.beyond {
            Some(beyond) => {
                let after = if last.share == equal {
                    BigInt::from(0)
                } else {
                    steps(&last.share).unwrap_or_default()
                };
                if steps(&beyond.share) != Some(after + 1) {
                    return Err(wrong(&beyond.share));
                }
                let over = check_rounds(&self.ballots, &self.file.ids, beyond, "beyond")?;
                self.n_rounds += over.len();
                let total = self.ballots.total(&over) + self.ballots.total(&self.free());
                if total <= i128::from(self.ballots.budget) { Err(wrong(&beyond.share)) } else { Ok(winners) }
            }
            None if self.exhausted(&winners, adding["exhausted"].as_str().unwrap_or_default()) => Ok(winners),
            None => Err(wrong(&last.share)),
        }
    }

    /// The stated shares follow one another without a gap up to the last one.
    fn chain(
        &self,
        equal: &Number,
        last: &Number,
        steps: &dyn Fn(&Number) -> Option<BigInt>,
    ) -> Result<(), Refusal> {
        let wrong = |share: &Number| Refusal::Shares { share: format!("{}/{}", share.num, share.den) };
        let mut segments = self.told.segments.iter();
        let Some(first) = segments.next() else { return Err(wrong(last)) };
        if first.first != *equal || first.total > i128::from(self.ballots.budget) {
            return Err(wrong(&first.first));
        }
        let mut at = if first.last == *equal {
            BigInt::from(0)
        } else {
            steps(&first.last).ok_or_else(|| wrong(last))?
        };
        let mut reached = first.last == *last;
        for segment in segments {
            let begin = steps(&segment.first).ok_or_else(|| wrong(&segment.first))?;
            let end = steps(&segment.last).ok_or_else(|| wrong(&segment.last))?;
            if begin != &at + 1 || end < begin {
                return Err(wrong(&segment.first));
            }
            let over = segment.total > i128::from(self.ballots.budget);
            let is_beyond = self.told.beyond.as_ref().is_some_and(|beyond| beyond.share == segment.last);
            if over && !is_beyond {
                return Err(wrong(&segment.first));
            }
            reached |= segment.last == *last || is_beyond;
            at = end;
        }
        if reached { Ok(()) } else { Err(wrong(last)) }
    }

    /// Projects that cost nothing and are wanted, in the order for ties.
    fn free(&self) -> Vec<usize> {
        let is_free = |&project: &usize| {
            self.ballots.admitted[project]
                && self.ballots.costs[project] == 0
                && !self.ballots.supporters[project].is_empty()
        };
        let mut free: Vec<usize> = (0..self.file.ids.len()).filter(is_free).collect();
        free.sort_by_key(|&project| self.ballots.rank[project]);
        free
    }

    fn exhausted(&self, winners: &[usize], kind: &str) -> bool {
        let left = i128::from(self.ballots.budget) - self.ballots.total(winners);
        let wanted = |project: usize| {
            self.ballots.admitted[project]
                && self.ballots.costs[project] > 0
                && !self.ballots.supporters[project].is_empty()
        };
        let n = self.file.ids.len();
        if (0..n).filter(|&project| wanted(project)).all(|project| winners.contains(&project)) {
            return true;
        }
        let fits =
            |project: &usize| !winners.contains(project) && i128::from(self.ballots.costs[*project]) <= left;
        match kind {
            "supported" => !(0..n).filter(|&project| wanted(project)).any(|project| fits(&project)),
            "all" => !(0..n).filter(|&project| self.ballots.admitted[project]).any(|project| fits(&project)),
            _ => false,
        }
    }

    /// Completion and comparison; the winners that follow, equal to the stated ones.
    fn complete(&self, mut winners: Vec<usize>, places: &Places<'_>) -> Result<Vec<usize>, Refusal> {
        let skip = json!({ "kind": "skip" });
        let unsupported = |what: &str| Refusal::Unsupported { what: what.to_owned() };
        for part in self.rule["completion"].as_array().map_or(&[][..], Vec::as_slice) {
            match part["kind"].as_str().unwrap_or_default() {
                "add" => {}
                // It goes with one method, whose check has looked at it.
                "add-opt" if self.rule["method"]["kind"].as_str() == Some("ees") => {}
                "greedy" => {
                    let more =
                        greedy(&self.ballots, &winners, &skip, true).ok_or_else(|| unsupported("greedy"))?;
                    winners.extend(more);
                }
                other => return Err(unsupported(other)),
            }
        }
        if self.rule["comparison"].as_bool() == Some(true) {
            let other = greedy(&self.ballots, &[], &skip, true).ok_or_else(|| unsupported("greedy"))?;
            let (mut for_rule, mut for_greedy) = (0u64, 0u64);
            for entry in &self.ballots.entries {
                let count = |list: &[usize]| {
                    entry.iter().filter(|&&(project, _)| list.contains(&(project as usize))).count()
                };
                match count(&winners).cmp(&count(&other)) {
                    std::cmp::Ordering::Greater => for_rule += 1,
                    std::cmp::Ordering::Less => for_greedy += 1,
                    std::cmp::Ordering::Equal => {}
                }
            }
            let found = json!({ "rule": for_rule, "greedy": for_greedy, "replaced": for_greedy > for_rule });
            let stated = self.told.comparison.clone().unwrap_or_default();
            if stated != found {
                let (stated, found) = (stated.to_string(), found.to_string());
                return Err(Refusal::Figure { field: "comparison".to_owned(), stated, found });
            }
            if for_greedy > for_rule {
                winners = other;
            }
        }
        let stated = projects(&self.told.result["winners"], places).unwrap_or_default();
        let id = |project: usize| Refusal::Winners { project: self.file.ids[project].clone() };
        for (at, &project) in winners.iter().enumerate() {
            if stated.get(at) != Some(&project) {
                return Err(id(project));
            }
        }
        if let Some(&project) = stated.get(winners.len()) {
            return Err(id(project));
        }
        let (stated, found) =
            (self.told.result["total"].clone(), json!(self.ballots.total(&winners).to_string()));
        if stated != found {
            let (stated, found) = (stated.to_string(), found.to_string());
            return Err(Refusal::Figure { field: "total".to_owned(), stated, found });
        }
        Ok(winners)
    }
}
