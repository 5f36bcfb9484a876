//! Signing in by an identity provider, with a provider that says what the test wants.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::town::{Town, options};
use akimat_app::App;
use akimat_app::provider::{IdentityProvider, ProviderAttempt, ProviderFault, ProviderPerson};
use akimat_app::secret::PlatformKey;
use akimat_storage::ProviderSession;
use akimat_web_kit::state::WebState;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};

/// Says of everybody who brings the code `good` that it is this person.
pub(crate) struct Region(Mutex<ProviderPerson>);

impl Default for Region {
    fn default() -> Self {
        Self(Mutex::new(person(2)))
    }
}

impl IdentityProvider for Region {
    fn name(&self) -> &'static str {
        "region"
    }

    fn label(&self) -> &'static str {
        "Өңір ID"
    }

    fn issuer(&self) -> &'static str {
        "https://id.example"
    }

    fn begin(&self, attempt: &ProviderAttempt, lang: &str, _: i64) -> Result<String, ProviderFault> {
        assert!([&attempt.state, &attempt.nonce, &attempt.verifier].iter().all(|text| text.len() == 64));
        Ok(format!("https://id.example/auth?ui_locales={lang}&state={}", attempt.state))
    }

    fn finish(
        &self,
        _: &ProviderAttempt,
        code: &str,
        _: Option<&str>,
        _: i64,
    ) -> Result<ProviderPerson, ProviderFault> {
        match code {
            "good" => Ok(self.0.lock().unwrap().clone()),
            "gone" => Err(ProviderFault::Unreachable("down".to_owned())),
            _ => Err(ProviderFault::Untrusted("signature".to_owned())),
        }
    }

    fn logout(&self, token: &str, _: i64) -> Result<ProviderSession, ProviderFault> {
        if token == "ends" {
            return Ok(ProviderSession { session: String::new(), ..self.0.lock().unwrap().session.clone() });
        }
        Err(ProviderFault::Untrusted("signature".to_owned()))
    }
}

fn person(level: u8) -> ProviderPerson {
    let session = ProviderSession {
        issuer: "https://id.example".to_owned(),
        subject: "aliya".to_owned(),
        session: "s1".to_owned(),
    };
    ProviderPerson { session, level, name: "Әлия Серікқызы".to_owned() }
}

struct Desk {
    town: Town,
    app: App,
    state: WebState,
    region: Arc<Region>,
}

impl Desk {
    async fn open() -> Self {
        let town = Town::open().await;
        let region = Arc::new(Region::default());
        let app = town.app.clone().with_key(PlatformKey::new([5; 32]));
        let app = app.with_providers(vec![Arc::clone(&region) as Arc<dyn IdentityProvider>]);
        Self { state: WebState::new(app.clone(), options()), town, app, region }
    }

    /// Leaves for the provider: the state that it was given, and what the browser keeps.
    async fn leave(&self) -> (String, String) {
        let client = Client::new(self.state.clone(), None);
        let answer = client.get("/ru/sign-in/provider/region?next=/projects").await;
        let state = answer.expect(303).location().rsplit_once("state=").unwrap().1.to_owned();
        (state, cookie(&answer, "akimat_away"))
    }

    async fn back(&self, query: &str, kept: &str) -> Answer {
        let client = Client::new(self.state.clone(), None);
        let request = client.request("GET", &format!("/auth/region/callback?{query}"));
        let request = request.header("cookie", format!("akimat_away={kept}")).header("accept-language", "ru");
        client.send(request.body(axum::body::Body::empty()).unwrap()).await
    }
}

fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let found = all.filter_map(|line| line.split_once('=')).find(|(key, _)| *key == name);
    found.unwrap().1.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_signs_in_by_a_provider_and_is_the_same_the_next_time() {
    let desk = Desk::open().await;
    let nobody = Client::new(desk.state.clone(), None);
    for lang in ["kk", "ru", "en"] {
        let page = nobody.get(&format!("/{lang}/sign-in")).await;
        check_page(page.expect(200).says("Өңір ID").says("/sign-in/provider/region"), lang);
    }
    let (state, kept) = desk.leave().await;
    let came = desk.back(&format!("state={state}&code=good"), &kept).await;
    assert_eq!(came.expect(303).location(), "/ru/projects");
    assert_eq!(cookie(&came, "akimat_away"), "", "what was kept goes");
    let client = Client::new(desk.state.clone(), Some(cookie(&came, "akimat_session")));
    client.get("/ru/account").await.expect(200).says("Әлия Серікқызы");
    client.get("/ru/account/security").await.expect(200).says("через поставщика");
    let known = desk.app.read().find_provider_identity("https://id.example", "aliya").await.unwrap().unwrap();
    assert_eq!(known.level, 2);
    *desk.region.0.lock().unwrap() = ProviderPerson { name: "Другое имя".to_owned(), ..person(3) };
    let (state, kept) = desk.leave().await;
    desk.back(&format!("state={state}&code=good"), &kept).await.expect(303);
    let again = desk.app.read().find_provider_identity("https://id.example", "aliya").await.unwrap().unwrap();
    assert_eq!((again.account, again.level), (known.account, 3));
    // The provider ends the session there, and with it those here.
    nobody.post("/auth/region/logout", &[("logout_token", "forged")]).await.expect(400);
    client.get("/ru/account").await.expect(200);
    nobody.post("/auth/region/logout", &[("logout_token", "ends")]).await.expect(200);
    client.get("/ru/account").await.expect(303);
    nobody.post("/auth/other/logout", &[("logout_token", "ends")]).await.expect(404);
}

#[tokio::test]
async fn a_return_that_is_not_of_this_browser_signs_nobody_in() {
    let desk = Desk::open().await;
    let (state, kept) = desk.leave().await;
    let (other_state, other_kept) = desk.leave().await;
    for (query, kept, words) in [
        (format!("state={state}&code=good"), other_kept.as_str(), "слишком давно или в другом браузере"),
        (format!("state={other_state}&code=good"), kept.as_str(), "в другом браузере"),
        (format!("state={state}&code=good"), "", "в другом браузере"),
        (format!("state={state}&code=good"), "00ff", "в другом браузере"),
        ("code=good".to_owned(), kept.as_str(), "в другом браузере"),
        (format!("state={state}&error=access_denied"), kept.as_str(), "не подтвердил вход"),
        (format!("state={state}"), kept.as_str(), "не подтвердил вход"),
        (format!("state={state}&code=forged"), kept.as_str(), "не удалось проверить"),
        (format!("state={state}&code=gone"), kept.as_str(), "недоступен"),
    ] {
        let answer = desk.back(&query, kept).await;
        check_page(answer.expect(422).says(words), "ru");
        let mut set = answer.headers.get_all("set-cookie").iter();
        assert!(set.all(|line| !line.to_str().unwrap().starts_with("akimat_session")), "{query}");
    }
    desk.town.step(SignedDuration::from_mins(10));
    desk.back(&format!("state={state}&code=good"), &kept).await.expect(422);
    let nobody = Client::new(desk.state.clone(), None);
    nobody.get("/ru/sign-in/provider/other").await.expect(404);
    assert!(desk.app.read().find_provider_identity("https://id.example", "aliya").await.unwrap().is_none());
}

#[tokio::test]
async fn an_identity_is_linked_to_the_account_that_is_signed_in() {
    let desk = Desk::open().await;
    let mine = Client::new(desk.state.clone(), desk.town.person("resident").await.token);
    for lang in ["kk", "ru", "en"] {
        let page = mine.get(&format!("/{lang}/account/security")).await;
        check_page(page.expect(200).says("Өңір ID").says("/account/security/provider/region"), lang);
    }
    let go = async |client: &Client| {
        let answer = client.post("/ru/account/security/provider/region", &[]).await;
        let state = answer.expect(303).location().rsplit_once("state=").unwrap().1.to_owned();
        (state, cookie(&answer, "akimat_away"))
    };
    let come = async |client: &Client, state: &str, kept: &str| {
        let request = client.request("GET", &format!("/auth/region/callback?state={state}&code=good"));
        let session = client.token.clone().unwrap_or_default();
        let cookies = format!("akimat_away={kept}; akimat_session={session}");
        let request = request.header("cookie", cookies).header("accept-language", "ru");
        client.send(request.body(axum::body::Body::empty()).unwrap()).await
    };
    // Brought back by another browser, or by one that is signed in as somebody else, nothing is linked.
    let (state, kept) = go(&mine).await;
    let stranger = Client::new(desk.state.clone(), desk.town.person("neighbour").await.token);
    come(&stranger, &state, &kept).await.expect(422).says("в другом браузере");
    desk.back(&format!("state={state}&code=good"), &kept).await.expect(422);
    let came = come(&mine, &state, &kept).await;
    assert!(came.expect(303).location().starts_with("/ru/account/security"));
    let known = desk.app.read().find_provider_identity("https://id.example", "aliya").await.unwrap().unwrap();
    assert_eq!(known.account, desk.town.people["resident"].id);
    check_page(mine.get("/ru/account/security").await.expect(200).says("связан с"), "ru");
    // The level of the provider counts from now on.
    let level = desk.app.person_level(known.account).await.unwrap();
    assert_eq!(level, akimat_identity::Level::Resident);
    let verified = desk.app.read().list_verifications(known.account).await.unwrap();
    assert_eq!(verified.len(), 1);
    // Whoever signs in there is this account here; nobody else can link the same person.
    let (state, kept) = desk.leave().await;
    let came = desk.back(&format!("state={state}&code=good"), &kept).await;
    let back = Client::new(desk.state.clone(), Some(cookie(came.expect(303), "akimat_session")));
    back.get("/ru/account").await.expect(200).says("Тұрғын resident");
    let (state, kept) = go(&stranger).await;
    come(&stranger, &state, &kept).await.expect(422).says("с другой учётной записью");
    // An old session neither links nor unlinks.
    desk.town.step(SignedDuration::from_mins(16));
    let unlink = [("issuer", "https://id.example")];
    check_page(mine.post("/ru/account/security/unlink", &unlink).await.expect(422), "ru");
    mine.post("/ru/account/security/provider/region", &[]).await.expect(422).says("Вы вошли давно");
    let fresh = Client::new(desk.state.clone(), desk.town.person("resident").await.token);
    fresh.post("/ru/account/security/unlink", &[("issuer", "https://other.example")]).await.expect(404);
    fresh.post("/ru/account/security/unlink", &unlink).await.expect(303);
    assert!(desk.app.read().list_provider_identities(known.account).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_only_way_in_stays() {
    let desk = Desk::open().await;
    let (state, kept) = desk.leave().await;
    let came = desk.back(&format!("state={state}&code=good"), &kept).await;
    let mine = Client::new(desk.state.clone(), Some(cookie(came.expect(303), "akimat_session")));
    let unlink = [("issuer", "https://id.example")];
    check_page(
        mine.post("/ru/account/security/unlink", &unlink).await.expect(422).says("единственный"),
        "ru",
    );
    let known = desk.app.read().find_provider_identity("https://id.example", "aliya").await.unwrap().unwrap();
    assert_eq!(desk.app.person_level(known.account).await.unwrap(), akimat_identity::Level::Resident);
}
