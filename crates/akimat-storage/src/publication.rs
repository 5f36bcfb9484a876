//! What a unit published, when and where, as an officer noted it.

use crate::Result;
use akimat_core::KatoCode;
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// A note that something was published. It never changes; a later note about the same thing supersedes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Identifier.
    pub id: Uuid,
    /// The unit.
    pub place: KatoCode,
    /// Code of the obligation.
    pub obligation: String,
    /// Financial year that it is about.
    pub year: i16,
    /// Month 1 to 12, or 0 for the whole year.
    pub part: u8,
    /// When it was published; `None` takes an earlier, mistaken note back.
    pub published_on: Option<Date>,
    /// Where it can be read.
    pub address: String,
    /// Remark of the officer; may be empty.
    pub remark: String,
    /// Office and name of who noted it.
    pub noted_by: String,
    /// When it was noted.
    pub noted_at: Timestamp,
}

/// Reads what was published.
#[async_trait]
pub trait PublicationRead: Send + Sync {
    /// Notes about a territory and what is below it (`None`: all) for these years, by territory and year,
    /// oldest note first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_publications(
        &self,
        place: Option<KatoCode>,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<Publication>>;
}
