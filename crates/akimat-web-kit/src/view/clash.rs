//! Two people saved the same thing: what both changed, side by side, above the form of the second.
//!
//! The page of a form takes `clash: Option<Clash>` into its struct, writes `{% include "admin/clash.html" %}` above the
//! form, fills the form with what the person sent, and puts [`Clash::version`] into the hidden field of the version:
//! saving again then stores what the person decided, and nothing that the other saved elsewhere is lost. Rendered by
//! [`render`], with status 409.

use crate::failure::Answer;
use crate::state::WebState;
use akimat_i18n::Locale;
use akimat_project::revision::FieldClash;
use akimat_storage::dossier::Section;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use serde_json::Value;

/// Longest value that is shown whole, in characters.
const VALUE_CHARS_MAX: usize = 300;

/// What both changed.
#[derive(Debug)]
pub struct Clash {
    /// Who saved it in between, and when.
    pub said: String,
    /// The field, its value at the beginning, theirs, yours.
    pub rows: Vec<[String; 4]>,
    /// The version that is stored now: the base of the next attempt.
    pub version: u32,
    /// Address of the form with what is stored, after the language.
    pub anew: String,
}

/// The clash of a section; `name` says what a path such as `items[a1].title` is called on the form.
pub fn told(
    (state, locale): (&WebState, &Locale),
    (current, clashes): (&Section, &[FieldClash]),
    anew: String,
    name: impl Fn(&str) -> String,
) -> Clash {
    let when = locale.date_time(current.at, state.app.zone());
    let by = if current.by_name.is_empty() {
        locale.t("clash-somebody").into_owned()
    } else {
        current.by_name.clone()
    };
    let row = |clash: &FieldClash| {
        let [before, theirs, yours] =
            [&clash.before, &clash.theirs, &clash.yours].map(|value| words(locale, value));
        [name(&clash.path), before, theirs, yours]
    };
    Clash {
        said: locale.f("clash-said", &[("by", by.into()), ("when", when.into())]),
        rows: clashes.iter().map(row).collect(),
        version: current.version,
        anew,
    }
}

/// The page of the form again, with status 409.
///
/// # Errors
/// When the template fails.
pub fn render(template: &impl Template) -> Answer {
    Ok((StatusCode::CONFLICT, Html(template.render()?)).into_response())
}

/// A value in words: what is not there is a dash.
fn words(locale: &Locale, value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => locale.t(if *yes { "clash-yes" } else { "clash-no" }).into_owned(),
        other => other.to_string(),
    };
    if text.is_empty() {
        return locale.t("no-data-short").into_owned();
    }
    if text.chars().count() <= VALUE_CHARS_MAX {
        return text;
    }
    let mut short: String = text.chars().take(VALUE_CHARS_MAX).collect();
    short.push('…');
    short
}
