//! A plan of a programme in words, sums and pictures, as the workplace and the published page show it alike.
//!
//! Amounts of a programme are whole numbers of the unit that [`PlanNames`] states; worth is in units of 1e-4
//! points. Nothing is rounded before it is added up.

pub mod changes;
pub mod loaded;
pub mod picture;
pub mod sums;
pub mod told;
pub mod why;

use akimat_allocation::{Plan, Programme};
use akimat_app::programme::ProgrammeInput;
use akimat_app::programme::input::UNIT_TIYN;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;

/// The words of a programme in the reader's language, in the order of its lists.
#[derive(Clone, Debug, Default)]
pub struct PlanNames {
    /// Projects.
    pub projects: Vec<String>,
    /// Where the page of each project is, without the language; empty without one.
    pub paths: Vec<String>,
    /// Sources of money.
    pub sources: Vec<String>,
    /// Sectors.
    pub sectors: Vec<String>,
    /// Districts.
    pub districts: Vec<String>,
    /// The calendar year of the programme's first year.
    pub first_year: i16,
    /// One unit of the programme's money.
    pub unit: Money,
}

impl PlanNames {
    /// The words of an input in the reader's language.
    pub fn of(locale: &Locale, input: &ProgrammeInput) -> Self {
        let lang = locale.lang();
        let source = |code: &str| locale.name("money-source", code).into_owned();
        Self {
            projects: input.candidates.iter().map(|one| one.title.get(lang).to_owned()).collect(),
            paths: input.candidates.iter().map(|one| format!("/projects/{}", one.project)).collect(),
            sources: input.sources.iter().map(|one| source(one.source.code())).collect(),
            sectors: input
                .sectors
                .iter()
                .map(|one| locale.name("sector", one.sector.code()).into_owned())
                .collect(),
            districts: input.districts.iter().map(|one| one.name.get(lang).to_owned()).collect(),
            first_year: input.first_year,
            unit: Money::from_tiyn(UNIT_TIYN),
        }
    }

    /// The name of a project.
    pub fn project(&self, index: usize) -> &str {
        self.projects.get(index).map_or("", String::as_str)
    }

    /// The name of a source.
    pub fn source(&self, index: usize) -> &str {
        self.sources.get(index).map_or("", String::as_str)
    }

    /// The calendar year of a year counted from 1.
    pub fn year(&self, year: u16) -> String {
        (i32::from(self.first_year) + i32::from(year) - 1).to_string()
    }

    /// An amount of the programme as money; `None` when it is beyond all money.
    pub fn money(&self, amount: i64) -> Option<Money> {
        amount.checked_mul(self.unit.tiyn()).map(Money::from_tiyn)
    }
}

/// A programme, a plan for it, and their words.
#[derive(Clone, Copy, Debug)]
pub struct PlanView<'a> {
    /// Words and numbers.
    pub locale: &'static Locale,
    /// What was asked.
    pub programme: &'a Programme,
    /// What starts when.
    pub plan: &'a Plan,
    /// Names.
    pub names: &'a PlanNames,
}

impl PlanView<'_> {
    /// An amount in words: `1,3 млрд теңге`.
    pub fn short(&self, amount: i64) -> String {
        let money = self.names.money(amount);
        money.map_or_else(
            || self.locale.t("no-data-short").into_owned(),
            |money| self.locale.money_short(money),
        )
    }

    /// An amount for a table in thousand tenge, whole.
    pub fn amount(&self, amount: i64) -> String {
        let money = self.names.money(amount);
        money.map_or_else(
            || self.locale.t("no-data-short").into_owned(),
            |money| self.locale.amount(money, MoneyUnit::ThousandTenge, 0),
        )
    }

    /// The same without grouping, for files.
    pub fn plain(&self, amount: i64) -> String {
        self.names
            .money(amount)
            .map_or_else(String::new, |money| money.to_decimal(MoneyUnit::ThousandTenge, 0))
    }

    /// An amount in million tenge for a picture.
    pub fn millions(&self, amount: i64) -> f64 {
        amount as f64 * self.names.unit.tiyn() as f64 / MoneyUnit::MillionTenge.tiyn() as f64
    }

    /// What a project costs altogether, all sources and ages.
    pub fn cost(&self, project: usize) -> i64 {
        let cost = self.programme.projects().get(project).map(|project| &project.cost);
        cost.into_iter().flatten().flatten().fold(0_i64, |sum, amount| sum.saturating_add(*amount))
    }

    /// The calendar year in which a project starts, or the words for "not in the plan".
    pub fn start(&self, project: usize) -> String {
        match self.plan.starts.get(project).copied().flatten() {
            Some(start) => self.names.year(start),
            None => self.locale.t("plan-not-in").into_owned(),
        }
    }
}

/// Worth in units of 1e-4 points as a plain decimal, exact, without needless zeros.
pub fn exact_points(worth: i64) -> String {
    let (whole, part) = (worth.unsigned_abs() / 10_000, worth.unsigned_abs() % 10_000);
    let sign = if worth < 0 { "-" } else { "" };
    if part == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{part:04}").trim_end_matches('0'))
}

/// Worth in units of 1e-4 points as the reader's language writes it.
pub fn points(locale: &Locale, worth: i64) -> String {
    locale.decimal(&exact_points(worth))
}

/// Worth to the nearest whole point, half away from zero: for headlines, where the exact figure stands further down.
pub fn whole_points(locale: &Locale, worth: i64) -> String {
    let whole = (worth.unsigned_abs() + 5_000) / 10_000;
    let sign = if worth < 0 && whole > 0 { "-" } else { "" };
    locale.decimal(&format!("{sign}{whole}"))
}

/// Worth with its sign: `+12`, `−3,5`, `0`.
pub fn signed_points(locale: &Locale, worth: i64) -> String {
    match worth {
        0 => locale.decimal("0"),
        1.. => format!("+{}", points(locale, worth)),
        _ => points(locale, worth),
    }
}

#[cfg(test)]
mod tests;
