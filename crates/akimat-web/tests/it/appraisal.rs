//! The appraisal of a project: filled in, refused at its fields, saved, signed, shown, given over the API.

use crate::html::check_page;
use crate::town::Town;

/// The form of a partnership that is wrong nowhere.
const FIELDS: &[(&str, &str)] = &[
    ("base_year", "2027"),
    ("timing", "mid"),
    ("rate", "kz_assumption"),
    ("class", "roads"),
    ("line_kind_1", "capital"),
    ("line_payer_1", "local"),
    ("line_from_1", "2027"),
    ("line_to_1", "2028"),
    ("line_amount_1", "200,5"),
    ("line_kind_3", "operating"),
    ("line_payer_3", "local"),
    ("line_from_3", "2029"),
    ("line_to_3", "2046"),
    ("line_amount_3", "4"),
    ("line_kind_4", "payment"),
    ("line_payer_4", "local"),
    ("line_from_4", "2029"),
    ("line_to_4", "2046"),
    ("line_amount_4", "35"),
    ("claim_code_1", "travel_hour"),
    ("claim_from_1", "2029"),
    ("claim_to_1", "2046"),
    ("claim_quantity_1", "90000"),
    ("group_kind_1", "settlement"),
    ("group_name_1", "Жоғарғы ауыл"),
    ("group_population_1", "900"),
    ("group_share_1", "75"),
    ("group_kind_2", "settlement"),
    ("group_name_2", "Төменгі ауыл"),
    ("group_population_2", "900"),
    ("group_share_2", "25"),
    ("risk_name_1", "Құнның өсуі"),
    ("risk_chance_1", "30"),
    ("risk_cost_1", "80"),
    ("risk_from_1", "2028"),
    ("risk_transferred_1", "80"),
];

fn with(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    FIELDS.iter().map(|(key, old)| (*key, if *key == name { value } else { *old })).collect()
}

/// A signed appraisal of a project in appraisal.
pub(crate) async fn keep(town: &Town) {
    let (id, analyst) = (town.project("S-2"), town.person("analyst").await);
    let work = format!("/en/admin/projects/{id}/appraisal");
    analyst.post(&work, FIELDS).await.expect(303);
    let version = town.app.read().list_appraisals(id).await.unwrap()[0].id.to_string();
    analyst.post(&format!("{work}/sign"), &[("version", version.as_str())]).await.expect(303);
}

#[tokio::test]
async fn an_appraisal_is_drafted_signed_and_shown() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let (nobody, analyst) = (town.nobody(), town.person("analyst").await);
    let (page, work) = (format!("/en/projects/{id}/appraisal"), format!("/en/admin/projects/{id}/appraisal"));
    nobody.get(&page).await.expect(200).says("has not been appraised");
    nobody.get(&format!("/api/v1/projects/{id}/appraisal")).await.expect(404);
    town.person("resident").await.get(&work).await.expect(403);
    let form = analyst.get(&work).await;
    check_page(form.expect(200), "en");
    analyst.post(&work, FIELDS).await.expect(303);
    // A draft is for those who work on it.
    nobody.get(&page).await.expect(200).says("has not been appraised");
    nobody.get(&format!("{page}?version=1")).await.expect(404);
    analyst.get(&format!("{page}?version=1")).await.expect(200).says("draft of version 1");
    let stored = town.app.read().list_appraisals(id).await.unwrap();
    let version = stored[0].id.to_string();
    analyst.post(&format!("{work}/sign"), &[("version", version.as_str())]).await.expect(303);
    analyst.post(&format!("{work}/sign"), &[("version", version.as_str())]).await.expect(409);
    for lang in ["kk", "ru", "en"] {
        let shown = nobody.get(&format!("/{lang}/projects/{id}/appraisal")).await;
        check_page(shown.expect(200), lang);
    }
    let shown = nobody.get(&page).await;
    shown
        .says("Version 1, signed by")
        .says("no independent review")
        .says("middle of each year")
        .says("has not been verified")
        .says("Invented for the demonstration")
        .says("Public-private partnership: which is cheaper")
        .says("Not enough finished projects")
        .says("Gini coefficient between the groups 0.25");
    nobody.get(&format!("/en/projects/{id}")).await.expect(200).says("benefit-cost ratio");
    nobody.get("/en/appraisals").await.expect(200).says(&format!("/en/projects/{id}/appraisal"));
    nobody.get(&format!("/api/v1/projects/{id}/appraisal")).await.expect(200).says("\"vfm\"");
    let summary = town.app.appraisal_summary(id).await.unwrap().unwrap();
    assert!(summary.npv_low < summary.npv && summary.npv < summary.npv_high);
}

#[tokio::test]
async fn faults_stand_at_their_fields() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let analyst = town.person("analyst").await;
    let work = format!("/en/admin/projects/{id}/appraisal");
    let cases = [
        ("line_amount_3", "four", "f-line_amount_3"),
        ("line_amount_3", "-4", "f-line_amount_3"),
        ("line_kind_1", "gift", "f-line_kind_1"),
        ("claim_code_1", "happiness", "f-claim_code_1"),
        ("rate", "free", "f-rate"),
        ("base_year", "soon", "f-base_year"),
        ("group_share_2", "20", "f-group_share_2"),
        ("risk_chance_1", "130", "f-risk_chance_1"),
        ("line_to_1", "2026", "f-line_to_1"),
        ("class", "spaceships", "f-class"),
    ];
    for (name, value, error) in cases {
        let answer = analyst.post(&work, &with(name, value)).await;
        answer.expect(422).says(&format!("href=\"#{error}\"")).says(&format!("id=\"{error}-error\""));
    }
    let no_costs = with("line_kind_1", "payment");
    let no_costs: Vec<_> = no_costs.into_iter().filter(|(name, _)| !name.ends_with("_3")).collect();
    analyst.post(&work, &no_costs).await.expect(422).says("This is needed");
    assert!(town.app.read().list_appraisals(id).await.unwrap().is_empty());
    let resident = town.person("resident").await;
    resident.post(&work, FIELDS).await.expect(403);
}

#[tokio::test]
async fn every_saving_is_a_version() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let analyst = town.person("analyst").await;
    let work = format!("/en/admin/projects/{id}/appraisal");
    analyst.post(&work, FIELDS).await.expect(303);
    analyst.post(&work, &with("line_amount_1", "300")).await.expect(303);
    let stored = town.app.read().list_appraisals(id).await.unwrap();
    assert_eq!(stored.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 2]);
    assert!(stored[0].npv > stored[1].npv);
    // Only the newest can be signed.
    let first = stored[0].id.to_string();
    analyst.post(&format!("{work}/sign"), &[("version", first.as_str())]).await.expect(409);
    analyst.get(&work).await.expect(200).says("Sign and publish version 2");
}
