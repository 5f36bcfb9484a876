//! A person asks to have the record corrected; a clerk decides; both see it.

use crate::html::check_page;
use crate::town::Town;

#[tokio::test]
async fn a_name_is_corrected_and_told() {
    let town = Town::open().await;
    let (resident, clerk) = (town.person("resident").await, town.person("clerk").await);
    for lang in ["kk", "ru", "en"] {
        check_page(&resident.get(&format!("/{lang}/account/data")).await, lang);
        check_page(&clerk.get(&format!("/{lang}/admin/corrections")).await, lang);
    }
    // Nothing chosen, no name, too long, out of the list.
    let ask = async |field: &str, wanted: &str, words: &str| {
        let sent = [("field", field), ("wanted", wanted), ("words", words)];
        resident.post("/en/account/data/correction", &sent).await.status.as_u16()
    };
    let long = "я".repeat(1_001);
    for (field, wanted, words) in [
        ("", "", "wrong"),
        ("salary", "", "wrong"),
        ("name", "", "wrong"),
        ("name", "A", ""),
        ("name", "A\u{7}", "wrong"),
        ("name", &long[..200], "wrong"),
        ("other", "", &long),
    ] {
        assert_eq!(ask(field, wanted, words).await, 422, "{field} {}", words.len());
    }
    assert_eq!(ask("name", "Айгерім Жаңа", "The card says so").await, 303);
    assert_eq!(ask("other", "", "Something <b>else</b>").await, 303);
    assert_eq!(ask("contact", "", "Third").await, 303);
    assert_eq!(ask("contact", "", "Fourth").await, 422, "three wait already");
    let open = town.store.list_corrections(town.people["resident"].id).await.unwrap();
    let id = |words: &str| open.iter().find(|one| one.words.starts_with(words)).unwrap().id;

    // Others may neither decide nor take back; the clerk needs a reason.
    let other = town.person("neighbour").await;
    let path = format!("/en/account/data/correction/{}/withdraw", id("Third"));
    assert_eq!(other.post(&path, &[]).await.status.as_u16(), 404);
    resident.post(&path, &[]).await.expect(303);
    let path = format!("/en/admin/corrections/{}", id("The card"));
    let reason = format!("reason-{}", id("The card").simple());
    let decided = [("decision", "grant"), (reason.as_str(), "Seen at the desk")];
    assert_eq!(resident.post(&path, &decided).await.status.as_u16(), 403);
    assert_eq!(
        clerk.post(&path, &[("decision", "grant"), (reason.as_str(), " ")]).await.status.as_u16(),
        422
    );
    assert_eq!(clerk.post(&path, &[("decision", "x"), (reason.as_str(), "y")]).await.status.as_u16(), 422);
    check_page(&clerk.get("/ru/admin/corrections").await, "ru");
    clerk.post(&path, &decided).await.expect(303);
    assert_eq!(clerk.post(&path, &decided).await.status.as_u16(), 409, "a second time");
    let path = format!("/en/admin/corrections/{}", id("Something"));
    let reason = format!("reason-{}", id("Something").simple());
    clerk.post(&path, &[("decision", "refuse"), (reason.as_str(), "Nothing shows it")]).await.expect(303);

    let account = town.store.find_account(town.people["resident"].id).await.unwrap().unwrap();
    assert_eq!(account.display_name, "Айгерім Жаңа");
    let page = resident.get("/en/account/data").await;
    page.expect(200);
    for said in ["Seen at the desk", "Nothing shows it", "corrected the record as you asked", "taken back"] {
        page.says(said);
    }
    town.app.tell_notices().await.unwrap();
    resident.get("/en/account/notices").await.expect(200).says("Your record was corrected as you asked.");
}
