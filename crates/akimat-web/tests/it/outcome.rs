//! What is to be expected of projects: on their pages, in the list, on the card, on record.

use crate::html::check_page;
use crate::town::Town;
use akimat_core::ProjectId;
use akimat_project::{Milestone, Status};
use akimat_storage::Change;
use jiff::ToSpan;

/// The first project on which something can be expected, with `n` finished ones like it: each third one late.
async fn with_finished(n: i64) -> (Town, ProjectId) {
    let town = Town::open().await;
    let mut open = None;
    for id in town.projects.values() {
        let (project, ..) = town.app.read().find_project(*id).await.unwrap().unwrap();
        if akimat_app::outcome::is_open(project.status)
            && project.starts_on.is_some()
            && project.ends_on.is_some()
        {
            open = Some(project);
        }
    }
    let open = open.unwrap();
    let mut batch = Vec::new();
    for at in 0..n {
        let mut ended = open.clone();
        ended.id = town.app.new_project_id();
        ended.number = format!("OLD-{at}");
        ended.status = Status::Completed;
        ended.starts_on = Some("2020-01-01".parse().unwrap());
        let due: jiff::civil::Date = "2020-12-31".parse().unwrap();
        ended.ends_on = Some(due);
        let late = if at % 3 == 0 { 90 + at } else { at - 5 };
        ended.milestones = vec![Milestone {
            title: akimat_core::Text::same("Конец"),
            planned_on: due,
            forecast_on: None,
            actual_on: Some(due.checked_add(late.days()).unwrap()),
        }];
        batch.push(Change::AddProject(Box::new(ended)));
    }
    town.store.apply(batch).await.unwrap();
    (town, open.id)
}

#[tokio::test]
async fn with_few_finished_projects_the_reason_is_shown() {
    let (town, id) = with_finished(3).await;
    let nobody = town.nobody();
    nobody
        .get(&format!("/en/projects/{id}"))
        .await
        .expect(200)
        .says("nothing can be said")
        .says("9 are needed");
    nobody.get(&format!("/api/v1/projects/{id}/outcome")).await.expect(200).says("too_few_finished");
    nobody.get("/en/analysis/early-warning").await.expect(200).says("nothing can be said");
    let analyst = town.person("analyst").await;
    analyst.post(&format!("/en/admin/projects/{id}/outcome"), &[]).await.expect(422);
}

#[tokio::test]
async fn a_prediction_is_published_and_decided_about_on_record() {
    let (town, id) = with_finished(12).await;
    let nobody = town.nobody();
    let page = format!("/en/projects/{id}");
    nobody
        .get(&page)
        .await
        .expect(200)
        .says("8 of 10 finished projects")
        .says("12 finished projects")
        .says("OLD-");
    for lang in ["kk", "ru", "en"] {
        for path in
            [format!("projects/{id}"), "outcome/model".to_owned(), "analysis/early-warning".to_owned()]
        {
            let answer = nobody.get(&format!("/{lang}/{path}")).await;
            answer.expect(200);
            check_page(&answer, lang);
        }
    }
    let work = format!("/en/admin/projects/{id}/outcome");
    nobody.get(&work).await.expect(303);
    town.person("resident").await.get(&work).await.expect(403);
    let analyst = town.person("analyst").await;
    town.person("akim").await.post(&work, &[]).await.expect(403);
    town.person("other-analyst").await.post(&work, &[]).await.expect(403);
    analyst.post(&work, &[]).await.expect(303);
    let published = town.app.read().list_outcome_predictions(id).await.unwrap();
    let delay = published.iter().find(|own| own.target == "delay").unwrap();
    let decide = format!("{work}/decide");
    let prediction = delay.id.to_string();
    let said = [
        ("prediction", prediction.as_str()),
        ("verdict", "acted_on"),
        ("reason", "Екінші мердігер тартылды"),
    ];
    analyst.post(&decide, &said).await.expect(403);
    let akim = town.person("akim").await;
    akim.post(&decide, &[("prediction", &prediction), ("verdict", "acted_on"), ("reason", " ")])
        .await
        .expect(422);
    akim.post(&decide, &[("prediction", "x"), ("verdict", "acted_on"), ("reason", "y")]).await.expect(422);
    akim.post(&decide, &said).await.expect(303);
    town.step(jiff::SignedDuration::from_mins(5));
    let manager = town.person("manager").await;
    let again =
        [("prediction", prediction.as_str()), ("verdict", "set_aside"), ("reason", "Мерзім ұзартылды")];
    manager.post(&decide, &again).await.expect(303);
    nobody.get(&page).await.says("Екінші мердігер тартылды").says("Мерзім ұзартылды");
    nobody
        .get(&format!("/api/v1{}/outcome", &page[3..]))
        .await
        .expect(200)
        .says("acted_on")
        .says("set_aside");
    let answer = akim.get(&work).await;
    answer.expect(200);
    check_page(&answer, "en");
}

#[tokio::test]
async fn a_prediction_meets_what_came_of_it() {
    let (town, id) = with_finished(12).await;
    let nobody = town.nobody();
    let card = "/en/outcome/model";
    nobody.get(card).await.expect(200).says("No project with a published prediction has ended yet");
    let analyst = town.person("analyst").await;
    let work = format!("/en/admin/projects/{id}/outcome");
    analyst.post(&work, &[]).await.expect(303);
    let published = town.app.read().list_outcome_predictions(id).await.unwrap();
    let document: akimat_app::outcome::OutcomeDocument =
        serde_json::from_str(&published.iter().find(|own| own.target == "delay").unwrap().document).unwrap();
    // Said again later: the first prediction is the one that counts.
    town.step(jiff::SignedDuration::from_hours(24));
    analyst.post(&work, &[]).await.expect(303);
    nobody.get(card).await.expect(200).says("prediction waits").says("has ended yet");
    let (mut project, ..) = town.app.read().find_project(id).await.unwrap().unwrap();
    let due = project.ends_on.unwrap();
    project.status = Status::Completed;
    project.version += 1;
    project.milestones = vec![Milestone {
        title: akimat_core::Text::same("Конец"),
        planned_on: due,
        forecast_on: None,
        actual_on: Some(due.checked_add(17.days()).unwrap()),
    }];
    town.store.apply(vec![Change::UpdateProject(Box::new(project))]).await.unwrap();
    let record = town.app.outcome_record(None).await.unwrap();
    let delay: Vec<_> = record.judged.iter().filter(|one| one.target.code() == "delay").collect();
    assert_eq!(delay.len(), 1);
    assert_eq!((delay[0].amount, delay[0].document.probability), (Some(17.0), document.probability));
    let (_, low, high) = document.ranges[0];
    assert_eq!(delay[0].held(80), Some(low <= 17.0 && 17.0 <= high));
    assert_eq!(record.n_waiting, 0);
    let figures = record.of(delay[0].target).unwrap();
    let event = f64::from(u8::from(delay[0].event));
    assert!((figures.brier.value - (document.probability - event).powi(2)).abs() < 1e-12);
    assert_eq!(figures.error_of_plan, Some(17.0));
    for lang in ["kk", "ru", "en"] {
        for path in [format!("projects/{id}"), "outcome/model".to_owned()] {
            let answer = nobody.get(&format!("/{lang}/{path}")).await;
            answer.expect(200);
            check_page(&answer, lang);
        }
    }
    nobody.get(card).await.says("It was finished 17 days late").says("Fewer than ten facts").says("17 days");
    nobody.get(&format!("/en/projects/{id}")).await.says("the chance that was said first was");
    let api = nobody.get("/api/v1/outcome-record").await;
    api.expect(200).says("\"amount\":17.0").says("\"n_waiting\":0");
    let elsewhere = town.app.outcome_record(Some("751110000".parse().unwrap())).await.unwrap();
    assert_eq!((elsewhere.judged.len(), elsewhere.n_waiting), (0, 0));
}

#[tokio::test]
async fn thresholds_of_the_list_stand_in_the_address() {
    let (town, id) = with_finished(12).await;
    let nobody = town.nobody();
    let all_red = nobody.get("/en/analysis/early-warning?target=delay&red=1&amber=1").await;
    all_red.expect(200).says(&format!("/en/projects/{id}")).says(", 0 amber").says_not(" 0 red");
    nobody.get("/en/analysis/early-warning?red=99&amber=98").await.expect(200).says(" 0 red");
    nobody.get("/en/analysis/early-warning?target=nonsense&red=x&place=1").await.expect(200);
}

#[tokio::test]
async fn effects_are_estimated_and_compared() {
    let town = Town::open().await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        let answer = nobody.get(&format!("/{lang}/outcome/effect?parameter=water_health&output=310")).await;
        answer.expect(200);
        check_page(&answer, lang);
    }
    let estimate = nobody.get("/en/outcome/effect?parameter=water_health&output=310").await;
    estimate.says("about 434, from 186 to 806").says("invented for the demonstration");
    nobody
        .get("/en/outcome/effect?parameter=water_health&output=x")
        .await
        .says("Enter the output as a number");
    let facts = |n: i32| -> String {
        let line = |unit: i32, period: i32| {
            let with = i32::from(unit % 2 == 0);
            format!(
                "u{unit},{period},{with},{}",
                10 + unit % 3 + period % 2 + 3 * with * i32::from(period >= 3)
            )
        };
        let lines: Vec<String> =
            (0..n).flat_map(|unit| (0..6).map(move |period| line(unit, period))).collect();
        lines.join("%0A")
    };
    let ask = async |facts: String| nobody.get(&format!("/en/outcome/effect?start=3&facts={facts}")).await;
    ask(facts(12)).await.expect(200).says("3.000 ±").says("6 / 6");
    ask(facts(6)).await.expect(200).says("at least five units");
    ask("a,b,c".to_owned()).await.expect(200).says("Line 1 cannot be read");
}
