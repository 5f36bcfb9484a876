//! The count equals naive programs in exact fractions on small invented elections, and the checker agrees.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on ends")]

use akimat_pb::bos::bos_from;
use akimat_pb::fraction::Fraction;
use akimat_pb::pabulib::{parse, write};
use akimat_pb::rule::{Completion, Exhausted, Method, Misfit};
use akimat_pb::setting::Setting;
use akimat_pb::share::Share;
use akimat_pb::trace::trace;
use akimat_pb::utility::Utility;
use akimat_pb::{Election, Prepared, Rule};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;

fn whole(value: i64) -> Fraction {
    Fraction::whole(value)
}

/// An election with few costs and few different ballots, so that exact ties happen.
fn elections() -> impl Strategy<Value = String> {
    let costs = prop::collection::vec(prop_oneof![Just(0i64), 1i64..8, 10i64..60], 1..7);
    let ballots = prop::collection::vec(prop::collection::vec((0usize..7, 0i32..4), 0..5), 1..12);
    (costs, ballots, 1i64..200).prop_map(|(costs, ballots, budget)| {
        let mut text =
            format!("META\nkey;value\nbudget;{budget}\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n");
        for (at, cost) in costs.iter().enumerate() {
            text.push_str(&format!("p{at};{cost}\n"));
        }
        text.push_str("VOTES\nvoter_id;vote;points\n");
        for (voter, ballot) in ballots.iter().enumerate() {
            let mut marks: Vec<(usize, i32)> =
                ballot.iter().copied().filter(|(project, _)| *project < costs.len()).collect();
            marks.sort_unstable();
            marks.dedup_by_key(|(project, _)| *project);
            let ids: Vec<String> = marks.iter().map(|(project, _)| format!("p{project}")).collect();
            let points: Vec<String> = marks.iter().map(|(_, points)| points.to_string()).collect();
            text.push_str(&format!("v{voter};{};{}\n", ids.join(","), points.join(",")));
        }
        text
    })
}

/// Units of each voter for each project, read off the setting.
fn units(setting: &Setting<'_>, election: &Election) -> Vec<Vec<i64>> {
    let voters = 0..election.ballots.len();
    voters
        .map(|voter| {
            let mut units = vec![0; setting.n_projects()];
            if let Some(ballot) = setting.profile.of_voter(voter) {
                for &(project, unit) in setting.profile.entries(ballot) {
                    units[project as usize] = i64::from(unit);
                }
            }
            units
        })
        .collect()
}

/// Price of a unit by sorting, as the definition says; nothing where the money does not do.
fn naive_price(cost: &Fraction, mut supporters: Vec<(Fraction, i64)>) -> Option<Fraction> {
    supporters.sort_by_key(|(money, units)| money.over(&whole(*units)));
    let mut missing = cost.clone();
    let mut left: i64 = supporters.iter().map(|(_, units)| units).sum();
    for (money, units) in supporters {
        let price = missing.over(&whole(left));
        if price.times(&whole(units)) <= money {
            return Some(price);
        }
        missing = missing.minus(&money);
        left -= units;
    }
    None
}

fn naive_shares(setting: &Setting<'_>, units: &[Vec<i64>], share: &Fraction) -> Vec<usize> {
    let mut money = vec![share.clone(); units.len()];
    let mut open: Vec<usize> = setting.wanted().collect();
    let mut winners = Vec::new();
    loop {
        let mut best: Option<(Fraction, usize, Fraction)> = None;
        for &project in &open {
            let supporters = units.iter().zip(&money).filter(|(units, _)| units[project] > 0);
            let supporters = supporters.map(|(units, money)| (money.clone(), units[project])).collect();
            let Some(price) = naive_price(&whole(setting.cost(project)), supporters) else { continue };
            let gain = price.over(&whole(setting.gain_per_unit(project)));
            let ahead = best.as_ref().is_none_or(|(known, other, _)| {
                gain.cmp(known).then(setting.rank(project).cmp(&setting.rank(*other))) == Ordering::Less
            });
            if ahead {
                best = Some((gain, project, price));
            }
        }
        let Some((_, winner, price)) = best else { return winners };
        for (units, money) in units.iter().zip(&mut money).filter(|(units, _)| units[winner] > 0) {
            let due = price.times(&whole(units[winner])).min(money.clone());
            *money = money.minus(&due);
        }
        winners.push(winner);
        open.retain(|&project| project != winner);
    }
}

fn naive_phragmen(setting: &Setting<'_>, units: &[Vec<i64>]) -> Vec<usize> {
    let mut burdens = vec![whole(0); units.len()];
    let mut left = setting.budget;
    let mut open: Vec<usize> =
        (0..setting.n_projects()).filter(|&project| units.iter().any(|units| units[project] > 0)).collect();
    let mut winners = Vec::new();
    loop {
        open.retain(|&project| setting.cost(project) <= left);
        let burden = |project: usize| {
            let of = units.iter().zip(&burdens).filter(|(units, _)| units[project] > 0);
            let (sum, n) =
                of.fold((whole(setting.cost(project)), 0), |(sum, n), (_, burden)| (sum.plus(burden), n + 1));
            sum.over(&whole(n))
        };
        let best = open.iter().map(|&project| (burden(project), setting.rank(project), project)).min();
        let Some((burden, _, winner)) = best else { return winners };
        for (units, own) in units.iter().zip(&mut burdens).filter(|(units, _)| units[winner] > 0) {
            let _ = units;
            *own = burden.clone();
        }
        left -= setting.cost(winner);
        winners.push(winner);
        open.retain(|&project| project != winner);
    }
}

fn naive_ees(setting: &Setting<'_>, units: &[Vec<i64>], share: &Fraction) -> Vec<usize> {
    let mut money = vec![share.clone(); units.len()];
    let mut open: Vec<usize> = setting.wanted().collect();
    let mut winners = Vec::new();
    loop {
        let mut best: Option<(Fraction, usize, i64)> = None;
        for &project in &open {
            let cost = whole(setting.cost(project));
            let of: Vec<&Fraction> = units
                .iter()
                .zip(&money)
                .filter(|(units, _)| units[project] > 0)
                .map(|(_, money)| money)
                .collect();
            let able =
                |payers: i64| of.iter().filter(|money| ***money >= cost.over(&whole(payers))).count() as i64;
            let Some(payers) = (1..=of.len() as i64).rev().find(|&payers| able(payers) >= payers) else {
                continue;
            };
            let gain = whole(setting.gain_per_unit(project) * payers).over(&cost);
            let ahead = best.as_ref().is_none_or(|(known, other, _)| {
                known.cmp(&gain).then(setting.rank(project).cmp(&setting.rank(*other))) == Ordering::Less
            });
            if ahead {
                best = Some((gain, project, payers));
            }
        }
        let Some((_, winner, payers)) = best else { return winners };
        let part = whole(setting.cost(winner)).over(&whole(payers));
        for (units, money) in units.iter().zip(&mut money) {
            if units[winner] > 0 && *money >= part {
                *money = money.minus(&part);
            }
        }
        winners.push(winner);
        open.retain(|&project| project != winner);
    }
}

/// Bounded overspending: winners and what a unit cost.
fn naive_bos(setting: &Setting<'_>, units: &[Vec<i64>], share: &Fraction) -> Vec<(usize, Fraction)> {
    let mut money = vec![share.clone(); units.len()];
    let mut open: Vec<usize> = setting.wanted().collect();
    let mut left = setting.budget;
    let mut winners = Vec::new();
    loop {
        open.retain(|&project| setting.cost(project) <= left);
        let mut best: Option<(Fraction, u32, Fraction, usize, Fraction)> = None;
        for &project in &open {
            let of: Vec<(Fraction, i64)> = units
                .iter()
                .zip(&money)
                .filter(|(units, money)| units[project] > 0 && **money > whole(0))
                .map(|(units, money)| (money.clone(), units[project]))
                .collect();
            let cost = whole(setting.cost(project));
            let mut limits: Vec<Fraction> =
                of.iter().map(|(money, units)| money.over(&whole(*units))).collect();
            limits.extend(naive_price(&cost, of.clone()));
            for limit in limits {
                let given = of.iter().map(|(money, units)| limit.times(&whole(*units)).min(money.clone()));
                let raised = given.fold(whole(0), |sum, one| sum.plus(&one));
                let part = raised.over(&cost).min(whole(1));
                let price = limit.over(&part);
                let value = price.over(&part).over(&whole(setting.gain_per_unit(project)));
                let key = (value, setting.rank(project), whole(0).minus(&limit), project, price);
                if best.as_ref().is_none_or(|known| key < *known) {
                    best = Some(key);
                }
            }
        }
        let Some((_, _, _, winner, price)) = best else { return winners };
        for (units, money) in units.iter().zip(&mut money) {
            let due = price.times(&whole(units[winner])).min(money.clone());
            *money = money.minus(&due);
        }
        left -= setting.cost(winner);
        winners.push((winner, price));
        open.retain(|&project| project != winner);
    }
}

fn bought(election: &Election, rule: &Rule) -> Vec<usize> {
    let prepared = Prepared::new(election, rule, None).unwrap();
    let winners = prepared.count().unwrap().winners();
    let free = prepared.setting().free();
    winners.into_iter().filter(|project| !free.contains(project)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn equal_shares_is_what_the_definition_says(text in elections()) {
        let election = parse(text.as_bytes()).unwrap();
        for utility in [Utility::COST, Utility::CARDINALITY, Utility::POINTS, Utility::COST_POINTS] {
            let rule = Rule::equal_shares(utility, Vec::new());
            let prepared = Prepared::new(&election, &rule, None).unwrap();
            let setting = prepared.setting();
            let share = Share::equal(setting.budget, setting.profile.n_voters()).fraction();
            let due = naive_shares(&setting, &units(&setting, &election), &share);
            prop_assert_eq!(bought(&election, &rule), due, "{:?}\n{}", utility, text);
        }
    }

    #[test]
    fn other_rules_are_what_their_definitions_say(text in elections()) {
        let election = parse(text.as_bytes()).unwrap();
        let rule = Rule::new(Method::Phragmen { misfit: Misfit::Skip }, Utility::COST);
        let prepared = Prepared::new(&election, &rule, None).unwrap();
        let setting = prepared.setting();
        let due = naive_phragmen(&setting, &units(&setting, &election));
        let mut found = prepared.count().unwrap().winners();
        found.retain(|&project| setting.profile.n_supporters(project) > 0);
        prop_assert_eq!(found, due);
        for utility in [Utility::COST, Utility::CARDINALITY] {
            let rule = Rule::new(Method::Ees, utility);
            let prepared = Prepared::new(&election, &rule, None).unwrap();
            let setting = prepared.setting();
            let share = Share::equal(setting.budget, setting.profile.n_voters()).fraction();
            prop_assert_eq!(bought(&election, &rule), naive_ees(&setting, &units(&setting, &election), &share));
        }
    }

    #[test]
    fn bounded_overspending_is_what_the_definition_says(text in elections(), bits in 1u32..200) {
        let election = parse(text.as_bytes()).unwrap();
        for utility in [Utility::COST, Utility::CARDINALITY, Utility::POINTS, Utility::COST_POINTS] {
            let rule = Rule::new(Method::Bos, utility);
            let prepared = Prepared::new(&election, &rule, None).unwrap();
            let setting = prepared.setting();
            let share = Share::equal(setting.budget, setting.profile.n_voters()).fraction();
            let due = naive_bos(&setting, &units(&setting, &election), &share);
            let found = bos_from(&setting, bits).unwrap();
            let projects: Vec<usize> = found.steps.iter().map(|step| step.project).collect();
            let expected: Vec<usize> = due.iter().map(|&(project, _)| project).collect();
            prop_assert_eq!(&projects, &expected, "{:?}\n{}", utility, text);
            prop_assert_eq!(bought(&election, &rule), expected);
            for (step, (_, price)) in found.steps.iter().zip(&due) {
                prop_assert!(step.price.low <= *price && *price <= step.price.high);
                prop_assert!(step.exact.as_ref().is_none_or(|exact| exact == price));
            }
        }
    }

    #[test]
    fn larger_shares_by_jumps_are_those_step_by_step(text in elections(), floor in any::<bool>()) {
        let election = parse(text.as_bytes()).unwrap();
        for exhausted in [Exhausted::Ignore, Exhausted::Supported, Exhausted::All] {
            for utility in [Utility::COST, Utility::CARDINALITY, Utility::POINTS] {
                let rule = Rule::equal_shares(utility, vec![Completion::Add { floor, exhausted, step: 1 }]);
                let prepared = Prepared::new(&election, &rule, None).unwrap();
                let (jumped, stepped) = (prepared.count().unwrap(), prepared.count_stepwise().unwrap());
                prop_assert_eq!(&jumped.bought, &stepped.bought);
                let ended = |counted: &akimat_pb::Counted| {
                    counted.ended.as_ref().map(|ended| (ended.share, ended.beyond, ended.shares))
                };
                prop_assert_eq!(ended(&jumped), ended(&stepped));
                prop_assert!(jumped.winners().len() < 8);
            }
        }
    }

    #[test]
    fn traces_prove_their_results(text in elections(), comparison in any::<bool>()) {
        let election = parse(text.as_bytes()).unwrap();
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        for utility in [Utility::COST, Utility::CARDINALITY, Utility::POINTS] {
            for (method, name) in [
                (Method::EqualShares, "none"),
                (Method::EqualShares, "add1"),
                (Method::EqualShares, "add1e+greedy"),
                (Method::EqualShares, "add1-pabutools"),
                (Method::Ees, "none"),
                (Method::Ees, "add-opt+greedy"),
                (Method::Maximin, "greedy"),
                (Method::Phragmen { misfit: Misfit::Skip }, "none"),
                (Method::Bos, "none"),
                (Method::Bos, "greedy"),
            ] {
                let completion = Rule::completion_named(name).unwrap();
                let rule = Rule { completion, comparison, ..Rule::new(method, utility) };
                let prepared = Prepared::new(&election, &rule, None).unwrap();
                let counted = prepared.count().unwrap();
                let trace = trace(&prepared, &counted, &hash).unwrap();
                let report = akimat_pb_check::check(text.as_bytes(), &trace);
                let ids: Vec<String> =
                    counted.winners().into_iter().map(|project| election.id(project).to_owned()).collect();
                match report {
                    Ok(report) => prop_assert_eq!(report.winners, ids),
                    Err(refusal) => prop_assert!(false, "{method:?} {utility:?} {name}: {refusal}\n{text}\n{trace}"),
                }
            }
        }
    }

    #[test]
    fn files_are_written_as_they_were_read(text in elections()) {
        let election = parse(text.as_bytes()).unwrap();
        let mut again = String::new();
        write(&election, &mut again).unwrap();
        prop_assert_eq!(parse(again.as_bytes()).unwrap(), election);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn what_is_left_of_a_file_is_read_or_refused(text in elections(), cut in any::<prop::sample::Index>(), by in any::<u8>()) {
        let mut bytes = text.into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = by;
        let _ = parse(&bytes);
        bytes.truncate(at);
        let _ = parse(&bytes);
    }
}
