//! Risks and early warning: a risk is entered, told and closed; the watch raises alerts out of stored facts, persons
//! acknowledge, decide and close them; territories set limits; every refusal.

use crate::client::Client;
use crate::content::{DISTRICT, OKRUG};
use crate::html::check_page;
use crate::town::Town;
use akimat_app::alert::HeldAlert;
use akimat_core::ProjectId;
use akimat_delivery::warning::alert::AlertState;
use akimat_delivery::warning::{Indicator, Level};
use akimat_storage::PageRequest;
use akimat_storage::job::JobFilter;
use jiff::SignedDuration;

type Fields = Vec<(&'static str, &'static str)>;

/// A risk that is wrong nowhere.
fn risk() -> Fields {
    vec![
        ("version", "0"),
        ("category", "schedule"),
        ("cause", "The only factory is slow"),
        ("event", "The beams come after the frost"),
        ("effect", "Work stops until spring"),
        ("likelihood", "4"),
        ("cost", "3"),
        ("time", "5"),
        ("people", "1"),
        ("cost_low", "2"),
        ("cost_high", "6,5"),
        ("owner", "Roads office"),
        ("response", "reduce"),
        ("review_on", "2026-10-01"),
        ("action_what_1", "Find a second factory"),
        ("action_due_1", "2026-09-20"),
    ]
}

fn with(mut fields: Fields, more: &[(&'static str, &'static str)]) -> Fields {
    fields.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
    fields.extend_from_slice(more);
    fields
}

async fn enter(manager: &Client, id: ProjectId, fields: &Fields) {
    manager.post(&format!("/en/admin/projects/{id}/risks/new"), fields).await.expect(303);
}

/// The one alert of a project about its milestones.
async fn alert(town: &Town, id: ProjectId) -> HeldAlert {
    let alerts = town.app.list_alerts(id).await.unwrap();
    alerts.into_iter().rfind(|held| held.alert.indicator() == Indicator::Milestones).unwrap()
}

/// A risk, and the alerts of a watch.
pub(crate) async fn keep(town: &Town) {
    let manager = town.person("manager").await;
    enter(&manager, town.project("S-7"), &risk()).await;
    manager.post("/en/admin/alerts/watch", &[]).await.expect(303);
    while town.app.work_on_next_job(uuid::Uuid::from_u128(1)).await.unwrap() {}
}

#[tokio::test]
async fn a_risk_is_entered_shown_changed_and_closed() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let (nobody, manager) = (town.nobody(), town.person("manager").await);
    let page = format!("/en/projects/{id}/risks");
    nobody.get(&page).await.expect(200).says("Nobody has entered a risk yet");
    let form = format!("/en/admin/projects/{id}/risks/new");
    check_page(manager.get(&form).await.expect(200), "en");
    town.person("resident").await.get(&form).await.expect(403);
    town.person("other-manager").await.get(&form).await.expect(403);
    enter(&manager, id, &risk()).await;
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/projects/{id}/risks")).await.expect(200), lang);
        check_page(nobody.get(&format!("/{lang}/projects/{id}")).await.expect(200), lang);
    }
    // Chance 0.5 to 0.8, loss 2 to 6.5 million: 0.65 times 4.25 million.
    let shown = nobody.get(&page).await;
    shown
        .says("The beams come after the frost")
        .says("extreme, 20 of 25")
        .says("2.76")
        .says("Find a second factory: nobody is named, due on")
        .says_not("Enter a risk");
    nobody.get(&format!("/en/projects/{id}")).await.says("The register holds 1 open risk").says(&page);
    let held = town.app.list_risks(id).await.unwrap().remove(0);
    let own = format!("/en/admin/projects/{id}/risks/{}", held.section.id);
    check_page(manager.get(&own).await.expect(200), "en");
    let closing = [("version", "1"), ("ending", "removed"), ("ending_note", "")];
    manager.post(&own, &with(risk(), &closing)).await.expect(422).says("href=\"#f-ending_note\"");
    let told =
        with(risk(), &[("version", "1"), ("ending", "removed"), ("ending_note", "The beams are here")]);
    manager.post(&own, &told).await.expect(303);
    nobody.get(&page).await.says("removed by the response").says("The beams are here");
    // Two people: what both changed is shown, nothing is stored.
    let clash = with(risk(), &[("version", "1"), ("ending", "passed"), ("ending_note", "It cannot come")]);
    manager.post(&own, &clash).await.expect(409).says("The beams are here").says("It cannot come");
}

#[tokio::test]
async fn faults_stand_at_their_fields_and_store_nothing() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let manager = town.person("manager").await;
    let cases: [(&[(&'static str, &'static str)], &str); 9] = [
        (&[("event", " ")], "f-event"),
        (&[("category", "luck")], "f-category"),
        (&[("likelihood", "6")], "f-likelihood"),
        (&[("time", "")], "f-time"),
        (&[("cost_low", "9")], "f-cost_high"),
        (&[("cost_low", "-1")], "f-cost_low"),
        (&[("review_on", "")], "f-review_on"),
        (&[("review_on", "2026-02-30")], "f-review_on"),
        (
            &[
                ("residual_likelihood", "5"),
                ("residual_cost", "5"),
                ("residual_time", "5"),
                ("residual_people", "5"),
            ],
            "f-residual_likelihood",
        ),
    ];
    for (more, field) in cases {
        let answer = manager.post(&format!("/en/admin/projects/{id}/risks/new"), &with(risk(), more)).await;
        answer.expect(422).says(&format!("href=\"#{field}\"")).says(&format!("id=\"{field}-error\""));
    }
    assert!(town.app.list_risks(id).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_not_published_counts_and_is_not_told() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let manager = town.person("manager").await;
    enter(&manager, id, &with(risk(), &[("internal", "The tender is open")])).await;
    enter(&manager, id, &with(risk(), &[("event", "The river rises"), ("category", "nature")])).await;
    let secret = "The beams come after the frost";
    let own = [format!("/en/projects/{id}/risks"), "/en/analysis/risks".to_owned()];
    let api = [format!("/api/v1/projects/{id}/risks"), "/api/v1/risks".to_owned()];
    let others = [town.nobody(), town.person("other-manager").await];
    for path in own.iter().chain(&api) {
        for client in &others {
            client.get(path).await.expect(200).says("The river rises").says_not(secret);
        }
    }
    others[0].get(&own[0]).await.says("1 more risk counts");
    others[0].get(&own[1]).await.says("The description is not published");
    others[0].get(&api[0]).await.says("\"unpublished\":1");
    manager.get(&own[0]).await.says(secret);
    manager.get(&own[1]).await.says(secret);
}

#[tokio::test]
async fn the_portfolio_leads_from_the_map_to_the_risks() {
    let town = Town::open().await;
    let (bulaq, samal) = (town.project("S-7"), town.project("S-9"));
    let manager = town.person("manager").await;
    enter(&manager, bulaq, &risk()).await;
    let small = [
        ("event", "A crane breaks"),
        ("category", "technical"),
        ("likelihood", "1"),
        ("time", "2"),
        ("cost", "1"),
    ];
    enter(&manager, samal, &with(risk(), &small)).await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/analysis/risks")).await.expect(200), lang);
    }
    let all = nobody.get("/en/analysis/risks").await;
    all.says("Open risks: 2, in projects: 2")
        .says("/en/analysis/risks?likelihood=4&#38;impact=5#risks")
        .says("Sample Region");
    let cell = nobody.get("/en/analysis/risks?likelihood=4&impact=5").await;
    cell.says("The beams come after the frost").says_not("A crane breaks").says("/en/projects/");
    nobody.get("/en/analysis/risks?category=technical").await.says("A crane breaks").says_not("The beams");
    let okrug = nobody.get(&format!("/en/analysis/risks?place={OKRUG}")).await;
    okrug.says("Territory: Bulaq okrug").says("The beams").says_not("A crane breaks");
    nobody.get("/en/analysis/risks?place=123456789").await.expect(404);
    nobody.get("/en/analysis/risks?likelihood=2&impact=2").await.says("No open risk");
    let api = nobody.get(&format!("/api/v1/risks?place={DISTRICT}&likelihood=4")).await;
    api.expect(200).says("\"n\":1").says("\"expected_loss\":\"2762500.00\"");
    nobody.get("/api/v1/risks?impact=6").await.expect(400);
    nobody.get("/en/analysis").await.says("/en/analysis/risks");
}

#[tokio::test]
async fn the_watch_raises_alerts_out_of_facts_and_persons_answer() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let (nobody, manager) = (town.nobody(), town.person("manager").await);
    nobody.get(&format!("/en/projects/{id}/risks")).await.says("The nightly watch has not looked");
    nobody.get("/en/admin/alerts").await.expect(303);
    town.person("resident").await.get("/en/admin/alerts").await.expect(403);
    manager.get("/en/admin").await.says("/en/admin/alerts");
    manager.get("/en/admin/alerts").await.expect(200).says("The watch has not run yet");
    // By the button: asked for twice, queued once.
    for _ in 0..2 {
        manager.post("/en/admin/alerts/watch", &[]).await.expect(303);
    }
    manager.get("/en/admin/alerts").await.says("waited in the queue");
    while town.app.work_on_next_job(uuid::Uuid::from_u128(1)).await.unwrap() {}
    // A milestone of 1 August is not reached on 1 September: one, beyond the tolerance of 15 days.
    let held = alert(&town, id).await;
    assert_eq!((held.alert.level, held.alert.reading.measure), (Level::Amber, 1.0));
    let desk = manager.get("/en/admin/alerts").await;
    check_page(&desk, "en");
    desk.says("Last watch").says("Missed milestones").says("amber");
    let shown = nobody.get(&format!("/en/projects/{id}/risks")).await;
    shown.says("Missed milestones").says("Measured: 1. Amber from 1, red from 2.").says("31 days");
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/projects/{id}/risks")).await.expect(200), lang);
    }
    let own = format!("/en/admin/projects/{id}/alerts/{}", held.section.id);
    check_page(manager.get(&own).await.expect(200), "en");
    town.person("other-manager").await.get(&own).await.expect(403);
    manager.post(&own, &[("version", "1"), ("step", "acknowledge")]).await.expect(303);
    manager.post(&own, &[("version", "1"), ("step", "acknowledge")]).await.expect(409);
    let decide = [("version", "2"), ("step", "decide"), ("decision", "replan"), ("reason", "")];
    manager.post(&own, &decide).await.expect(422).says("f-reason-decide");
    let decide =
        [("version", "2"), ("step", "decide"), ("decision", "replan"), ("reason", "A new date in October")];
    manager.post(&own, &decide).await.expect(303);
    nobody
        .get(&format!("/en/projects/{id}/risks"))
        .await
        .says("decided to make a new plan")
        .says("A new date in October");
    nobody
        .get(&format!("/api/v1/projects/{id}/risks"))
        .await
        .says("\"what\":\"replan\"")
        .says("\"unit\":\"days\",\"value\":\"31\"");
    let close =
        [("version", "3"), ("step", "close"), ("outcome", "confirmed"), ("reason", "The builder was late")];
    manager.post(&own, &close).await.expect(303);
    assert_eq!(alert(&town, id).await.alert.state(), AlertState::Closed);
    manager.get("/en/admin/alerts").await.says("Closed with an outcome: 1 alert, right 1, false 0.");
    // The same condition does not come back at once.
    town.app.watch_now().await.unwrap();
    assert_eq!(alert(&town, id).await.alert.state(), AlertState::Closed);
}

#[tokio::test]
async fn a_territory_sets_its_limits_and_the_next_watch_follows_them() {
    let town = Town::open().await;
    let id = town.project("S-7");
    town.app.watch_now().await.unwrap();
    let form = format!("/en/admin/alerts/limits/{OKRUG}");
    let analyst = town.person("analyst").await;
    town.person("manager").await.get(&form).await.expect(403);
    town.person("other-analyst").await.get(&form).await.expect(403);
    check_page(analyst.get(&form).await.expect(200), "en");
    let fields = |red, reason| {
        [("version", "0"), ("amber_milestones", "3"), ("red_milestones", red), ("reason", reason)]
    };
    analyst.post(&form, &fields("2", "Winter")).await.expect(422).says("Red cannot begin below amber");
    analyst.post(&form, &fields("", "Winter")).await.expect(422).says("f-red_milestones");
    analyst.post(&form, &fields("5", "")).await.expect(422).says("f-reason");
    analyst.post(&form, &fields("5", "Many small steps are counted here")).await.expect(303);
    analyst.post(&form, &fields("6", "Again")).await.expect(409);
    let history = analyst.get(&form).await;
    history.says("Many small steps are counted here").says("Missed milestones: amber from 3, red from 5");
    town.app.watch_now().await.unwrap();
    let held = alert(&town, id).await;
    assert_eq!(held.alert.state(), AlertState::Passed);
    town.nobody().get(&format!("/en/projects/{id}/risks")).await.says("the condition ended by itself");
}

#[tokio::test]
async fn the_watch_comes_by_itself_once_a_day() {
    let town = Town::open().await;
    let watches = || async {
        let filter = JobFilter { kind: Some("watch_projects".to_owned()), state: None };
        town.app.read().list_jobs(&filter, &PageRequest::first(10)).await.unwrap().items.len()
    };
    // Nine in the morning: that of two o'clock is due, on however many servers once.
    town.app.queue_due_jobs().await.unwrap();
    town.app.queue_due_jobs().await.unwrap();
    assert_eq!(watches().await, 1);
    while town.app.work_on_next_job(uuid::Uuid::from_u128(1)).await.unwrap() {}
    assert_eq!(alert(&town, town.project("S-7")).await.alert.level, Level::Amber);
    town.step(SignedDuration::from_hours(16));
    town.app.queue_due_jobs().await.unwrap();
    assert_eq!(watches().await, 1, "one in the morning of the next day");
    town.step(SignedDuration::from_hours(2));
    town.app.queue_due_jobs().await.unwrap();
    assert_eq!(watches().await, 2);
}

#[tokio::test]
async fn the_head_vouches_for_a_time_with_a_name() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let form = format!("/en/admin/projects/{id}/confidence");
    let akim = town.person("akim").await;
    akim.get(&form).await.expect(404);
    town.app.watch_now().await.unwrap();
    town.person("manager").await.get(&form).await.expect(403);
    check_page(akim.get(&form).await.expect(200), "en");
    let fields = |until, reason| [("version", "1"), ("step", "lift"), ("until", until), ("reason", reason)];
    akim.post(&form, &fields("2027-09-01", "I know them")).await.expect(422).says("within 90 days");
    akim.post(&form, &fields("2026-10-01", "")).await.expect(422).says("f-reason");
    akim.post(&form, &fields("2026-10-01", "The beams are on the way")).await.expect(303);
    let page = format!("/en/projects/{id}/risks");
    town.nobody().get(&page).await.says("vouches for one point more").says("The beams are on the way");
    town.nobody().get("/en/analysis/early-warning/method").await.expect(200).says("Schedule slip");
    for lang in ["kk", "ru", "en"] {
        check_page(
            town.nobody().get(&format!("/{lang}/analysis/early-warning/method")).await.expect(200),
            lang,
        );
    }
}
