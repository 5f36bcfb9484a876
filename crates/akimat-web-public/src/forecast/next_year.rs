//! `/places/{code}/forecast/next-year`: revenue and expenditure of a coming year with the plan beside.

use akimat_app::forecast::in_tenge;
use akimat_app::forecast::next_year::{Basis, Beside, LEVEL, NextYear, YEARS_AHEAD_MAX, YearLine};
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure, Value};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::{axis, item_name};
use akimat_web_kit::view::forecast::refusal;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

/// The unit of the tables.
const UNIT: MoneyUnit = MoneyUnit::ThousandTenge;

#[derive(Template)]
#[template(path = "public/forecast/next_year.html")]
struct NextYearPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    form: kit::Form,
    years: Vec<(String, String)>,
    empty: bool,
    about: String,
    stats: Vec<(String, String, String)>,
    revenue: Figure,
    expenditure: Figure,
    remarks: Vec<String>,
    forecast_path: String,
    json: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let code: KatoCode = frame::id(&code)?;
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let name = place.name.get(visitor.lang).to_owned();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let found = state.app.forecast_year(code, asked.get("year").parse().ok()).await?;
    let picture = found.as_ref().map(|found| Picture { locale, found, place: &name });
    let draw = |part: &str, lines: fn(&NextYear) -> &[YearLine]| {
        let figure = picture.as_ref().map_or_else(Figure::default, |own| own.figure(part, lines(own.found)));
        figure.files(&visitor)
    };
    let revenue = draw("revenue", |found| &found.revenue);
    let expenditure = draw("expenditure", |found| &found.expenditure);
    let file = format!("forecast-{code}-{}", found.as_ref().map_or(0, |found| found.year));
    if let Some(file) = figure::asked(&visitor, &file, &[&revenue, &expenditure]).await {
        return file;
    }
    let year = found.as_ref().map_or_else(String::new, |found| found.year.to_string());
    let args = [("place", name.as_str().into()), ("year", year.as_str().into())];
    let title = match found {
        Some(_) => locale.f("forecast-next-title", &args),
        None => locale.f("forecast-next-title-empty", &args[..1]),
    };
    let page = frame::page(&visitor, title, Some(MenuItem::Forecasts))
        .description(locale.t("forecast-next-intro"))
        .invented(found.as_ref().map_or(place.invented, |found| found.invented));
    frame::render(&NextYearPage {
        page,
        above: frame::crumbs(visitor.lang, &path),
        form: kit::Form::new().with("year", year.as_str()),
        years: found.as_ref().map_or_else(Vec::new, |found| {
            (1..=YEARS_AHEAD_MAX).map(|n| (found.last + n).to_string()).map(|y| (y.clone(), y)).collect()
        }),
        empty: found.is_none(),
        about: found.as_ref().map_or_else(String::new, |found| about(locale, found)),
        stats: picture.as_ref().map_or_else(Vec::new, Picture::stats),
        remarks: picture.as_ref().map_or_else(Vec::new, Picture::remarks),
        revenue,
        expenditure,
        forecast_path: format!("/places/{code}/forecast"),
        json: format!("/api/v1/forecasts/next-year?place={code}&year={year}"),
    })
}

fn about(locale: &Locale, found: &NextYear) -> String {
    let stage = locale.name("budget-stage", found.stage.code());
    let args = [("last", found.last.to_string().into()), ("stage", stage.as_ref().into())];
    locale.f("forecast-next-about", &args)
}

/// A coming year that is to be shown.
struct Picture<'a> {
    locale: &'a Locale,
    found: &'a NextYear,
    place: &'a str,
}

impl Picture<'_> {
    fn name(&self, line: &YearLine) -> String {
        line.item.map_or_else(
            || self.locale.t("indicator-own-revenue").into_owned(),
            |item| item_name(self.locale, item, &line.code),
        )
    }

    /// The totals in words: what is expected, and its range.
    fn stats(&self) -> Vec<(String, String, String)> {
        let tops = self.found.revenue.iter().chain(&self.found.expenditure);
        let shown = tops.filter(|line| line.depth == 0 || (line.depth == 1 && !is_group(line)));
        let stat = |line: &YearLine| {
            let note = line.range.map_or_else(String::new, |(low, high)| {
                let ends = [("low", self.locale.money_short(low)), ("high", self.locale.money_short(high))];
                let [low, high] = ends.map(|(name, text)| (name, text.into()));
                self.locale.f("forecast-next-range", &[low, high])
            });
            (self.name(line), self.locale.money_short(line.point), note)
        };
        shown.map(stat).collect()
    }

    /// The year whose plan stands beside: the newest that any line has.
    fn plan_year(&self, lines: &[YearLine]) -> Option<i16> {
        lines.iter().filter_map(|line| Some(line.plan?.year)).max()
    }

    fn figure(&self, part: &str, lines: &[YearLine]) -> Figure {
        if lines.is_empty() {
            return Figure::default();
        }
        let locale = self.locale;
        let key = match part {
            "revenue" => "forecast-next-revenue",
            _ => "forecast-next-expenditure",
        };
        let year = self.found.year.to_string();
        let args = [("year", year.as_str().into()), ("place", self.place.into())];
        let title = locale.f(key, &args);
        let word = |key: &str| locale.t(key).into_owned();
        let data = chart::Multiples {
            periods: self.years(lines).map(|year| year.to_string()).collect(),
            unit: locale.f("forecast-next-index", &[("year", self.found.last.to_string().into())]),
            key: ["forecast-fact", "forecast-point", "forecast-lower", "forecast-upper"].map(word).into(),
            panels: lines.iter().filter_map(|line| self.panel(line, lines)).collect(),
        };
        let words = Words::new(part, title.as_str(), locale.t("forecast-next-panels"));
        let drawn = chart::small_multiples(&words, &data, &|value| axis(locale, value));
        let plan_year = self.plan_year(lines);
        let rows = lines.iter().map(|line| self.row(line, plan_year)).collect();
        Figure::new(part, title, drawn)
            .table(word("unit-thousand-tenge"), self.columns(plan_year), rows)
            .note(locale.f("forecast-next-note", &[("level", locale.percent(&LEVEL.to_string()).into())]))
    }

    /// All years of a picture: from the first observed one to the one that is forecast.
    fn years(&self, lines: &[YearLine]) -> impl Iterator<Item = i16> + use<> {
        let first = lines.iter().filter_map(|line| Some(line.observed.first()?.period.year())).min();
        first.unwrap_or(self.found.last)..=self.found.year
    }

    /// The line in per cent of its last fact, so that small lines can be read beside large ones; `None` where the
    /// last fact is not above zero.
    fn panel(&self, line: &YearLine, lines: &[YearLine]) -> Option<chart::Panel> {
        let at = |year: i16| line.observed.iter().find(|own| own.period.year() == year);
        let whole = in_tenge(at(self.found.last)?.amount);
        (whole > 0.0).then_some(())?;
        let index = |money: Money| in_tenge(money) / whole * 100.0;
        // From the last fact in a straight line to the year asked for.
        let steps = f64::from(self.found.year - self.found.last);
        let towards = |end: Option<Money>| -> Vec<Option<f64>> {
            let point = |year: i16| {
                let share = f64::from(year - self.found.last) / steps;
                (year >= self.found.last).then_some(())?;
                Some(100.0 + (index(end?) - 100.0) * share)
            };
            self.years(lines).map(point).collect()
        };
        Some(chart::Panel {
            title: self.name(line),
            series: vec![
                self.years(lines).map(|year| at(year).map(|own| index(own.amount))).collect(),
                towards(Some(line.point)),
                towards(line.range.map(|range| range.0)),
                towards(line.range.map(|range| range.1)),
            ],
        })
    }

    fn columns(&self, plan_year: Option<i16>) -> Vec<Column> {
        let locale = self.locale;
        let with = |key: &str, year: i16| locale.f(key, &[("year", year.to_string().into())]);
        let mut columns = vec![
            Column::text(locale.t("table-name")),
            Column::number(with("forecast-next-fact", self.found.last)),
        ];
        if let Some(year) = plan_year {
            columns.push(Column::number(with("forecast-next-plan", year)));
        }
        columns.push(Column::number(with("forecast-next-point", self.found.year)));
        columns.push(Column::number(locale.t("forecast-lower")));
        columns.push(Column::number(locale.t("forecast-upper")));
        columns.push(Column::number(locale.t("forecast-next-change")));
        if plan_year == Some(self.found.year) {
            columns.push(Column::text(locale.t("forecast-next-beside")));
        }
        columns
    }

    fn row(&self, line: &YearLine, plan_year: Option<i16>) -> Vec<Value> {
        let locale = self.locale;
        let money = |money: Option<Money>| Value::money(locale, money, UNIT);
        let last = line.observed.iter().find(|own| own.period.year() == self.found.last);
        let indent = "– ".repeat(usize::from(line.depth));
        let mut row =
            vec![Value::text(format!("{indent}{}", self.name(line))), money(last.map(|own| own.amount))];
        if let Some(year) = plan_year {
            row.push(money(line.plan.filter(|plan| plan.year == year).map(|plan| plan.amount)));
        }
        row.push(money(Some(line.point)));
        row.push(money(line.range.map(|range| range.0)));
        row.push(money(line.range.map(|range| range.1)));
        let change = last.and_then(|own| {
            let by = line.point.checked_sub(own.amount)?;
            Ratio::of(by, own.amount).filter(|_| own.amount > Money::ZERO)?.percent(1)
        });
        row.push(Value::percent(locale, change));
        if plan_year == Some(self.found.year) {
            let beside = line.beside(self.found.year).map(|beside| match beside {
                Beside::Below => "forecast-next-below",
                Beside::Within => "forecast-next-within",
                Beside::Above => "forecast-next-above",
            });
            row.push(beside.map_or_else(|| Value::unknown(locale), |key| Value::text(locale.t(key))));
        }
        row
    }

    /// Lines that repeat their last figure, and lines that ended.
    fn remarks(&self) -> Vec<String> {
        let locale = self.locale;
        let mut remarks = Vec::new();
        for line in self.found.revenue.iter().chain(&self.found.expenditure) {
            if let Basis::Repeated(why) = &line.basis {
                let (name, why) = (self.name(line), refusal(locale, why));
                let args = [("line", name.as_str().into()), ("why", why.as_str().into())];
                remarks.push(locale.f("forecast-next-repeated", &args));
            }
        }
        for ended in &self.found.ended {
            let name = item_name(locale, ended.item, &ended.code);
            let args = [("line", name.as_str().into()), ("year", ended.last.to_string().into())];
            remarks.push(locale.f("forecast-next-ended", &args));
        }
        remarks
    }
}

fn is_group(line: &YearLine) -> bool {
    !line.code.is_empty()
}
