//! The page of the record of actions shows which days are closed in the log.

use crate::html::check_page;
use crate::town::Town;
use jiff::SignedDuration;

#[tokio::test]
async fn closed_days_stand_under_the_record_with_their_place_in_the_log() {
    let town = Town::open().await;
    let admin = town.person("admin").await;
    let page = admin.get("/en/admin/audit").await;
    check_page(page.expect(200).says("the first one is closed tonight"), "en");
    town.step(SignedDuration::from_hours(24));
    assert_eq!(town.app.close_days_over().await.unwrap(), 1);
    let day = town.app.list_closed_days(1).await.unwrap().remove(0);
    for (lang, words) in [("kk", "Жабылған күндер"), ("ru", "Закрытые дни"), ("en", "Closed days")]
    {
        let page = admin.get(&format!("/{lang}/admin/audit")).await;
        check_page(page.expect(200).says(words).says(&day.hash[..16]), lang);
    }
    town.person("resident").await.get("/en/admin/audit").await.expect(403);
}
