//! Comments that have something in common: seen first, hidden as one act, undone, counted in public.

use crate::html::check_page;
use crate::town::Town;
use akimat_storage::PageRequest;
use akimat_storage::participation::Pattern;

const WORDS: &str = "Buy cheap asphalt now";

#[tokio::test]
async fn a_flood_is_hidden_and_shown_again() {
    let town = Town::open().await;
    let project = *town.projects.values().next().unwrap();
    for login in ["resident", "neighbour"] {
        let person = town.person(login).await;
        let path = format!("/en/projects/{project}/comments");
        person.post(&path, &[("body", WORDS)]).await.expect(303);
    }
    let author = town.people["resident"].id;
    let own = town.store.list_comments_by_author(author, &PageRequest::first(9)).await.unwrap().items;
    let id = own.iter().find(|item| item.comment.body == WORDS).unwrap().comment.id;
    let trace = town.store.find_comment_trace(id).await.unwrap().expect("a trace");
    assert_eq!((trace.address.len(), trace.device.len()), (32, 32));
    assert!(!trace.address.contains("192"), "only a keyed hash");

    let moderator = town.person("moderator").await;
    for lang in ["kk", "ru", "en"] {
        for pattern in Pattern::ALL {
            let path = format!("/{lang}/admin/comments/{id}/pattern?by={}", pattern.code());
            check_page(&moderator.get(&path).await, lang);
        }
        check_page(&moderator.get(&format!("/{lang}/admin/moderation?view=patterns")).await, lang);
        check_page(&town.nobody().get(&format!("/{lang}/moderation")).await, lang);
    }
    let path = format!("/en/admin/comments/{id}/pattern");
    let preview = moderator.get(&format!("{path}?by=address")).await;
    preview.says("Would be hidden: 2, authors: 2");
    let other = town.person("other-moderator").await;
    assert_eq!(other.get(&path).await.status.as_u16(), 403);
    // An old comment without a trace is told apart from none like it.
    let old = format!("/en/admin/comments/{}/pattern?by=address", town.comments[0]);
    moderator.get(&old).await.expect(200).says("not known");

    let ids: Vec<String> = [author, town.people["neighbour"].id].map(|author| author.to_string()).into();
    assert_eq!(ids.len(), 2);
    let shown = moderator.get(&format!("{path}?by=wording")).await;
    let seen: Vec<String> = shown
        .text()
        .split("name=\"seen\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(seen.len(), 2);
    let mut fields = vec![("by", "wording"), ("code", "repeat"), ("words", "")];
    fields.extend(seen.iter().map(|id| ("seen", id.as_str())));
    assert_eq!(moderator.post(&path, &fields).await.status.as_u16(), 422, "without a reason");
    fields[2].1 = "The same advertisement by many accounts";
    assert_eq!(moderator.post(&path, &fields[..3]).await.status.as_u16(), 422, "nothing was seen");
    moderator.post(&path, &fields).await.expect(303);
    let page = town.nobody().get(&format!("/en/projects/{project}")).await;
    page.says_not(WORDS).says("The same advertisement by many accounts");
    town.nobody().get("/en/moderation").await.says("In the same words");

    let made = town.store.list_comment_patterns().await.unwrap();
    assert_eq!((made.len(), made[0].n, made[0].pattern), (1, 2, Pattern::Wording));
    let batch = made[0].batch.to_string();
    moderator.post("/en/admin/moderation/undo", &[("batch", &batch)]).await.expect(303);
    town.nobody().get(&format!("/en/projects/{project}")).await.says(WORDS);
    assert!(town.store.list_comment_patterns().await.unwrap()[0].undone_at.is_some());
    moderator.get("/en/admin/moderation?view=patterns").await.says("Undone on");
    assert_eq!(moderator.post("/en/admin/moderation/undo", &[("batch", &batch)]).await.status.as_u16(), 404);
}
