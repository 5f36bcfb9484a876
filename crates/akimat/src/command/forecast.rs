//! `akimat forecast FILE`: point forecasts and intervals of many series, each core with its own part.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::{progress, say};
use akimat_core::{Frequency, Lang};
use akimat_forecast::{Forecast as Answer, Refusal, Series, forecast};
use akimat_i18n::{Arg, Locale};
use akimat_interop::series_csv::{SeriesRows, decode_series};
use anyhow::Context;
use indicatif::ProgressBar;
use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Forecast series of a CSV file. Exit status 0 when at least one was forecast, 1 when none, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Forecast {
    /// Long CSV: series_id,period,value
    file: PathBuf,
    /// Periods ahead
    #[arg(long)]
    horizon: usize,
    /// yearly, quarterly or monthly
    #[arg(long)]
    frequency: Frequency,
    /// Intervals in per cent, by commas
    #[arg(long, default_value = "80,95", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=99))]
    levels: Vec<u8>,
    /// Write here in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

impl Forecast {
    /// Reads, forecasts and writes.
    ///
    /// # Errors
    /// When the file cannot be opened or the output cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        let series = match decode_series(&bytes, Some(self.frequency)) {
            Ok(series) => series,
            Err(problems) => {
                say::problems(&self.file, self.lang, &problems);
                return Ok(UNREADABLE.into());
            }
        };
        let bar = progress::bar(u64::try_from(series.len()).unwrap_or(u64::MAX), "forecasting");
        let answers = self.forecast_all(&series, &bar);
        bar.finish_and_clear();
        let locale = say::words(self.lang);
        let mut text = self.header();
        let mut n_forecast = 0_usize;
        for (rows, answer) in series.iter().zip(&answers) {
            match answer {
                Ok(answer) => {
                    n_forecast += 1;
                    write_steps(&mut text, &rows.id, answer);
                }
                Err(why) => say::err(&format!("{}: {}", rows.id, why.sentence(locale))),
            }
        }
        self.write(&text)?;
        Ok(if n_forecast > 0 { ExitCode::SUCCESS } else { FINDINGS.into() })
    }

    /// Answers in the order of the file: every core takes the next series that nobody has taken.
    fn forecast_all(&self, series: &[SeriesRows], bar: &ProgressBar) -> Vec<Result<Answer, Why>> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let next = AtomicUsize::new(0);
        let worker = || {
            let mut done = Vec::new();
            while let Some((at, rows)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                series.get(at).map(|rows| (at, rows))
            } {
                done.push((at, self.forecast_one(rows)));
                bar.inc(1);
            }
            done
        };
        let mut answers: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().expect("forecasting does not panic"))
                .collect()
        });
        answers.sort_unstable_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    fn forecast_one(&self, rows: &SeriesRows) -> Result<Answer, Why> {
        let start = rows.periods.first().copied().ok_or(Why::Broken("empty".to_owned()))?;
        let series = Series::new(rows.id.as_str(), start, rows.values.clone())
            .map_err(|error| Why::Broken(error.to_string()))?;
        forecast(&series, self.horizon, &self.levels).map_err(Why::Refused)
    }

    fn header(&self) -> String {
        let mut header = "series_id,step,period,point".to_owned();
        for level in &self.levels {
            header.push_str(&format!(",lo{level},hi{level}"));
        }
        header + ",model\n"
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

/// Why a series has no forecast.
enum Why {
    /// The values do not make a series.
    Broken(String),
    /// The method refuses.
    Refused(Refusal),
}

impl Why {
    fn sentence(&self, locale: &Locale) -> String {
        match self {
            Self::Broken(reason) => reason.clone(),
            Self::Refused(Refusal::TooFewPoints { have, need }) => locale
                .f("forecast-refusal-too-few-points", &[("have", (*have).into()), ("need", (*need).into())]),
            Self::Refused(Refusal::Constant) => locale.t("forecast-refusal-constant").into_owned(),
            Self::Refused(Refusal::HorizonTooLong { max, .. }) => {
                locale.f("forecast-refusal-horizon", &[("max", Arg::from(*max))])
            }
            Self::Refused(Refusal::Overflow) => locale.t("forecast-refusal-too-large").into_owned(),
            Self::Refused(other) => other.to_string(),
        }
    }
}

fn write_steps(text: &mut String, id: &str, answer: &Answer) {
    let (id, model) = (quoted(id), answer.choice.code());
    for (step, ahead) in (1..).zip(&answer.steps) {
        text.push_str(&format!("{id},{step},{},{}", ahead.period, ahead.point));
        for interval in &ahead.intervals {
            text.push_str(&format!(",{},{}", interval.low, interval.high));
        }
        text.push_str(&format!(",{model}\n"));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_are_quoted() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("Түркістан 1"), "Түркістан 1");
    }
}
