//! `akimat predict-project FILE --train FILE --target …`: what is to be expected of projects, learnt from finished
//! ones.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use akimat_core::Lang;
use akimat_interop::Problem;
use akimat_interop::data_table::decode_data_table;
use akimat_interop::problem::ProblemCode;
use akimat_outcome::schema::{Cells, Fault, FaultKind, Kind};
use akimat_outcome::{Case, Explained, Model, Prediction, Table, Target, Warning};
use anyhow::Context;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Similar finished projects in the JSON.
const NEIGHBOURS: usize = 5;

/// Predict delay, growth of cost or completion of projects from finished ones. Exit status 0, 1 when refused, 3
/// unreadable.
///
/// Two kinds of tables are known by their columns: one row a project (`project_id`, `approval_date`, …), and several
/// reports of changes a project (`pid`, `date_reported_as_of`, …), of which the first one counts as what is known.
/// Only what is known at approval is used; columns of the outcome in FILE are not looked at.
///
/// Units: `p` is the chance of the event (delay: later than one year; cost_growth: dearer than planned; completed:
/// rated a success); `point`, `lo…` and `hi…` are years of delay, or final cost as a ratio to the planned cost; they
/// are empty for completed.
#[derive(Debug, clap::Args)]
#[command(name = "predict-project")]
pub(crate) struct PredictProject {
    /// Projects to predict, CSV
    file: PathBuf,
    /// Finished projects to learn from, CSV with the same columns and the outcomes
    #[arg(long, value_name = "FILE")]
    train: PathBuf,
    /// delay, `cost_growth` or completed
    #[arg(long)]
    target: Target,
    /// Ranges in per cent, by commas
    #[arg(long, default_value = "80,90", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=99))]
    levels: Vec<u8>,
    /// JSON with reasons, similar projects and the record of the models
    #[arg(long)]
    json: bool,
    /// Write here in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Seed of whatever is drawn by lot
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl PredictProject {
    /// Learns, predicts and writes.
    ///
    /// # Errors
    /// When a file cannot be opened or the output cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let Some((kind, table)) = self.learn_from()? else { return Ok(UNREADABLE.into()) };
        let Some(cases) = self.cases(kind)? else { return Ok(UNREADABLE.into()) };
        let model = match Model::learn(table, None, self.seed) {
            Ok(model) => model,
            Err(refusal) => {
                say::err(&format!("{}: {refusal}", self.train.display()));
                return Ok(FINDINGS.into());
            }
        };
        let text = if self.json { self.json(&model, &cases)? } else { self.csv(&model, &cases) };
        self.write(&text)?;
        Ok(ExitCode::SUCCESS)
    }

    fn learn_from(&self) -> anyhow::Result<Option<(Kind, Table)>> {
        let Some(cells) = self.read(&self.train)? else { return Ok(None) };
        let table = Kind::of(&cells)
            .map_err(|fault| vec![fault])
            .and_then(|kind| Ok((kind, kind.table(&cells, self.target)?)));
        Ok(self.settle(&self.train, &cells, table))
    }

    fn cases(&self, kind: Kind) -> anyhow::Result<Option<Vec<Case>>> {
        let Some(cells) = self.read(&self.file)? else { return Ok(None) };
        Ok(self.settle(&self.file, &cells, kind.cases(&cells)))
    }

    fn read(&self, path: &Path) -> anyhow::Result<Option<Cells>> {
        match decode_data_table(&input::read(path)?) {
            Ok(table) => Ok(Some(cells(&table))),
            Err(problems) => {
                say::problems(path, self.lang, &problems);
                Ok(None)
            }
        }
    }

    fn settle<T>(&self, path: &Path, cells: &Cells, answer: Result<T, Vec<Fault>>) -> Option<T> {
        let faults = match answer {
            Ok(value) => return Some(value),
            Err(faults) => faults,
        };
        let problems: Vec<Problem> = faults.iter().map(|fault| problem(cells, fault)).collect();
        say::problems(path, self.lang, &problems);
        None
    }

    fn csv(&self, model: &Model, cases: &[Case]) -> String {
        let mut text = "project_id,p,point".to_owned();
        for level in &self.levels {
            let _ = write!(text, ",lo{level},hi{level}");
        }
        text.push_str(",class,n_class,model,warning\n");
        let version = model.version();
        for case in cases {
            let said = model.predict(case, &self.levels);
            let point = said.point.map_or(String::new(), |point| format!("{point:.4}"));
            let _ = write!(text, "{},{:.4},{point}", quoted(&case.id), said.probability);
            for level in &self.levels {
                match said.ranges.iter().find(|range| range.level == *level) {
                    Some(range) => {
                        let _ = write!(text, ",{:.4},{:.4}", range.low, range.high);
                    }
                    None => text.push_str(",,"),
                }
            }
            let class = if said.class.is_empty() { "all".to_owned() } else { said.class.join("/") };
            let warnings: Vec<String> = said.warnings.iter().map(warning).collect();
            let _ = writeln!(
                text,
                ",{},{},{version},{}",
                quoted(&class),
                said.n_class,
                quoted(&warnings.join("; "))
            );
        }
        text
    }

    fn json(&self, model: &Model, cases: &[Case]) -> anyhow::Result<String> {
        let (chance, amount) = model.contests();
        let projects: Vec<Value> = cases.iter().map(|case| self.told(model, case)).collect();
        let told = json!({
            "target": self.target,
            "model": model.version(),
            "n_finished": model.n_finished(),
            "contest_of_the_chance": chance,
            "contest_of_the_measure": amount,
            "projects": projects,
        });
        Ok(serde_json::to_string_pretty(&told)? + "\n")
    }

    fn told(&self, model: &Model, case: &Case) -> Value {
        let said: Prediction = model.predict(case, &self.levels);
        let what = if said.point.is_some() { Explained::Point } else { Explained::Probability };
        json!({
            "project_id": case.id,
            "prediction": said,
            "attribution": model.attribution(case, what),
            "attribution_of": if what == Explained::Point { "point" } else { "probability" },
            "neighbours": model.neighbours(case, NEIGHBOURS),
        })
    }

    fn write(&self, text: &str) -> anyhow::Result<()> {
        match &self.output {
            Some(path) => std::fs::write(path, text).with_context(|| path.display().to_string()),
            None => match std::io::stdout().lock().write_all(text.as_bytes()) {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
                _ => Ok(()),
            },
        }
    }
}

fn cells(table: &akimat_statistics::Table) -> Cells {
    let columns: Vec<Vec<Option<&str>>> =
        table.columns().iter().map(|column| column.texts().collect()).collect();
    let row = |at: usize| columns.iter().map(|column| column[at].unwrap_or_default().to_owned()).collect();
    Cells {
        names: table.columns().iter().map(|column| column.name().to_owned()).collect(),
        rows: table.rows().iter().enumerate().map(|(at, number)| (*number, row(at))).collect(),
    }
}

/// A fault in the words of every file.
fn problem(cells: &Cells, fault: &Fault) -> Problem {
    let name = fault.column.clone().unwrap_or_default();
    let at = cells.names.iter().position(|known| *known == name);
    let cell = |row: &Vec<String>| at.and_then(|at| row.get(at)).cloned().unwrap_or_default();
    let found = cells.rows.iter().find(|(number, _)| Some(*number) == fault.row);
    let value: String = found.map(|(_, row)| cell(row)).unwrap_or_default().chars().take(40).collect();
    let code = match fault.kind {
        FaultKind::UnknownTable => ProblemCode::UnknownFormat,
        FaultKind::ColumnMissing | FaultKind::NoOutcome => ProblemCode::ColumnMissing { name },
        FaultKind::Empty => ProblemCode::Missing,
        FaultKind::NotNumber => ProblemCode::NotANumber { value },
        FaultKind::NotDate => ProblemCode::NotADate { value },
        FaultKind::Twice => {
            let first = cells.rows.iter().find(|(_, row)| cell(row) == value);
            ProblemCode::Repeated { row: first.map_or(0, |(number, _)| *number), value }
        }
    };
    Problem { row: fault.row, column: fault.column.clone(), code }
}

/// A warning as a code with its facts.
fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ParentClass { asked, n } => format!("parent class: {} has {n} finished", asked.join("/")),
        Warning::NoRange { level } => format!("no {level} % range: too few finished"),
        Warning::UnknownName { feature } => format!("unknown {feature}"),
        Warning::Known => "among the projects learnt from".to_owned(),
    }
}

/// A cell of a CSV file.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
