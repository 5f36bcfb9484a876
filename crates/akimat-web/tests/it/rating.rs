//! Votes: one a person, counted exactly however many come at once.

use crate::town::{Town, options};
use akimat_participation::RatingSummary;
use akimat_web_kit::state::{Limits, WebOptions};

fn path(town: &Town, number: &str) -> String {
    format!("/kk/projects/{}/rating", town.project(number))
}

async fn votes(town: &Town, number: &str) -> RatingSummary {
    town.store.find_project(town.project(number)).await.unwrap().unwrap().1
}

#[tokio::test]
async fn a_resident_votes_and_changes_the_vote() {
    let town = Town::open().await;
    let client = town.person("neighbour").await;
    client.post(&path(&town, "S-7"), &[("rating", "2")]).await.expect(303);
    assert_eq!(votes(&town, "S-7").await.counts, [0, 1, 0, 1, 0]);
    client.post(&path(&town, "S-7"), &[("rating", "5")]).await.expect(303);
    assert_eq!(votes(&town, "S-7").await.counts, [0, 0, 0, 1, 1]);
    let page = client.get(&format!("/en/projects/{}", town.project("S-7"))).await;
    page.says("Your rating: 5").says("4.5").says("2 votes");
}

#[tokio::test]
async fn what_is_no_vote_changes_nothing() {
    let town = Town::open().await;
    let client = town.person("neighbour").await;
    for wrong in ["", "0", "6", "-1", "2.5", "five", "99999999999999999999"] {
        client.post(&path(&town, "S-7"), &[("rating", wrong)]).await.expect(422);
    }
    let missing = format!("/kk/projects/{}/rating", uuid::Uuid::nil());
    client.post(&missing, &[("rating", "3")]).await.expect(404);
    client.post("/kk/projects/x/rating", &[("rating", "3")]).await.expect(404);
    town.nobody().post(&path(&town, "S-7"), &[("rating", "3")]).await.expect(303);
    for officer in ["manager", "analyst", "akim", "moderator", "admin"] {
        let officer = town.person(officer).await;
        officer.post(&path(&town, "S-7"), &[("rating", "5")]).await.expect(403);
        officer.get(&format!("/kk/projects/{}", town.project("S-7"))).await.says_not("name=\"rating\"");
    }
    assert_eq!(votes(&town, "S-7").await.counts, [0, 0, 0, 1, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_vote_a_hundred_times_at_once_is_one_vote() {
    let town = Town::with(WebOptions { limits: Limits::default(), ..options() }).await;
    let (client, path) = (town.person("neighbour").await, path(&town, "S-2"));
    let mut posts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (client, path) = (client.clone(), path.clone());
        posts.spawn(async move { client.post(&path, &[("rating", "3")]).await.status.as_u16() });
    }
    let statuses = posts.join_all().await;
    assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
    assert_eq!(votes(&town, "S-2").await.counts, [0, 0, 1, 0, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_voters_at_once_are_all_counted() {
    let town = Town::open().await;
    let crowd = town.crowd(60).await;
    let path = path(&town, "S-3");
    let mut posts = tokio::task::JoinSet::new();
    // Everybody votes twice, so the second vote replaces the first, in whichever order they arrive.
    for (at, client) in crowd.into_iter().enumerate() {
        let path = path.clone();
        posts.spawn(async move {
            client.post(&path, &[("rating", "1")]).await.expect(303);
            let value = (at % 5 + 1).to_string();
            client.post(&path, &[("rating", &value)]).await.expect(303);
        });
    }
    posts.join_all().await;
    assert_eq!(votes(&town, "S-3").await.counts, [12; 5]);
}

#[tokio::test]
async fn a_flood_of_votes_is_slowed_down() {
    let town = Town::with(WebOptions { limits: Limits::default(), ..options() }).await;
    let client = town.person("neighbour").await;
    let mut refused = None;
    for _ in 0..301 {
        refused = Some(client.post(&path(&town, "S-2"), &[("rating", "1")]).await);
    }
    let refused = refused.unwrap();
    assert_eq!(refused.expect(429).header("retry-after"), "1");
    assert_eq!(votes(&town, "S-2").await.counts, [1, 0, 0, 0, 0]);
}
