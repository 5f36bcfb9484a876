//! Projects and criteria of a document.

use super::read::{
    self, Object, direction, field, list, names, number, numbered, numbers, unreadable, words,
};
use crate::mavt::Interval;
use crate::table::{shares, shares_of_percent};
use crate::{Criterion, Direction, Fault, Table};
use serde_json::Value;

/// What a document says, before a method looks at it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) ids: Vec<String>,
    /// The document named its projects.
    pub(super) named: bool,
    /// The document gave an object by name, so the answer does too.
    pub(super) by_name: bool,
    pub(super) codes: Vec<String>,
    pub(super) rows: Vec<Vec<Interval>>,
    pub(super) directions: Vec<Direction>,
    /// The document said something about directions.
    pub(super) directed: bool,
    /// As given; `None` when the document gives none.
    pub(super) weights: Option<Vec<f64>>,
    /// They are percentages.
    pub(super) percent: bool,
    pub(super) units: Option<Vec<String>>,
    /// The values were called scores: more is better already.
    pub(super) scores: bool,
    /// Objects of the criteria, where the document describes them one by one.
    pub(super) described: Vec<Object>,
}

const MATRIX: [&str; 9] = [
    "matrix",
    "decision_matrix",
    "performance",
    "performances",
    "performance_table",
    "evaluations",
    "data",
    "table",
    "x",
];
const SCORES: [&str; 4] = ["scores", "ratings", "values", "partial_values"];

impl Source {
    pub(super) fn read(input: &Object) -> Result<Self, Fault> {
        let matrix = field(input, &MATRIX);
        let scores = matrix.is_none();
        let alternatives = field(input, &["alternatives", "projects", "ids", "options", "names", "actions"]);
        let in_alternatives = alternatives.clone().filter(|(_, value)| {
            value.is_object() || value.as_array().is_some_and(|list| list.iter().all(Value::is_object))
        });
        let (name, value) = matrix
            .or_else(|| field(input, &SCORES))
            .or(in_alternatives)
            .ok_or_else(|| Fault::missing("matrix"))?;
        let described = described(input);
        let mut codes = codes(input)?;
        let by_name = value.is_object();
        let rows: Vec<(Option<String>, &Value)> = match value {
            Value::Array(list) => list.iter().map(|row| (None, row)).collect(),
            Value::Object(map) => map.iter().map(|(name, row)| (Some(name.clone()), row)).collect(),
            other => return Err(unreadable(&name, other)),
        };
        if rows.len() > crate::ROWS_MAX {
            let (n, limit) = (rows.len(), crate::ROWS_MAX);
            return Err(Fault::TooMany { field: "alternatives".to_owned(), n, limit });
        }
        let listed = match &alternatives {
            Some((name, value)) if value.is_array() => Some(names(name, value)?),
            _ => None,
        };
        let own_name = |row: &Value| {
            let object = row.as_object()?;
            field(object, &["id", "name", "code", "alternative"])?.1.as_str().map(str::to_owned)
        };
        let named = by_name || listed.is_some() || rows.iter().all(|(_, row)| own_name(row).is_some());
        let ids: Vec<String> = match listed.filter(|_| !by_name) {
            Some(listed) if listed.len() != rows.len() => {
                return Err(Fault::Length { field: name, n: rows.len(), expected: listed.len() });
            }
            Some(listed) => listed,
            None => {
                let number = numbered('A', rows.len());
                let name = |((given, row), number): (&(Option<String>, &Value), String)| {
                    given.clone().or_else(|| own_name(row)).unwrap_or(number)
                };
                rows.iter().zip(number).map(name).collect()
            }
        };
        if codes.is_empty() {
            codes = codes_of_rows(&rows);
        }
        let mut unit_of = vec![None; codes.len()];
        let mut read = Vec::with_capacity(rows.len());
        for (id, (_, row)) in ids.iter().zip(&rows) {
            read.push(read_row(id, row, &codes, &mut unit_of)?);
        }
        let mut source = Self {
            ids,
            named,
            by_name,
            rows: read,
            directions: vec![Direction::Benefit; codes.len()],
            directed: false,
            weights: None,
            percent: false,
            units: unit_of.into_iter().collect(),
            scores,
            described,
            codes,
        };
        source.read_criteria(input)?;
        source.read_ranges(input)?;
        Ok(source)
    }

    /// Directions, weights and units: in lists of their own, or in the description of each criterion.
    fn read_criteria(&mut self, input: &Object) -> Result<(), Fault> {
        let names = [
            "types",
            "directions",
            "direction",
            "objectives",
            "senses",
            "sense",
            "impacts",
            "goals",
            "min_max",
        ];
        let given = match field(input, &names) {
            Some((name, value)) => Some((name.clone(), words(&name, value, &self.codes)?)),
            None => self.each(&["type", "direction", "objective", "sense", "goal", "impact"]).map(|list| {
                (
                    "type".to_owned(),
                    list.iter()
                        .map(|value| value.as_str().map_or(read::shown(value), str::to_owned))
                        .collect(),
                )
            }),
        };
        if let Some((name, given)) = given {
            let found =
                |word: &String| direction(word).ok_or_else(|| unreadable(&name, &Value::from(word.as_str())));
            self.directions = given.iter().map(found).collect::<Result<_, _>>()?;
            self.directed = true;
        }
        let weights = field(input, &["weights", "weight", "w", "swing_weights", "importance"]);
        let percent = field(input, &["weights_pct", "weights_percent", "weight_pct"]);
        self.percent = weights.is_none() && percent.is_some();
        self.weights = match weights.or(percent) {
            Some((name, value)) => Some(numbers(&name, value, &self.codes)?),
            None => self
                .each(&["weight", "w", "swing"])
                .map(|list| list.iter().map(|value| number(value).unwrap_or(f64::NAN)).collect()),
        };
        if let Some((name, value)) = field(input, &["units", "unit"]) {
            self.units = Some(words(&name, value, &self.codes)?);
        } else if let Some(list) = self.each(&["unit", "units"]) {
            self.units =
                Some(list.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect());
        }
        Ok(())
    }

    /// Tables of low and high values beside the points.
    fn read_ranges(&mut self, input: &Object) -> Result<(), Fault> {
        for (names, high) in
            [(["low", "lower", "matrix_low"], false), (["high", "upper", "matrix_high"], true)]
        {
            let Some((name, value)) = field(input, &names) else { continue };
            let rows = list(&name, value, &self.ids)?;
            for ((id, row), given) in self.ids.iter().zip(&mut self.rows).zip(rows) {
                let numbers = numbers(&format!("{name} {id}"), given, &self.codes)?;
                for (cell, number) in row.iter_mut().zip(numbers) {
                    *(if high { &mut cell.high } else { &mut cell.low }) = number;
                }
            }
        }
        Ok(())
    }

    /// The same field of every described criterion; `None` when not all have it.
    pub(super) fn each(&self, names: &[&str]) -> Option<Vec<&Value>> {
        if self.described.is_empty() {
            return None;
        }
        self.described.iter().map(|object| field(object, names).map(|(name, _)| &object[&name])).collect()
    }

    /// Shares of the weights; equal ones when the document gives none.
    pub(super) fn shares(&self) -> Result<Vec<f64>, Fault> {
        let names: Vec<&str> = self.codes.iter().map(String::as_str).collect();
        match &self.weights {
            Some(weights) if self.percent => shares_of_percent(weights, &names),
            Some(weights) => shares(weights, &names),
            None => Ok(vec![1.0 / self.codes.len() as f64; self.codes.len()]),
        }
    }

    /// The criteria with their shares.
    pub(super) fn criteria(&self) -> Result<Vec<Criterion>, Fault> {
        let shares = self.shares()?;
        let of = |((code, direction), weight): ((&String, &Direction), f64)| Criterion {
            code: code.clone(),
            direction: *direction,
            weight,
        };
        Ok(self.codes.iter().zip(&self.directions).zip(shares).map(of).collect())
    }

    /// The checked table of best estimates.
    pub(super) fn table(&self) -> Result<Table, Fault> {
        let rows = self.ids.iter().zip(&self.rows);
        let rows = rows.map(|(id, row)| (id.clone(), row.iter().map(|cell| cell.point).collect()));
        Table::new(self.criteria()?, rows.collect())
    }

    /// Whether any value has a range.
    #[expect(clippy::float_cmp, reason = "a value without a range is its own low and high")]
    pub(super) fn has_ranges(&self) -> bool {
        self.rows.iter().flatten().any(|cell| cell.low != cell.high)
    }

    /// Values that are added as they are must be in one unit.
    pub(super) fn refuse_mixed_units(&self) -> Result<(), Fault> {
        let Some(units) = &self.units else { return Ok(()) };
        match units.iter().position(|unit| *unit != units[0]) {
            Some(at) => Err(Fault::Units {
                criterion: self.codes[at].clone(),
                found: units[at].clone(),
                expected: units[0].clone(),
            }),
            None => Ok(()),
        }
    }
}

fn described(input: &Object) -> Vec<Object> {
    match field(input, &["criteria"]) {
        Some((_, Value::Array(list))) => list.iter().filter_map(|entry| entry.as_object().cloned()).collect(),
        Some((_, Value::Object(map))) => {
            map.values().filter_map(|entry| entry.as_object().cloned()).collect()
        }
        _ => Vec::new(),
    }
}

fn codes(input: &Object) -> Result<Vec<String>, Fault> {
    match field(input, &["criteria", "criteria_names", "attributes", "indicators"]) {
        Some((_, Value::Object(map))) => Ok(map.keys().cloned().collect()),
        Some((name, value)) => names(&name, value),
        None => match field(input, &["weights", "weights_pct"]) {
            Some((_, Value::Object(map))) => Ok(map.keys().cloned().collect()),
            _ => Ok(Vec::new()),
        },
    }
}

fn codes_of_rows(rows: &[(Option<String>, &Value)]) -> Vec<String> {
    match rows.first().map(|(_, row)| *row) {
        Some(Value::Array(cells)) => numbered('C', cells.len()),
        Some(Value::Object(map)) => {
            let inner = field(map, &["values", "scores"]).and_then(|(_, value)| value.as_object());
            let own = ["id", "name", "code", "alternative", "cost"];
            inner
                .unwrap_or(map)
                .keys()
                .filter(|key| inner.is_some() || !own.contains(&key.as_str()))
                .cloned()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn read_row(
    id: &str,
    row: &Value,
    codes: &[String],
    units: &mut [Option<String>],
) -> Result<Vec<Interval>, Fault> {
    let cells: Vec<&Value> = match row {
        Value::Array(_) => list(id, row, codes)?,
        Value::Object(map) => {
            let inner = field(map, &["values", "scores"]).map(|(name, _)| &map[&name]);
            match inner {
                Some(inner) => list(id, inner, codes)?,
                None => codes
                    .iter()
                    .map(|code| map.get(code).ok_or_else(|| Fault::missing(&format!("{code} of {id}"))))
                    .collect::<Result<_, _>>()?,
            }
        }
        other if codes.len() == 1 => vec![other],
        other => return Err(unreadable(id, other)),
    };
    cells.iter().zip(codes).zip(units).map(|((cell, code), unit)| read_cell((id, code), cell, unit)).collect()
}

/// A number, `[low, point, high]`, an object with these names, or a number with its unit: `"12 km"`.
fn read_cell((id, code): (&str, &str), cell: &Value, unit: &mut Option<String>) -> Result<Interval, Fault> {
    let nan = || Fault::NotFinite { row: id.to_owned(), criterion: code.to_owned() };
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite()).ok_or_else(nan);
    match cell {
        Value::Null => Err(Fault::missing(&format!("{code} of {id}"))),
        Value::Array(ends) if ends.len() == 3 || ends.len() == 2 => {
            let ends = ends.iter().map(|end| finite(number(end))).collect::<Result<Vec<f64>, Fault>>()?;
            let (low, high) = (ends[0], ends[ends.len() - 1]);
            let point = if ends.len() == 3 { ends[1] } else { f64::midpoint(low, high) };
            Ok(Interval { low, point, high })
        }
        Value::Object(object) => {
            let end = |names: &[&str]| field(object, names).and_then(|(_, value)| number(value));
            let point = end(&["point", "value", "mode", "mean"]);
            let (low, high) = (end(&["low", "min", "lower"]), end(&["high", "max", "upper"]));
            let middle = low.zip(high).map(|(low, high)| f64::midpoint(low, high));
            let point = finite(point.or(middle))?;
            Ok(Interval { low: finite(low.or(Some(point)))?, point, high: finite(high.or(Some(point)))? })
        }
        Value::String(text) if number(cell).is_none() => {
            let split = text.find(|c: char| c.is_alphabetic() || "%₸$€²³".contains(c)).ok_or_else(nan)?;
            let value = finite(number(&Value::from(&text[..split])))?;
            let found = text[split..].trim();
            match unit {
                Some(expected) if expected != found => Err(Fault::Units {
                    criterion: format!("{code} of {id}"),
                    found: found.to_owned(),
                    expected: expected.clone(),
                }),
                _ => {
                    *unit = Some(found.to_owned());
                    Ok(Interval::exact(value))
                }
            }
        }
        other => finite(number(other)).map(Interval::exact),
    }
}
