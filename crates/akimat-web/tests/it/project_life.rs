//! The life of a project: stages with their documents and reasons, slips, two people at one form, and the history.

use crate::client::Client;
use crate::html::{check_page, fields, values};
use crate::project::with;
use crate::town::Town;
use akimat_core::ProjectId;
use akimat_project::{Project, Status};
use jiff::SignedDuration;

async fn stored(town: &Town, id: ProjectId) -> Project {
    town.store.find_project(id).await.unwrap().unwrap().0
}

/// The edit form as a person is shown it.
async fn shown(client: &Client, id: ProjectId) -> Vec<(String, String)> {
    let page = client.get(&format!("/ru/admin/projects/{id}/edit")).await;
    fields(&check_page(&page, "ru"), "version")
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn what_two_people_change_in_different_fields_is_kept_from_both() {
    let town = Town::open().await;
    let (one, two) = (town.person("manager").await, town.person("manager").await);
    let id = town.project("S-7");
    let path = format!("/ru/admin/projects/{id}/edit");
    let (first, second) = (shown(&one, id).await, shown(&two, id).await);
    one.post_bare(&path, &with(&pairs(&first), &[("contractor", "ТОО «Мост»")])).await.expect(303);
    let answer = two.post_bare(&path, &with(&pairs(&second), &[("title_ru", "Мост через Сарысу")])).await;
    assert!(answer.expect(303).location().contains("/history"), "the second is told of the first");
    let after = stored(&town, id).await;
    assert_eq!((after.contractor.as_str(), after.title.ru.as_str()), ("ТОО «Мост»", "Мост через Сарысу"));

    let history = town.nobody().get(&format!("/ru/projects/{id}/history")).await;
    history.expect(200).says("ТОО «Мост»").says("Мост через Сарысу").says("Кеңсе «manager»");
    check_page(&history, "ru");
    let only = town.nobody().get(&format!("/kk/projects/{id}/history?field=contractor")).await;
    only.expect(200).says("ТОО «Мост»").says_not("<td data-label=\"Енді\">Мост через Сарысу");
    check_page(&only, "kk");
    let api = town.nobody().get(&format!("/api/v1/projects/{id}/history")).await;
    let found: serde_json::Value = serde_json::from_str(api.expect(200).text()).unwrap();
    assert_eq!(found["revisions"][1]["changes"][0]["path"], "contractor");
    assert_eq!(found["revisions"][0]["changes"][0]["after"], "Мост через Сарысу");
}

#[tokio::test]
async fn a_clash_shows_both_values_and_the_second_decides() {
    let town = Town::open().await;
    let (one, two) = (town.person("manager").await, town.person("manager").await);
    let id = town.project("S-7");
    let path = format!("/ru/admin/projects/{id}/edit");
    let (first, second) = (shown(&one, id).await, shown(&two, id).await);
    let edit = [("contractor", "ТОО «Мост»"), ("title_ru", "Мост у мельницы")];
    one.post_bare(&path, &with(&pairs(&first), &edit)).await.expect(303);
    let answer = two.post_bare(&path, &with(&pairs(&second), &[("contractor", "ТОО «Берег»")])).await;
    answer.expect(409).says("ТОО «Берег»").says("ТОО «Мост»");
    let tags = check_page(&answer, "ru");
    assert_eq!(values(&tags, "version"), ["2"], "the next attempt begins with what is stored");
    assert_eq!(values(&tags, "title_ru"), ["Мост у мельницы"], "what only the other changed is in the form");
    assert_eq!(stored(&town, id).await.contractor, "ТОО «Мост»", "nothing is stored yet");
    let again = fields(&tags, "version");
    two.post_bare(&path, &pairs(&again)).await.expect(303);
    let after = stored(&town, id).await;
    assert_eq!((after.contractor.as_str(), after.title.ru.as_str()), ("ТОО «Берег»", "Мост у мельницы"));
}

#[tokio::test]
async fn a_long_slip_and_another_cost_say_why() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-7");
    let path = format!("/en/admin/projects/{id}/edit");
    let form = shown(&client, id).await;
    let form = pairs(&form);
    client.post_bare(&path, &with(&form, &[("ends_on", "2028-10-31")])).await.expect(303);
    let form = shown(&client, id).await;
    let form = pairs(&form);
    let slip = client.post_bare(&path, &with(&form, &[("ends_on", "2029-01-01")])).await;
    slip.expect(422).says("href=\"#f-reason\"").says("62 days");
    let dearer = client.post_bare(&path, &with(&form, &[("money_planned_0", "41000,5")])).await;
    dearer.expect(422).says("href=\"#f-reason\"").says("href=\"#f-basis_kind\"");
    let said = with(
        &form,
        &[
            ("ends_on", "2029-01-01"),
            ("money_planned_0", "41000,5"),
            ("reason", "Подорожал металл"),
            ("basis_kind", "Решение маслихата"),
            ("basis_number", "12-5"),
            ("basis_on", "2026-08-28"),
        ],
    );
    client.post_bare(&path, &said).await.expect(303);
    let page = town.nobody().get(&format!("/ru/projects/{id}/history")).await;
    page.expect(200)
        .says("Подорожал металл")
        .says("Решение маслихата № 12-5, 2026-08-28")
        .says("id=\"cost\"");
    check_page(&page, "ru");
}

#[tokio::test]
async fn amounts_survive_a_form_that_nobody_touched() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-2");
    let path = format!("/ru/admin/projects/{id}/edit");
    let form = shown(&client, id).await;
    let odd = [("money_planned_0", "60000,12345"), ("reason", "Смета"), ("basis_kind", "Смета")];
    client.post_bare(&path, &with(&pairs(&form), &odd)).await.expect(303);
    let before = stored(&town, id).await;
    let form = shown(&client, id).await;
    client.post_bare(&path, &pairs(&form)).await.expect(303);
    assert_eq!(stored(&town, id).await.money, before.money);
}

#[tokio::test]
async fn a_stage_is_reached_with_what_it_demands() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-2");
    let path = format!("/ru/admin/projects/{id}/progress");
    let move_to = |stage: &'static str| {
        [("version", "1"), ("progress_pct", "0"), ("status", stage), ("ends_on", "2028-10-01")]
    };
    client.post(&path, &move_to("planned")).await.expect(422).says("href=\"#f-basis_kind\"");
    client.post(&path, &move_to("operating")).await.expect(422).says("href=\"#f-status\"");
    let basis = [("basis_kind", "Решение маслихата"), ("basis_number", "7-1"), ("basis_on", "2026-08-30")];
    client.post(&path, &with(&move_to("planned"), &basis)).await.expect(303);
    let project = stored(&town, id).await;
    assert_eq!((project.status, project.stage.as_str()), (Status::Planned, "planned"));
    let moves = town.store.list_status_changes(id).await.unwrap();
    assert_eq!(moves.last().unwrap().basis.number, "7-1");
    let page = town.nobody().get(&format!("/ru/projects/{id}/history")).await;
    page.expect(200).says("В плане бюджета").says("№ 7-1");

    let late = [("version", "2"), ("progress_pct", "0"), ("status", "planned"), ("ends_on", "2029-10-01")];
    client.post(&path, &late).await.expect(422).says("href=\"#f-reason\"");
    let bad = with(&late, &[("ends_on", "2028-02-30"), ("reason", "Паводок")]);
    client.post(&path, &bad).await.expect(422).says("href=\"#f-ends_on\"");
    client.post(&path, &with(&late, &[("reason", "Паводок разрушил переправу")])).await.expect(303);
    assert_eq!(stored(&town, id).await.ends_on, "2029-10-01".parse().ok());
    let contract =
        [("version", "3"), ("progress_pct", "0"), ("status", "contract"), ("basis_kind", "Договор")];
    client.post(&path, &contract).await.expect(422).says("href=\"#f-status\"").says("подрядчик");
}

#[tokio::test]
async fn silence_is_said_on_the_page_and_in_the_list() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let quiet = "Новостей нет 31 день";
    town.nobody().get(&format!("/ru/projects/{id}")).await.expect(200).says_not(quiet);
    town.step(SignedDuration::from_hours(31 * 24));
    for path in
        [format!("/ru/projects/{id}"), format!("/ru/projects/{id}/history"), "/ru/projects".to_owned()]
    {
        town.nobody().get(&path).await.expect(200).says(quiet);
    }
}
