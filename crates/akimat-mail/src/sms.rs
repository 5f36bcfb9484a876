//! Short messages by a gateway that is asked over HTTP; how it wants to be asked is a template of the operator.

use crate::SetupError;
use crate::http::{Request, ask, check_address, judge};
use akimat_storage::outbox::{Letter, MailFault};
use std::time::Duration;

/// How long a gateway may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a gateway is asked. In the address and in the body stand `{to}`, `{text}` and `{ref}`: number, words, and what is
/// the same in a second attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmsSettings {
    /// Address.
    pub url: String,
    /// Body; empty: the gateway is asked by GET.
    pub body: String,
    /// Kind of the body, such as `application/json`.
    pub content_type: String,
    /// Value of the header `Authorization`; empty for none.
    pub authorization: String,
    /// Words that stand in the answer when the message was taken, for gateways that refuse with 200; empty: the status
    /// decides.
    pub taken: String,
}

/// Hands short messages to a gateway.
#[derive(Clone)]
pub struct SmsGateway {
    settings: SmsSettings,
}

impl std::fmt::Debug for SmsGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmsGateway")
    }
}

impl SmsGateway {
    /// Of the operator's settings.
    ///
    /// # Errors
    /// [`SetupError::Gateway`] when a message would not say to whom, would say nothing, or would travel in the open.
    pub fn new(settings: SmsSettings) -> Result<Self, SetupError> {
        check_address(&settings.url)?;
        let template = format!("{}{}", settings.url, settings.body);
        for part in ["{to}", "{text}"] {
            if !template.contains(part) {
                return Err(SetupError::Gateway(format!("neither address nor body holds {part}")));
            }
        }
        if !settings.body.is_empty() && escape_of(&settings.content_type).is_none() {
            let kinds = "application/json and application/x-www-form-urlencoded";
            return Err(SetupError::Gateway(format!("the kinds of body are {kinds}")));
        }
        Ok(Self { settings })
    }

    fn request(&self, letter: &Letter) -> Request {
        let settings = &self.settings;
        let mut headers = Vec::new();
        if !settings.authorization.is_empty() {
            headers.push(("authorization", settings.authorization.clone()));
        }
        let escape = escape_of(&settings.content_type).unwrap_or(in_address);
        let url = filled(&settings.url, letter, in_address);
        if settings.body.is_empty() {
            return Request { method: "GET", url, headers, body: Vec::new(), patience: PATIENCE };
        }
        headers.push(("content-type", settings.content_type.clone()));
        let body = filled(&settings.body, letter, escape).into_bytes();
        Request { method: "POST", url, headers, body, patience: PATIENCE }
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// [`MailFault`].
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let answer = ask(self.request(letter)).await?;
        judge(answer.status, answer.retry_after)?;
        let taken = &self.settings.taken;
        if taken.is_empty() || String::from_utf8_lossy(&answer.body).contains(taken.as_str()) {
            Ok(())
        } else {
            Err(MailFault::Later("the gateway did not say that it took the message".to_owned()))
        }
    }

    /// The host, for the administrator.
    pub fn describe(&self) -> String {
        let rest = self.settings.url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or_default().to_owned()
    }
}

type Escape = fn(&str) -> String;

fn escape_of(content_type: &str) -> Option<Escape> {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/json" => Some(in_json),
        "application/x-www-form-urlencoded" => Some(in_address),
        _ => None,
    }
}

/// Each place is filled once: what a message says is never read as a template again.
fn filled(template: &str, letter: &Letter, escape: Escape) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let places = [
            ("{to}", letter.recipient.as_str()),
            ("{text}", letter.text.trim()),
            ("{ref}", letter.key.as_str()),
        ];
        match places.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, value)) => {
                out.push_str(&escape(value));
                rest = &rest[place.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn in_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_leave_their_place() {
        assert_eq!(in_json("a\"b\n\\"), "a\\\"b\\n\\\\");
        assert_eq!(in_address("+7 701&x=й"), "%2B7%20701%26x%3D%D0%B9");
    }

    #[test]
    fn settings_that_cannot_work_are_told() {
        let good = SmsSettings {
            url: "https://sms.example.kz/send".to_owned(),
            body: "{\"to\":\"{to}\",\"text\":\"{text}\"}".to_owned(),
            content_type: "application/json".to_owned(),
            ..SmsSettings::default()
        };
        assert!(SmsGateway::new(good.clone()).is_ok());
        for bad in [
            SmsSettings { url: "http://sms.example.kz/send".to_owned(), ..good.clone() },
            SmsSettings { body: "{\"to\":\"{to}\"}".to_owned(), ..good.clone() },
            SmsSettings { body: "{text}".to_owned(), ..good.clone() },
            SmsSettings { content_type: "text/plain".to_owned(), ..good },
        ] {
            assert!(SmsGateway::new(bad.clone()).is_err(), "{bad:?}");
        }
    }
}
