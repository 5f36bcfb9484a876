//! The rules of acceptance in force on a day: `data/project/acceptance.json` holds them with their basis.

use akimat_core::Text;
use akimat_project::Sector;
use jiff::civil::Date;
use serde::Deserialize;

const PUBLISHED: &str = include_str!("../../../../data/project/acceptance.json");

/// Rules in force from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Days after the day of completion on which residents may confirm or dispute.
    pub term_days: i32,
    /// Pairs of photographs needed to call works finished.
    pub pairs_min: usize,
    /// Sectors in which nothing can be photographed before and after.
    pair_free_sectors: Vec<Sector>,
    /// From this share of disputes on, in per cent of all who spoke, the office must answer.
    pub dispute_share_pct: u32,
    /// From this number of disputes on.
    pub dispute_people_min: u32,
    /// Days that the office has to answer.
    pub answer_days: i32,
    /// Where the rules come from.
    pub basis: Text,
}

impl Rules {
    /// The rules in force on a day; before the first, the first.
    pub fn on(day: Date) -> Self {
        let all: Vec<Self> =
            serde_json::from_str(PUBLISHED).expect("the file in the repository is read by a test");
        let within = |rules: &&Self| rules.valid_from <= day && rules.valid_to.is_none_or(|last| day <= last);
        let found = all.iter().rev().find(within).or_else(|| all.first());
        found.cloned().expect("the file in the repository has an entry")
    }

    /// Works of this sector are called finished without photographs.
    pub fn needs_no_pair(&self, sector: Sector) -> bool {
        self.pair_free_sectors.contains(&sector)
    }

    /// So many disputes among so many people ask for an answer of the office.
    pub const fn asks_for_answer(&self, n_confirm: u32, n_dispute: u32) -> bool {
        let all = n_confirm as u64 + n_dispute as u64;
        n_dispute >= self.dispute_people_min && n_dispute as u64 * 100 >= self.dispute_share_pct as u64 * all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disputes_ask_for_an_answer_from_both_thresholds_on() {
        let rules = Rules::on("2026-11-22".parse().expect("a date"));
        assert_eq!((rules.term_days, rules.dispute_share_pct, rules.dispute_people_min), (30, 20, 3));
        for (confirm, dispute, due) in
            [(0, 0, false), (0, 2, false), (0, 3, true), (12, 3, true), (13, 3, false)]
        {
            assert_eq!(rules.asks_for_answer(confirm, dispute), due, "{confirm} and {dispute}");
        }
        assert!(rules.needs_no_pair(Sector::Digital) && !rules.needs_no_pair(Sector::Transport));
    }
}
