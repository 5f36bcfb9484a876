//! Opening accounts: one's own, and by an administrator.

use crate::html::check_page;
use crate::town::{PASSWORD, Town, options};
use akimat_core::Role;
use akimat_web_kit::state::{Limits, WebOptions};

fn form<'a>(login: &'a str, password: &'a str, again: &'a str) -> [(&'static str, &'a str); 4] {
    [("login", login), ("display_name", "Айгүл"), ("password", password), ("password_again", again)]
}

#[tokio::test]
async fn a_resident_opens_an_account_and_is_signed_in() {
    let town = Town::open().await;
    let answer = town.nobody().post("/kk/register", &form("Aigul.S", "keng dala men", "keng dala men")).await;
    assert!(answer.expect(303).header("set-cookie").contains("akimat_session="));
    let account = town.store.find_credentials("aigul.s").await.unwrap().unwrap().account;
    assert_eq!((account.role, account.place, account.office.as_str()), (Role::Resident, None, ""));
}

#[tokio::test]
async fn faults_of_the_form_are_told_field_by_field() {
    let town = Town::open().await;
    let good = "keng dala men";
    let long = "ұ".repeat(201);
    for (fields, field, words) in [
        (form("resident", good, good), "login", "taken"),
        (form("RESIDENT", good, good), "login", "taken"),
        (form("a", good, good), "login", "Latin letters"),
        (form("", good, good), "login", "fill in"),
        (form("with space", good, good), "login", "Latin letters"),
        (form("new", "short", "short"), "password", "at least"),
        (form("new", "", ""), "password", "at least"),
        (form("new", "Qwertyuiop1234", "Qwertyuiop1234"), "password", "common"),
        (form("new-login-12", "new-login-12", "new-login-12"), "password", "common"),
        (form("new", good, "keng dala"), "password_again", "differ"),
        (form("new", &long, &long), "password", "200"),
    ] {
        let answer = town.nobody().post("/en/register", &fields).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\"")).says_not("value=\"keng");
        assert!(answer.text().to_lowercase().contains(&words.to_lowercase()), "{fields:?}: {words}");
        check_page(&answer, "en");
    }
    assert!(town.store.find_credentials("new").await.unwrap().is_none());
}

#[tokio::test]
async fn nobody_becomes_an_officer_by_asking() {
    let town = Town::open().await;
    let mut fields = form("sly", "keng dala men", "keng dala men").to_vec();
    fields.extend([("role", "administrator"), ("place", "990000000"), ("office", "Әкімдік")]);
    town.nobody().post("/kk/register", &fields).await.expect(303);
    let account = town.store.find_credentials("sly").await.unwrap().unwrap().account;
    assert_eq!((account.role, account.place), (Role::Resident, None));
}

#[tokio::test]
async fn the_same_login_at_once_gives_one_account() {
    let town = std::sync::Arc::new(Town::open().await);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let client = town.nobody();
        let fields = form("twin", "keng dala men", "keng dala men");
        tries.spawn(async move { client.post("/kk/register", &fields).await.status.as_u16() });
    }
    let mut statuses = tries.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422, 422, 422, 422, 422, 422, 422]);
}

#[tokio::test]
async fn opening_accounts_is_slowed_down_by_address() {
    let town = Town::with(WebOptions { limits: Limits::default(), ..options() }).await;
    for _ in 0..10 {
        town.nobody().post("/ru/register", &form("", "", "")).await.expect(422);
    }
    let answer = town.nobody().post("/ru/register", &form("", "", "")).await;
    assert_eq!(answer.expect(429).header("retry-after"), "12");
}

#[tokio::test]
async fn an_administrator_opens_accounts_in_the_own_territory_only() {
    let town = Town::open().await;
    let admin = town.person("admin").await;
    let form = |login: &'static str, role: &'static str, place: &'static str| {
        [
            ("login", login),
            ("display_name", "Жаңа"),
            ("password", PASSWORD),
            ("role", role),
            ("place", place),
            ("office", "Бөлім"),
        ]
    };
    admin.post("/ru/admin/accounts", &form("new-analyst", "analyst", "990103000")).await.expect(303);
    admin.get("/ru/admin/accounts").await.expect(200).says("new-analyst");
    admin.post("/ru/admin/accounts", &form("spy", "analyst", "990200000")).await.expect(403);
    admin.post("/ru/admin/accounts", &form("god", "administrator", "990000000")).await.expect(403);
    for (role, place, field) in
        [("king", "", "role"), ("analyst", "12", "place"), ("analyst", "999999999", "place")]
    {
        let answer = admin.post("/ru/admin/accounts", &form("odd", role, place)).await;
        assert!([403, 422].contains(&answer.status.as_u16()), "{place}");
        if answer.status == 422 {
            answer.says(&format!("href=\"#f-{field}\""));
        }
    }
    for login in ["spy", "god", "odd"] {
        assert!(town.store.find_credentials(login).await.unwrap().is_none(), "{login}");
    }
    admin.get("/ru/admin/audit").await.expect(200).says("open_account").says_not(PASSWORD);
}
