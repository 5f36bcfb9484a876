//! A grid of cells as a table: names, figures, totals, shades and the way from each cell to its reports.

use super::asked::{Axis, Lines, Shown, View};
use super::gather::{Beside, Grid, Sums};
use akimat_budget::classification::functional_group_name;
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_interop::table_export::{self, Cell as FileCell};
use akimat_storage::columns::Member;
use akimat_web_kit::kit::chart::scale::Steps;
use std::collections::BTreeMap;

/// Rows on a page at most.
const ROWS_MAX: usize = 200;
/// Columns on a page at most.
pub const COLUMNS_MAX: usize = 24;
/// Cells on a page at most: a page weighs 60 KB at most with all it loads.
const CELLS_MAX: usize = 1_200;

/// The table as it is printed.
#[derive(Debug, Default)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Totals of the columns; empty where they may not be added.
    pub totals: Vec<String>,
    /// The last column holds totals of the rows.
    pub has_row_totals: bool,
    /// Rows that are not shown.
    pub rows_left: usize,
    /// Columns that are not shown.
    pub columns_left: usize,
    /// Unit of the cells.
    pub unit: String,
    /// A total did not fit into an amount, or its parts are not all known.
    pub shades: bool,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Its total; empty where columns may not be added.
    pub total: String,
}

/// A cell.
#[derive(Debug)]
pub struct Cell {
    /// The figure; empty where nothing is stated.
    pub text: String,
    /// Where it comes from.
    pub href: String,
    /// Shade from 1 (the least fifth) to 5; 0 for none.
    pub shade: u8,
}

/// A figure of a cell or a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Money.
    Money(Money),
    /// A share of one.
    Share(Ratio),
    /// Tiyn by resident.
    Head(Ratio),
}

impl Value {
    /// For pictures: tenge, or per cent.
    pub fn float(self) -> f64 {
        match self {
            Self::Money(money) => Ratio::new(money.tiyn().into(), 100).map_or(0.0, Ratio::to_f64),
            Self::Share(ratio) => ratio.to_f64() * 100.0,
            Self::Head(ratio) => ratio.to_f64() / 100.0,
        }
    }
}

/// Everything that makes figures out of sums.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// What was asked.
    pub view: &'a View,
    /// The cells.
    pub grid: &'a Grid,
    /// The rows in the order of the page.
    pub rows: Vec<Member>,
    /// Names of territories.
    pub names: &'a BTreeMap<KatoCode, String>,
    /// The language.
    pub locale: &'static Locale,
    /// What amounts are compared with.
    beside: &'a Beside,
    column_totals: BTreeMap<Member, Sums>,
    unit: MoneyUnit,
}

impl<'a> Sheet<'a> {
    /// Prepares totals and order.
    pub fn new(
        view: &'a View,
        (grid, beside): (&'a Grid, &'a Beside),
        names: &'a BTreeMap<KatoCode, String>,
        locale: &'static Locale,
    ) -> Self {
        let mut column_totals = BTreeMap::new();
        if view.adds_up(view.rows) {
            for column in &grid.columns {
                if let Some(total) = grid.total(grid.rows.iter().map(|row| (row, column))) {
                    column_totals.insert(column.clone(), total);
                }
            }
        }
        let most =
            grid.cells.values().filter_map(|sums| sums.amounts.at(view.stage)).map(|m| m.abs().tiyn()).max();
        let unit = if most.unwrap_or(0) >= 100_000_000_000 {
            MoneyUnit::MillionTenge
        } else {
            MoneyUnit::ThousandTenge
        };
        let mut sheet =
            Self { view, grid, rows: grid.rows.clone(), names, locale, beside, column_totals, unit };
        if view.by_amount {
            let mut keyed: Vec<(Option<Money>, Member)> =
                sheet.rows.iter().map(|row| (sheet.size(row), row.clone())).collect();
            keyed.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            sheet.rows = keyed.into_iter().map(|(_, row)| row).collect();
        }
        sheet
    }

    /// By what rows are ordered: their total, or the last column where columns may not be added.
    fn size(&self, row: &Member) -> Option<Money> {
        let sums = if self.view.adds_up(self.view.columns) {
            self.row_sums(row)
        } else {
            self.grid.columns.last().and_then(|column| self.grid.cell(row, column)).copied()
        };
        sums.and_then(|sums| sums.amounts.at(self.view.stage))
    }

    fn row_sums(&self, row: &Member) -> Option<Sums> {
        self.grid.total(self.grid.columns.iter().map(|column| (row, column)))
    }

    fn all_sums(&self) -> Option<Sums> {
        self.grid.total(self.grid.cells.keys().map(|(row, column)| (row, column)))
    }

    /// The territory and year that the figures of a cell are of.
    fn at(&self, row: &Member, column: &Member) -> (Option<KatoCode>, i16) {
        let mut at = (self.view.place, *self.view.years.end());
        for (axis, member) in [(self.view.rows, row), (self.view.columns, column)] {
            match (axis, member) {
                (Axis::Place | Axis::Unit, Member::Place(place)) => at.0 = Some(*place),
                (Axis::Year, Member::Number(year)) => at.1 = *year,
                _ => {}
            }
        }
        at
    }

    fn value(&self, sums: &Sums, whole: Option<&Sums>, at: Option<(Option<KatoCode>, i16)>) -> Option<Value> {
        let stage = self.view.stage;
        match self.view.shown {
            Shown::Head => {
                let people = *self.beside.people.get(&at?)?;
                let tiyn = i128::from(sums.amounts.at(stage)?.tiyn());
                Ratio::new(tiyn, people.into()).map(Value::Head)
            }
            Shown::Real => {
                let real = self.beside.prices.as_ref()?.real(sums.amounts.at(stage)?, at?.1).ok()?;
                // Rounded to the tiyn, halves away from zero.
                real.to_decimal(0)?.parse().ok().map(Money::from_tiyn).map(Value::Money)
            }
            Shown::Amount => sums.amounts.at(stage).map(Value::Money),
            Shown::Execution => sums.execution().map(Value::Share),
            Shown::Share => Ratio::of(sums.amounts.at(stage)?, whole?.amounts.at(stage)?).map(Value::Share),
        }
    }

    /// The figure of a cell.
    pub fn cell(&self, row: &Member, column: &Member) -> Option<Value> {
        self.value(self.grid.cell(row, column)?, self.column_totals.get(column), Some(self.at(row, column)))
    }

    /// The figure of a row as a whole, where columns may be added.
    pub fn row_total(&self, row: &Member) -> Option<Value> {
        if !self.view.adds_up(self.view.columns) {
            return None;
        }
        let whole = if self.view.adds_up(self.view.rows) { self.all_sums() } else { None };
        self.value(&self.row_sums(row)?, whole.as_ref(), None)
    }

    fn column_total(&self, column: &Member) -> Option<Value> {
        let total = self.column_totals.get(column)?;
        // Prices depend on the year alone; residents of several territories are not added here.
        let one_year = self.view.columns == Axis::Year || self.view.is_one_year();
        let at = (self.view.shown == Shown::Real && one_year).then(|| self.at(&Member::None, column));
        self.value(total, Some(total), at)
    }

    fn grand_total(&self) -> Option<Value> {
        if !(self.view.adds_up(self.view.columns) && self.view.adds_up(self.view.rows)) {
            return None;
        }
        let all = self.all_sums()?;
        self.value(&all, Some(&all), None)
    }

    /// Unit of the cells in words.
    pub fn unit(&self) -> String {
        let key = match (self.view.shown, self.unit) {
            (Shown::Amount | Shown::Real, MoneyUnit::MillionTenge) => "unit-million-tenge",
            (Shown::Amount | Shown::Real, _) => "unit-thousand-tenge",
            (Shown::Head, _) => "pivot-unit-head",
            _ => "pivot-unit-percent",
        };
        self.locale.t(key).into_owned()
    }

    /// A figure for people.
    pub fn text(&self, value: Option<Value>) -> String {
        match value {
            None => String::new(),
            Some(Value::Money(money)) => self.locale.amount(money, self.unit, 1),
            Some(Value::Share(ratio)) => {
                ratio.percent(1).map_or_else(String::new, |p| self.locale.percent(&p))
            }
            Some(Value::Head(ratio)) => {
                per_head(ratio, 0).map_or_else(String::new, |p| self.locale.decimal(&p))
            }
        }
    }

    /// A figure for files: a plain decimal in the unit of the table.
    pub fn plain(&self, value: Option<Value>) -> Option<String> {
        match value? {
            Value::Money(money) => Some(money.to_decimal(self.unit, 1)),
            Value::Share(ratio) => ratio.percent(4),
            Value::Head(ratio) => per_head(ratio, 2),
        }
    }

    /// A figure for pictures, in the unit of the table.
    pub fn float(&self, value: Option<Value>) -> Option<f64> {
        let per_unit = Ratio::new(self.unit.tiyn().into(), 100).map_or(1.0, Ratio::to_f64);
        value.map(|value| match value {
            Value::Money(_) => value.float() / per_unit,
            Value::Share(_) | Value::Head(_) => value.float(),
        })
    }

    /// The name of a member.
    pub fn name(&self, axis: Axis, member: &Member) -> String {
        let locale = self.locale;
        match (axis, member) {
            (_, Member::Place(place)) => self.names.get(place).cloned().unwrap_or_else(|| place.to_string()),
            (Axis::Month, Member::Number(0)) => locale.t("pivot-month-plan").into_owned(),
            (Axis::Month, Member::Number(month)) => locale.t(&format!("month-{month}")).into_owned(),
            (Axis::Level, Member::Number(level)) => locale.t(&format!("pivot-level-{level}")).into_owned(),
            (_, Member::Number(number)) => number.to_string(),
            (_, Member::Item(item)) => locale.name("budget-item", item.code()).into_owned(),
            (_, Member::Section(section)) => locale.name("budget-section", section.code()).into_owned(),
            (_, Member::Code(code)) => functional_group_name(code)
                .map_or_else(|| code.clone(), |name| format!("{code} {}", name.text().get(locale.lang()))),
            (_, Member::None) => locale.t("pivot-member-own").into_owned(),
        }
    }

    /// The table for the page.
    pub fn table(&self) -> Table {
        let columns = &self.grid.columns[..self.grid.columns.len().min(COLUMNS_MAX)];
        let n_rows = (CELLS_MAX / columns.len().max(1)).min(ROWS_MAX).min(self.rows.len());
        let rows = &self.rows[..n_rows];
        let float = |row: &Member, column: &Member| self.cell(row, column).map(Value::float);
        let shown = rows.iter().flat_map(|row| columns.iter().filter_map(move |column| float(row, column)));
        let values: Vec<f64> = shown.collect();
        let steps = Steps::quintiles(values.iter().copied());
        let shades = steps.borders.len() == 4;
        let cell = |row: &Member, column: &Member| {
            let value = self.cell(row, column);
            let shade = match value {
                Some(value) if shades => steps.of(value.float()) + 1,
                _ => 0,
            };
            let href = if value.is_some() { self.source(row, column) } else { String::new() };
            Cell { text: self.text(value), href, shade }
        };
        let summed = !matches!(self.view.shown, Shown::Head | Shown::Real);
        let has_row_totals = summed && self.view.adds_up(self.view.columns) && self.grid.columns.len() > 1;
        let mut totals: Vec<String> = Vec::new();
        if self.view.shown != Shown::Head && self.view.adds_up(self.view.rows) && self.rows.len() > 1 {
            totals = columns.iter().map(|column| self.text(self.column_total(column))).collect();
            if has_row_totals {
                totals.push(self.text(self.grand_total()));
            }
        }
        Table {
            columns: columns.iter().map(|column| self.name(self.view.columns, column)).collect(),
            rows: rows
                .iter()
                .map(|row| Row {
                    name: self.name(self.view.rows, row),
                    cells: columns.iter().map(|column| cell(row, column)).collect(),
                    total: if has_row_totals { self.text(self.row_total(row)) } else { String::new() },
                })
                .collect(),
            totals,
            has_row_totals,
            rows_left: self.rows.len() - n_rows,
            columns_left: self.grid.columns.len() - columns.len(),
            unit: self.unit(),
            shades,
        }
    }

    /// Where a cell comes from: the report itself where one unit and year stand behind it, otherwise the
    /// units behind it one by one.
    fn source(&self, row: &Member, column: &Member) -> String {
        let mut narrow = View { shown: Shown::Amount, by_amount: false, ..self.view.clone() };
        let mut unit = None;
        let mut month = None;
        for (axis, member) in [(self.view.rows, row), (self.view.columns, column)] {
            match (axis, member) {
                (Axis::Unit, Member::Place(place)) => {
                    unit = Some(*place);
                    narrow.place = Some(*place);
                }
                (Axis::Place, Member::Place(place)) => narrow.place = Some(*place),
                (Axis::Year, Member::Number(year)) => narrow.years = *year..=*year,
                (Axis::Month, Member::Number(number)) => month = Some(*number),
                (Axis::Level, Member::Number(level)) => narrow.level = u8::try_from(*level).unwrap_or(3),
                (Axis::Line, Member::Item(item)) => narrow.lines = Lines::One(*item),
                (Axis::Line, Member::Code(group)) => narrow.lines = Lines::Function(group.clone()),
                _ => {}
            }
        }
        if let (Some(unit), true) = (unit, narrow.years.start() == narrow.years.end()) {
            let month = month.map_or_else(|| "latest".to_owned(), |month| month.to_string());
            return format!("/analysis/facts/{unit}/{}/{month}", narrow.years.start());
        }
        narrow.rows = Axis::Unit;
        narrow.columns = if month.is_some() { Axis::Month } else { Axis::Year };
        if narrow.lines == Lines::Totals {
            narrow.columns = Axis::Line;
        }
        format!("/analysis/pivot?{}", narrow.query())
    }

    /// The whole grid as a file: exact tenge, or shares with four decimals.
    pub fn file(&self, title: &str) -> table_export::Table {
        let number = |value: Option<Value>| match value {
            None => FileCell::Empty,
            Some(Value::Money(money)) => FileCell::Number(money.to_decimal(MoneyUnit::Tenge, 2)),
            Some(Value::Share(ratio)) => ratio.percent(4).map_or(FileCell::Empty, FileCell::Number),
            Some(Value::Head(ratio)) => per_head(ratio, 2).map_or(FileCell::Empty, FileCell::Number),
        };
        let code = |member: &Member| match member {
            Member::Place(place) => place.to_string(),
            Member::Number(number) => number.to_string(),
            Member::Item(item) => item.code().to_owned(),
            Member::Section(section) => section.code().to_owned(),
            Member::Code(code) => code.clone(),
            Member::None => String::new(),
        };
        let locale = self.locale;
        let unit = match self.view.shown {
            Shown::Amount | Shown::Real => "unit-tenge",
            Shown::Head => "pivot-unit-head",
            Shown::Execution | Shown::Share => "pivot-unit-percent",
        };
        let mut headers = vec![
            locale.t("pivot-file-code").into_owned(),
            locale.name("pivot-axis", self.view.rows.code()).into_owned(),
        ];
        headers.extend(self.grid.columns.iter().map(|column| self.name(self.view.columns, column)));
        headers.push(locale.t("pivot-file-unit").into_owned());
        let row = |row: &Member| {
            let mut cells = vec![FileCell::Text(code(row)), FileCell::Text(self.name(self.view.rows, row))];
            cells.extend(self.grid.columns.iter().map(|column| number(self.cell(row, column))));
            cells.push(FileCell::Text(locale.t(unit).into_owned()));
            cells
        };
        table_export::Table { title: title.to_owned(), headers, rows: self.rows.iter().map(row).collect() }
    }
}

/// Tenge by resident as a plain decimal.
fn per_head(tiyn: Ratio, decimals: u32) -> Option<String> {
    Ratio::new(tiyn.numerator(), tiyn.denominator().checked_mul(100)?)?.to_decimal(decimals)
}
