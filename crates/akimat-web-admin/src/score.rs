//! `/admin/scores/{code}` and `/admin/projects/{id}/scores`: members of the commission score candidates.

use akimat_app::AppError;
use akimat_app::criteria_set::{CriteriaDocument, SetCriterion, ValueSource, from_e4};
use akimat_app::permission::{self, Permission};
use akimat_app::score::ScoreDraft;
use akimat_core::{KatoCode, ProjectId};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_storage::Score;
use akimat_storage::criteria_set::CriteriaSet;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/ranking/scores.html")]
struct ListPage {
    page: Page,
    place: frame::PlaceLink,
    ranking: String,
    rows: Vec<Candidate>,
    none: bool,
}

struct Candidate {
    path: String,
    title: String,
    scored: String,
    missing: String,
    mine: bool,
}

#[derive(Template)]
#[template(path = "admin/ranking/score.html")]
struct ScorePage {
    page: Page,
    project_path: String,
    project_title: String,
    list: String,
    said: String,
    form: kit::Form,
    action: String,
    rows: Vec<ScoreRow>,
    history: Vec<[String; 5]>,
}

struct ScoreRow {
    code: String,
    title: String,
    help: String,
    unit: String,
    asked: bool,
    others: Vec<String>,
    spread: String,
    mine: bool,
}

/// The year of the next programme, whose criteria are asked for.
fn year(state: &WebState) -> i16 {
    state.app.today().year() + 1
}

/// Candidates and how far they are scored.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn list(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    permission::check(visitor.actor(), Permission::ScoreProjects, Some(code))?;
    let (locale, app) = (visitor.locale(), &state.app);
    let place = app.read().find_place(code, app.today()).await?.ok_or_else(Failure::not_found)?;
    let evaluated = match app.evaluate_candidates(code, year(&state)).await {
        Ok(evaluated) => Some(evaluated),
        Err(AppError::NotFound("criteria set")) => None,
        Err(error) => return Err(error.into()),
    };
    let mut rows = Vec::new();
    if let Some(evaluated) = &evaluated {
        let scores = app.read().list_scores(&[evaluated.set.id]).await?;
        let me = visitor.actor().map(|account| account.id);
        let asked =
            evaluated.document.criteria.iter().filter(|c| c.source == ValueSource::Commission).count();
        for project in &evaluated.projects {
            let of = |score: &&Score| score.project == project.project.id && score.value.is_some();
            let own = scores.iter().filter(of).filter(|score| Some(score.scorer) == me).count();
            let mut people: Vec<_> = scores.iter().filter(of).map(|score| score.scorer).collect();
            people.sort_unstable();
            people.dedup();
            rows.push(Candidate {
                path: format!("/admin/projects/{}/scores", project.project.id),
                title: project.project.title.get(visitor.lang).to_owned(),
                scored: people.len().to_string(),
                missing: names(locale, &evaluated.document, &project.missing),
                mine: own >= asked && asked > 0,
            });
        }
    }
    let name = place.name.get(visitor.lang).to_owned();
    frame::render(&ListPage {
        page: frame::page(
            &visitor,
            locale.f("score-list-title", &[("place", name.as_str().into())]),
            Some(MenuItem::Admin),
        )
        .hidden()
        .invented(place.invented),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        ranking: format!("/ranking/{code}"),
        none: evaluated.is_none(),
        rows,
    })
}

fn names(locale: &Locale, document: &CriteriaDocument, codes: &[String]) -> String {
    let of = document.criteria.iter().filter(|criterion| codes.contains(&criterion.code));
    of.map(|criterion| criterion.title.get(locale.lang())).collect::<Vec<_>>().join(", ")
}

struct Shown<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    project: Project,
    set: CriteriaSet,
    document: CriteriaDocument,
}

async fn find<'a>(state: &'a WebState, visitor: &'a Visitor, id: &str) -> Answer<Shown<'a>> {
    let id: ProjectId = frame::id(id)?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ScoreProjects, Some(project.place))?;
    let found = state.app.find_approved_criteria(project.place, year(state)).await?;
    let (set, document) = found.ok_or_else(Failure::not_found)?;
    Ok(Shown { state, visitor, project, set, document })
}

impl Shown<'_> {
    async fn page(&self, form: kit::Form) -> Answer<ScorePage> {
        let (locale, app) = (self.visitor.locale(), &self.state.app);
        let scores = app.read().list_scores(&[self.set.id]).await?;
        let scores: Vec<&Score> = scores.iter().filter(|score| score.project == self.project.id).collect();
        let history = app.read().list_score_history(self.project.id).await?;
        let rows = self.document.criteria.iter().map(|criterion| self.row(criterion, &scores)).collect();
        let (year, version) = (self.set.year.to_string(), self.set.version.to_string());
        let history = history.iter().rev().filter(|score| score.criteria_set == self.set.id).take(60);
        Ok(ScorePage {
            page: frame::page(self.visitor, locale.t("score-title"), Some(MenuItem::Admin))
                .hidden()
                .invented(self.project.invented)
                .errors(!form.is_clean()),
            project_path: format!("/projects/{}", self.project.id),
            project_title: self.project.title.get(self.visitor.lang).to_owned(),
            list: format!("/admin/scores/{}", self.set.place),
            said: locale
                .f("score-set", &[("year", year.as_str().into()), ("version", version.as_str().into())]),
            form,
            action: self.visitor.to(&format!("/admin/projects/{}/scores", self.project.id)),
            rows,
            history: history.map(|score| self.told(score)).collect(),
        })
    }

    fn row(&self, criterion: &SetCriterion, scores: &[&Score]) -> ScoreRow {
        let locale = self.visitor.locale();
        let me = self.visitor.actor().map(|account| account.id);
        let of: Vec<&&Score> = scores
            .iter()
            .filter(|score| score.criterion == criterion.code && score.value.is_some())
            .collect();
        let points: Vec<i64> = of.iter().filter_map(|score| score.value).map(|value| value.point).collect();
        let spread = match (points.iter().min(), points.iter().max()) {
            (Some(low), Some(high)) if points.len() > 1 => {
                let (low, high) = (number(locale, *low), number(locale, *high));
                locale.f("score-spread", &[("low", low.as_str().into()), ("high", high.as_str().into())])
            }
            _ => String::new(),
        };
        ScoreRow {
            code: criterion.code.clone(),
            title: criterion.title.get(locale.lang()).to_owned(),
            help: criterion.help.get(locale.lang()).to_owned(),
            unit: criterion.unit.get(locale.lang()).to_owned(),
            asked: criterion.source == ValueSource::Commission,
            others: of
                .iter()
                .filter(|score| Some(score.scorer) != me)
                .map(|score| format!("{}: {}", score.scorer_name, shown(locale, score)))
                .collect(),
            spread,
            mine: of.iter().any(|score| Some(score.scorer) == me),
        }
    }

    fn told(&self, score: &Score) -> [String; 5] {
        let locale = self.visitor.locale();
        [
            locale.date_time(score.at, self.state.app.zone()),
            score.scorer_name.clone(),
            names(locale, &self.document, std::slice::from_ref(&score.criterion)),
            shown(locale, score),
            score.note.clone(),
        ]
    }

    /// The form with what this person has said already.
    async fn filled(&self) -> Answer<kit::Form> {
        let me = self.visitor.actor().map(|account| account.id);
        let scores = self.state.app.read().list_scores(&[self.set.id]).await?;
        let own = scores.iter().filter(|score| score.project == self.project.id && Some(score.scorer) == me);
        let mut form = kit::Form::new();
        for score in own {
            let Some(value) = score.value else { continue };
            let plain = |e4: i64| {
                format!("{:.4}", from_e4(e4)).trim_end_matches('0').trim_end_matches('.').to_owned()
            };
            let code = &score.criterion;
            form = form
                .with(&format!("point-{code}"), plain(value.point))
                .with(&format!("note-{code}"), &score.note);
            if value.low != value.point || value.high != value.point {
                form = form
                    .with(&format!("low-{code}"), plain(value.low))
                    .with(&format!("high-{code}"), plain(value.high));
            }
        }
        Ok(form)
    }
}

fn number(locale: &Locale, e4: i64) -> String {
    let text = format!("{:.4}", from_e4(e4));
    locale.decimal(text.trim_end_matches('0').trim_end_matches('.'))
}

fn shown(locale: &Locale, score: &Score) -> String {
    match score.value {
        None => locale.t("score-withdrawn").into_owned(),
        Some(value) if value.low == value.high => number(locale, value.point),
        Some(value) => {
            let (low, point, high) =
                (number(locale, value.low), number(locale, value.point), number(locale, value.high));
            let args = [
                ("low", low.as_str().into()),
                ("point", point.as_str().into()),
                ("high", high.as_str().into()),
            ];
            locale.f("score-range", &args)
        }
    }
}

/// The form of one project.
///
/// # Errors
/// 404 when no criteria are approved for its territory.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let shown = find(&state, &visitor, &id).await?;
    let form = shown.filled().await?;
    frame::render(&shown.page(form).await?)
}

/// Saves the scores, or takes one back.
///
/// # Errors
/// 403 for the manager of the project.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let shown = find(&state, &visitor, &id).await?;
    let path = format!("/admin/projects/{}/scores", shown.project.id);
    let key = (shown.set.id, shown.project.id);
    let withdrawn = sent.get("withdraw");
    if !withdrawn.is_empty() {
        state.app.withdraw_score(visitor.actor(), key, withdrawn).await?;
        return Ok(frame::redirect(&visitor, &path, "score-taken-back"));
    }
    let drafts: Vec<ScoreDraft> = shown
        .document
        .criteria
        .iter()
        .filter(|criterion| criterion.source == ValueSource::Commission)
        .map(|criterion| {
            let field = |name: &str| sent.get(&format!("{name}-{}", criterion.code)).to_owned();
            ScoreDraft {
                criterion: criterion.code.clone(),
                point: field("point"),
                low: field("low"),
                high: field("high"),
                note: field("note"),
            }
        })
        .collect();
    match state.app.score_project(visitor.actor(), key, &drafts).await {
        Ok(_) => Ok(frame::redirect(&visitor, &path, "score-saved")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for draft in &drafts {
                let values = [
                    ("point", &draft.point),
                    ("low", &draft.low),
                    ("high", &draft.high),
                    ("note", &draft.note),
                ];
                for (name, value) in values {
                    form = form.with(&format!("{name}-{}", draft.criterion), value);
                }
            }
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&shown.page(form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
