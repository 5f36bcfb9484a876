//! Promises about appraisals of projects.

use super::build::{DISTRICT, OKRUG, OTHER, at, id, kato};
use super::{ok, refused};
use crate::appraisal::{Appraisal, Signature};
use crate::{Change, Conflict, Store};
use akimat_core::{Money, ProjectId};

fn draft(n: u64, project: u64, place: u32, version: u32) -> Appraisal {
    Appraisal {
        id: id(n),
        project: ProjectId(id(project)),
        place: kato(place),
        version,
        npv: (!n.is_multiple_of(4)).then(|| Money::from_tiyn(-12_345_678_901)),
        npv_low: n.is_multiple_of(2).then(|| Money::from_tiyn(i64::MIN)),
        npv_high: n.is_multiple_of(2).then(|| Money::from_tiyn(i64::MAX)),
        bcr_e4: n.is_multiple_of(3).then_some(13_471),
        document: "{\"format\":1,\"сөз\":\"ә\"}".to_owned(),
        drafted: Signature { by: "Талдаушы".to_owned(), at: at(i64::from(version)) },
        signed: None,
    }
}

fn add(appraisal: &Appraisal) -> Change {
    Change::AddAppraisal(Box::new(appraisal.clone()))
}

fn sign(n: u64, second: i64) -> Change {
    Change::SignAppraisal(id(n), Signature { by: "Аким".to_owned(), at: at(second) })
}

/// Versions stay as saved; the last one of each project is found by territory, signed or not.
pub async fn versions_are_kept(store: &dyn Store) {
    let mut all = [
        draft(1, 501, DISTRICT, 1),
        draft(2, 502, OTHER, 1),
        draft(3, 501, DISTRICT, 2),
        draft(4, 503, OKRUG, 1),
    ];
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_appraisal(id(3)).await).as_ref(), Some(&all[2]));
    assert_eq!(ok(store.find_appraisal(id(9)).await), None);
    ok(store.apply(vec![sign(1, 9)]).await);
    all[0].signed = Some(Signature { by: "Аким".to_owned(), at: at(9) });
    let history = ok(store.list_appraisals(ProjectId(id(501))).await);
    assert_eq!(history, [all[0].clone(), all[2].clone()]);
    let latest = ok(store.list_latest_appraisals(None, false).await);
    assert_eq!(latest, [all[2].clone(), all[1].clone(), all[3].clone()]);
    let below = ok(store.list_latest_appraisals(Some(kato(DISTRICT)), false).await);
    assert_eq!(below, [all[2].clone(), all[3].clone()]);
    assert_eq!(ok(store.list_latest_appraisals(None, true).await), [all[0].clone()]);
    assert_eq!(ok(store.list_latest_appraisals(Some(kato(OTHER)), true).await), []);
}

/// A version is saved once and signed once; nobody signs what is not there.
pub async fn a_version_is_signed_once(store: &dyn Store) {
    ok(store.apply(vec![add(&draft(1, 501, DISTRICT, 1)), sign(1, 5)]).await);
    refused(store.apply(vec![sign(1, 6)]).await, &Conflict::Stale("appraisal"));
    refused(store.apply(vec![sign(2, 6)]).await, &Conflict::Missing("appraisal"));
    refused(store.apply(vec![add(&draft(2, 501, DISTRICT, 1))]).await, &Conflict::Exists("appraisal"));
    let kept = ok(store.find_appraisal(id(1)).await).and_then(|found| found.signed);
    assert_eq!(kept.map(|signature| signature.at), Some(at(5)));
}
