//! From values to coordinates.

/// A straight scale from values to coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    /// Lowest and highest value.
    pub domain: (f64, f64),
    /// Their coordinates.
    pub range: (f64, f64),
}

impl Linear {
    /// The coordinate of a value; the middle when all values are the same.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.domain.1 - self.domain.0;
        let share = if span > 0.0 { (value - self.domain.0) / span } else { 0.5 };
        self.range.0 + share * (self.range.1 - self.range.0)
    }
}

/// Lowest and highest finite value; `None` when there is none.
pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |seen, value| match seen {
        None => Some((value, value)),
        Some((low, high)) => Some((low.min(value), high.max(value))),
    })
}

/// Round marks that enclose the values: steps of 1, 2, 2.5 or 5 times a power of ten, about `wanted` of them.
/// Zero is included when the values come near it, so that heights can be compared.
pub fn nice_ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (mut low, mut high) = if low <= high { (low, high) } else { (high, low) };
    if !(low.is_finite() && high.is_finite()) {
        (low, high) = (0.0, 1.0);
    }
    if low > 0.0 && low < high * 0.6 {
        low = 0.0;
    }
    if high < 0.0 && high > low * 0.6 {
        high = 0.0;
    }
    let width = high - low;
    // A constant series gets room around it.
    if width <= f64::EPSILON * high.abs().max(1.0) {
        let room = if high == 0.0 { 1.0 } else { high.abs() * 0.1 };
        (low, high) = (low - room, high + room);
    }
    let step = nice_step((high - low) / wanted.clamp(1, 12) as f64);
    let first = (low / step).floor();
    let last = (high / step).ceil();
    let mut ticks = Vec::new();
    let mut place = first;
    while place <= last && ticks.len() < 40 {
        ticks.push(place * step);
        place += 1.0;
    }
    ticks
}

/// The round number next above.
pub fn nice_step(raw: f64) -> f64 {
    if !(raw.is_finite() && raw > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(raw.log10().floor());
    let lead = raw / power;
    let round = [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| lead <= *step + 1e-9).unwrap_or(10.0);
    round * power
}

/// Decimals that a step of this size needs: 0 for 5, 1 for 2.5, 2 for 0.25.
pub fn decimals_of(step: f64) -> usize {
    (0..6)
        .find(|&n| {
            let scaled = step * 10f64.powi(n);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .map_or(6, |n| usize::try_from(n).unwrap_or(0))
}

/// Borders between five classes with about equally many values each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps {
    /// Up to four rising borders; a value at a border belongs to the class above.
    pub borders: Vec<f64>,
}

impl Steps {
    /// Quintiles of the values.
    pub fn quintiles(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let mut borders: Vec<f64> =
            (1..5).filter_map(|part| sorted.get(sorted.len() * part / 5).copied()).collect();
        borders.dedup();
        borders.retain(|border| sorted.first().is_some_and(|first| border > first));
        Self { borders }
    }

    /// The class of a value, 0 to 4.
    pub fn of(&self, value: f64) -> u8 {
        let above = self.borders.iter().filter(|border| value >= **border).count();
        u8::try_from(above).unwrap_or(4)
    }
}
