//! The temporary team of a project: who is in it, in which role, from when to when.

use crate::project::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of the section of a dossier in which a team is kept.
pub const KIND: &str = "team";
/// Members of one team at most.
pub const MEMBERS_MAX: usize = 40;
/// Longest name, office or line about a task, in characters.
pub const LINE_CHARS_MAX: usize = 300;

codes! {
    /// What somebody does in a team.
    TeamRole {
        /// Answers for the whole.
        Lead = "lead",
        /// Plans and builds.
        Engineering = "engineering",
        /// Plans and pays the money.
        Finance = "finance",
        /// Buys.
        Procurement = "procurement",
        /// Checks the quality of works for the customer.
        Supervision = "supervision",
        /// Watches the law.
        Law = "law",
        /// Speaks for residents.
        Residents = "residents",
        /// Speaks for a partner.
        Partner = "partner",
        /// Anything else.
        Other = "other",
    }
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The same in all versions of the team.
    pub id: String,
    /// Name of the person, as everybody may read it.
    pub name: String,
    /// Office and post.
    #[serde(default)]
    pub office: String,
    /// Role.
    pub role: TeamRole,
    /// What the member answers for, in words.
    #[serde(default)]
    pub duty: String,
    /// First day in the team.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day in the team.
    #[serde(default)]
    pub to: Option<Date>,
}

impl Member {
    /// Whether the member works in the team on a day.
    pub fn works_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// What it is there for.
    #[serde(default)]
    pub purpose: String,
    /// First day.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day; a temporary team has one.
    #[serde(default)]
    pub to: Option<Date>,
    /// Members in the order of the form.
    #[serde(default)]
    pub members: Vec<Member>,
}

/// A fault of a team; rows count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamFault {
    /// It ends before it begins.
    EndsBeforeStart,
    /// A member has no name.
    NameMissing(usize),
    /// A member leaves before coming.
    LeavesBeforeComing(usize),
    /// A member is there before the team begins or after it ends.
    OutsideTeam(usize),
    /// Two members lead at the same time; the row is that of the later one.
    TwoLeads(usize),
    /// Nobody leads.
    NoLead,
    /// A text is too long.
    TooLong(usize),
    /// More members than [`MEMBERS_MAX`].
    TooMany,
}

impl Team {
    /// Whether it has ended by a day.
    pub fn ended_on(&self, day: Date) -> bool {
        self.to.is_some_and(|to| to < day)
    }

    /// All faults; none for a team without members, which is no team.
    pub fn faults(&self) -> Vec<TeamFault> {
        let mut faults = Vec::new();
        let backwards =
            |from: Option<Date>, to: Option<Date>| matches!((from, to), (Some(a), Some(b)) if b < a);
        if backwards(self.from, self.to) {
            faults.push(TeamFault::EndsBeforeStart);
        }
        if self.members.len() > MEMBERS_MAX {
            faults.push(TeamFault::TooMany);
        }
        for (row, member) in self.members.iter().enumerate() {
            if member.name.trim().is_empty() {
                faults.push(TeamFault::NameMissing(row));
            }
            if [&member.name, &member.office, &member.duty].iter().any(|text| long(text)) {
                faults.push(TeamFault::TooLong(row));
            }
            if backwards(member.from, member.to) {
                faults.push(TeamFault::LeavesBeforeComing(row));
            } else if self.outside(member) {
                faults.push(TeamFault::OutsideTeam(row));
            }
        }
        let leads: Vec<(usize, &Member)> =
            self.members.iter().enumerate().filter(|(_, member)| member.role == TeamRole::Lead).collect();
        for (at, (row, lead)) in leads.iter().enumerate() {
            if leads[..at].iter().any(|(_, other)| overlap(lead, other)) {
                faults.push(TeamFault::TwoLeads(*row));
            }
        }
        if leads.is_empty() && !self.members.is_empty() {
            faults.push(TeamFault::NoLead);
        }
        faults
    }

    fn outside(&self, member: &Member) -> bool {
        let before =
            |one: Option<Date>, other: Option<Date>| matches!((one, other), (Some(a), Some(b)) if a < b);
        before(member.from, self.from)
            || before(self.to, member.to)
            || before(member.to, self.from)
            || before(self.to, member.from)
    }
}

fn long(text: &str) -> bool {
    text.chars().count() > LINE_CHARS_MAX
}

fn overlap(one: &Member, other: &Member) -> bool {
    let ends_first = |a: &Member, b: &Member| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    !ends_first(one, other) && !ends_first(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    fn member(id: &str, role: TeamRole, from: Option<Date>, to: Option<Date>) -> Member {
        Member {
            id: id.to_owned(),
            name: "А. Серікова".to_owned(),
            office: String::new(),
            role,
            duty: String::new(),
            from,
            to,
        }
    }

    #[test]
    fn a_team_has_one_lead_at_a_time() {
        let change = day("2026-06-30");
        let mut team = Team {
            from: day("2026-01-01"),
            to: day("2026-12-31"),
            members: vec![
                member("a", TeamRole::Lead, None, change),
                member("b", TeamRole::Lead, day("2026-07-01"), None),
                member("c", TeamRole::Finance, None, None),
            ],
            ..Team::default()
        };
        assert_eq!(team.faults(), []);
        team.members[1].from = change;
        assert_eq!(team.faults(), [TeamFault::TwoLeads(1)]);
        team.members.truncate(0);
        assert_eq!(team.faults(), []);
        team.members.push(member("d", TeamRole::Law, None, None));
        assert_eq!(team.faults(), [TeamFault::NoLead]);
    }

    #[test]
    fn dates_fit_together() {
        let check = |team: (&str, &str), own: (&str, &str), expect: &[TeamFault]| {
            let mut lead = member("a", TeamRole::Lead, day(own.0), day(own.1));
            let team =
                Team { from: day(team.0), to: day(team.1), members: vec![lead.clone()], ..Team::default() };
            assert_eq!(team.faults(), expect);
            lead.name = " ".to_owned();
            let nameless = Team { members: vec![lead], ..team };
            assert!(nameless.faults().contains(&TeamFault::NameMissing(0)));
        };
        check(("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-12-31"), &[]);
        check(
            ("2026-01-01", "2025-12-31"),
            ("2026-01-01", "2025-12-31"),
            &[TeamFault::EndsBeforeStart, TeamFault::LeavesBeforeComing(0)],
        );
        check(("2026-01-01", "2026-12-31"), ("2025-12-31", "2026-12-31"), &[TeamFault::OutsideTeam(0)]);
        check(("2026-01-01", "2026-12-31"), ("2026-01-01", "2027-01-01"), &[TeamFault::OutsideTeam(0)]);
        let lead = member("a", TeamRole::Lead, day("2026-02-01"), day("2026-03-01"));
        assert!(
            lead.works_on("2026-02-01".parse().unwrap()) && !lead.works_on("2026-03-02".parse().unwrap())
        );
    }
}
