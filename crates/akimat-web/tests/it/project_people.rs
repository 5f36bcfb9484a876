//! Teams, partners and grants of projects.

use crate::client::Client;
use crate::content::OTHER;
use crate::html::{check_page, fields, values};
use crate::project::with;
use crate::town::Town;

const TEAM: [(&str, &str); 8] = [
    ("version", "0"),
    ("purpose", "Мост до зимы"),
    ("from", "2026-08-01"),
    ("to", "2026-12-31"),
    ("member_name_0", "Айгүл М."),
    ("member_office_0", "Құрылыс бөлімі"),
    ("member_role_0", "lead"),
    ("member_duty_0", "График"),
];

/// The form as a person is shown it.
async fn shown(client: &Client, path: &str) -> Vec<(String, String)> {
    fields(&check_page(&client.get(path).await, "ru"), "version")
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_team_is_named_and_shown() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-7");
    let path = format!("/ru/admin/projects/{id}/team");
    check_page(&client.get(&path).await, "ru");
    town.person("other-manager").await.get(&path).await.expect(403);
    for (other, field) in [
        (("to", "2026-07-31"), "to"),
        (("member_from_0", "2026-07-01"), "member_from_0"),
        (("member_from_0", "31.08.2026"), "member_from_0"),
        (("member_role_0", "king"), "member_role_0"),
        (("member_role_0", "finance"), "member_role_0"),
        (("member_name_0", ""), "member_name_0"),
    ] {
        let answer = client.post(&path, &with(&TEAM, &[other])).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
        check_page(&answer, "ru");
    }
    let added = client.post(&path, &with(&TEAM, &[("do", "add_member"), ("rows_member", "1")])).await;
    assert_eq!(values(&check_page(&added, "ru"), "rows_member"), ["2"]);
    client.post(&path, &TEAM).await.expect(303);
    let page = town.nobody().get(&format!("/kk/projects/{id}")).await;
    page.expect(200).says("Айгүл М.").says("жетекші").says("id=\"team\"");
    check_page(&page, "kk");
}

#[tokio::test]
async fn two_people_add_different_members() {
    let town = Town::open().await;
    let (one, two) = (town.person("manager").await, town.person("manager").await);
    let id = town.project("S-7");
    let path = format!("/ru/admin/projects/{id}/team");
    one.post(&path, &TEAM).await.expect(303);
    let (first, second) = (shown(&one, &path).await, shown(&two, &path).await);
    let more = |name: &'static str| [("member_name_1", name), ("member_role_1", "law")];
    one.post_bare(&path, &with(&pairs(&first), &more("Тимур Ж."))).await.expect(303);
    two.post_bare(&path, &with(&pairs(&second), &more("Динара С."))).await.expect(303);
    let page = town.nobody().get(&format!("/ru/projects/{id}")).await;
    page.expect(200).says("Айгүл М.").says("Тимур Ж.").says("Динара С.");
    // Both change the same word: the second sees both values and loses nothing.
    let (first, second) = (shown(&one, &path).await, shown(&two, &path).await);
    one.post_bare(&path, &with(&pairs(&first), &[("purpose", "Мост и дорога")])).await.expect(303);
    let clash = two.post_bare(&path, &with(&pairs(&second), &[("purpose", "Мост и насыпь")])).await;
    clash.expect(409).says("Мост и дорога").says("Мост и насыпь");
    let again = fields(&check_page(&clash, "ru"), "version");
    two.post_bare(&path, &pairs(&again)).await.expect(303);
    town.nobody().get(&format!("/ru/projects/{id}")).await.expect(200).says("Мост и насыпь");
}

#[tokio::test]
async fn shares_make_a_whole_and_the_register_learns_the_partners() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-2");
    let path = format!("/ru/admin/projects/{id}/partners");
    check_page(&client.get(&path).await, "ru");
    let other = OTHER.to_string();
    let form = [
        ("version", "0"),
        ("own_share", "66,67"),
        ("partner_kind_0", "territory"),
        ("partner_place_0", other.as_str()),
        ("partner_share_0", "33,33"),
        ("grant_donor_0", "Фонд «Су»"),
        ("grant_currency_0", "eur"),
        ("grant_amount_0", "1 500 000,50"),
        ("reason", "Соглашение"),
    ];
    for (change, field) in [
        (("own_share", "66,66"), "own_share"),
        (("own_share", ""), "own_share"),
        (("own_share", "abc"), "own_share"),
        (("partner_share_0", ""), "partner_share_0"),
        (("partner_place_0", "999999999"), "partner_place_0"),
        (("partner_place_0", ""), "partner_place_0"),
        (("grant_currency_0", "тенге"), "grant_currency_0"),
        (("grant_amount_0", "-5"), "grant_amount_0"),
        (("grant_donor_0", ""), "grant_donor_0"),
    ] {
        let answer = client.post(&path, &with(&form, &[change])).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
        check_page(&answer, "ru");
    }
    client.post(&path, &form).await.expect(303);
    let (project, _, _) = town.store.find_project(id).await.unwrap().unwrap();
    assert_eq!((project.partners.len(), project.international), (1, true));
    let page = town.nobody().get(&format!("/ru/projects/{id}")).await;
    page.expect(200).says("33,33").says("Фонд «Су»").says("EUR").says("id=\"partners\"");
    check_page(&page, "ru");
    town.nobody().get("/ru/projects?reach=intermunicipal").await.expect(200).says("Мост S-2");
    town.nobody().get("/ru/projects?reach=international").await.expect(200).says("Мост S-2");
    let history = town.nobody().get(&format!("/ru/projects/{id}/history")).await;
    history.expect(200).says("Территории-партнёры").says("Соглашение");
}
