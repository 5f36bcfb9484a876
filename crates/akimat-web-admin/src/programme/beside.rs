//! What stands beside the plan of a scenario: the list by rank, other good plans, plans for less and more money each
//! within the next, and plans with an even benefit of the territories, each of which can become a scenario.

use super::{list_path, path_of, plate_of, words};
use akimat_allocation::fairness::{DistrictBenefit, FairnessError};
use akimat_allocation::{Allocation, Plan};
use akimat_app::permission::check;
use akimat_app::programme::beside::{Beside, FairPlan, GOALS, goal_code};
use akimat_app::programme::{NewProgramme, ProgrammeSolution, ProgrammeView};
use akimat_app::{AppError, Permission};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure, Value};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::view::plan::{exact_points, points};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/programme/beside.html")]
struct BesidePage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    notes: Vec<String>,
    sections: Vec<Section>,
    fair: Vec<FairRow>,
    fair_path: String,
}

/// One thing beside the plan.
struct Section {
    id: &'static str,
    title: String,
    lead: String,
    figures: Vec<Figure>,
}

/// A fair plan that can become a scenario.
struct FairRow {
    goal: &'static str,
    name: String,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let view = state.app.programme(visitor.actor(), frame::id(&id)?).await?;
    let plate = plate_of(&state, &visitor, view.head.place).await?;
    let head = &view.head;
    let may = check(visitor.actor(), Permission::Recommend, Some(head.place)).is_ok();
    let title = [("title", head.title.as_str().into())];
    let mut page = BesidePage {
        page: frame::page(&visitor, locale.f("plan-beside-title", &title), Some(MenuItem::Admin))
            .hidden()
            .invented(plate.place.invented || head.invented),
        place: PlaceLink { name: plate.name, path: plate.path },
        list_path: list_path(head.place),
        scenario: head.title.clone(),
        back: path_of(head.id),
        notes: Vec::new(),
        sections: Vec::new(),
        fair: Vec::new(),
        fair_path: if may { format!("{}/fair", path_of(head.id)) } else { String::new() },
    };
    let loaded = Loaded::computed(&state, locale, &view).await?;
    let found = loaded.as_ref().and_then(|one| Some((one, one.report.as_ref()?.beside.as_ref()?)));
    match found {
        None => page.notes.push(locale.t("plan-beside-none").into_owned()),
        Some((loaded, beside)) => {
            let teller = Desk { locale, loaded, beside };
            page.sections = teller.sections();
            page.fair = beside.fair.iter().map(|one| teller.fair_row(one)).collect();
            for figure in page.sections.iter_mut().flat_map(|section| &mut section.figures) {
                *figure = std::mem::take(figure).files(&visitor);
            }
        }
    }
    let figures: Vec<&Figure> = page.sections.iter().flat_map(|section| &section.figures).collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{id}"), &figures).await {
        return file;
    }
    frame::render(&page)
}

/// Makes a scenario of a fair plan: its levels become floors, and it is solved and explained as any other.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such plan.
pub async fn fair(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let view = state.app.programme(visitor.actor(), frame::id(&id)?).await?;
    check(visitor.actor(), Permission::Recommend, Some(view.head.place))?;
    let beside = view.solution.as_ref().and_then(|one| one.report.as_ref()?.beside.as_ref());
    let wanted = |one: &&FairPlan| goal_code(one.goal) == sent.get("goal");
    let plan = beside.and_then(|one| one.fair.iter().find(wanted)).ok_or_else(Failure::not_found)?;
    let made = make(&state, &visitor, (&view, plan)).await?;
    Ok(frame::redirect(&visitor, &made, "programme-solving"))
}

async fn make(
    state: &WebState,
    visitor: &Visitor,
    (view, plan): (&ProgrammeView, &FairPlan),
) -> Result<String, AppError> {
    let asked = view.solution.as_ref().map(|one: &ProgrammeSolution| one.request.clone());
    let mut request = asked.unwrap_or_else(|| view.request.clone());
    request.extensions.benefit_floors.clone_from(&plan.floors);
    let goal = visitor.locale().name("plan-fair", goal_code(plan.goal)).into_owned();
    let args = [("title", view.head.title.as_str().into()), ("goal", goal.as_str().into())];
    let new = NewProgramme {
        place: view.head.place,
        title: visitor.locale().f("plan-fair-copy", &args),
        first_year: view.head.first_year,
        years: view.head.n_years,
        request: Some(request),
    };
    let (app, actor) = (&state.app, visitor.actor());
    let id = app.create_programme_from(actor, Some(view.head.id), new).await?;
    let edit = app.programme(actor, id).await?.head.edit;
    app.solve_programme(actor, (id, edit)).await?;
    Ok(path_of(id))
}

struct Desk<'a> {
    locale: &'static Locale,
    loaded: &'a Loaded,
    beside: &'a Beside,
}

impl Desk<'_> {
    fn word(&self, key: &str) -> String {
        self.locale.t(key).into_owned()
    }

    fn own(&self) -> &Allocation {
        &self.loaded.plan.allocation
    }

    fn worth(&self, worth: i64) -> Value {
        Value::number(points(self.locale, worth), exact_points(worth))
    }

    fn start(&self, plan: Option<&Plan>, at: usize) -> Value {
        match plan.and_then(|plan| plan.starts.get(at).copied().flatten()) {
            Some(year) => Value::text(self.loaded.names.year(year)),
            None => Value::text("—"),
        }
    }

    fn count(&self, n: usize) -> Value {
        Value::number(self.locale.count(n as u64), n.to_string())
    }

    fn sections(&self) -> Vec<Section> {
        [self.rank(), self.variants(), self.nested(), self.fair()].into_iter().flatten().collect()
    }

    /// Projects in which plans differ, with their year of start in each.
    fn differences(&self, id: &'static str, plans: &[(String, Option<&Plan>)]) -> Figure {
        let differ = |at: &usize| {
            let start = |plan: &Option<&Plan>| plan.map(|plan| plan.starts.get(*at).copied().flatten());
            let mut starts = plans.iter().filter_map(|(_, plan)| start(plan));
            let first = starts.next();
            starts.any(|other| Some(other) != first)
        };
        let rows: Vec<Vec<Value>> = (0..self.loaded.names.projects.len())
            .filter(differ)
            .map(|at| {
                let mut row = vec![Value::text(self.loaded.names.project(at))];
                row.extend(plans.iter().map(|(_, plan)| self.start(*plan, at)));
                row
            })
            .collect();
        if rows.is_empty() {
            return Figure::default();
        }
        let mut columns = vec![Column::text(self.word("plan-project"))];
        columns.extend(plans.iter().map(|(name, _)| Column::text(name.clone())));
        let title = self.word("plan-beside-differ");
        Figure::new(id, title.clone(), Markup::default())
            .table(self.word("plan-beside-differ-caption"), columns, rows)
            .note(self.word("plan-beside-differ-note"))
    }

    fn figures(figures: Vec<Figure>) -> Vec<Figure> {
        figures.into_iter().filter(|figure| !figure.is_empty()).collect()
    }

    fn rank(&self) -> Option<Section> {
        let rank = self.beside.rank.as_ref()?;
        let less = self.own().objective - rank.objective;
        let args = [
            ("points", points(self.locale, rank.objective).into()),
            ("less", points(self.locale, less.abs()).into()),
            ("n", rank.n_faults.into()),
        ];
        let key = match (rank.n_faults, less) {
            (0, 0) => "plan-beside-rank-same",
            (0, 1..) => "plan-beside-rank-less",
            // A list that knows nothing of floors can seem to bring more.
            _ => "plan-beside-rank-breaks",
        };
        let plans = [
            (self.word("plan-beside-own"), Some(&self.own().plan)),
            (self.word("plan-beside-list"), Some(&rank.plan)),
        ];
        Some(Section {
            id: "rank",
            title: self.word("plan-beside-rank"),
            lead: self.locale.f(key, &args),
            figures: Self::figures(vec![self.differences("rank", &plans)]),
        })
    }

    fn variants(&self) -> Option<Section> {
        let list = &self.beside.variants;
        let name = |at: usize| self.locale.f("plan-beside-variant", &[("n", (at + 1).into())]);
        let rows = list.iter().enumerate().map(|(at, one)| {
            let sure = if one.best { "plan-beside-best" } else { "plan-beside-found" };
            vec![
                Value::text(name(at)),
                self.worth(one.objective),
                self.worth(self.own().objective - one.objective),
                self.count(akimat_allocation::variety::differing(&self.own().plan, &one.plan)),
                Value::text(self.word(sure)),
            ]
        });
        let columns = vec![
            Column::text(self.word("plan-beside-plan")),
            Column::number(self.word("programme-points")),
            Column::number(self.word("plan-beside-loses")),
            Column::number(self.word("plan-beside-n-differ")),
            Column::text(self.word("plan-label")),
        ];
        let title = self.word("plan-beside-variants");
        let table = Figure::new("variants", title.clone(), Markup::default()).table(
            self.word("plan-beside-variants-caption"),
            columns,
            rows.collect(),
        );
        let mut plans = vec![(self.word("plan-beside-own"), Some(&self.own().plan))];
        plans.extend(list.iter().enumerate().map(|(at, one)| (name(at), Some(&one.plan))));
        let key = if list.is_empty() { "plan-beside-variants-none" } else { "plan-beside-variants-lead" };
        let figures = if list.is_empty() {
            Vec::new()
        } else {
            Self::figures(vec![table, self.differences("variant-moves", &plans)])
        };
        Some(Section { id: "variants", title, lead: self.word(key), figures })
    }

    fn nested(&self) -> Option<Section> {
        let steps = &self.beside.nested;
        if steps.is_empty() {
            return None;
        }
        let percent = |permille: i64| self.locale.percent(&(permille / 10).to_string());
        let rows = steps.iter().map(|step| {
            let mut row = vec![Value::text(percent(step.permille))];
            match &step.allocation {
                Some(one) => row.extend([
                    self.worth(one.objective),
                    self.count(one.plan.started().count()),
                    Value::text(words::quality(self.locale, Some(one.objective), Some(one.bound))),
                ]),
                None => row.extend([
                    Value::unknown(self.locale),
                    Value::unknown(self.locale),
                    Value::text(self.word("plan-beside-no-plan")),
                ]),
            }
            row
        });
        let columns = vec![
            Column::text(self.word("plan-beside-money")),
            Column::number(self.word("programme-points")),
            Column::number(self.word("programme-projects-n")),
            Column::text(self.word("plan-label")),
        ];
        let title = self.word("plan-beside-nested");
        let table = Figure::new("nested", title.clone(), Markup::default()).table(
            self.word("plan-beside-nested-caption"),
            columns,
            rows.collect(),
        );
        let plans: Vec<(String, Option<&Plan>)> = steps
            .iter()
            .map(|step| (percent(step.permille), step.allocation.as_ref().map(|one| &one.plan)))
            .collect();
        Some(Section {
            id: "nested",
            title,
            lead: self.word("plan-beside-nested-lead"),
            figures: Self::figures(vec![table, self.differences("nested-moves", &plans)]),
        })
    }

    fn goal(&self, one: &FairPlan) -> String {
        self.locale.name("plan-fair", goal_code(one.goal)).into_owned()
    }

    fn gini(&self, gini: Option<f64>) -> Value {
        match gini {
            Some(gini) => {
                let plain = format!("{gini:.3}");
                Value::number(self.locale.decimal(&plain), plain)
            }
            None => Value::unknown(self.locale),
        }
    }

    fn fair(&self) -> Option<Section> {
        let title = self.word("plan-beside-fair");
        if let Some(fault) = &self.beside.unfair {
            return Some(Section { id: "fair", title, lead: self.unfair(fault), figures: Vec::new() });
        }
        if self.beside.fair.is_empty() {
            return None;
        }
        let own = vec![
            Value::text(self.word("plan-beside-own")),
            self.worth(self.own().objective),
            Value::text(points(self.locale, 0)),
            self.gini(self.beside.gini),
            Value::text(String::new()),
        ];
        let rows = std::iter::once(own).chain(self.beside.fair.iter().map(|one| {
            let sure = if one.proven { "plan-fair-proven" } else { "plan-fair-found" };
            vec![
                Value::text(self.goal(one)),
                self.worth(one.allocation.objective),
                Value::text(self.price(one.price)),
                self.gini(one.gini),
                Value::text(self.word(sure)),
            ]
        }));
        let columns = vec![
            Column::text(self.word("plan-beside-plan")),
            Column::number(self.word("programme-points")),
            Column::number(self.word("plan-fair-price")),
            Column::number(self.word("plan-fair-gini")),
            Column::text(self.word("plan-label")),
        ];
        let table = Figure::new("fair", title.clone(), Markup::default())
            .table(self.word("plan-beside-fair-caption"), columns, rows.collect())
            .note(self.word("plan-fair-gini-note"));
        let mut plans = vec![(self.word("plan-beside-own"), Some(&self.own().plan))];
        plans.extend(self.beside.fair.iter().map(|one| (self.goal(one), Some(&one.allocation.plan))));
        Some(Section {
            id: "fair",
            title,
            lead: self.word("plan-beside-fair-lead"),
            figures: Self::figures(vec![table, self.territories(), self.differences("fair-moves", &plans)]),
        })
    }

    /// What fairness costs: exact, or between two limits.
    fn price(&self, (least, most): (i64, i64)) -> String {
        if least == most {
            return points(self.locale, least);
        }
        let args = [("least", points(self.locale, least).into()), ("most", points(self.locale, most).into())];
        self.locale.f("plan-fair-between", &args)
    }

    /// Benefit for each thousand people by territory.
    fn territories(&self) -> Figure {
        let people = |at: usize| {
            self.loaded.input.districts.get(at).and_then(|one| one.people).filter(|people| *people > 0)
        };
        let per_head = |list: &[DistrictBenefit], at: usize| match list
            .iter()
            .find(|one| one.district == at)
            .zip(people(at))
        {
            Some((one, people)) => self.worth(one.benefit.saturating_mul(1_000) / people),
            None => Value::unknown(self.locale),
        };
        let names = &self.loaded.names.districts;
        let rows = names.iter().enumerate().map(|(at, name)| {
            let people = people(at).map_or_else(
                || Value::unknown(self.locale),
                |people| Value::number(self.locale.number(people), people.to_string()),
            );
            let mut row = vec![Value::text(name.clone()), people, per_head(&self.beside.benefits, at)];
            row.extend(self.beside.fair.iter().map(|one| per_head(&one.benefits, at)));
            row
        });
        let mut columns = vec![
            Column::text(self.word("plan-district")),
            Column::number(self.word("plan-people")),
            Column::number(self.word("plan-beside-own")),
        ];
        columns.extend(self.beside.fair.iter().map(|one| Column::number(self.goal(one))));
        Figure::new("fair-heads", self.word("plan-fair-heads"), Markup::default()).table(
            self.word("plan-fair-heads-caption"),
            columns,
            rows.collect(),
        )
    }

    fn unfair(&self, fault: &FairnessError) -> String {
        match fault {
            FairnessError::NoPopulation { district } => {
                let names = &self.loaded.names.districts;
                let name = names.get(*district).cloned().unwrap_or_default();
                self.locale.f("plan-fair-no-people", &[("name", name.into())])
            }
            FairnessError::NoDistrict => self.word("plan-fair-no-district"),
            FairnessError::NothingFound | FairnessError::Solver(_) => self.word("plan-fair-nothing"),
        }
    }

    fn fair_row(&self, one: &FairPlan) -> FairRow {
        debug_assert!(GOALS.contains(&one.goal));
        FairRow { goal: goal_code(one.goal), name: self.goal(one) }
    }
}
