//! The filtered register as a file.

use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_storage::{PageRequest, ProjectCard};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_choices::asked;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, RawQuery, State};

/// Projects of one download at most.
const ROWS_MAX: usize = 20_000;

/// The file.
///
/// # Errors
/// 404 for an unknown format, or when the database fails.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let (filter, sort) = asked(&state, &query.unwrap_or_default());
    let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
    let mut rows = Vec::new();
    loop {
        let page = state.app.read().list_projects(&filter, sort, &request).await?;
        rows.extend(page.items.iter().map(|card| row(locale, card)));
        match page.next {
            Some(cursor) if rows.len() < ROWS_MAX => request.after = Some(cursor),
            _ => break,
        }
    }
    let headers = headers(locale);
    akimat_web_kit::download::table(
        "projects",
        &format,
        &Table { title: locale.t("projects-title").into_owned(), headers, rows },
    )
}

fn headers(locale: &Locale) -> Vec<String> {
    let word = |key: &str| locale.t(key).into_owned();
    let in_tenge = |key: &str| format!("{}, {}", locale.t(key), locale.t("unit-tenge"));
    vec![
        word("project-number"),
        word("project-title"),
        word("place-code"),
        word("project-sector"),
        word("project-kind"),
        word("project-modality"),
        word("project-status"),
        format!("{}, %", locale.t("project-progress")),
        in_tenge("project-planned"),
        in_tenge("project-paid"),
        word("project-ends"),
        word("rating-title"),
        word("comments-title"),
    ]
}

fn row(locale: &Locale, card: &ProjectCard) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |plain: Option<String>| plain.map_or(Cell::Empty, Cell::Number);
    let money = |money: Option<Money>| number(money.map(|money| money.to_decimal(MoneyUnit::Tenge, 0)));
    vec![
        text(&card.number),
        text(card.title.get(locale.lang())),
        text(&card.place.to_string()),
        text(&locale.name("sector", card.sector.code())),
        text(&locale.name("kind", card.kind.code())),
        text(&locale.name("modality", card.modality.code())),
        text(&locale.name("status", card.status.code())),
        number(Some(card.progress_pct.to_string())),
        money(card.planned),
        money(card.paid),
        text(&card.ends_on.map_or_else(String::new, |date| date.to_string())),
        number(card.rating.mean().and_then(|mean| mean.to_decimal(2))),
        number(Some(card.n_comments.to_string())),
    ]
}
