//! Series to learn from, and what of them nobody may learn.

/// A set of series of one frequency.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Name, for the report.
    pub name: String,
    /// How often it is drawn from, relative to the others.
    pub share: f64,
    /// The series.
    pub series: Vec<TrainSeries>,
}

/// A series, oldest value first.
#[derive(Clone, Debug)]
pub struct TrainSeries {
    /// Its name in the collection: decides whether its end is held back.
    pub id: String,
    /// All values that are known; a test window is never among them.
    pub values: Vec<f64>,
}

/// What is held back for validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldBack {
    /// The last values of every series: an honest rehearsal of the test.
    All,
    /// Of a fixed fifth of the units, chosen by their names: what is shipped.
    Fifth,
}

impl HoldBack {
    /// Values of a series that may be learnt from when `horizon` values are held back.
    pub fn learnable(self, series: &TrainSeries, horizon: usize) -> usize {
        if self.held(series) { series.values.len().saturating_sub(horizon) } else { series.values.len() }
    }

    /// Whether the end of a series is held back.
    pub fn held(self, series: &TrainSeries) -> bool {
        self == Self::All || fifth(unit(&series.id)) == 0
    }
}

/// The unit of a name `unit|line`, so that all lines of a unit are held back together.
fn unit(id: &str) -> &str {
    id.split('|').next().unwrap_or(id)
}

/// One of five parts, by FNV-1a over the name: the same on every machine.
fn fifth(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        % 5
}
