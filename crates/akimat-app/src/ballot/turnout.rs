//! Who took part, as far as nobody is alone in it: by area, age and sex, with small numbers left out.

use akimat_storage::ballot::{BallotCounts, Traits};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Bands of age: the code and the first age that is not in it any more.
const BANDS: [(&str, u16); 6] =
    [("0-17", 18), ("18-29", 30), ("30-44", 45), ("45-59", 60), ("60-74", 75), ("75", u16::MAX)];

/// The code of the band of an age.
pub(crate) fn age_band(age: u16) -> &'static str {
    BANDS.iter().find(|(_, end)| age < *end).map_or("75", |(code, _)| code)
}

/// Groups with fewer people are not told.
pub const GROUP_MIN: u64 = 5;

/// Numbers of groups without those that would tell of few people. Where one group alone would be missing, and so follow
/// from the total, the next smallest is left out too.
pub fn suppressed(groups: &BTreeMap<String, u64>) -> BTreeMap<String, Option<u64>> {
    let mut shown: BTreeMap<String, Option<u64>> =
        groups.iter().map(|(name, n)| (name.clone(), (*n >= GROUP_MIN).then_some(*n))).collect();
    let hidden = shown.values().filter(|n| n.is_none()).count();
    if hidden == 1 {
        let smallest = shown.iter().filter_map(|(name, n)| n.map(|n| (n, name.clone()))).min();
        if let Some((_, name)) = smallest {
            shown.insert(name, None);
        }
    }
    shown
}

/// The document that is published: totals, and each group with `null` where few people are in it.
pub(crate) fn document(counts: BallotCounts, traits: &[(Traits, u64)]) -> Value {
    let by = |of: &dyn Fn(&Traits) -> String| {
        let mut groups: BTreeMap<String, u64> = BTreeMap::new();
        for (common, n) in traits {
            *groups.entry(of(common)).or_default() += n;
        }
        json!(suppressed(&groups))
    };
    json!({
        "voters": counts.n_counted,
        "paper": Some(counts.n_paper).filter(|n| *n == 0 || *n >= GROUP_MIN),
        "group_min": GROUP_MIN,
        "area": by(&|common| common.area.map_or_else(String::new, |area| area.to_string())),
        "age": by(&|common| common.age_band.clone()),
        "sex": by(&|common| common.sex.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_told_nor_follow_from_the_total() {
        let check = |groups: &[(&str, u64)], due: &[(&str, Option<u64>)]| {
            let groups = groups.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
            let due: BTreeMap<String, Option<u64>> =
                due.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
            assert_eq!(suppressed(&groups), due);
        };
        check(&[("a", 5), ("b", 9)], &[("a", Some(5)), ("b", Some(9))]);
        check(&[("a", 4), ("b", 9), ("c", 7)], &[("a", None), ("b", Some(9)), ("c", None)]);
        check(&[("a", 4), ("b", 3), ("c", 7)], &[("a", None), ("b", None), ("c", Some(7))]);
        check(&[("a", 2)], &[("a", None)]);
        check(&[], &[]);
    }

    #[test]
    fn every_age_has_a_band() {
        for (age, due) in [(0, "0-17"), (17, "0-17"), (18, "18-29"), (44, "30-44"), (75, "75"), (130, "75")] {
            assert_eq!(age_band(age), due);
        }
    }
}
