//! `akimat appraise FILE`: present values, rates of return, value for money, earned value, uplifts, from JSON.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use crate::table::{Align, lay_out};
use akimat_app::appraisal::{fault_key, tables};
use akimat_appraisal::Fault;
use akimat_appraisal::worked::answer;
use akimat_core::Lang;
use akimat_i18n::Locale;
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reckon present values, rates of return, partnerships, earned value, uplifts. Exit status 0, 1 when refused, 3
/// unreadable.
///
/// FILE is the `input` of a worked example, or an object that has it. Which questions are asked is known by their
/// names (npv, irr, mirr, bcr, eav, eac, payback, discount_factors, switching, vfm, dscr, llcr, evm,
/// earned_schedule, optimism_bias, distribution, capital_budgeting) or by the fields that are there; see
/// docs/reference/appraise.md. Every rate of return between -99 % and 1,000 % is found.
#[derive(Debug, clap::Args)]
pub(crate) struct Appraise {
    /// Questions, JSON
    file: PathBuf,
    /// Everything as JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Appraise {
    /// Reckons and writes.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        let asked: Value = match serde_json::from_slice(&bytes) {
            Ok(asked) => asked,
            Err(error) => {
                say::err(&format!("{}: {error}", self.file.display()));
                return Ok(UNREADABLE.into());
            }
        };
        let locale = say::words(self.lang);
        match answer(&asked, tables()) {
            Ok(answers) if self.json => say::out(&serde_json::to_string_pretty(&answers)?),
            Ok(answers) => say::out(table(locale, &answers).trim_end()),
            Err(faults) => {
                for fault in &faults {
                    say::err(&self.fault_line(locale, fault));
                }
                return Ok(FINDINGS.into());
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn fault_line(&self, locale: &Locale, fault: &Fault) -> String {
        let row = fault.row.map_or_else(String::new, |row| format!(":{row}"));
        let facts: Vec<(&str, String)> =
            fault.kind.facts().into_iter().map(|(name, value)| (name, number(locale, value))).collect();
        let mut args: Vec<(&str, akimat_i18n::Arg<'_>)> =
            facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        if let Some(words) = fault.kind.words() {
            args.push(("value", words.into()));
        }
        let sentence = locale.f(fault_key(&fault.kind), &args);
        format!("{}: {}{row}: {sentence}", self.file.display(), fault.field)
    }
}

/// The figures that have a name in the catalogue, one a line, and what must be said about them.
fn table(locale: &Locale, answers: &Value) -> String {
    let Some(answers) = answers.as_object() else { return String::new() };
    let mut rows = Vec::new();
    for (name, value) in answers {
        let key = format!("appraisal-figure-{}", name.to_lowercase());
        if locale.has(&key) && !value.is_null() {
            rows.push(vec![locale.t(&key).into_owned(), cell(locale, value)]);
        }
    }
    let mut text = lay_out(&[Align::Left, Align::Left], &rows);
    let mut said: Vec<String> = Vec::new();
    collect(answers.get("warnings").unwrap_or(&Value::Null), &mut |code| {
        let sentence = locale.t(&format!("appraisal-warning-{code}")).into_owned();
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    });
    for sentence in said {
        text.push_str(&sentence);
        text.push('\n');
    }
    text
}

/// The code of every warning, however deep in lists.
fn collect(warnings: &Value, said: &mut dyn FnMut(&str)) {
    match warnings {
        Value::Array(list) => list.iter().for_each(|one| collect(one, said)),
        Value::Object(one) => said(one.get("code").and_then(Value::as_str).unwrap_or_default()),
        _ => {}
    }
}

fn cell(locale: &Locale, value: &Value) -> String {
    match value {
        Value::Array(list) => list.iter().map(|one| cell(locale, one)).collect::<Vec<_>>().join("; "),
        Value::Number(value) => number(locale, value.as_f64().unwrap_or(f64::NAN)),
        Value::Bool(yes) => locale.t(if *yes { "yes" } else { "no" }).into_owned(),
        Value::String(text) => text.clone(),
        _ => locale.t("no-data-short").into_owned(),
    }
}

/// At most six decimals.
fn number(locale: &Locale, value: f64) -> String {
    let plain = format!("{value:.6}");
    let plain = plain.trim_end_matches('0').trim_end_matches('.');
    locale.decimal(if plain == "-0" { "0" } else { plain })
}
