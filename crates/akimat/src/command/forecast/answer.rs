//! What is said about one series.

use akimat_core::Period;
use akimat_forecast::model::{FitError, History};
use akimat_forecast::neural::{self, MEDIAN};
use akimat_forecast::{Engine, Forecast, Interval, Refusal, Series, catalogue};
use akimat_i18n::{Arg, Locale};

/// The automatic ensemble.
pub(super) const AUTO: &str = "auto";

/// A series of the file.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) start: Period,
    /// The file says when it starts.
    pub(super) dated: bool,
    pub(super) values: Vec<f64>,
}

/// What is wanted of each series.
pub(super) struct Asked<'a> {
    pub(super) engine: Engine<'a>,
    pub(super) model: &'a str,
    pub(super) horizon: usize,
    pub(super) levels: &'a [u8],
    /// Values at the end of each series that are not known to it.
    pub(super) cut: usize,
}

/// One step ahead.
pub(super) struct Step {
    /// Empty where the file has no periods.
    pub(super) period: String,
    pub(super) point: f64,
    pub(super) intervals: Vec<Interval>,
}

/// A forecast.
pub(super) struct Told {
    pub(super) model: &'static str,
    pub(super) weights: Vec<(&'static str, f64)>,
    pub(super) steps: Vec<Step>,
    /// What was known, and what was held back.
    pub(super) known: Vec<f64>,
    pub(super) held: Vec<f64>,
}

pub(super) type Answer = Result<Told, Why>;

/// Why a series has no forecast.
pub(super) enum Why {
    /// The method refuses.
    Refused(Refusal),
    /// Too short to hold values back.
    Short,
    /// The model chosen cannot say anything of it.
    Unfit(FitError),
}

/// A point and its intervals for each step.
type Spoken = Vec<(f64, Vec<Interval>)>;

impl Asked<'_> {
    /// Of series that are looked at together, in their order.
    pub(super) fn answers(&self, entries: &[Entry]) -> Vec<Answer> {
        let series: Vec<Option<(Series, Vec<f64>)>> =
            entries.iter().map(|entry| super::series_of(entry, self.horizon, self.cut)).collect();
        let long: Vec<Series> = if self.model == AUTO {
            series.iter().flatten().map(|(series, _)| series.clone()).collect()
        } else {
            Vec::new()
        };
        let mut forecasts = self.engine.forecast_all(&long, self.horizon, self.levels).into_iter();
        let answer = |(entry, series): (&Entry, Option<(Series, Vec<f64>)>)| {
            let (series, held) = series.ok_or(Why::Short)?;
            self.answer(entry, (series, held), forecasts.next())
        };
        entries.iter().zip(series).map(answer).collect()
    }

    /// `forecast`: what the ensemble says, where it was asked.
    fn answer(
        &self,
        entry: &Entry,
        (series, held): (Series, Vec<f64>),
        forecast: Option<Result<Forecast, Refusal>>,
    ) -> Answer {
        let periods: Vec<String> = series
            .periods()
            .skip(series.values().len())
            .take(self.horizon)
            .map(|period| if entry.dated { period.to_string() } else { String::new() })
            .collect();
        let (model, weights, steps) = if let Some(forecast) = forecast {
            let answer = forecast.map_err(Why::Refused)?;
            let weights = match &answer.choice {
                akimat_forecast::Choice::Combined { weights } => weights.clone(),
                single => vec![(single.code(), 1.0)],
            };
            let steps = answer.steps.into_iter().map(|step| (step.point, step.intervals));
            (answer.choice.code(), weights, steps.collect::<Vec<_>>())
        } else {
            let history =
                History { values: series.values(), season: usize::from(series.frequency().per_year()) };
            let (code, steps) = if self.model == neural::CODE {
                (neural::CODE, self.by_network(&history)?)
            } else {
                self.by_model(&history)?
            };
            (code, vec![(code, 1.0)], steps)
        };
        let steps = steps.into_iter().zip(periods);
        let steps = steps.map(|((point, intervals), period)| Step { period, point, intervals }).collect();
        Ok(Told { model, weights, steps, known: series.values().to_vec(), held })
    }

    /// One model of the catalogue, with the intervals that its own spread implies.
    fn by_model(&self, history: &History<'_>) -> Result<(&'static str, Spoken), Why> {
        let model = catalogue::by_code(self.model).ok_or(Why::Short)?;
        let path = model.predict(history, self.horizon).map_err(Why::Unfit)?;
        let steps = path.points.iter().zip(&path.spreads).map(|(point, spread)| {
            let interval = |level: &u8| Interval::normal(*level, *point, *spread);
            (*point, self.levels.iter().map(interval).collect())
        });
        Ok((model.code(), steps.collect()))
    }

    /// The networks alone.
    fn by_network(&self, history: &History<'_>) -> Result<Spoken, Why> {
        let short = Why::Unfit(FitError::TooShort { have: history.values.len(), need: 2 });
        let networks = self.engine.neural.ok_or(Why::Short)?;
        let spoken = networks.quantiles(&[history.values], history.season, self.horizon).pop();
        let steps = spoken.filter(|steps| steps.len() == self.horizon).ok_or(short)?;
        let told = steps.iter().map(|quantiles| {
            let interval = |level: &u8| Interval::of_quantiles(*level, quantiles);
            (quantiles[MEDIAN], self.levels.iter().map(interval).collect())
        });
        Ok(told.collect())
    }
}

impl Why {
    pub(super) fn sentence(&self, locale: &Locale) -> String {
        let few = |have: usize, need: usize| {
            locale.f("forecast-refusal-too-few-points", &[("have", have.into()), ("need", need.into())])
        };
        match self {
            Self::Short => locale.t("forecast-refusal-holdout").into_owned(),
            Self::Unfit(FitError::TooShort { have, need }) => few(*have, *need),
            Self::Refused(Refusal::TooFewPoints { have, need }) => few(*have, *need),
            Self::Refused(Refusal::Constant) => locale.t("forecast-refusal-constant").into_owned(),
            Self::Refused(Refusal::HorizonTooLong { max, .. }) => {
                locale.f("forecast-refusal-horizon", &[("max", Arg::from(*max))])
            }
            Self::Refused(Refusal::Overflow) | Self::Unfit(FitError::Overflow) => {
                locale.t("forecast-refusal-too-large").into_owned()
            }
            Self::Unfit(error) => error.to_string(),
            Self::Refused(other) => other.to_string(),
        }
    }
}
