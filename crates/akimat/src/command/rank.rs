//! `akimat rank FILE --method M`: a published example or a matrix, answered by one of eleven methods.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::table::{Align, lay_out};
use crate::{say, table};
use akimat_core::Lang;
use akimat_ranking::Fault;
use akimat_ranking::document::{MethodName, Options, parse, rank};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// Largest file that is read, MiB.
const MIB_MAX: usize = 64;

/// Rank projects, or find weights, by a multi-criteria method. Exit status 0, 1 when the input is refused with its
/// row or field, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Rank {
    /// JSON: the input of a worked example, the whole example, a list of examples, or a matrix file
    file: PathBuf,
    /// mavt, wsm, ahp, bwm, topsis, promethee2, electre1, smaa2, ipf, entropy or critic
    #[arg(long, value_parser = known)]
    method: MethodName,
    /// Which example of a list
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Draws of smaa2
    #[arg(long, value_name = "N")]
    draws: Option<u32>,
    /// Seed of smaa2
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

fn known(code: &str) -> Result<MethodName, String> {
    let codes: Vec<&str> = MethodName::ALL.iter().map(|method| method.code()).collect();
    MethodName::parse(code).ok_or_else(|| format!("use {}", codes.join(", ")))
}

impl Rank {
    /// Reads, answers, prints.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        if bytes.len() > MIB_MAX * 1024 * 1024 {
            let n = bytes.len().div_ceil(1024 * 1024);
            let fault = Fault::TooMany { field: "MiB".to_owned(), n, limit: MIB_MAX };
            return Ok(self.refuse(&fault));
        }
        let text = String::from_utf8_lossy(&bytes);
        let document = match parse(&text) {
            Ok(document) => document,
            Err(error) => {
                say::err(&format!("{}: {error}", self.file.display()));
                return Ok(UNREADABLE.into());
            }
        };
        let options = Options { case: self.case.clone(), draws: self.draws, seed: self.seed };
        match rank(&document, self.method, &options) {
            Ok(answer) => {
                let text = if self.json { serde_json::to_string(&answer)? } else { self.text(&answer) };
                say::out(text.trim_end());
                Ok(ExitCode::SUCCESS)
            }
            Err(fault) => Ok(self.refuse(&fault)),
        }
    }

    fn refuse(&self, fault: &Fault) -> ExitCode {
        let sentence =
            say::facts(say::words(self.lang), &format!("ranking-fault-{}", fault.code()), &fault.facts());
        say::err(&format!("{}: {sentence}", self.file.display()));
        if self.json {
            say::out(&json!({ "error": fault, "message": sentence }).to_string());
        }
        FINDINGS.into()
    }

    /// A line for each project or criterion, then what stands alone.
    fn text(&self, answer: &Map<String, Value>) -> String {
        let shown: &[&str] = match self.method {
            MethodName::Mavt => &["value", "rank"],
            MethodName::Wsm => &["project_score", "rank"],
            MethodName::Topsis => &["closeness", "d_plus", "d_minus", "rank"],
            MethodName::Promethee2 => &["phi", "phi_plus", "phi_minus", "rank"],
            MethodName::Smaa2 => &["first_rank_acceptability", "top10_acceptability", "expected_rank"],
            MethodName::Ipf => &["sei", "fei", "quadrants"],
            MethodName::Entropy => &["weights", "entropy"],
            MethodName::Critic => &["weights", "sd"],
            MethodName::Ahp | MethodName::Bwm => &["weights"],
            MethodName::Electre1 => &[],
        };
        let by_criteria = matches!(
            self.method,
            MethodName::Entropy | MethodName::Critic | MethodName::Ahp | MethodName::Bwm
        );
        let names = list(answer.get(if by_criteria { "criteria" } else { "alternatives" }));
        let shown: Vec<&str> =
            shown.iter().copied().filter(|key| answer.get(*key).is_some_and(|v| !v.is_null())).collect();
        let mut rows =
            vec![std::iter::once("").chain(shown.iter().copied()).map(str::to_owned).collect::<Vec<_>>()];
        for (at, name) in names.iter().enumerate() {
            let cell = |key: &&str| entry(answer.get(*key), at, name);
            rows.push(std::iter::once(name.clone()).chain(shown.iter().map(cell)).collect());
        }
        let align: Vec<Align> =
            std::iter::once(Align::Left).chain(shown.iter().map(|_| table::Align::Right)).collect();
        let mut text = lay_out(&align, &rows);
        let alone = [
            "lambda_max",
            "CI",
            "CR",
            "consistent_at_0.10",
            "blame",
            "ksi",
            "kernel",
            "dominated",
            "outranks",
            "cycles",
            "c_star",
            "d_star",
            "sei_cut",
            "fei_cut",
            "draws",
            "error_95",
            "notes",
        ];
        for key in alone {
            if let Some(value) = answer.get(key).filter(|value| !value.is_null() && **value != json!([])) {
                text.push_str(&format!("{key}: {}\n", short(value)));
            }
        }
        text
    }
}

fn list(value: Option<&Value>) -> Vec<String> {
    let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    value.and_then(Value::as_array).map(|list| list.iter().map(name).collect()).unwrap_or_default()
}

fn entry(values: Option<&Value>, at: usize, name: &str) -> String {
    let value = match values {
        Some(Value::Array(list)) => list.get(at),
        Some(Value::Object(map)) => map.get(name),
        _ => None,
    };
    value.map(short).unwrap_or_default()
}

/// Four decimals are enough to read; JSON has all of them.
fn short(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => format!("{:.4}", number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(short).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key} {}", short(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
