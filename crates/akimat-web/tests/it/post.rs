//! A post office that keeps what it takes.

use akimat_storage::{Letter, MailFault, Mailer};
use async_trait::async_trait;
use std::sync::Mutex;

/// Where letters say that the platform lives.
pub(crate) const ORIGIN: &str = "https://akimat.example.kz";

/// Takes letters, messages and what browsers are told, unless an address asks for something else.
#[derive(Default)]
pub(crate) struct Postbag(Mutex<Vec<Letter>>);

impl Postbag {
    /// What came since the last look.
    pub(crate) fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[async_trait]
impl Mailer for Postbag {
    async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        if letter.recipient.starts_with("bounce@") {
            return Err(MailFault::Never("550 no such user".to_owned()));
        }
        if letter.recipient.starts_with("slow@") {
            return Err(MailFault::Later("451 later".to_owned()));
        }
        if letter.recipient.contains("/gone ") {
            return Err(MailFault::Never("the gateway answered 410".to_owned()));
        }
        self.0.lock().unwrap().push(letter.clone());
        Ok(())
    }

    fn describe(&self) -> String {
        "mail.example.kz".to_owned()
    }

    fn carries_messages(&self) -> bool {
        true
    }

    fn push_key(&self) -> Option<String> {
        Some(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
                .to_owned(),
        )
    }
}

/// The addresses of the platform in a letter, without where it lives.
pub(crate) fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter_map(|word| word.strip_prefix(ORIGIN))
}

/// The first of them that contains `part`.
#[track_caller]
pub(crate) fn link(text: &str, part: &str) -> String {
    let found = links(text).find(|link| link.contains(part));
    found.unwrap_or_else(|| panic!("no link with {part} in\n{text}")).to_owned()
}
