//! `akimat warning replay`: how well the rules of early warning would have warned.

use crate::input::{self, UNREADABLE};
use crate::say;
use akimat_app::alert::{Replays, thresholds};
use akimat_core::Lang;
use akimat_delivery::warning::replay::{Late, Observed, ObservedReplay, replay, replay_observed};
use akimat_interop::Problem;
use akimat_interop::data_table::decode_data_table;
use akimat_interop::problem::ProblemCode;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Early warning: how well its rules would have warned.
#[derive(Debug, clap::Args)]
pub(crate) struct Warning {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Try the rules on projects whose end is known.
    ///
    /// Invented projects, on track and late, are drawn with a seed; with --observed also real ones, from a CSV with the
    /// columns pid, date_reported_as_of, design_start and forecast_completion. See docs/method/early-warning.md.
    Replay {
        /// Invented projects on track, and as many late ones
        #[arg(long, default_value_t = 900)]
        projects: usize,
        /// Seed of the invented projects
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Real projects, CSV
        #[arg(long)]
        observed: Option<PathBuf>,
        /// Where the real projects are from, for the JSON
        #[arg(long, requires = "observed", default_value = "")]
        source: String,
        /// Everything as JSON
        #[arg(long)]
        json: bool,
        /// Language of the sentences about a file that cannot be read: kk, ru or en
        #[arg(long, default_value = "en", value_parser = say::parse_lang)]
        lang: Lang,
    },
}

impl Warning {
    /// Replays and writes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let What::Replay { projects, seed, observed, source, json, lang } = self.what;
        // The rules of a fixed day: the same command gives the same figures.
        let limits = thresholds(Date::constant(2026, 11, 22));
        let simulated = replay(&limits, projects.clamp(3, 100_000), seed);
        let (observed, observed_source) = match observed {
            Some(path) => match read(&path)? {
                Ok(projects) => (replay_observed(&projects, &limits), source),
                Err(problems) => {
                    say::problems(&path, lang, &problems);
                    return Ok(UNREADABLE.into());
                }
            },
            None => (ObservedReplay::default(), String::new()),
        };
        let told = Replays { simulated, observed, observed_source };
        if json {
            say::out(&serde_json::to_string_pretty(&told)?);
        } else {
            say::out(table(&told).trim_end());
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn table(told: &Replays) -> String {
    let one = &told.simulated;
    let mut lines = vec![
        format!("on track: {} projects, {:.0} years", one.on_track.n, one.on_track.years),
        format!("  false red alarms in a project-year   {:.2}", one.false_per_year()),
        format!(
            "  amber or red in a project-year       {:.2}",
            f64_of(one.on_track.any) / one.on_track.years.max(1.0)
        ),
        format!("late: seen 60 days before planned end  {:.1} %", 100.0 * one.early_share()),
    ];
    for late in &one.late {
        let Late { course, n, seen, early, lead_days } = late;
        lines.push(format!(
            "  {course:<10} {n} late, {seen} seen, {early} in time, median lead {lead_days:.0} days"
        ));
    }
    lines.push(format!("precision {:.3}, recall {:.3}", one.precision, one.recall));
    let real = &told.observed;
    if real.n > 0 {
        lines.push(format!("observed: {} projects, {} late at their last report", real.n, real.late));
        lines.push(format!(
            "  red before the last report           {}, of them late at the end {}",
            real.red, real.red_late
        ));
        lines.push(format!("  late ones red 60 days before the end {}", real.early));
        lines.push(format!("  median lead                          {:.0} days", real.lead_days));
        lines.push(format!(
            "  green reports, red later             {} of {}",
            real.green_then_red.1, real.green_then_red.0
        ));
        lines.push(format!(
            "  amber reports, red later             {} of {}",
            real.amber_then_red.1, real.amber_then_red.0
        ));
    }
    lines.join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
const fn f64_of(n: u64) -> f64 {
    n as f64
}

/// Real projects: the first report of each says when it was to end. Rows without one of the three dates say nothing.
fn read(path: &Path) -> anyhow::Result<Result<Vec<Observed>, Vec<Problem>>> {
    let table = match decode_data_table(&input::read(path)?) {
        Ok(table) => table,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut missing = Vec::new();
    let mut column = |name: &str| -> Vec<String> {
        let Ok(column) = table.find(name) else {
            let code = ProblemCode::ColumnMissing { name: name.to_owned() };
            missing.push(Problem { row: None, column: None, code });
            return Vec::new();
        };
        column.texts().map(|text| text.unwrap_or_default().to_owned()).collect()
    };
    let (pid, on) = (column("pid"), column("date_reported_as_of"));
    let (start, end) = (column("design_start"), column("forecast_completion"));
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    let mut projects: BTreeMap<String, Observed> = BTreeMap::new();
    for (at, pid) in pid.into_iter().enumerate() {
        let (Some(on), Some(end), Some(start)) =
            (american(&on[at]), american(&end[at]), american(&start[at]))
        else {
            continue;
        };
        let first = || Observed { starts_on: start, ends_on: end, reports: Vec::new() };
        projects.entry(pid).or_insert_with(first).reports.push((on, end));
    }
    for project in projects.values_mut() {
        project.reports.sort_unstable();
        project.ends_on = project.reports.first().map_or(project.ends_on, |(_, end)| *end);
    }
    Ok(Ok(projects.into_values().collect()))
}

/// Month, day and year, as 05/31/2017.
fn american(text: &str) -> Option<Date> {
    let day = text.split(' ').next()?;
    let mut parts = day.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
