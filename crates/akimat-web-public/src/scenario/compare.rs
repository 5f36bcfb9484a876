//! Kept scenarios side by side.

use super::{Ran, run_saved};
use akimat_core::{Money, Ratio, SavedId};
use akimat_i18n::Locale;
use akimat_scenario::{LevelOutcome, Outcome};
use akimat_storage::SavedKind;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Group, Words};
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Scenarios side by side.
const SCENARIOS_MAX: usize = 4;

/// A figure's name and its value in each scenario.
type Row = (String, Vec<String>);

#[derive(Template)]
#[template(path = "public/scenario/compare.html")]
struct ComparePage {
    page: Page,
    heads: Vec<(String, String)>,
    same_base: bool,
    rows: Vec<Row>,
    levels: Vec<(String, Vec<Row>)>,
    chart: Markup,
}

/// The page.
///
/// # Errors
/// 404 when one of them is not there or private and somebody else's.
pub async fn compare(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut ids: Vec<&str> =
        asked.all("ids").flat_map(|ids| ids.split(',')).filter(|id| !id.is_empty()).collect();
    ids.truncate(SCENARIOS_MAX);
    let mut heads = Vec::new();
    let mut all: Vec<Ran> = Vec::new();
    for id in ids {
        let id: SavedId = frame::id(id)?;
        let saved = state.app.find_analysis(visitor.actor(), SavedKind::Scenario, id).await?;
        all.push(run_saved(&state, &visitor, &saved).await?.1);
        heads.push((format!("/scenarios/{id}"), saved.head.title));
    }
    let teller = Comparison { locale, all: &all };
    frame::render(&ComparePage {
        page: frame::page(&visitor, locale.t("scenario-compare-title"), Some(MenuItem::Analysis))
            .invented(all.iter().any(|ran| ran.chosen.base.invented)),
        same_base: all.windows(2).all(|pair| pair[0].chosen.base == pair[1].chosen.base),
        rows: teller.rows(),
        levels: teller.levels(),
        chart: teller.chart(&heads),
        heads,
    })
}

struct Comparison<'a> {
    locale: &'a Locale,
    all: &'a [Ran],
}

impl Comparison<'_> {
    fn none(&self) -> String {
        self.locale.t("no-data-short").into_owned()
    }

    /// A cell of each scenario: central, with low and high in brackets where they differ.
    fn cells(&self, tell: &dyn Fn(&Outcome) -> String) -> Vec<String> {
        let cell = |ran: &Ran| {
            let Some(outcomes) = &ran.outcomes else { return self.none() };
            let [low, central, high] = [&outcomes[0], &outcomes[1], &outcomes[2]].map(tell);
            if low == central && central == high { central } else { format!("{central} ({low} … {high})") }
        };
        self.all.iter().map(cell).collect()
    }

    fn rows(&self) -> Vec<(String, Vec<String>)> {
        let word = |key: &str| self.locale.t(key).into_owned();
        let short = |money: Money| self.locale.money_short(money);
        let n = |n: usize| self.locale.count(u64::try_from(n).unwrap_or(u64::MAX));
        vec![
            (word("scenario-winners"), self.cells(&|outcome| n(outcome.winners().len()))),
            (word("scenario-losers"), self.cells(&|outcome| n(outcome.losers().len()))),
            (word("scenario-new-money"), self.cells(&|outcome| short(outcome.totals.new_money))),
            (word("scenario-saved-money"), self.cells(&|outcome| short(outcome.totals.saved))),
            (word("scenario-outside"), self.cells(&|outcome| short(outcome.totals.outside))),
            (word("scenario-participatory"), self.cells(&|outcome| short(outcome.totals.participatory))),
            (word("scenario-borrowed"), self.cells(&|outcome| short(outcome.totals.borrowed))),
            (word("scenario-breaches"), self.cells(&|outcome| n(outcome.breaches.len()))),
        ]
    }

    fn levels(&self) -> Vec<(String, Vec<Row>)> {
        let found = self.all.iter().find_map(|ran| ran.outcomes.as_ref());
        let levels: Vec<u8> = found
            .map_or_else(Vec::new, |outcomes| outcomes[1].levels.iter().map(|level| level.level).collect());
        let row = |key: &str, at: u8, tell: &dyn Fn(&LevelOutcome) -> String| {
            let cells = self.cells(&|outcome| {
                let level = outcome.levels.iter().find(|level| level.level == at);
                level.map_or_else(|| self.none(), tell)
            });
            (self.locale.t(key).into_owned(), cells)
        };
        let percent = |ratio: Option<Ratio>| {
            let plain = ratio.and_then(|ratio| ratio.percent(1));
            plain.map_or_else(|| self.none(), |plain| self.locale.percent(&plain))
        };
        let index = |value: Option<f64>| {
            value.map_or_else(|| self.none(), |value| self.locale.decimal(&format!("{value:.3}")))
        };
        levels
            .into_iter()
            .map(|at| {
                let name = self.locale.name("scenario-units-of", &at.to_string()).into_owned();
                let rows = vec![
                    row("scenario-own", at, &|level| self.locale.money_short(level.after.own)),
                    row("scenario-transfers", at, &|level| self.locale.money_short(level.after.transfers)),
                    row("scenario-balance", at, &|level| self.locale.money_short(level.after.balance())),
                    row("scenario-own-share", at, &|level| percent(level.after.own_share())),
                    row("scenario-self-sufficiency", at, &|level| percent(level.after.self_sufficiency())),
                    row("scenario-gini-own", at, &|level| index(level.own_after.gini)),
                    row("scenario-gini", at, &|level| index(level.received_after.gini)),
                ];
                (name, rows)
            })
            .collect()
    }

    /// Inequality of each scenario at each level.
    fn chart(&self, heads: &[(String, String)]) -> Markup {
        let series =
            [self.locale.t("scenario-before").into_owned(), self.locale.t("scenario-after").into_owned()];
        let value = |gini: Option<f64>| {
            let text = gini.map_or_else(|| self.none(), |gini| self.locale.decimal(&format!("{gini:.3}")));
            (gini, text)
        };
        let groups: Vec<Group> = self
            .all
            .iter()
            .zip(heads)
            .flat_map(|(ran, (_, title))| {
                let levels = ran.outcomes.as_ref().map_or(&[][..], |outcomes| &outcomes[1].levels);
                levels.iter().filter(|level| level.received_before.gini.is_some()).map(move |level| {
                    let name = self.locale.name("scenario-units-of", &level.level.to_string());
                    let values = vec![value(level.received_before.gini), value(level.received_after.gini)];
                    Group::new(format!("{title}: {name}"), values)
                })
            })
            .collect();
        if groups.is_empty() {
            return Markup::default();
        }
        let words =
            Words::new("gini", self.locale.t("scenario-gini"), self.locale.t("scenario-compare-chart-text"));
        chart::compare_bars(&words, &series, &groups)
    }
}
