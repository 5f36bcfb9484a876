//! An election: what may be bought, for how much, and what each voter marked.

use crate::amount;
use crate::pabulib::Interner;

/// How voters mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoteType {
    /// Any number of projects, without order.
    Approval,
    /// One project.
    ChooseOne,
    /// Projects in order, the best first.
    Ordinal,
    /// Points from a common purse.
    Cumulative,
    /// Points for each project by itself.
    Scoring,
}

impl VoteType {
    /// As the format writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Ordinal => "ordinal",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
        }
    }

    /// Reads [`VoteType::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Approval, Self::ChooseOne, Self::Ordinal, Self::Cumulative, Self::Scoring]
            .into_iter()
            .find(|vote_type| vote_type.code() == code)
    }

    /// Ballots carry points.
    #[must_use]
    pub const fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

/// A project on the ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Name in the file, unique.
    pub id: String,
    /// Cost in units of ten to the power of minus [`Election::decimals`], zero or more.
    pub cost: i64,
    /// Every field as it is written, in the order of [`Election::project_columns`].
    pub fields: Vec<String>,
}

/// Marks of all voters, one after another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballots {
    /// Where the marks of each voter end.
    pub(crate) ends: Vec<u32>,
    /// Projects by index, in the order of the ballot.
    pub(crate) marks: Vec<u32>,
    /// Points beside each mark; empty where the ballot has none.
    pub(crate) points: Vec<i32>,
}

impl Ballots {
    /// Number of ballots, empty ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No ballot at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Number of marks on all ballots.
    #[must_use]
    pub fn n_marks(&self) -> usize {
        self.marks.len()
    }

    fn range(&self, voter: usize) -> std::ops::Range<usize> {
        let begin = voter.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(voter).copied().unwrap_or(begin);
        begin as usize..end as usize
    }

    /// Projects that a voter marked, by index, in the order of the ballot.
    #[must_use]
    pub fn marks(&self, voter: usize) -> &[u32] {
        self.marks.get(self.range(voter)).unwrap_or_default()
    }

    /// Points of a voter beside the marks; empty where ballots have none.
    #[must_use]
    pub fn points(&self, voter: usize) -> &[i32] {
        self.points.get(self.range(voter)).unwrap_or_default()
    }
}

/// What else the file tells of the voters: the columns besides the ballot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Number of a value for each voter and other column, voter by voter.
    pub(crate) cells: Vec<u32>,
    pub(crate) values: Interner,
}

/// An election, as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// Keys and values of META, in order.
    pub meta: Vec<(String, String)>,
    /// How voters mark.
    pub vote_type: VoteType,
    /// Money for all projects, in units of ten to the power of minus [`Election::decimals`], above zero.
    pub budget: i64,
    /// Decimals that costs and budget need.
    pub decimals: u8,
    /// Header of PROJECTS.
    pub project_columns: Vec<String>,
    /// Projects in the order of the file.
    pub projects: Vec<Project>,
    /// Header of VOTES.
    pub vote_columns: Vec<String>,
    /// What voters marked, in the order of the file.
    pub ballots: Ballots,
    pub(crate) voters: Interner,
    pub(crate) rest: Option<Rest>,
}

impl Election {
    /// A value of META.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Index of a project.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.projects.iter().position(|project| project.id == id)
    }

    /// Name of a project by index.
    #[must_use]
    pub fn id(&self, project: usize) -> &str {
        self.projects.get(project).map_or("", |project| project.id.as_str())
    }

    /// A field of a project, where the column exists and the field is not empty.
    #[must_use]
    pub fn field(&self, project: usize, column: &str) -> Option<&str> {
        let at = self.project_columns.iter().position(|name| name == column)?;
        let field = self.projects.get(project)?.fields.get(at)?;
        (!field.is_empty() && !field.eq_ignore_ascii_case("none")).then_some(field.as_str())
    }

    /// Name of a voter in the file.
    #[must_use]
    pub fn voter_id(&self, voter: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.voters.get(voter))
    }

    /// What the file tells of a voter in a column besides the ballot; nothing where only ballots were kept.
    #[must_use]
    pub fn voter_field(&self, voter: usize, column: &str) -> Option<&str> {
        let (rest, others) = (self.rest.as_ref()?, self.other_columns());
        let at = others.iter().position(|name| *name == column)?;
        let value = rest.cells.get(voter * others.len() + at)?;
        std::str::from_utf8(rest.values.get(*value as usize)).ok()
    }

    /// Columns of VOTES besides the ballot itself.
    #[must_use]
    pub fn other_columns(&self) -> Vec<&str> {
        let own = |name: &&str| !matches!(*name, "voter_id" | "vote" | "points");
        self.vote_columns.iter().map(String::as_str).filter(own).collect()
    }

    /// An amount as an exact decimal.
    #[must_use]
    pub fn amount(&self, units: i64) -> String {
        amount::decimal(i128::from(units), self.decimals)
    }

    /// One unit of the currency in units of the costs.
    #[must_use]
    pub fn currency_unit(&self) -> i64 {
        amount::power_of_ten(self.decimals)
    }

    /// What a list of projects costs, in units of the costs.
    #[must_use]
    pub fn cost(&self, projects: &[usize]) -> i128 {
        projects.iter().filter_map(|&at| self.projects.get(at)).map(|project| i128::from(project.cost)).sum()
    }
}

impl Election {
    /// The part of the election that some projects make, with a budget of its own and the voters who marked any of
    /// them.
    #[must_use]
    pub fn part(&self, inside: &[usize], budget: i64) -> Self {
        let mut place = vec![None; self.projects.len()];
        for (at, &project) in inside.iter().enumerate() {
            if let Some(place) = place.get_mut(project) {
                *place = u32::try_from(at).ok();
            }
        }
        let (mut ballots, mut voters) = (Ballots::default(), Interner::default());
        for voter in 0..self.ballots.len() {
            let begin = ballots.marks.len();
            for (at, &mark) in self.ballots.marks(voter).iter().enumerate() {
                let Some(mark) = place.get(mark as usize).copied().flatten() else { continue };
                ballots.marks.push(mark);
                ballots.points.extend(self.ballots.points(voter).get(at));
            }
            if ballots.marks.len() > begin {
                ballots.ends.push(u32::try_from(ballots.marks.len()).unwrap_or(u32::MAX));
                voters.insert(self.voters.get(voter));
            }
        }
        let own =
            |(key, _): &&(String, String)| !matches!(key.as_str(), "num_projects" | "num_votes" | "budget");
        Self {
            meta: self.meta.iter().filter(own).cloned().collect(),
            vote_type: self.vote_type,
            budget,
            decimals: self.decimals,
            project_columns: self.project_columns.clone(),
            projects: inside.iter().filter_map(|&project| self.projects.get(project)).cloned().collect(),
            vote_columns: ["voter_id", "vote", "points"]
                .into_iter()
                .filter(|name| *name != "points" || self.vote_type.has_points())
                .map(str::to_owned)
                .collect(),
            ballots,
            voters,
            rest: None,
        }
    }
}
