//! Passkeys: made, used alone and as the second step, removed; with an authenticator in the test.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::town::{PASSWORD, Town, options};
use akimat_app::App;
use akimat_app::totp;
use akimat_web_kit::state::WebState;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

const ORIGIN: &str = "https://akimat.example";

/// A device with one key.
struct Device {
    pair: Ed25519KeyPair,
    id: Vec<u8>,
}

/// The fields of a form that a device fills.
type Fields = Vec<(&'static str, String)>;

impl Device {
    fn new(seed: u8) -> Self {
        Self { pair: Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap(), id: vec![seed; 16] }
    }

    fn data(flags: u8, count: u32) -> Vec<u8> {
        [Sha256::digest("akimat.example").as_slice(), &[flags], &count.to_be_bytes()].concat()
    }

    fn client(kind: &str, challenge: &str) -> String {
        format!(
            r#"{{"type":"webauthn.{kind}","challenge":"{challenge}","origin":"{ORIGIN}","crossOrigin":false}}"#
        )
    }

    fn make(&self, challenge: &str) -> Fields {
        let key =
            [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 0x20][..], self.pair.public_key().as_ref()].concat();
        let data = [Self::data(0x45, 0), vec![0; 16], vec![0, 16], self.id.clone(), key].concat();
        let length = u8::try_from(data.len()).unwrap();
        let object =
            [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &data].concat();
        vec![
            ("client_data", URL_SAFE_NO_PAD.encode(Self::client("create", challenge))),
            ("data", URL_SAFE_NO_PAD.encode(object)),
        ]
    }

    fn answer(&self, challenge: &str, flags: u8, count: u32) -> Fields {
        let (client, data) = (Self::client("get", challenge), Self::data(flags, count));
        let signature = self.pair.sign(&[data.as_slice(), Sha256::digest(&client).as_slice()].concat());
        vec![
            ("credential", URL_SAFE_NO_PAD.encode(&self.id)),
            ("client_data", URL_SAFE_NO_PAD.encode(client)),
            ("data", URL_SAFE_NO_PAD.encode(data)),
            ("signature", URL_SAFE_NO_PAD.encode(signature)),
        ]
    }
}

fn challenge(page: &Answer) -> String {
    let text = page.text();
    text.split_once("data-challenge=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn session(answer: &Answer) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let found = all.filter_map(|line| line.split_once('=')).find(|(key, _)| *key == "akimat_session");
    found.unwrap().1.split(';').next().unwrap().to_owned()
}

struct Place {
    town: Town,
    app: App,
    state: WebState,
}

impl Place {
    async fn open() -> Self {
        let town = Town::open().await;
        let app = town.app.clone().with_passkeys(ORIGIN);
        Self { state: WebState::new(app.clone(), options()), app, town }
    }

    fn nobody(&self) -> Client {
        Client::new(self.state.clone(), None)
    }

    async fn person(&self, login: &str) -> Client {
        Client::new(self.state.clone(), self.town.person(login).await.token)
    }

    async fn send(&self, client: &Client, path: &str, fields: &Fields) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.post(path, &fields).await
    }

    /// Adds the key of a device.
    async fn add(&self, client: &Client, device: &Device) {
        let page = client.get("/ru/account/security/passkey").await;
        let mut fields = device.make(&challenge(page.expect(200)));
        fields.push(("name", "Жұмыс телефоны".to_owned()));
        self.send(client, "/ru/account/security/passkey", &fields).await.expect(303);
    }
}

#[tokio::test]
async fn a_passkey_is_made_and_signs_in_without_a_password() {
    let place = Place::open().await;
    let (mine, device) = (place.person("resident").await, Device::new(1));
    for lang in ["kk", "ru", "en"] {
        check_page(mine.get(&format!("/{lang}/account/security/passkey")).await.expect(200), lang);
        check_page(place.nobody().get(&format!("/{lang}/sign-in")).await.expect(200), lang);
    }
    let page = mine.get("/ru/account/security/passkey").await;
    let mut fields = device.make(&challenge(&page));
    fields.push(("name", " ".to_owned()));
    check_page(place.send(&mine, "/ru/account/security/passkey", &fields).await.expect(422), "ru");
    // A challenge that was made for somebody else.
    let other = place.person("neighbour").await;
    fields[2].1 = "Телефон".to_owned();
    place.send(&other, "/ru/account/security/passkey", &fields).await.expect(422).says("Начните заново");
    place.send(&mine, "/ru/account/security/passkey", &fields).await.expect(303);
    place.send(&mine, "/ru/account/security/passkey", &fields).await.expect(422);
    for lang in ["kk", "ru", "en"] {
        check_page(mine.get(&format!("/{lang}/account/security")).await.expect(200).says("Телефон"), lang);
    }
    let fresh = || async { challenge(place.nobody().get("/ru/sign-in").await.expect(200)) };
    let asked = fresh().await;
    let answer = device.answer(&asked, 5, 0);
    let signed_in = place.send(&place.nobody(), "/ru/sign-in/passkey", &answer).await;
    let client = Client::new(place.state.clone(), Some(session(signed_in.expect(303))));
    client.get("/ru/account/security").await.expect(200).says("с ключом доступа");
    // Once only, in time only, with the person checked only, and only by a key that is known.
    let again = place.send(&place.nobody(), "/ru/sign-in/passkey", &answer).await;
    check_page(again.expect(422).says("Начните заново"), "ru");
    let unchecked = device.answer(&fresh().await, 1, 0);
    place
        .send(&place.nobody(), "/ru/sign-in/passkey", &unchecked)
        .await
        .expect(422)
        .says("не удалось проверить");
    let unknown = Device::new(9).answer(&fresh().await, 5, 0);
    place
        .send(&place.nobody(), "/ru/sign-in/passkey", &unknown)
        .await
        .expect(422)
        .says("ни одной учётной записи");
    let late = device.answer(&fresh().await, 5, 0);
    place.town.step(SignedDuration::from_mins(15));
    place.send(&place.nobody(), "/ru/sign-in/passkey", &late).await.expect(422).says("Начните заново");
    for hostile in ["", "!", "AAAA", &"A".repeat(4_000)] {
        let fields: Fields =
            ["credential", "client_data", "data", "signature"].map(|name| (name, hostile.to_owned())).into();
        place.send(&place.nobody(), "/ru/sign-in/passkey", &fields).await.expect(422);
    }
    // A counter that rises and then goes back.
    place
        .send(&place.nobody(), "/ru/sign-in/passkey", &device.answer(&fresh().await, 5, 7))
        .await
        .expect(303);
    let copied = device.answer(&fresh().await, 5, 7);
    place.send(&place.nobody(), "/ru/sign-in/passkey", &copied).await.expect(422).says("копия");
}

#[tokio::test]
async fn a_passkey_is_a_second_step_and_is_removed() {
    let place = Place::open().await;
    let (mine, device) = (place.person("manager").await, Device::new(2));
    place.add(&mine, &device).await;
    let account = &place.town.people["manager"];
    let token = mine.token.clone().unwrap();
    let secret = place.app.begin_second_factor(Some(account), &token).await.unwrap();
    let code = totp::code(&secret, totp::step_at(place.app.now()), totp::DIGITS);
    place.app.confirm_second_factor(Some(account), &token, &code).await.unwrap();
    let fields = [("login", "manager"), ("password", PASSWORD)];
    let begun = place.nobody().post("/ru/sign-in", &fields).await;
    let path = begun.expect(303).location().split('?').next().unwrap().to_owned();
    let page = place.nobody().get(&path).await;
    check_page(page.expect(200), "ru");
    // A challenge of the page of signing in is none for the second step.
    let foreign = challenge(&place.nobody().get("/ru/sign-in").await);
    place.send(&place.nobody(), &path, &device.answer(&foreign, 5, 0)).await.expect(422);
    let stranger = Device::new(3);
    place.add(&place.person("neighbour").await, &stranger).await;
    place.send(&place.nobody(), &path, &stranger.answer(&challenge(&page), 5, 0)).await.expect(422);
    let signed_in = place.send(&place.nobody(), &path, &device.answer(&challenge(&page), 1, 0)).await;
    let client = Client::new(place.state.clone(), Some(session(signed_in.expect(303))));
    client.get("/ru/admin").await.expect(200);
    let list = mine.get("/ru/account/security").await;
    let paths = list.text().split("action=\"").filter_map(|part| part.split('"').next());
    let remove = paths.filter(|path| path.contains("/passkeys/")).map(str::to_owned).next().unwrap();
    place.person("resident").await.post(&remove, &[]).await.expect(404);
    place.town.step(SignedDuration::from_mins(16));
    mine.post(&remove, &[]).await.expect(422).says("Вы вошли давно");
    let page = mine.get("/ru/account/security/passkey").await;
    check_page(page.expect(200).says("Вы вошли давно"), "ru");
    let fresh = place.person("manager").await;
    fresh.post(&remove, &[]).await.expect(303);
    fresh.post(&remove, &[]).await.expect(404);
    // Where the platform has no address of its own there are no passkeys.
    let bare = Town::open().await;
    bare.nobody().get("/ru/sign-in").await.expect(200).says_not("data-passkey");
    bare.person("resident").await.get("/ru/account/security/passkey").await.expect(404);
}
