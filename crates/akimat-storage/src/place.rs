//! Territories.

use crate::Result;
use akimat_core::{KatoCode, Place};
use async_trait::async_trait;
use jiff::civil::Date;

/// Reads territories as they stand on a day.
#[async_trait]
pub trait PlaceRead: Send + Sync {
    /// The territory with this code on this day.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_place(&self, code: KatoCode, on: Date) -> Result<Option<Place>>;

    /// The territories with these codes on this day, by code; unknown codes are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_places_by_code(&self, codes: &[KatoCode], on: Date) -> Result<Vec<Place>>;

    /// The territory and everything above it, the top first; empty when there is no such territory.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_place_path(&self, code: KatoCode, on: Date) -> Result<Vec<Place>>;

    /// What lies directly under a territory (`None`: the top-level units) on this day, by code.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_child_places(&self, parent: Option<KatoCode>, on: Date) -> Result<Vec<Place>>;

    /// Territories whose folded name contains one of `keys` (see `akimat_core::fold`), those that begin
    /// with it first, then by depth and code; at most `limit`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn search_places(&self, keys: &[String], on: Date, limit: u16) -> Result<Vec<Place>>;

    /// How many territories of each kind there are below each top-level unit on this day:
    /// `(region, kind code, count)`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_places_by_region(&self, on: Date) -> Result<Vec<(KatoCode, String, u64)>>;
}
