//! Contracts: entered by a form without scripts, shown, counted, flagged; every refusal at its field; two people at once.

use crate::client::{Answer, Client};
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::Town;
use akimat_core::ProjectId;

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// A tender with one bidder, a contract, an amendment, a bill and its payment: nothing is wrong with it.
fn good<'a>() -> Fields<'a> {
    vec![
        ("version", "0"),
        ("number", "OK-77"),
        ("title_kk", "Мектеп құрылысы"),
        ("title_ru", "Строительство школы"),
        ("category", "works"),
        ("method", "open_tender"),
        ("state", "complete"),
        ("estimate", "100 000 000"),
        ("currency", "KZT"),
        ("opens_on", "2026-02-01"),
        ("closes_on", "2026-02-20"),
        ("party_name_1", "Құрылыс бөлімі"),
        ("party_role_1", "buyer"),
        ("bid_party_1", "ТОО «Бірінші»"),
        ("bid_amount_1", "99 500 000,50"),
        ("bid_admitted_1", "yes"),
        ("award_party_1", "ТОО «Бірінші»"),
        ("award_amount_1", "99500000.50"),
        ("award_on_1", "2026-03-01"),
        ("contract_number_1", "45"),
        ("contract_signed_1", "2026-03-10"),
        ("contract_amount_1", "99500000.50"),
        ("contract_currency_1", "KZT"),
        ("contract_starts_1", "2026-03-15"),
        ("contract_ends_1", "2026-12-31"),
        ("contract_state_1", "active"),
        ("amendment_on_1", "2026-06-01"),
        ("amendment_document_1", "Келісім 1"),
        ("amendment_before_1", "99500000.50"),
        ("amendment_after_1", "125 000 000"),
        ("amendment_reason_1", "Топырақ"),
        ("invoice_on_1", "2026-07-01"),
        ("invoice_amount_1", "40000000"),
        ("payment_invoice_1", "1"),
        ("payment_on_1", "2026-07-20"),
        ("payment_amount_1", "40000000"),
        ("reason", "Шартқа қол қойылды"),
        ("basis", "№ 45 шарт"),
    ]
}

fn with<'a>(mut fields: Fields<'a>, more: &[(&'a str, &'a str)]) -> Fields<'a> {
    fields.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
    fields.extend_from_slice(more);
    fields
}

/// A partnership whose promises of two years make its sum.
fn partnership<'a>() -> Fields<'a> {
    let own: [(&str, &str); 14] = [
        ("method", "ppp_tender"),
        ("number", "МЖӘ-1"),
        ("contract_ppp_1", "life_cycle"),
        ("contract_promised_1", "60000000"),
        ("obligation_year_1", "2027"),
        ("obligation_kind_1", "investment"),
        ("obligation_amount_1", "25000000"),
        ("obligation_year_2", "2028"),
        ("obligation_kind_2", "availability"),
        ("obligation_amount_2", "35000000"),
        ("amendment_on_1", ""),
        ("amendment_document_1", ""),
        ("amendment_before_1", ""),
        ("amendment_after_1", ""),
    ];
    with(good(), &own)
}

fn project(town: &Town) -> ProjectId {
    town.project("S-7")
}

async fn keep(manager: &Client, project: ProjectId, fields: &[(&str, &str)]) -> String {
    let answer = manager.post(&format!("/en/admin/projects/{project}/contracts/new"), fields).await;
    answer.expect(303);
    let (_, section) = answer.location().split_once("#c-").unwrap();
    section.split('?').next().unwrap().to_owned()
}

/// A running tender, a contract with an amendment, and a partnership with promises by year.
pub(crate) async fn enter(town: &Town) {
    let manager = town.person("manager").await;
    let mut tender = with(good(), &[("number", "OK-78"), ("state", "active"), ("closes_on", "2027-02-20")]);
    let later = ["bid_", "award_", "contract_", "amendment_", "invoice_", "payment_"];
    tender.retain(|(name, _)| !later.iter().any(|start| name.starts_with(start)));
    keep(&manager, project(town), &tender).await;
    keep(&manager, project(town), &good()).await;
    keep(&manager, project(town), &partnership()).await;
}

#[tokio::test]
async fn a_contract_is_entered_changed_and_shown() {
    let town = Town::open().await;
    let (nobody, manager) = (town.nobody(), town.person("manager").await);
    let id = project(&town);
    let (page, work) = (format!("/en/projects/{id}/contracts"), format!("/en/admin/projects/{id}/contracts"));
    nobody.get(&page).await.expect(200).says("No contracting process is on record yet");
    town.person("resident").await.get(&format!("{work}/new")).await.expect(403);
    town.person("other-manager").await.get(&format!("{work}/new")).await.expect(403);
    check_page(manager.get(&format!("{work}/new")).await.expect(200), "en");
    let more = manager.post(&format!("{work}/new"), &with(good(), &[("act", "more")])).await;
    more.expect(200).says("f-bid_party_5").says("value=\"OK-77\"");
    assert!(town.app.list_processes(id).await.unwrap().is_empty(), "more rows store nothing");

    let section = keep(&manager, id, &good()).await;
    for lang in ["kk", "ru", "en"] {
        for path in [
            format!("/{lang}/projects/{id}/contracts"),
            format!("/{lang}/projects/{id}"),
            format!("/{lang}/contracts"),
            format!("/{lang}/contracts?q=бірінші&sort=grown&kind=procurement&year=2026"),
            format!("/{lang}/procurement?by=year&kind=procurement&year=2026"),
            format!("/{lang}/pipeline"),
            format!("/{lang}/places/{DISTRICT}/red-flags"),
            format!("/{lang}/places/{DISTRICT}/obligations"),
        ] {
            check_page(nobody.get(&path).await.expect(200), lang);
        }
    }
    let shown = nobody.get(&page).await;
    shown.says("125,000,000").says("99,500,000.50").says("Келісім 1").says("25.62");
    // One bidder, a price just below the estimate, an amendment of a quarter: hints with rule and source.
    shown.says("Single bidder").says("Fazekas").says("not an accusation");
    nobody.get("/en/contracts?q=no-such-firm").await.expect(200).says("No contract fits");
    nobody.get("/en/contracts?page=999&year=x&sort=x&place=7").await.expect(200);

    let form = manager.get(&format!("{work}/{section}")).await;
    form.expect(200).says("value=\"99500000.5\"").says("name=\"version\" value=\"1\"");
    let changed = with(good(), &[("version", "1"), ("description", "Жаңа сөз")]);
    manager.post(&format!("{work}/{section}"), &changed).await.expect(303);
    nobody.get(&page).await.says("Жаңа сөз");
    manager.post(&format!("{work}/{section}/remove"), &[("reason", " ")]).await.expect(422);
    manager.post(&format!("{work}/{section}/remove"), &[("reason", "Қате жоба")]).await.expect(303);
    manager.get(&format!("{work}/{section}")).await.expect(404);
    nobody.get(&page).await.says_not("Жаңа сөз");
}

async fn refused(manager: &Client, path: &str, fields: Fields<'_>, field: &str, says: &str) {
    let answer: Answer = manager.post(path, &fields).await;
    answer
        .expect(422)
        .says(&format!("href=\"#f-{field}\""))
        .says(&format!("id=\"f-{field}-error\""))
        .says(says);
}

/// What is written otherwise, the field that is wrong, and words of what is said.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test]
async fn faults_stand_at_their_fields_and_store_nothing() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let id = project(&town);
    let path = format!("/en/admin/projects/{id}/contracts/new");
    let cases: [Case<'_>; 18] = [
        (&[("payment_amount_1", "-5")], "payment_amount_1", "below zero"),
        (&[("payment_amount_1", "125 000 000,01")], "contract_amount_1", "125,000,000"),
        (&[("payment_amount_1", "many")], "payment_amount_1", "amount"),
        (&[("contract_currency_1", "USD")], "contract_currency_1", "USD"),
        (&[("currency", "USD"), ("contract_currency_1", "USD")], "currency", "kept in tenge"),
        (&[("currency", "тг"), ("contract_currency_1", "тг")], "currency", "three capital letters"),
        (&[("closes_on", "2026-01-01")], "closes_on", "is before"),
        (&[("contract_ends_1", "2026-03-01")], "contract_ends_1", "is before"),
        (&[("contract_signed_1", "2026-02-30")], "contract_signed_1", "date"),
        (&[("payment_on_1", "2026-03-01")], "payment_on_1", "before"),
        (&[("award_on_1", "2026-02-10")], "award_on_1", "2026"),
        (&[("amendment_before_1", "1")], "amendment_before_1", "99,500,000.50"),
        (&[("amendment_before_1", "")], "amendment_before_1", "both"),
        (&[("payment_invoice_1", "7")], "payment_invoice_1", "no such row"),
        (&[("party_bin_1", "123456789012")], "party_bin_1", "digit"),
        (&[("number", " ")], "number", "fill in"),
        (&[("method", "lottery")], "method", "list"),
        (&[("contract_vat_1", "1200")], "contract_vat_1", "number"),
    ];
    for (more, field, says) in cases {
        refused(&manager, &path, with(good(), more), field, says).await;
    }
    let cases: [Case<'_>; 3] = [
        (&[("obligation_amount_2", "35000000.01")], "contract_promised_1", "60,000,000"),
        (&[("contract_ppp_1", ""), ("contract_promised_1", "")], "obligation_contract_1", "partnership"),
        (&[("obligation_year_1", "next")], "obligation_year_1", "number"),
    ];
    for (more, field, says) in cases {
        refused(&manager, &path, with(partnership(), more), field, says).await;
    }
    assert!(town.app.list_processes(id).await.unwrap().is_empty());
}

#[tokio::test]
async fn rows_may_have_gaps_and_still_mean_what_they_say() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let id = project(&town);
    // The first row of each list is empty; the payment names the contract of row three.
    let rows = [
        ("bid_party_2", "ЖК «Екінші»"),
        ("bid_amount_2", "98 000 000"),
        ("award_party_2", "ЖК «Екінші»"),
        ("award_amount_2", "10 000 000"),
        ("contract_number_3", "46"),
        ("contract_amount_3", "10 000 000"),
        ("contract_award_3", "2"),
        ("contract_signed_3", "2026-03-11"),
        ("invoice_contract_1", "3"),
        ("payment_contract_1", "3"),
        ("invoice_amount_1", "9000000"),
        ("payment_amount_1", "9000000"),
        ("amendment_contract_1", "1"),
    ];
    keep(&manager, id, &with(good(), &rows)).await;
    let held = town.app.list_processes(id).await.unwrap();
    let process = &held[0].process;
    let second = process.contracts.iter().find(|contract| contract.number == "46").unwrap();
    assert_eq!(process.payments[0].contract, second.id);
    assert_eq!(process.supplier(second).unwrap().name, "ЖК «Екінші»");
    // Two contracts and nothing said: which one is meant is asked, not guessed.
    let path = format!("/en/admin/projects/{id}/contracts/new");
    let unsaid = with(with(good(), &rows), &[("payment_contract_1", "")]);
    refused(&manager, &path, unsaid, "payment_contract_1", "").await;
}

#[tokio::test]
async fn promises_stand_beside_limits_and_the_api_says_the_same() {
    let town = Town::open().await;
    let (nobody, manager) = (town.nobody(), town.person("manager").await);
    let id = project(&town);
    keep(&manager, id, &partnership()).await;
    let page = format!("/en/places/{DISTRICT}/obligations");
    let shown = nobody.get(&page).await;
    shown.expect(200).says("25,000,000").says("35,000,000").says("Строительство школы");
    check_page(&shown, "en");
    let api = nobody.get(&format!("/api/v1/places/{DISTRICT}/obligations")).await;
    api.expect(200).says("\"due\":\"25000000.00\"").says("\"availability\":\"35000000.00\"");
    let api = nobody.get(&format!("/api/v1/projects/{id}/contracts")).await;
    api.expect(200)
        .says("\"promised\":\"60000000.00\"")
        .says("\"rule\":\"single_bid\",\"outcome\":\"raised\"");
    let api = nobody.get(&format!("/api/v1/places/{DISTRICT}/red-flags?rule=single_bid")).await;
    api.expect(200).says("\"n_raised\":1").says("\"url\":\"https://");
    let api = nobody.get("/api/v1/procurement?by=method&kind=ppp").await;
    api.expect(200).says("\"key\":\"ppp_tender\"").says("\"n\":1257");
    nobody.get("/api/v1/procurement?by=colour").await.expect(400);
    nobody.get("/api/v1/pipeline").await.expect(200).says("\"stage\":\"tender\"");
    nobody.get("/api/v1/places/990999999/obligations").await.expect(404);
    nobody.get("/en/procurement").await.expect(200).says("1,257").says("697").says("149");
    for path in ["/en/pipeline/download/csv", "/en/contracts/download/csv", "/en/contracts/download/xlsx"] {
        nobody.get(path).await.expect(200);
    }
    nobody.get("/en/contracts/download/csv?q=бірінші").await.says("ТОО «Бірінші»");
    nobody.get("/en/contracts/download/exe").await.expect(404);
}

#[tokio::test]
async fn two_people_lose_nothing() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let id = project(&town);
    let section = keep(&manager, id, &good()).await;
    let work = format!("/en/admin/projects/{id}/contracts/{section}");
    let first = with(good(), &[("version", "1"), ("description", "Бірінші")]);
    manager.post(&work, &first).await.expect(303);
    // The second began with version 1 too and changed something else: both stay.
    let second = with(good(), &[("version", "1"), ("number", "OK-78")]);
    manager.post(&work, &second).await.expect(303);
    let held = town.app.list_processes(id).await.unwrap();
    assert_eq!((held[0].process.number.as_str(), held[0].process.description.as_str()), ("OK-78", "Бірінші"));
    // The same field: the second sees both and nothing is stored.
    let third = with(good(), &[("version", "1"), ("description", "Үшінші")]);
    manager.post(&work, &third).await.expect(409).says("Бірінші").says("Үшінші");
}

/// Lines of a file of the papers' figures without its head; `None` where the shared data are not here.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn figures(name: &str) -> Option<Vec<Vec<String>>> {
    let root = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(root);
    let Ok(text) = std::fs::read_to_string(root.join("data/seed-figures").join(name)) else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "the shared data are missing");
        println!("SKIPPED: the shared data are not here");
        return None;
    };
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    Some(text.lines().skip(1).map(row).collect())
}

#[test]
fn published_figures_are_those_of_the_papers_and_add_up() {
    let published = akimat_app::contract::published();
    let n = |code: &str| published.figures.iter().find(|figure| figure.code == code).unwrap().n.unwrap();
    assert_eq!(
        n("contracts_active") + n("contracts_completed") + n("contracts_terminated"),
        n("contracts_all")
    );
    assert_eq!(n("contracts_national") + n("contracts_local"), n("contracts_all"));
    assert_eq!(published.statuses.iter().map(|status| u32::from(status.pct)).sum::<u32>(), 100);
    if let Some(rows) = figures("figure4_projects_by_region_2015_2023.csv") {
        assert_eq!(rows.len(), published.regions.len());
        for (row, own) in rows.iter().zip(&published.regions) {
            assert_eq!((row[1].clone(), row[2].clone()), (own.kato.to_string(), own.n.to_string()));
        }
    }
    if let Some(rows) = figures("figure7_project_status_2024.csv") {
        let printed: Vec<String> = rows.iter().map(|row| row[1].clone()).collect();
        let own: Vec<String> = published.statuses.iter().map(|status| status.pct.to_string()).collect();
        assert_eq!(printed, own);
    }
    if let Some(rows) = figures("figure6_project_level.csv") {
        // 98 % local in the paper; 1,240 of 1,257 contracts are 98.6 %.
        let local: u64 = rows[0][1].parse().unwrap();
        assert_eq!(n("contracts_local") * 100 / n("contracts_all"), local);
    }
}
