//! `/analysis/laboratory`: models of one's choice on a series, compared at earlier origins.

mod picture;

use akimat_app::forecast::laboratory::{Laboratory, LaboratoryQuestion, Source};
use akimat_core::Place;
use akimat_core::fold::search_keys;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::{Form, Upload};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::forecast;
use akimat_web_kit::view::laboratory::{LaboratoryAsked, asked, own, why};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};

/// Territories that are offered where a name fits several.
const FOUND_MAX: u16 = 8;

#[derive(Template)]
#[template(path = "public/laboratory/show.html")]
struct ShowPage {
    page: Page,
    form: kit::Form,
    found: Vec<(String, String)>,
    items: Vec<(String, String)>,
    frequencies: Vec<(String, String)>,
    models: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    origins: Vec<(String, String)>,
    horizons: Vec<(String, String)>,
    refusal: String,
    about: Vec<String>,
    scores: Figure,
    steps: Figure,
    paths: Figure,
    api: String,
    example: String,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let mut asked = LaboratoryAsked::read(&form);
    let mut shown = ShowPage::new(&visitor, &asked);
    let (place, found) = place(&state, &asked).await?;
    shown.found =
        found.iter().map(|own| (asked.with_place(own.code), own.name.get(visitor.lang).to_owned())).collect();
    let source = if asked.own.trim().is_empty() {
        place.as_ref().map(|place| Ok(Source::Line(asked.line(place.code))))
    } else {
        Some(own::read(locale, &asked.own).map(Source::Own))
    };
    let name = match (&source, &place) {
        (Some(Ok(Source::Line(_))), Some(place)) => {
            format!("{}, {}", asked.line_name(locale), place.name.get(visitor.lang))
        }
        _ => locale.t("laboratory-own-series").into_owned(),
    };
    match source {
        Some(Err(sentence)) => asked.form.fail("text", sentence),
        None if asked.computes && found.is_empty() => {
            asked.form.fail("place", locale.t("laboratory-place-missing"));
        }
        Some(Ok(source)) if asked.computes => {
            let question = asked.question(source);
            let answer = state.app.compare_models(question.clone()).await?;
            shown.page = shown.page.invented(answer.line.as_ref().is_some_and(|line| line.invented));
            shown.fill(&visitor, &name, (&question, &answer));
            let figures = [&shown.scores, &shown.steps, &shown.paths];
            if let Some(file) = figure::asked(&visitor, "laboratory", &figures).await {
                return file;
            }
        }
        _ => {}
    }
    shown.form = asked.form;
    if shown.form.is_clean() {
        return frame::render(&shown);
    }
    shown.page = shown.page.errors(true);
    frame::render_invalid(&shown)
}

/// A file of one's own: it becomes the text of the address and is stored nowhere.
///
/// # Errors
/// 403 for a forged form, 429 for too many.
pub async fn upload(State(state): State<WebState>, visitor: Visitor, upload: Upload) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let read = if upload.too_large {
        Err(locale.t("laboratory-own-large").into_owned())
    } else {
        own::decode(locale, &upload.bytes)
    };
    match read {
        Ok(series) => {
            let text = own::write(&series);
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("text", &text)
                .append_pair("go", "1")
                .finish();
            let address = visitor.to(&format!("/analysis/laboratory?{query}"));
            Ok(Redirect::to(&format!("{address}#result")).into_response())
        }
        Err(sentence) => {
            let mut asked = LaboratoryAsked::read(&Form::default());
            let mut shown = ShowPage::new(&visitor, &asked);
            asked.form.fail("file", sentence);
            shown.form = asked.form;
            shown.page = shown.page.errors(true);
            frame::render_invalid(&shown)
        }
    }
}

/// The territory that is meant, or those that may be.
async fn place(state: &WebState, asked: &LaboratoryAsked) -> Answer<(Option<Place>, Vec<Place>)> {
    let (read, today) = (state.app.read(), state.app.today());
    if asked.place.is_empty() {
        return Ok((None, Vec::new()));
    }
    let mut found = match asked.place.parse() {
        Ok(code) => read.find_place(code, today).await?.into_iter().collect(),
        Err(_) => read.search_places(&search_keys(&asked.place), today, FOUND_MAX).await?,
    };
    if found.len() == 1 {
        return Ok((found.pop(), Vec::new()));
    }
    Ok((None, found))
}

impl ShowPage {
    fn new(visitor: &Visitor, asked: &LaboratoryAsked) -> Self {
        let locale = visitor.locale();
        Self {
            page: frame::page(visitor, locale.t("laboratory-title"), Some(MenuItem::Analysis))
                .description(locale.t("laboratory-lead")),
            form: kit::Form::new(),
            found: Vec::new(),
            items: forecast::asked::lines(locale),
            frequencies: forecast::asked::frequencies(locale, true),
            models: asked::models(locale),
            levels: forecast::asked::levels(locale),
            origins: asked::ORIGINS.map(|n| (n.to_string(), n.to_string())).into(),
            horizons: asked::HORIZONS.map(|n| (n.to_string(), n.to_string())).into(),
            refusal: String::new(),
            about: Vec::new(),
            scores: Figure::default(),
            steps: Figure::default(),
            paths: Figure::default(),
            api: asked.api(),
            example: own::EXAMPLE.to_owned(),
        }
    }

    fn fill(
        &mut self,
        visitor: &Visitor,
        name: &str,
        (question, answer): (&LaboratoryQuestion, &Laboratory),
    ) {
        let locale = visitor.locale();
        let (Some(series), Ok(comparison)) = (&answer.series, &answer.comparison) else {
            self.refusal = answer.comparison.as_ref().err().map_or_else(String::new, |no| why(locale, no));
            return;
        };
        let unit = match question.source {
            Source::Line(_) => locale.t("unit-thousand-tenge").into_owned(),
            Source::Own(_) => locale.t("laboratory-own-unit").into_owned(),
        };
        let drawn = picture::Drawn { locale, name, unit: &unit, series, comparison };
        self.about = drawn.about();
        self.scores = drawn.scores().files(visitor);
        self.steps = drawn.steps().files(visitor);
        self.paths = drawn.paths().files(visitor);
    }
}
