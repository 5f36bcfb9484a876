//! `/admin/plans`: work beside money of every project in work, those to look at first.

use akimat_app::AppError;
use akimat_app::schedule::board::{BoardRow, PROJECTS_MAX};
use akimat_app::schedule::rule;
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::schedule as view;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Rows on a page.
const ROWS: usize = 50;
/// What the list can be narrowed to.
const ONLY: [&str; 4] = ["gap", "overdue", "late", "none"];

#[derive(Template)]
#[template(path = "admin/schedule/board.html")]
struct BoardPage {
    page: Page,
    form: kit::Form,
    only: Vec<(String, String)>,
    action: String,
    rule: String,
    stats: Vec<(String, String)>,
    rows: Vec<Row>,
    said: String,
    before: String,
    after: String,
}

struct Row {
    path: String,
    title: String,
    number: String,
    done: String,
    paid: String,
    gap: String,
    flagged: bool,
    next: String,
    overdue: bool,
    slip: String,
    late: bool,
}

fn keeps(row: &BoardRow, only: &str) -> bool {
    match only {
        "gap" => row.gap.is_some_and(|gap| gap.flagged),
        "overdue" => row.overdue,
        "late" => row.slip_days.is_some_and(|days| days > 0),
        "none" => row.plan.is_none(),
        _ => true,
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn board(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let only = ONLY.into_iter().find(|only| *only == asked.get("only")).unwrap_or_default();
    let all = state.app.plan_board(account.place).await?;
    let kept: Vec<&BoardRow> = all.iter().filter(|row| keeps(row, only)).collect();
    let from = asked.get("from").parse().unwrap_or(0_usize);
    let from = if from < kept.len() { from } else { 0 };
    let to = kept.len().min(from + ROWS);
    let at = |from: usize| visitor.to(&format!("/admin/plans?only={only}&from={from}"));
    let numbers = [("from", from + 1), ("to", to), ("n", kept.len())];
    let numbers = numbers.map(|(name, n)| (name, i64::try_from(n).unwrap_or(i64::MAX).into()));
    let mut stats = vec![(locale.t("schedule-board-all").into_owned(), all.len().to_string())];
    stats.extend(ONLY.map(|only| {
        let n = all.iter().filter(|row| keeps(row, only)).count();
        (locale.name("schedule-board", only).into_owned(), n.to_string())
    }));
    let rule = rule(state.app.today());
    let limits = [
        ("points", locale.decimal(&format!("{:.0}", f64::from(rule.gap_bp) / 100.0)).into()),
        ("days", i64::from(rule.slip_days).into()),
        ("max", i64::from(PROJECTS_MAX).into()),
    ];
    frame::render(&BoardPage {
        page: frame::page(&visitor, locale.t("schedule-board-title"), Some(MenuItem::Admin))
            .invented(all.first().is_some_and(|row| row.project.invented))
            .hidden(),
        form: kit::Form::new().with("only", only),
        only: ONLY.map(|only| (only.to_owned(), locale.name("schedule-board", only).into_owned())).into(),
        action: visitor.to("/admin/plans"),
        rule: locale.f("schedule-board-rule", &limits),
        stats,
        rows: kept[from..to].iter().map(|own| row(locale, own)).collect(),
        said: if kept.len() > ROWS { locale.f("schedule-board-part", &numbers) } else { String::new() },
        before: if from == 0 { String::new() } else { at(from.saturating_sub(ROWS)) },
        after: if to < kept.len() { at(to) } else { String::new() },
    })
}

fn row(locale: &Locale, own: &BoardRow) -> Row {
    let none = || locale.t("no-data-short").into_owned();
    let project = &own.project;
    let path = match own.plan {
        Some(_) => format!("/projects/{}/plan", project.id),
        None => format!("/admin/projects/{}/plan", project.id),
    };
    let next = own.next.as_ref().zip(own.plan.as_ref()).and_then(|(next, stored)| {
        let title = locale.text(&stored.plan.item(&next.id)?.title).0;
        Some(format!("{}: {title}", locale.date_short(next.expected?)))
    });
    Row {
        path,
        title: locale.text(&project.title).0.to_owned(),
        number: project.number.clone(),
        done: match (&own.physical, &own.plan) {
            (Some(physical), _) => view::percent(locale, u32::from(physical.done_bp)),
            (None, Some(_)) => locale.t("schedule-board-unmeasured").into_owned(),
            (None, None) => locale.t("schedule-board-none").into_owned(),
        },
        paid: own.gap.map_or_else(none, |gap| view::percent(locale, gap.paid_bp)),
        gap: own.gap.map_or_else(none, |gap| view::points(locale, gap.gap_bp)),
        flagged: own.gap.is_some_and(|gap| gap.flagged),
        next: next.unwrap_or_else(none),
        overdue: own.overdue,
        slip: own.slip_days.map_or_else(none, |days| view::slip(locale, days)),
        late: own.slip_days.is_some_and(|days| days > 0),
    }
}
