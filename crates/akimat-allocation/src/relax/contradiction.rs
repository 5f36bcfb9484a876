//! What a clash is about, in one fact.

use super::{Clash, Side};
use crate::extension::Kind;
use crate::model::Rule;
use crate::programme::Programme;
use serde::{Deserialize, Serialize};

/// The fact behind a clash; [`Contradiction::Other`] when it is not one of the simple ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "contradiction", rename_all = "snake_case")]
pub enum Contradiction {
    /// Projects that must start cost more than a cap allows, or are more than may start.
    DutiesAboveCap {
        /// Projects that must start.
        projects: Vec<usize>,
        /// The cap.
        cap: Rule,
        /// By how much at least, in the unit of the cap; `None`: not proven.
        by: Option<i64>,
    },
    /// Projects that must start exclude one another.
    DutiesExclude {
        /// Projects that must start.
        projects: Vec<usize>,
    },
    /// A project that must start waits for one that cannot start in time.
    DutyWaits {
        /// The pair.
        pair: usize,
    },
    /// A floor asks for more than all its projects that may start together.
    FloorAboveProjects {
        /// The floor.
        floor: Rule,
        /// By how much at least; `None`: not proven.
        by: Option<i64>,
    },
    /// Floors ask for more than caps can pay.
    FloorsAboveCaps {
        /// Floors.
        floors: Vec<Rule>,
        /// Caps.
        caps: Vec<Rule>,
        /// What the floor that lacks least would have to fall by; `None`: not proven.
        by: Option<i64>,
    },
    /// Several kinds of rules at once.
    Other,
}

impl Clash {
    /// What the clash is about.
    pub fn contradiction(&self, programme: &Programme) -> Contradiction {
        let mut duties = Vec::new();
        let (mut floors, mut caps) = (Vec::new(), Vec::new());
        let (mut lists, mut waits, mut other) = (0, Vec::new(), false);
        for rule in &self.rules {
            match rule {
                Rule::Once { project } if programme.projects()[*project].mandatory => duties.push(*project),
                Rule::Once { .. } => {}
                Rule::Exclusive { .. } => lists += 1,
                Rule::Precedence { pair, .. } => waits.push(*pair),
                rule => match rule.side() {
                    Some(Side::Floor) => floors.push(*rule),
                    Some(Side::Cap) => caps.push(*rule),
                    None => other = true,
                },
            }
        }
        waits.dedup();
        let by = |rules: &[Rule]| {
            let enough = self.enough.iter().filter(|one| rules.contains(&one.rule));
            enough.map(|one| one.by).min()
        };
        match (duties.len(), floors.len(), caps.len(), lists, waits.len()) {
            _ if other => Contradiction::Other,
            (1.., 0, 1, 0, 0) => {
                Contradiction::DutiesAboveCap { projects: duties, cap: caps[0], by: by(&caps) }
            }
            (1.., 0, 0, 1.., 0) => Contradiction::DutiesExclude { projects: duties },
            (1, 0, 0, 0, 1) => Contradiction::DutyWaits { pair: waits[0] },
            (0, 1, 0, ..) => Contradiction::FloorAboveProjects { floor: floors[0], by: by(&floors) },
            (0, 1.., 1.., ..) => Contradiction::FloorsAboveCaps { by: by(&floors), floors, caps },
            _ => Contradiction::Other,
        }
    }
}

/// Whether a rule counts projects, not money.
pub fn counts_projects(rule: Rule) -> bool {
    match rule {
        Rule::Starts { .. } => true,
        Rule::Extension { kind, .. } => Kind::from_number(kind) == Some(Kind::Capacity),
        _ => false,
    }
}
