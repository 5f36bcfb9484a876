//! Promises about predictions of projects.

use super::build::{DISTRICT, OKRUG, OTHER, at, day, id, kato};
use super::{ok, refused};
use crate::outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomeVerdict};
use crate::{Change, Conflict, Store};
use akimat_core::ProjectId;

fn prediction(n: u64, project: u64, place: u32, target: &str, second: i64) -> OutcomePrediction {
    OutcomePrediction {
        id: id(n),
        project: ProjectId(id(project)),
        place: kato(place),
        target: target.to_owned(),
        probability_e4: n.is_multiple_of(2).then_some(6_789),
        point_e4: (!n.is_multiple_of(3)).then_some(-12_345_678_901),
        class: "transport/large".to_owned(),
        n_class: 14,
        model: "stack 1".to_owned(),
        data_on: day("2026-03-01"),
        document: "{\"format\":1,\"сөз\":\"ә\"}".to_owned(),
        published_by: "Талдаушы".to_owned(),
        published_at: at(second),
    }
}

fn publish(prediction: &OutcomePrediction) -> Change {
    Change::AddOutcomePrediction(Box::new(prediction.clone()))
}

fn decision(n: u64, prediction: u64, verdict: OutcomeVerdict, second: i64) -> OutcomeDecision {
    OutcomeDecision {
        id: id(n),
        prediction: id(prediction),
        verdict,
        reason: format!("Себебі № {n}"),
        decided_by: "Аким".to_owned(),
        decided_at: at(second),
    }
}

/// Predictions stay as published; the first of each project and target is found by territory.
pub async fn predictions_stay_as_published(store: &dyn Store) {
    let all = [
        prediction(1, 501, DISTRICT, "delay", 1),
        prediction(2, 502, OTHER, "delay", 2),
        prediction(3, 501, DISTRICT, "delay", 3),
        prediction(4, 501, DISTRICT, "cost_growth", 3),
        prediction(5, 503, OKRUG, "completed", 2),
    ];
    ok(store.apply(all.iter().map(publish).collect()).await);
    assert_eq!(ok(store.find_outcome_prediction(id(3)).await).as_ref(), Some(&all[2]));
    assert_eq!(ok(store.find_outcome_prediction(id(9)).await), None);
    let record = ok(store.list_outcome_predictions(ProjectId(id(501))).await);
    assert_eq!(record, [all[0].clone(), all[2].clone(), all[3].clone()]);
    let first = ok(store.list_first_outcome_predictions(None).await);
    assert_eq!(first, [all[3].clone(), all[0].clone(), all[1].clone(), all[4].clone()]);
    let below = ok(store.list_first_outcome_predictions(Some(kato(DISTRICT))).await);
    assert_eq!(below, [all[3].clone(), all[0].clone(), all[4].clone()]);
}

/// Several decisions over time, each kept; none about a prediction that was never made.
pub async fn decisions_are_added(store: &dyn Store) {
    let all = [
        decision(11, 1, OutcomeVerdict::Accepted, 5),
        decision(12, 2, OutcomeVerdict::SetAside, 6),
        decision(13, 1, OutcomeVerdict::ActedOn, 7),
    ];
    let mut batch = vec![
        publish(&prediction(1, 501, DISTRICT, "delay", 1)),
        publish(&prediction(2, 502, DISTRICT, "delay", 2)),
    ];
    batch.extend(all.iter().cloned().map(Change::AddOutcomeDecision));
    ok(store.apply(batch).await);
    let kept = ok(store.list_outcome_decisions(ProjectId(id(501))).await);
    assert_eq!(kept, [all[0].clone(), all[2].clone()]);
    let stray = decision(14, 99, OutcomeVerdict::Accepted, 8);
    refused(store.apply(vec![Change::AddOutcomeDecision(stray)]).await, &Conflict::Missing("prediction"));
}
