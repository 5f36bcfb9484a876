//! Promises about votes and comments.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, add, at, comment, id, kato, project, stars, vote};
use super::{ok, refused, walk};
use crate::{Change, Conflict, PageRequest, Store};
use akimat_core::{AccountId, CommentId, ProjectId};
use akimat_participation::{Comment, Hidden};
use akimat_project::Project;
use futures_util::future::join_all;

async fn counts(store: &dyn Store, n: u64) -> [u64; 5] {
    ok(store.find_project(ProjectId(id(n))).await).expect("the project").1.counts
}

fn say(comment: &Comment) -> Change {
    Change::AddComment(Box::new(comment.clone()), kato(DISTRICT))
}

/// A vote may be changed; it stays one vote.
pub async fn a_person_has_one_vote(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1))]).await);
    let (project, person) = (ProjectId(id(1)), AccountId(id(50)));
    assert_eq!(ok(store.find_rating(project, person).await), None);
    ok(store.apply(vec![vote(1, 50, 2)]).await);
    ok(store.apply(vec![vote(1, 51, 2)]).await);
    assert_eq!(counts(store, 1).await, [0, 2, 0, 0, 0]);
    ok(store.apply(vec![vote(1, 50, 5)]).await);
    ok(store.apply(vec![vote(1, 50, 5)]).await);
    assert_eq!(ok(store.find_rating(project, person).await), Some(stars(5)));
    assert_eq!(counts(store, 1).await, [0, 1, 0, 0, 1]);
}

/// Votes of one batch count in their order, each on its own project.
pub async fn votes_of_a_batch_count_in_order(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), add(&project(2)), vote(1, 51, 2)]).await);
    ok(store.apply(vec![vote(1, 50, 1), vote(1, 50, 3), vote(2, 50, 4), vote(1, 52, 3)]).await);
    assert_eq!(counts(store, 1).await, [0, 1, 2, 0, 0]);
    assert_eq!(counts(store, 2).await, [0, 0, 0, 1, 0]);
    let second = ok(store.find_rating(ProjectId(id(2)), AccountId(id(50))).await);
    assert_eq!(second, Some(stars(4)));
}

/// The same vote a hundred times at once.
pub async fn a_hundred_identical_votes_are_one(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1))]).await);
    for answer in join_all((0..100).map(|_| store.apply(vec![vote(1, 50, 4)]))).await {
        ok(answer);
    }
    assert_eq!(counts(store, 1).await, [0, 0, 0, 1, 0]);
}

/// Forty people change their minds five times each, all at once, alone and in batches.
pub async fn votes_at_once_are_all_counted(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), add(&project(2))]).await);
    let batches = (0..200_u64).map(|n| {
        let (person, value) = (50 + n % 40, (n % 5) as u8 + 1);
        match n % 4 {
            0 => vec![vote(1, person, value), vote(2, person, value)],
            1 => vec![vote(2, person, value), vote(1, person, value)],
            2 => vec![vote(1, person, value)],
            _ => vec![vote(2, person, value)],
        }
    });
    for answer in join_all(batches.map(|batch| store.apply(batch))).await {
        ok(answer);
    }
    for n in [1, 2] {
        let mut due = [0; 5];
        for person in 50..90 {
            if let Some(rating) = ok(store.find_rating(ProjectId(id(n)), AccountId(id(person))).await) {
                due[usize::from(rating.value()) - 1] += 1;
            }
        }
        assert_eq!(counts(store, n).await, due, "project {n}");
    }
}

/// A vote or a comment on nothing is refused.
pub async fn votes_need_a_project(store: &dyn Store) {
    refused(store.apply(vec![vote(1, 50, 4)]).await, &Conflict::Missing("project"));
    refused(store.apply(vec![say(&comment(1, 1))]).await, &Conflict::Missing("project"));
    assert_eq!(ok(store.find_rating(ProjectId(id(1)), AccountId(id(50))).await), None);
    assert_eq!(ok(store.find_comment(CommentId(id(1))).await), None);
}

/// Newest first; what is said between two pages neither hides nor repeats anything.
pub async fn comments_come_in_pages(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), add(&project(2))]).await);
    let mut comments: Vec<Comment> = (1..=20).map(|n| comment(n, 1)).collect();
    for comment in &mut comments[5..12] {
        comment.at = at(8);
    }
    ok(store.apply(comments.iter().map(say).collect()).await);
    ok(store.apply(vec![say(&comment(90, 2))]).await);
    comments.sort_by_key(|comment| std::cmp::Reverse((comment.at, comment.id)));
    let of_one = walk(3, async |page| store.list_comments(ProjectId(id(1)), &page).await).await;
    assert_eq!(of_one, comments);

    let first = ok(store.list_comments(ProjectId(id(1)), &PageRequest::first(4)).await);
    ok(store.apply(vec![say(&comment(99, 1))]).await);
    let request = PageRequest { limit: 4, after: first.next };
    let second = ok(store.list_comments(ProjectId(id(1)), &request).await);
    assert_eq!(second.items, comments[4..8]);
    let found = ok(store.find_project(ProjectId(id(1))).await).expect("the project");
    assert_eq!(found.2, 21);
    refused(store.apply(vec![say(&comment(99, 1))]).await, &Conflict::Exists("comment"));
    assert_eq!(ok(store.find_project(ProjectId(id(1))).await).expect("the project").2, 21);
}

/// A hidden comment stays in its place with its words and the reason, and may be shown again.
pub async fn hidden_comments_keep_their_words(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), say(&comment(1, 1))]).await);
    let hidden = Hidden { reason: "Оскорбление".to_owned(), at: at(77) };
    ok(store.apply(vec![Change::HideComment(CommentId(id(1)), hidden.clone())]).await);
    let due = Comment { hidden: Some(hidden), ..comment(1, 1) };
    let item = ok(store.find_comment(due.id).await).expect("the comment");
    assert_eq!((&item.comment, item.place), (&due, kato(DISTRICT)));
    assert_eq!(item.project_title, project(1).title);
    assert_eq!(ok(store.list_comments(ProjectId(id(1)), &PageRequest::first(5)).await).items, [due]);
    ok(store.apply(vec![Change::ShowComment(CommentId(id(1)))]).await);
    assert_eq!(ok(store.find_comment(CommentId(id(1))).await).expect("the comment").comment, comment(1, 1));
    let nobody = Hidden { reason: "x".to_owned(), at: at(1) };
    for change in [Change::HideComment(CommentId(id(2)), nobody), Change::ShowComment(CommentId(id(2)))] {
        refused(store.apply(vec![change]).await, &Conflict::Missing("comment"));
    }
    let already = Comment { hidden: Some(Hidden { reason: "y".to_owned(), at: at(2) }), ..comment(3, 1) };
    ok(store.apply(vec![say(&already)]).await);
    assert_eq!(ok(store.find_comment(already.id).await).expect("the comment").comment, already);
}

/// Fifty comments at once are fifty.
pub async fn comments_at_once_are_all_counted(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1))]).await);
    for answer in join_all((1..=50).map(|n| store.apply(vec![say(&comment(n, 1))]))).await {
        ok(answer);
    }
    assert_eq!(ok(store.find_project(ProjectId(id(1))).await).expect("the project").2, 50);
    let all = walk(20, async |page| store.list_comments(ProjectId(id(1)), &page).await).await;
    assert_eq!(all.len(), 50);
}

const VILLAGE: u32 = OKRUG + 300;
const HAMLET: u32 = VILLAGE + 4;

/// The moderators' queue of a territory holds what is said below it.
pub async fn comments_of_a_territory(store: &dyn Store) {
    let mut batch = Vec::new();
    for (n, place) in [(1, DISTRICT), (2, OKRUG), (3, OTHER), (4, VILLAGE), (5, HAMLET)] {
        batch.push(add(&Project { place: kato(place), ..project(n) }));
        for k in 0..4 {
            batch.push(Change::AddComment(Box::new(comment(10 * k + n, n)), kato(place)));
        }
    }
    ok(store.apply(batch).await);
    let queue = async |place| {
        let items = walk(3, async |page| store.list_comments_in_place(kato(place), &page).await).await;
        items.into_iter().map(|item| item.comment.id.0).collect::<Vec<_>>()
    };
    assert_eq!(queue(HAMLET).await, [35, 25, 15, 5].map(id));
    assert_eq!(queue(VILLAGE).await, [35, 34, 25, 24, 15, 14, 5, 4].map(id));
    assert_eq!(queue(OKRUG).await, [35, 34, 32, 25, 24, 22, 15, 14, 12, 5, 4, 2].map(id));
    assert_eq!(queue(OTHER).await, [33, 23, 13, 3].map(id));
    assert_eq!(queue(DISTRICT).await.len(), 16);
    assert_eq!(queue(REGION).await.len(), 20);
    for nobody in [110_000_000, OTHER + 100_000, OKRUG + 1_000, VILLAGE + 100, HAMLET + 1] {
        assert!(queue(nobody).await.is_empty(), "{nobody}");
    }
}
