//! Signing in by code, sessions, passwords and the second step.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::post::{ORIGIN, Postbag};
use crate::town::{PASSWORD, Town, options};
use akimat_app::App;
use akimat_app::account::{Browser, Entered};
use akimat_app::outbox::Post;
use akimat_app::secret::PlatformKey;
use akimat_app::totp;
use akimat_storage::{ContactKind, Letter, Mailer};
use akimat_web_kit::state::WebState;
use jiff::SignedDuration;
use std::sync::Arc;
use uuid::Uuid;

/// The town with a key and a post office.
pub(crate) struct Office {
    pub(crate) town: Town,
    pub(crate) app: App,
    mail: Arc<Postbag>,
    state: WebState,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::with(false).await
    }

    async fn with(staff_factor: bool) -> Self {
        let town = Town::open().await;
        let mail = Arc::new(Postbag::default());
        let post = Post { mailer: Arc::clone(&mail) as Arc<dyn Mailer>, origin: ORIGIN.to_owned() };
        let app = town.app.clone().with_post(post).with_key(PlatformKey::new([9; 32]));
        let app = app.with_staff_factor(staff_factor);
        Self { state: WebState::new(app.clone(), options()), town, app, mail }
    }

    pub(crate) fn client(&self, token: Option<String>) -> Client {
        Client::new(self.state.clone(), token)
    }

    pub(crate) async fn person(&self, login: &str) -> Client {
        self.client(self.town.person(login).await.token)
    }

    /// What left since the last round.
    pub(crate) async fn round(&self) -> Vec<Letter> {
        self.app.send_due_letters(Uuid::from_u128(1)).await.unwrap();
        self.mail.take()
    }

    /// Asks for a code; answers the page that wants it, and the code when one was sent.
    async fn ask(&self, from: &Client, path: &str, contact: &str) -> (String, Option<String>) {
        let answer = from.post(path, &[("contact", contact)]).await;
        let page = answer.expect(303).location().split('?').next().unwrap().to_owned();
        (page, self.round().await.first().and_then(|letter| code_in(&letter.text)))
    }

    /// Signs in by code; the name opens an account.
    pub(crate) async fn enter(&self, contact: &str, name: &str) -> Client {
        let client = self.client(None);
        let (page, code) = self.ask(&client, "/ru/sign-in/code", contact).await;
        let code = code.unwrap();
        let answer = client.post(&page, &[("code", &code), ("display_name", name)]).await;
        self.client(Some(cookie(answer.expect(303), "akimat_session")))
    }
}

pub(crate) fn code_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
}

pub(crate) fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let found = all.filter_map(|line| line.split_once('=')).find(|(key, _)| *key == name);
    found.unwrap_or_else(|| panic!("no cookie {name}")).1.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_resident_opens_an_account_with_a_code_and_comes_back_with_another() {
    let office = Office::open().await;
    let client = office.client(None);
    for lang in ["kk", "ru", "en"] {
        check_page(client.get(&format!("/{lang}/sign-in/code")).await.expect(200), lang);
    }
    let (page, code) = office.ask(&client, "/ru/sign-in/code", "Aliya@Example.kz").await;
    let code = code.unwrap();
    for lang in ["kk", "ru", "en"] {
        check_page(client.get(&page.replace("/ru/", &format!("/{lang}/"))).await.expect(200), lang);
    }
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let told = client.post(&page, &[("code", wrong)]).await;
    check_page(told.expect(422).says("Осталось попыток: 4"), "ru");
    let asked = client.post(&page, &[("code", &code)]).await;
    check_page(asked.expect(200).says("f-display_name").says("Код верный"), "ru");
    let opened = client.post(&page, &[("code", &code), ("display_name", "Әлия С.")]).await;
    assert!(opened.expect(303).header("set-cookie").contains("HttpOnly"));
    assert_eq!(cookie(&opened, "akimat_device").len(), 64);
    let held = office.town.store.find_contact(ContactKind::Email, "aliya@example.kz").await.unwrap().unwrap();
    assert_eq!(held.address, "Aliya@Example.kz");
    // The same code again, as from a second tab or a stolen letter.
    let again = client.post(&page, &[("code", &code), ("display_name", "Другая")]).await;
    check_page(again.expect(422).says("уже использован"), "ru");
    let signed_in = office.client(Some(cookie(&opened, "akimat_session")));
    signed_in.get("/ru/account").await.expect(200).says("Әлия С.").says_not("contact-");
    let back = office.enter("aliya@example.kz", "").await;
    back.get("/ru/account").await.expect(200).says("Әлия С.");
    let letters = office.round().await;
    assert_eq!(letters.len(), 1, "a sign-in from a new device is told: {letters:?}");
    assert!(letters[0].text.contains("вошли с устройства"), "{}", letters[0].text);
    // From a device that is known nothing is told.
    let (page, code) = office.ask(&client, "/ru/sign-in/code", "aliya@example.kz").await;
    let request = client
        .form(&page, &[])
        .header("cookie", format!("akimat_device={}", cookie(&opened, "akimat_device")));
    let body = crate::client::encode(&[("csrf", ""), ("code", &code.unwrap())]);
    client.send(request.body(body.into()).unwrap()).await.expect(303);
    assert_eq!(office.round().await, Vec::new());
}

#[tokio::test]
async fn nobody_learns_which_addresses_have_accounts() {
    let office = Office::open().await;
    office.enter("aliya@example.kz", "Әлия").await;
    let client = office.client(None);
    for path in ["code", "reset"] {
        let mut seen = Vec::new();
        for contact in ["aliya@example.kz", "nobody@example.kz"] {
            let answer = client.post(&format!("/en/sign-in/{path}"), &[("contact", contact)]).await;
            let to = answer.expect(303).location().to_owned();
            let id = to.split(['/', '?']).nth(4).unwrap().to_owned();
            let page = client.get(&to).await;
            seen.push((to.replace(&id, ""), page.expect(200).text().replace(&id, "")));
        }
        assert_eq!(seen[0], seen[1]);
    }
    // More than five an hour: the answer is the same, no letter goes.
    let mut n_letters = 0;
    for _ in 0..10 {
        client.post("/en/sign-in/code", &[("contact", "busy@example.kz")]).await.expect(303);
        n_letters +=
            office.round().await.iter().filter(|letter| letter.recipient == "busy@example.kz").count();
    }
    assert_eq!(n_letters, 5);
    for bad in ["", "aliya", "+7", "a@b.kz\r\nBcc: c@d.kz"] {
        check_page(client.post("/en/sign-in/code", &[("contact", bad)]).await.expect(422), "en");
    }
}

#[tokio::test]
async fn codes_end_by_time_and_by_attempts() {
    let office = Office::open().await;
    let client = office.client(None);
    let (page, code) = office.ask(&client, "/en/sign-in/code", "+7 701 123 45 67").await;
    let code = code.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for left in ["left: 4", "left: 3", "left: 2", "left: 1", "too often"] {
        client.post(&page, &[("code", wrong)]).await.expect(422).says(left);
    }
    client.post(&page, &[("code", &code), ("display_name", "A")]).await.expect(422).says("too often");
    let (page, code) = office.ask(&client, "/en/sign-in/code", "8 701 123 45 67").await;
    office.town.step(SignedDuration::from_mins(10));
    let late = client.post(&page, &[("code", &code.unwrap()), ("display_name", "A")]).await;
    late.expect(422).says("no longer valid");
    client.get("/en/sign-in/code/x").await.expect(404);
    let forged = format!("/en/sign-in/code/{}", Uuid::nil());
    client.post(&forged, &[("code", "000000")]).await.expect(422).says("no longer valid");
    let (page, code) = office.ask(&client, "/en/sign-in/code", "77011234567").await;
    client.post(&page, &[("code", &code.unwrap()), ("display_name", "A")]).await.expect(303);
    let held = office.town.store.find_contact(ContactKind::Phone, "+77011234567").await.unwrap();
    assert_eq!(held.unwrap().address, "+77011234567");
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let office = Office::open().await;
    let (one, other) = (office.person("resident").await, office.person("resident").await);
    let stranger = office.person("neighbour").await;
    for lang in ["kk", "ru", "en"] {
        check_page(one.get(&format!("/{lang}/account/security")).await.expect(200), lang);
    }
    let page = one.get("/ru/account/security").await;
    let path = page.text().split("action=\"").filter_map(|part| part.split('"').next());
    let end = path.filter(|path| path.contains("/sessions/")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(end.len(), 1, "this browser has no button");
    stranger.post(&end[0], &[]).await.expect(404);
    other.get("/ru/account").await.expect(200);
    one.post(&end[0], &[]).await.expect(303);
    other.get("/ru/account").await.expect(303);
    one.post(&end[0], &[]).await.expect(404);
    let third = office.person("resident").await;
    one.post("/ru/account/security/sessions", &[]).await.expect(303);
    third.get("/ru/account").await.expect(303);
    one.get("/ru/account").await.expect(200);
    stranger.get("/ru/account").await.expect(200);
    one.post_bare("/ru/account/security/sessions", &[]).await.expect(403);
}

#[tokio::test]
async fn whoever_signs_in_gets_a_session_of_the_own() {
    let office = Office::open().await;
    let planted = office.person("neighbour").await;
    let fields = [("login", "resident"), ("password", PASSWORD)];
    let answer = planted.post("/ru/sign-in", &fields).await;
    let fresh = cookie(answer.expect(303), "akimat_session");
    assert_ne!(Some(&fresh), planted.token.as_ref());
    planted.get("/ru/account").await.expect(303);
    office.client(Some(fresh)).get("/ru/account").await.expect(200).says("Тұрғын resident");
    // A token that somebody else made up is not taken over either.
    let made_up = "ab".repeat(32);
    let client = Client { token: Some(made_up.clone()), ..office.client(None) };
    let answer = client.post_bare("/ru/sign-in", &fields).await;
    assert_ne!(cookie(answer.expect(303), "akimat_session"), made_up);
}

#[tokio::test]
async fn passwords_are_changed_and_set_anew() {
    let office = Office::open().await;
    let (one, other) = (office.person("resident").await, office.person("resident").await);
    for lang in ["kk", "ru", "en"] {
        check_page(one.get(&format!("/{lang}/account/password")).await.expect(200), lang);
    }
    let good = "көк тауда қыран";
    let form = |present: &'static str, new: &'static str| {
        [("present", present), ("password", new), ("password_again", new)]
    };
    for (present, new, words) in [
        ("not this one", good, "present password is not right"),
        (PASSWORD, "short", "at least 12"),
        (PASSWORD, "Password2026!", "easy to guess"),
        (PASSWORD, "resident-resident", "easy to guess"),
    ] {
        let told = one.post("/en/account/password", &form(present, new)).await;
        check_page(told.expect(422), "en");
        assert!(told.text().to_lowercase().contains(words), "{new}: {words}");
    }
    one.post("/en/account/password", &form(PASSWORD, good)).await.expect(303);
    other.get("/en/account").await.expect(303);
    one.get("/en/account").await.expect(200);
    let sign_in = async |password| {
        office
            .client(None)
            .post("/en/sign-in", &[("login", "resident"), ("password", password)])
            .await
            .status
            .as_u16()
    };
    assert_eq!((sign_in(PASSWORD).await, sign_in(good).await), (422, 303));
    // Without a password there is none to guess, and a code sets one.
    let mine = office.enter("aliya@example.kz", "Әлия").await;
    let empty = [("login", "aliya@example.kz"), ("password", "")];
    office.client(None).post("/en/sign-in", &empty).await.expect(422);
    let (page, code) = office.ask(&office.client(None), "/en/sign-in/reset", "aliya@example.kz").await;
    let code = code.unwrap();
    check_page(office.client(None).get(&page).await.expect(200), "en");
    let fields = [("code", code.as_str()), ("password", good), ("password_again", good)];
    office.client(None).post(&page, &fields).await.expect(303);
    mine.get("/en/account").await.expect(303);
    let with = [("login", "Aliya@Example.kz"), ("password", good)];
    office.client(None).post("/en/sign-in", &with).await.expect(303);
    office.client(None).post(&page, &fields).await.expect(422).says("used already");
    // An address without an account hears so by letter alone.
    office.round().await;
    let (_, code) = office.ask(&office.client(None), "/en/sign-in/reset", "nobody@example.kz").await;
    assert_eq!(code, None);
}

#[tokio::test]
async fn addresses_are_added_and_removed() {
    let office = Office::open().await;
    let mine = office.enter("aliya@example.kz", "Әлия").await;
    let stranger = office.person("neighbour").await;
    let (page, code) = office.ask(&mine, "/ru/account/contacts", "8 701 123 45 67").await;
    let code = code.unwrap();
    for lang in ["kk", "ru", "en"] {
        check_page(mine.get(&page.replace("/ru/", &format!("/{lang}/"))).await.expect(200), lang);
    }
    stranger.post(&page, &[("code", &code)]).await.expect(422);
    mine.post(&page, &[("code", &code)]).await.expect(303);
    let told = office.round().await;
    assert_eq!(told.len(), 1, "the former address is told");
    // What another account holds is told to whoever reads there.
    let (page, code) = office.ask(&stranger, "/ru/account/contacts", "aliya@example.kz").await;
    stranger.post(&page, &[("code", &code.unwrap())]).await.expect(422).says("другой учётной записи");
    let account =
        office.town.store.find_contact(ContactKind::Email, "aliya@example.kz").await.unwrap().unwrap();
    let all = office.app.read().list_contacts(account.account).await.unwrap();
    assert_eq!(all.len(), 2);
    let remove = |id: Uuid| format!("/ru/account/contacts/{id}/remove");
    stranger.post(&remove(all[0].id), &[]).await.expect(404);
    mine.post(&remove(all[0].id), &[]).await.expect(303);
    let kept = mine.post(&remove(all[1].id), &[]).await;
    check_page(kept.expect(422).says("единственный способ войти"), "ru");
}

/// Switches the second step on; answers the secret and the recovery codes.
async fn switch_on(office: &Office, client: &Client, login: &str) -> (Vec<u8>, Vec<String>) {
    let page = client.get("/ru/account/security/factor").await;
    check_page(page.expect(200), "ru");
    assert_eq!(page.header("cache-control"), "no-store");
    let account = &office.town.people[login];
    let secret =
        office.app.begin_second_factor(Some(account), client.token.as_deref().unwrap()).await.unwrap();
    assert!(page.text().replace(' ', "").contains(&totp::base32(&secret)));
    client.post("/ru/account/security/factor", &[("code", "000000"), ("act", "confirm")]).await.expect(422);
    let code = totp::code(&secret, totp::step_at(office.app.now()), totp::DIGITS);
    let done = client.post("/ru/account/security/factor", &[("code", &code), ("act", "confirm")]).await;
    check_page(done.expect(200), "ru");
    let codes = done.text().split("<code>").skip(1).filter_map(|part| part.split('<').next());
    (secret, codes.map(str::to_owned).collect())
}

#[tokio::test]
async fn a_second_step_is_asked_for_and_works_once() {
    let office = Office::open().await;
    let one = office.person("manager").await;
    let (secret, recovery) = switch_on(&office, &one, "manager").await;
    assert_eq!(recovery.len(), 10);
    let begin = async || {
        let fields = [("login", "manager"), ("password", PASSWORD)];
        let answer = office.client(None).post("/ru/sign-in", &fields).await;
        assert_eq!(answer.expect(303).header("set-cookie"), "", "nobody is signed in yet");
        answer.location().split('?').next().unwrap().to_owned()
    };
    let page = begin().await;
    for lang in ["kk", "ru", "en"] {
        let page = office.client(None).get(&page.replace("/ru/", &format!("/{lang}/"))).await;
        check_page(page.expect(200), lang);
    }
    let now = || totp::code(&secret, totp::step_at(office.app.now()), totp::DIGITS);
    let enter = async |page: &str, code: &str| office.client(None).post(page, &[("code", code)]).await;
    enter(&page, &now()).await.expect(422).says("уже использован");
    office.town.step(SignedDuration::from_secs(30));
    let code = now();
    let signed_in = enter(&page, &code).await;
    let client = office.client(Some(cookie(signed_in.expect(303), "akimat_session")));
    client.get("/ru/admin").await.expect(200);
    enter(&page, &code).await.expect(422);
    let page = begin().await;
    enter(&page, &code).await.expect(422).says("уже использован");
    enter(&page, &recovery[0].to_lowercase()).await.expect(303);
    let page = begin().await;
    enter(&page, &recovery[0]).await.expect(422);
    for _ in 0..4 {
        enter(&page, "000000").await.expect(422);
    }
    enter(&page, &recovery[1]).await.expect(422).says("Начните заново");
    client.get("/ru/account/security").await.expect(200).says("9 запасных кодов");
    let factor = "/ru/account/security/factor";
    client.post(factor, &[("code", "AAAAA-AAAAA"), ("act", "remove")]).await.expect(422);
    check_page(client.post(factor, &[("code", &recovery[2]), ("act", "renew")]).await.expect(200), "ru");
    client.post(factor, &[("code", &recovery[3]), ("act", "remove")]).await.expect(422);
    office.town.step(SignedDuration::from_secs(30));
    client.post(factor, &[("code", &now()), ("act", "remove")]).await.expect(303);
    let fields = [("login", "manager"), ("password", PASSWORD)];
    let answer = office.client(None).post("/ru/sign-in", &fields).await;
    assert_eq!(cookie(answer.expect(303), "akimat_session").len(), 64);
}

#[tokio::test]
async fn staff_work_only_with_a_second_step_where_it_is_demanded() {
    let office = Office::with(true).await;
    let manager = office.person("manager").await;
    assert_eq!(manager.get("/ru/admin").await.expect(303).location(), "/ru/account/security");
    manager.get("/ru/account").await.expect(303);
    manager.get("/ru/projects").await.expect(200);
    check_page(manager.get("/ru/account/security").await.expect(200).says("нужен второй шаг"), "ru");
    office.person("resident").await.get("/ru/account").await.expect(200);
    let (secret, _) = switch_on(&office, &manager, "manager").await;
    manager.get("/ru/admin").await.expect(200);
    office.town.step(SignedDuration::from_secs(30));
    let code = totp::code(&secret, totp::step_at(office.app.now()), totp::DIGITS);
    let fields = [("code", code.as_str()), ("act", "remove")];
    manager.post("/ru/account/security/factor", &fields).await.expect(422).says("выключить нельзя");
}

#[tokio::test]
async fn what_changes_signing_in_needs_a_session_that_has_just_begun() {
    let office = Office::open().await;
    let one = office.person("resident").await;
    office.town.step(SignedDuration::from_mins(16));
    let page = one.get("/ru/account/security/factor").await;
    check_page(page.expect(200).says("Вы вошли давно"), "ru");
    let mine = office.enter("aliya@example.kz", "Әлия").await;
    office.town.step(SignedDuration::from_mins(16));
    let fields = [("password", "көк тауда қыран"), ("password_again", "көк тауда қыран")];
    check_page(mine.post("/ru/account/password", &fields).await.expect(422).says("Вы вошли давно"), "ru");
}

#[tokio::test]
async fn without_mail_or_key_the_password_still_lets_in() {
    let town = Town::open().await;
    check_page(town.nobody().get("/ru/sign-in/code").await.expect(200).says("не настроена"), "ru");
    town.nobody().post("/ru/sign-in/code", &[("contact", "a@example.kz")]).await.expect(422);
    town.nobody().get("/ru/sign-in").await.expect(200).says_not("/sign-in/code");
    let entered = town.app.sign_in("resident", PASSWORD, &Browser::default()).await.unwrap();
    assert!(matches!(entered, Entered::In(_)));
}

#[tokio::test]
async fn a_session_that_rests_ends_and_that_of_staff_sooner() {
    use akimat_app::session::{SESSIONS_MAX, SessionTerms};
    let office = Office::open().await;
    let app = office.app.clone().with_session_terms(SessionTerms::default());
    let state = WebState::new(app, options());
    let office = Office { state, ..office };
    // Login, minutes between two requests, and whether the session is alive after each.
    for (login, steps) in [
        ("resident", &[(71 * 60, true), (71 * 60, true), (72 * 60, false), (0, false)][..]),
        ("manager", &[(50, true), (59, true), (60, false), (0, false)]),
        ("admin", &[(61, false)]),
    ] {
        let client = office.person(login).await;
        client.get("/ru/account").await.expect(200);
        for (minutes, alive) in steps {
            office.town.step(SignedDuration::from_mins(*minutes));
            let status = client.get("/ru/account").await.status.as_u16();
            assert_eq!(status, if *alive { 200 } else { 303 }, "{login} {minutes}");
        }
    }
    // However often it is used, the session of staff ends with the working day.
    let busy = office.person("analyst").await;
    for _ in 0..15 {
        busy.get("/ru/account").await.expect(200);
        office.town.step(SignedDuration::from_mins(48));
    }
    busy.get("/ru/account").await.expect(303);
    // One more than there is room for ends the one that rested longest.
    let mut browsers = Vec::new();
    for _ in 0..=SESSIONS_MAX {
        let fields = [("login", "neighbour"), ("password", PASSWORD)];
        let answer = office.client(None).post("/ru/sign-in", &fields).await;
        browsers.push(office.client(Some(cookie(answer.expect(303), "akimat_session"))));
        office.town.step(SignedDuration::from_secs(1));
    }
    browsers[0].get("/ru/account").await.expect(303);
    for alive in &browsers[1..] {
        alive.get("/ru/account").await.expect(200);
    }
}

#[tokio::test]
async fn what_lasts_needs_a_session_that_has_just_begun() {
    let office = Office::open().await;
    let mine = office.enter("aliya@example.kz", "Әлия").await;
    let analyst = office.person("analyst").await;
    office.town.step(SignedDuration::from_mins(16));
    let held = office.town.store.find_contact(ContactKind::Email, "aliya@example.kz").await.unwrap().unwrap();
    let login = office.app.read().find_account(held.account).await.unwrap().unwrap().login;
    let remove = format!("/ru/account/contacts/{}/remove", held.id);
    for (client, path, fields) in [
        (&mine, "/ru/account/contacts", vec![("contact", "8 701 123 45 67")]),
        (&mine, remove.as_str(), vec![]),
        (&mine, "/ru/account/data/erase", vec![("login", login.as_str())]),
        (&analyst, "/ru/account/tokens", vec![("name", "1C"), ("days", "30")]),
    ] {
        let told = client.post(path, &fields).await;
        check_page(told.expect(422).says("Вы вошли давно").says("Войти заново"), "ru");
    }
    assert_eq!(office.round().await, Vec::new(), "nothing was sent");
}

#[tokio::test]
async fn a_lost_second_step_is_removed_by_two_administrators() {
    let office = Office::open().await;
    let manager = office.person("manager").await;
    let (page, code) = office.ask(&manager, "/ru/account/contacts", "manager@example.kz").await;
    manager.post(&page, &[("code", &code.unwrap())]).await.expect(303);
    switch_on(&office, &manager, "manager").await;
    office.round().await;
    let second = akimat_app::account::NewAccount {
        login: "second-admin".to_owned(),
        display_name: "Екінші әкімші".to_owned(),
        password: PASSWORD.to_owned(),
        role: akimat_core::Role::Administrator,
        place: office.town.people["admin"].place,
        office: "Әкімдік".to_owned(),
    };
    let second = office.app.open_account_as_operator(second).await.unwrap();
    let (one, two) =
        (office.person("admin").await, office.client(office.town.as_account(second.id).await.token));
    let path = format!("/ru/admin/accounts/{}", office.town.people["manager"].id);
    for lang in ["kk", "ru", "en"] {
        check_page(one.get(&path.replace("/ru/", &format!("/{lang}/"))).await.expect(200), lang);
    }
    let ask = format!("{path}/factor");
    check_page(one.post(&ask, &[("reset_reason", " ")]).await.expect(422), "ru");
    manager.post(&ask, &[("reset_reason", "сам")]).await.expect(403);
    one.post(&ask, &[("reset_reason", "пришёл с удостоверением")]).await.expect(303);
    one.post(&ask, &[("reset_reason", "ещё раз")]).await.expect(422).says("ждёт подтверждения");
    let told = office.round().await;
    assert!(told.len() == 1 && told[0].text.contains("попросил убрать"), "{told:?}");
    let list = two.get("/ru/admin/accounts").await;
    check_page(list.expect(200).says("пришёл с удостоверением"), "ru");
    let act = list.text().split("action=\"").filter_map(|part| part.split('"').next());
    let act = act.filter(|path| path.contains("factor-resets")).map(str::to_owned).next().unwrap();
    one.get(&path).await.expect(200).says("сам подтвердить не может").says_not("value=\"done\"");
    one.post(&act, &[("act", "done")]).await.expect(403);
    manager.post(&act, &[("act", "done")]).await.expect(403);
    office.town.step(SignedDuration::from_mins(16));
    check_page(two.post(&act, &[("act", "done")]).await.expect(422).says("Вы вошли давно"), "ru");
    let two = office.client(office.town.as_account(second.id).await.token);
    two.post(&act, &[("act", "done")]).await.expect(303);
    two.post(&act, &[("act", "done")]).await.expect(409);
    let told = office.round().await;
    assert!(told.len() == 1 && told[0].text.contains("два администратора"), "{told:?}");
    manager.get("/ru/account").await.expect(303);
    let fields = [("login", "manager"), ("password", PASSWORD)];
    let answer = office.client(None).post("/ru/sign-in", &fields).await;
    let manager = office.client(Some(cookie(answer.expect(303), "akimat_session")));
    manager.get("/ru/account/data").await.expect(200).says("удалён второй шаг");
    // A refusal leaves the second step where it is; sessions end without it, too.
    switch_on(&office, &manager, "manager").await;
    let one = office.person("admin").await;
    one.post(&ask, &[("reset_reason", "звонил")]).await.expect(303);
    let list = two.get("/ru/admin/accounts").await;
    let act = list.text().split("action=\"").filter_map(|part| part.split('"').next());
    let act = act.filter(|path| path.contains("factor-resets")).map(str::to_owned).next().unwrap();
    two.post(&act, &[("act", "refused")]).await.expect(303);
    manager.get("/ru/account").await.expect(200);
    one.post(&format!("{path}/sessions"), &[]).await.expect(303);
    manager.get("/ru/account").await.expect(303);
    office.town.nobody().post(&format!("{path}/sessions"), &[]).await.expect(303);
}
