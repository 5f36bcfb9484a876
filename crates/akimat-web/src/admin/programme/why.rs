//! Why one project of a scenario is in or out: the cost with the plan that shows it, what would bring it in, what
//! stops it as a price that adds up, who took its place, how steady its place is, what its points are made of.

use super::{list_path, path_of, pictures, plate_of};
use crate::failure::{Answer, Failure};
use crate::figure::{self, Figure, Value};
use crate::frame::{self, PlaceLink};
use crate::kit::chart::{Bar, Words, bars};
use crate::kit::{Markup, MenuItem, Page};
use crate::state::WebState;
use crate::view::plan::loaded::Loaded;
use crate::view::plan::picture::{Drop, Often, frequencies, waterfall};
use crate::view::plan::told::{Statement, Teller};
use crate::visitor::Visitor;
use akimat_allocation::explain::steady::Steadiness;
use akimat_allocation::explain::{Against, Difference, Explanation};
use akimat_app::Permission;
use akimat_app::permission::check;
use akimat_app::programme::InputCandidate;
use akimat_core::ProjectId;
use akimat_document::Column;
use akimat_storage::programme::ProgrammeState;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/programme/why.html")]
struct WhyPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    project: String,
    inside: bool,
    state: String,
    about: Vec<(String, String)>,
    against: String,
    sections: Vec<Section>,
    decide: String,
    outcome: String,
}

/// Sentences of one kind, with their labels, and what belongs to them.
struct Section {
    id: &'static str,
    title: String,
    statements: Vec<(String, String)>,
    figure: Figure,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such project in the scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, project)): Path<(String, String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let view = state.app.programme(visitor.actor(), frame::id(&id)?).await?;
    let project: ProjectId = frame::id(&project)?;
    let plate = plate_of(&state, &visitor, view.head.place).await?;
    let loaded = Loaded::computed(&state, locale, &view).await?.ok_or_else(Failure::not_found)?;
    let at = loaded.input.find(project).ok_or_else(Failure::not_found)?;
    let teller = loaded.teller(locale);
    let candidate = Candidate { teller: &teller, at, one: &loaded.input.candidates[at] };
    let mut sections = candidate.sections();
    for section in &mut sections {
        if !section.figure.is_empty() {
            section.figure = std::mem::take(&mut section.figure).files(&visitor);
        }
    }
    let figures: Vec<&Figure> = sections.iter().map(|section| &section.figure).collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{project}"), &figures).await {
        return file;
    }
    let name = loaded.names.project(at).to_owned();
    let head = &view.head;
    let may = check(visitor.actor(), Permission::Decide, Some(head.place)).is_ok();
    let changes = candidate.change().is_some();
    let open = may && changes && view.state == ProgrammeState::Solved && !view.outdated;
    let inside = teller.view.plan.has(at);
    frame::render(&WhyPage {
        page: frame::page(
            &visitor,
            locale.f("plan-why-title", &[("project", name.into())]),
            Some(MenuItem::Admin),
        )
        .hidden()
        .invented(plate.place.invented || head.invented),
        place: PlaceLink { name: plate.name, path: plate.path },
        list_path: list_path(head.place),
        scenario: head.title.clone(),
        back: path_of(head.id),
        project: format!("/projects/{project}"),
        inside,
        state: locale.t(if inside { "plan-in" } else { "plan-out" }).into_owned(),
        about: candidate.about(),
        against: candidate.against(),
        decide: if open { format!("{}/decide?project={project}", path_of(head.id)) } else { String::new() },
        outcome: format!("/projects/{project}#outcome"),
        sections,
    })
}

struct Candidate<'a> {
    teller: &'a Teller<'a>,
    at: usize,
    one: &'a InputCandidate,
}

impl Candidate<'_> {
    fn word(&self, key: &str) -> String {
        self.teller.view.locale.t(key).into_owned()
    }

    fn explanation(&self) -> Option<&Explanation> {
        self.teller.explanation(self.at)
    }

    fn change(&self) -> Option<&Difference> {
        let explanation = self.explanation()?;
        explanation.regret.as_ref().or(explanation.value_in_plan.as_ref())?.change.as_ref()
    }

    fn about(&self) -> Vec<(String, String)> {
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

    fn against(&self) -> String {
        match self.explanation().map(|one| one.against) {
            Some(Against::Optimum) => self.word("plan-against-optimum"),
            Some(Against::RecommendedPlan) => self.word("plan-against-plan"),
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

    fn sections(&self) -> Vec<Section> {
        let fact = |text: String| vec![Statement { text, label: None }];
        let mut sections = Vec::new();
        let explanation = self.explanation();
        sections.push(self.section("cost", "plan-why-cost", self.teller.reason(self.at), self.witness()));
        if self.one.barred.is_some() {
            // Figures about what it would need say nothing as long as it must not start at all.
            return sections;
        }
        if let Some(one) = explanation {
            let needs = self.teller.needs(one);
            if !needs.is_empty() {
                sections.push(self.section("needs", "plan-why-needs", needs, Figure::default()));
            }
            if let Some(exchange) = &one.exchange {
                let text = fact(self.teller.exchange(exchange));
                sections.push(self.section("place", "plan-why-place", text, Figure::default()));
            }
        }
        let price = self.price();
        if !price.is_empty() {
            sections.push(self.section("stops", "plan-why-price", Vec::new(), price));
        }
        let steady = self.steady();
        if !steady.is_empty() {
            sections.push(self.section("steady", "plan-frequency", Vec::new(), steady));
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
        let year = self.teller.view.names.year(fall.start);
        let args = [("year", year.into())];
        let mut drops = vec![Drop {
            label: self.teller.view.locale.f("plan-price-worth", &args),
            value: fall.worth as f64,
            total: true,
        }];
        let charges = fall.charges.iter().filter(|charge| charge.charge != 0.0);
        drops.extend(charges.map(|charge| Drop {
            label: self.teller.rule(charge.rule),
            value: -charge.charge,
            total: false,
        }));
        drops.push(Drop { label: self.word("plan-price-net"), value: fall.net, total: true });
        waterfall(self.teller.view.locale, self.word("plan-why-price"), &drops)
    }

    fn steady(&self) -> Figure {
        let id = akimat_allocation::Id::Text(self.one.key.clone());
        let found = self.teller.report.and_then(|report| report.frequency.iter().find(|one| one.id == id));
        let Some(one) = found else { return Figure::default() };
        let locale = self.teller.view.locale;
        let often = Often {
            label: self.teller.view.names.project(self.at).to_owned(),
            chosen: one.chosen,
            draws: one.draws,
            interval: (one.low, one.high),
            class: locale.name("plan-steady", pictures::steadiness(one.standing)).into_owned(),
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
