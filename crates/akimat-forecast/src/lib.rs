//! Forecasts of short public series, backtested, with calibrated intervals.
