//! The laboratory of analysts: models of one's choice on a stored line or on a series of one's own, within bounds
//! of size and time. Nothing of it is stored.

use super::{Cleaning, LineForecast, LineQuestion, NoForecast, prepare};
use crate::{App, AppError, Result};
use akimat_forecast::Series;
use akimat_forecast::laboratory::{Comparison, NoComparison, Question, compare};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How long one comparison may take.
pub const TIME_MAX: Duration = Duration::from_secs(8);
/// Models of one comparison at most.
pub const MODELS_MAX: usize = 20;

/// Comparisons that run at once; more wait, so that pages stay quick.
static RUNNING: Semaphore = Semaphore::const_new(2);

/// Which series.
#[derive(Clone, Debug)]
pub enum Source {
    /// A line of the budgets of a territory, in thousand tenge.
    Line(LineQuestion),
    /// One that travels with the question.
    Own(Series),
}

/// What is asked of the laboratory.
#[derive(Clone, Debug)]
pub struct LaboratoryQuestion {
    /// The series.
    pub source: Source,
    /// Codes of the models; unknown ones are left out.
    pub models: Vec<String>,
    /// Earlier dates at which the series is cut.
    pub n_origins: usize,
    /// Steps ahead.
    pub horizon: usize,
    /// Levels of the intervals in per cent.
    pub levels: Vec<u8>,
}

/// Why there is no comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum NoLaboratory {
    /// The values are not a series.
    Series(NoForecast),
    /// The room refused.
    Compared(NoComparison),
}

/// What the laboratory answers.
#[derive(Clone, Debug)]
pub struct Laboratory {
    /// The series, as far as there is one.
    pub series: Option<Series>,
    /// What is known about the stored line; `None` for a series of one's own.
    pub line: Option<LineForecast>,
    /// The comparison, or why there is none.
    pub comparison: std::result::Result<Comparison, NoLaboratory>,
}

impl App {
    /// Compares models on a series.
    ///
    /// # Errors
    /// When the database fails. A refusal is not an error but an answer.
    pub async fn compare_models(&self, question: LaboratoryQuestion) -> Result<Laboratory> {
        let (series, line) = match &question.source {
            Source::Own(series) => (Ok(series.clone()), None),
            Source::Line(asked) => {
                let line = self.observed_line(asked).await?;
                let thousand = |series: &Series| {
                    let values = series.values().iter().map(|value| value / 1e3).collect();
                    Series::new(asked.item.code(), series.start(), values).map_err(NoForecast::Series)
                };
                let series = prepare(&line.observed, Cleaning::default());
                (series.and_then(|(series, _)| thousand(&series)), Some(line))
            }
        };
        let series = match series {
            Ok(series) => series,
            Err(error) => {
                let comparison = Err(NoLaboratory::Series(error));
                return Ok(Laboratory { series: None, line, comparison });
            }
        };
        let failed = |error: String| AppError::Internal(error);
        let _permit = RUNNING.acquire().await.map_err(|error| failed(error.to_string()))?;
        let known = series.clone();
        let work = move || {
            let end = Instant::now() + TIME_MAX;
            let models: Vec<&str> = question.models.iter().take(MODELS_MAX).map(String::as_str).collect();
            let asked = Question {
                series: &known,
                models: &models,
                n_origins: question.n_origins,
                horizon: question.horizon,
                levels: &question.levels,
            };
            compare(&asked, &mut || Instant::now() < end)
        };
        let comparison =
            tokio::task::spawn_blocking(work).await.map_err(|error| failed(error.to_string()))?;
        Ok(Laboratory { series: Some(series), line, comparison: comparison.map_err(NoLaboratory::Compared) })
    }
}
