//! Forecasts of short public series, backtested, with calibrated intervals.
//!
//! Read in this order: [`series`], [`model`] (what every model looks like), [`naive`], [`ets`], [`theta`],
//! [`season`], then [`backtest`], [`combine`], [`interval`], and [`mod@forecast`], the front door.
//! Methods, sources and measured scores: docs/method/forecast.md.
//!
//! A pure room: values in, values out; no clock, chance, disk or network.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod accuracy;
pub mod arima;
pub mod assumption;
pub mod backtest;
pub mod calendar;
pub mod catalogue;
pub mod ces;
pub mod clean;
pub mod combine;
pub mod count;
pub mod dot;
pub mod ets;
pub mod ets_auto;
pub mod ets_single;
pub mod fiscal;
pub mod forecast;
pub mod interval;
pub mod laboratory;
pub mod model;
pub mod naive;
pub mod neural;
mod normal;
mod optimise;
pub mod pool;
pub mod reconcile;
pub mod refusal;
pub mod season;
pub mod series;
pub mod staffing;
pub mod theta;

pub use backtest::{Backtest, Coverage, Score};
pub use combine::{Challenger, Choice};
pub use forecast::{Engine, Forecast, HORIZON_MAX, POINTS_MIN, Step, forecast};
pub use interval::Interval;
pub use refusal::{Refusal, SeriesError};
pub use series::Series;
