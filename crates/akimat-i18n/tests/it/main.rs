//! The catalogue is whole, the three languages agree, and each prints as its readers expect.

mod catalogue;
mod codes;
mod format;
mod usage;
