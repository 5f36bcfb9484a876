//! Growth in prices of the year and in prices of one year, and when not to compare at all.
//!
//! The series of prices is an argument; its base year is named with every result. A territory whose borders
//! changed between two years is not the same territory: such years are never chained.
//!
//! # Source
//! `docs/method/pace.md`; domain reference 1.2 (border changes) and 2.4 (`growth`).

use akimat_core::{KatoCode, Money, Ratio};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Digits kept after the point when yearly changes are multiplied to an index.
const INDEX_SCALE: i128 = 1_000_000_000;

/// A series of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deflator {
    /// Name of the series and where it comes from.
    pub source: String,
    /// The year whose prices are the measure.
    pub base_year: i16,
    /// Level of prices by year, in billionths; only its proportions matter.
    index: BTreeMap<i16, i128>,
}

/// A change of borders or of the classifier that breaks series.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BorderEvent {
    /// Short name.
    pub code: String,
    /// First day with the new borders.
    pub on: Date,
    /// Territories whose figures before and after are of different areas.
    pub affects: Vec<KatoCode>,
    /// Act and number.
    pub source: String,
    /// Checked against the text of the act.
    pub verified: bool,
}

/// Why two years are not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no figure for this year.
    NoFigure(i16),
    /// The first figure is zero or below: growth has no meaning.
    BaseNotPositive(i16),
    /// The series of prices does not reach this year.
    NoIndex(i16),
    /// The borders changed on this day.
    Border(String, Date),
    /// The later year must come after the earlier one.
    Order,
    /// The figures are too large.
    TooLarge,
}

/// How much a figure grew between two years.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// Earlier year and figure.
    pub from: (i16, Money),
    /// Later year and figure.
    pub to: (i16, Money),
    /// Later less earlier, in the earlier.
    pub nominal: Ratio,
    /// The same in prices of the base year, or why not.
    pub real: Result<Ratio, Refusal>,
    /// Compound growth a year in percent: nominal. For reading, not for further arithmetic.
    pub yearly_pct: f64,
    /// The same in prices of the base year.
    pub real_yearly_pct: Option<f64>,
}

impl Deflator {
    /// From levels as published, in thousandths (`108.7` is 108,700). `None` when a level is not above zero
    /// or the base year is not among them.
    pub fn from_levels(source: &str, base_year: i16, levels: &BTreeMap<i16, i64>) -> Option<Self> {
        let whole = levels.values().all(|level| *level > 0) && levels.contains_key(&base_year);
        whole.then_some(())?;
        let index = levels.iter().map(|(year, level)| (*year, i128::from(*level) * 1_000_000)).collect();
        Some(Self { source: source.to_owned(), base_year, index })
    }

    /// From changes against the year before, in thousandths of a percent of it (`108.7` percent is 108,700).
    /// The product is rounded to nine decimals each year. The year before the first one is the start of the
    /// series. `None` when a year is missing between, a change is not above zero, or the base year is not
    /// reached.
    pub fn from_changes(source: &str, base_year: i16, changes: &BTreeMap<i16, i64>) -> Option<Self> {
        let first = *changes.keys().next()?;
        let mut index = BTreeMap::from([(first.checked_sub(1)?, INDEX_SCALE)]);
        let mut level = INDEX_SCALE;
        for (step, (year, change)) in (0_i16..).zip(changes) {
            let gapless = *year == first.checked_add(step)?;
            (gapless && *change > 0).then_some(())?;
            let product = level.checked_mul(i128::from(*change))?;
            level = (product + 50_000) / 100_000;
            index.insert(*year, level);
        }
        index.contains_key(&base_year).then(|| Self { source: source.to_owned(), base_year, index })
    }

    /// First and last year of the series.
    pub fn years(&self) -> Option<(i16, i16)> {
        Some((*self.index.keys().next()?, *self.index.keys().next_back()?))
    }

    /// The amount in prices of the base year, as an exact fraction of tiyn.
    ///
    /// # Errors
    /// [`Refusal::NoIndex`] outside the series, [`Refusal::TooLarge`] beyond 128 bits.
    pub fn real(&self, amount: Money, year: i16) -> Result<Ratio, Refusal> {
        let at = |year: i16| self.index.get(&year).copied().ok_or(Refusal::NoIndex(year));
        let (base, own) = (at(self.base_year)?, at(year)?);
        let top = i128::from(amount.tiyn()).checked_mul(base).ok_or(Refusal::TooLarge)?;
        Ratio::new(top, own).ok_or(Refusal::TooLarge)
    }

    /// The same rounded to a whole tiyn, halves away from zero.
    ///
    /// # Errors
    /// As [`Deflator::real`].
    pub fn real_money(&self, amount: Money, year: i16) -> Result<Money, Refusal> {
        let exact = self.real(amount, year)?;
        let (top, bottom) = (exact.numerator(), exact.denominator());
        let half = if top < 0 { -bottom / 2 } else { bottom / 2 };
        let rounded = top.checked_add(half).ok_or(Refusal::TooLarge)? / bottom;
        i64::try_from(rounded).map(Money::from_tiyn).map_err(|_| Refusal::TooLarge)
    }
}

/// The change of borders that lies between two years of a territory, if there is one.
pub fn border_between(
    place: KatoCode,
    (from, to): (i16, i16),
    borders: &[BorderEvent],
) -> Option<&BorderEvent> {
    borders.iter().find(|event| {
        let year = event.on.year();
        // A change within a year leaves that year with neither the old nor the new area.
        let first_new = if event.on.day_of_year() == 1 { year } else { year + 1 };
        event.affects.iter().any(|own| own.covers(place)) && from < first_new && to >= year && from < to
    })
}

/// How much the figure of a territory grew between two years.
///
/// # Errors
/// Why the two years are not compared; without prices only [`Growth::real`] is refused.
pub fn growth(
    place: KatoCode,
    series: &BTreeMap<i16, Money>,
    (from, to): (i16, i16),
    deflator: Option<&Deflator>,
    borders: &[BorderEvent],
) -> Result<Growth, Refusal> {
    if from >= to {
        return Err(Refusal::Order);
    }
    if let Some(event) = border_between(place, (from, to), borders) {
        return Err(Refusal::Border(event.code.clone(), event.on));
    }
    let figure = |year: i16| series.get(&year).copied().ok_or(Refusal::NoFigure(year));
    let (before, after) = (figure(from)?, figure(to)?);
    if before <= Money::ZERO {
        return Err(Refusal::BaseNotPositive(from));
    }
    let difference = after.checked_sub(before).ok_or(Refusal::TooLarge)?;
    let nominal = Ratio::of(difference, before).ok_or(Refusal::TooLarge)?;
    let years = f64::from(to - from);
    let real = deflator.ok_or(Refusal::NoIndex(from)).and_then(|deflator| {
        let (before, after) = (deflator.real(before, from)?, deflator.real(after, to)?);
        // (a/b) / (c/d) - 1 = (a*d - b*c) / (b*c); the common base index is divided out first.
        let base = deflator.index.get(&deflator.base_year).copied().unwrap_or(1);
        let (a, b) = (after.numerator() / base, after.denominator());
        let (c, d) = (before.numerator() / base, before.denominator());
        let top = a.checked_mul(d).zip(b.checked_mul(c)).and_then(|(left, right)| left.checked_sub(right));
        let bottom = b.checked_mul(c);
        top.zip(bottom).and_then(|(top, bottom)| Ratio::new(top, bottom)).ok_or(Refusal::TooLarge)
    });
    let yearly = |total: &Ratio| {
        let factor = 1.0 + total.to_f64();
        (factor > 0.0).then(|| (factor.powf(1.0 / years) - 1.0) * 100.0)
    };
    Ok(Growth {
        from: (from, before),
        to: (to, after),
        yearly_pct: yearly(&nominal).unwrap_or(-100.0),
        real_yearly_pct: real.as_ref().ok().and_then(yearly),
        nominal,
        real,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenge(amount: i64) -> Money {
        Money::from_tenge(amount).unwrap()
    }

    fn kato(code: &str) -> KatoCode {
        code.parse().unwrap()
    }

    /// Prices rise by 10 % and by 20 %.
    fn prices(base: i16) -> Deflator {
        Deflator::from_changes("made up", base, &BTreeMap::from([(2022, 110_000), (2023, 120_000)])).unwrap()
    }

    #[test]
    fn prices_are_taken_out_exactly() {
        let series = BTreeMap::from([(2021, tenge(1_000)), (2023, tenge(1_320))]);
        let grown = growth(kato("990100000"), &series, (2021, 2023), Some(&prices(2021)), &[]).unwrap();
        assert_eq!(grown.nominal.percent(2).unwrap(), "32.00");
        assert_eq!(grown.real.unwrap().percent(6).unwrap(), "0.000000");
        assert!((grown.yearly_pct - 14.891_252).abs() < 1e-6);
        assert_eq!(prices(2023).real_money(tenge(1_000), 2021), Ok(tenge(1_320)));
        assert_eq!(prices(2021).real_money(tenge(1_320), 2023), Ok(tenge(1_000)));
        // The choice of the base year does not change growth.
        let other = growth(kato("990100000"), &series, (2021, 2023), Some(&prices(2022)), &[]).unwrap();
        assert_eq!(other.real.unwrap().percent(6).unwrap(), "0.000000");
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        let series = BTreeMap::from([(2021, tenge(0)), (2022, tenge(5)), (2023, tenge(6))]);
        let border = BorderEvent {
            code: "abai".to_owned(),
            on: "2022-06-08".parse().unwrap(),
            affects: vec![kato("630000000")],
            source: String::new(),
            verified: true,
        };
        let of = |place, years| growth(kato(place), &series, years, None, std::slice::from_ref(&border));
        assert_eq!(of("110000000", (2021, 2022)).unwrap_err(), Refusal::BaseNotPositive(2021));
        assert_eq!(of("110000000", (2020, 2022)).unwrap_err(), Refusal::NoFigure(2020));
        assert_eq!(of("110000000", (2023, 2022)).unwrap_err(), Refusal::Order);
        let broken = Refusal::Border("abai".to_owned(), border.on);
        assert_eq!(of("630000000", (2022, 2023)).unwrap_err(), broken);
        assert_eq!(of("630000000", (2021, 2022)).unwrap_err(), broken);
        assert_eq!(of("110000000", (2022, 2023)).unwrap().real, Err(Refusal::NoIndex(2022)));
    }

    #[test]
    fn a_gap_in_the_prices_makes_no_series() {
        let gap = BTreeMap::from([(2020, 107_000), (2022, 115_000)]);
        assert_eq!(Deflator::from_changes("", 2022, &gap), None);
        assert_eq!(Deflator::from_levels("", 2021, &gap), None);
        assert!(Deflator::from_levels("", 2022, &gap).is_some());
    }
}
