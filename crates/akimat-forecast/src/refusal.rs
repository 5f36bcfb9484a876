//! Why there is no series and why there is no forecast: facts, the sentences live in the catalogues.

use akimat_core::Period;

/// Why values do not make a series.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// No value at all.
    #[error("the series has no values")]
    Empty,
    /// More values than accepted.
    #[error("the series has {have} values, at most {max} are accepted")]
    TooLong {
        /// Values given.
        have: usize,
        /// Values accepted.
        max: usize,
    },
    /// A value is infinite or not a number.
    #[error("value {} is not a finite number", index + 1)]
    NotFinite {
        /// Its position from 0.
        index: usize,
    },
    /// The periods end after the year 9999.
    #[error("the periods end after the year 9999")]
    BeyondCalendar,
    /// A period between the first and the last has no value.
    #[error("{missing} has no value")]
    Gap {
        /// The first such period.
        missing: Period,
    },
    /// A period has two values.
    #[error("{period} appears twice")]
    Repeated {
        /// The period.
        period: Period,
    },
    /// Years, quarters and months in one series.
    #[error("{first} and {second} are periods of different length")]
    MixedFrequency {
        /// One of them.
        first: Period,
        /// The other.
        second: Period,
    },
}

/// Why a series gets no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too few points to test a method on the series itself.
    #[error("the series has {have} points, a forecast needs at least {need}")]
    TooFewPoints {
        /// Points given.
        have: usize,
        /// Points needed.
        need: usize,
    },
    /// All values are equal: the history says nothing about uncertainty.
    #[error("all values are equal: the series says nothing about its uncertainty")]
    Constant,
    /// More steps than the history can vouch for.
    #[error("{have} steps were asked for, this series allows at most {max}")]
    HorizonTooLong {
        /// Steps asked for.
        have: usize,
        /// Steps allowed: as many as there are points, at most 120.
        max: usize,
    },
    /// No step was asked for.
    #[error("no step was asked for")]
    HorizonEmpty,
    /// A level is not between 1 and 99 per cent.
    #[error("{level} is not an interval level: 1 to 99 per cent")]
    BadLevel {
        /// The level.
        level: u8,
    },
    /// The values are too large or too far apart to compute with.
    #[error("the values are too large to compute with")]
    Overflow,
}
