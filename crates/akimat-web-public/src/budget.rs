//! Budgets in public: list, page with verdicts, structure, indicators, downloads.

pub mod list;
pub mod show;
