//! The work of the akimat: what waits, the board, the portfolio, the staff meeting.

use crate::html::{check_page, links};
use crate::project::with;
use crate::town::Town;
use jiff::SignedDuration;

const PAGES: [&str; 4] = ["", "/board", "/portfolio", "/meeting"];

#[tokio::test]
async fn the_office_works_there_and_nobody_else() {
    let town = Town::open().await;
    for page in PAGES {
        for login in ["manager", "analyst", "akim"] {
            for lang in ["kk", "ru", "en"] {
                let answer = town.person(login).await.get(&format!("/{lang}/admin/work{page}")).await;
                answer.expect(200);
                check_page(&answer, lang);
            }
        }
        town.person("resident").await.get(&format!("/ru/admin/work{page}")).await.expect(403);
    }
    let desk = town.person("manager").await.get("/ru/admin").await;
    let desk_links = links(&check_page(&desk, "ru"), true);
    for page in PAGES {
        assert!(desk_links.iter().any(|link| *link == format!("/ru/admin/work{page}")), "{page}");
    }
}

#[tokio::test]
async fn what_waits_longest_comes_first() {
    let town = Town::open().await;
    town.step(SignedDuration::from_hours(40 * 24));
    let akim = town.person("akim").await;
    let page = akim.get("/ru/admin/work?whose=all").await;
    page.expect(200).says("Мост S-7").says("Новостей нет 40 дней");
    check_page(&page, "ru");
    let manager = town.person("manager").await;
    manager.get("/ru/admin/work").await.expect(200).says("Проектов нет").says_not("Мост S-7");
    manager.get("/ru/admin/work?whose=all").await.expect(200).says("Мост S-7");
}

#[tokio::test]
async fn the_board_has_a_column_for_each_stage() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let board = akim.get("/ru/admin/work/board").await;
    board.expect(200).says("Мост S-7").says("Ремонт клуба").says_not("Мост S-8");
    let stages = akim.get("/ru/admin/work/board?modality=budget").await;
    stages.expect(200).says("Строительство и работы").says("Мост S-7").says("Государственная закупка");
    check_page(&stages, "ru");
    let ppp = akim.get("/ru/admin/work/board?modality=ppp").await;
    ppp.expect(200).says("Прямые переговоры").says_not("Мост S-7");
}

#[tokio::test]
async fn the_portfolio_leads_down() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let all = akim.get("/ru/admin/work/portfolio").await;
    let found = links(&check_page(&all, "ru"), true);
    let down = found.iter().find(|link| link.contains("portfolio?status=implementing")).unwrap();
    let part = akim.get(down).await;
    part.expect(200).says("/ru/projects?status=implementing");
    let back = links(&check_page(&part, "ru"), true);
    assert!(back.iter().any(|link| *link == "/ru/admin/work/portfolio"), "a choice can be removed");
    akim.get("/ru/admin/work/portfolio?year=2027&sector=transport&place=1&status=x").await.expect(200);
}

#[tokio::test]
async fn a_meeting_gives_tasks_and_hears_what_came_of_them() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let path = "/ru/admin/work/meeting";
    let task = [
        ("number", "s-7"),
        ("text", "Показать график опор"),
        ("owner", "Құрылыс бөлімі"),
        ("due_on", "2026-09-08"),
    ];
    for (change, field) in [
        (("number", ""), "number"),
        (("number", "S-777"), "number"),
        (("text", " "), "text"),
        (("owner", ""), "owner"),
        (("due_on", ""), "due_on"),
        (("due_on", "2026-02-30"), "due_on"),
        (("due_on", "2026-08-31"), "due_on"),
    ] {
        let answer = akim.post(path, &with(&task, &[change])).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
        check_page(&answer, "ru");
    }
    akim.post(path, &task).await.expect(303);
    akim.get(path).await.expect(200).says("Показать график опор").says_not("просрочено");
    town.step(SignedDuration::from_hours(10 * 24));
    let late = akim.get(path).await;
    late.expect(200).says("просрочено на 3 дня");
    let tags = check_page(&late, "ru");
    akim.get("/ru/admin/work?whose=all").await.says("Поручение совещания: срок прошёл 3 дня назад");
    let form = tags.iter().find(|tag| tag.get("action").is_some_and(|to| to.contains("/tasks/"))).unwrap();
    let finish = form.get("action").unwrap().to_owned();
    let field = format!("result_{}", finish.rsplit('/').next().unwrap());
    akim.post(&finish, &[(&field, "")]).await.expect(422);
    town.person("resident").await.post(&finish, &[(&field, "Готово")]).await.expect(403);
    akim.post(&finish, &[(&field, "График утверждён")]).await.expect(303);
    akim.get(path).await.expect(200).says_not("Показать график опор");
}

#[tokio::test]
async fn a_meeting_sees_what_changed() {
    let town = Town::open().await;
    town.step(SignedDuration::from_hours(24 * 20));
    let manager = town.person("manager").await;
    let report =
        [("version", "1"), ("progress_pct", "55"), ("status", "implementing"), ("body", "Екінші тірек")];
    let path = format!("/ru/admin/projects/{}/progress", town.project("S-7"));
    manager.post(&path, &report).await.expect(303);
    let akim = town.person("akim").await;
    let page = akim.get("/ru/admin/work/meeting").await;
    page.expect(200).says("Екінші тірек").says_not("Мост S-8");
    check_page(&page, "ru");
    town.step(SignedDuration::from_hours(24 * 10));
    akim.get("/ru/admin/work/meeting").await.expect(200).says_not("Екінші тірек");
    akim.get("/ru/admin/work/meeting?days=14").await.expect(200).says("Екінші тірек");
}
