//! Sentences and charts of an appraisal.

use super::sheet::{decimal, input_name, million, or_none, percent, range};
use akimat_appraisal::appraise::PartnershipFigures;
use akimat_appraisal::document::money;
use akimat_appraisal::{Appraised, Document, FaultKind, Tables};
use akimat_core::Money;
use akimat_i18n::Locale;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart::{self, Lines, Series, TornadoRow, Words};

fn short(locale: &Locale, tenge: f64) -> String {
    money(tenge).map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
}

fn years(locale: &Locale, years: Option<f64>) -> String {
    match years {
        Some(years) => locale.f("appraisal-years", &[("years", decimal(locale, years, 1).into())]),
        None => locale.t("appraisal-never").into_owned(),
    }
}

/// The figures on top: name, value, remark.
pub(super) fn stats(
    locale: &Locale,
    appraised: &Appraised,
    costs_only: bool,
) -> Vec<(String, String, String)> {
    let name = |code: &str| locale.name("appraisal-figure", code).into_owned();
    let [low, central, high] = &appraised.figures;
    let annual_cost = appraised.annual_cost.map(|cost| short(locale, cost));
    if costs_only {
        return vec![
            (name("pv_costs"), short(locale, central.pv_costs), String::new()),
            (name("eac_annual"), or_none(locale, annual_cost), locale.t("appraisal-per-year").into_owned()),
        ];
    }
    let between = range(locale, &short(locale, low.npv), &short(locale, high.npv));
    let bcr = |value: Option<f64>| or_none(locale, value.map(|bcr| decimal(locale, bcr, 2)));
    let rate = appraised.irr.as_ref().ok().filter(|irr| irr.is_unique()).and_then(|irr| irr.nearest);
    vec![
        (name("npv"), short(locale, central.npv), between),
        (name("bcr"), bcr(central.bcr), range(locale, &bcr(low.bcr), &bcr(high.bcr))),
        (name("irr"), or_none(locale, rate.map(|rate| percent(locale, rate))), String::new()),
        (name("discounted_payback"), years(locale, appraised.payback[1]), String::new()),
        (
            name("eav"),
            or_none(locale, appraised.annual_value.map(|value| short(locale, value))),
            locale.t("appraisal-per-year").into_owned(),
        ),
    ]
}

/// Convention, rate, depth in words.
pub(super) fn rules(
    locale: &Locale,
    document: &Document,
    appraised: &Appraised,
    tables: &Tables,
) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(record) = tables.rates.version(&document.rate, &document.rate_version) {
        let timing = locale.name("appraisal-timing", document.timing.code());
        let args = [
            ("year", document.base_year.into()),
            ("timing", timing.as_ref().into()),
            ("rate", record.name.get(locale.lang()).into()),
        ];
        said.push(locale.f("appraisal-convention", &args));
        let args =
            [("basis", record.basis.get(locale.lang()).into()), ("date", record.valid_from.as_str().into())];
        said.push(locale.f("appraisal-rate-basis", &args));
        if !record.verified {
            said.push(locale.t("appraisal-rate-unverified").into_owned());
        }
    }
    let (depth, from) = appraised.depth;
    let depth = locale.name("appraisal-depth", depth.code());
    let basis = tables.proportion.last().map(|rules| rules.basis.get(locale.lang())).unwrap_or_default();
    if document.is_partnership() && from == Money::ZERO {
        let args = [("depth", depth.as_ref().into()), ("basis", basis.into())];
        said.push(locale.f("appraisal-depth-partnership", &args));
    } else {
        let from = locale.money_short(from);
        let args =
            [("depth", depth.as_ref().into()), ("from", from.as_str().into()), ("basis", basis.into())];
        said.push(locale.f("appraisal-depth", &args));
    }
    said.push(locale.f("appraisal-method", &[("version", appraised.version.into())]));
    said
}

pub(super) fn effect(locale: &Locale, document: &Document, appraised: &Appraised) -> String {
    let (Some(effect), Some(cost)) = (&document.effect, appraised.cost_per_unit) else {
        return String::new();
    };
    let (cost, quantity) = (short(locale, cost), decimal(locale, effect.quantity, 0));
    let args = [
        ("cost", cost.as_str().into()),
        ("quantity", quantity.as_str().into()),
        ("unit", effect.unit.as_str().into()),
    ];
    locale.f("appraisal-effect", &args)
}

/// Costs, benefits and what has come together, million tenge.
pub(super) fn flow_chart(locale: &Locale, appraised: &Appraised) -> Markup {
    const MILLION: f64 = 1e6;
    let mut total = 0.0;
    let (mut costs, mut benefits, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    for year in &appraised.years {
        let (cost, benefit) = (year.capital + year.operating, year.impacts[1] + year.revenue);
        total += (benefit - cost) * year.factor;
        costs.push(Some(cost / MILLION));
        benefits.push(Some(benefit / MILLION));
        sums.push(Some(total / MILLION));
    }
    let series = |key: &str, points| Series { label: locale.t(key).into_owned(), points };
    let data = Lines {
        periods: appraised.years.iter().map(|year| year.year.to_string()).collect(),
        unit: locale.t("appraisal-unit-million").into_owned(),
        series: vec![
            series("appraisal-flows-costs", costs),
            series("appraisal-flows-benefits", benefits),
            series("appraisal-flows-net", sums),
        ],
    };
    let words = Words::new("flows", locale.t("appraisal-flows"), locale.t("appraisal-flows-caption"));
    chart::lines(&words, &data, &|value| decimal(locale, value, 0))
}

pub(super) fn irr(locale: &Locale, appraised: &Appraised) -> Vec<String> {
    let mut said = Vec::new();
    match &appraised.irr {
        Err(fault) if fault.kind == FaultKind::OneSign => {
            said.push(locale.t("appraisal-irr-one-sign").into_owned());
            return said;
        }
        Err(_) => said.push(locale.t("appraisal-irr-none").into_owned()),
        Ok(irr) if irr.roots.is_empty() => said.push(locale.t("appraisal-irr-none").into_owned()),
        Ok(irr) if !irr.is_unique() => {
            let rates: Vec<String> = irr.roots.iter().map(|root| percent(locale, root.rate)).collect();
            let (rates, changes) = (rates.join("; "), irr.sign_changes.to_string());
            let args = [("changes", changes.as_str().into()), ("rates", rates.as_str().into())];
            said.push(locale.f("appraisal-irr-several", &args));
        }
        Ok(_) => {}
    }
    if let Some(rate) = appraised.mirr {
        said.push(format!("{}: {}.", locale.name("appraisal-figure", "mirr"), percent(locale, rate)));
    }
    said.push(locale.t("appraisal-irr-said").into_owned());
    said
}

/// Changes of the net present value, million tenge.
pub(super) fn tornado_chart(locale: &Locale, document: &Document, appraised: &Appraised) -> Markup {
    const MILLION: f64 = 1e6;
    let npv = appraised.figures[1].npv;
    let rows: Vec<TornadoRow> = appraised
        .sensitivity
        .iter()
        .map(|row| TornadoRow {
            label: input_name(locale, document, row),
            low: Some((row.low - npv) / MILLION),
            high: Some((row.high - npv) / MILLION),
            text: range(locale, &million(locale, row.low), &million(locale, row.high)),
        })
        .collect();
    let words = Words::new("tornado", locale.t("appraisal-tornado"), locale.t("appraisal-tornado-caption"));
    chart::tornado(&words, &rows, (&locale.t("appraisal-worst"), &locale.t("appraisal-best")))
}

pub(super) fn uplift(locale: &Locale, document: &Document, appraised: &Appraised) -> Vec<String> {
    let tables = akimat_app::appraisal::tables();
    let Some(class) = document.class.as_ref().and_then(|class| tables.uplifts.find(class)) else {
        return vec![locale.t("appraisal-uplift-none").into_owned()];
    };
    let n = appraised.raised.iter().find_map(|row| row.uplift.as_ref().ok()).map_or(0, |mixed| mixed.n_own);
    let (n, k) = (n.to_string(), decimal(locale, tables.uplifts.k, 0));
    let args = [
        ("class", class.name.get(locale.lang()).into()),
        ("source", class.source.as_str().into()),
        ("n", n.as_str().into()),
        ("k", k.as_str().into()),
    ];
    let mut said = vec![locale.f("appraisal-uplift-lead", &args)];
    if class.by_chance.is_empty() {
        said.push(locale.t("appraisal-uplift-bounds").into_owned());
    }
    said
}

pub(super) fn verdict(locale: &Locale, figures: &PartnershipFigures) -> String {
    let key = if figures.value.vfm >= 0.0 { "appraisal-ppp-cheaper" } else { "appraisal-ppp-dearer" };
    let amount = short(locale, figures.value.vfm.abs());
    let share = or_none(locale, figures.value.share.map(|share| percent(locale, share.abs())));
    locale.f(key, &[("amount", amount.as_str().into()), ("share", share.as_str().into())])
}

pub(super) fn risk_decides(locale: &Locale, figures: &PartnershipFigures) -> String {
    let Some(share) = figures.value.risk_switch else { return String::new() };
    // A risk cannot fall by more than all of it.
    if share < -1.0 {
        return locale.t("appraisal-ppp-risk-safe").into_owned();
    }
    let share = percent(locale, share);
    locale.f("appraisal-ppp-risk-decides", &[("share", share.as_str().into())])
}
