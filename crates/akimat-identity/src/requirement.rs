//! What an act of a process needs of a person, and what a person lacks.

use crate::level::Level;
use akimat_core::{KatoCode, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An act that may ask who a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Vote on a project of the register.
    RateProject,
    /// Write a comment or a question.
    Comment,
    /// Confirm or dispute that works are finished.
    AcceptWorks,
    /// Vote in participatory budgeting.
    Ballot,
    /// Put a proposal forward.
    Propose,
    /// Sign a petition.
    SignPetition,
}

impl Action {
    /// Every act.
    pub const ALL: [Self; 6] = [
        Self::RateProject,
        Self::Comment,
        Self::AcceptWorks,
        Self::Ballot,
        Self::Propose,
        Self::SignPetition,
    ];

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RateProject => "rate_project",
            Self::Comment => "comment",
            Self::AcceptWorks => "accept_works",
            Self::Ballot => "ballot",
            Self::Propose => "propose",
            Self::SignPetition => "sign_petition",
        }
    }
}

/// How near a person must live to where the act is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Anywhere.
    #[default]
    Anywhere,
    /// In the same region.
    Region,
    /// In the same district.
    District,
    /// In the very territory or below it.
    Place,
}

impl Scope {
    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Region => "region",
            Self::District => "district",
            Self::Place => "place",
        }
    }

    /// Whether a person who lives at `home` is near enough to `place`.
    fn reaches(self, home: KatoCode, place: KatoCode) -> bool {
        let same = |divisor: u32| home.number() / divisor == place.number() / divisor;
        match self {
            Self::Anywhere => true,
            Self::Region => same(10_000_000),
            Self::District => same(100_000),
            Self::Place => place.covers(home),
        }
    }
}

/// What an act needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// At least this much must be known.
    pub level: Level,
    /// Years of age at least.
    pub min_age: Option<u8>,
    /// Where the person must live.
    pub scope: Scope,
}

/// What is known about a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How much.
    pub level: Level,
    /// Date of birth, when somebody saw it on a document.
    pub born_on: Option<Date>,
    /// Where the person lives, when somebody checked it.
    pub home: Option<KatoCode>,
}

/// Something that a person lacks for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Too little is known.
    Level {
        /// What the act needs.
        need: Level,
        /// What there is.
        have: Level,
    },
    /// Nobody has seen the date of birth.
    AgeUnknown {
        /// Years needed.
        need: u8,
    },
    /// Too young.
    Age {
        /// Years needed.
        need: u8,
    },
    /// Nobody has checked where the person lives.
    HomeUnknown {
        /// How near it must be.
        scope: Scope,
    },
    /// Lives elsewhere.
    Home {
        /// How near it must be.
        scope: Scope,
    },
}

impl Lack {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Level { .. } => "level",
            Self::AgeUnknown { .. } => "age-unknown",
            Self::Age { .. } => "age",
            Self::HomeUnknown { .. } => "home-unknown",
            Self::Home { .. } => "home",
        }
    }
}

/// Completed years of age; `None` when the date of birth lies after `today`.
pub fn age(born_on: Date, today: Date) -> Option<u16> {
    let passed = (today.month(), today.day()) >= (born_on.month(), born_on.day());
    u16::try_from(today.year() - born_on.year() - i16::from(!passed)).ok()
}

impl Requirement {
    /// What a person lacks for an act about `place`; nothing when the list is empty.
    pub fn lacks(&self, standing: &Standing, place: Option<KatoCode>, today: Date) -> Vec<Lack> {
        let mut lacks = Vec::new();
        if standing.level < self.level {
            lacks.push(Lack::Level { need: self.level, have: standing.level });
        }
        if let Some(need) = self.min_age {
            match standing.born_on.map(|born_on| age(born_on, today)) {
                None => lacks.push(Lack::AgeUnknown { need }),
                Some(Some(years)) if years >= u16::from(need) => {}
                Some(_) => lacks.push(Lack::Age { need }),
            }
        }
        if let (false, Some(place)) = (self.scope == Scope::Anywhere, place) {
            match standing.home {
                None => lacks.push(Lack::HomeUnknown { scope: self.scope }),
                Some(home) if self.scope.reaches(home, place) => {}
                Some(_) => lacks.push(Lack::Home { scope: self.scope }),
            }
        }
        lacks
    }

    /// Whether nobody need be asked anything.
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}

/// One line of the file of requirements.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    action: Action,
    /// KATO code; absent for the whole country.
    place: Option<u32>,
    level: u8,
    min_age: Option<u8>,
    #[serde(default)]
    scope: Scope,
    valid_from: Date,
    valid_to: Option<Date>,
    /// Law or decision that it rests on, in three languages.
    #[serde(deserialize_with = "crate::basis::read")]
    basis: Text,
    /// Somebody compared it with the text of the basis.
    verified: bool,
}

/// The requirements of every act, by territory and date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    rules: Vec<(Rule, Level, Option<KatoCode>)>,
    second_clerk_from: Option<Level>,
}

/// Why a file of requirements is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// Not the JSON that is described in docs/reference/identity.md.
    #[error("the file is not a list of requirements: {0}")]
    Json(#[from] serde_json::Error),
    /// A level other than 0 to 3, or a code that is no territory; the number counts from 1.
    #[error("requirement {0}: the level is not 0 to 3 or the place is not a KATO code")]
    Value(usize),
    /// The level from which a second clerk confirms is not 0 to 3.
    #[error("second_clerk_from is not 0 to 3")]
    Second,
    /// Ends before it begins; the number counts from 1.
    #[error("requirement {0}: it ends before it begins")]
    Dates(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// A verification of this level or above counts once a second clerk has confirmed it; absent: one is enough.
    second_clerk_from: Option<u8>,
    requirements: Vec<Rule>,
}

/// A requirement with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<'a> {
    /// What is needed.
    pub requirement: Requirement,
    /// Law or decision.
    pub basis: &'a Text,
    /// Somebody compared it with the text of the basis.
    pub verified: bool,
}

impl Rules {
    /// Reads a file of requirements.
    ///
    /// # Errors
    /// [`RulesError`] names the line.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let file: File = serde_json::from_str(text)?;
        let mut rules = Vec::with_capacity(file.requirements.len());
        for (at, rule) in file.requirements.into_iter().enumerate() {
            let level = Level::from_number(rule.level).ok_or(RulesError::Value(at + 1))?;
            let place = match rule.place {
                Some(code) => Some(KatoCode::from_number(code).ok_or(RulesError::Value(at + 1))?),
                None => None,
            };
            if rule.valid_to.is_some_and(|end| end <= rule.valid_from) {
                return Err(RulesError::Dates(at + 1));
            }
            rules.push((rule, level, place));
        }
        let second =
            file.second_clerk_from.map(|number| Level::from_number(number).ok_or(RulesError::Second));
        Ok(Self { rules, second_clerk_from: second.transpose()? })
    }

    /// Whether two clerks must agree on a verification of this level.
    pub fn needs_second(&self, level: Level) -> bool {
        self.second_clerk_from.is_some_and(|from| level >= from)
    }

    /// What an act about a territory needs on a day. The rule of the nearest territory above counts, of two
    /// of one territory the later; without any, everybody may.
    pub fn of(&self, action: Action, place: Option<KatoCode>, today: Date) -> Option<Stated<'_>> {
        let holds = |(rule, _, whose): &&(Rule, Level, Option<KatoCode>)| {
            let here = match (whose, place) {
                (None, _) => true,
                (Some(whose), Some(place)) => whose.covers(place),
                (Some(_), None) => false,
            };
            let now = rule.valid_from <= today && rule.valid_to.is_none_or(|end| today < end);
            rule.action == action && here && now
        };
        let nearness = |whose: Option<KatoCode>| whose.map_or(0, |code| 9 - trailing_zeros(code.number()));
        let found = self
            .rules
            .iter()
            .filter(holds)
            .max_by_key(|(rule, _, whose)| (nearness(*whose), rule.valid_from));
        found.map(|(rule, level, _)| Stated {
            requirement: Requirement { level: *level, min_age: rule.min_age, scope: rule.scope },
            basis: &rule.basis,
            verified: rule.verified,
        })
    }
}

fn trailing_zeros(number: u32) -> u32 {
    (1..=8).take_while(|n| number.is_multiple_of(10_u32.pow(*n))).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn kato(code: u32) -> KatoCode {
        KatoCode::from_number(code).unwrap()
    }

    #[test]
    fn birthdays_count() {
        assert_eq!(age(date(2008, 2, 29), date(2026, 2, 28)), Some(17));
        assert_eq!(age(date(2008, 2, 29), date(2026, 3, 1)), Some(18));
        assert_eq!(age(date(2027, 1, 1), date(2026, 3, 1)), None);
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let requirement = Requirement { level: Level::Identified, min_age: Some(18), scope: Scope::District };
        let place = Some(kato(990_130_000));
        let today = date(2026, 3, 1);
        let nobody = requirement.lacks(&Standing::default(), place, today);
        assert_eq!(nobody.len(), 3);
        let neighbour = Standing {
            level: Level::Identified,
            born_on: Some(date(2008, 3, 1)),
            home: Some(kato(990_155_100)),
        };
        assert_eq!(requirement.lacks(&neighbour, place, today), []);
        let away = Standing { home: Some(kato(990_200_000)), born_on: Some(date(2008, 3, 2)), ..neighbour };
        assert_eq!(
            requirement.lacks(&away, place, today),
            [Lack::Age { need: 18 }, Lack::Home { scope: Scope::District }]
        );
    }

    #[test]
    fn the_nearest_territory_and_the_latest_date_decide() {
        let rule = |place: &str, level: u8, from: &str| {
            format!(
                r#"{{"action":"comment","place":{place},"level":{level},"min_age":null,"scope":"anywhere",
                "valid_from":"{from}","valid_to":null,"basis":"","verified":false}}"#
            )
        };
        let all = [
            rule("null", 0, "2020-01-01"),
            rule("990000000", 1, "2020-01-01"),
            rule("990000000", 2, "2026-01-01"),
            rule("990130000", 3, "2020-01-01"),
        ];
        let rules = Rules::parse(&format!(r#"{{"requirements":[{}]}}"#, all.join(","))).unwrap();
        let level = |place, day| {
            rules.of(Action::Comment, place, day).map(|stated| stated.requirement.level.number())
        };
        let day = date(2026, 3, 1);
        assert_eq!(level(None, day), Some(0));
        assert_eq!(level(Some(kato(110_000_000)), day), Some(0));
        assert_eq!(level(Some(kato(990_200_000)), day), Some(2));
        assert_eq!(level(Some(kato(990_200_000)), date(2025, 1, 1)), Some(1));
        assert_eq!(level(Some(kato(990_130_100)), day), Some(3));
        assert_eq!(level(None, date(2019, 1, 1)), None);
    }

    #[test]
    fn wrong_files_are_refused() {
        let file = |line: &str| Rules::parse(&format!(r#"{{"requirements":[{line}]}}"#));
        let line = |level: u8, to: &str| {
            format!(
                r#"{{"action":"comment","level":{level},"min_age":null,"valid_from":"2026-01-01",
                "valid_to":{to},"basis":"","verified":false}}"#
            )
        };
        assert!(file(&line(2, "null")).is_ok());
        assert!(matches!(file(&line(4, "null")), Err(RulesError::Value(1))));
        assert!(matches!(file(&line(2, "\"2026-01-01\"")), Err(RulesError::Dates(1))));
        assert!(matches!(file("{}"), Err(RulesError::Json(_))));
    }
}
