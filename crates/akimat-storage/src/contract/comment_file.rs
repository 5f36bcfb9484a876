//! Promises about files attached to comments.

use super::build::{account, at, comment, id, kato};
use super::ok;
use crate::comment_file::{CommentFile, CommentFileBytes, FilePart, PICTURE};
use crate::erasure::{Erasure, Forgetting};
use crate::participation::TalkChange;
use crate::photo::{PART_BYTES, PictureSize};
use crate::{Change, Store};
use akimat_core::{AccountId, CommentId};
use akimat_participation::{Comment, Hidden, Reason};

/// The `n`-th file, attached to a comment.
fn file(n: u64, of: &Comment) -> CommentFile {
    let picture = n.is_multiple_of(2);
    let side = |n_bytes| PictureSize { width: 640, height: 480, n_bytes };
    CommentFile {
        id: id(n),
        comment: of.id,
        author: of.author,
        nth: u8::try_from(n % 10).unwrap_or(1),
        kind: if picture { PICTURE } else { "pdf" }.to_owned(),
        title: if picture { String::new() } else { "Смета.pdf".to_owned() },
        sha256: format!("{n:064x}"),
        whole: if picture {
            side(200_000)
        } else {
            PictureSize { n_bytes: 131_073, ..PictureSize::default() }
        },
        thumb: if picture { side(5_000) } else { PictureSize::default() },
        at: at(i64::try_from(n).unwrap_or(0)),
    }
}

fn bytes() -> CommentFileBytes {
    CommentFileBytes { whole: vec![7; 2 * PART_BYTES + 1], thumb: vec![8; 5_000] }
}

/// Three comments of two people, each with files: the second file of each comment first.
async fn kept(store: &dyn Store) -> Vec<Comment> {
    let said = |n, author| Comment { author: AccountId(id(author)), official: false, ..comment(n, 1) };
    let all = vec![said(1, 60), said(2, 60), said(3, 61)];
    let mut batch = vec![super::build::add(&super::build::project(1))];
    batch.extend([60, 61].map(|n| Change::AddAccount(account(n), String::new())));
    for (comment, n) in all.iter().zip([10, 20, 30]) {
        batch.push(Change::AddComment(Box::new(comment.clone()), kato(super::build::DISTRICT)));
        for n in [n + 2, n + 1] {
            let add = TalkChange::AddFile(Box::new(file(n, comment)), bytes());
            batch.push(Change::Talk(Box::new(add)));
        }
    }
    ok(store.apply(batch).await);
    all
}

fn of(comments: &[Comment]) -> Vec<CommentId> {
    comments.iter().map(|comment| comment.id).collect()
}

/// Kept whole and in order, handed out part by part.
pub async fn files_are_kept_with_their_comment(store: &dyn Store) {
    let all = kept(store).await;
    let found = ok(store.list_comment_files(&of(&all[..1])).await);
    assert_eq!(found, [file(11, &all[0]), file(12, &all[0])]);
    assert_eq!(ok(store.list_comment_files(&[]).await), []);
    assert_eq!(ok(store.list_comment_files(&of(&all)).await).len(), 6);
    assert_eq!(ok(store.find_comment_file(id(12)).await), Some(file(12, &all[0])));
    assert_eq!(ok(store.find_comment_file(id(99)).await), None);
    let (whole, thumb) = (FilePart::Whole, FilePart::Thumb);
    for (n, which, at, due) in [
        (12, whole, 0, Some(PART_BYTES)),
        (12, whole, 2, Some(1)),
        (12, whole, 3, None),
        (12, thumb, 0, Some(5_000)),
        (99, whole, 0, None),
    ] {
        let part = ok(store.read_comment_file_part(id(n), which, at).await);
        assert_eq!(part.map(|part| part.len()), due, "{n} {at}");
    }
}

async fn left(store: &dyn Store, comment: &Comment, n: u64) -> (usize, bool) {
    let files = ok(store.list_comment_files(&[comment.id]).await).len();
    (files, ok(store.read_comment_file_part(id(n + 1), FilePart::Whole, 0).await).is_some())
}

/// Taken back, erased or hidden for too long: records and bytes go together, those of others stay.
pub async fn files_go_with_their_comment(store: &dyn Store) {
    let all = kept(store).await;
    let remove = TalkChange::Remove(all[0].id, at(50));
    ok(store.apply(vec![Change::Talk(Box::new(remove))]).await);
    assert_eq!(left(store, &all[0], 10).await, (0, false));
    assert_eq!(left(store, &all[1], 20).await, (2, true));
    let hidden = Hidden { reason: "Жарнама".to_owned(), at: at(60) };
    let hide = TalkChange::Hide(all[2].id, hidden, Reason::Advertising);
    ok(store.apply(vec![Change::Talk(Box::new(hide))]).await);
    let forget = |second| {
        vec![Change::Forget(Forgetting { comment_files: Some(at(second)), ..Forgetting::default() })]
    };
    ok(store.apply(forget(60)).await);
    assert_eq!(left(store, &all[2], 30).await, (2, true), "not old enough");
    ok(store.apply(forget(61)).await);
    assert_eq!(left(store, &all[2], 30).await, (0, false));
    let erasure = Erasure { account: AccountId(id(60)), nobody: uuid::Uuid::from_u128(1), at: at(70) };
    ok(store.apply(vec![Change::ErasePerson(erasure)]).await);
    assert_eq!(left(store, &all[1], 20).await, (0, false));
}
