//! Values of a programme's file, each with its place.

use akimat_allocation::programme::Where;
use akimat_allocation::{Id, ProgrammeFault};
use serde_json::Value;

/// A value with its place.
pub(super) struct Field {
    row: Option<usize>,
    id: Option<Id>,
    name: String,
    pub(super) value: Option<Value>,
}

impl Field {
    /// A field of the programme.
    pub(super) fn top(name: &str, value: Option<Value>) -> Self {
        Self { row: None, id: None, name: name.to_owned(), value }
    }

    /// A field of a project.
    pub(super) fn of_project(row: usize, id: Option<&Id>, name: &str, value: Option<Value>) -> Self {
        Self { row: Some(row), id: id.cloned(), name: name.to_owned(), value }
    }

    /// An element of a list that is a field of the programme.
    pub(super) fn at(&self, row: usize, value: Value) -> Self {
        Self { row: None, id: None, name: format!("{}.{row}", base(&self.name)), value: Some(value) }
    }

    pub(super) fn place(&self) -> Where {
        match self.row {
            Some(row) => Where::Project { row, id: self.id.clone(), field: self.name.clone() },
            None => match self.name.rsplit_once('.').and_then(|(name, at)| Some((name, at.parse().ok()?))) {
                Some((name, at)) => Where::Field { field: name.to_owned(), at: Some(at) },
                None => Where::Field { field: self.name.clone(), at: None },
            },
        }
    }
}

/// The name without the place in its list.
fn base(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((base, at)) if at.parse::<usize>().is_ok() => base,
        _ => name,
    }
}

/// Faults found so far.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) list: Vec<ProgrammeFault>,
}

impl Faults {
    pub(super) fn missing(&mut self, field: &Field) {
        self.list.push(ProgrammeFault::Missing { at: field.place() });
    }

    pub(super) fn not_a(&mut self, field: &Field, wanted: &str) {
        match &field.value {
            None | Some(Value::Null) => self.missing(field),
            Some(value) => {
                let value: String = value.to_string().chars().take(40).collect();
                self.list.push(ProgrammeFault::NotA { at: field.place(), value, wanted: wanted.to_owned() });
            }
        }
    }

    pub(super) fn number(&mut self, field: &Field) -> Option<i64> {
        let number = field.value.as_ref().and_then(whole);
        if number.is_none() {
            self.not_a(field, "whole_number");
        }
        number
    }

    /// A count of years from 1.
    pub(super) fn year(&mut self, field: &Field) -> Option<u16> {
        let number = self.number(field)?;
        let year = u16::try_from(number).ok();
        if year.is_none() {
            self.not_a(field, "year");
        }
        year
    }

    /// Years between two starts.
    pub(super) fn lag(&mut self, field: &Field) -> Option<u16> {
        self.year(field)
    }

    pub(super) fn flag(&mut self, field: &Field) -> Option<bool> {
        let flag = field.value.as_ref().and_then(Value::as_bool);
        if flag.is_none() {
            self.not_a(field, "yes_or_no");
        }
        flag
    }

    pub(super) fn numbers(&mut self, field: &Field) -> Option<Vec<i64>> {
        let Some(list) = field.value.as_ref().and_then(Value::as_array) else {
            self.not_a(field, "list");
            return None;
        };
        let numbers: Vec<i64> = list.iter().map_while(whole).collect();
        if numbers.len() < list.len() {
            let wrong = Field { value: Some(list[numbers.len()].clone()), ..Field::top(&field.name, None) };
            let wrong = Field { row: field.row, id: field.id.clone(), ..wrong };
            self.not_a(&wrong, "whole_number");
            return None;
        }
        Some(numbers)
    }

    pub(super) fn texts(&mut self, field: &Field) -> Option<Vec<String>> {
        let texts: Option<Vec<String>> = field
            .value
            .as_ref()
            .and_then(Value::as_array)
            .and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        if texts.is_none() {
            self.not_a(field, "list");
        }
        texts
    }

    /// A list that may be absent.
    pub(super) fn list_or_none(&mut self, field: &Field) -> Option<Vec<Value>> {
        match &field.value {
            None | Some(Value::Null) => None,
            Some(Value::Array(list)) => Some(list.clone()),
            Some(_) => {
                self.not_a(field, "list");
                None
            }
        }
    }
}

/// A whole number, also when it is written as 5.0.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        (number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64)
    })
}
