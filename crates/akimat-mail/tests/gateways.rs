//! Short messages, a bot and browsers through their carriers, against stand-ins of the shared folder. Without them the test
//! says so and checks nothing.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use akimat_core::Lang;
use akimat_mail::push::SERVICES;
use akimat_mail::{
    Carriers, FolderMailer, Sender, SmsGateway, SmsSettings, Telegram, TelegramSettings, WebPush,
};
use akimat_storage::outbox::{Letter, LetterState, MailFault, Mailer};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The stand-ins, ended with the test.
struct Fakes {
    process: Child,
    url: String,
}

impl Drop for Fakes {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Fakes {
    /// `None` where they cannot be had.
    fn start() -> Option<Self> {
        let shared = std::env::var("AKIMAT_SHARED").ok()?;
        let script = std::path::Path::new(&shared).join("tools/messaging_fakes.py");
        let python = std::env::var("AKIMAT_COVE").unwrap_or_else(|_| "python3".to_owned());
        let has = Command::new(&python)
            .args(["-c", "import aiosmtpd, cryptography"])
            .stderr(Stdio::null())
            .status();
        if !script.is_file() || !has.is_ok_and(|status| status.success()) {
            return None;
        }
        let (http, smtp) = (free_port(), free_port());
        let process = Command::new(&python)
            .arg(script)
            .args([http.to_string(), smtp.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let fakes = Self { process, url: format!("http://127.0.0.1:{http}") };
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", http)).is_ok() {
                return Some(fakes);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the stand-ins did not begin");
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let answer = ureq::post(format!("{}{path}", self.url)).send(body.to_string()).unwrap();
        let bytes = answer.into_body().read_to_vec().unwrap();
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    }

    /// What arrived.
    fn inbox(&self) -> Vec<Value> {
        let answer = ureq::get(format!("{}/_inbox", self.url)).call().unwrap();
        serde_json::from_slice(&answer.into_body().read_to_vec().unwrap()).unwrap()
    }
}

fn letter(to: &str, text: &str) -> Letter {
    Letter {
        id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007),
        key: format!("notice/{}", to.len()),
        kind: "notice".to_owned(),
        subscriber: None,
        recipient: to.to_owned(),
        lang: Lang::Kk,
        subject: String::new(),
        text: text.to_owned(),
        html: String::new(),
        unsubscribe: String::new(),
        state: LetterState::Queued,
        attempts: 0,
        due_at: Timestamp::UNIX_EPOCH,
        runner: None,
        fault: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        ended_at: None,
    }
}

fn carriers(fakes: &Fakes, folder: &std::path::Path) -> Carriers {
    let sms = SmsSettings {
        url: format!("{}/sms/send", fakes.url),
        body: r#"{"to":"{to}","text":"{text}","ref":"{ref}"}"#.to_owned(),
        content_type: "application/json".to_owned(),
        authorization: "Bearer sms-key".to_owned(),
        taken: "\"id\"".to_owned(),
    };
    let bot =
        TelegramSettings { url: fakes.url.clone(), token: "1:abc".to_owned(), bot: "city_bot".to_owned() };
    let mut services = SERVICES.map(str::to_owned).to_vec();
    services.push("127.0.0.1".to_owned());
    let sender = Sender::parse("no-reply@akimat.example").unwrap();
    Carriers {
        mail: Arc::new(FolderMailer::new(folder.to_owned(), sender).unwrap()),
        sms: Some(SmsGateway::new(sms).unwrap()),
        telegram: Some(Telegram::new(bot).unwrap()),
        push: Some(WebPush::new(&WebPush::new_key().unwrap(), "mailto:it@akimat.example", services).unwrap()),
    }
}

fn word(sent: &Result<(), MailFault>) -> &'static str {
    match sent {
        Ok(()) => "sent",
        Err(MailFault::Later(_) | MailFault::After(..)) => "later",
        Err(MailFault::Never(_)) => "never",
    }
}

#[tokio::test]
async fn messages_arrive_and_refusals_are_told_apart() {
    let Some(fakes) = Fakes::start() else {
        eprintln!(
            "SKIPPED: no tools/messaging_fakes.py in AKIMAT_SHARED, or no Python with aiosmtpd and cryptography"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let all = carriers(&fakes, folder.path());
    assert!(all.carries_messages() && all.messenger().is_some() && all.push_key().is_some());
    let hostile = "123456 – \"код\"\\\n{to} {\"}";
    for (to, text, due) in [
        ("+77010000001", hostile, "sent"),
        // The same reference again: the gateway takes it for the same message.
        ("+77010000001", hostile, "sent"),
        ("+7700000FAIL", "x", "later"),
        ("+7700000BUSY", "x", "later"),
        ("+7", "x", "never"),
        ("telegram:7", "Құрметті тұрғын", "sent"),
        ("telegram:403", "x", "never"),
        ("telegram:429", "x", "later"),
        ("telegram:x", "x", "never"),
        ("push:https://10.0.0.1/x AAAA AAAA", "x", "never"),
        ("aliya@example.kz", "x", "sent"),
    ] {
        assert_eq!(word(&all.send(&letter(to, text)).await), due, "{to}");
    }
    let kinds =
        |kind: &str| -> Vec<Value> { fakes.inbox().into_iter().filter(|one| one["kind"] == kind).collect() };
    let sms = kinds("sms");
    assert_eq!((sms.len(), sms[0]["text"].as_str()), (1, Some(hostile)));
    assert_eq!(kinds("telegram")[0]["text"], "Құрметті тұрғын");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "letters go by mail");
}

#[tokio::test]
async fn a_browser_is_written_to_until_it_is_gone() {
    let Some(fakes) = Fakes::start() else {
        eprintln!("SKIPPED: as above");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let all = carriers(&fakes, folder.path());
    let made = fakes.post("/_push/new", &json!({}));
    let text = |pointer: &str| made.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let endpoint = text("/endpoint");
    let to = format!("push:{endpoint} {} {}", text("/keys/p256dh"), text("/keys/auth"));
    let words =
        json!({ "title": "Әкімдік", "words": "Жоба аяқталды", "link": "https://a.example/kk" }).to_string();
    all.send(&letter(&to, &words)).await.unwrap();
    let arrived: Vec<Value> = fakes.inbox().into_iter().filter(|one| one["kind"] == "push").collect();
    assert_eq!(
        arrived[0]["text"].as_str(),
        Some(words.as_str()),
        "the stand-in has opened it with the browser's key"
    );
    assert_eq!(word(&all.send(&letter(&to, &"x".repeat(4_000))).await), "never");
    let id = endpoint.rsplit('/').next().unwrap();
    fakes.post(&format!("/_push/{id}/gone"), &json!({}));
    assert_eq!(word(&all.send(&letter(&to, &words)).await), "never");
}

#[tokio::test]
async fn the_bot_hears_each_word_once() {
    let Some(fakes) = Fakes::start() else {
        eprintln!("SKIPPED: as above");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let all = carriers(&fakes, folder.path());
    let messenger = all.messenger().unwrap();
    assert_eq!(messenger.link("abc"), "https://t.me/city_bot?start=abc");
    fakes.post("/_tg", &json!({ "chat_id": 7, "text": "/start abc", "lang": "ru" }));
    let heard = messenger.hear().await.unwrap();
    assert_eq!((heard.len(), heard[0].address.as_str()), (1, "telegram:7"));
    assert_eq!((heard[0].words.as_str(), heard[0].lang), ("/start abc", Some(Lang::Ru)));
    fakes.post("/_tg", &json!({ "chat_id": 8, "text": "сәлем" }));
    let heard = messenger.hear().await.unwrap();
    assert_eq!((heard.len(), heard[0].address.as_str()), (1, "telegram:8"));
}
