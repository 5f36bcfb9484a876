//! What the register says about a project as a record whose versions can be compared and brought together.
//!
//! Lines of money, milestones, results and beneficiaries have no identifiers of their own; a name is made for each from
//! what makes it one and the same: year, source and programme of money, the title of the others.

use crate::revision::FieldChange;
use crate::{MoneyLine, Project};
use akimat_core::{Money, Text};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The kind of the section of a dossier in which the versions are kept.
pub const KIND: &str = "register";

/// Fields that the platform keeps for itself: they change with every version and say nothing about the project.
const OWN: [&str; 4] = ["version", "updated_at", "news_at", "created_at"];

/// A project as such a record.
pub fn record(project: &Project) -> Value {
    let mut record = serde_json::to_value(project).unwrap_or_default();
    if let Value::Object(fields) = &mut record {
        for own in OWN {
            fields.remove(own);
        }
        name(fields, "money", project.money.iter().map(money_name));
        name(fields, "milestones", project.milestones.iter().map(|one| title_name(&one.title)));
        name(fields, "results", project.results.iter().map(|one| title_name(&one.title)));
        name(fields, "beneficiaries", project.beneficiaries.iter().map(|one| title_name(&one.group)));
        let scores: Map<String, Value> =
            project.scores.iter().map(|(code, score)| (code.clone(), (*score).into())).collect();
        fields.insert("scores".to_owned(), scores.into());
    }
    record
}

/// A project out of a record; what the platform keeps for itself is taken from the one given.
///
/// # Errors
/// When the record is not one of a project.
pub fn project(record: &Value, own: &Project) -> Result<Project, serde_json::Error> {
    let mut record = record.clone();
    let stored = serde_json::to_value(own)?;
    if let Value::Object(fields) = &mut record {
        for name in OWN {
            fields.insert(name.to_owned(), stored[name].clone());
        }
        let scores: Vec<Value> = match fields.get("scores") {
            Some(Value::Object(scores)) => scores
                .iter()
                .map(|(code, score)| Value::from(vec![code.clone().into(), score.clone()]))
                .collect(),
            _ => Vec::new(),
        };
        fields.insert("scores".to_owned(), scores.into());
    }
    serde_json::from_value(record)
}

/// A change of the planned money of a project: what was planned before and after, over all years and sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostChange {
    /// Before.
    pub before: Option<Money>,
    /// After.
    pub after: Option<Money>,
}

/// What is planned now over all years and sources, as a record says it.
pub fn cost(record: &Value) -> Option<Money> {
    let lines: Vec<MoneyLine> = part(record, "money")?;
    let known: Vec<Money> = lines.iter().filter_map(MoneyLine::current).collect();
    if known.is_empty() { None } else { Money::checked_sum(known) }
}

/// How the planned money differs between two records; `None` when it does not.
pub fn cost_change(before: &Value, after: &Value) -> Option<CostChange> {
    let (before, after) = (cost(before), cost(after));
    (before != after).then_some(CostChange { before, after })
}

/// The first part of a path, by which changes are filtered: `money` of `money[2027-own].planned`.
pub fn field(change: &FieldChange) -> &str {
    let end = change.path.find(['.', '[']).unwrap_or(change.path.len());
    &change.path[..end]
}

fn part<T: DeserializeOwned>(record: &Value, name: &str) -> Option<Vec<T>> {
    serde_json::from_value(record.get(name)?.clone()).ok()
}

/// Gives every element a name, with a number when two have the same.
fn name(fields: &mut Map<String, Value>, list: &str, names: impl Iterator<Item = String>) {
    let Some(Value::Array(items)) = fields.get_mut(list) else { return };
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (item, name) in items.iter_mut().zip(names) {
        let n = seen.entry(name.clone()).and_modify(|n| *n += 1).or_insert(1);
        let name = if *n == 1 { name } else { format!("{name} ({n})") };
        if let Value::Object(fields) = item {
            fields.insert("id".to_owned(), name.into());
        }
    }
}

fn money_name(line: &MoneyLine) -> String {
    if line.programme.is_empty() {
        format!("{} {}", line.year, line.source.code())
    } else {
        format!("{} {} {}", line.year, line.source.code(), line.programme)
    }
}

fn title_name(title: &Text) -> String {
    let words = [&title.ru, &title.kk, &title.en];
    words
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or_else(String::new, |text| text.replace(['[', ']'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::revision::{diff, merge};
    use crate::{Kind, Level, Modality, MoneySource, Sector, Status};
    use akimat_core::{KatoCode, ProjectId};
    use jiff::Timestamp;

    fn one() -> Project {
        let tenge = |sum| Money::from_tenge(sum);
        Project {
            id: ProjectId(uuid::Uuid::from_u128(7)),
            number: "A-1".to_owned(),
            place: KatoCode::from_number(990_100_000).unwrap(),
            title: Text::same("Мост"),
            summary: Text::default(),
            sector: Sector::Transport,
            kind: Kind::Infrastructure,
            modality: Modality::Budget,
            level: Level::Local,
            status: Status::Planned,
            stage: String::new(),
            progress_pct: 0,
            contractor: String::new(),
            starts_on: None,
            ends_on: None,
            location: None,
            scores: vec![("need".to_owned(), 80)],
            exclusive_group: String::new(),
            manager: None,
            invented: false,
            version: 3,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            news_at: Timestamp::UNIX_EPOCH,
            money: vec![
                MoneyLine { planned: tenge(10), ..MoneyLine::new(2026, MoneySource::Own) },
                MoneyLine { planned: tenge(5), ..MoneyLine::new(2026, MoneySource::Own) },
            ],
            milestones: Vec::new(),
            results: Vec::new(),
            beneficiaries: Vec::new(),
            partners: Vec::new(),
            international: false,
        }
    }

    #[test]
    fn a_record_gives_the_project_back() {
        assert_eq!(project(&record(&one()), &one()).unwrap(), one());
        let later = Project { version: 4, ..one() };
        assert!(diff(&record(&one()), &record(&later)).is_empty(), "a version alone is no change");
    }

    #[test]
    fn two_people_change_two_fields() {
        let base = record(&one());
        let mut theirs = one();
        theirs.contractor = "ТОО".to_owned();
        theirs.money[0].amended = Money::from_tenge(12);
        let mut yours = one();
        yours.progress_pct = 5;
        yours.money[1].paid = Money::from_tenge(1);
        let merged = project(&merge(&base, &record(&theirs), &record(&yours)).unwrap(), &one()).unwrap();
        assert_eq!((merged.contractor.as_str(), merged.progress_pct), ("ТОО", 5));
        assert_eq!(
            (merged.money[0].amended, merged.money[1].paid),
            (Money::from_tenge(12), Money::from_tenge(1))
        );
        let change = cost_change(&base, &record(&theirs)).unwrap();
        assert_eq!((change.before, change.after), (Money::from_tenge(15), Money::from_tenge(17)));
        let paths: Vec<String> = diff(&base, &record(&theirs)).into_iter().map(|c| c.path).collect();
        assert_eq!(paths, ["contractor", "money[2026 own].amended"]);
        assert_eq!(field(&diff(&base, &record(&theirs))[1]), "money");
    }
}
