//! One carrier for the outbox out of several: each letter goes by the one that its address belongs to.

use crate::push::{self, WebPush};
use crate::sms::SmsGateway;
use crate::telegram::{self, Telegram};
use akimat_storage::outbox::{Letter, MailFault, Mailer, Messenger};
use async_trait::async_trait;
use std::sync::Arc;

/// Mail, and whatever else is set up.
pub struct Carriers {
    /// Letters by mail, and what else this one carries.
    pub mail: Arc<dyn Mailer>,
    /// Short messages.
    pub sms: Option<SmsGateway>,
    /// The messenger.
    pub telegram: Option<Telegram>,
    /// Messages to browsers.
    pub push: Option<WebPush>,
}

impl std::fmt::Debug for Carriers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Carriers")
            .field("sms", &self.sms)
            .field("telegram", &self.telegram)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Mailer for Carriers {
    async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let gone = || Err(MailFault::Later("the operator switched this carrier off".to_owned()));
        if letter.recipient.starts_with(telegram::PREFIX) {
            return match &self.telegram {
                Some(telegram) => telegram.send(letter).await,
                None => gone(),
            };
        }
        if letter.recipient.starts_with(push::PREFIX) {
            return match &self.push {
                Some(push) => push.send(letter).await,
                None => gone(),
            };
        }
        match &self.sms {
            Some(sms) if letter.recipient.starts_with('+') => sms.send(letter).await,
            _ => self.mail.send(letter).await,
        }
    }

    fn describe(&self) -> String {
        let mut all = vec![self.mail.describe()];
        all.extend(self.sms.as_ref().map(SmsGateway::describe));
        all.extend(self.telegram.as_ref().map(|_| "Telegram".to_owned()));
        all.join(", ")
    }

    fn carries_messages(&self) -> bool {
        self.sms.is_some() || self.mail.carries_messages()
    }

    fn messenger(&self) -> Option<&dyn Messenger> {
        self.telegram.as_ref().map(|telegram| telegram as &dyn Messenger)
    }

    fn push_key(&self) -> Option<String> {
        self.push.as_ref().map(WebPush::public_key)
    }
}
