//! Conversations about proposals and about drafts of programmes that are open until a day.

use crate::client::Answer;
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::programme_decision::solved;
use crate::town::Town;
use akimat_storage::PageRequest;
use jiff::{SignedDuration, ToSpan};

/// The head puts the plan of a scenario out; answers the address of the draft without the language.
pub(crate) async fn put_out(town: &Town, path: &str, days: i64) -> String {
    let answer = try_to(town, path, days).await;
    answer.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned()
}

async fn try_to(town: &Town, path: &str, days: i64) -> Answer {
    let akim = town.person("akim").await;
    let page = akim.get(&format!("/ru{path}/discuss")).await;
    let tags = check_page(page.expect(200), "ru");
    assert!(tags.iter().any(|tag| tag.name == "h1"));
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let edit = town.store.find_programme(id).await.unwrap().unwrap().head.edit.to_string();
    let closes_on = town.app.today().checked_add(days.days()).unwrap().to_string();
    let fields = [("edit", edit.as_str()), ("closes_on", &closes_on), ("words", "Что отложить?")];
    akim.post(&format!("/ru{path}/discuss"), &fields).await
}

#[tokio::test]
async fn a_proposal_is_talked_about_and_its_comments_are_moderated() {
    let town = Town::open().await;
    crate::budgeting::found(&town).await;
    let page = format!("/budgeting/{DISTRICT}/proposals/1");
    let process = town.store.find_process_by_code(&DISTRICT.to_string()).await.unwrap().unwrap();
    let id = town.store.find_proposal_by_number(process.id, 1).await.unwrap().unwrap().id;
    let (resident, post) = (town.person("resident").await, format!("/ru/proposals/{id}/comments"));
    town.step(SignedDuration::from_mins(2));
    resident.post(&post, &[("body", "Шамдар керек-ақ")]).await.expect(303);
    let empty = resident.post(&post, &[("body", " ")]).await;
    check_page(empty.expect(422), "ru");
    for lang in ["kk", "ru", "en"] {
        let shown = town.nobody().get(&format!("/{lang}{page}?order=official")).await;
        check_page(shown.expect(200), lang);
        shown.says("Шамдар керек-ақ").says("aria-current=\"true\"");
    }
    let place = town.people["moderator"].place.unwrap();
    let item =
        town.store.list_comments_in_place(place, &PageRequest::first(1)).await.unwrap().items.remove(0);
    assert_eq!(item.project_title.en, "Көшедегі шамдар", "a name in every language");
    let comment = item.comment.id;
    let one = town.nobody().get(&format!("/ru/comments/{comment}")).await;
    one.expect(200).says(&format!("/ru/proposals/{id}#comments"));
    // The way through the identifier keeps the message and the order.
    let lead = town.nobody().get(&format!("/ru/proposals/{id}?order=supported")).await;
    assert_eq!(lead.expect(303).location(), format!("/ru{page}?order=supported"));
    let moderator = town.person("moderator").await;
    moderator.get("/ru/admin/moderation?view=newest").await.says("Шамдар керек-ақ").says("Көшедегі шамдар");
    let (code, reason) = (format!("code-{comment}"), format!("reason-{comment}"));
    let fields = [(code.as_str(), "off_topic"), (reason.as_str(), "Не о фонарях")];
    moderator.post(&format!("/ru/admin/comments/{comment}/hide"), &fields).await.expect(303);
    town.nobody().get(&format!("/ru{page}")).await.says("Не о фонарях").says_not("Шамдар керек-ақ");
    // What is not handed in yet is nobody's business.
    let begun = resident.post(&format!("/kk/budgeting/{DISTRICT}/proposals"), &[]).await;
    let draft = begun.expect(303).location().split('?').next().unwrap().replace("/edit", "/comments");
    town.person("neighbour").await.post(&draft, &[("body", "Көрінбейді")]).await.expect(404);
}

#[tokio::test]
async fn a_draft_is_discussed_until_its_last_day() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst, "Основной").await;
    let edit = [("edit", "1"), ("closes_on", "2026-10-01")];
    analyst.post(&format!("/ru{path}/discuss"), &edit).await.expect(403);
    for days in [0, 3, 5_000] {
        let refused = try_to(&town, &path, days).await;
        check_page(refused.expect(422).says("Выберите день"), "ru");
    }
    let draft = put_out(&town, &path, 30).await;
    try_to(&town, &path, 40).await.expect(422).says("сейчас обсуждается");
    let (resident, post) = (town.person("resident").await, format!("/ru{draft}/comments"));
    town.step(SignedDuration::from_mins(2));
    resident.post(&post, &[("body", "Сначала вода")]).await.expect(303);
    analyst.post(&post, &[("body", "Вода остаётся в плане")]).await.expect(303);
    for lang in ["kk", "ru", "en"] {
        let shown = town.nobody().get(&format!("/{lang}{draft}")).await;
        check_page(shown.expect(200).says("Сначала вода").says("Что отложить?"), lang);
        check_page(town.nobody().get(&format!("/{lang}/drafts")).await.expect(200).says("Основной"), lang);
        check_page(town.person("akim").await.get(&format!("/{lang}{path}/discuss")).await.expect(200), lang);
    }
    let shown = town.nobody().get(&format!("/ru{draft}")).await;
    let text = shown.text();
    assert!(
        text.find("Вода остаётся").unwrap() < text.find("Сначала вода").unwrap(),
        "the office comes first"
    );
    let subject = draft.trim_start_matches('/').replace("drafts/", "draft/");
    let leaves = town.store.list_log_entries_about(&subject, 9).await.unwrap();
    assert_eq!(leaves.iter().map(|one| one.entry.kind.as_str()).collect::<Vec<_>>(), ["programme_discussed"]);
    let place = town.people["moderator"].place.unwrap();
    let said = town.store.list_comments_in_place(place, &PageRequest::first(9)).await.unwrap().items;
    let first = said.iter().find(|item| item.comment.body == "Сначала вода").unwrap().comment.id;
    // The last day counts whole; after it nobody but an office speaks, neither anew nor in answer.
    town.step(SignedDuration::from_hours(24 * 30));
    town.person("neighbour").await.post(&post, &[("body", "И я за воду")]).await.expect(303);
    town.step(SignedDuration::from_hours(24 * 2));
    let (late, answer) = (town.person("resident").await, format!("/ru/comments/{first}/answer"));
    check_page(
        late.post(&post, &[("body", "Поздно")]).await.expect(422).says("Обсуждение закончилось"),
        "ru",
    );
    late.post(&answer, &[("body", "Тоже поздно")]).await.expect(422).says("Обсуждение закончилось");
    let closed = late.get(&format!("/ru{draft}")).await;
    closed.expect(200).says("Обсуждение закончилось").says_not("<textarea");
    town.person("analyst").await.post(&answer, &[("body", "Ответ после срока")]).await.expect(303);
    town.nobody().get(&format!("/ru{draft}")).await.says("Ответ после срока").says_not("Поздно");
    town.nobody().get(&format!("/ru/drafts/{}", uuid::Uuid::nil())).await.expect(404);
}

#[tokio::test]
async fn a_discussion_ends_before_its_time_and_another_version_follows() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst, "Основной").await;
    let first = put_out(&town, &path, 30).await;
    let end = format!("/ru/admin{first}/end");
    town.person("analyst").await.post(&end, &[]).await.expect(403);
    town.person("akim").await.post(&end, &[]).await.expect(303);
    town.person("akim").await.post(&end, &[]).await.expect(404);
    let second = put_out(&town, &path, 20).await;
    let shown = town.nobody().get(&format!("/en{second}")).await;
    shown.expect(200).says("draft no. 1").says("Open to discussion until");
    town.nobody().get(&format!("/en{first}")).await.expect(200).says("The discussion ended on");
}
