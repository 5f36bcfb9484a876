//! Who a person is: the desk, two clerks, lists, letters, requirements, clerks who act, erasure.

use crate::village::{DISTRICT, OTHER, Village, kato};
use akimat_app::person::act::Proxy;
use akimat_app::person::verify::DeskEntry;
use akimat_app::person::{Persons, list::ListOutcome};
use akimat_app::secret::PlatformKey;
use akimat_app::{App, AppError};
use akimat_core::{AccountId, Lang};
use akimat_identity::{Action, Lack, Level, Rules, Terms};
use akimat_participation::Rating;
use akimat_storage::{PageRequest, VerificationState};

/// Born in the nineteenth century: nobody's numbers.
const NUMBERS: [&str; 3] = ["850312200016", "871104200011", "790615100013"];

struct Desk {
    village: Village,
    app: App,
}

impl Desk {
    async fn open() -> Self {
        let village = Village::open().await;
        let app = village.app.clone().with_key(PlatformKey::new([7; 32]));
        Self { village, app }
    }

    fn id(&self, login: &str) -> AccountId {
        self.village.actor(login).unwrap().id
    }

    async fn verify(
        &self,
        clerk: &str,
        person: &str,
        iin: &str,
    ) -> akimat_app::Result<akimat_storage::Verification> {
        let entry = DeskEntry {
            iin: iin.to_owned(),
            place: Some(kato(DISTRICT)),
            born_on: None,
            document: "id_card".to_owned(),
        };
        self.app.verify_at_desk(self.village.actor(clerk), self.id(person), &entry).await
    }

    async fn level(&self, person: &str) -> Level {
        self.app.person_level(self.id(person)).await.unwrap()
    }

    /// Level 3, confirmed by the second clerk.
    async fn identify(&self, person: &str, iin: &str) {
        let waiting = self.verify("clerk", person, iin).await.unwrap();
        self.app.confirm_verification(self.village.actor("second-clerk"), waiting.id).await.unwrap();
    }
}

fn key(error: &AppError) -> &'static str {
    match error {
        AppError::Invalid(faults) => faults[0].key,
        other => other.key(),
    }
}

#[test]
fn the_numbers_of_this_test_are_well_formed() {
    for number in NUMBERS {
        akimat_identity::Iin::parse(number).unwrap_or_else(|error| panic!("{number}: {error}"));
    }
}

#[tokio::test]
async fn one_clerk_makes_a_resident_and_two_an_identity() {
    let desk = Desk::open().await;
    assert_eq!(desk.level("resident").await, Level::Anonymous);
    desk.verify("clerk", "resident", "").await.unwrap();
    assert_eq!(desk.level("resident").await, Level::Resident);
    let waiting = desk.verify("clerk", "resident", NUMBERS[0]).await.unwrap();
    assert_eq!((waiting.state, desk.level("resident").await), (VerificationState::Waiting, Level::Resident));
    let app = &desk.app;
    let alone = app.confirm_verification(desk.village.actor("clerk"), waiting.id).await.unwrap_err();
    assert_eq!(key(&alone), "forbidden", "one clerk is not two");
    assert_eq!(app.waiting_verifications(desk.village.actor("second-clerk")).await.unwrap().len(), 1);
    app.confirm_verification(desk.village.actor("second-clerk"), waiting.id).await.unwrap();
    assert_eq!(desk.level("resident").await, Level::Identified);
    for (login, due) in [("analyst", "forbidden"), ("admin", "forbidden"), ("resident", "forbidden")] {
        assert_eq!(key(&desk.verify(login, "neighbour", "").await.unwrap_err()), due, "{login}");
    }
    assert_eq!(
        key(&desk.verify("clerk", "clerk", "").await.unwrap_err()),
        "forbidden",
        "nobody verifies oneself"
    );
    let looks = app.read().list_access_records(desk.id("resident"), &PageRequest::first(9)).await.unwrap();
    let acts: Vec<&str> = looks.items.iter().map(|look| look.act.as_str()).collect();
    assert_eq!(acts, ["confirm_verification", "verify_at_desk", "verify_at_desk"]);
}

#[tokio::test]
async fn one_person_has_one_account() {
    let desk = Desk::open().await;
    desk.identify("resident", NUMBERS[0]).await;
    for (iin, due) in [
        (NUMBERS[0], "person-iin-taken"),
        ("850312200017", "person-iin-check"),
        ("85031220001", "person-iin-form"),
        ("991231500016", "person-iin-future"),
    ] {
        assert_eq!(key(&desk.verify("clerk", "neighbour", iin).await.unwrap_err()), due);
    }
    assert_eq!(key(&desk.verify("clerk", "resident", NUMBERS[1]).await.unwrap_err()), "person-iin-other");
    // Nothing that is kept holds the digits.
    let all = desk.app.read().export_person(desk.id("resident")).await.unwrap();
    assert!(!format!("{all:?}").contains(NUMBERS[0]));
}

#[tokio::test]
async fn a_clerk_finds_a_person_and_leaves_a_trace() {
    let desk = Desk::open().await;
    desk.identify("resident", NUMBERS[0]).await;
    let clerk = desk.village.actor("clerk");
    let app = &desk.app;
    let found = app.look_up_person(clerk, ("", " 850312-200016 "), "Өтініш № 5").await.unwrap();
    assert_eq!(found.account.id, desk.id("resident"));
    assert_eq!(key(&app.look_up_person(clerk, ("resident", ""), " ").await.unwrap_err()), "field-required");
    assert_eq!(key(&app.look_up_person(clerk, ("nobody", ""), "x").await.unwrap_err()), "person-unknown");
    assert_eq!(
        key(&app.look_up_person(clerk, ("", NUMBERS[1]), "x").await.unwrap_err()),
        "person-unknown-iin"
    );
    let looks = app.read().list_access_records(desk.id("resident"), &PageRequest::first(1)).await.unwrap();
    assert_eq!((looks.items[0].act.as_str(), looks.items[0].reason.as_str()), ("look", "Өтініш № 5"));
}

#[tokio::test]
async fn a_list_is_taken_whole_or_not_at_all() {
    let desk = Desk::open().await;
    let (app, clerk) = (&desk.app, desk.village.actor("clerk"));
    let bad = format!("login;iin;place\nresident;;{DISTRICT}\nnobody;;{DISTRICT}\nneighbour;;{OTHER}\n");
    let AppError::Invalid(faults) = app.verify_by_list(clerk, &bad).await.unwrap_err() else { panic!() };
    let lines: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.args[0].1.as_str(), fault.key)).collect();
    assert_eq!(lines, [("3", "person-list-unknown"), ("4", "person-list-elsewhere")]);
    assert_eq!(desk.level("resident").await, Level::Anonymous);
    let good = format!("login;iin;place\nresident;{};{DISTRICT}\nneighbour;;{DISTRICT}\n", NUMBERS[0]);
    let outcome = app.verify_by_list(clerk, &good).await.unwrap();
    assert_eq!(outcome, ListOutcome { n_verified: 1, n_waiting: 1 });
    assert_eq!(
        (desk.level("resident").await, desk.level("neighbour").await),
        (Level::Anonymous, Level::Resident)
    );
    assert_eq!(app.confirm_lists(clerk).await.unwrap(), 0, "the same clerk");
    assert_eq!(app.confirm_lists(desk.village.actor("second-clerk")).await.unwrap(), 1);
    assert_eq!(desk.level("resident").await, Level::Identified);
}

#[tokio::test]
async fn a_code_by_post_works_once_and_not_by_guessing() {
    let desk = Desk::open().await;
    let (app, clerk, person) = (&desk.app, desk.village.actor("clerk"), desk.village.actor("resident"));
    let send =
        async || app.send_code_by_post(clerk, desk.id("resident"), Some(kato(DISTRICT))).await.unwrap().code;
    assert_eq!(key(&app.enter_post_code(person, "AAAAA-AAAAA").await.unwrap_err()), "person-code-none");
    let first = send().await;
    let second = send().await;
    assert_eq!(key(&app.enter_post_code(person, &first).await.unwrap_err()), "person-code-wrong", "void");
    app.enter_post_code(person, &second.to_lowercase()).await.unwrap();
    assert_eq!(desk.level("resident").await, Level::Resident);
    assert_eq!(key(&app.enter_post_code(person, &second).await.unwrap_err()), "person-code-none", "once");
    let third = send().await;
    for n in 1..=5 {
        let due = if n < 5 { "person-code-wrong" } else { "person-code-void" };
        assert_eq!(key(&app.enter_post_code(person, "AAAAAAAAAA").await.unwrap_err()), due);
    }
    assert_eq!(key(&app.enter_post_code(person, &third).await.unwrap_err()), "person-code-none");
    let fourth = send().await;
    desk.village.wait(31 * 24 * 3_600);
    assert_eq!(key(&app.enter_post_code(person, &fourth).await.unwrap_err()), "person-code-none", "late");
    let neighbour = desk.village.actor("neighbour");
    assert_eq!(key(&app.enter_post_code(neighbour, &fourth).await.unwrap_err()), "person-code-none");
}

#[tokio::test]
async fn an_act_asks_for_what_its_territory_says() {
    let desk = Desk::open().await;
    let rules = Rules::parse(&format!(
        r#"{{"requirements":[{{"action":"rate_project","place":{DISTRICT},"level":2,"min_age":18,"scope":"district",
        "valid_from":"2026-01-01","valid_to":null,"basis":"","verified":false}}]}}"#
    ));
    let persons = Persons { rules: rules.unwrap(), terms: Persons::default().terms };
    let app = desk.app.clone().with_persons(persons);
    let (person, project) = (desk.village.actor("resident"), desk.village.project("V-1"));
    let five = Rating::new(5).unwrap();
    let AppError::Unmet(lacks) = app.rate_project(person, project, five).await.unwrap_err() else { panic!() };
    assert_eq!(lacks[0], Lack::Level { need: Level::Resident, have: Level::Anonymous });
    assert_eq!(lacks.len(), 3);
    desk.app.require(person, Action::RateProject, Some(kato(DISTRICT))).await.unwrap();
    desk.identify("resident", NUMBERS[0]).await;
    app.rate_project(person, project, five).await.unwrap();
}

#[tokio::test]
async fn a_clerk_acts_for_a_person_who_can_read_it() {
    let desk = Desk::open().await;
    let (app, clerk) = (&desk.app, desk.village.actor("clerk"));
    let proxy = Proxy {
        project: desk.village.project("V-1"),
        rating: Rating::new(4),
        words: String::new(),
        lang: Lang::Kk,
        channel: "paper".to_owned(),
        basis: "Өтініш № 12".to_owned(),
    };
    let person = desk.id("resident");
    assert_eq!(key(&app.act_for_person(clerk, person, &proxy).await.unwrap_err()), "person-act-level");
    desk.verify("clerk", "resident", "").await.unwrap();
    app.act_for_person(clerk, person, &proxy).await.unwrap();
    let found = app.read().find_rating(proxy.project, person).await.unwrap();
    assert_eq!(found, Rating::new(4));
    let looks = app.read().list_access_records(person, &PageRequest::first(1)).await.unwrap();
    assert_eq!((looks.items[0].act.as_str(), looks.items[0].reason.as_str()), ("rate_paper", "Өтініш № 12"));
    for wrong in
        [Proxy { channel: "x".to_owned(), ..proxy.clone() }, Proxy { basis: String::new(), ..proxy.clone() }]
    {
        assert!(matches!(app.act_for_person(clerk, person, &wrong).await, Err(AppError::Invalid(_))));
    }
    assert_eq!(
        key(&app.act_for_person(desk.village.actor("admin"), person, &proxy).await.unwrap_err()),
        "forbidden"
    );
}

#[tokio::test]
async fn an_erased_person_cannot_come_back_with_the_same_number_until_the_term_is_over() {
    let desk = Desk::open().await;
    desk.identify("resident", NUMBERS[0]).await;
    let (app, person) = (&desk.app, desk.village.actor("resident"));
    let told = app.export_my_data(person).await.unwrap();
    assert!(told["tables"]["verifications.account_id"].is_array());
    assert_eq!(key(&app.erase_me(person, "neighbour").await.unwrap_err()), "my-data-login-differs");
    assert_eq!(key(&app.erase_me(desk.village.actor("clerk"), "clerk").await.unwrap_err()), "forbidden");
    app.erase_me(person, "Resident").await.unwrap();
    assert!(app.read().find_account(desk.id("resident")).await.unwrap().is_none());
    assert!(app.read().export_person(desk.id("resident")).await.unwrap().is_empty());
    assert_eq!(key(&desk.verify("clerk", "neighbour", NUMBERS[0]).await.unwrap_err()), "person-iin-erased");
    app.forget_what_is_old().await.unwrap();
    assert_eq!(key(&desk.verify("clerk", "neighbour", NUMBERS[0]).await.unwrap_err()), "person-iin-erased");
    desk.village.wait(366 * 24 * 3_600);
    app.forget_what_is_old().await.unwrap();
    desk.verify("clerk", "neighbour", NUMBERS[0]).await.unwrap();
}

#[test]
fn terms_are_complete() {
    assert!(Terms::parse(include_str!("../../../../data/identity/retention.json")).is_ok());
}
