//! Earned value in words: each figure with its formula, each refusal with its reason.

use akimat_app::schedule::Standing;
use akimat_core::Money;
use akimat_delivery::earned::Refusal;
use akimat_i18n::Locale;

/// A figure with its formula.
#[derive(Debug)]
pub struct Figure {
    /// Name.
    pub label: String,
    /// Value.
    pub value: String,
    /// How it is computed.
    pub formula: String,
}

/// Everything about earned value.
#[derive(Debug, Default)]
pub struct Value {
    /// Figures of the day.
    pub figures: Vec<Figure>,
    /// The final cost by each assumption.
    pub estimates: Vec<Figure>,
    /// Indices in words.
    pub said: Vec<String>,
    /// Why something is missing.
    pub refused: Vec<String>,
}

/// An index with two decimals.
fn index(locale: &Locale, value: f64) -> String {
    locale.decimal(&format!("{value:.2}"))
}

/// An amount of a float, rounded to the tiyn.
fn amount(locale: &Locale, tenge: f64) -> String {
    akimat_appraisal::document::money(tenge)
        .map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
}

struct Writer<'a> {
    locale: &'a Locale,
    found: Vec<Figure>,
}

impl Writer<'_> {
    fn add(&mut self, code: &str, value: String) {
        self.found.push(Figure {
            label: self.locale.name("schedule-figure", code).into_owned(),
            value,
            formula: self.locale.name("schedule-formula", code).into_owned(),
        });
    }

    fn money(&mut self, code: &str, value: Option<Money>) {
        if let Some(value) = value {
            self.add(code, self.locale.money_short(value));
        }
    }

    fn float(&mut self, code: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.add(code, amount(self.locale, value));
        }
    }

    fn index(&mut self, code: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.add(code, index(self.locale, value));
        }
    }
}

/// Figures, estimates and refusals of a day.
pub fn value(locale: &Locale, standing: &Standing) -> Value {
    let position = &standing.position;
    let mut writer = Writer { locale, found: Vec::new() };
    writer.money("bac", position.bac);
    writer.money("pv", position.pv);
    writer.money("ev", position.ev);
    writer.money("ac", position.ac);
    let mut estimates = Writer { locale, found: Vec::new() };
    if let Some(earned) = &position.earned {
        writer.float("cv", Some(earned.cv));
        writer.float("sv", earned.sv);
        writer.index("cpi", earned.cpi);
        writer.index("spi", earned.spi);
        estimates.float("eac-cpi", earned.eac.at_cpi);
        estimates.float("eac-plan", earned.eac.at_plan);
        estimates.float("eac-cpi-spi", earned.eac.at_cpi_spi);
        let anew = earned
            .eac
            .bottom_up
            .map_or_else(|| locale.t("schedule-no-new-estimate").into_owned(), |tenge| amount(locale, tenge));
        estimates.add("eac-bottom-up", anew);
        estimates.float("vac", earned.vac);
        estimates.index("tcpi-bac", earned.tcpi_bac);
        estimates.index("tcpi-eac", earned.tcpi_eac);
    }
    if let Some(schedule) = &position.schedule {
        writer.index("spi-t", schedule.spi_t);
    }
    Value {
        figures: writer.found,
        estimates: estimates.found,
        said: said(locale, standing),
        refused: position.refused.iter().map(|reason| refused(locale, reason)).collect(),
    }
}

/// The indices in words.
fn said(locale: &Locale, standing: &Standing) -> Vec<String> {
    let position = &standing.position;
    let mut said = Vec::new();
    if let Some(cpi) = position.earned.as_ref().and_then(|earned| earned.cpi) {
        let key = match cpi {
            _ if cpi < 0.95 => "schedule-said-cpi-low",
            _ if cpi > 1.05 => "schedule-said-cpi-high",
            _ => "schedule-said-cpi-even",
        };
        said.push(locale.f(key, &[("value", index(locale, cpi).into())]));
    }
    if let Some(spi) = position.schedule.as_ref().and_then(|schedule| schedule.spi_t) {
        let key = match spi {
            _ if spi < 0.95 => "schedule-said-spi-low",
            _ if spi > 1.05 => "schedule-said-spi-high",
            _ => "schedule-said-spi-even",
        };
        said.push(locale.f(key, &[("value", index(locale, spi).into())]));
    }
    said
}

fn refused(locale: &Locale, reason: &Refusal) -> String {
    let codes = reason.codes().join(", ");
    let args = [("codes", codes.as_str().into())];
    match reason {
        Refusal::NoBaseline => locale.t("schedule-refused-no-baseline").into_owned(),
        Refusal::NoBudget => locale.t("schedule-refused-no-budget").into_owned(),
        Refusal::NothingRecorded => locale.t("schedule-refused-nothing-recorded").into_owned(),
        Refusal::Unmeasured(_) => locale.f("schedule-refused-unmeasured", &args),
        Refusal::FromSpending(_) => locale.f("schedule-refused-from-spending", &args),
        Refusal::NothingPaid => locale.t("schedule-refused-nothing-paid").into_owned(),
    }
}
