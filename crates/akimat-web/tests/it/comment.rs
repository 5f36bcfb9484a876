//! Comments and their moderation.

use crate::client::Client;
use crate::html::check_page;
use crate::town::{Town, options};
use akimat_web_kit::state::{Limits, WebOptions};

/// As in `data/participation/rules.json`.
const COMMENT_CHARS_MAX: usize = 1_000;

fn page(town: &Town) -> String {
    format!("/ru/projects/{}", town.project("S-7"))
}

async fn say(town: &Town, client: &Client, body: &str) -> crate::client::Answer {
    client.post(&format!("{}/comments", page(town)), &[("body", body)]).await
}

#[tokio::test]
async fn a_comment_appears_as_written_and_as_nothing_else() {
    let town = Town::open().await;
    let client = town.person("neighbour").await;
    let body = "<script>alert(1)</script> & \"қош\"\nекінші жол \u{0} =1+1";
    let answer = say(&town, &client, body).await;
    assert_eq!(answer.expect(303).location(), format!("{}?done=comment-posted#comments", page(&town)));
    let shown = town.nobody().get(&page(&town)).await;
    shown.says("&#60;script&#62;alert(1)").says_not("<script>alert").says("Тұрғын neighbour");
    check_page(&shown, "ru");
}

#[tokio::test]
async fn officers_speak_for_their_office() {
    let town = Town::open().await;
    say(&town, &town.person("manager").await, "Откроем в мае").await.expect(303);
    town.nobody().get(&page(&town)).await.says("Кеңсе «manager»").says("entry-official");
}

#[tokio::test]
async fn empty_and_endless_comments_come_back_with_their_words() {
    let town = Town::open().await;
    let client = town.person("neighbour").await;
    let long = format!("{}ң", "ә".repeat(COMMENT_CHARS_MAX));
    for body in [" \n\t", &long] {
        let answer = say(&town, &client, body).await;
        answer.expect(422).says("href=\"#f-body\"").says(body.trim());
        check_page(&answer, "ru");
    }
    say(&town, &client, &"ә".repeat(COMMENT_CHARS_MAX)).await.expect(303);
    say(&town, &town.nobody(), "кто-то").await.expect(303);
    town.nobody().get(&page(&town)).await.says_not("кто-то");
}

#[tokio::test]
async fn a_flood_of_comments_is_slowed_down() {
    let town = Town::with(WebOptions { limits: Limits::default(), ..options() }).await;
    let client = town.person("neighbour").await;
    for n in 0..10 {
        say(&town, &client, &format!("Ал {n}")).await.expect(303);
    }
    assert_eq!(say(&town, &client, "Ал").await.expect(429).header("retry-after"), "6");
}

#[tokio::test]
async fn a_hidden_comment_leaves_its_reason_and_takes_its_words() {
    let town = Town::open().await;
    let moderator = town.person("moderator").await;
    let id = town.comments[0];
    let (hide, field) = (format!("/ru/admin/comments/{id}/hide"), format!("reason-{id}"));
    let empty = moderator.post(&hide, &[(&field, "  ")]).await;
    empty.expect(422).says(&format!("href=\"#f-{field}\""));
    check_page(&empty, "ru");
    moderator.post(&hide, &[(&field, &"а".repeat(1_001))]).await.expect(422);
    town.nobody().get(&page(&town)).await.says("Когда откроют мост?");

    moderator.post(&hide, &[(&field, "Реклама <b>")]).await.expect(303);
    let public = town.nobody().get(&page(&town)).await;
    public.says_not("Когда откроют мост?").says("Реклама &#60;b&#62;").says("Оскорбление");
    public.says_not("БРАННЫЕ");
    for person in ["resident", "akim", "manager"] {
        town.person(person).await.get(&page(&town)).await.says_not("Когда откроют мост?");
    }
    moderator.get("/ru/admin/moderation").await.expect(200).says("Когда откроют мост?").says("БРАННЫЕ");

    moderator.post(&format!("/ru/admin/comments/{id}/show"), &[]).await.expect(303);
    town.nobody().get(&page(&town)).await.says("Когда откроют мост?").says_not("Реклама");
    town.person("admin").await.get("/ru/admin/audit").await.says("hide_comment").says("show_comment");
}

#[tokio::test]
async fn a_moderator_keeps_order_at_home_only() {
    let town = Town::open().await;
    let other = town.person("other-moderator").await;
    let id = town.comments[0];
    let field = format!("reason-{id}");
    other.post(&format!("/ru/admin/comments/{id}/hide"), &[(&field, "Реклама")]).await.expect(403);
    let hidden = town.comments[1];
    other.post(&format!("/ru/admin/comments/{hidden}/show"), &[]).await.expect(403);
    other.get("/ru/admin/moderation").await.expect(200).says_not("БРАННЫЕ").says_not("Когда");
    let moderator = town.person("moderator").await;
    for wrong in ["x".to_owned(), uuid::Uuid::nil().to_string()] {
        moderator.post(&format!("/ru/admin/comments/{wrong}/hide"), &[]).await.expect(404);
        moderator.post(&format!("/ru/admin/comments/{wrong}/show"), &[]).await.expect(404);
    }
    town.nobody().get(&page(&town)).await.says("Когда откроют мост?").says_not("БРАННЫЕ");
}
