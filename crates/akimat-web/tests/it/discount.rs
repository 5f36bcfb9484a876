//! Votes that have a pattern in common: seen first, discounted with a reason in public, contested, counted again.

use crate::client::Client;
use crate::html::check_page;
use crate::town::Town;
use akimat_core::ProjectId;
use akimat_storage::{Account, Change, PageRequest};
use jiff::SignedDuration;

async fn votes(town: &Town) -> [u64; 5] {
    let found = town.store.find_project(town.project("S-7")).await.unwrap();
    found.unwrap().1.counts
}

/// What a form of a page holds in a hidden field or as its first choice.
fn value<'a>(page: &'a str, name: &str) -> &'a str {
    let from = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    from.split('"').next().unwrap()
}

/// A crowd votes from one address, and a moderator discounts what the page showed of it.
async fn discounted(town: &Town, project: ProjectId) -> (Vec<Client>, Client) {
    let rate = format!("/ru/projects/{project}/rating");
    let mut crowd = town.crowd(4).await;
    let late = crowd.pop().unwrap();
    for person in &crowd {
        person.post(&rate, &[("rating", "1")]).await.expect(303);
    }
    let moderator = town.person("moderator").await;
    let path = format!("/ru/admin/marks/project/{project}");
    let shown = moderator.get(&format!("{path}?by=address")).await;
    shown.says("Людей: 3").says("Оценок «1»: 3");
    town.step(SignedDuration::from_secs(1));
    late.post(&rate, &[("rating", "1")]).await.expect(303);
    let (group, seen) = (value(shown.text(), "group"), value(shown.text(), "seen"));
    let fields = [("by", "address"), ("group", group), ("seen", seen), ("code", "repeat"), ("words", "")];
    check_page(moderator.post(&path, &fields).await.expect(422), "ru");
    let forged = [fields[0], ("group", "2-ffff"), fields[2], fields[3], ("words", "Накрутка")];
    moderator.post(&path, &forged).await.expect(422).says("больше нет");
    let fields = [fields[0], fields[1], fields[2], fields[3], ("words", "Один адрес, одна минута")];
    moderator.post(&path, &fields).await.expect(303);
    crowd.push(late);
    (crowd, moderator)
}

#[tokio::test]
async fn votes_from_one_address_are_discounted_and_counted_again() {
    let town = Town::open().await;
    let project = town.project("S-7");
    let path = format!("/admin/marks/project/{project}");
    let rate = format!("/ru/projects/{project}/rating");
    let before = votes(&town).await;
    let (crowd, moderator) = discounted(&town, project).await;
    for lang in ["kk", "ru", "en"] {
        for by in ["address", "device", "wording"] {
            check_page(moderator.get(&format!("/{lang}{path}?by={by}")).await.expect(200), lang);
        }
        let page = town.nobody().get(&format!("/{lang}/projects/{project}")).await;
        check_page(page.expect(200).says("Один адрес, одна минута"), lang);
        check_page(town.nobody().get(&format!("/{lang}/moderation")).await.says("Один адрес"), lang);
    }
    town.person("other-moderator").await.get(&format!("/ru{path}")).await.expect(403);
    moderator.get("/ru/admin/marks/ballot/x").await.expect(404);
    let mut counted = before;
    counted[0] += 1;
    assert_eq!(votes(&town).await, counted, "the one that came after the page was shown is counted");
    crowd[0].post(&rate, &[("rating", "5")]).await.expect(422);
    crowd[3].post(&rate, &[("rating", "2")]).await.expect(303);
    crowd[0].get(&format!("/ru/projects/{project}")).await.says("/ru/account/marks");
    let made = town.store.list_discounts().await.unwrap();
    assert_eq!((made.len(), made[0].n, made[0].n_now), (1, 3, 3));
    let undo = format!("/ru/admin/discounts/{}/undo", made[0].batch);
    town.person("other-moderator").await.post(&undo, &[]).await.expect(403);
    moderator.post(&undo, &[]).await.expect(303);
    moderator.post(&undo, &[]).await.expect(404);
    let mut whole = before;
    whole[0] += 3;
    whole[1] += 1;
    assert_eq!(votes(&town).await, whole);
    town.nobody().get(&format!("/ru/projects/{project}")).await.says("Снова учтено");
    assert_eq!(leaves(&town, project).await, ["marks_recounted", "marks_discounted"]);
}

/// What the log says of the marks on a project, the latest first.
async fn leaves(town: &Town, project: ProjectId) -> Vec<String> {
    let all = town.store.list_log_entries_about(&format!("project/{project}"), 50).await.unwrap();
    let kinds = all.into_iter().map(|stored| stored.entry.kind);
    kinds.filter(|kind| kind.starts_with("marks_")).collect()
}

#[tokio::test]
async fn a_discount_is_contested_once_before_another_moderator() {
    let town = Town::open().await;
    let project = town.project("S-7");
    let before = votes(&town).await;
    let (crowd, moderator) = discounted(&town, project).await;
    let mine = "/ru/account/marks";
    check_page(crowd[0].get(mine).await.says("Один адрес, одна минута"), "ru");
    crowd[3].get(mine).await.expect(200).says_not("Один адрес");
    town.nobody().get(mine).await.expect(303);
    let batch = town.store.list_discounts().await.unwrap()[0].batch;
    let (contest, field) = (format!("{mine}/{batch}"), format!("contest-{batch}"));
    check_page(crowd[0].post(&contest, &[(&field, " ")]).await.expect(422), "ru");
    crowd[3].post(&contest, &[(&field, "Не моё")]).await.expect(404);
    for person in &crowd[..2] {
        person.post(&contest, &[(&field, "Мы живём в общежитии")]).await.expect(303);
    }
    crowd[0].post(&contest, &[(&field, "Ещё раз")]).await.expect(409);
    let path = format!("/ru/admin/marks/project/{project}");
    moderator.get("/ru/admin/moderation?view=contests").await.says(&path);
    let own = moderator.get(&path).await;
    own.says("Мы живём в общежитии").says("другой модератор").says_not("ruling-");
    let second = Account {
        id: town.app.new_account_id(),
        login: "second-moderator".to_owned(),
        ..town.people["moderator"].clone()
    };
    let id = second.id;
    town.store.apply(vec![Change::AddAccount(second, String::new())]).await.unwrap();
    let second = town.as_account(id).await;
    let page = second.get(&path).await;
    let keys: Vec<&str> =
        page.text().split("/contests/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(keys.len(), 2);
    let rule = |key: &str| format!("/ru/admin/discounts/{batch}/contests/{key}");
    let ruling = |key: &str| format!("ruling-{key}");
    moderator.post(&rule(keys[0]), &[("granted", "1"), (&ruling(keys[0]), "Да")]).await.expect(403);
    check_page(second.post(&rule(keys[0]), &[("granted", "1")]).await.expect(422), "ru");
    second.post(&rule("00"), &[("granted", "1"), ("ruling-00", "Да")]).await.expect(404);
    for (key, granted, words) in [(keys[0], "1", "Верно, общежитие"), (keys[1], "0", "Нет")]
    {
        second.post(&rule(key), &[("granted", granted), (&ruling(key), words)]).await.expect(303);
    }
    second.post(&rule(keys[0]), &[("granted", "0"), (&ruling(keys[0]), "Нет")]).await.expect(409);
    let mut counted = before;
    counted[0] += 2;
    assert_eq!(votes(&town).await, counted, "one was counted anyway, one is counted again");
    town.nobody().get(&format!("/ru/projects/{project}")).await.says("Из них сейчас не учтено: 2");
    let told: Vec<bool> = [
        crowd[0].get(mine).await.text().contains("снова учтена"),
        crowd[1].get(mine).await.text().contains("снова учтена"),
    ]
    .into();
    assert_eq!(told.iter().filter(|told| **told).count(), 1);
    assert_eq!(leaves(&town, project).await, ["marks_recounted", "marks_discounted"]);
}

#[tokio::test]
async fn support_of_a_comment_is_discounted_in_public() {
    let town = Town::open().await;
    let id = town.comments[0];
    let crowd = town.crowd(2).await;
    let support = format!("/ru/comments/{id}/support");
    for person in &crowd {
        person.post(&support, &[("on", "1")]).await.expect(303);
    }
    let moderator = town.person("moderator").await;
    moderator.get(&format!("/ru/admin/comments/{id}")).await.says(&format!("/ru/admin/marks/comment/{id}"));
    let path = format!("/ru/admin/marks/comment/{id}");
    let shown = moderator.get(&path).await;
    let group = value(shown.text(), "group");
    let fields = [("by", "address"), ("group", group), ("code", "repeat"), ("words", "Накрутка")];
    moderator.post(&path, &fields).await.expect(303);
    town.nobody().get(&format!("/ru/comments/{id}")).await.says("Не учтено: 2").says("Накрутка");
    crowd[0].post(&support, &[("on", "0")]).await.expect(422).says("не учтена");
    let stored = town.store.find_comment(id).await.unwrap().unwrap();
    assert_eq!(stored.comment.talk.n_support, 0);
    assert!(!town.store.list_audit(&PageRequest::first(5)).await.unwrap().items.is_empty());
}
