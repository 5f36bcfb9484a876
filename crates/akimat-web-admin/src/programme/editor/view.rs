//! The tables and groups of the editor, ready to print.

use super::super::words::{self, example};
use super::read::calendar;
use akimat_app::programme::{OverrideCost, ProgrammeInput, ProgrammeRequest, Ruling, RulingKind, input};
use akimat_core::{Money, Ratio};
use akimat_i18n::Locale;
use akimat_project::MoneySource;
use akimat_web_kit::kit;

/// A field in a table.
#[derive(Debug)]
pub struct Cell {
    /// Name of the field.
    pub name: String,
    /// What a screen reader says.
    pub label: String,
    /// The head of its column.
    pub head: String,
}

/// A row of fields.
#[derive(Debug)]
pub struct Row {
    /// Its heading.
    pub name: String,
    /// Its fields.
    pub cells: Vec<Cell>,
}

/// A sector or a district with what is asked for there.
#[derive(Debug)]
pub struct PartRow {
    /// Name.
    pub name: String,
    /// Projects.
    pub n: String,
    /// Their cost.
    pub demand: String,
    /// Its share of the cost of all.
    pub share: String,
    /// The field of the floor.
    pub cell: Cell,
}

/// A table of floors.
#[derive(Debug)]
pub struct PartTable {
    /// Caption.
    pub caption: String,
    /// Head of the first column.
    pub head: String,
    /// Rows.
    pub rows: Vec<PartRow>,
}

/// A ruling that is stored.
#[derive(Debug)]
pub struct RulingRow {
    /// The field that takes it back.
    pub drop: String,
    /// Number of the project.
    pub key: String,
    /// Name of the project.
    pub title: String,
    /// Kept or barred, in words.
    pub act: String,
    /// Tone of the word.
    pub tone: &'static str,
    /// Why, who and when, what it costs.
    pub about: Vec<String>,
}

/// Which groups stand open.
#[derive(Debug, Default)]
pub struct Open {
    /// Tail and carry-over.
    pub after: bool,
    /// Floors.
    pub floors: bool,
    /// Starts by year.
    pub starts: bool,
    /// Rulings.
    pub rulings: bool,
    /// Exclusive lists and waits.
    pub links: bool,
    /// Windows and discount.
    pub time: bool,
    /// Stability and caution.
    pub more: bool,
    /// Effort.
    pub effort: bool,
}

/// What the tables are made of.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// The reader's language.
    pub locale: &'static Locale,
    /// The facts.
    pub input: &'a ProgrammeInput,
    /// First year and number of years.
    pub span: (i16, u16),
}

impl Tables<'_> {
    fn source(&self, source: MoneySource) -> String {
        self.locale.name("money-source", source.code()).into_owned()
    }

    /// Names of the sources.
    pub fn sources(&self) -> Vec<String> {
        MoneySource::ALL.iter().map(|source| self.source(*source)).collect()
    }

    /// Money by year and source.
    pub fn money(&self) -> Vec<Row> {
        let row = |year: i16| {
            let cell = |source: &MoneySource| {
                let head = self.source(*source);
                let args = [("source", head.as_str().into()), ("year", year.to_string().into())];
                Cell {
                    name: format!("budget-{}-{year}", source.code()),
                    label: self.locale.f("programme-cell-money", &args),
                    head,
                }
            };
            Row { name: year.to_string(), cells: MoneySource::ALL.iter().map(cell).collect() }
        };
        calendar(self.span.0, self.span.1).map(row).collect()
    }

    /// Tail and carry-over by source.
    pub fn after(&self) -> Vec<Row> {
        let row = |source: &MoneySource| {
            let name = self.source(*source);
            let cell = |prefix: &str, key: &str, head: &str| Cell {
                name: format!("{prefix}-{}", source.code()),
                label: self.locale.f(key, &[("source", name.as_str().into())]),
                head: self.locale.t(head).into_owned(),
            };
            let cells = vec![
                cell("tail", "programme-cell-tail", "programme-tail"),
                cell("carry", "programme-cell-carry", "programme-carry"),
            ];
            Row { name: name.clone(), cells }
        };
        MoneySource::ALL.iter().map(row).collect()
    }

    /// Starts by year.
    pub fn starts(&self) -> Vec<Cell> {
        let cell = |year: i16| Cell {
            name: format!("starts-{year}"),
            label: self.locale.f("programme-cell-starts", &[("year", year.to_string().into())]),
            head: String::new(),
        };
        calendar(self.span.0, self.span.1).map(cell).collect()
    }

    /// Floors of sectors that have projects, and of districts.
    pub fn floors(&self, form: &kit::Form) -> Vec<PartTable> {
        let whole: i64 = self.input.candidates.iter().map(|one| one.total).fold(0, i64::saturating_add);
        let part = |(name, field): (String, String), inside: &dyn Fn(usize) -> bool| {
            let inside = self.input.candidates.iter().enumerate().filter(|(at, _)| inside(*at));
            let (n, demand) =
                inside.fold((0_u64, 0_i64), |(n, sum), (_, one)| (n + 1, sum.saturating_add(one.total)));
            let share = Ratio::new(demand.into(), whole.max(1).into()).and_then(|share| share.percent(1));
            let row = PartRow {
                n: self.locale.count(n),
                demand: input::money(demand)
                    .map_or_else(String::new, |money| words::amount(self.locale, money)),
                share: share.map_or_else(String::new, |share| self.locale.percent(&share)),
                cell: Cell {
                    label: self.locale.f("programme-cell-floor", &[("name", name.as_str().into())]),
                    head: String::new(),
                    name: field.clone(),
                },
                name,
            };
            (n > 0 || !form.value(&field).is_empty()).then_some(row)
        };
        let candidates = &self.input.candidates;
        let sectors = self.input.sectors.iter().filter_map(|sector| {
            let code = sector.sector.code();
            let names = (self.locale.name("sector", code).into_owned(), format!("sector-{code}"));
            part(names, &|at| candidates[at].sector == sector.sector)
        });
        let districts = self.input.districts.iter().enumerate().filter_map(|(index, district)| {
            let name = district.name.get(self.locale.lang()).to_owned();
            part((name, format!("district-{}", district.place)), &|at| candidates[at].district == Some(index))
        });
        let table = |caption: &str, head: &str, rows: Vec<PartRow>| PartTable {
            caption: self.locale.t(caption).into_owned(),
            head: self.locale.t(head).into_owned(),
            rows,
        };
        let mut tables = vec![
            table("programme-sectors-caption", "programme-sector", sectors.collect()),
            table("programme-districts-caption", "programme-district", districts.collect()),
        ];
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    /// The stored rulings.
    pub fn rulings(&self, request: &ProgrammeRequest) -> Vec<RulingRow> {
        let row = |ruling: &Ruling| {
            let one = self.input.find(ruling.project).and_then(|at| self.input.candidates.get(at));
            let mut about = vec![ruling.reason.clone(), ruling.by.clone()];
            about.extend(ruling.cost.iter().flat_map(|cost| price(self.locale, cost)));
            about.retain(|text| !text.is_empty());
            RulingRow {
                drop: format!("drop-{}", ruling.project),
                key: one.map_or_else(String::new, |one| one.number.clone()),
                title: one.map_or_else(
                    || ruling.project.to_string(),
                    |one| one.title.get(self.locale.lang()).to_owned(),
                ),
                act: self.locale.name("programme-ruling", ruling.kind.code()).into_owned(),
                tone: if ruling.kind == RulingKind::Keep { "ok" } else { "warning" },
                about,
            }
        };
        request.rulings.iter().map(row).collect()
    }

    /// Examples for the lines of rules, with numbers that exist.
    pub fn example(&self, sign: &str) -> String {
        example(&self.input.candidates, sign, self.span.0)
    }

    /// All money of a request.
    pub fn whole(&self, request: &ProgrammeRequest) -> String {
        let all = request.sources.iter().flat_map(|ask| ask.budget.iter().copied());
        Money::checked_sum(all).map_or_else(String::new, |money| self.locale.money_short(money))
    }
}

impl Open {
    /// The groups that hold something, or an error.
    pub fn of(form: &kit::Form, request: &ProgrammeRequest) -> Self {
        let wrong = |prefixes: &[&str]| {
            form.errors().iter().any(|error| prefixes.iter().any(|prefix| error.field.starts_with(prefix)))
        };
        let extensions = &request.extensions;
        let tails = request.sources.iter().any(|ask| ask.tail.is_some());
        Self {
            after: tails || !extensions.carry_over.is_empty() || wrong(&["tail-", "carry-"]),
            floors: !request.sector_floors.is_empty()
                || !request.district_floors.is_empty()
                || wrong(&["sector-", "district-"]),
            starts: !request.starts_cap.is_empty() || wrong(&["starts-"]),
            rulings: !request.rulings.is_empty() || wrong(&["drop-"]),
            links: !request.precedence.is_empty()
                || !request.exclusive.is_empty()
                || !extensions.synergies.is_empty()
                || wrong(&["exclusive", "precedence", "synergies"]),
            time: !request.windows.is_empty() || wrong(&["delay_max", "windows", "discount"]),
            more: extensions.stability.is_some()
                || !extensions.robust.is_empty()
                || !extensions.benefit_floors.is_empty()
                || request.worst.is_some()
                || wrong(&["stability", "robust-", "worst-", "drop-fair"]),
            effort: wrong(&["gap", "seconds"]),
        }
    }
}

/// What a ruling costs, in words.
pub fn price(locale: &Locale, cost: &OverrideCost) -> Vec<String> {
    let points = |worth: i64| words::points(locale, worth);
    let (Some(with), Some(lost)) = (cost.with, cost.cost()) else {
        return vec![locale.t("programme-price-infeasible").into_owned()];
    };
    let args = [
        ("points", points(lost.max(0)).into()),
        ("with", points(with).into()),
        ("without", points(cost.without).into()),
    ];
    if lost <= 0 {
        return vec![locale.f("programme-price-none", &args)];
    }
    let label = if cost.exact {
        locale.t("programme-price-label-exact").into_owned()
    } else {
        let (least, most) = (cost.least().unwrap_or(0), cost.most().unwrap_or(lost));
        locale.f(
            "programme-price-label-between",
            &[("least", points(least).into()), ("most", points(most).into())],
        )
    };
    vec![locale.f("programme-price-some", &args), label]
}
