//! What the address of a pivot asks for.

use akimat_budget::{Item, Stage};
use akimat_core::KatoCode;
use akimat_storage::columns::Dimension;
use akimat_storage::fact::{FactExtent, LineKey};
use akimat_web_kit::form::Form;
use std::ops::RangeInclusive;

/// What rows or columns stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Territories directly below the chosen one, each with everything below it.
    Place,
    /// Units one by one.
    Unit,
    /// Levels of the budget system.
    Level,
    /// Years.
    Year,
    /// Months, cumulative since January.
    Month,
    /// Lines of the budget.
    Line,
}

impl Axis {
    /// Every axis.
    pub const ALL: [Self; 6] = [Self::Place, Self::Unit, Self::Level, Self::Year, Self::Month, Self::Line];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Unit => "unit",
            Self::Level => "level",
            Self::Year => "year",
            Self::Month => "month",
            Self::Line => "line",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|axis| axis.code() == code)
    }
}

/// What stands in the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The amount.
    Amount,
    /// Executed as a share of the amended plan, or of the approved one where there is no other.
    Execution,
    /// Share of the column's total.
    Share,
    /// The amount by resident of the territory on 1 January of the year.
    Head,
    /// The amount in prices of the last year.
    Real,
}

impl Shown {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Amount, Self::Execution, Self::Share, Self::Head, Self::Real];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Execution => "execution",
            Self::Share => "share",
            Self::Head => "head",
            Self::Real => "real",
        }
    }
}

/// Which lines are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Revenue, expenditure and balance: they are not added to one another.
    Totals,
    /// The categories of revenue.
    Revenue,
    /// The functional groups of expenditure.
    Functions,
    /// One summary item.
    One(Item),
    /// One functional group, two digits.
    Function(String),
}

/// Summary items that can be asked for one by one.
pub const ITEMS: [Item; 12] = [
    Item::RevenueTotal,
    Item::Tax,
    Item::NonTax,
    Item::FixedCapital,
    Item::Special,
    Item::Transfers,
    Item::ExpenditureTotal,
    Item::NetLending,
    Item::FinancialAssets,
    Item::Balance,
    Item::Borrowing,
    Item::DebtRepayment,
];
const TOTALS: [Item; 3] = [Item::RevenueTotal, Item::ExpenditureTotal, Item::Balance];
const REVENUE: [Item; 5] = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special, Item::Transfers];

impl Lines {
    /// Reads `totals`, `revenue`, `functions`, the code of an item, or `g04`.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "totals" => Some(Self::Totals),
            "revenue" => Some(Self::Revenue),
            "functions" => Some(Self::Functions),
            _ => {
                let group = code
                    .strip_prefix('g')
                    .filter(|digits| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()));
                let item = || Item::parse(code).filter(|item| ITEMS.contains(item)).map(Self::One);
                group.map(|group| Self::Function(group.to_owned())).or_else(item)
            }
        }
    }

    /// The word that [`Lines::parse`] reads.
    pub fn code(&self) -> String {
        match self {
            Self::Totals => "totals".to_owned(),
            Self::Revenue => "revenue".to_owned(),
            Self::Functions => "functions".to_owned(),
            Self::One(item) => item.code().to_owned(),
            Self::Function(group) => format!("g{group}"),
        }
    }

    /// The items.
    pub fn items(&self) -> Vec<Item> {
        match self {
            Self::Totals => TOTALS.to_vec(),
            Self::Revenue => REVENUE.to_vec(),
            Self::Functions | Self::Function(_) => vec![Item::FunctionalGroup],
            Self::One(item) => vec![*item],
        }
    }

    /// Whether a line of the cube is meant.
    pub fn holds(&self, key: &LineKey) -> bool {
        match self {
            Self::Function(group) => key.item == Item::FunctionalGroup && key.code == *group,
            _ => self.items().contains(&key.item),
        }
    }

    /// The lines may be added: none contains another.
    pub const fn add_up(&self) -> bool {
        !matches!(self, Self::Totals)
    }

    /// One line only.
    pub const fn is_one(&self) -> bool {
        matches!(self, Self::One(_) | Self::Function(_))
    }
}

/// A pivot that can be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What rows stand for.
    pub rows: Axis,
    /// What columns stand for.
    pub columns: Axis,
    /// What stands in the cells.
    pub shown: Shown,
    /// State of the figures.
    pub stage: Stage,
    /// Below which territory; `None`: of the country.
    pub place: Option<KatoCode>,
    /// Level of the units.
    pub level: u8,
    /// Years.
    pub years: RangeInclusive<i16>,
    /// Lines.
    pub lines: Lines,
    /// Rows by amount, the largest first, in place of their own order.
    pub by_amount: bool,
}

/// Years of one view at most.
const YEARS_MAX: i16 = 30;

/// Why a view is not drawn: the field and the key of the sentence.
pub type Fault = (&'static str, &'static str);

impl View {
    /// Reads a view. What is not given has a sensible value; what is given and wrong is a fault.
    pub fn read(form: &Form, place: Option<KatoCode>, extent: &FactExtent) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut axis = |name: &'static str, usual: Axis| match form.get(name) {
            "" => usual,
            code => Axis::parse(code).unwrap_or_else(|| {
                faults.push((name, "pivot-fault-choice"));
                usual
            }),
        };
        let rows = axis("rows", if place.is_some() { Axis::Unit } else { Axis::Place });
        let columns = axis("columns", Axis::Year);
        let (first, last) = extent.years.unwrap_or((2021, 2026));
        let view = Self {
            rows,
            columns,
            shown: Shown::ALL
                .into_iter()
                .find(|shown| shown.code() == form.get("show"))
                .unwrap_or(Shown::Amount),
            stage: Stage::parse(form.get("stage")).unwrap_or(Stage::Executed),
            place,
            level: form.get("level").parse().ok().filter(|level| (1..=5).contains(level)).unwrap_or(3),
            years: years(form, (first.max(last.saturating_sub(9)), last), &mut faults),
            lines: Lines::parse(form.get("lines")).unwrap_or(Lines::One(Item::RevenueTotal)),
            by_amount: form.get("order") == "amount",
        };
        view.check(&mut faults);
        (view, faults)
    }

    /// What makes no sense together.
    fn check(&self, faults: &mut Vec<Fault>) {
        if self.rows == self.columns {
            faults.push(("columns", "pivot-fault-same"));
        }
        if self.has(Axis::Place) && self.has(Axis::Unit) {
            faults.push(("columns", "pivot-fault-place-unit"));
        }
        if !self.lines.add_up() && !self.has(Axis::Line) {
            faults.push(("lines", "pivot-fault-lines"));
        }
        if self.shown == Shown::Share && !self.adds_up(self.rows) {
            faults.push(("show", "pivot-fault-share"));
        }
        if matches!(self.shown, Shown::Head | Shown::Real) && !self.has(Axis::Year) && !self.is_one_year() {
            faults.push(("show", "pivot-fault-year-needed"));
        }
        if self.has(Axis::Month) && !self.has(Axis::Year) && !self.is_one_year() {
            faults.push(("columns", "pivot-fault-month-years"));
        }
    }

    /// All figures are of one year.
    pub fn is_one_year(&self) -> bool {
        self.years.start() == self.years.end()
    }

    /// Rows or columns stand for this.
    pub fn has(&self, axis: Axis) -> bool {
        self.rows == axis || self.columns == axis
    }

    /// What stands along an axis may be added. Levels would count transfers between them twice, and a month
    /// holds the months before it.
    pub const fn adds_up(&self, axis: Axis) -> bool {
        match axis {
            Axis::Level | Axis::Month => false,
            Axis::Line => self.lines.add_up(),
            Axis::Place | Axis::Unit | Axis::Year => true,
        }
    }

    /// The dimension of the engine that an axis is.
    pub fn dimension(&self, axis: Axis) -> Dimension {
        match axis {
            Axis::Place => match self.place {
                None => Dimension::Region,
                Some(place) if place.number().is_multiple_of(10_000_000) => Dimension::District,
                Some(_) => Dimension::Unit,
            },
            Axis::Unit => Dimension::Unit,
            Axis::Level => Dimension::Level,
            Axis::Year => Dimension::Year,
            Axis::Month => Dimension::Month,
            Axis::Line => match self.lines {
                Lines::Functions | Lines::Function(_) => Dimension::Group,
                _ => Dimension::Item,
            },
        }
    }

    /// The address of the view after `/analysis/pivot`.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("rows", self.rows.code());
        query.append_pair("columns", self.columns.code());
        query.append_pair("lines", &self.lines.code());
        if let Some(place) = self.place {
            query.append_pair("place", &place.to_string());
        }
        query.append_pair("level", &self.level.to_string());
        query.append_pair("from", &self.years.start().to_string());
        query.append_pair("to", &self.years.end().to_string());
        query.append_pair("show", self.shown.code());
        query.append_pair("stage", self.stage.code());
        if self.by_amount {
            query.append_pair("order", "amount");
        }
        query.finish()
    }
}

fn years(form: &Form, usual: (i16, i16), faults: &mut Vec<Fault>) -> RangeInclusive<i16> {
    let mut year = |name: &'static str, usual: i16| match form.get(name) {
        "" => usual,
        text => text.parse().ok().filter(|year| (1991..=2100).contains(year)).unwrap_or_else(|| {
            faults.push((name, "pivot-fault-year"));
            usual
        }),
    };
    let (from, to) = (year("from", usual.0), year("to", usual.1));
    if from > to {
        faults.push(("to", "pivot-fault-years"));
    } else if to - from >= YEARS_MAX {
        faults.push(("to", "pivot-fault-years-many"));
    }
    from..=to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (View, Vec<Fault>) {
        let extent = FactExtent { years: Some((2010, 2026)), ..FactExtent::default() };
        View::read(&Form::parse(query.as_bytes()), None, &extent)
    }

    #[test]
    fn an_empty_address_is_a_sensible_view_and_each_view_has_an_address() {
        let (view, faults) = read("");
        assert_eq!(
            (view.rows, view.columns, view.years.clone(), faults.len()),
            (Axis::Place, Axis::Year, 2017..=2026, 0)
        );
        for query in [
            "",
            "rows=line&columns=month&lines=functions&from=2025&to=2025&order=amount",
            "lines=g04&show=share",
        ] {
            let (view, _) = read(query);
            assert_eq!(read(&view.query()).0, view);
        }
    }

    #[test]
    fn nonsense_is_named() {
        let check = |query: &str, field: &str| {
            assert_eq!(read(query).1.first().map(|fault| fault.0), Some(field), "{query}");
        };
        check("rows=year&columns=year", "columns");
        check("rows=place&columns=unit", "columns");
        check("lines=totals", "lines");
        check("rows=level&show=share", "show");
        check("rows=unit&columns=month&from=2024&to=2025", "columns");
        check("from=2026&to=2020", "to");
        check("from=1991&to=2100", "to");
        check("rows=x", "rows");
        check("from=x", "from");
    }
}
