//! Residents subscribe by mail: nothing is written before they say yes, one click ends it, and nobody learns who reads.

use crate::client::{Answer, Client};
use crate::html::{check_page, unescape, values};
use crate::post::{ORIGIN, Postbag, link};
use crate::town::{Town, options};
use akimat_app::App;
use akimat_app::limit::Rate;
use akimat_app::outbox::Post;
use akimat_storage::{Letter, LetterState, Mailer, PageRequest};
use akimat_web_kit::state::{Limits, WebOptions, WebState};
use jiff::SignedDuration;
use std::sync::Arc;
use uuid::Uuid;

/// The town with a post office.
struct Office {
    town: Town,
    app: App,
    mail: Arc<Postbag>,
    state: WebState,
}

impl Office {
    async fn open(options: WebOptions) -> Self {
        let town = Town::open().await;
        let mail = Arc::new(Postbag::default());
        let post = Post { mailer: Arc::clone(&mail) as Arc<dyn Mailer>, origin: ORIGIN.to_owned() };
        let app = town.app.clone().with_post(post);
        Self { state: WebState::new(app.clone(), options), town, app, mail }
    }

    fn nobody(&self) -> Client {
        Client::new(self.state.clone(), None)
    }

    async fn ask(&self, email: &str, query: &str) -> Answer {
        let fields = [("email", email), ("query", query), ("frequency", "at_once")];
        self.nobody().post("/ru/subscriptions", &fields).await
    }

    /// The server's round: letters are written and sent; answers those that left.
    async fn round(&self) -> Vec<Letter> {
        self.app.write_due_letters().await.unwrap();
        self.app.send_due_letters(Uuid::from_u128(1)).await.unwrap();
        self.mail.take()
    }

    async fn letters(&self, state: LetterState) -> Vec<Letter> {
        self.town.store.list_letters(Some(state), &PageRequest::first(100)).await.unwrap().items
    }

    async fn news(&self, words: &str) {
        news(&self.town, words).await;
    }
}

/// The manager posts news about S-7.
pub(crate) async fn news(town: &Town, words: &str) {
    let manager = town.person("manager").await;
    let path = format!("/ru/admin/projects/{}/progress", town.project("S-7"));
    let form = manager.get(&path).await;
    form.expect(200);
    let tags = crate::html::parse(form.text()).unwrap();
    let own = crate::html::fields(&tags, "body");
    let mut fields: Vec<(&str, &str)> = own
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| !["csrf", "body", "progress_pct"].contains(name))
        .collect();
    fields.extend([("body", words), ("progress_pct", "45")]);
    manager.post(&path, &fields).await.expect(303);
}

#[tokio::test]
async fn a_resident_subscribes_hears_and_leaves() {
    let office = Office::open(options()).await;
    let client = office.nobody();
    for lang in ["kk", "ru", "en"] {
        let page = client.get(&format!("/{lang}/subscriptions/new?sector=transport")).await;
        page.expect(200);
        let tags = check_page(&page, lang);
        assert_eq!(values(&tags, "query"), ["sector=transport"]);
    }
    office.ask("aliya@example.kz", "sector=transport").await.expect(200);
    let sent = office.round().await;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].kind.as_str(), sent[0].unsubscribe.as_str()), ("confirm", ""));
    let confirm = link(&sent[0].text, "/confirm/");
    // Mail programs open links by themselves: opening does nothing.
    check_page(client.get(&confirm).await.expect(200), "ru");
    office.news("Опоры готовы.").await;
    office.town.step(SignedDuration::from_hours(1));
    assert_eq!(office.round().await, Vec::new(), "nothing before the yes");
    client.post(&confirm, &[]).await.expect(303);
    office.town.step(SignedDuration::from_mins(5));
    office.news("Пролёт на месте.").await;
    office.town.step(SignedDuration::from_hours(1));
    let told = office.round().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("Пролёт на месте."), "{}", told[0].text);
    assert!(told[0].html.contains("Пролёт на месте.") && told[0].html.starts_with("<!doctype html>"));
    assert_eq!(told[0].recipient, "aliya@example.kz");
    office.town.step(SignedDuration::from_hours(1));
    assert_eq!(office.round().await, Vec::new(), "the same is not told twice");
    // The page of the address: it shows a part of the address and lets everything be changed.
    let manage = link(&told[0].text, "/subscriptions/");
    let manage = manage.split("/stop/").next().unwrap().to_owned();
    let page = client.get(&manage).await;
    page.expect(200).says("al…@example.kz").says_not("aliya@example.kz");
    let tags = check_page(&page, "ru");
    let change =
        tags.iter().find(|tag| tag.get("action").is_some_and(|to| to.contains("/frequency/"))).unwrap();
    let change = unescape(change.get("action").unwrap());
    let field = format!("frequency-{}", change.rsplit('/').next().unwrap());
    client.post(&change, &[(field.as_str(), "weekly")]).await.expect(303);
    client.post(&change, &[(field.as_str(), "hourly")]).await.expect(404);
    // One click of a mail program (RFC 8058): no session, no proof, no page of ours before.
    let stop = told[0].unsubscribe[ORIGIN.len()..].to_owned();
    check_page(client.get(&stop).await.expect(200), "ru");
    let one_click = [("List-Unsubscribe", "One-Click")];
    client.post_bare(&stop, &one_click).await.expect(204);
    client.post_bare(&stop, &one_click).await.expect(204);
    client.get(&manage).await.expect(404);
    client.get(&stop).await.expect(200);
    let counts = office.town.store.count_subscriptions().await.unwrap();
    assert_eq!((counts.n_subscribers, counts.n_confirmed, counts.n_waiting), (0, 0, 0), "the address went");
    for letter in office.letters(LetterState::Sent).await {
        assert_eq!(
            (letter.recipient.as_str(), letter.text.as_str()),
            ("", ""),
            "no archive of who reads what"
        );
    }
}

#[tokio::test]
async fn nobody_learns_who_reads() {
    let office = Office::open(options()).await;
    let said = |answer: &Answer| answer.text().to_owned();
    let first = office.ask("aliya@example.kz", "").await;
    for letter in office.round().await {
        office.nobody().post(&link(&letter.text, "/confirm/"), &[]).await.expect(303);
    }
    let known = office.ask("Aliya@Example.KZ", "sector=water").await;
    assert_eq!((first.status, said(&first)), (known.status, said(&known)));
    for _ in 0..20 {
        let again = office.ask("aliya@example.kz", "sector=water").await;
        assert_eq!((again.status, said(&again)), (first.status, said(&first)));
    }
    assert!(office.round().await.len() <= 5, "an address is not flooded");
    // Forged keys find nothing.
    let key = format!("{}.{}", Uuid::nil().simple(), "0".repeat(64));
    for path in ["", "/confirm/00000000000000000000000000000000"] {
        office.nobody().get(&format!("/ru/subscriptions/{key}{path}")).await.expect(404);
        office.nobody().get(&format!("/ru/subscriptions/x{path}")).await.expect(404);
    }
    office.nobody().post(&format!("/ru/subscriptions/{key}/stop"), &[]).await.expect(200);
    for bad in ["", "aliya", "a@b", "a@b.kz\r\nBcc: c@d.kz", "<a@b.kz>"] {
        let answer = office.ask(bad, "sector=water").await;
        check_page(answer.expect(422), "ru");
    }
}

#[tokio::test]
async fn asking_is_limited_by_where_it_comes_from() {
    let register = Rate { burst: 2, per_minute: 1 };
    let office =
        Office::open(WebOptions { limits: Limits { register, ..options().limits }, ..options() }).await;
    office.ask("a@example.kz", "").await.expect(200);
    office.ask("b@example.kz", "").await.expect(200);
    office.ask("c@example.kz", "").await.expect(429);
}

#[tokio::test]
async fn letters_are_tried_again_and_given_up() {
    let office = Office::open(options()).await;
    office.ask("slow@example.kz", "").await.expect(200);
    office.ask("bounce@example.kz", "").await.expect(200);
    assert_eq!(office.round().await, Vec::new());
    assert_eq!(office.letters(LetterState::Failed).await.len(), 1, "refused for good");
    let counts = office.town.store.count_subscriptions().await.unwrap();
    assert_eq!(counts.n_subscribers, 1, "an address that does not exist is forgotten");
    let mut rounds = 0;
    while office.letters(LetterState::Failed).await.len() < 2 {
        office.town.step(SignedDuration::from_hours(24));
        office.round().await;
        rounds += 1;
        assert!(rounds < 10, "it is given up in the end");
    }
    let admin = Client::new(office.state.clone(), office.town.person("admin").await.token);
    for lang in ["kk", "ru", "en"] {
        let page = admin.get(&format!("/{lang}/admin/outbox?state=failed")).await;
        page.expect(200).says("mail.example.kz").says("550").says_not("bounce@");
        check_page(&page, lang);
    }
}

#[tokio::test]
async fn without_mail_the_page_says_so() {
    let town = Town::open().await;
    for lang in ["kk", "ru", "en"] {
        let page = town.nobody().get(&format!("/{lang}/subscriptions/new")).await;
        page.expect(200).says("/projects/feed.atom").says_not("name=\"email\"");
    }
    town.nobody().post("/ru/subscriptions", &[("email", "a@example.kz")]).await.expect(422);
}
