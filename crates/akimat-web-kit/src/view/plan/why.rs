//! Why one project is in a plan or out of it: the cost with the plan that shows it, what would bring it in, what stops
//! it as a price that adds up, who took its place, how steady its place is, what its points are made of.

use super::picture::{Drop, Often, frequencies, waterfall};
use super::told::Teller;
use crate::explanation::Statement;
use crate::figure::{Figure, Value};
use crate::kit::Markup;
use crate::kit::chart::{Bar, Words, bars};
use akimat_allocation::explain::steady::{Frequency, Steadiness};
use akimat_allocation::explain::{Difference, Explanation};
use akimat_app::programme::InputCandidate;
use akimat_document::Column;

/// Sentences of one kind, with their labels, and what belongs to them.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its place on the page.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// Sentences, each with how sure it is; empty for a fact.
    pub statements: Vec<(String, String)>,
    /// The figure beside them; empty for none.
    pub figure: Figure,
}

/// A project of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Who tells.
    pub teller: &'a Teller<'a>,
    /// Its place among the candidates.
    pub at: usize,
    /// Its facts.
    pub one: &'a InputCandidate,
}

/// The end of the catalogue key.
pub const fn steadiness(standing: Steadiness) -> &'static str {
    match standing {
        Steadiness::Core => "core",
        Steadiness::Likely => "likely",
        Steadiness::Marginal => "marginal",
        Steadiness::Unlikely => "unlikely",
    }
}

impl Candidate<'_> {
    fn word(&self, key: &str) -> String {
        self.teller.view.locale.t(key).into_owned()
    }

    fn explanation(&self) -> Option<&Explanation> {
        self.teller.explanation(self.at)
    }

    /// How the plan that shows its cost differs; `None` when there is none.
    pub fn change(&self) -> Option<&Difference> {
        let explanation = self.explanation()?;
        explanation.regret.as_ref().or(explanation.value_in_plan.as_ref())?.change.as_ref()
    }

    /// Facts: name, value.
    pub fn about(&self) -> Vec<(String, String)> {
        let view = &self.teller.view;
        let window = view.programme.window(self.at);
        let window = if window.is_empty() {
            view.locale.t("no-data-short").into_owned()
        } else {
            format!("{}–{}", view.names.year(*window.start()), view.names.year(*window.end()))
        };
        vec![
            (self.word("plan-start"), view.start(self.at)),
            (self.word("plan-number-register"), self.one.number.clone()),
            (self.word("plan-sector"), view.locale.name("sector", self.one.sector.code()).into_owned()),
            (self.word("recommend-cost"), view.short(view.cost(self.at))),
            (self.word("plan-benefit"), self.teller.benefit(self.at)),
            (self.word("plan-window"), window),
        ]
    }

    /// What the figures are against.
    pub fn against(&self) -> String {
        match self.explanation().map(|one| one.against) {
            Some(against) => self.teller.said().against(against),
            None => self.word("plan-report-none"),
        }
    }

    fn told(&self, statements: Vec<Statement>) -> Vec<(String, String)> {
        let label = |one: &Statement| one.label.map_or_else(String::new, |label| self.teller.label(label));
        statements.into_iter().map(|one| (one.text.clone(), label(&one))).collect()
    }

    fn section(&self, id: &'static str, title: &str, statements: Vec<Statement>, figure: Figure) -> Section {
        Section { id, title: self.word(title), statements: self.told(statements), figure }
    }

    /// Everything that is said, part by part.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let explanation = self.explanation();
        sections.push(self.section("cost", "plan-why-cost", self.teller.reason(self.at), self.witness()));
        if self.one.barred.is_some() {
            // Figures about what it would need say nothing as long as it must not start at all.
            return sections;
        }
        if let Some(one) = explanation {
            let needs = self.teller.said().needs(one);
            if !needs.is_empty() {
                sections.push(self.section("needs", "plan-why-needs", needs, Figure::default()));
            }
            if let Some(text) = self.teller.said().place_taken(one) {
                let text = vec![Statement::fact(text)];
                sections.push(self.section("place", "plan-why-place", text, Figure::default()));
            }
        }
        let price = self.price();
        if !price.is_empty() {
            sections.push(self.section("stops", "plan-why-price", Vec::new(), price));
        }
        if let Some(often) = self.frequency() {
            let text = vec![Statement::fact(self.teller.said().frequency(often))];
            sections.push(self.section("steady", "plan-frequency", text, self.steady(often)));
        }
        let scores = self.scores();
        if !scores.is_empty() {
            sections.push(self.section("scores", "plan-why-scores", Vec::new(), scores));
        }
        sections
    }

    /// The plan that has the project, or does without it: who enters, leaves, moves.
    fn witness(&self) -> Figure {
        let Some(change) = self.change() else { return Figure::default() };
        let view = &self.teller.view;
        let here =
            |id: &akimat_allocation::Id| self.teller.place(id).map_or_else(String::new, |at| view.start(at));
        let row = |id, now: String| {
            vec![Value::text(self.teller.name(id)), Value::text(here(id)), Value::text(now)]
        };
        let starts = change.enter.iter().chain(&change.moved);
        let mut rows: Vec<Vec<Value>> =
            starts.map(|start| row(&start.id, view.names.year(start.start))).collect();
        rows.extend(change.leave.iter().map(|id| row(id, self.word("plan-not-in"))));
        if rows.is_empty() {
            return Figure::default();
        }
        let columns =
            ["plan-project", "plan-computed", "plan-witness"].map(|key| Column::text(self.word(key)));
        Figure::new("witness", self.word("plan-witness-title"), Markup::default()).table(
            self.word("plan-witness-caption"),
            columns.to_vec(),
            rows,
        )
    }

    /// Worth less what each rule charges.
    fn price(&self) -> Figure {
        let fall = self.explanation().and_then(|one| one.stops.waterfall.as_ref());
        let Some(fall) = fall else { return Figure::default() };
        let values = std::iter::once(fall.worth as f64)
            .chain(fall.charges.iter().map(|charge| -charge.charge))
            .chain(std::iter::once(fall.net));
        let rows = self.teller.said().waterfall(fall);
        let last = rows.len().saturating_sub(1);
        let drop = |(at, ((label, _), value)): (usize, ((String, String), f64))| Drop {
            label,
            value,
            total: at == 0 || at == last,
        };
        let drops: Vec<Drop> = rows.into_iter().zip(values).enumerate().map(drop).collect();
        waterfall(self.teller.view.locale, self.word("plan-why-price"), &drops)
    }

    fn frequency(&self) -> Option<&Frequency> {
        let id = akimat_allocation::Id::Text(self.one.key.clone());
        self.teller.report.and_then(|report| report.frequency.iter().find(|one| one.id == id))
    }

    fn steady(&self, one: &Frequency) -> Figure {
        let locale = self.teller.view.locale;
        let often = Often {
            label: self.teller.view.names.project(self.at).to_owned(),
            chosen: one.chosen,
            draws: one.draws,
            interval: (one.low, one.high),
            class: locale.name("plan-steady", steadiness(one.standing)).into_owned(),
            marginal: one.standing == Steadiness::Marginal,
        };
        frequencies(locale, &[often])
    }

    /// What each criterion adds to the points.
    fn scores(&self) -> Figure {
        let locale = self.teller.view.locale;
        if self.one.scores.is_empty() {
            return Figure::default();
        }
        let name = |code: &str| self.teller.criterion(code);
        let drawn: Vec<Bar> = self
            .one
            .scores
            .iter()
            .map(|(code, points)| Bar::new(name(code), Some(*points as f64), locale.number(*points)))
            .collect();
        let mut rows: Vec<Vec<Value>> = self
            .one
            .scores
            .iter()
            .map(|(code, points)| {
                vec![Value::text(name(code)), Value::number(locale.number(*points), points.to_string())]
            })
            .collect();
        let sum = self.one.benefit;
        rows.push(vec![Value::text(self.word("total")), Value::number(locale.number(sum), sum.to_string())]);
        let title = self.word("plan-why-scores");
        let words = Words::new("scores", title.clone(), self.word("plan-scores-help"));
        let columns =
            vec![Column::text(self.word("plan-criterion")), Column::number(self.word("plan-points"))];
        Figure::new("scores", title, bars(&words, &drawn))
            .table(self.word("plan-scores-caption"), columns, rows)
            .note(self.word("plan-scores-help"))
    }
}
