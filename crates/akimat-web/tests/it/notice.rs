//! Notices: what somebody follows is told on the page and by letter, one click ends it; feeds and a calendar of one's own;
//! browsers.

use crate::client::Client;
use crate::html::check_page;
use crate::town::{Town, options};
use akimat_app::App;
use akimat_app::outbox::Post;
use akimat_app::secret::PlatformKey;
use akimat_storage::contact::{Contact, ContactChange};
use akimat_storage::{Change, ContactKind, Letter, MailFault, Mailer};
use akimat_web_kit::state::WebState;
use async_trait::async_trait;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

const ORIGIN: &str = "https://akimat.example.kz";

/// Takes letters; browsers that are gone refuse.
#[derive(Default)]
struct Postbag(Mutex<Vec<Letter>>);

#[async_trait]
impl Mailer for Postbag {
    async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        if letter.recipient.contains("/gone ") {
            return Err(MailFault::Never("the gateway answered 410".to_owned()));
        }
        self.0.lock().unwrap().push(letter.clone());
        Ok(())
    }

    fn describe(&self) -> String {
        "letters".to_owned()
    }

    fn push_key(&self) -> Option<String> {
        Some(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
                .to_owned(),
        )
    }
}

struct Office {
    town: Town,
    app: App,
    mail: Arc<Postbag>,
    state: WebState,
}

impl Office {
    async fn open() -> Self {
        let town = Town::open().await;
        let mail = Arc::new(Postbag::default());
        let post = Post { mailer: Arc::clone(&mail) as Arc<dyn Mailer>, origin: ORIGIN.to_owned() };
        let app = town.app.clone().with_post(post).with_key(PlatformKey::new([4; 32]));
        Self { state: WebState::new(app.clone(), options()), app, town, mail }
    }

    async fn person(&self, login: &str) -> Client {
        Client::new(self.state.clone(), self.town.person(login).await.token)
    }

    /// The rounds of a server; answers the letters that left.
    async fn round(&self) -> Vec<Letter> {
        while self.app.notice_round(false).await.unwrap() {}
        self.app.send_due_letters(Uuid::from_u128(1)).await.unwrap();
        std::mem::take(&mut *self.mail.0.lock().unwrap())
    }

    async fn address(&self, login: &str) {
        address(&self.town, login).await;
    }

    /// The office answers about S-7: everybody who follows it hears of that.
    async fn answer(&self, words: &str) {
        let path = format!("/ru/projects/{}/comments", self.town.project("S-7"));
        self.person("manager").await.post(&path, &[("body", words)]).await.expect(303);
    }
}

/// Gives somebody an address at which letters arrive.
pub(crate) async fn address(town: &Town, login: &str) {
    let contact = Contact {
        id: Uuid::from_u128(77),
        account: town.people[login].id,
        kind: ContactKind::Email,
        address: "aliya@example.kz".to_owned(),
        address_key: "aliya@example.kz".to_owned(),
        lang: akimat_core::Lang::Ru,
        confirmed_at: town.app.now(),
    };
    town.store.apply(vec![Change::Contact(ContactChange::Add(contact))]).await.unwrap();
}

fn link(text: &str, part: &str) -> String {
    let found = text.split_whitespace().find(|word| word.starts_with(ORIGIN) && word.contains(part));
    found.unwrap_or_else(|| panic!("no link with {part} in\n{text}"))[ORIGIN.len()..].to_owned()
}

#[tokio::test]
async fn what_is_followed_is_told_and_one_click_ends_it() {
    let office = Office::open().await;
    let mine = office.person("resident").await;
    for path in ["/account/notices", "/account/notices/settings"] {
        for lang in ["kk", "ru", "en"] {
            check_page(mine.get(&format!("/{lang}{path}")).await.expect(200), lang);
        }
    }
    let follow = format!("/ru/follow/project/{}", office.town.project("S-7"));
    check_page(mine.get(&follow).await.expect(200), "ru");
    mine.post(&follow, &[("on", "1")]).await.expect(303);
    office.address("resident").await;
    office.answer("Опоры готовы, мост откроется в срок.").await;
    let letters = office.round().await;
    assert_eq!(letters.len(), 1, "an answer of the office is told at once: {letters:?}");
    let page = mine.get("/ru/account/notices").await;
    check_page(page.expect(200).says("непрочитан"), "ru");
    // Read once, it is read.
    mine.post("/ru/account/notices", &[]).await.expect(303);
    mine.get("/ru/account/notices").await.expect(200).says_not("непрочитан");
    assert_eq!(office.round().await, Vec::new(), "nothing is told twice");
    let stop = link(&letters[0].text, "/notices/stop/");
    assert_eq!(letters[0].unsubscribe, format!("{ORIGIN}{stop}"));
    let nobody = Client::new(office.state.clone(), None);
    check_page(nobody.get(&stop).await.expect(200), "ru");
    // A mail program, without a session and without a page of ours before; twice.
    for _ in 0..2 {
        nobody.post_bare(&stop, &[("List-Unsubscribe", "One-Click")]).await.expect(204);
    }
    nobody.get(&format!("{}0", &stop[..stop.len() - 1])).await.expect(404);
    office.answer("Второй пролёт на месте.").await;
    assert_eq!(office.round().await, Vec::new(), "no letters any more");
    mine.get("/ru/account/notices").await.expect(200).says("непрочитан");
    office.person("other-analyst").await.get("/ru/account/notices").await.expect(200).says_not("непрочитан");
}

#[tokio::test]
async fn feeds_of_ones_own_tell_what_is_followed() {
    let office = Office::open().await;
    let mine = office.person("resident").await;
    mine.get("/ru/account/notices/settings").await.expect(200).says_not("/follow/feed/");
    let follow = format!("/ru/follow/project/{}", office.town.project("S-7"));
    mine.post(&follow, &[("on", "1")]).await.expect(303);
    let page = mine.get("/ru/account/notices/settings").await;
    let hrefs = page.expect(200).text().split("href=\"").filter_map(|part| part.split('"').next());
    let feeds: Vec<String> = hrefs
        .filter(|href| href.contains("/follow/feed/") || href.contains("/follow/calendar/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(feeds.len(), 2);
    let reader = Client::new(office.state.clone(), None);
    let feed = reader.get(&feeds[0]).await;
    feed.expect(200).says("<feed").says(&format!("/projects/{}", office.town.project("S-7")));
    assert_eq!(feed.text().matches("<id>tag:").count(), feed.text().matches("<entry>").count());
    feed.says_not(&format!("/projects/{}", office.town.project("S-3")));
    reader.get(&feeds[1]).await.expect(200).says("BEGIN:VCALENDAR").says("END:VCALENDAR");
    for bad in ["x", &"0".repeat(64), &feeds[0].rsplit('/').next().unwrap()[..63]] {
        reader.get(&format!("/ru/follow/feed/{bad}")).await.expect(404);
    }
    mine.post(&follow, &[("on", "0")]).await.expect(303);
    reader.get(&feeds[0]).await.expect(200).says_not("<entry>");
    reader.get(&feeds[1]).await.expect(200).says_not("BEGIN:VEVENT");
    // The person has the addresses made anew: the former ones stop at once.
    mine.post(&follow, &[("on", "1")]).await.expect(303);
    mine.post("/ru/account/notices/feed", &[]).await.expect(303);
    for former in &feeds {
        reader.get(former).await.expect(404);
    }
    let page = mine.get("/ru/account/notices/settings").await;
    let fresh = page.text().split_once("/ru/follow/feed/").unwrap().1.split('"').next().unwrap().to_owned();
    reader.get(&format!("/ru/follow/feed/{fresh}")).await.expect(200).says("<entry>");
    assert!(!feeds[0].ends_with(&fresh));
}

#[tokio::test]
async fn a_browser_is_told_until_it_is_gone() {
    let office = Office::open().await;
    let mine = office.person("resident").await;
    mine.get("/ru/account/notices/settings").await.expect(200).says("data-push");
    let follow = format!("/ru/follow/project/{}", office.town.project("S-7"));
    mine.post(&follow, &[("on", "1")]).await.expect(303);
    let (key, secret) = ("B".repeat(87), "s".repeat(22));
    let browser =
        |endpoint: &'static str| [("endpoint", endpoint), ("key", key.as_str()), ("secret", secret.as_str())];
    for bad in ["", "no address", "https://push.example/ә"] {
        check_page(mine.post("/ru/account/notices/push", &browser(bad)).await.expect(422), "ru");
    }
    mine.post("/ru/account/notices/push", &browser("https://push.example/1")).await.expect(303);
    mine.get("/ru/account/notices/settings").await.expect(200).says("Подключённые браузеры");
    office.answer("Опоры готовы.").await;
    let told = office.round().await;
    assert_eq!(told.len(), 1, "{told:?}");
    let said: serde_json::Value = serde_json::from_str(&told[0].text).unwrap();
    assert!(
        said["link"].as_str().unwrap().starts_with(ORIGIN) && !said["words"].as_str().unwrap().is_empty()
    );
    // A second browser stands beside the first; once it is gone, it is forgotten and the first is told on.
    mine.post("/ru/account/notices/push", &browser("https://push.example/gone")).await.expect(303);
    let listed = async || {
        let page = mine.get("/ru/account/notices/settings").await;
        check_page(page.expect(200), "ru");
        let codes = page.text().split("name=\"browser\" value=\"").skip(1);
        codes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed().await.len(), 2);
    office.answer("Пролёт на месте.").await;
    assert_eq!(office.round().await.len(), 1);
    assert_eq!(listed().await.len(), 1);
    // The only one that is left goes, too: nothing more is tried, and the page says so.
    mine.post("/ru/account/notices/push/leave", &[("browser", "0000000000000000")]).await.expect(303);
    let left = listed().await;
    mine.post("/ru/account/notices/push/leave", &[("browser", &left[0])]).await.expect(303);
    mine.post("/ru/account/notices/push", &browser("https://push.example/gone")).await.expect(303);
    office.town.step(SignedDuration::from_mins(1));
    office.answer("Перила готовы.").await;
    assert_eq!(office.round().await, Vec::new());
    check_page(mine.get("/ru/account/notices/settings").await.expect(200).says("приостановлены"), "ru");
    assert!(listed().await.is_empty());
    office.town.step(SignedDuration::from_mins(1));
    office.answer("Асфальт уложен.").await;
    assert_eq!(office.round().await, Vec::new());
    // A browser that subscribes anew names its former address; there are not more than ten.
    let anew = [("former", "https://push.example/n0")];
    let names: Vec<String> = (0..11).map(|n| format!("https://push.example/n{n}")).collect();
    for name in &names[..10] {
        let fields = [("endpoint", name.as_str()), ("key", &key), ("secret", &secret)];
        mine.post("/ru/account/notices/push", &fields).await.expect(303);
    }
    let last = [("endpoint", names[10].as_str()), ("key", &key), ("secret", &secret)];
    check_page(mine.post("/ru/account/notices/push", &last).await.expect(422), "ru");
    mine.post("/ru/account/notices/push", &[&last[..], &anew[..]].concat()).await.expect(303);
    assert_eq!(listed().await.len(), 10);
}

#[tokio::test]
async fn what_an_act_needs_is_said_before_it_is_refused() {
    let town = Town::open().await;
    let rules = r#"{"second_clerk_from": null, "requirements": [
        {"action": "rate_project", "place": null, "level": 2, "min_age": 16, "scope": "district",
         "valid_from": "2020-01-01", "valid_to": null, "basis": {"kk": "Шешім", "ru": "Решение", "en": "Decision"}, "verified": true},
        {"action": "comment", "place": null, "level": 1, "min_age": null, "scope": "anywhere",
         "valid_from": "2020-01-01", "valid_to": null, "basis": "№ 5", "verified": true}]}"#;
    let rules = akimat_identity::Rules::parse(rules).unwrap();
    let persons = akimat_app::person::Persons { rules, ..Default::default() };
    let state = WebState::new(town.app.clone().with_persons(persons), options());
    let path = format!("/projects/{}", town.project("S-7"));
    let resident = Client::new(state.clone(), town.person("resident").await.token);
    for lang in ["kk", "ru", "en"] {
        for client in [&resident, &Client::new(state.clone(), None)] {
            let page = client.get(&format!("/{lang}{path}")).await;
            check_page(page.expect(200).says("/account/verification"), lang);
        }
    }
    let page = resident.get(&format!("/ru{path}")).await;
    page.expect(200).says("Для этого нужно").says_not("name=\"rating\"").says_not("name=\"body\"");
    resident.post(&format!("/ru{path}/rating"), &[("rating", "5")]).await.expect(403);
    for (lang, words) in [("kk", "Шешім"), ("ru", "Решение"), ("en", "Decision")] {
        resident.get(&format!("/{lang}/account/verification")).await.expect(200).says(words).says("№ 5");
    }
    let plain = town.person("resident").await;
    plain.get(&format!("/ru{path}")).await.expect(200).says_not("Для этого нужно").says("name=\"rating\"");
}
