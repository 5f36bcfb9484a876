//! Programmes of projects as JSON (`akimat-portfolio/1`, `docs/reference/allocate.md`).
//!
//! Each fault names the project by its place in the list and the field, so that a person finds it in a file of
//! thousands.

mod value;

use akimat_allocation::programme::{PROJECTS_MAX, Part, Precedence, Project, Source, Where};
use akimat_allocation::{Draft, Extensions, Id, Programme, ProgrammeFault};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use value::{Faults, Field};

/// Faults told at once at most.
const FAULTS_MAX: usize = 100;

/// Why bytes are not a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortfolioError {
    /// The text is not JSON, or not an object with the fields of the format.
    BrokenJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The programme has faults.
    Faults(Vec<ProgrammeFault>),
}

#[derive(Deserialize)]
struct File {
    format: Option<Value>,
    years: Option<Value>,
    discount_1e4: Option<Value>,
    sources: Option<Value>,
    budget: Option<Value>,
    tail_cap: Option<Value>,
    sectors: Option<Value>,
    sector_floor: Option<Value>,
    districts: Option<Value>,
    district_floor: Option<Value>,
    population_k: Option<Value>,
    starts_cap: Option<Value>,
    exclusive: Option<Value>,
    precedence: Option<Value>,
    extensions: Option<Value>,
    projects: Option<Bounded>,
}

/// The first elements of a list and how many there are in all: a list of a million costs no memory.
struct Bounded {
    first: Vec<Value>,
    count: usize,
}

impl<'de> Deserialize<'de> for Bounded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Bounded;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of projects")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Bounded, A::Error> {
                let mut bounded = Bounded { first: Vec::new(), count: 0 };
                while bounded.count < PROJECTS_MAX {
                    let Some(value) = list.next_element()? else { return Ok(bounded) };
                    bounded.first.push(value);
                    bounded.count += 1;
                }
                while list.next_element::<IgnoredAny>()?.is_some() {
                    bounded.count += 1;
                }
                Ok(bounded)
            }
        }
        deserializer.deserialize_seq(List)
    }
}

/// Reads and checks a programme.
///
/// # Errors
/// [`PortfolioError`] with every fault found, a hundred at most.
pub fn decode_portfolio(bytes: &[u8]) -> Result<Programme, PortfolioError> {
    let file: File = serde_json::from_slice(bytes)
        .map_err(|error| PortfolioError::BrokenJson { line: error.line(), column: error.column() })?;
    let mut faults = Faults::default();
    let draft = draft(file, &mut faults);
    let faults = faults.list;
    match draft {
        Some(draft) if faults.is_empty() => draft.check().map_err(PortfolioError::Faults),
        _ => Err(PortfolioError::Faults(faults.into_iter().take(FAULTS_MAX).collect())),
    }
}

fn draft(file: File, faults: &mut Faults) -> Option<Draft> {
    let field = |name: &str, value: Option<Value>| Field::top(name, value);
    if let Some(format) = &file.format
        && format.as_str() != Some("akimat-portfolio/1")
    {
        faults.not_a(&field("format", file.format.clone()), "akimat-portfolio/1");
    }
    let projects = file.projects.unwrap_or(Bounded { first: Vec::new(), count: 0 });
    if projects.count > PROJECTS_MAX {
        let (what, count, limit) = ("projects".to_owned(), projects.count, PROJECTS_MAX);
        faults.list.push(ProgrammeFault::TooMany { what, count, limit });
        return None;
    }
    let years = faults.year(&field("years", file.years))?;
    let discount = match file.discount_1e4 {
        Some(value) => faults.numbers(&field("discount_1e4", Some(value)))?,
        None => vec![10_000; usize::from(years)],
    };
    let sources = sources(&field("sources", file.sources), (file.budget, file.tail_cap), faults)?;
    let sectors = parts(("sectors", file.sectors), ("sector_floor", file.sector_floor), faults)?;
    let districts = parts(("districts", file.districts), ("district_floor", file.district_floor), faults)?;
    let districts = match file.population_k {
        Some(value) => populated(districts, &field("population_k", Some(value)), faults)?,
        None => districts,
    };
    let starts_cap = match file.starts_cap {
        Some(Value::Null) | None => None,
        Some(value) => Some(faults.numbers(&field("starts_cap", Some(value)))?),
    };
    let mut list = Vec::with_capacity(projects.first.len());
    for (row, value) in (1..).zip(projects.first) {
        list.extend(project(row, &value, (&sources, years), faults));
        if faults.list.len() >= FAULTS_MAX {
            return None;
        }
    }
    if !faults.list.is_empty() {
        return None;
    }
    let mut index: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, project) in list.iter().enumerate() {
        // Before the rules that name projects: two of one name would make those sound wrong.
        if let Some(first) = index.insert(&project.id, at) {
            let id = project.id.clone();
            faults.list.push(ProgrammeFault::Twice { id, first: first + 1, row: at + 1 });
        }
    }
    if !faults.list.is_empty() {
        return None;
    }
    let exclusive = groups(&field("exclusive", file.exclusive), &index, faults);
    let precedence = precedence(&field("precedence", file.precedence), &index, faults);
    let extensions = match file.extensions {
        Some(value) => serde_json::from_value::<Extensions>(value.clone())
            .map_err(|_| faults.not_a(&field("extensions", Some(value)), "object"))
            .ok()?,
        None => Extensions::default(),
    };
    Some(Draft {
        years,
        discount,
        sources,
        sectors,
        districts,
        starts_cap,
        projects: list,
        exclusive,
        precedence,
        extensions,
    })
}

fn sources(
    names: &Field,
    (budget, tail): (Option<Value>, Option<Value>),
    faults: &mut Faults,
) -> Option<Vec<Source>> {
    let names = faults.texts(names)?;
    let mut sources = Vec::with_capacity(names.len());
    for name in names {
        let budget = Field::top(&format!("budget.{name}"), member(budget.as_ref(), &name));
        let budget = faults.numbers(&budget)?;
        let tail = match member(tail.as_ref(), &name) {
            Some(Value::Null) | None => None,
            value => Some(faults.number(&Field::top(&format!("tail_cap.{name}"), value))?),
        };
        sources.push(Source { name, budget, tail });
    }
    Some(sources)
}

fn member(object: Option<&Value>, name: &str) -> Option<Value> {
    object.and_then(|object| object.get(name)).cloned()
}

/// Sectors or districts: a list of names, or how many there are.
fn parts(
    (name, names): (&str, Option<Value>),
    (floor_name, floors): (&str, Option<Value>),
    faults: &mut Faults,
) -> Option<Vec<Part>> {
    let names: Vec<String> = match names {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Number(count)) => {
            let count = faults.number(&Field::top(name, Some(Value::Number(count))))?;
            let count = usize::try_from(count).ok().filter(|count| *count <= PROJECTS_MAX);
            let Some(count) = count else {
                faults.list.push(ProgrammeFault::TooMany {
                    what: name.to_owned(),
                    count: usize::MAX,
                    limit: PROJECTS_MAX,
                });
                return None;
            };
            (1..=count).map(|number| number.to_string()).collect()
        }
        value => faults.texts(&Field::top(name, value))?,
    };
    let floors = match floors {
        None | Some(Value::Null) => vec![0; names.len()],
        value => faults.numbers(&Field::top(floor_name, value))?,
    };
    if floors.len() != names.len() {
        let at = Where::Field { field: floor_name.to_owned(), at: None };
        faults.list.push(ProgrammeFault::Length { at, count: floors.len(), wanted: names.len() });
        return None;
    }
    Some(names.into_iter().zip(floors).map(|(name, floor)| Part { name, floor, ..Part::default() }).collect())
}

fn populated(mut parts: Vec<Part>, field: &Field, faults: &mut Faults) -> Option<Vec<Part>> {
    let population = faults.numbers(field)?;
    for (part, population) in parts.iter_mut().zip(population) {
        part.population = Some(population);
    }
    Some(parts)
}

fn project(
    row: usize,
    value: &Value,
    (sources, years): (&[Source], u16),
    faults: &mut Faults,
) -> Option<Project> {
    let id: Option<Id> = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    let at = |name: &str| Field::of_project(row, id.as_ref(), name, value.get(name).cloned());
    if !value.is_object() {
        faults.not_a(&Field::of_project(row, None, "", Some(value.clone())), "object");
        return None;
    }
    let Some(id) = id.clone() else {
        faults.missing(&at("id"));
        return None;
    };
    let benefit = faults.number(&at("benefit"));
    let mut cost = Vec::with_capacity(sources.len());
    let given = value.get("cost").cloned();
    if !given.as_ref().is_some_and(Value::is_object) {
        faults.not_a(&at("cost"), "object");
        return None;
    }
    for name in given.as_ref().and_then(Value::as_object).into_iter().flat_map(|costs| costs.keys()) {
        if !sources.iter().any(|source| source.name == *name) {
            let at = Where::Project { row, id: Some(id.clone()), field: "cost".to_owned() };
            faults.list.push(ProgrammeFault::Unknown { at, value: name.chars().take(40).collect() });
        }
    }
    for source in sources {
        let field = Field::of_project(
            row,
            Some(&id),
            &format!("cost.{}", source.name),
            member(given.as_ref(), &source.name),
        );
        cost.push(if field.value.is_none() { Vec::new() } else { faults.numbers(&field)? });
    }
    let sum = || cost.iter().flatten().try_fold(0_i64, |sum, amount| sum.checked_add(*amount));
    let total = if value.get("total").is_some() { faults.number(&at("total")) } else { sum() };
    let index = |name: &str, faults: &mut Faults| match value.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(_) => {
            let number = faults.number(&at(name))?;
            Some(Some(usize::try_from(number).unwrap_or(usize::MAX)))
        }
    };
    let or = |name: &str, default: u16, faults: &mut Faults| {
        if value.get(name).is_some() { faults.year(&at(name)) } else { Some(default) }
    };
    let flag = |name: &str, faults: &mut Faults| {
        if value.get(name).is_some() { faults.flag(&at(name)) } else { Some(false) }
    };
    Some(Project {
        sector: index("sector", faults)?,
        district: index("district", faults)?,
        benefit: benefit?,
        total: total?,
        earliest: or("es", 1, faults)?,
        latest: or("ls", years, faults)?,
        cost,
        mandatory: flag("mandatory", faults)?,
        barred: flag("barred", faults)?,
        id,
    })
}

fn groups(field: &Field, index: &BTreeMap<&Id, usize>, faults: &mut Faults) -> Vec<Vec<usize>> {
    let Some(list) = faults.list_or_none(field) else { return Vec::new() };
    let mut groups = Vec::with_capacity(list.len());
    for (row, group) in (1..).zip(list) {
        let field = field.at(row, group);
        let Some(members) = faults.list_or_none(&field) else { continue };
        groups.push(members.iter().filter_map(|id| find(&field, id, index, faults)).collect());
    }
    groups
}

fn precedence(field: &Field, index: &BTreeMap<&Id, usize>, faults: &mut Faults) -> Vec<Precedence> {
    let Some(list) = faults.list_or_none(field) else { return Vec::new() };
    let mut pairs = Vec::with_capacity(list.len());
    for (row, pair) in (1..).zip(list) {
        let field = field.at(row, pair);
        let Some(pair) = faults.list_or_none(&field) else { continue };
        let [before, after, lag] = pair.as_slice() else {
            let at = field.place();
            faults.list.push(ProgrammeFault::Length { at, count: pair.len(), wanted: 3 });
            continue;
        };
        let before = find(&field, before, index, faults);
        let after = find(&field, after, index, faults);
        let lag = faults.lag(&field.at(row, lag.clone()));
        if let (Some(before), Some(after), Some(lag)) = (before, after, lag) {
            pairs.push(Precedence { before, after, lag });
        }
    }
    pairs
}

fn find(field: &Field, id: &Value, index: &BTreeMap<&Id, usize>, faults: &mut Faults) -> Option<usize> {
    let found = serde_json::from_value::<Id>(id.clone()).ok().and_then(|id| index.get(&id).copied());
    if found.is_none() {
        let value = id.to_string().chars().take(40).collect();
        faults.list.push(ProgrammeFault::Unknown { at: field.place(), value });
    }
    found
}
