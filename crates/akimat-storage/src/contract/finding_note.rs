//! Promises about notes on findings.

use super::build::{DISTRICT, OKRUG, OTHER, at, id, kato};
use super::ok;
use crate::finding_note::{FindingNote, Verdict};
use crate::{Change, Store};

fn note(n: u64, finding: &str, place: u32, verdict: Verdict, second: i64) -> FindingNote {
    FindingNote {
        id: id(n),
        finding: finding.to_owned(),
        place: kato(place),
        verdict,
        reason: format!("Себебі № {n}"),
        written_by: "Талдаушы".to_owned(),
        written_at: at(second),
    }
}

/// The record of a finding keeps every word in order; the newest note of each finding counts.
pub async fn notes_stay_on_record(store: &dyn Store) {
    let all = [
        note(1, "aa", DISTRICT, Verdict::Explained, 1),
        note(2, "bb", OTHER, Verdict::Dismissed, 2),
        note(3, "aa", DISTRICT, Verdict::Reopened, 3),
        note(4, "cc", OKRUG, Verdict::Explained, 3),
        note(5, "aa", DISTRICT, Verdict::Dismissed, 3),
    ];
    ok(store.apply(all.iter().cloned().map(Change::AddFindingNote).collect()).await);
    let record = ok(store.list_finding_notes("aa").await);
    assert_eq!(record, [all[0].clone(), all[2].clone(), all[4].clone()]);
    assert_eq!(ok(store.list_finding_notes("dd").await), []);
    let latest = ok(store.list_latest_finding_notes(None).await);
    assert_eq!(latest, [all[4].clone(), all[1].clone(), all[3].clone()]);
    let below = ok(store.list_latest_finding_notes(Some(kato(DISTRICT))).await);
    assert_eq!(below, [all[4].clone(), all[3].clone()]);
}
