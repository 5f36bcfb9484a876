//! `akimat stats METHOD FILE`: the statistics workbench without any database.
//!
//! The JSON is described in `docs/reference/statistics.md`.

mod options;

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use crate::table::{Align, lay_out};
use akimat_i18n::Locale;
use akimat_interop::data_table::decode_data_table;
use akimat_statistics::{Label, Refusal, Report, Sheet, Value, run};
use akimat_web_kit::view::statistics as words;
use options::{Form, Stats as Options};
use serde_json::json;
use std::process::ExitCode;

pub(crate) use options::Stats;

/// Rows of a long table that are shown to people; every other form has all.
const ROWS_SHOWN: usize = 40;

impl Options {
    /// Reads, computes and tells. Exit status 0 with a result, 1 refused, 3 unreadable.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        let table = match decode_data_table(&bytes) {
            Ok(table) => table,
            Err(problems) => {
                say::problems(&self.file, self.lang, &problems);
                return Ok(UNREADABLE.into());
            }
        };
        let locale = say::words(self.lang);
        let answer = self.prepare(table).and_then(|table| Ok((run(&table, &self.request())?, table)));
        match answer {
            Ok((_, table)) if self.form() == Form::Data => {
                say::out(table.to_csv().trim_end());
                Ok(ExitCode::SUCCESS)
            }
            Ok((report, _)) => {
                say::out(self.told(locale, &report)?.trim_end());
                Ok(ExitCode::SUCCESS)
            }
            Err(refusal) => {
                self.refuse(locale, &refusal)?;
                Ok(FINDINGS.into())
            }
        }
    }

    fn told(&self, locale: &Locale, report: &Report) -> anyhow::Result<String> {
        let name = input::file_name(&self.file);
        let date = self.date.unwrap_or_else(|| jiff::Zoned::now().date());
        let citation = words::citation(locale, report, &name, &locale.date(date));
        Ok(match self.form() {
            Form::Json => {
                let mut report = report.to_json();
                report["citation"] = json!(citation);
                serde_json::to_string_pretty(&report)?
            }
            Form::Csv => report.to_csv(),
            Form::R => report.script.r.clone(),
            Form::Python => report.script.python.clone(),
            Form::Text | Form::Data => text(locale, report, &citation),
        })
    }

    fn refuse(&self, locale: &Locale, refusal: &Refusal) -> anyhow::Result<()> {
        let sentence = words::refusal(locale, refusal);
        say::err(&format!("{}: {sentence}", self.file.display()));
        for cell in refusal.cells() {
            say::err(&format!(
                "{}:{}:{}: {}",
                self.file.display(),
                cell.row,
                cell.column,
                words::fault(locale, cell)
            ));
        }
        if self.form() == Form::Json {
            let facts: serde_json::Map<String, serde_json::Value> =
                refusal.facts().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            let refused = json!({ "code": refusal.code(), "facts": facts, "cells": refusal.cells(), "sentence": sentence });
            say::out(&serde_json::to_string_pretty(&json!({ "refused": refused }))?);
        }
        Ok(())
    }
}

fn text(locale: &Locale, report: &Report, citation: &str) -> String {
    let mut text = format!("{}\n", words::method(locale, &report.request));
    for sheet in &report.sheets {
        text.push_str(&format!("\n{}\n{}", locale.name("statistics-sheet", sheet.code), grid(locale, sheet)));
    }
    for warning in &report.warnings {
        text.push_str(&format!("\n! {}", words::warning(locale, warning)));
    }
    format!("{text}\n\n{citation}\n")
}

fn grid(locale: &Locale, sheet: &Sheet) -> String {
    let mut align = vec![Align::Left; sheet.heads.len()];
    align.extend(sheet.figures.iter().map(|_| Align::Right));
    let heads = sheet.heads.iter().map(|head| locale.name("statistics-head", head).into_owned());
    let figures = sheet.figures.iter().map(|figure| words::label(locale, figure).into_owned());
    let mut rows = vec![heads.chain(figures).collect::<Vec<String>>()];
    for row in sheet.rows.iter().take(ROWS_SHOWN) {
        let labels = row.labels.iter().map(|label: &Label| words::label(locale, label).into_owned());
        let values = row.values.iter().map(|value: &Value| words::value(locale, value));
        rows.push(labels.chain(values).collect());
    }
    let mut grid = lay_out(&align, &rows);
    if sheet.rows.len() > ROWS_SHOWN {
        let facts =
            [("shown", 40_u32.into()), ("all", u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).into())];
        grid.push_str(&format!("  {}\n", locale.f("statistics-cut", &facts)));
    }
    grid
}
