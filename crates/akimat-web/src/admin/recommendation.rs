//! The recommended portfolio of a territory, and the decision on it.

use crate::failure::Answer;
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::reason::Names;
use crate::state::WebState;
use crate::view::attempt::limit;
use crate::visitor::Visitor;
use akimat_allocation::envelope::{Assessment, Choice, Recommendation};
use akimat_app::permission::{Permission, permits};
use akimat_app::recommendation::Recommended;
use akimat_app::{AppError, FieldFault};
use akimat_core::{KatoCode, Money, MoneyUnit};
use akimat_i18n::Locale;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "admin/recommendation.html")]
struct RecommendationPage {
    page: Page,
    place: frame::PlaceLink,
    action: String,
    form: kit::Form,
    envelope_fields: Vec<(String, String)>,
    computed: bool,
    nothing: bool,
    clashes: Vec<String>,
    standing: String,
    benefit: String,
    years: Vec<[String; 4]>,
    rows: Vec<Row>,
    hidden: Vec<(String, String)>,
    may_decide: bool,
}

struct Row {
    path: String,
    number: String,
    title: String,
    cost: String,
    benefit: String,
    recommended: bool,
    chosen: bool,
    assessable: bool,
    reason: String,
}

/// Envelopes of the form `y2027=1500000`, thousand tenge; the published ones when none is given.
fn envelopes(
    locale: &Locale,
    asked: &Form,
    offered: &[(i16, Money)],
    form: &mut kit::Form,
) -> Vec<(i16, Money)> {
    let mut envelopes = Vec::new();
    for (year, offer) in offered {
        let name = format!("y{year}");
        let text = asked.get(&name);
        let money = if text.is_empty() {
            Some(*offer)
        } else {
            Money::parse(text, MoneyUnit::ThousandTenge).ok().filter(|money| money.tiyn() >= 0)
        };
        if let Some(money) = money {
            envelopes.push((*year, money));
            let plain = money.to_decimal(MoneyUnit::ThousandTenge, 0);
            *form = std::mem::take(form).with(&name, plain);
        } else {
            *form = std::mem::take(form).with(&name, text);
            form.fail(&name, locale.t("field-not-an-amount"));
        }
    }
    envelopes
}

struct Shown<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    code: KatoCode,
    asked: &'a Form,
    faults: &'a [FieldFault],
}

impl Shown<'_> {
    async fn page(&self) -> Answer<RecommendationPage> {
        let locale = self.visitor.locale();
        let app = &self.state.app;
        let place = app.read().find_place(self.code, app.today()).await?;
        let place = place.ok_or_else(crate::failure::Failure::not_found)?;
        let mut form = kit::Form::new().with("reason", self.asked.raw("reason"));
        let offered = &app.criteria().envelopes;
        let envelopes = envelopes(locale, self.asked, offered, &mut form);
        for fault in self.faults {
            form.fail(&fault.field, frame::fault_text(locale, fault));
        }
        let answer = if envelopes.len() == offered.len() {
            match app.recommend(self.visitor.actor(), self.code, &envelopes).await {
                Ok(recommended) => Some(recommended),
                Err(AppError::NotFound("candidate")) => None,
                Err(error) => return Err(error.into()),
            }
        } else {
            None
        };
        let name = place.name.get(self.visitor.lang).to_owned();
        let title = format!("{}: {name}", locale.t("recommend-title"));
        let mut page = RecommendationPage {
            page: frame::page(self.visitor, title, Some(MenuItem::Admin))
                .hidden()
                .invented(place.invented)
                .errors(!form.is_clean()),
            place: frame::PlaceLink { name, path: frame::place_path(self.code) },
            action: self.visitor.to(&format!("/admin/recommendation/{}", self.code)),
            envelope_fields: offered
                .iter()
                .map(|(year, _)| {
                    (format!("y{year}"), locale.f("recommend-envelope-year", &[("year", (*year).into())]))
                })
                .collect(),
            computed: answer.is_some(),
            nothing: answer.is_none() && form.is_clean(),
            hidden: envelopes
                .iter()
                .map(|(year, money)| (format!("y{year}"), money.to_decimal(MoneyUnit::ThousandTenge, 0)))
                .collect(),
            form,
            clashes: Vec::new(),
            standing: String::new(),
            benefit: String::new(),
            years: Vec::new(),
            rows: Vec::new(),
            may_decide: self.visitor.actor().is_some_and(|a| permits(a.role, Permission::Decide)),
        };
        if let Some(recommended) = &answer {
            self.fill(&mut page, recommended);
        }
        Ok(page)
    }

    fn fill(&self, page: &mut RecommendationPage, recommended: &Recommended) {
        let locale = self.visitor.locale();
        let titles: BTreeMap<String, String> = recommended
            .projects
            .iter()
            .map(|project| (project.number.clone(), project.title.get(self.visitor.lang).to_owned()))
            .collect();
        let names = Names { locale, titles: &titles, criteria: &self.state.app.criteria().criteria };
        page.clashes = names.clashes(&recommended.choice);
        let Choice::Recommended(recommendation) = &recommended.choice else { return };
        page.standing = names.standing(recommendation);
        page.benefit =
            locale.f("recommend-total-benefit", &[("points", locale.count(recommendation.benefit).into())]);
        let amount = |money: Money| locale.amount(money, MoneyUnit::ThousandTenge, 1);
        page.years = recommendation
            .years
            .iter()
            .map(|sum| [sum.year.to_string(), amount(sum.envelope), amount(sum.spent), amount(sum.left)])
            .collect();
        page.rows = self.rows(&names, recommended, recommendation);
    }

    fn rows(
        &self,
        names: &Names<'_>,
        recommended: &Recommended,
        recommendation: &Recommendation,
    ) -> Vec<Row> {
        let locale = names.locale;
        let sent: Option<Vec<&str>> = (!self.faults.is_empty()).then(|| self.asked.all("chosen").collect());
        let candidates = recommended.problem.candidates();
        let mut rows: Vec<Row> = recommended
            .projects
            .iter()
            .zip(candidates)
            .zip(&recommendation.verdicts)
            .map(|((project, candidate), verdict)| Row {
                path: self.visitor.to(&format!("/projects/{}", project.id)),
                number: project.number.clone(),
                title: project.title.get(self.visitor.lang).to_owned(),
                cost: Money::checked_sum(candidate.cost.iter().copied())
                    .map_or_else(String::new, |cost| locale.money_short(cost)),
                benefit: candidate
                    .assessment
                    .benefit()
                    .map_or_else(|| locale.t("no-data-short").into_owned(), |points| locale.count(points)),
                recommended: verdict.chosen,
                chosen: sent.as_ref().map_or(verdict.chosen, |sent| sent.contains(&project.number.as_str())),
                assessable: matches!(candidate.assessment, Assessment::Scored { .. }),
                reason: names.verdict(verdict),
            })
            .collect();
        rows.sort_by_key(|row| !row.recommended);
        rows
    }
}

/// Computes and shows.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let code: KatoCode = frame::id(&code)?;
    akimat_app::permission::check(visitor.actor(), Permission::Recommend, Some(code))?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let shown = Shown { state: &state, visitor: &visitor, code, asked: &asked, faults: &[] };
    let page = shown.page().await?;
    if page.form.is_clean() { frame::render(&page) } else { frame::render_invalid(&page) }
}

/// Publishes the decision.
///
/// # Errors
/// 403 for anybody but the head of the territory.
pub async fn decide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let code: KatoCode = frame::id(&code)?;
    akimat_app::permission::check(visitor.actor(), Permission::Decide, Some(code))?;
    let offered = &state.app.criteria().envelopes;
    let mut form = kit::Form::new();
    let envelopes = envelopes(visitor.locale(), &sent, offered, &mut form);
    let chosen: Vec<String> = sent.all("chosen").map(str::to_owned).collect();
    let answer = if form.is_clean() {
        state.app.decide(visitor.actor(), code, &envelopes, &chosen, sent.raw("reason")).await
    } else {
        // What is wrong with the envelopes is in their own fields.
        Err(AppError::Invalid(Vec::new()))
    };
    match answer {
        Ok(id) => Ok(frame::redirect(&visitor, &format!("/decisions/{id}"), "decision-published")),
        Err(AppError::Invalid(faults)) => {
            let shown = Shown { state: &state, visitor: &visitor, code, asked: &sent, faults: &faults };
            frame::render_invalid(&shown.page().await?)
        }
        Err(error) => Err(error.into()),
    }
}
