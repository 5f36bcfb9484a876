//! The register of a project in words: the heat map, the list in the order of what it may cost, the money to set aside.

use akimat_app::risk::{HeldRisk, contingency, scale};
use akimat_core::Money;
use akimat_delivery::risk::scale::{Band, Scale};
use akimat_delivery::risk::{Risk, band_of_cell, heat, money, ordered};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::state::WebState;

/// The register, ready to print.
#[derive(Debug)]
pub struct Register {
    /// Rows of the heat map, the likeliest first.
    pub heat: Vec<HeatRow>,
    /// Open risks, the costliest first.
    pub open: Vec<RiskRow>,
    /// Closed ones.
    pub closed: Vec<RiskRow>,
    /// What to set aside; empty without risks.
    pub contingency: String,
    /// Risks that are not shown to this visitor.
    pub internal: String,
    /// Some reviews are overdue; empty when none is.
    pub overdue: String,
    /// Where the scale is from.
    pub basis: String,
}

/// One row of the heat map.
#[derive(Debug)]
pub struct HeatRow {
    /// Likelihood in words.
    pub name: String,
    /// Cells by impact.
    pub cells: Vec<HeatCell>,
}

/// One cell of the heat map.
#[derive(Debug)]
pub struct HeatCell {
    /// Class of the band.
    pub band: &'static str,
    /// Name of the band.
    pub band_name: String,
    /// How many risks; empty for none.
    pub n: String,
    /// Address of the list behind the number, after the language; empty where there is none.
    pub path: String,
    /// What the link leads to.
    pub label: String,
}

/// One risk.
#[derive(Debug)]
pub struct RiskRow {
    /// Address of its form, after the language; empty for the public.
    pub path: String,
    /// What may happen.
    pub event: String,
    /// Why.
    pub cause: String,
    /// What that would do.
    pub effect: String,
    /// What it is about.
    pub category: String,
    /// Class of the band.
    pub band: &'static str,
    /// Band and score in words.
    pub band_text: String,
    /// After the response; empty when nobody rated it.
    pub residual: String,
    /// Chance times cost.
    pub loss: String,
    /// What is done.
    pub response: String,
    /// Steps with their days.
    pub actions: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// When it is looked at again.
    pub review: String,
    /// The review is overdue.
    pub overdue: bool,
    /// How it ended.
    pub ending: String,
    /// Why it is not public; empty for a public one.
    pub internal: String,
}

/// The register of a project as this visitor may see it.
pub fn of(
    (state, locale): (&WebState, &Locale),
    (project, held): (&Project, &[HeldRisk]),
    staff: bool,
) -> Register {
    let today = state.app.today();
    let scale = scale(today);
    let planned = project.totals().0;
    let risks: Vec<Risk> = held.iter().map(|held| held.risk.clone()).collect();
    let shown = |risk: &Risk| staff || risk.internal.is_empty();
    let row = |at: usize| row((state, locale), (project, &held[at]), (&scale, planned), staff);
    let open: Vec<RiskRow> = ordered(&risks, &scale, planned)
        .into_iter()
        .filter(|(_, risk)| shown(risk))
        .map(|(at, _)| row(at))
        .collect();
    let closed = (0..held.len()).filter(|at| risks[*at].ending.is_some() && shown(&risks[*at])).map(row);
    let internal = risks.iter().filter(|risk| !shown(risk)).count();
    let overdue = risks.iter().filter(|risk| risk.review_overdue_days(today) > 0).count();
    let count = |key: &str, n: usize| if n > 0 { locale.f(key, &[("n", n.into())]) } else { String::new() };
    Register {
        heat: heat_rows(locale, &heat(&risks), &scale, |_, _| String::new()),
        closed: closed.collect(),
        contingency: set_aside(locale, &risks, &scale, planned),
        internal: count("risk-internal-count", internal),
        overdue: count("risk-overdue-count", overdue),
        basis: scale.basis.get(locale.lang()).to_owned(),
        open,
    }
}

/// The heat map: every open risk counts, also one that is not shown. `path`: address of the list of a likelihood and an
/// effect.
pub fn heat_rows(
    locale: &Locale,
    cells: &[[u32; 5]; 5],
    scale: &Scale,
    path: impl Fn(u8, u8) -> String,
) -> Vec<HeatRow> {
    let likelihood = |at: u8| locale.name("risk-likelihood", &(5 - at).to_string()).into_owned();
    let row = |at: u8| HeatRow {
        name: likelihood(at),
        cells: (0..5_u8)
            .map(|column| {
                let band = band_of_cell(scale, at, column);
                let n = cells[usize::from(at)][usize::from(column)];
                let impact = locale.name("risk-impact", &(column + 1).to_string());
                let args = [("likelihood", likelihood(at).into()), ("impact", impact.as_ref().into())];
                HeatCell {
                    path: if n == 0 { String::new() } else { path(5 - at, column + 1) },
                    label: locale.f("risk-heat-link", &args),
                    band: band.code(),
                    band_name: locale.name("risk-band", band.code()).into_owned(),
                    n: if n == 0 { String::new() } else { locale.count(n.into()) },
                }
            })
            .collect(),
    };
    (0..5).map(row).collect()
}

fn set_aside(locale: &Locale, risks: &[Risk], scale: &Scale, planned: Option<Money>) -> String {
    let told = contingency(risks, scale, planned);
    let (Some(expected), Some(enough)) = (told.expected, told.enough) else { return String::new() };
    let args = [
        ("expected", locale.money_short(expected).into()),
        ("enough", locale.money_short(enough).into()),
        ("chance", akimat_web_kit::view::warning::share(locale, told.chance).into()),
        ("n", told.n.into()),
        ("unknown", told.unknown.into()),
    ];
    locale.f("risk-contingency", &args)
}

/// Band and score in words.
pub fn band_text(locale: &Locale, band: Band, score: u8) -> String {
    let name = locale.name("risk-band", band.code());
    locale.f("risk-band-score", &[("band", name.as_ref().into()), ("score", score.to_string().into())])
}

fn row(
    (state, locale): (&WebState, &Locale),
    (project, held): (&Project, &HeldRisk),
    (scale, planned): (&Scale, Option<Money>),
    staff: bool,
) -> RiskRow {
    let (risk, today) = (&held.risk, state.app.today());
    let band = scale.band(risk.rated.score());
    let none = || locale.t("no-data-short").into_owned();
    let loss = risk.expected_loss(scale, planned).and_then(money);
    let action = |action: &akimat_delivery::risk::Action| {
        let (key, day) = match (action.done_on, action.due_on) {
            (Some(done), _) => ("risk-action-done", locale.date(done)),
            (None, Some(due)) => ("risk-action-due", locale.date(due)),
            (None, None) => ("risk-action-open", String::new()),
        };
        let nobody = locale.t("risk-action-nobody");
        let who = if action.who.is_empty() { nobody.as_ref() } else { action.who.as_str() };
        let args = [("what", action.what.as_str().into()), ("who", who.into()), ("day", day.into())];
        locale.f(key, &args)
    };
    let ending = risk.ending.map_or_else(String::new, |ending| {
        let name = locale.name("risk-ending", ending.code());
        format!("{name}. {}", risk.ending_note)
    });
    RiskRow {
        path: if staff {
            format!("/admin/projects/{}/risks/{}", project.id, held.section.id)
        } else {
            String::new()
        },
        event: risk.event.clone(),
        cause: risk.cause.clone(),
        effect: risk.effect.clone(),
        category: locale.name("risk-category", risk.category.code()).into_owned(),
        band: band.code(),
        band_text: band_text(locale, band, risk.rated.score()),
        residual: risk
            .residual
            .map_or_else(String::new, |rated| band_text(locale, scale.band(rated.score()), rated.score())),
        loss: loss.map_or_else(none, |loss| locale.money_short(loss)),
        response: locale.name("risk-response", risk.response.code()).into_owned(),
        actions: risk.actions.iter().map(action).collect(),
        owner: risk.owner.clone(),
        review: risk.review_on.map_or_else(none, |on| locale.date(on)),
        overdue: risk.review_overdue_days(today) > 0,
        ending,
        internal: risk.internal.clone(),
    }
}
