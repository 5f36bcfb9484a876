//! Projects of different envelopes that exclude each other.

use crate::ballot::{APPROVAL, HOUR, Vote, crowd};
use akimat_app::ballot::Setting;
use akimat_app::ballot::close::Drawn;
use akimat_participation::proposal::{Proposal, State};
use akimat_storage::{Change, ProposalChange};

/// A project of a district and one of the whole city exclude each other: the envelope counted first decides.
#[tokio::test]
async fn what_won_before_excludes_across_envelopes() {
    let vote = Vote::open(APPROVAL).await;
    let (app, analyst) = (&vote.app, vote.village.actor("analyst"));
    let one = vote.setting.numbered(1).unwrap().clone();
    let changed = Proposal { conflicts: vec![vote.id(5)], edit: one.edit + 1, ..one };
    vote.village
        .store
        .apply(vec![Change::Proposal(Box::new(ProposalChange::Update(changed)))])
        .await
        .unwrap();
    // A setting of a vote that runs is kept in memory: another server reads it anew.
    let fresh = app.ballot_setting("vote").await.unwrap();
    let fresh = if fresh.numbered(1).unwrap().conflicts.is_empty() {
        let mut projects = (*vote.setting.projects).clone();
        projects[0].conflicts = vec![vote.id(5)];
        Setting { projects: std::sync::Arc::new(projects), ..vote.setting.clone() }
    } else {
        fresh
    };
    let across = &akimat_app::ballot::file::rules(&fresh)["conflicts_across_envelopes"];
    assert_eq!(*across, serde_json::json!([["1", "5"]]), "in the rules that are hashed before the vote");
    app.invent_ballots(&fresh, &crowd(&vote)).await.unwrap();
    vote.village.wait(HOUR + 5);
    app.close_ballot(analyst, &fresh).await.unwrap();
    let setting = app.ballot_setting("vote").await.unwrap();
    let drawn = Drawn { seed: "07 11".to_owned(), source: "лотерея".to_owned() };
    app.count_ballots(analyst, &setting, &drawn).await.unwrap();
    let results = app.ballot_results(&setting).await.unwrap();
    assert!(results[0].winners.contains(&"1".to_owned()), "{:?}", results[0].winners);
    assert!(!results[1].winners.contains(&"5".to_owned()), "{:?}", results[1].winners);
    let line = results[1].lines.iter().find(|line| line.ballot_number == 5).unwrap();
    assert_eq!((line.outcome, line.rival.as_deref()), (State::Excluded, Some("1")));
    let frozen: serde_json::Value = serde_json::from_str(&vote.file("b", "rule").await).unwrap();
    assert!(frozen["eligibility"].get("excluded").is_none(), "the rule before the count stays as it was");
    let counted: serde_json::Value = serde_json::from_str(&vote.file("b", "counted_rule").await).unwrap();
    assert_eq!(counted["eligibility"]["excluded"], serde_json::json!(["5"]));
    let command = results[1].document["command"].as_str().unwrap();
    assert!(command.contains("vote-b.counted-rule.json"), "{command}");
    assert_eq!(results[1].document["checked"]["winners"], results[1].document["answer"]["winners"]);
}
