//! The town with everything a platform can have: post, messages, browsers that are told, passkeys, a provider, signed
//! documents, a log, and a budget on which residents write, vote and read results.

use crate::client::Client;
use crate::log::{Last, Neighbour};
use crate::post::{ORIGIN, Postbag, links};
use crate::town::{PASSWORD, Town, options};
use akimat_app::log::WitnessClient;
use akimat_app::outbox::Post;
use akimat_app::person::signature::Signing;
use akimat_app::provider::IdentityProvider;
use akimat_app::secret::PlatformKey;
use akimat_app::totp;
use akimat_core::Role;
use akimat_participation::process::BallotForm;
use akimat_signature::Trust;
use akimat_storage::Mailer;
use akimat_web_kit::state::WebState;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// Opens it, with what every noun's own tests keep in it. Answers the addresses as well to which no page links: those
/// that a form leads to or that stand in a letter, with who stands before them.
pub(crate) async fn open() -> (Town, Vec<(Option<Role>, String)>) {
    let mail = Arc::new(Postbag::default());
    let town = equipped(&mail).await;
    keep(&town).await;
    crate::budgeting::found(&town).await;
    crate::budgeting::begin(&town.person("resident").await).await;
    crate::budgeting::draft(&town).await;
    crate::ballot::put(&town, "vote", BallotForm::Knapsack, 6).await;
    crate::ballot::counted(&town, "counted").await;
    let doors = doors(&town, &mail).await;
    town.app.open_log().await.unwrap();
    assert!(town.app.integrate_log().await.unwrap() > 0);
    (town, doors)
}

async fn keep(town: &Town) {
    crate::scenario::budgets(town).await;
    crate::scenario::keep(town).await;
    crate::report::keep(town).await;
    crate::pivot::keep(town).await;
    crate::accuracy::keep(town).await;
    crate::programme_decision::keep(town).await;
    crate::ranking::approved(town).await;
    crate::appraisal::keep(town).await;
    crate::duplicate::keep(town).await;
    crate::import::keep(town).await;
    crate::contract::enter(town).await;
    crate::photo::keep(town).await;
    crate::risk::keep(town).await;
    crate::exercise::keep(town).await;
}

async fn equipped(mail: &Arc<Postbag>) -> Town {
    let mut town = Town::open().await;
    let witness = Arc::new(Neighbour(Mutex::new(None))) as Arc<dyn WitnessClient>;
    let provider = Arc::new(crate::provider::Region::default()) as Arc<dyn IdentityProvider>;
    town.app = town
        .app
        .clone()
        .with_post(Post { mailer: Arc::clone(mail) as Arc<dyn Mailer>, origin: ORIGIN.to_owned() })
        .with_passkeys(ORIGIN)
        .with_providers(vec![provider])
        .with_signing(Signing { trust: Trust::default(), adapter: None })
        .with_ballot_key(PlatformKey::new([4; 32]))
        .with_log(crate::log::keeper(&Arc::new(Last::default()), witness));
    town.state = WebState::new(town.app.clone(), options());
    town
}

/// Somebody presses the buttons after which a code is asked for, and reads the letters that come.
async fn doors(town: &Town, mail: &Postbag) -> Vec<(Option<Role>, String)> {
    let (nobody, resident) = (town.nobody(), town.person("resident").await);
    let mut doors = Vec::new();
    for (role, client, path) in [
        (None, &nobody, "/ru/sign-in/code"),
        (None, &nobody, "/ru/sign-in/reset"),
        (Some(Role::Resident), &resident, "/ru/account/contacts"),
    ] {
        let asked = client.post(path, &[("contact", "aliya@example.kz")]).await;
        doors.push((role, asked.expect(303).location().to_owned()));
    }
    doors.push((None, second_step(town).await));
    let wish = [("email", "reader@example.kz"), ("query", "sector=transport"), ("frequency", "at_once")];
    nobody.post("/ru/subscriptions", &wish).await.expect(200);
    town.app.write_due_letters().await.unwrap();
    town.app.send_due_letters(Uuid::from_u128(1)).await.unwrap();
    for letter in mail.take() {
        for link in links(&letter.text).chain(links(&letter.unsubscribe)) {
            let link = link.split('#').next().unwrap().to_owned();
            if link.contains("/confirm/") {
                nobody.post(&link, &[]).await.expect(303);
            }
            doors.push((None, link));
        }
    }
    told(town, mail, &resident).await.into_iter().map(|link| (None, link)).chain(doors).collect()
}

/// A manager with a second step gives the password: the page that asks for the code.
async fn second_step(town: &Town) -> String {
    let client = town.person("other-manager").await;
    let account = &town.people["other-manager"];
    let secret = town.app.begin_second_factor(Some(account), client.token.as_deref().unwrap()).await.unwrap();
    let code = totp::code(&secret, totp::step_at(town.app.now()), totp::DIGITS);
    client.post("/ru/account/security/factor", &[("code", &code), ("act", "confirm")]).await.expect(200);
    let fields = [("login", "other-manager"), ("password", PASSWORD)];
    town.nobody().post("/ru/sign-in", &fields).await.expect(303).location().to_owned()
}

/// What is followed gets an answer and the subscribed project news: the links of those letters.
async fn told(town: &Town, mail: &Postbag, resident: &Client) -> Vec<String> {
    let project = town.project("S-7");
    resident.post(&format!("/ru/follow/project/{project}"), &[("on", "1")]).await.expect(303);
    crate::notice::address(town, "resident").await;
    town.step(SignedDuration::from_mins(5));
    crate::subscription::news(town, "Пролёт на месте.").await;
    let answer = town.person("manager").await;
    answer
        .post(&format!("/ru/projects/{project}/comments"), &[("body", "Мост откроется в срок.")])
        .await
        .expect(303);
    town.step(SignedDuration::from_hours(1));
    town.app.write_due_letters().await.unwrap();
    while town.app.notice_round(false).await.unwrap() {}
    town.app.send_due_letters(Uuid::from_u128(1)).await.unwrap();
    let letters = mail.take();
    let all = letters.iter().flat_map(|letter| links(&letter.text).chain(links(&letter.unsubscribe)));
    all.map(|link| link.split('#').next().unwrap().to_owned()).collect()
}
