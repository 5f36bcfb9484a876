//! What the register says about a project: facts, money, expected results, its place.

use akimat_app::project::life::stages;
use akimat_core::{Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart;
use akimat_web_kit::view::project::stage_name;
use jiff::civil::Date;

pub(super) fn facts(locale: &Locale, project: &Project) -> Vec<(String, String)> {
    let date = |date: Option<Date>| {
        date.map_or_else(|| locale.t("not-known-yet").into_owned(), |date| locale.date(date))
    };
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let stage = stages().code_at(project.modality, project.status, &project.stage);
    let contractor = if project.contractor.is_empty() {
        locale.t("project-contractor-none").into_owned()
    } else {
        project.contractor.clone()
    };
    vec![
        row("project-number", project.number.clone()),
        row("project-sector", locale.name("sector", project.sector.code()).into_owned()),
        row("project-kind", locale.name("kind", project.kind.code()).into_owned()),
        row("project-modality", locale.name("modality", project.modality.code()).into_owned()),
        row("project-stage", stage_name(locale, project.modality, stage)),
        row("project-level", locale.name("project-level", project.level.code()).into_owned()),
        row("project-contractor", contractor),
        row("project-starts", date(project.starts_on)),
        row("project-ends", date(project.ends_on)),
    ]
}

pub(super) struct Sums {
    pub(super) planned: String,
    pub(super) contracted: String,
    pub(super) paid: String,
    pub(super) sentence: String,
    pub(super) share: u8,
}

pub(super) fn sums(locale: &Locale, project: &Project) -> Sums {
    let (planned, contracted, paid) = project.totals();
    let short = |money: Option<Money>| {
        money.map_or_else(|| locale.t("not-known-yet").into_owned(), |money| locale.money_short(money))
    };
    let share = match (planned, paid) {
        (Some(planned), Some(paid)) => Ratio::of(paid, planned),
        _ => None,
    };
    let share = share.and_then(|share| share.percent(0)).and_then(|text| text.parse::<u8>().ok());
    let sentence = match (planned, paid) {
        (Some(planned), Some(paid)) => locale.f(
            "project-paid-of-planned",
            &[("planned", locale.money_short(planned).into()), ("paid", locale.money_short(paid).into())],
        ),
        _ => String::new(),
    };
    Sums {
        planned: short(planned),
        contracted: short(contracted),
        paid: short(paid),
        sentence,
        share: share.unwrap_or(0).min(100),
    }
}

/// Year, source, programme, and the money: approved, amended, contracted, invoiced, paid.
pub(super) fn money_rows(locale: &Locale, project: &Project) -> Vec<[String; 8]> {
    let amount = |money: Option<Money>| match money {
        Some(money) => locale.amount(money, MoneyUnit::ThousandTenge, 1),
        None => locale.t("no-data-short").into_owned(),
    };
    let row = |line: &akimat_project::MoneyLine| {
        [
            line.year.to_string(),
            locale.name("money-source", line.source.code()).into_owned(),
            if line.programme.is_empty() {
                locale.t("no-data-short").into_owned()
            } else {
                line.programme.clone()
            },
            amount(line.planned),
            amount(line.amended),
            amount(line.contracted),
            amount(line.invoiced),
            amount(line.paid),
        ]
    };
    project.money.iter().map(row).collect()
}

pub(super) fn result_rows(locale: &Locale, project: &Project) -> Vec<[String; 5]> {
    let number = |value: Option<&str>| match value {
        Some(value) => locale.decimal(value),
        None => locale.t("no-data-short").into_owned(),
    };
    let row = |result: &akimat_project::ExpectedResult| {
        [
            result.title.get(locale.lang()).to_owned(),
            result.unit.get(locale.lang()).to_owned(),
            number(result.baseline.as_deref()),
            number(Some(&result.target)),
            number(result.measured.as_deref()),
        ]
    };
    project.results.iter().map(row).collect()
}

/// Whom the project serves: the group and how many people they are.
pub(super) fn served_rows(locale: &Locale, project: &Project) -> Vec<(String, String)> {
    let row = |served: &akimat_project::Beneficiary| {
        let number = served.number.map_or_else(
            || locale.t("not-known-yet").into_owned(),
            |n| locale.f("project-served-people", &[("n", n.into())]),
        );
        (locale.text(&served.group).0.to_owned(), number)
    };
    project.beneficiaries.iter().map(row).collect()
}

pub(super) fn coordinates(locale: &Locale, point: akimat_project::Point) -> String {
    let degrees = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let e6 = e6.unsigned_abs();
        locale.decimal(&format!("{sign}{}.{:04}", e6 / 1_000_000, e6 % 1_000_000 / 100))
    };
    locale.f(
        "project-location-coordinates",
        &[("lat", degrees(point.lat_e6).into()), ("lon", degrees(point.lon_e6).into())],
    )
}

pub(super) fn location_map(locale: &Locale, point: akimat_project::Point) -> Markup {
    let degrees = |e6: i32| f64::from(e6) / 1_000_000.0;
    let name = locale.t("project-location").into_owned();
    let here =
        chart::Point { lat: degrees(point.lat_e6), lon: degrees(point.lon_e6), name, href: None, here: true };
    chart::location_map(&chart::Words::new("map", locale.t("project-location"), ""), &[here])
}
