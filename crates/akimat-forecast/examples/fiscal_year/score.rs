//! Errors and coverage of forecasts of the fiscal year, rolling out of time.

use akimat_forecast::fiscal::{FiscalBook, FiscalLine, FiscalYear, Origin, Rule, YearForecast};

/// Sums over the lines of one year and month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) n: f64,
    /// Errors of the mixture and then of each rule, as shares of the larger of fact and plan, at most 1.
    pub(crate) errors: [f64; 1 + Rule::ALL.len()],
    /// Facts inside the 80 and the 95 % interval.
    pub(crate) inside: [f64; 2],
    /// Intervals given.
    pub(crate) of: [f64; 2],
    /// Widths in shares of the scale.
    pub(crate) widths: [f64; 2],
    /// Months ahead before December: inside and of, both levels.
    pub(crate) path: [(f64, f64); 2],
}

impl Sums {
    pub(crate) fn add(&mut self, other: &Self) {
        self.n += other.n;
        for (sum, own) in self.errors.iter_mut().zip(other.errors) {
            *sum += own;
        }
        for i in 0..2 {
            self.inside[i] += other.inside[i];
            self.of[i] += other.of[i];
            self.widths[i] += other.widths[i];
            self.path[i].0 += other.path[i].0;
            self.path[i].1 += other.path[i].1;
        }
    }
}

/// All lines that were executed at all and whose year is known to its end, with the year before.
pub(crate) fn score(lines: &[FiscalLine], origin: Origin, broken: &[i16]) -> Sums {
    let mut sums = Sums::default();
    let Ok(book) = FiscalBook::new(lines, origin) else { return sums };
    let book = book.without_errors_of(broken);
    let Ok(forecasts) = book.forecasts(&[80, 95]) else { return sums };
    for (line, forecast) in lines.iter().zip(forecasts) {
        let fact = line.year(origin.year).and_then(FiscalYear::total).filter(|fact| *fact > 0.0);
        let before = line.year(origin.year - 1).and_then(FiscalYear::total);
        if let (Ok(forecast), Some(fact), Some(_)) = (forecast, fact, before) {
            one(&mut sums, &forecast, line, fact);
        }
    }
    sums
}

fn one(sums: &mut Sums, forecast: &YearForecast, line: &FiscalLine, fact: f64) {
    let scale = fact.max(forecast.plan.unwrap_or(0.0));
    let error = |total: f64| ((total - fact).abs() / scale).min(1.0);
    sums.n += 1.0;
    sums.errors[0] += error(forecast.total);
    for (sum, rule) in sums.errors[1..].iter_mut().zip(Rule::ALL) {
        let own = forecast.parts.iter().find(|part| part.rule == rule);
        // A rule without an answer says what the plan says.
        *sum += error(own.map_or(forecast.plan.unwrap_or(0.0), |part| part.total));
    }
    let half = 0.5;
    for (i, level) in [80, 95].into_iter().enumerate() {
        if let Some(interval) = forecast.intervals.iter().find(|own| own.level == level) {
            sums.of[i] += 1.0;
            sums.inside[i] +=
                f64::from(u8::from(interval.low - half <= fact && fact <= interval.high + half));
            sums.widths[i] += ((interval.high - interval.low) / scale).min(10.0);
        }
        for ahead in forecast.months.iter().filter(|ahead| ahead.month < 12) {
            let fact =
                line.year(forecast.origin.year).and_then(|year| year.executed_at(usize::from(ahead.month)));
            let interval = ahead.intervals.iter().find(|own| own.level == level);
            if let (Some(fact), Some(interval)) = (fact, interval) {
                let holds = interval.low - half <= fact && fact <= interval.high + half;
                sums.path[i].0 += f64::from(u8::from(holds));
                sums.path[i].1 += 1.0;
            }
        }
    }
}
