//! The desk, the letter, the list, roles for a time, and the own data, as people use them in a browser.

use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::Town;
use akimat_core::AccountId;
use akimat_identity::Level;

/// Born in the nineteenth century: nobody's number.
const NUMBER: &str = "850312200016";
/// The same; not the one of the example on the page.
const OTHER_NUMBER: &str = "871104200011";

async fn level(town: &Town, login: &str) -> Level {
    town.app.person_level(id(town, login).await).await.unwrap()
}

async fn id(town: &Town, login: &str) -> AccountId {
    town.store.find_credentials(login).await.unwrap().unwrap().account.id
}

#[tokio::test]
async fn two_clerks_verify_a_person_who_reads_it() {
    let town = Town::open().await;
    let (clerk, second, resident) =
        (town.person("clerk").await, town.person("second-clerk").await, town.person("resident").await);
    for lang in ["kk", "ru", "en"] {
        check_page(&clerk.get(&format!("/{lang}/admin/persons")).await, lang);
        check_page(&clerk.get(&format!("/{lang}/admin/persons/list")).await, lang);
        check_page(&resident.get(&format!("/{lang}/account/verification")).await, lang);
        check_page(&resident.get(&format!("/{lang}/account/data")).await, lang);
    }
    let found = clerk.post("/en/admin/persons", &[("login", "resident"), ("reason", "Request 5")]).await;
    check_page(found.expect(200), "en");
    found.says("Тұрғын resident");
    let base = format!("/en/admin/persons/{}", id(&town, "resident").await);
    let place = DISTRICT.to_string();
    let fields = [("document", "id_card"), ("iin", "850312200017"), ("place", place.as_str())];
    let wrong = clerk.post(&format!("{base}/verify"), &fields).await;
    check_page(wrong.expect(422), "en");
    wrong.says("href=\"#f-iin\"").says_not("850312200017");
    let fields = [("document", "id_card"), ("iin", NUMBER), ("place", place.as_str())];
    clerk.post(&format!("{base}/verify"), &fields).await.expect(303);
    assert_eq!(level(&town, "resident").await, Level::Anonymous);
    let waiting = town.store.list_waiting_verifications().await.unwrap().remove(0);
    let confirm = format!("/en/admin/verifications/{}/confirm", waiting.id);
    clerk.post(&confirm, &[]).await.expect(403);
    second
        .get("/en/admin/persons")
        .await
        .expect(200)
        .says(&format!("/admin/verifications/{}/confirm", waiting.id));
    second.post(&confirm, &[]).await.expect(303);
    assert_eq!(level(&town, "resident").await, Level::Identified);
    second.post(&confirm, &[]).await.expect(409);
    let data = resident.get("/en/account/data").await;
    data.expect(200).says("Request 5").says("confirmed a verification").says_not(NUMBER);
    let export = resident.get("/en/account/data/export").await;
    export.expect(200).says("verifications.account_id").says_not("password_hash").says_not(NUMBER);
}

#[tokio::test]
async fn a_letter_shows_its_code_once_and_the_person_enters_it() {
    let town = Town::open().await;
    let (clerk, resident) = (town.person("clerk").await, town.person("resident").await);
    let base = format!("/en/admin/persons/{}", id(&town, "resident").await);
    let letter = clerk.post(&format!("{base}/letter"), &[("post_place", &DISTRICT.to_string())]).await;
    check_page(letter.expect(200), "en");
    assert_eq!(letter.header("cache-control"), "no-store");
    let text = letter.text();
    let code = text.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    assert_eq!(code.len(), 11, "{code}");
    let wrong = resident.post("/en/account/verification", &[("code", "AAAAA-AAAAA")]).await;
    check_page(wrong.expect(422), "en");
    wrong.says("Attempts left: 4");
    resident.post("/en/account/verification", &[("code", &code)]).await.expect(303);
    assert_eq!(level(&town, "resident").await, Level::Resident);
}

#[tokio::test]
async fn a_list_names_its_faulty_lines() {
    let town = Town::open().await;
    let clerk = town.person("clerk").await;
    let list = format!("login;iin;place\nresident;{OTHER_NUMBER};{DISTRICT}\nghost;;{DISTRICT}\n");
    let answer = clerk.post("/en/admin/persons/list", &[("file", &list)]).await;
    check_page(answer.expect(422), "en");
    answer.says("Line 3").says_not(OTHER_NUMBER);
    let list = format!("login;iin;place\nneighbour;;{DISTRICT}\n");
    clerk.post("/en/admin/persons/list", &[("file", &list)]).await.expect(200).says("Verified: 1");
    assert_eq!(level(&town, "neighbour").await, Level::Resident);
}

#[tokio::test]
async fn a_clerk_acts_for_a_person_by_the_number_of_a_project() {
    let town = Town::open().await;
    let clerk = town.person("clerk").await;
    let base = format!("/en/admin/persons/{}", id(&town, "resident").await);
    let fields = [("document", "passport"), ("place", &*DISTRICT.to_string())];
    clerk.post(&format!("{base}/verify"), &fields).await.expect(303);
    let acts = [("project", "S-7"), ("rating", "4"), ("channel", "paper"), ("basis", "Letter 12")];
    clerk.post(&format!("{base}/act"), &acts).await.expect(303);
    let rating = town.store.find_rating(town.project("S-7"), id(&town, "resident").await).await.unwrap();
    assert_eq!(rating.map(akimat_participation::Rating::value), Some(4));
    town.person("resident").await.get("/en/account/data").await.expect(200).says("Letter 12");
    let lost = [("project", "X-999"), ("rating", "4"), ("channel", "paper"), ("basis", "Letter 13")];
    clerk.post(&format!("{base}/act"), &lost).await.expect(422).says("no such project");
}

#[tokio::test]
async fn a_role_is_granted_for_a_time_and_taken_back() {
    let town = Town::open().await;
    let (admin, neighbour) = (town.person("admin").await, town.person("neighbour").await);
    neighbour.get("/en/admin/moderation").await.expect(403);
    let page = format!("/en/admin/accounts/{}", id(&town, "neighbour").await);
    check_page(&admin.get(&page).await, "en");
    admin.get("/en/admin/accounts").await.expect(200).says(&page);
    let today = town.app.today().to_string();
    let place = DISTRICT.to_string();
    let fields = [
        ("role", "moderator"),
        ("place", &*place),
        ("from", &*today),
        ("until", &*today),
        ("reason", "Order 3"),
    ];
    admin.post(&page, &fields).await.expect(303);
    neighbour.get("/en/admin/moderation").await.expect(200);
    let grant = town.store.list_role_grants(id(&town, "neighbour").await).await.unwrap().remove(0);
    check_page(&admin.get(&page).await, "en");
    admin.post(&format!("/en/admin/grants/{}/revoke", grant.id), &[]).await.expect(303);
    neighbour.get("/en/admin/moderation").await.expect(403);
    let moderator = town.person("moderator").await;
    check_page(&moderator.get("/en/admin/grants").await, "en");
    let head = [
        ("login", "neighbour"),
        ("role", "head"),
        ("place", &*place),
        ("from", &*today),
        ("until", &*today),
        ("reason", "x"),
    ];
    moderator.post("/en/admin/grants", &head).await.expect(403);
}

#[tokio::test]
async fn a_person_is_erased_after_typing_the_login() {
    let town = Town::open().await;
    let resident = town.person("resident").await;
    let gone = id(&town, "resident").await;
    let wrong = resident.post("/en/account/data/erase", &[("login", "x")]).await;
    check_page(wrong.expect(422), "en");
    resident.post("/en/account/data/erase", &[("login", "resident")]).await.expect(303);
    assert!(town.store.find_account(gone).await.unwrap().is_none());
    assert_eq!(town.store.export_person(gone).await.unwrap(), []);
    resident.get("/en/account").await.expect(303);
    // The pages on which the person had spoken are still there.
    town.nobody()
        .get(&format!("/en/projects/{}", town.project("S-7")))
        .await
        .expect(200)
        .says_not("Тұрғын resident");
}
