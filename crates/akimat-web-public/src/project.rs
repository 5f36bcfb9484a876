//! The register of projects in public: list, page, votes, comments.

pub mod act;
pub mod calendar;
pub mod card;
pub mod compare;
pub mod download;
pub mod feed;
pub mod former;
pub mod history;
pub mod list;
pub mod map;
pub mod sheet;
pub mod show;
