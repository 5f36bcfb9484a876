//! Conversations: answers, support, edits, reports, waiting ones, blocks, contests, the public report.

use crate::client::Client;
use crate::html::check_page;
use crate::town::Town;
use akimat_core::{AccountId, CommentId};
use akimat_storage::{Account, Change, PageRequest};
use jiff::SignedDuration;

fn page(town: &Town) -> String {
    format!("/ru/projects/{}", town.project("S-7"))
}

async fn newest(town: &Town) -> CommentId {
    let found = town
        .store
        .list_comments_in_place(town.people["moderator"].place.unwrap(), &PageRequest::first(1))
        .await;
    found.unwrap().items[0].comment.id
}

async fn say(town: &Town, client: &Client, body: &str) -> CommentId {
    town.step(SignedDuration::from_mins(2));
    client.post(&format!("{}/comments", page(town)), &[("body", body)]).await.expect(303);
    newest(town).await
}

async fn answer(town: &Town, client: &Client, to: CommentId, body: &str) -> CommentId {
    town.step(SignedDuration::from_mins(2));
    client.post(&format!("/ru/comments/{to}/answer"), &[("body", body)]).await.expect(303);
    newest(town).await
}

/// An account of its own for each: somebody new.
async fn newcomer(town: &Town, login: &'static str, name: &str) -> Client {
    let account = Account {
        id: AccountId(town.app.new_account_id().0),
        login: login.to_owned(),
        display_name: name.to_owned(),
        ..town.people["resident"].clone()
    };
    town.store.apply(vec![Change::AddAccount(account.clone(), String::new())]).await.unwrap();
    town.as_account(account.id).await
}

#[tokio::test]
async fn answers_stand_below_and_offices_first() {
    let town = Town::open().await;
    let (resident, neighbour) = (town.person("resident").await, town.person("neighbour").await);
    let root = say(&town, &neighbour, "Почему стоит стройка?").await;
    let first = answer(&town, &resident, root, "Ждут поставку.").await;
    let second = answer(&town, &neighbour, first, "Какую поставку?").await;
    let third = answer(&town, &resident, second, "Арматуры.").await;
    answer(&town, &town.person("manager").await, root, "Работы возобновятся в мае.").await;
    let shown = town.nobody().get(&page(&town)).await;
    check_page(&shown, "ru");
    let text = shown.text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("Почему стоит стройка?") < at("Работы возобновятся в мае."));
    assert!(at("Работы возобновятся в мае.") < at("Ждут поставку."), "the office comes first");
    assert!(at("Ждут поставку.") < at("Какую поставку?") && at("Какую поставку?") < at("Арматуры."));
    shown.says("reply-2").says_not("reply-3");
    let one = town.nobody().get(&format!("/ru/comments/{third}")).await;
    one.expect(200).says("Арматуры.").says("Почему стоит стройка?");
    check_page(&one, "ru");
    town.nobody().get(&format!("/ru/comments/{}", uuid::Uuid::nil())).await.expect(404);
    let orders = ["newest", "supported", "official"];
    for order in orders {
        town.nobody()
            .get(&format!("{}?order={order}", page(&town)))
            .await
            .expect(200)
            .says("aria-current=\"true\"");
    }
}

#[tokio::test]
async fn support_is_given_by_residents_to_others_once() {
    let town = Town::open().await;
    let (resident, neighbour) = (town.person("resident").await, town.person("neighbour").await);
    let id = say(&town, &neighbour, "Нужен переход у школы").await;
    let path = format!("/ru/comments/{id}/support");
    for _ in 0..3 {
        resident.post(&path, &[("on", "1")]).await.expect(303);
    }
    neighbour.post(&path, &[("on", "1")]).await.expect(422).says("собственный");
    town.person("manager").await.post(&path, &[("on", "1")]).await.expect(403);
    town.nobody().get(&page(&town)).await.says("Поддержал 1 человек");
    resident.get(&page(&town)).await.says("Снять поддержку");
    resident.post(&path, &[("on", "0")]).await.expect(303);
    town.nobody().get(&page(&town)).await.says_not("Поддержал 1 человек");
}

#[tokio::test]
async fn words_are_changed_for_five_minutes_and_taken_back_at_any_time() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let id = say(&town, &neighbour, "Перехд у школы").await;
    let (edit, remove) = (format!("/ru/comments/{id}/edit"), format!("/ru/comments/{id}/remove"));
    town.person("resident").await.post(&edit, &[("edit", "чужое")]).await.expect(422).says("не ваш отзыв");
    neighbour.post(&edit, &[("edit", "Переход у школы")]).await.expect(303);
    town.nobody().get(&page(&town)).await.says("Переход у школы").says_not("Перехд").says("изменено");
    town.step(SignedDuration::from_mins(6));
    let late = neighbour.post(&edit, &[("edit", "Совсем другое")]).await;
    late.expect(422).says("5 мин");
    check_page(&late, "ru");
    town.person("resident").await.post(&remove, &[]).await.expect(422);
    neighbour.post(&remove, &[]).await.expect(303);
    let gone = town.nobody().get(&page(&town)).await;
    gone.says_not("Переход у школы").says("Автор удалил этот отзыв");
    assert!(!gone.text().contains("Совсем другое"));
}

#[tokio::test]
async fn sent_twice_is_stored_once() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let path = format!("{}/comments", page(&town));
    let fields = [("body", "Один раз")];
    let answers = futures_util::future::join_all((0..8).map(|_| neighbour.post(&path, &fields))).await;
    for answer in &answers {
        answer.expect(303);
    }
    let stored = town.store.list_comments(town.project("S-7"), &PageRequest::first(50)).await.unwrap();
    assert_eq!(stored.items.iter().filter(|comment| comment.body == "Один раз").count(), 1);
}

#[tokio::test]
async fn ten_megabytes_are_refused_in_words() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let huge = "ә".repeat(5 << 20);
    let answer = neighbour.post(&format!("{}/comments", page(&town)), &[("body", &huge)]).await;
    answer.expect(413);
    check_page(&answer, "ru");
}

#[tokio::test]
async fn tricks_with_letters_are_made_plain_and_told() {
    let town = Town::open().await;
    let pretender = newcomer(&town, "pretender", "Aкимат\u{202e} района").await;
    let id = say(&town, &pretender, "Всё\u{202e} в поря\u{200b}дке").await;
    town.nobody().get(&page(&town)).await.says_not("в порядке");
    let desk = town.person("moderator").await.get("/ru/admin/moderation").await;
    desk.expect(200).says("Всё в порядке").says("имя автора").says("новый участник");
    assert!(!desk.text().contains('\u{202e}') && !desk.text().contains('\u{200b}'));
    pretender.get(&format!("/ru/comments/{id}")).await.expect(200).says("Ждёт проверки");
    town.nobody().get(&format!("/ru/comments/{id}")).await.expect(404);
}

#[tokio::test]
async fn advertising_of_a_newcomer_waits_with_its_reasons() {
    let town = Town::open().await;
    let newcomer = newcomer(&town, "newcomer", "Жаңа адам").await;
    let body = "Кредит без отказа! Звоните +7 701 555 01 23, zaim-bystro.kz";
    let id = say(&town, &newcomer, body).await;
    town.nobody().get(&page(&town)).await.says_not("Кредит без отказа");
    newcomer.get("/ru/account/comments").await.expect(200).says("Кредит без отказа").says("Ждёт проверки");
    let moderator = town.person("moderator").await;
    let desk = moderator.get("/ru/admin/moderation").await;
    desk.expect(200)
        .says("Кредит без отказа")
        .says("Оценка подозрительности")
        .says("телефон")
        .says("zaim-bystro.kz");
    check_page(&desk, "ru");
    let detail = moderator.get(&format!("/ru/admin/comments/{id}")).await;
    detail.expect(200).says("Ограничить автора");
    check_page(&detail, "ru");
    moderator
        .post("/ru/admin/moderation/bulk", &[("act", "keep"), ("pick", &id.to_string())])
        .await
        .expect(303);
    let shown = town.nobody().get(&page(&town)).await;
    shown.says("Кредит без отказа").says_not("href=\"https://zaim-bystro.kz");
}

#[tokio::test]
async fn reports_queue_and_three_of_people_with_a_history_hide_for_now() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let id = say(&town, &neighbour, "Плохие слова о соседе").await;
    let path = format!("/ru/comments/{id}/report");
    let form = [("report-reason", "insult"), ("report-words", "Посмотрите")];
    neighbour.post(&path, &form).await.expect(422);
    let first = newcomer(&town, "first", "Бірінші").await;
    first.post(&path, &[("report-reason", "нет")]).await.expect(422);
    first.post(&path, &form).await.expect(303);
    first.post(&path, &form).await.expect(422).says("уже сообщали");
    for login in ["second", "third", "fourth"] {
        newcomer(&town, login, "Тұрғын").await.post(&path, &form).await.expect(303);
    }
    town.nobody().get(&page(&town)).await.says("Плохие слова");
    let desk = town.person("moderator").await.get("/ru/admin/moderation").await;
    desk.says("Плохие слова").says("Посмотрите").says("оскорбления");
    for (login, at) in [("old-1", 1), ("old-2", 2), ("old-3", 3)] {
        let person = newcomer(&town, login, "Ескі тұрғын").await;
        say(&town, &person, &format!("Первое замечание жителя номер {at}")).await;
        say(&town, &person, &format!("Второе замечание о дороге {}", "и".repeat(at))).await;
        person.post(&path, &form).await.expect(303);
    }
    town.nobody().get(&page(&town)).await.says_not("Плохие слова");
    let moderator = town.person("moderator").await;
    moderator
        .post("/ru/admin/moderation/bulk", &[("act", "keep"), ("pick", &id.to_string())])
        .await
        .expect(303);
    town.nobody().get(&page(&town)).await.says("Плохие слова");
}

#[tokio::test]
async fn many_are_hidden_at_once_and_that_is_undone() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(say(&town, &neighbour, &format!("Замечание номер {}", "а".repeat(n + 1))).await.to_string());
    }
    let moderator = town.person("moderator").await;
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("pick", id.as_str())).collect();
    form.extend([("act", "hide"), ("bulk-code", "repeat")]);
    moderator.post("/ru/admin/moderation/bulk", &form).await.expect(422).says("href=\"#f-bulk-reason\"");
    form.push(("bulk-reason", "Одно и то же"));
    town.person("other-moderator").await.post("/ru/admin/moderation/bulk", &form).await.expect(403);
    let before = town.n_acts().await;
    let done = moderator.post("/ru/admin/moderation/bulk", &form).await;
    assert_eq!(town.n_acts().await, before + 5);
    town.nobody().get(&page(&town)).await.says_not("Замечание номер").says("повтор одного и того же");
    let batch =
        done.expect(303).location().split("batch=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    moderator
        .get(&format!("/ru/admin/moderation?batch={batch}"))
        .await
        .says("Отменить это массовое действие");
    town.step(SignedDuration::from_mins(1));
    moderator.post("/ru/admin/moderation/undo", &[("batch", &batch)]).await.expect(303);
    town.nobody().get(&page(&town)).await.says("Замечание номер");
    moderator.post("/ru/admin/moderation/undo", &[("batch", &batch)]).await.expect(404);
    let many: Vec<String> = (0..501).map(|_| town.app.new_comment_id().to_string()).collect();
    let mut form: Vec<(&str, &str)> = many.iter().map(|id| ("pick", id.as_str())).collect();
    form.push(("act", "keep"));
    moderator.post("/ru/admin/moderation/bulk", &form).await.expect(422).says("500");
    let report = town.nobody().get("/ru/moderation").await;
    report.expect(200).says("скрыто").says("повтор одного и того же");
    check_page(&report, "ru");
}

#[tokio::test]
async fn blocked_people_cannot_write_until_the_block_ends() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let id = say(&town, &neighbour, "Замечание до ограничения").await;
    let moderator = town.person("moderator").await;
    let path = format!("/ru/admin/comments/{id}/block");
    let form = [
        ("block-days", "7"),
        ("block-code", "insult"),
        ("block-words", "Третье предупреждение"),
        ("block-hides", "yes"),
    ];
    moderator
        .post(&path, &[("block-days", "8"), ("block-code", "insult"), ("block-words", "x")])
        .await
        .expect(422);
    town.person("other-moderator").await.post(&path, &form).await.expect(403);
    moderator.post(&path, &form).await.expect(303);
    town.nobody().get(&page(&town)).await.says_not("Замечание до ограничения");
    let write = format!("{}/comments", page(&town));
    neighbour.post(&write, &[("body", "Ещё")]).await.expect(422).says("ограничил вам");
    neighbour.get("/ru/account/comments").await.says("Третье предупреждение");
    let list = moderator.get("/ru/admin/moderation?view=blocks").await;
    list.expect(200).says("Третье предупреждение");
    check_page(&list, "ru");
    town.step(SignedDuration::from_hours(24 * 7 + 1));
    let neighbour = town.person("neighbour").await;
    neighbour.post(&write, &[("body", "Снова здесь")]).await.expect(303);
}

#[tokio::test]
async fn a_hiding_is_contested_once_before_somebody_else() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let id = say(&town, &neighbour, "Спорное замечание").await;
    let moderator = town.person("moderator").await;
    let reason = format!("reason-{id}");
    moderator.post(&format!("/ru/admin/comments/{id}/hide"), &[(&reason, "Не по теме")]).await.expect(303);
    let (contest, field) = (format!("/ru/comments/{id}/contest"), format!("contest-{id}"));
    town.person("resident").await.post(&contest, &[(&field, "Моё")]).await.expect(404);
    neighbour.post(&contest, &[(&field, " ")]).await.expect(422);
    neighbour.post(&contest, &[(&field, "Это по теме")]).await.expect(303);
    neighbour.post(&contest, &[(&field, "Ещё раз")]).await.expect(409);
    let rule = format!("/ru/admin/contests/{id}");
    let words = format!("ruling-{id}");
    let own = moderator.get("/ru/admin/moderation?view=contests").await;
    own.expect(200).says("Это по теме").says("Этот отзыв скрыли вы");
    check_page(&own, "ru");
    moderator.post(&rule, &[("granted", "1"), (&words, "Да")]).await.expect(403);
    town.person("other-moderator").await.post(&rule, &[("granted", "1"), (&words, "Да")]).await.expect(403);
    let second = Account {
        id: town.app.new_account_id(),
        login: "second-moderator".to_owned(),
        ..town.people["moderator"].clone()
    };
    town.store.apply(vec![Change::AddAccount(second.clone(), String::new())]).await.unwrap();
    let second = town.as_account(second.id).await;
    second.post(&rule, &[("granted", "1"), (&words, "")]).await.expect(422);
    second.post(&rule, &[("granted", "1"), (&words, "Отзыв по теме")]).await.expect(303);
    second.post(&rule, &[("granted", "0"), (&words, "Нет")]).await.expect(409);
    town.nobody().get(&page(&town)).await.says("Спорное замечание");
    neighbour.get("/ru/account/comments").await.says("Отзыв по теме");
}

#[tokio::test]
async fn people_are_mentioned_by_login_where_they_wrote() {
    let town = Town::open().await;
    let (resident, neighbour) = (town.person("resident").await, town.person("neighbour").await);
    let root = say(&town, &neighbour, "Кто знает смету?").await;
    say(&town, &resident, "@neighbour смета на сайте, @nobody-here").await;
    let shown = town.nobody().get(&page(&town)).await;
    shown.says(&format!("<a href=\"/ru/comments/{root}\">@neighbour</a>")).says("@nobody-here");
    shown.says_not(">@nobody-here</a>");
}

#[tokio::test]
async fn lines_of_budgets_are_talked_about() {
    let town = Town::open().await;
    let neighbour = town.person("neighbour").await;
    let place = crate::content::DISTRICT;
    let citizens = town.nobody().get(&format!("/ru/places/{place}/citizens-budget")).await;
    let key = citizens
        .expect(200)
        .text()
        .split("/ru/talk/line/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("/ru/talk/line/{key}");
    town.nobody().get(&path).await.expect(200).says("Отзывов ещё нет");
    neighbour.post(&path, &[("body", "")]).await.expect(422);
    neighbour.post(&path, &[("body", "Почему так мало?")]).await.expect(303);
    let shown = town.nobody().get(&path).await;
    shown.says("Почему так мало?");
    check_page(&shown, "ru");
    town.nobody().get(&format!("/ru/places/{place}/citizens-budget")).await.says("1 отзыв");
    for wrong in ["x", "990140000-2026-expense:99", "1-2-3"] {
        town.nobody().get(&format!("/ru/talk/line/{wrong}")).await.expect(404);
    }
    town.person("moderator").await.get("/ru/admin/moderation?view=newest").await.says("Почему так мало?");
}

/// However many comments there are, a page asks the database the same number of questions.
#[tokio::test]
async fn a_page_of_many_comments_asks_as_often_as_one_of_few() {
    let town = Town::open().await;
    let path = page(&town);
    let reads = async || {
        let before = town.store.n_statements();
        town.nobody().get(&path).await.expect(200);
        town.store.n_statements() - before
    };
    let neighbour = town.person("neighbour").await;
    let root = say(&town, &neighbour, "Первый отзыв о мосте").await;
    answer(&town, &town.person("resident").await, root, "Ответ на отзыв").await;
    reads().await;
    let few = reads().await;
    let found = town.store.find_comment(root).await.unwrap().unwrap();
    let mut batch = Vec::new();
    for n in 0..300_i64 {
        let mut comment = found.comment.clone();
        comment.id = town.app.new_comment_id();
        comment.at += SignedDuration::from_secs(n);
        if n % 2 == 1 {
            comment.talk.parent = Some(root);
            comment.talk.thread = Some(root);
            comment.talk.depth = 1;
        }
        comment.talk.n_replies = 0;
        batch.push(Change::AddComment(Box::new(comment), found.place));
    }
    town.store.apply(batch).await.unwrap();
    assert!(reads().await <= few, "a longer list asks no more often");
}
