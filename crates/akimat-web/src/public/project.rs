//! The register of projects in public: list, page, votes, comments.

pub mod act;
pub mod download;
pub mod list;
pub mod show;
