//! The tables of an appraisal.

use akimat_app::appraisal::{fault_key, tables};
use akimat_appraisal::appraise::{PartnershipFigures, Sensitivity};
use akimat_appraisal::distribution::Distribution;
use akimat_appraisal::document::money;
use akimat_appraisal::{Appraised, Document, Fault};
use akimat_core::MoneyUnit;
use akimat_i18n::Locale;

/// A table: the first cell of a row is its heading.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What stands in it.
    pub(super) caption: String,
    /// Names of the columns; whether they hold numbers.
    pub(super) heads: Vec<(String, bool)>,
    /// Rows.
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    fn new(locale: &Locale, caption: &str, heads: &[&str]) -> Self {
        let head = |(at, key): (usize, &&str)| (locale.t(key).into_owned(), at > 0);
        Self {
            caption: locale.t(caption).into_owned(),
            heads: heads.iter().enumerate().map(head).collect(),
            rows: Vec::new(),
        }
    }

    /// This column holds words.
    fn words(mut self, at: usize) -> Self {
        self.heads[at].1 = false;
        self
    }
}

/// Million tenge with one decimal.
pub(super) fn million(locale: &Locale, tenge: f64) -> String {
    money(tenge).map_or_else(
        || locale.t("no-data-short").into_owned(),
        |money| locale.amount(money, MoneyUnit::MillionTenge, 1),
    )
}

/// A number with so many decimals; `-0` is zero.
pub(super) fn decimal(locale: &Locale, value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let zero = plain.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    locale.decimal(if zero { plain.trim_start_matches('-') } else { &plain })
}

/// A share in per cent with one decimal.
pub(super) fn percent(locale: &Locale, share: f64) -> String {
    let plain = format!("{:.1}", share * 100.0);
    locale.percent(if plain == "-0.0" { "0.0" } else { &plain })
}

pub(super) fn or_none(locale: &Locale, value: Option<String>) -> String {
    value.unwrap_or_else(|| locale.t("no-data-short").into_owned())
}

pub(super) fn range(locale: &Locale, low: &str, high: &str) -> String {
    locale.f("appraisal-range", &[("low", low.into()), ("high", high.into())])
}

/// The sentence of a fault.
pub(super) fn fault(locale: &Locale, fault: &Fault) -> String {
    let facts: Vec<(&str, String)> = fault
        .kind
        .facts()
        .into_iter()
        .map(|(name, value)| (name, locale.decimal(&format!("{value}"))))
        .collect();
    let mut args: Vec<(&str, akimat_i18n::Arg<'_>)> =
        facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    if let Some(words) = fault.kind.words() {
        args.push(("value", words.into()));
    }
    locale.f(fault_key(&fault.kind), &args)
}

pub(super) fn flows(locale: &Locale, appraised: &Appraised) -> Sheet {
    let heads = [
        "table-year",
        "appraisal-line-capital",
        "appraisal-line-operating",
        "appraisal-line-revenue",
        "appraisal-impacts",
        "appraisal-flows-factor",
        "appraisal-flows-net",
    ];
    let mut sheet = Sheet::new(locale, "appraisal-flows-caption", &heads);
    let mut total = 0.0;
    for year in &appraised.years {
        total += (year.impacts[1] + year.revenue - year.capital - year.operating) * year.factor;
        sheet.rows.push(vec![
            year.year.to_string(),
            million(locale, year.capital),
            million(locale, year.operating),
            million(locale, year.revenue),
            million(locale, year.impacts[1]),
            decimal(locale, year.factor, 4),
            million(locale, total),
        ]);
    }
    sheet
}

pub(super) fn cases(locale: &Locale, appraised: &Appraised) -> Sheet {
    let heads = ["appraisal-input", "appraisal-case-low", "appraisal-case-central", "appraisal-case-high"];
    let mut sheet = Sheet::new(locale, "appraisal-cases-caption", &heads);
    sheet.heads[0].0 = locale.t("appraisal-ppp-item").into_owned();
    let mut row = |key: &str, of: &dyn Fn(usize) -> Option<String>| {
        let mut cells = vec![locale.t(key).into_owned()];
        cells.extend([0, 1, 2].map(|case| or_none(locale, of(case))));
        sheet.rows.push(cells);
    };
    let figures = &appraised.figures;
    row("appraisal-figure-pv_benefits", &|case| Some(million(locale, figures[case].pv_benefits)));
    row("appraisal-figure-pv_costs", &|case| Some(million(locale, figures[case].pv_costs)));
    row("appraisal-figure-npv", &|case| Some(million(locale, figures[case].npv)));
    row("appraisal-figure-bcr", &|case| figures[case].bcr.map(|bcr| decimal(locale, bcr, 2)));
    row("appraisal-figure-npv_per_budget", &|case| {
        figures[case].npv_per_budget.map(|ratio| decimal(locale, ratio, 2))
    });
    sheet
}

/// Name of an assumption with its step.
pub(super) fn input_name(locale: &Locale, document: &Document, row: &Sensitivity) -> String {
    let Some(step) = row.step else {
        let claim = document.claims.iter().find(|claim| claim.code == row.input);
        let impact = claim.and_then(|claim| tables().impacts.version_of(&claim.code, &claim.version));
        let name = impact.map_or(row.input.as_str(), |impact| impact.name.get(locale.lang()));
        return locale.f("appraisal-input-impact", &[("name", name.into())]);
    };
    let step = decimal(locale, step, 0);
    locale.f(&format!("appraisal-input-{}", row.input), &[("step", step.as_str().into())])
}

pub(super) fn sensitivity(locale: &Locale, document: &Document, appraised: &Appraised) -> Sheet {
    let heads = ["appraisal-input", "appraisal-worst", "appraisal-best", "appraisal-switching"];
    let mut sheet = Sheet::new(locale, "appraisal-tornado-caption", &heads);
    for row in &appraised.sensitivity {
        let signed = |share: f64| {
            let text = percent(locale, share);
            if share > 0.0 && row.input != "rate" { format!("+{text}") } else { text }
        };
        sheet.rows.push(vec![
            input_name(locale, document, row),
            million(locale, row.low),
            million(locale, row.high),
            or_none(locale, row.switching.map(signed)),
        ]);
    }
    sheet
}

pub(super) fn raised(locale: &Locale, appraised: &Appraised) -> Sheet {
    let heads = [
        "appraisal-uplift-chance",
        "appraisal-uplift-share",
        "appraisal-uplift-cost",
        "appraisal-figure-npv",
        "appraisal-uplift-basis",
    ];
    let mut sheet = Sheet::new(locale, "appraisal-uplift-caption", &heads).words(4);
    for row in &appraised.raised {
        let chance = locale.percent(&format!("{:.0}", row.chance * 100.0));
        let basis = match &row.uplift {
            Err(refused) => fault(locale, refused),
            Ok(mixed) => {
                let published = percent(locale, mixed.published);
                match mixed.own {
                    None => {
                        locale.f("appraisal-uplift-published", &[("published", published.as_str().into())])
                    }
                    Some(own) => {
                        let (own, weight) = (percent(locale, own), decimal(locale, mixed.weight, 2));
                        let args = [
                            ("published", published.as_str().into()),
                            ("own", own.as_str().into()),
                            ("weight", weight.as_str().into()),
                        ];
                        locale.f("appraisal-uplift-mixed", &args)
                    }
                }
            }
        };
        sheet.rows.push(vec![
            chance,
            or_none(locale, row.uplift.as_ref().ok().map(|mixed| percent(locale, mixed.uplift))),
            or_none(locale, row.capital.map(|capital| million(locale, capital))),
            or_none(locale, row.npv.map(|npv| million(locale, npv))),
            basis,
        ]);
    }
    sheet
}

pub(super) fn partnership(locale: &Locale, figures: &PartnershipFigures) -> Sheet {
    let heads = ["appraisal-ppp-item", "appraisal-ppp-psc", "appraisal-ppp-contract"];
    let mut sheet = Sheet::new(locale, "appraisal-ppp-caption", &heads);
    let (psc, ppp) = (&figures.comparator, &figures.contract);
    let rows = [
        ("appraisal-ppp-raw", Some(psc.raw_cost), None),
        ("appraisal-ppp-payments", None, Some(ppp.payments)),
        ("appraisal-ppp-third", Some(-psc.third_party_revenue), None),
        ("appraisal-ppp-share", None, Some(-ppp.revenue_share)),
        ("appraisal-ppp-neutrality", Some(psc.competitive_neutrality), None),
        ("appraisal-ppp-transferable", Some(psc.transferable_risk), None),
        ("appraisal-ppp-retained", Some(psc.retained_risk), Some(ppp.retained_risk)),
        ("appraisal-ppp-monitoring", None, Some(ppp.monitoring)),
        ("appraisal-ppp-total", Some(figures.value.psc), Some(figures.value.ppp)),
    ];
    let amount = |value: Option<f64>| or_none(locale, value.map(|value| million(locale, value)));
    for (key, psc, ppp) in rows {
        sheet.rows.push(vec![locale.t(key).into_owned(), amount(psc), amount(ppp)]);
    }
    sheet
}

pub(super) fn risks(locale: &Locale, figures: &PartnershipFigures) -> Sheet {
    let heads = [
        "appraisal-risk-name",
        "appraisal-risk-chance",
        "appraisal-risk-cost",
        "appraisal-risk-expected",
        "appraisal-risk-transferred",
    ];
    let mut sheet = Sheet::new(locale, "appraisal-risk-caption", &heads);
    for risk in &figures.risks {
        sheet.rows.push(vec![
            risk.name.clone(),
            percent(locale, risk.probability),
            million(locale, risk.impact),
            million(locale, risk.expected()),
            percent(locale, risk.transferred),
        ]);
    }
    sheet
}

pub(super) fn debt(locale: &Locale, appraised: &Appraised) -> Option<(Sheet, Vec<String>)> {
    let cover = appraised.cover.as_ref()?;
    let mut sheet = Sheet::new(locale, "appraisal-debt-caption", &["table-year", "appraisal-figure-dscr"]);
    for (year, ratio) in appraised.years.iter().zip(&cover.dscr) {
        if let Some(ratio) = ratio {
            sheet.rows.push(vec![year.year.to_string(), decimal(locale, *ratio, 2)]);
        }
    }
    let mut said = Vec::new();
    if let Some(min) = cover.min {
        said.push(locale.f("appraisal-debt-min", &[("min", decimal(locale, min, 2).into())]));
    }
    if let Some(llcr) = appraised.llcr {
        said.push(locale.f("appraisal-debt-llcr", &[("llcr", decimal(locale, llcr, 2).into())]));
    }
    Some((sheet, said))
}

pub(super) fn who(locale: &Locale, appraised: &Appraised) -> Vec<(String, Sheet, String)> {
    let lists =
        [("appraisal-who-settlements", &appraised.settlements), ("appraisal-who-groups", &appraised.groups)];
    let told = |(key, list): (&'static str, &Option<Distribution>)| {
        let list = list.as_ref()?;
        let gini = decimal(locale, list.gini, 2);
        let said = locale.f("appraisal-who-gini", &[("gini", gini.as_str().into())]);
        Some((locale.t(key).into_owned(), shares(locale, key, list), said))
    };
    lists.into_iter().filter_map(told).collect()
}

fn shares(locale: &Locale, caption: &str, list: &Distribution) -> Sheet {
    let heads =
        ["appraisal-who-name", "appraisal-who-people", "appraisal-who-benefits", "appraisal-who-head"];
    let mut sheet = Sheet::new(locale, caption, &heads);
    for group in &list.groups {
        sheet.rows.push(vec![
            group.name.clone(),
            percent(locale, group.population_share),
            percent(locale, group.benefit_share),
            decimal(locale, group.per_head, 0),
        ]);
    }
    sheet
}

pub(super) fn impacts(locale: &Locale, document: &Document) -> Sheet {
    let heads = [
        "appraisal-impact",
        "appraisal-impact-quantity",
        "appraisal-impact-years",
        "appraisal-impact-value",
        "appraisal-impact-source",
    ];
    let mut sheet = Sheet::new(locale, "appraisal-impacts-caption", &heads).words(2).words(4);
    let version = tables().impacts.version.clone();
    sheet.caption = locale.f("appraisal-impacts-caption", &[("version", version.as_str().into())]);
    for claim in &document.claims {
        let Some(impact) = tables().impacts.version_of(&claim.code, &claim.version) else { continue };
        let unit = impact.unit.get(locale.lang());
        let value = impact.tenge.map(|value| decimal(locale, value, 0)).join(" – ");
        let source = if impact.invented {
            locale.t("appraisal-impact-invented").into_owned()
        } else {
            impact.source.clone()
        };
        sheet.rows.push(vec![
            format!("{} ({unit})", impact.name.get(locale.lang())),
            decimal(locale, claim.quantity, 0),
            format!("{}–{}", claim.from, claim.to),
            value,
            source,
        ]);
    }
    sheet
}
