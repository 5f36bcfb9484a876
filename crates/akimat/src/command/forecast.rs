//! `akimat forecast FILE`: point forecasts and intervals of many series, each core with its own part.

mod answer;
mod output;
mod source;

use crate::input::{FINDINGS, UNREADABLE};
use crate::{progress, say};
use akimat_core::{Frequency, Lang};
use akimat_forecast::pool::Factors;
use akimat_forecast::{Engine, Series, catalogue, neural};
use answer::{Answer, Asked, Entry};
use anyhow::Context;
use output::{Output, Summary};
use source::{Source, Stop};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Series that are read, forecast and written together: what memory holds of a file of any length.
const PART: usize = 512;

/// Forecast series of a CSV file. Exit status 0 when at least one was forecast, 1 when none, 3 unreadable.
#[derive(Debug, clap::Args)]
pub(crate) struct Forecast {
    /// Long CSV (series_id,period,value) or wide CSV (id,…,train: numbers parted by blanks), also as .gz
    file: PathBuf,
    /// Periods ahead
    #[arg(long)]
    horizon: usize,
    /// yearly, quarterly or monthly
    #[arg(long)]
    frequency: Frequency,
    /// auto, neural, or the code of a model of the catalogue (naive, ets, dot, arima, …)
    #[arg(long, default_value = answer::AUTO, value_parser = known_model)]
    model: String,
    /// Intervals in per cent, by commas
    #[arg(long, default_value = "80,95", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=99))]
    levels: Vec<u8>,
    /// Other networks than those of this build: a file of `akimat train forecast`
    #[arg(long, value_name = "FILE")]
    networks: Option<PathBuf>,
    /// Hold the last values of each series back, forecast them and say how good that was
    #[arg(long)]
    holdout: bool,
    /// With --holdout: which horizon from the end is forecast, 1 for the last; what comes after it is not used
    #[arg(long, value_name = "N", default_value_t = 1, requires = "holdout", value_parser = clap::value_parser!(u8).range(1..=50))]
    back: u8,
    /// Write JSON in place of CSV
    #[arg(long)]
    json: bool,
    /// Write here in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of the sentences: kk, ru or en
    #[arg(long, default_value = "en", value_parser = say::parse_lang)]
    lang: Lang,
}

fn known_model(code: &str) -> Result<String, String> {
    let known = code == answer::AUTO || code == neural::CODE || catalogue::by_code(code).is_some();
    if known {
        return Ok(code.to_owned());
    }
    let codes: Vec<&str> = catalogue::catalogue().iter().map(|model| model.code()).collect();
    Err(format!("use {}, {}, {}", answer::AUTO, neural::CODE, codes.join(", ")))
}

impl Forecast {
    /// Reads the file twice: once to see that all of it can be read and to learn widths from some of its series,
    /// once to forecast. Nothing is written of a file that cannot be read to its end.
    ///
    /// # Errors
    /// When the file cannot be opened or the output cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let source = Source { file: &self.file, frequency: self.frequency };
        let survey = match source.survey(self.cut()) {
            Ok(survey) => survey,
            Err(stop) => return self.stop(stop),
        };
        let networks = self.networks()?;
        let plain = Engine { neural: networks.as_ref().or_else(|| neural::shipped()), factors: None };
        let season = usize::from(self.frequency.per_year());
        let factors: Option<Factors> = (self.model == answer::AUTO && survey.count > 1)
            .then(|| Engine::learn(season, &survey.sample, self.horizon));
        let asked = Asked {
            engine: Engine { factors: factors.as_ref(), ..plain },
            model: &self.model,
            horizon: self.horizon,
            levels: &self.levels,
            cut: self.cut(),
        };
        let bar = progress::bar(survey.count, "forecasting");
        let mut output = Output::open(&self, survey.count)?;
        let mut summary = Summary::default();
        let mut refused = Vec::new();
        let mut part = Vec::with_capacity(PART);
        let mut flush = |part: &mut Vec<Entry>| -> anyhow::Result<()> {
            for (entry, answer) in part.iter().zip(answer_all(&asked, part)) {
                bar.inc(1);
                match answer {
                    Ok(answer) => {
                        summary.add(&answer, season);
                        output.write(&entry.id, &answer)?;
                    }
                    Err(why) => {
                        refused.push(format!("{}: {}", entry.id, why.sentence(say::words(self.lang))));
                    }
                }
            }
            part.clear();
            Ok(())
        };
        let read = source.each(&mut |entry| {
            part.push(entry);
            if part.len() == PART { flush(&mut part).map_err(Stop::Output) } else { Ok(()) }
        });
        if let Err(stop) = read {
            return self.stop(stop);
        }
        flush(&mut part)?;
        bar.finish_and_clear();
        refused.iter().for_each(|line| say::err(line));
        output.close(self.holdout.then_some(&summary))?;
        if self.holdout && !self.json {
            summary.lines(&self.levels).iter().for_each(|line| say::err(line));
        }
        Ok(if summary.count > 0 { ExitCode::SUCCESS } else { FINDINGS.into() })
    }

    /// Values at the end of each series that are not known to the forecast.
    fn cut(&self) -> usize {
        if self.holdout { self.horizon.saturating_mul(usize::from(self.back)) } else { 0 }
    }

    fn networks(&self) -> anyhow::Result<Option<neural::Ensemble>> {
        let Some(path) = &self.networks else { return Ok(None) };
        let bytes = std::fs::read(path).map_err(|error| crate::input::unreadable(path, &error))?;
        Ok(Some(neural::Ensemble::decode(&bytes).with_context(|| path.display().to_string())?))
    }

    fn stop(&self, stop: Stop) -> anyhow::Result<ExitCode> {
        match stop {
            Stop::Problems(names, problems) => {
                say::problems(&self.file, self.lang, &problems);
                if !names.is_empty() {
                    let names = names.join(", ");
                    say::err(
                        &say::words(self.lang).f("forecast-series-faulty", &[("id", names.as_str().into())]),
                    );
                }
                Ok(UNREADABLE.into())
            }
            Stop::Series(row, id, error) => {
                say::err(&format!("{}:{row}: {id}: {error}", self.file.display()));
                Ok(UNREADABLE.into())
            }
            Stop::Input(error) => Err(crate::input::unreadable(&self.file, &error)),
            Stop::Output(error) => Err(error),
        }
    }
}

/// Series that a core takes at once: networks that look at many together are quicker.
const TOGETHER: usize = 64;

/// Answers in the order of the series: every core takes the next ones that nobody has taken.
fn answer_all(asked: &Asked<'_>, entries: &[Entry]) -> Vec<Answer> {
    let parts: Vec<&[Entry]> = entries.chunks(TOGETHER).collect();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get).min(parts.len().max(1));
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some((at, part)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            parts.get(at).map(|part| (at, *part))
        } {
            done.push((at, asked.answers(part)));
        }
        done
    };
    let mut answers: Vec<(usize, Vec<Answer>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("forecasting does not panic")).collect()
    });
    answers.sort_unstable_by_key(|(at, _)| *at);
    answers.into_iter().flat_map(|(_, answers)| answers).collect()
}

/// A series of a file without its last `cut` values, with a horizon of those.
fn series_of(entry: &Entry, horizon: usize, cut: usize) -> Option<(Series, Vec<f64>)> {
    let kept = entry.values.len().checked_sub(cut)?;
    let (known, held) = entry.values.split_at(kept);
    let held = &held[..held.len().min(horizon)];
    let series = Series::new(entry.id.as_str(), entry.start, known.to_vec()).ok()?;
    Some((series, held.to_vec()))
}
