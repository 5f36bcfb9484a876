//! Series to learn from, and what of them nobody may learn.

/// A set of series of one frequency.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Name, for the report.
    pub name: String,
    /// How often it is drawn from, relative to the others.
    pub share: f64,
    /// Steps that its own forecasts look ahead: so many values at the end of each series are held back.
    pub horizon: usize,
    /// The series.
    pub series: Vec<TrainSeries>,
}

/// A series, oldest value first.
#[derive(Clone, Debug)]
pub struct TrainSeries {
    /// All values that are known; a test window is never among them.
    pub values: Vec<f64>,
}

/// What is held back for validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldBack {
    /// The last values of every series: an honest rehearsal of what comes. All choices and all scores are made on it.
    All,
    /// Nothing: what is shipped learns from the newest values too, as a forecast of tomorrow should.
    Nothing,
}

impl HoldBack {
    /// Values of a series that may be learnt from when `horizon` values are asked of it.
    pub fn learnable(self, series: &TrainSeries, horizon: usize) -> usize {
        match self {
            Self::All => series.values.len().saturating_sub(horizon),
            Self::Nothing => series.values.len(),
        }
    }
}
