//! `/moderation`: the rules of conversation and how often moderators did what, for everybody.

use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_participation::moderation::{ActKind, Reason};
use akimat_participation::rule::{First, TalkRules};
use akimat_storage::ModerationCount;
use akimat_storage::participation::Pattern;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::Page;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discount;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/talk/policy.html")]
struct PolicyPage {
    page: Page,
    rules: Vec<String>,
    kinds: Vec<String>,
    months: Vec<(String, Vec<String>)>,
    reasons: Vec<(String, String)>,
    patterns: Vec<[String; 4]>,
    discounts: Vec<String>,
    limits: Vec<[String; 3]>,
    weights: Vec<(String, String, String)>,
    place: String,
}

/// Discounts on the page.
const DISCOUNTS: usize = 50;
/// Months on the page.
const MONTHS: usize = 24;

/// The page.
///
/// # Errors
/// 404 for a territory that is none.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let place: Option<KatoCode> = match asked.get("place") {
        "" => None,
        code => Some(frame::id(code)?),
    };
    let name = match place {
        Some(code) => {
            let found = state.app.read().list_place_path(code, state.app.today()).await?;
            found.last().map_or_else(String::new, |place| place.name.get(visitor.lang).to_owned())
        }
        None => String::new(),
    };
    let counts = state.app.read().list_moderation_counts(place).await?;
    let rules = state.app.common_talk_rules(place)?;
    frame::render(&PolicyPage {
        page: frame::page(&visitor, locale.t("moderation-public-title"), None)
            .description(locale.t("moderation-public-lead")),
        rules: told(locale, rules),
        kinds: ActKind::ALL
            .iter()
            .map(|kind| locale.name("moderation-act", kind.code()).into_owned())
            .collect(),
        months: months(locale, &counts),
        reasons: reasons(locale, &counts),
        patterns: patterns(&state, locale, place).await?,
        discounts: discounts(&state, locale, place).await?,
        limits: limits(&state, locale),
        weights: akimat_app::talk::spam_rules()
            .weights
            .iter()
            .map(|weight| {
                let name = locale.name("spam-feature", weight.kind.code()).into_owned();
                (name, locale.count(weight.each.into()), locale.count(weight.most.into()))
            })
            .collect(),
        place: name,
    })
}

/// The rules in sentences.
fn told(locale: &Locale, rules: &TalkRules) -> Vec<String> {
    let first = match rules.first {
        First::Open => "talk-rule-first-open",
        First::Rules => "talk-rule-first-rules",
        First::Wait => "talk-rule-first-wait",
    };
    vec![
        locale.f("talk-rule-length", &[("max", rules.chars_max.into())]),
        locale.f("talk-rule-edit", &[("minutes", rules.edit_minutes.into())]),
        locale.f("talk-rule-rate", &[("n", rules.per_hour.into())]),
        locale.f(
            "talk-rule-links",
            &[("shown", rules.level2_shown.into()), ("days", rules.level2_days.into())],
        ),
        locale.f(first, &[("n", rules.n_first.into())]),
        locale.f("talk-rule-reports", &[("n", rules.reports_wait.into())]),
        locale.f("talk-rule-score", &[("n", rules.queue_score.into())]),
        locale.t("talk-rule-contest").into_owned(),
        locale.t("talk-rule-log").into_owned(),
    ]
}

/// What was hidden by patterns: month, pattern, comments, and how many of them were shown again.
async fn patterns(state: &WebState, locale: &Locale, place: Option<KatoCode>) -> Answer<Vec<[String; 4]>> {
    let mut sums: BTreeMap<(Reverse<String>, Pattern), (u64, u64)> = BTreeMap::new();
    let all = state.app.read().list_comment_patterns().await?;
    for made in all.into_iter().filter(|made| place.is_none_or(|place| place.covers(made.place))) {
        let sum = sums.entry((Reverse(made.month), made.pattern)).or_default();
        sum.0 += u64::from(made.n);
        sum.1 += if made.undone_at.is_some() { u64::from(made.n) } else { 0 };
    }
    let row = |((Reverse(month), pattern), (hidden, undone)): ((Reverse<String>, Pattern), (u64, u64))| {
        let name = locale.name("pattern", pattern.code()).into_owned();
        [month_name(locale, &month), name, locale.count(hidden), locale.count(undone)]
    };
    Ok(sums.into_iter().map(row).collect())
}

/// Votes and support that are not counted: each discount with its reason.
async fn discounts(state: &WebState, locale: &Locale, place: Option<KatoCode>) -> Answer<Vec<String>> {
    let all = state.app.read().list_discounts().await?;
    let here = all.into_iter().filter(|made| place.is_none_or(|place| place.covers(made.place)));
    let mut lines = Vec::new();
    for made in here.take(DISCOUNTS) {
        let title = state.app.marked_title(made.marked, locale.lang()).await?;
        lines.push(format!("{title}: {}", discount::told(state, locale, &made)));
    }
    Ok(lines)
}

/// How often something may be done: at once, and then a minute.
fn limits(state: &WebState, locale: &Locale) -> Vec<[String; 3]> {
    let limits = &state.options.limits;
    [
        ("comment", limits.comment),
        ("rating", limits.rating),
        ("heavy", limits.heavy),
        ("sign-in", limits.sign_in),
        ("register", limits.register),
    ]
    .map(|(name, rate)| {
        let name = locale.name("limit", name).into_owned();
        [name, locale.count(rate.burst.into()), locale.count(rate.per_minute.into())]
    })
    .into()
}

fn months(locale: &Locale, counts: &[ModerationCount]) -> Vec<(String, Vec<String>)> {
    let mut by_month: BTreeMap<&str, BTreeMap<ActKind, u64>> = BTreeMap::new();
    for count in counts {
        *by_month.entry(&count.month).or_default().entry(count.kind).or_default() += count.n;
    }
    by_month
        .into_iter()
        .rev()
        .take(MONTHS)
        .map(|(month, kinds)| {
            let row = ActKind::ALL.iter().map(|kind| locale.count(kinds.get(kind).copied().unwrap_or(0)));
            (month_name(locale, month), row.collect())
        })
        .collect()
}

/// `2026-11` as people write it.
fn month_name(locale: &Locale, month: &str) -> String {
    match month.split_once('-') {
        Some((year, number)) => {
            let name = locale.name("month", number.trim_start_matches('0'));
            locale.f("moderation-month", &[("month", name.as_ref().into()), ("year", year.into())])
        }
        None => month.to_owned(),
    }
}

/// Reasons of hidings, the most frequent first.
fn reasons(locale: &Locale, counts: &[ModerationCount]) -> Vec<(String, String)> {
    let mut by_code: BTreeMap<Reason, u64> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.kind == ActKind::Hide) {
        *by_code.entry(count.code.unwrap_or(Reason::Other)).or_default() += count.n;
    }
    let mut rows: Vec<(Reason, u64)> = by_code.into_iter().collect();
    rows.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
    rows.into_iter()
        .map(|(code, n)| (locale.name("moderation-code", code.code()).into_owned(), locale.count(n)))
        .collect()
}
