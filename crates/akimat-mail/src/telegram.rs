//! Messages by a bot of Telegram (Bot API): people open it by a link from their page, and it writes to them from then on.

use crate::SetupError;
use crate::http::{Request, ask, check_address, judge};
use akimat_core::Lang;
use akimat_storage::outbox::{Heard, Letter, MailFault, Messenger};
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How addresses of the outbox begin that are chats.
pub const PREFIX: &str = "telegram:";
/// Seconds that the bot waits for something to be said.
const WAIT_SECONDS: u64 = 25;
/// Characters of one message (Bot API, sendMessage).
const CHARS_MAX: usize = 4_096;

/// How the bot is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TelegramSettings {
    /// Address of the Bot API; `https://api.telegram.org` unless the operator runs a server of the own.
    pub url: String,
    /// The bot's token.
    pub token: String,
    /// The bot's name, without `@`.
    pub bot: String,
}

/// A bot.
pub struct Telegram {
    settings: TelegramSettings,
    /// Everything before it was answered.
    next: AtomicI64,
}

impl std::fmt::Debug for Telegram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Telegram({})", self.settings.bot)
    }
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    result: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    update_id: i64,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    chat: Chat,
    from: Option<Person>,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Deserialize)]
struct Person {
    #[serde(default)]
    language_code: String,
}

impl Telegram {
    /// Of the operator's settings.
    ///
    /// # Errors
    /// [`SetupError::Gateway`] when the token or the name cannot be one, or the token would travel in the open.
    pub fn new(settings: TelegramSettings) -> Result<Self, SetupError> {
        let wrong = |what: &str| Err(SetupError::Gateway(what.to_owned()));
        check_address(&settings.url)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let token = settings.token.split_once(':');
        let fine = token.is_some_and(|(id, secret)| {
            !id.is_empty()
                && id.bytes().all(|b| b.is_ascii_digit())
                && !secret.is_empty()
                && secret.chars().all(plain)
        });
        if !fine {
            return wrong("the token of the bot is not one");
        }
        if settings.bot.is_empty() || !settings.bot.chars().all(plain) {
            return wrong("the name of the bot is written without @");
        }
        Ok(Self { settings, next: AtomicI64::new(0) })
    }

    fn request(&self, verb: &str, body: &Value, patience: Duration) -> Request {
        let TelegramSettings { url, token, .. } = &self.settings;
        Request {
            method: "POST",
            url: format!("{}/bot{token}/{verb}", url.trim_end_matches('/')),
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.to_string().into_bytes(),
            patience,
        }
    }

    /// Sends a message to a chat.
    ///
    /// # Errors
    /// [`MailFault`]; for good when the person blocked the bot or the chat is gone.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let chat = letter.recipient.strip_prefix(PREFIX).and_then(|id| id.parse::<i64>().ok());
        let chat = chat.ok_or_else(|| MailFault::Never("the recipient is no chat".to_owned()))?;
        let text: String = letter.text.trim().chars().take(CHARS_MAX).collect();
        let body = json!({
            "chat_id": chat,
            "text": text,
            "link_preview_options": { "is_disabled": true },
        });
        let answer = ask(self.request("sendMessage", &body, Duration::from_secs(30))).await?;
        match answer.status {
            403 => Err(MailFault::Never("the person blocked the bot".to_owned())),
            // An unknown token: the operator's to mend.
            404 => Err(MailFault::Later("the gateway answered 404".to_owned())),
            status => judge(status, answer.retry_after),
        }
    }
}

#[async_trait]
impl Messenger for Telegram {
    fn link(&self, word: &str) -> String {
        format!("https://t.me/{}?start={word}", self.settings.bot)
    }

    async fn hear(&self) -> Result<Vec<Heard>, MailFault> {
        let body = json!({
            "offset": self.next.load(Ordering::Relaxed),
            "timeout": WAIT_SECONDS,
            "allowed_updates": ["message"],
        });
        let patience = Duration::from_secs(WAIT_SECONDS + 10);
        let answer = ask(self.request("getUpdates", &body, patience)).await?;
        if answer.status != 200 {
            return Err(MailFault::Later(format!("the gateway answered {}", answer.status)));
        }
        let said: Said = serde_json::from_slice(&answer.body)
            .map_err(|_| MailFault::Later("the gateway did not answer with messages".to_owned()))?;
        let mut heard = Vec::new();
        for update in said.result {
            self.next.fetch_max(update.update_id.saturating_add(1), Ordering::Relaxed);
            // Groups are not people.
            let Some(message) = update.message.filter(|message| message.chat.kind == "private") else {
                continue;
            };
            let lang = message.from.map(|person| person.language_code).unwrap_or_default();
            heard.push(Heard {
                address: format!("{PREFIX}{}", message.chat.id),
                words: message.text.chars().take(200).collect(),
                lang: Lang::parse(lang.split('-').next().unwrap_or_default()),
            });
        }
        Ok(heard)
    }
}
