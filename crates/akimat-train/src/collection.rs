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
    /// Whether networks learn from it: not from a copy of a series of another collection, see [`mod@crate::duplicate`].
    pub learn: bool,
}

/// How many horizons at the end of every series are held back. One: an honest rehearsal of what comes, on which all
/// choices and scores are made; more: a rehearsal of an earlier time. None: what is shipped learns from the newest
/// values, too, as a forecast of tomorrow should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldBack(pub usize);

impl HoldBack {
    /// The rehearsal of what comes.
    pub const LAST: Self = Self(1);
    /// Nothing is held back.
    pub const NOTHING: Self = Self(0);

    /// Values of a series that may be learnt from when `horizon` values are asked of it.
    pub fn learnable(self, series: &TrainSeries, horizon: usize) -> usize {
        series.values.len().saturating_sub(horizon.saturating_mul(self.0))
    }
}
