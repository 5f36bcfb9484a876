//! The programme as rows and columns of a mixed-integer model.
//!
//! A column of the common rules is "this project starts in this year". Rows carry the [`Rule`] they come
//! from, so that everything said about a row can be said in the words of the asker.

use crate::programme::{Plan, Programme};
use serde::{Deserialize, Serialize};

/// Where a row comes from. Years, sources and the like are indices; years count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// A project starts once at most; a mandatory one exactly once.
    Once {
        /// Project.
        project: usize,
    },
    /// Payments of a source in a year stay within its budget.
    Budget {
        /// Source.
        source: usize,
        /// Year, from 1.
        year: u16,
    },
    /// Payments promised for the years after the last stay within a limit.
    Tail {
        /// Source.
        source: usize,
    },
    /// At least so much is invested in a sector.
    Sector {
        /// Sector.
        sector: usize,
    },
    /// At least so much is invested in a district.
    District {
        /// District.
        district: usize,
    },
    /// Only so many projects start in a year.
    Starts {
        /// Year, from 1.
        year: u16,
    },
    /// At most one project of a list.
    Exclusive {
        /// List.
        group: usize,
    },
    /// One project waits for another: the row of one year.
    Precedence {
        /// Pair.
        pair: usize,
        /// Year, from 1.
        year: u16,
    },
    /// A rule beyond the common ones.
    Extension {
        /// Which kind: a number that the extension gives itself.
        kind: u8,
        /// Its place among the rows of that kind.
        index: u32,
    },
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Variable {
    /// A project starts in a year.
    Start {
        /// Project.
        project: usize,
        /// Year, from 1.
        year: u16,
    },
    /// A help column of an extension; the plan does not name it.
    Auxiliary {
        /// Which kind of extension.
        kind: u8,
        /// Its place among the columns of that kind.
        index: u32,
    },
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it stands for.
    pub variable: Variable,
    /// What one unit of it adds to the objective, in units of 1e-4 points.
    pub worth: i64,
    /// Least value.
    pub lower: i64,
    /// Largest value; `None`: no limit.
    pub upper: Option<i64>,
    /// Only whole values.
    pub integer: bool,
}

/// One row: `lower <= sum of coefficient * column <= upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it comes from.
    pub rule: Rule,
    /// Least activity; `None`: no limit.
    pub lower: Option<i64>,
    /// Largest activity; `None`: no limit.
    pub upper: Option<i64>,
    /// Column and coefficient, by column, none zero.
    pub terms: Vec<(usize, i64)>,
}

/// A mixed-integer model: maximise the worth of the columns within the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Columns; those of [`Variable::Start`] come first, by project and year.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// First column of each project; one more entry closes the list.
    first: Vec<usize>,
}

/// A smaller model around settled columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restricted {
    /// What is left.
    pub model: Model,
    /// The column of the larger model that each column stands for.
    pub map: Vec<usize>,
    /// Worth of the columns settled as chosen.
    pub worth: i64,
}

impl Model {
    /// The model of a programme, extensions included.
    pub fn of(programme: &Programme) -> Self {
        let mut columns = Vec::new();
        let mut first = Vec::with_capacity(programme.projects.len() + 1);
        for project in 0..programme.projects.len() {
            first.push(columns.len());
            for year in programme.window(project) {
                let worth = programme.worth(project, year);
                let variable = Variable::Start { project, year };
                columns.push(Column { variable, worth, lower: 0, upper: Some(1), integer: true });
            }
        }
        first.push(columns.len());
        let mut model = Self { columns, rows: Vec::new(), first };
        model.once(programme);
        model.money(programme);
        model.floors(programme);
        model.starts(programme);
        model.exclusive(programme);
        model.precedence(programme);
        programme.extensions.apply(programme, &mut model);
        model
    }

    /// The columns of a project, by year of start.
    pub fn columns_of(&self, project: usize) -> std::ops::Range<usize> {
        self.first[project]..self.first[project + 1]
    }

    /// How many columns stand for starts; the others are of extensions.
    pub fn starts_len(&self) -> usize {
        self.first[self.first.len() - 1]
    }

    /// Whether every column is a start.
    pub fn is_plain(&self) -> bool {
        self.starts_len() == self.columns.len()
    }

    /// The project and the year of a column of a start.
    pub fn start_of(&self, column: usize) -> Option<(usize, u16)> {
        match self.columns.get(column)?.variable {
            Variable::Start { project, year } => Some((project, year)),
            Variable::Auxiliary { .. } => None,
        }
    }

    /// The column of a project that starts in a year.
    pub fn column(&self, project: usize, year: u16) -> Option<usize> {
        self.columns_of(project).find(|column| self.start_of(*column) == Some((project, year)))
    }

    /// The place of the row of a rule.
    pub fn row(&self, rule: Rule) -> Option<usize> {
        self.rows.iter().position(|row| row.rule == rule)
    }

    /// The plan that a list of chosen start columns means.
    pub fn plan(&self, values: &[bool]) -> Plan {
        let mut plan = Plan::empty(self.first.len() - 1);
        for (column, chosen) in values.iter().enumerate().take(self.starts_len()) {
            if *chosen && let Some((project, year)) = self.start_of(column) {
                plan.starts[project] = Some(year);
            }
        }
        plan
    }

    /// Adds a column after all others; extensions and elastic models use it.
    pub fn add_column(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }

    /// Adds a row without the terms that are zero; a row without terms that always holds is left out.
    pub(crate) fn add_row(
        &mut self,
        rule: Rule,
        bounds: (Option<i64>, Option<i64>),
        terms: Vec<(usize, i64)>,
    ) {
        let (lower, upper) = bounds;
        let mut terms: Vec<(usize, i64)> = terms.into_iter().filter(|(_, by)| *by != 0).collect();
        terms.sort_unstable();
        let holds = lower.is_none_or(|lower| lower <= 0) && upper.is_none_or(|upper| upper >= 0);
        if !terms.is_empty() || !holds {
            self.rows.push(Row { rule, lower, upper, terms });
        }
    }

    fn once(&mut self, programme: &Programme) {
        for (project, data) in programme.projects.iter().enumerate() {
            let terms = self.columns_of(project).map(|column| (column, 1)).collect();
            let lower = data.mandatory.then_some(1);
            self.add_row(Rule::Once { project }, (lower, Some(1)), terms);
        }
    }

    fn money(&mut self, programme: &Programme) {
        for (source, caps) in programme.sources.iter().enumerate() {
            for year in 1..=programme.years {
                let terms =
                    self.start_terms(|project, start| programme.payment(project, start, source, year));
                let cap = caps.budget[usize::from(year) - 1];
                self.add_row(Rule::Budget { source, year }, (None, Some(cap)), terms);
            }
            if let Some(cap) = caps.tail {
                let terms = self.start_terms(|project, start| programme.tail_payment(project, start, source));
                self.add_row(Rule::Tail { source }, (None, Some(cap)), terms);
            }
        }
    }

    fn floors(&mut self, programme: &Programme) {
        let total = |inside: bool, project: usize| if inside { programme.projects[project].total } else { 0 };
        for (sector, part) in programme.sectors.iter().enumerate().filter(|(_, part)| part.floor > 0) {
            let terms = self
                .start_terms(|project, _| total(programme.projects[project].sector == Some(sector), project));
            self.add_row(Rule::Sector { sector }, (Some(part.floor), None), terms);
        }
        for (district, part) in programme.districts.iter().enumerate().filter(|(_, part)| part.floor > 0) {
            let terms = self.start_terms(|project, _| {
                total(programme.projects[project].district == Some(district), project)
            });
            self.add_row(Rule::District { district }, (Some(part.floor), None), terms);
        }
    }

    fn starts(&mut self, programme: &Programme) {
        for (year, cap) in (1..).zip(programme.starts_cap.iter().flatten()) {
            let terms = self.start_terms(|_, start| i64::from(start == year));
            self.add_row(Rule::Starts { year }, (None, Some(*cap)), terms);
        }
    }

    fn exclusive(&mut self, programme: &Programme) {
        for (group, members) in programme.exclusive.iter().enumerate() {
            let columns = members.iter().flat_map(|project| self.columns_of(*project));
            let terms = columns.map(|column| (column, 1)).collect();
            self.add_row(Rule::Exclusive { group }, (None, Some(1)), terms);
        }
    }

    fn precedence(&mut self, programme: &Programme) {
        for (index, pair) in programme.precedence.iter().enumerate() {
            for year in 1..=programme.years {
                let mut terms = Vec::new();
                for column in self.columns_of(pair.after) {
                    if self.start_of(column).is_some_and(|(_, start)| start <= year) {
                        terms.push((column, 1));
                    }
                }
                if terms.is_empty() {
                    continue;
                }
                for column in self.columns_of(pair.before) {
                    if self.start_of(column).is_some_and(|(_, start)| start + pair.lag <= year) {
                        terms.push((column, -1));
                    }
                }
                self.add_row(Rule::Precedence { pair: index, year }, (None, Some(0)), terms);
            }
        }
    }

    /// The model left when some columns are settled: their worth is returned beside it, with the column of this
    /// model that each column of the smaller one stands for. `None` when a row can no longer hold.
    pub fn restricted(&self, settled: &[Option<bool>]) -> Option<Restricted> {
        let mut map = Vec::new();
        let mut place = vec![usize::MAX; self.columns.len()];
        let mut columns = Vec::new();
        let mut worth = 0;
        for (index, column) in self.columns.iter().enumerate() {
            match settled.get(index).copied().flatten() {
                Some(true) => worth += column.worth,
                Some(false) => {}
                None => {
                    place[index] = map.len();
                    map.push(index);
                    columns.push(column.clone());
                }
            }
        }
        let mut rows = Vec::new();
        for row in &self.rows {
            let (mut lower, mut upper) = (row.lower, row.upper);
            let mut terms = Vec::new();
            for (column, by) in &row.terms {
                match settled.get(*column).copied().flatten() {
                    Some(true) => {
                        lower = lower.map(|lower| lower - by);
                        upper = upper.map(|upper| upper - by);
                    }
                    Some(false) => {}
                    None => terms.push((place[*column], *by)),
                }
            }
            if terms.is_empty() {
                let holds = lower.is_none_or(|lower| lower <= 0) && upper.is_none_or(|upper| upper >= 0);
                if !holds {
                    return None;
                }
                continue;
            }
            let row = Row { rule: row.rule, lower, upper, terms };
            if !always_holds(&row, &columns) {
                rows.push(row);
            }
        }
        let first = self.first.iter().map(|first| map.partition_point(|column| column < first)).collect();
        Some(Restricted { model: Self { columns, rows, first }, map, worth })
    }

    /// Terms over all start columns.
    pub(crate) fn start_terms(&self, coefficient: impl Fn(usize, u16) -> i64) -> Vec<(usize, i64)> {
        let columns = (0..self.starts_len()).filter_map(|column| {
            let (project, year) = self.start_of(column)?;
            Some((column, coefficient(project, year)))
        });
        columns.collect()
    }
}

/// Whether a row holds whatever its columns are.
fn always_holds(row: &Row, columns: &[Column]) -> bool {
    let ends = |(column, by): &(usize, i64)| {
        let column = &columns[*column];
        column.upper.map(|upper| (by * column.lower, by * upper))
    };
    let most: Option<i64> = row.terms.iter().map(|term| ends(term).map(|(a, b)| a.max(b))).sum();
    let least: Option<i64> = row.terms.iter().map(|term| ends(term).map(|(a, b)| a.min(b))).sum();
    row.upper.is_none_or(|upper| most.is_some_and(|most| most <= upper))
        && row.lower.is_none_or(|lower| least.is_some_and(|least| least >= lower))
}
