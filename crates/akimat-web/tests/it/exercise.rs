//! Exercises in dividing a budget on the pages: begun from a budget, exact to the unit, suppressed below five, published.

use crate::client::Client;
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::{Town, kato, options};
use akimat_app::exercise::ExerciseDraft;
use akimat_app::secret::PlatformKey;
use akimat_core::Text;
use akimat_participation::exercise::{Exercise, ExerciseState};
use akimat_storage::{BudgetFilter, PageRequest};
use akimat_web_kit::state::WebState;
use jiff::ToSpan;

/// An exercise over the newest budget of the district, opened.
async fn opened(town: &Town, code: &str) -> Exercise {
    let analyst = town.people.get("analyst");
    let filter = BudgetFilter { place: Some(kato(DISTRICT)), year: Some(2025) };
    let found = town.app.read().list_budgets(&filter, &PageRequest::first(9)).await.unwrap();
    let draft = ExerciseDraft {
        code: code.to_owned(),
        title: Text::new("Бюджетті бөлу", "Распределение бюджета", "Dividing the budget"),
        summary: Text::new("Сіз қалай бөлер едіңіз?", "Как распределили бы вы?", "How would you divide it?"),
        budget: Some(found.items[0].budget.id),
        last_day: Some(town.app.today().checked_add(9.days()).unwrap()),
    };
    town.app.begin_exercise(analyst, draft).await.unwrap();
    town.app.open_exercise(analyst, code).await.unwrap();
    town.app.open_exercise(analyst, code).await.unwrap();
    town.app.exercise(None, code).await.unwrap()
}

/// The division that gives the first group `more` units of the last one.
fn division(exercise: &Exercise, more: i64) -> Vec<u32> {
    let mut units: Vec<i64> = exercise.groups.iter().map(|group| exercise.units(group.planned)).collect();
    units[0] += more;
    *units.last_mut().unwrap() -= more;
    units.into_iter().map(|one| u32::try_from(one).unwrap()).collect()
}

/// One that is open, and one that is over with a result.
pub(crate) async fn keep(town: &Town) {
    opened(town, "open-one").await;
    let over = opened(town, "over-one").await;
    let all = (0..6).map(|n| division(&over, n * 3)).collect();
    town.app.invent_divisions(&over, all).await.unwrap();
    town.app.close_exercise(town.people.get("analyst"), "over-one").await.unwrap();
}

async fn with_key() -> Town {
    let mut town = Town::open().await;
    town.app = town.app.clone().with_ballot_key(PlatformKey::new([4; 32]));
    town.state = WebState::new(town.app.clone(), options());
    town
}

async fn send(client: &Client, units: &[u32], act: &str) -> crate::client::Answer {
    let named: Vec<(String, String)> =
        units.iter().enumerate().map(|(at, units)| (format!("g{at}"), units.to_string())).collect();
    let mut fields: Vec<(&str, &str)> =
        named.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("act", act));
    client.post("/en/exercises/one", &fields).await
}

#[tokio::test]
async fn residents_divide_exactly_what_there_is() {
    let town = with_key().await;
    let exercise = opened(&town, "one").await;
    for lang in ["kk", "ru", "en"] {
        check_page(&town.nobody().get(&format!("/{lang}/exercises/one")).await, lang);
    }
    town.nobody().get("/en/exercises/one").await.says("not binding").says("/sign-in?next=/exercises/one");
    let resident = town.person("resident").await;
    let page = resident.get("/en/exercises/one").await;
    check_page(&page, "en");
    page.says("All the money is given out");
    let plan = division(&exercise, 0);
    let mut more = plan.clone();
    more[0] += 1;
    send(&resident, &more, "compute").await.expect(200).says("1 more is given out than there is");
    send(&resident, &more, "submit").await.expect(422).says("1 more is given out than there is");
    send(&resident, &plan[1..], "submit").await.expect(422);
    let wrong = [("act", "submit"), ("g0", "-5"), ("g1", "12.5")];
    check_page(resident.post("/en/exercises/one", &wrong).await.expect(422), "en");
    send(&resident, &plan, "submit").await.expect(303);
    send(&resident, &division(&exercise, 7), "submit").await.expect(303);
    assert_eq!(town.app.read().count_exercise_answers(exercise.id).await.unwrap(), 1, "one person, one");
    resident.get("/en/exercises/one").await.says("you can change it until the end");
    send(&town.person("analyst").await, &plan, "submit").await.expect(403);
    let kept = town.app.read().list_exercise_answers(exercise.id).await.unwrap();
    let id = town.people["resident"].id;
    assert!(!kept[0].person.windows(16).any(|part| part == id.0.as_bytes()), "a keyed hash");
    let analyst = town.people.get("analyst");
    town.app.close_exercise(analyst, "one").await.unwrap();
    let told = town.nobody().get("/en/exercises/one").await;
    check_page(&told, "en");
    told.says("Fewer than 5 took part");
    town.nobody().get("/en/exercises/one/result.csv").await.expect(404);
    assert!(town.app.read().list_exercise_answers(exercise.id).await.unwrap().is_empty());
    send(&resident, &plan, "submit").await.expect(422);
}

#[tokio::test]
async fn the_result_can_be_computed_again() {
    let town = with_key().await;
    let exercise = opened(&town, "one").await;
    let all = (0..6).map(|n| division(&exercise, n)).collect();
    town.app.invent_divisions(&exercise, all).await.unwrap();
    let resident = town.person("resident").await;
    send(&resident, &division(&exercise, 100), "submit").await.expect(303);
    let before = town.app.read().list_exercise_answers(exercise.id).await.unwrap();
    let analyst = town.person("analyst").await;
    analyst.post("/ru/admin/exercises/one", &[("act", "close")]).await.expect(303);
    analyst.post("/ru/admin/exercises/one", &[("act", "close")]).await.expect(303);
    let over = town.app.exercise(None, "one").await.unwrap();
    let result = over.result.clone().unwrap();
    assert_eq!((over.state, result.n), (ExerciseState::Closed, 7));
    let after = town.app.read().list_exercise_answers(exercise.id).await.unwrap();
    assert!(after.iter().all(|one| before.iter().all(|other| other.person != one.person)), "the link is cut");
    let file = town.nobody().get("/en/exercises/one/divisions.csv").await;
    file.expect(200);
    assert_eq!(akimat_app::log::digest(file.text()), result.file_sha256);
    let again: Vec<Vec<u32>> = file
        .text()
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|one| one.parse().unwrap()).collect())
        .collect();
    assert_eq!(over.outcome_lines(&again), result.lines, "anybody computes it again");
    let page = town.nobody().get("/kk/exercises/one").await;
    check_page(&page, "kk");
    page.says("result.csv");
    town.nobody().get("/kk/exercises/one/result.csv").await.expect(200);
    town.nobody().get("/kk/exercises/one/result.xlsx").await.expect(200);
    town.nobody().get("/kk/exercises/one/result.exe").await.expect(404);
    let kinds = town.app.read().list_log_entries_about(&format!("exercise/{}", over.id), 9).await.unwrap();
    let kinds: Vec<&str> = kinds.iter().rev().map(|leaf| leaf.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["exercise_opened", "exercise_closed"]);
}

#[tokio::test]
async fn an_office_begins_an_exercise_by_a_form() {
    let town = with_key().await;
    let analyst = town.person("analyst").await;
    check_page(&analyst.get("/ru/admin/exercises").await, "ru");
    let hostile = [("code", "Ә!"), ("budget", "x"), ("last_day", "вчера"), ("title_ru", "")];
    analyst.post("/ru/admin/exercises", &hostile).await.expect(422);
    let filter = BudgetFilter { place: Some(kato(DISTRICT)), year: Some(2025) };
    let found = town.app.read().list_budgets(&filter, &PageRequest::first(9)).await.unwrap();
    let budget = found.items[0].budget.id.to_string();
    let last_day = town.app.today().checked_add(9.days()).unwrap().to_string();
    let good = [
        ("code", "made"),
        ("budget", budget.as_str()),
        ("last_day", last_day.as_str()),
        ("title_kk", "Бөлу"),
        ("title_ru", "Делим"),
    ];
    analyst.post("/ru/admin/exercises", &good).await.expect(303);
    analyst.post("/ru/admin/exercises", &good).await.expect(422);
    check_page(&analyst.get("/ru/admin/exercises/made").await, "ru");
    town.nobody().get("/ru/exercises/made").await.expect(404);
    town.person("other-analyst").await.get("/ru/admin/exercises/made").await.expect(404);
    analyst.post("/ru/admin/exercises/made", &[("act", "open")]).await.expect(303);
    town.nobody().get("/ru/exercises/made").await.expect(200);
}
