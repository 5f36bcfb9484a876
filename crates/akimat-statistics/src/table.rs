//! A table of named columns. A column is of numbers, of categories, of ordered categories, or mixed; a mixed
//! one tells cell by cell what keeps it from being numbers.

use crate::cell::{self, CellFault, Comma, Fault, short};
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// At most this many faulty cells of a column are listed.
pub const FAULTS_MAX: usize = 200;
/// A column with more different categories than this is no classification.
pub const LEVELS_MAX: usize = 500;

/// What a column carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Every answer is a number.
    Numbers,
    /// Names without an order.
    Categories,
    /// Categories with a declared order, the lowest first.
    Ordered(Vec<String>),
    /// Numbers and words, or numbers that cannot be used.
    Mixed,
    /// No answer at all.
    Empty,
}

impl Kind {
    /// Its name in JSON and in the catalogue.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Categories => "categories",
            Self::Ordered(_) => "ordered",
            Self::Mixed => "mixed",
            Self::Empty => "empty",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    name: String,
    kind: Kind,
    texts: Vec<Option<String>>,
    numbers: Vec<Option<f64>>,
    faults: Vec<CellFault>,
    n_faults: usize,
}

/// A table; every column has the same number of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<u32>,
}

impl Table {
    /// Makes a table out of cells as they stand. `rows` are the numbers that a spreadsheet shows; a cell
    /// beyond the end of its column is missing.
    ///
    /// # Errors
    /// A name that is empty or stands twice; a table without columns.
    pub fn new(rows: Vec<u32>, columns: Vec<(String, Vec<String>)>) -> Result<Self, Refusal> {
        let mut seen = BTreeSet::new();
        for (name, _) in &columns {
            if name.trim().is_empty() || !seen.insert(name.clone()) {
                return Err(Refusal::NameTwice { column: short(name) });
            }
        }
        if columns.is_empty() {
            return Err(Refusal::TooFewColumns { have: 0, need: 1 });
        }
        let columns = columns.into_iter().map(|(name, cells)| Column::new(name, &cells, &rows)).collect();
        Ok(Self { columns, rows })
    }

    /// A table whose first row has the number 2, as below a header.
    ///
    /// # Errors
    /// As [`Table::new`].
    pub fn of(columns: &[(&str, &[&str])]) -> Result<Self, Refusal> {
        let n = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let rows = (2..).take(n).collect();
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        Self::new(rows, columns.iter().map(|(name, cells)| ((*name).to_owned(), own(cells))).collect())
    }

    /// Declares a column as ordered categories, the lowest first. Numbers may be declared too: codes of answers.
    ///
    /// # Errors
    /// An unknown column; an answer that is not among the levels.
    pub fn with_order(mut self, column: &str, levels: &[String]) -> Result<Self, Refusal> {
        let column = self.find_mut(column)?;
        for text in column.texts.iter().flatten() {
            if !levels.contains(text) {
                return Err(Refusal::UnknownLevel { column: column.name.clone(), value: short(text) });
            }
        }
        let place = |text: &String| levels.iter().position(|level| level == text).map(|at| (at + 1) as f64);
        column.numbers = column.texts.iter().map(|text| text.as_ref().and_then(place)).collect();
        column.kind = Kind::Ordered(levels.to_vec());
        Ok(self)
    }

    /// Declares a column as names without an order, whatever its cells look like.
    ///
    /// # Errors
    /// An unknown column.
    pub fn with_names(mut self, column: &str) -> Result<Self, Refusal> {
        self.find_mut(column)?.kind = Kind::Categories;
        Ok(self)
    }

    /// Only the rows in which a column has this value.
    ///
    /// # Errors
    /// An unknown column; a value that no row has.
    pub fn only(mut self, column: &str, value: &str) -> Result<Self, Refusal> {
        let chosen = self.find(column)?;
        let keeps: Vec<bool> = chosen.texts().map(|text| text == Some(value)).collect();
        if !keeps.contains(&true) {
            return Err(Refusal::NoRow { column: short(column), value: short(value) });
        }
        let kept = |at: usize| keeps.get(at).copied().unwrap_or(false);
        self.rows = self.rows.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, row)| *row).collect();
        let texts = |column: &Column| -> Vec<String> {
            let texts = column.texts().enumerate().filter(|(at, _)| kept(*at));
            texts.map(|(_, text)| text.unwrap_or_default().to_owned()).collect()
        };
        self.columns =
            self.columns.iter().map(|own| Column::new(own.name.clone(), &texts(own), &self.rows)).collect();
        Ok(self)
    }

    fn find_mut(&mut self, name: &str) -> Result<&mut Column, Refusal> {
        let unknown = || Refusal::UnknownColumn { column: short(name) };
        self.columns.iter_mut().find(|column| column.name == name).ok_or_else(unknown)
    }

    /// Finds a column by its name.
    ///
    /// # Errors
    /// An unknown column.
    pub fn find(&self, name: &str) -> Result<&Column, Refusal> {
        let unknown = || Refusal::UnknownColumn { column: short(name) };
        self.columns.iter().find(|column| column.name == name).ok_or_else(unknown)
    }

    /// Every column in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Numbers of the rows as a spreadsheet shows them.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// How many rows it has.
    pub const fn n_rows(&self) -> usize {
        self.rows.len()
    }
}

impl Column {
    fn new(name: String, cells: &[String], rows: &[u32]) -> Self {
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell::is_missing(cell));
        let texts: Vec<Option<String>> = (0..rows.len()).map(|at| cell(at).map(str::to_owned)).collect();
        let comma_is_decimal = texts.iter().flatten().any(|text| cell::comma(text) == Comma::Decimal);
        let read = |text: &String| match cell::number(text) {
            Ok(_) if !comma_is_decimal && cell::comma(text) == Comma::Ambiguous => Err(Fault::AmbiguousComma),
            other => other,
        };
        let (mut faults, mut n_faults, mut n_numbers, mut only_text) = (Vec::new(), 0, 0, true);
        let mut numbers = Vec::with_capacity(rows.len());
        for (row, text) in rows.iter().zip(&texts) {
            let Some(text) = text else {
                numbers.push(None);
                continue;
            };
            let value = read(text);
            numbers.push(value.ok());
            match value {
                Ok(_) => n_numbers += 1,
                Err(fault) => {
                    only_text &= fault == Fault::Text;
                    n_faults += 1;
                    if faults.len() < FAULTS_MAX {
                        faults.push(CellFault { row: *row, column: short(&name), value: short(text), fault });
                    }
                }
            }
        }
        let kind = match (n_numbers, n_faults) {
            (0, 0) => Kind::Empty,
            (_, 0) => Kind::Numbers,
            (0, _) if only_text => Kind::Categories,
            _ => Kind::Mixed,
        };
        Self { name, kind, texts, numbers, faults, n_faults }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it carries.
    pub const fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The answers as they stand; nothing where one is missing.
    pub fn texts(&self) -> impl Iterator<Item = Option<&str>> {
        self.texts.iter().map(|text| text.as_deref())
    }

    /// Cells that are no numbers, at most [`FAULTS_MAX`]; those of a column of categories are none.
    pub fn faults(&self) -> &[CellFault] {
        if self.kind == Kind::Mixed { &self.faults } else { &[] }
    }

    /// The numbers.
    ///
    /// # Errors
    /// The faulty cells of a mixed column, or that the column has no numbers.
    pub fn numbers(&self) -> Result<&[Option<f64>], Refusal> {
        match self.kind {
            Kind::Numbers => Ok(&self.numbers),
            Kind::Mixed => Err(Refusal::Cells {
                column: self.name.clone(),
                n: self.n_faults,
                cells: self.faults.clone(),
            }),
            Kind::Empty => Err(Refusal::NoAnswers { column: self.name.clone() }),
            Kind::Categories | Kind::Ordered(_) => Err(Refusal::NotNumbers { column: self.name.clone() }),
        }
    }

    /// Numbers, or places of ordered categories: all that ranks need.
    ///
    /// # Errors
    /// As [`Column::numbers`]; that categories have no order.
    pub fn places(&self) -> Result<&[Option<f64>], Refusal> {
        match self.kind {
            Kind::Ordered(_) => Ok(&self.numbers),
            Kind::Categories => Err(Refusal::Nominal { column: self.name.clone() }),
            _ => self.numbers(),
        }
    }

    /// The different answers in order: declared, by number, or by letters (code points).
    ///
    /// # Errors
    /// No answers, or more than [`LEVELS_MAX`] different ones.
    pub fn levels(&self) -> Result<Vec<&str>, Refusal> {
        if let Kind::Ordered(levels) = &self.kind {
            return Ok(levels.iter().map(String::as_str).collect());
        }
        let different: BTreeSet<&str> = self.texts.iter().flatten().map(String::as_str).collect();
        match different.len() {
            0 => return Err(Refusal::NoAnswers { column: self.name.clone() }),
            n if n > LEVELS_MAX => return Err(Refusal::TooManyLevels { column: self.name.clone(), have: n }),
            _ => {}
        }
        let mut levels: Vec<&str> = different.into_iter().collect();
        if self.kind == Kind::Numbers
            || self.numbers.iter().zip(&self.texts).all(|(n, t)| n.is_some() == t.is_some())
        {
            levels.sort_by(|a, b| {
                let value = |text: &str| cell::number(text).unwrap_or(f64::MAX);
                value(a).total_cmp(&value(b))
            });
        }
        Ok(levels)
    }

    /// For each row the place of its answer among `levels`.
    pub(crate) fn codes(&self, levels: &[&str]) -> Vec<Option<usize>> {
        let place = |text: &str| levels.iter().position(|level| *level == text);
        self.texts().map(|text| text.and_then(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        Table::of(&[("x", cells)]).unwrap().columns[0].clone()
    }

    #[test]
    fn kinds_follow_from_the_cells() {
        assert_eq!(*column(&["1", "2,5", "", "NA"]).kind(), Kind::Numbers);
        assert_eq!(*column(&["да", "нет", "-"]).kind(), Kind::Categories);
        assert_eq!(*column(&["", "—"]).kind(), Kind::Empty);
        assert_eq!(*column(&["1", "много"]).kind(), Kind::Mixed);
        assert_eq!(*column(&["NaN", "NaN"]).kind(), Kind::Mixed);
    }

    #[test]
    fn a_mixed_column_names_its_cells() {
        let Err(Refusal::Cells { n, cells, .. }) =
            column(&["1", "two", "", "inf"]).numbers().map(<[_]>::to_vec)
        else {
            panic!("it is mixed")
        };
        let told: Vec<_> = cells.iter().map(|cell| (cell.row, cell.value.as_str(), cell.fault)).collect();
        assert_eq!((n, told), (2, vec![(3, "two", Fault::Text), (5, "inf", Fault::Infinite)]));
    }

    #[test]
    fn a_comma_is_a_decimal_sign_only_when_the_column_shows_it() {
        assert_eq!(*column(&["1,234", "5,678"]).kind(), Kind::Mixed);
        assert_eq!(column(&["1,234", "5,6"]).numbers().unwrap(), [Some(1.234), Some(5.6)]);
    }

    #[test]
    fn only_the_rows_asked_for_stay_with_their_numbers() {
        let table = Table::of(&[("q", &["1", "2", "1"]), ("x", &["5", "much", ""])]).unwrap();
        let only = table.clone().only("q", "1").unwrap();
        assert_eq!((only.rows(), only.columns[1].numbers().unwrap()), (&[2, 4][..], &[Some(5.0), None][..]));
        assert!(matches!(table.only("q", "3"), Err(Refusal::NoRow { .. })));
    }

    #[test]
    fn a_table_is_written_as_it_was_analysed_and_as_it_stands() {
        let table = Table::of(&[("a,b", &["1 234,5", "NA"]), ("t", &["=low", "high"])]).unwrap();
        assert_eq!(table.to_csv(), "\"a,b\",t\n1234.5,'=low\n,high\n");
        assert_eq!(table.to_text(), "\"a,b\",t\n\"1 234,5\",=low\n,high\n");
        let ordered = table.with_order("t", &["=low".to_owned(), "high".to_owned()]).unwrap();
        assert_eq!(ordered.to_csv(), "\"a,b\",t\n1234.5,1\n,2\n");
    }

    #[test]
    fn levels_are_in_their_order() {
        assert_eq!(column(&["10", "9", "10"]).levels().unwrap(), ["9", "10"]);
        assert_eq!(column(&["b", "a", "b"]).levels().unwrap(), ["a", "b"]);
        let table = Table::of(&[("x", &["low", "high"])]).unwrap();
        let levels = ["low".to_owned(), "high".to_owned()];
        let ordered = table.clone().with_order("x", &levels).unwrap();
        assert_eq!(ordered.columns[0].places().unwrap(), [Some(1.0), Some(2.0)]);
        assert!(matches!(table.columns[0].places(), Err(Refusal::Nominal { .. })));
        assert!(table.with_order("x", &levels[..1]).is_err());
    }
}
