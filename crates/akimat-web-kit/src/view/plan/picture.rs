//! Charts of a plan with their tables.

use super::sums::{Invested, by_district, by_sector, by_source};
use super::{PlanView, exact_points, points, signed_points};
use crate::figure::{Figure, Value};
use crate::kit::Markup;
use crate::kit::chart::{
    self, Candidate, Chosen, FrequencyRow, Frontier, FrontierCurve, FrontierPoint, Gantt, GanttRow, Group,
    Step, TornadoRow, Words,
};
use akimat_app::programme::WeightChange;
use akimat_document::Column;
use akimat_i18n::Locale;

/// Rows of a drawing; the table has all.
const ROWS_MAX: usize = 60;

impl PlanView<'_> {
    fn words(&self, id: &str, title: &str, help: &str) -> Words {
        Words::new(id, self.locale.t(title), self.locale.t(help))
    }

    fn column(&self, key: &str) -> Column {
        Column::text(self.locale.t(key))
    }

    fn numbers(&self, key: &str) -> Column {
        Column::number(self.locale.t(key))
    }

    fn money(&self, amount: i64) -> Value {
        Value::number(self.amount(amount), self.plain(amount))
    }

    fn benefit(&self, points: i64) -> Value {
        if points == 0 {
            return Value::unknown(self.locale);
        }
        Value::number(self.locale.number(points), points.to_string())
    }

    /// Cost and benefit of every project, the plan's filled.
    pub fn scatter(&self) -> Figure {
        let projects = self.programme.projects();
        // Without points a project has no place in the drawing: unknown is not zero.
        let mut order: Vec<usize> = (0..projects.len()).filter(|at| projects[*at].benefit > 0).collect();
        order.sort_by_key(|project| std::cmp::Reverse(self.cost(*project)));
        let candidates = order.iter().map(|project| Candidate {
            x: self.millions(self.cost(*project)),
            y: projects[*project].benefit as f64,
            label: (project + 1).to_string(),
            inside: self.plan.has(*project),
        });
        let data = Chosen {
            x_title: self.locale.t("plan-axis-cost").into_owned(),
            y_title: self.locale.t("plan-axis-benefit").into_owned(),
            candidates: candidates.collect(),
            key: (self.locale.t("plan-in").into_owned(), self.locale.t("plan-out").into_owned()),
        };
        let number = |value: f64| self.locale.decimal(&trimmed(value));
        let chart = chart::chosen(
            &self.words("scatter", "plan-scatter", "plan-scatter-help"),
            &data,
            &number,
            &number,
        );
        let rows = (0..projects.len())
            .map(|project| {
                let place = project + 1;
                vec![
                    Value::number(place.to_string(), place.to_string()),
                    Value::text(self.names.project(project)),
                    self.money(self.cost(project)),
                    self.benefit(projects[project].benefit),
                    Value::text(self.start(project)),
                ]
            })
            .collect();
        let columns = vec![
            self.numbers("plan-number"),
            self.column("plan-project"),
            self.numbers("plan-cost-thousand"),
            self.numbers("plan-benefit"),
            self.column("plan-start"),
        ];
        Figure::new("scatter", self.locale.t("plan-scatter"), chart)
            .table(self.locale.t("plan-scatter-caption"), columns, rows)
            .note(self.locale.t("plan-scatter-help"))
    }

    /// What is paid when: the plan over its years.
    pub fn gantt(&self) -> Figure {
        let years: Vec<String> = (1..=self.programme.years()).map(|year| self.names.year(year)).collect();
        let mut started: Vec<(usize, u16)> = self.plan.started().collect();
        started.sort_by_key(|(project, start)| (*start, *project));
        let row = |(project, start): &(usize, u16)| {
            let sources = 0..self.programme.sources().len();
            let paid = |year: u16| {
                let paid = |source| self.millions(self.programme.payment(*project, *start, source, year));
                sources.clone().map(paid).collect()
            };
            let paid = (1..=self.programme.years()).map(paid).collect();
            let text = self.locale.f(
                "plan-gantt-row",
                &[("year", self.names.year(*start).into()), ("cost", self.short(self.cost(*project)).into())],
            );
            GanttRow { label: self.names.project(*project).to_owned(), paid, text }
        };
        let sources = self.names.sources.clone();
        let rows = started.iter().take(ROWS_MAX).map(row).collect();
        let chart = chart::gantt(
            &self.words("gantt", "plan-gantt", "plan-gantt-help"),
            &Gantt { years: years.clone(), sources, rows },
        );
        let mut columns = vec![self.column("plan-project"), self.column("plan-source")];
        columns.extend(years.into_iter().map(Column::number));
        columns.push(self.numbers("plan-later"));
        let mut figure = Figure::new("gantt", self.locale.t("plan-gantt"), chart)
            .table(self.locale.t("plan-gantt-caption"), columns, self.payments(&started))
            .note(self.locale.t("plan-gantt-help"));
        if started.len() > ROWS_MAX {
            figure =
                figure.note(self.locale.f("plan-rows-left", &[("n", (started.len() - ROWS_MAX).into())]));
        }
        figure
    }

    /// Payments of the started projects by source and year.
    fn payments(&self, started: &[(usize, u16)]) -> Vec<Vec<Value>> {
        let mut rows = Vec::new();
        for (project, start) in started {
            for source in 0..self.programme.sources().len() {
                let paid: Vec<i64> = (1..=self.programme.years())
                    .map(|year| self.programme.payment(*project, *start, source, year))
                    .collect();
                let later = self.programme.tail_payment(*project, *start, source);
                if paid.iter().all(|amount| *amount == 0) && later == 0 {
                    continue;
                }
                let mut row =
                    vec![Value::text(self.names.project(*project)), Value::text(self.names.source(source))];
                row.extend(paid.into_iter().chain([later]).map(|amount| self.money(amount)));
                rows.push(row);
            }
        }
        rows
    }

    /// Limit and spending by source and year.
    pub fn money_figure(&self) -> Figure {
        let rows = by_source(self.programme, self.plan);
        let groups: Vec<Group> = rows
            .iter()
            .map(|row| {
                let amount = |amount: Option<i64>| match amount {
                    Some(amount) => (Some(self.millions(amount)), self.short(amount)),
                    None => (None, self.locale.t("plan-no-limit").into_owned()),
                };
                Group::new(self.source_year(row), vec![amount(row.limit), amount(Some(row.spent))])
            })
            .collect();
        let series = ["plan-limit", "plan-spent"].map(|key| self.locale.t(key).into_owned());
        let chart =
            chart::compare_bars(&self.words("money", "plan-money", "plan-money-help"), &series, &groups);
        let table = rows
            .iter()
            .map(|row| {
                let none = || Value::text(self.locale.t("plan-no-limit"));
                vec![
                    Value::text(self.source_year(row)),
                    row.limit.map_or_else(none, |limit| self.money(limit)),
                    self.money(row.spent),
                    row.limit.map_or_else(none, |limit| self.money(limit - row.spent)),
                ]
            })
            .collect();
        let columns = vec![
            self.column("plan-source"),
            self.numbers("plan-limit"),
            self.numbers("plan-spent"),
            self.numbers("plan-left"),
        ];
        Figure::new("money", self.locale.t("plan-money"), chart)
            .table(self.locale.t("plan-money-caption"), columns, table)
            .note(self.locale.t("plan-money-help"))
    }

    /// What is invested in each sector with its floor.
    pub fn sectors_figure(&self) -> Figure {
        let words = ("sectors", "plan-sector", "plan-sectors");
        self.parts_figure(words, &self.names.sectors, &by_sector(self.programme, self.plan))
    }

    /// What is invested in each district with its floor.
    pub fn districts_figure(&self) -> Figure {
        let words = ("districts", "plan-district", "plan-districts");
        self.parts_figure(words, &self.names.districts, &by_district(self.programme, self.plan))
    }

    fn parts_figure(
        &self,
        (id, key, title): (&str, &str, &str),
        names: &[String],
        rows: &[Invested],
    ) -> Figure {
        let name = |row: &Invested| names.get(row.index).cloned().unwrap_or_default();
        let bars: Vec<chart::Bar> = rows
            .iter()
            .map(|row| chart::Bar::new(name(row), Some(self.millions(row.total)), self.short(row.total)))
            .collect();
        let table = rows
            .iter()
            .map(|row| {
                vec![
                    Value::text(name(row)),
                    Value::number(row.projects.to_string(), row.projects.to_string()),
                    self.money(row.total),
                    if row.floor > 0 {
                        self.money(row.floor)
                    } else {
                        Value::text(self.locale.t("plan-no-floor"))
                    },
                ]
            })
            .collect();
        let columns = vec![
            self.column(key),
            self.numbers("plan-projects"),
            self.numbers("plan-invested-thousand"),
            self.numbers("plan-floor"),
        ];
        let chart = chart::bars(&self.words(id, title, "plan-parts-help"), &bars);
        Figure::new(id, self.locale.t(title), chart)
            .table(self.locale.t("plan-parts-caption"), columns, table)
            .note(self.locale.t("plan-parts-help"))
    }
}

/// The best plan found at one size of the budget.
#[derive(Clone, Debug, Default)]
pub struct FrontierRow {
    /// Size in per cent of the budget as it is.
    pub percent: i16,
    /// Worth and bound of the best plan of its own; `None`: no plan satisfies the rules.
    pub free: Option<(i64, i64)>,
    /// The same where each plan keeps the projects of the smaller budget.
    pub nested: Option<(i64, i64)>,
}

/// What more or less money buys.
pub fn frontier(locale: &Locale, rows: &[FrontierRow]) -> Figure {
    let curve = |key: &str, of: &dyn Fn(&FrontierRow) -> Option<(i64, i64)>| FrontierCurve {
        label: locale.t(key).into_owned(),
        points: rows
            .iter()
            .filter_map(|row| {
                let (value, bound) = of(row)?;
                Some(FrontierPoint {
                    budget: f64::from(row.percent),
                    value: whole(value),
                    bound: whole(bound),
                })
            })
            .collect(),
    };
    let data = Frontier {
        x_title: locale.t("plan-axis-budget").into_owned(),
        y_title: locale.t("plan-axis-value").into_owned(),
        curves: vec![
            curve("plan-frontier-free", &|row| row.free),
            curve("plan-frontier-nested", &|row| row.nested),
        ],
        band: locale.t("plan-frontier-band").into_owned(),
        now: Some(100.0),
    };
    let number = |value: f64| locale.decimal(&trimmed(value));
    let percent = |value: f64| locale.percent(&trimmed(value));
    let words = Words::new("frontier", locale.t("plan-frontier"), locale.t("plan-frontier-help"));
    let chart = chart::frontier(&words, &data, &percent, &number);
    let value = |known: Option<i64>| {
        known.map_or_else(
            || Value::text(locale.t("plan-no-plan")),
            |worth| Value::number(points(locale, worth), exact_points(worth)),
        )
    };
    let table = rows
        .iter()
        .map(|row| {
            vec![
                Value::number(locale.percent(&row.percent.to_string()), row.percent.to_string()),
                value(row.free.map(|(value, _)| value)),
                value(row.free.map(|(_, bound)| bound)),
                value(row.nested.map(|(value, _)| value)),
            ]
        })
        .collect();
    let columns = ["plan-axis-budget", "plan-frontier-free", "plan-frontier-bound", "plan-frontier-nested"]
        .map(|key| Column::number(locale.t(key)))
        .to_vec();
    Figure::new("frontier", locale.t("plan-frontier"), chart)
        .table(locale.t("plan-frontier-caption"), columns, table)
        .note(locale.t("plan-frontier-help"))
}

/// What the worth of the plan depends on.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// The assumption.
    pub label: String,
    /// Change of the worth when it is lower; `None`: no plan satisfies the rules.
    pub low: Option<i64>,
    /// Change of the worth when it is higher.
    pub high: Option<i64>,
    /// Both changes are between proven optima.
    pub exact: bool,
}

/// Changes of the worth, the largest on top.
pub fn tornado(locale: &Locale, rows: &[Sensitivity]) -> Figure {
    let mut order: Vec<&Sensitivity> = rows.iter().collect();
    let reach = |row: &Sensitivity| {
        [row.low, row.high].into_iter().flatten().map(i64::unsigned_abs).max().unwrap_or(0)
    };
    order.sort_by_key(|row| std::cmp::Reverse(reach(row)));
    let text = |worth: Option<i64>| {
        worth.map_or_else(|| locale.t("plan-no-plan").into_owned(), |worth| signed_points(locale, worth))
    };
    let bars: Vec<TornadoRow> = order
        .iter()
        .map(|row| TornadoRow {
            label: row.label.clone(),
            low: row.low.map(whole),
            high: row.high.map(whole),
            text: format!("{} / {}", text(row.low), text(row.high)),
        })
        .collect();
    let (less, more) = (locale.t("plan-less"), locale.t("plan-more"));
    let words = Words::new("tornado", locale.t("plan-tornado"), locale.t("plan-tornado-help"));
    let chart = chart::tornado(&words, &bars, (&less, &more));
    let value = |worth: Option<i64>| {
        worth.map_or_else(
            || Value::text(locale.t("plan-no-plan")),
            |worth| Value::number(signed_points(locale, worth), exact_points(worth)),
        )
    };
    let table = order
        .iter()
        .map(|row| {
            let label = if row.exact { "plan-label-exact" } else { "plan-label-found" };
            vec![
                Value::text(row.label.clone()),
                value(row.low),
                value(row.high),
                Value::text(locale.t(label)),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(locale.t("plan-assumption")),
        Column::number(less),
        Column::number(more),
        Column::text(locale.t("plan-label")),
    ];
    Figure::new("tornado", locale.t("plan-tornado"), chart)
        .table(locale.t("plan-tornado-caption"), columns, table)
        .note(locale.t("plan-tornado-help"))
}

/// How often a project is chosen.
#[derive(Clone, Debug)]
pub struct Often {
    /// The project.
    pub label: String,
    /// Draws that choose it.
    pub chosen: u32,
    /// Draws.
    pub draws: u32,
    /// Ends of the 95 % interval, as shares.
    pub interval: (f64, f64),
    /// Its class in words: core, likely, marginal, unlikely.
    pub class: String,
    /// It is marginal.
    pub marginal: bool,
}

/// Selection frequencies, the most frequent on top.
pub fn frequencies(locale: &Locale, rows: &[Often]) -> Figure {
    let mut order: Vec<&Often> = rows.iter().collect();
    order.sort_by_key(|row| {
        std::cmp::Reverse(u64::from(row.chosen) * 1_000_000 / u64::from(row.draws.max(1)))
    });
    let share = |row: &Often| f64::from(row.chosen) * 100.0 / f64::from(row.draws.max(1));
    let percent = |value: f64| locale.percent(&format!("{value:.0}"));
    let bars: Vec<FrequencyRow> = order
        .iter()
        .take(ROWS_MAX)
        .map(|row| FrequencyRow {
            label: row.label.clone(),
            share: share(row),
            interval: (row.interval.0 * 100.0, row.interval.1 * 100.0),
            text: format!("{}, {}", percent(share(row)), row.class),
            accent: row.marginal,
        })
        .collect();
    let words = Words::new("frequency", locale.t("plan-frequency"), locale.t("plan-frequency-help"));
    let chart = chart::frequencies(&words, &bars, &[30.0, 70.0, 90.0]);
    let decimal = |value: f64| Value::number(locale.percent(&format!("{value:.1}")), format!("{value:.1}"));
    let table = order
        .iter()
        .map(|row| {
            vec![
                Value::text(row.label.clone()),
                decimal(share(row)),
                decimal(row.interval.0 * 100.0),
                decimal(row.interval.1 * 100.0),
                Value::text(row.class.clone()),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(locale.t("plan-project")),
        Column::number(locale.t("plan-frequency-share")),
        Column::number(locale.t("plan-frequency-low")),
        Column::number(locale.t("plan-frequency-high")),
        Column::text(locale.t("plan-frequency-class")),
    ];
    Figure::new("frequency", locale.t("plan-frequency"), chart)
        .table(locale.t("plan-frequency-caption"), columns, table)
        .note(locale.t("plan-frequency-help"))
}

/// One bar of a waterfall in units of 1e-4 points: its name, the amount, a total or a change.
#[derive(Clone, Debug)]
pub struct Drop {
    /// What charges or credits.
    pub label: String,
    /// Amount with its sign.
    pub value: f64,
    /// A figure by itself, not a change.
    pub total: bool,
}

/// Worth, charges and credits, and what is left of it.
pub fn waterfall(locale: &Locale, title: String, drops: &[Drop]) -> Figure {
    let text = |drop: &Drop| {
        let plain = format!("{:.2}", drop.value / 10_000.0);
        let sign = if !drop.total && drop.value > 0.0 { "+" } else { "" };
        format!("{sign}{}", locale.decimal(&plain))
    };
    let steps: Vec<Step> = drops
        .iter()
        .map(|drop| {
            let value = drop.value / 10_000.0;
            if drop.total {
                Step::total(drop.label.clone(), value, text(drop))
            } else {
                Step::change(drop.label.clone(), value, text(drop))
            }
        })
        .collect();
    let chart: Markup =
        chart::waterfall(&Words::new("price", &title, locale.t("plan-waterfall-help")), &steps);
    let table = drops
        .iter()
        .map(|drop| {
            // The exact figure: the file adds up to the last digit that a number of 64 bits holds.
            vec![
                Value::text(drop.label.clone()),
                Value::number(text(drop), format!("{:.9}", drop.value / 10_000.0)),
            ]
        })
        .collect();
    let columns =
        vec![Column::text(locale.t("plan-waterfall-part")), Column::number(locale.t("plan-points"))];
    Figure::new("price", title, chart)
        .table(locale.t("plan-waterfall-caption"), columns, table)
        .note(locale.t("plan-waterfall-help"))
}

/// Worth in points, for a picture.
fn whole(worth: i64) -> f64 {
    worth as f64 / 10_000.0
}

/// A tick of an axis without needless decimals.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.2}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// What other weights of the criteria would gain.
pub fn weights(locale: &Locale, changes: &[WeightChange], name: &dyn Fn(&str) -> String) -> Figure {
    let mut codes: Vec<&str> = changes.iter().map(|change| change.code.as_str()).collect();
    codes.dedup();
    let find = |code: &str, less: bool| {
        changes.iter().find(|change| change.code == code && (change.percent < 0) == less)
    };
    let text = |change: Option<&WeightChange>| {
        change.map_or_else(|| locale.t("no-data-short").into_owned(), |change| points(locale, change.gain))
    };
    let gain = |change: Option<&WeightChange>| change.map(|change| whole(change.gain));
    let bars: Vec<TornadoRow> = codes
        .iter()
        .map(|code| {
            let (low, high) = (find(code, true), find(code, false));
            TornadoRow {
                label: name(code),
                // To the left by convention: both are gains of another plan.
                low: gain(low).map(|gain| -gain),
                high: gain(high),
                text: format!("{} / {}", text(low), text(high)),
            }
        })
        .collect();
    let (less, more) = (locale.t("plan-weight-less"), locale.t("plan-weight-more"));
    let words =
        Words::new("weights", locale.t("plan-tornado-weights"), locale.t("plan-tornado-weights-help"));
    let chart = chart::tornado(&words, &bars, (&less, &more));
    let value = |change: Option<&WeightChange>| {
        change.map_or_else(
            || Value::unknown(locale),
            |change| Value::number(points(locale, change.gain), exact_points(change.gain)),
        )
    };
    let moved = |change: Option<&WeightChange>| {
        let moved = change.map_or(0, |change| change.enters + change.leaves);
        Value::number(moved.to_string(), moved.to_string())
    };
    let rows = codes
        .iter()
        .map(|code| {
            let (low, high) = (find(code, true), find(code, false));
            vec![Value::text(name(code)), value(low), moved(low), value(high), moved(high)]
        })
        .collect();
    let columns = vec![
        Column::text(locale.t("plan-criterion")),
        Column::number(less),
        Column::number(locale.t("plan-weight-less-moved")),
        Column::number(more),
        Column::number(locale.t("plan-weight-more-moved")),
    ];
    Figure::new("weights", locale.t("plan-tornado-weights"), chart)
        .table(locale.t("plan-tornado-weights-caption"), columns, rows)
        .note(locale.t("plan-tornado-weights-help"))
}
