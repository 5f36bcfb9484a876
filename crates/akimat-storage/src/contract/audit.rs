//! Promises about the audit record.

use super::build::record;
use super::{ok, walk};
use crate::{AuditRecord, Change, Store};

/// Newest first.
pub async fn records_are_kept(store: &dyn Store) {
    ok(store.apply((1..=7).map(|n| Change::AddAudit(record(n))).collect()).await);
    let listed = walk(3, async |page| store.list_audit(&page).await).await;
    assert_eq!(listed, (1..=7).rev().map(record).collect::<Vec<AuditRecord>>());
}
