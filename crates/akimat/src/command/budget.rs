//! `akimat budget check FILE`: every identity that the given lines allow, and every indicator.
//!
//! The JSON is described in `docs/reference/cli.md`.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use crate::table::{Align, lay_out};
use akimat_budget::check::{Finding, Severity, check};
use akimat_budget::{Budget, Indicator, Item, Stage, indicators};
use akimat_core::{BudgetId, Lang, Money, MoneyUnit};
use akimat_i18n::{Arg, Locale};
use akimat_interop::{BudgetContext, Problem, decode_budget};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use uuid::Uuid;

/// Look at budget files without any database.
#[derive(Debug, Subcommand)]
pub(crate) enum BudgetCommand {
    /// Check the identities of a budget file; exit status 0 clean, 1 findings, 3 unreadable
    Check(Check),
}

/// Check the identities of a budget file.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// JSON records, a tidy CSV, or the XLSX or CSV of a maslikhat's decision
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
    /// Financial year, where the file does not say it [default: this year]
    #[arg(long)]
    year: Option<i16>,
    /// Level of the budget system 1 to 4, where the file does not say it
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=4))]
    level: u8,
    /// Unit of the amounts, where the file does not say it: KZT, "thousand KZT" or "million KZT"
    #[arg(long, default_value = "thousand KZT", value_parser = parse_unit)]
    unit: MoneyUnit,
}

/// Reads a unit of money.
pub(crate) fn parse_unit(text: &str) -> Result<MoneyUnit, String> {
    MoneyUnit::parse(text).ok_or_else(|| "use KZT, \"thousand KZT\" or \"million KZT\"".to_owned())
}

struct Checked {
    budget: Budget,
    findings: Vec<Finding>,
    indicators: Vec<Indicator>,
}

impl BudgetCommand {
    /// Does it.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let Self::Check(command) = self;
        command.run()
    }
}

impl Check {
    fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        let name = input::file_name(&self.file);
        let now = Timestamp::now();
        let this_year = now.to_zoned(jiff::tz::TimeZone::UTC).year();
        let context = BudgetContext {
            level: Some(self.level),
            year: self.year.or(Some(this_year)),
            key: self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
            unit: Some(self.unit),
            ..BudgetContext::default()
        };
        match decode_budget(&name, &bytes, &context, now, &mut || BudgetId(Uuid::now_v7())) {
            Err(problems) => {
                self.tell_problems(&problems)?;
                Ok(UNREADABLE.into())
            }
            Ok(budgets) => {
                let checked: Vec<Checked> = budgets.into_iter().map(Checked::new).collect();
                self.tell(&checked)?;
                let clean = checked.iter().all(|one| one.findings.is_empty());
                Ok(if clean { ExitCode::SUCCESS } else { FINDINGS.into() })
            }
        }
    }

    fn tell_problems(&self, problems: &[Problem]) -> anyhow::Result<()> {
        say::problems(&self.file, self.lang, problems);
        if self.json {
            let locale = say::words(self.lang);
            let list: Vec<ProblemJson> = problems
                .iter()
                .map(|problem| ProblemJson {
                    row: problem.row,
                    column: problem.column.clone(),
                    problem: problem.key().trim_start_matches("problem-").replace('-', "_"),
                    facts: problem.args().into_iter().collect(),
                    sentence: say::problem_sentence(locale, problem),
                })
                .collect();
            say::out(&serde_json::to_string(&BTreeMap::from([("problems", list)]))?);
        }
        Ok(())
    }

    fn tell(&self, checked: &[Checked]) -> anyhow::Result<()> {
        if self.json {
            let budgets: Vec<BudgetJson<'_>> = checked.iter().map(Checked::json).collect();
            say::out(&serde_json::to_string(&BTreeMap::from([("budgets", budgets)]))?);
        } else {
            let locale = say::words(self.lang);
            let texts: Vec<String> = checked.iter().map(|one| one.text(locale)).collect();
            say::out(texts.join("\n").trim_end());
        }
        Ok(())
    }
}

impl Checked {
    fn new(budget: Budget) -> Self {
        let mut findings = check(&budget);
        findings.extend(akimat_budget::anomaly::screen(&budget));
        let stages = budget.stages();
        // The approved state, or else the first that there is.
        let stage = stages.first().copied().unwrap_or(Stage::Approved);
        let summary = indicators(&budget, stage, None).into_iter().filter(|found| found.item.is_none());
        let indicators = summary.collect();
        Self { budget, findings, indicators }
    }

    fn json(&self) -> BudgetJson<'_> {
        let unit = self.budget.unit;
        let decimals = self.indicators.iter().filter_map(|found| Some((found.code, found.decimal()?)));
        BudgetJson {
            id: &self.budget.key,
            year: self.budget.year,
            unit: unit.code(),
            findings: self.findings.iter().map(|finding| FindingJson::new(finding, unit)).collect(),
            indicators: decimals.collect(),
        }
    }

    fn text(&self, locale: &Locale) -> String {
        let Self { budget, findings, indicators } = self;
        let unit = budget.unit;
        let mut text = format!("{} · {} · {}\n", budget.key, budget.year, unit.code());
        text.push_str(&self.figures(locale));
        for found in indicators {
            let value = found.decimal().unwrap_or_default();
            let value = match found.unit {
                akimat_budget::indicator::Unit::Percent => locale.percent(&value),
                _ => locale.decimal(&value),
            };
            text.push_str(&format!("  {}: {value}\n", locale.t(&found.key())));
        }
        if findings.is_empty() {
            text.push_str(&format!("  ✓ {}\n", locale.t("budget-findings-none")));
        }
        for finding in findings {
            let mark = match finding.severity {
                Severity::Error => "✗",
                Severity::Warning => "!",
                Severity::Hint => "·",
            };
            text.push_str(&format!("  {mark} {}\n", finding_sentence(finding, unit, locale)));
        }
        text
    }

    /// The sections in each state.
    fn figures(&self, locale: &Locale) -> String {
        let stages = self.budget.stages();
        let mut head = vec![String::new()];
        head.extend(stages.iter().map(|stage| locale.name("budget-stage", stage.code()).into_owned()));
        let mut rows = vec![head];
        for item in Item::ALL.into_iter().filter(|item| !item.is_detail()) {
            let amounts: Vec<Option<Money>> =
                stages.iter().map(|stage| self.budget.amount(item, *stage)).collect();
            if amounts.iter().any(Option::is_some) {
                let mut row = vec![locale.name("budget-item", item.code()).into_owned()];
                row.extend(amounts.into_iter().map(|amount| printed(amount, self.budget.unit, locale)));
                rows.push(row);
            }
        }
        let mut align = vec![Align::Left];
        align.extend(stages.iter().map(|_| Align::Right));
        lay_out(&align, &rows)
    }
}

fn printed(amount: Option<Money>, unit: MoneyUnit, locale: &Locale) -> String {
    amount.map_or_else(String::new, |amount| locale.decimal(&amount.to_decimal(unit, 1)))
}

/// A budget as `--json` prints it.
#[derive(Debug, Serialize)]
struct BudgetJson<'a> {
    id: &'a str,
    year: i16,
    unit: &'static str,
    findings: Vec<FindingJson<'a>>,
    /// By code.
    indicators: BTreeMap<&'static str, String>,
}

/// A finding as `--json` prints it; amounts in the unit of the budget.
#[derive(Debug, Serialize)]
struct FindingJson<'a> {
    rule: &'static str,
    printed: Option<String>,
    expected: Option<String>,
    difference: Option<String>,
    severity: &'static str,
    stage: Option<&'static str>,
    item: &'static str,
    code: &'a str,
    row: Option<u32>,
}

impl<'a> FindingJson<'a> {
    fn new(finding: &'a Finding, unit: MoneyUnit) -> Self {
        let decimal = |amount: Option<Money>| amount.map(|amount| amount.to_decimal(unit, 1));
        Self {
            rule: finding.rule.code(),
            printed: decimal(finding.printed),
            expected: decimal(finding.expected),
            difference: decimal(finding.difference),
            severity: finding.severity.code(),
            stage: finding.stage.map(Stage::code),
            item: finding.item.code(),
            code: &finding.code,
            row: finding.row,
        }
    }
}

/// A problem of an unreadable file as `--json` prints it.
#[derive(Debug, Serialize)]
struct ProblemJson {
    row: Option<u32>,
    column: Option<String>,
    problem: String,
    facts: BTreeMap<&'static str, String>,
    sentence: String,
}

/// Which line in which state, and the sentence of the catalogue with the figures that contradict.
fn finding_sentence(finding: &Finding, unit: MoneyUnit, locale: &Locale) -> String {
    let item = locale.name("budget-item", finding.item.code());
    let mut args = vec![
        ("printed", Arg::from(printed(finding.printed, unit, locale))),
        ("expected", Arg::from(printed(finding.expected, unit, locale))),
        ("difference", Arg::from(printed(finding.difference, unit, locale))),
    ];
    let facts = finding.facts.iter();
    args.extend(facts.map(|(name, fact)| (*name, Arg::from(locale.decimal(&fact.decimal(unit))))));
    let mut line = item.into_owned();
    if !finding.code.is_empty() {
        line.push_str(&format!(" {}", finding.code));
    }
    if let Some(stage) = finding.stage {
        line.push_str(&format!(" · {}", locale.name("budget-stage", stage.code())));
    }
    format!("{line}: {}", locale.f(&finding.key(), &args))
}
