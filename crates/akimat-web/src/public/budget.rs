//! Budgets in public: list, page with verdicts, structure, indicators, downloads.

pub mod figures;
pub mod list;
pub mod show;
