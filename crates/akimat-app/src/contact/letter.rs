//! Letters about accounts: codes, and what happened to an account, in the person's language. To a telephone goes the
//! first sentence alone.

use super::CODE_MINUTES;
use crate::subscription::letter::{Sheet, Written};
use crate::{App, Result};
use akimat_core::Lang;
use akimat_i18n::catalogue;
use akimat_storage::contact::{CodePurpose, Contact, ContactKind, OneTimeCode};
use akimat_storage::outbox::{Letter, LetterState};
use akimat_storage::{Account, Batch, Change};

/// What happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Somebody signed in from a device that the account did not know.
    Device(String),
    /// The password was set or changed.
    Password,
    /// An address was added.
    ContactAdded,
    /// An address was removed.
    ContactRemoved,
    /// The second factor was switched on.
    FactorOn,
    /// The second factor was switched off.
    FactorOff,
    /// An administrator asked that the second factor be removed because it is lost.
    FactorResetAsked,
    /// Two administrators removed the second factor.
    FactorReset,
    /// An identity at a provider was linked.
    ProviderLinked,
    /// The link with a provider was ended.
    ProviderUnlinked,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
}

impl Notice {
    const fn key(&self) -> &'static str {
        match self {
            Self::Device(_) => "notice-device",
            Self::Password => "notice-password",
            Self::ContactAdded => "notice-contact-added",
            Self::ContactRemoved => "notice-contact-removed",
            Self::FactorOn => "notice-factor-on",
            Self::FactorOff => "notice-factor-off",
            Self::FactorResetAsked => "notice-factor-reset-asked",
            Self::FactorReset => "notice-factor-reset",
            Self::ProviderLinked => "notice-provider-linked",
            Self::ProviderUnlinked => "notice-provider-unlinked",
            Self::PasskeyAdded => "notice-passkey-added",
            Self::PasskeyRemoved => "notice-passkey-removed",
        }
    }
}

impl App {
    pub(super) fn code_letter(&self, code: &OneTimeCode, digits: &str, lang: Lang, known: bool) -> Letter {
        let locale = catalogue().locale(lang);
        let mut sheet = Sheet::default();
        let purpose = match (code.purpose, known) {
            (CodePurpose::Reset, false) => "mail-code-reset-nobody",
            (CodePurpose::Reset, true) => "mail-code-reset",
            (CodePurpose::AddContact, _) => "mail-code-add",
            (CodePurpose::Once, _) => "mail-code-once",
            _ => "mail-code-sign-in",
        };
        let told = code.purpose != CodePurpose::Reset || known;
        sheet.paragraph(&locale.f(purpose, &[("code", digits.into())]));
        if told && code.kind == ContactKind::Email {
            sheet.paragraph(&locale.f("mail-code-minutes", &[("n", CODE_MINUTES.into())]));
        }
        if code.kind == ContactKind::Email {
            sheet.paragraph(&locale.t("mail-code-ignore"));
        }
        let subject =
            locale.t(if told { "mail-code-subject" } else { "mail-code-subject-nobody" }).into_owned();
        let written = sheet.finish(lang, subject, String::new());
        self.account_letter(format!("code/{}", code.id), "code", (&code.address, lang), written)
    }

    fn account_letter(&self, key: String, kind: &str, (to, lang): (&str, Lang), written: Written) -> Letter {
        let now = self.now();
        Letter {
            id: self.new_uuid(),
            key,
            kind: kind.to_owned(),
            subscriber: None,
            recipient: to.to_owned(),
            lang,
            subject: written.subject,
            text: written.text,
            html: written.html,
            unsubscribe: written.unsubscribe,
            state: LetterState::Queued,
            attempts: 0,
            due_at: now,
            runner: None,
            fault: String::new(),
            created_at: now,
            ended_at: None,
        }
    }

    /// Puts letters about what happened to an account into the batch that does it: to every mail address that the account
    /// has before the change. Without mail there is nobody to tell.
    pub(crate) async fn with_notice(
        &self,
        mut batch: Batch,
        account: &Account,
        notice: Notice,
    ) -> Result<Batch> {
        let Some(post) = self.post() else { return Ok(batch) };
        let origin = post.origin.clone();
        for contact in self.read().list_contacts(account.id).await? {
            if contact.kind == ContactKind::Email {
                let letter = self.notice_letter(&contact, &notice, &origin);
                batch.push(Change::PutLetter(Box::new(letter)));
            }
        }
        Ok(batch)
    }

    fn notice_letter(&self, contact: &Contact, notice: &Notice, origin: &str) -> Letter {
        let locale = catalogue().locale(contact.lang);
        let mut sheet = Sheet::default();
        let device = match notice {
            Notice::Device(words) if !words.is_empty() => words.clone(),
            Notice::Device(_) => locale.t("device-unknown").into_owned(),
            _ => String::new(),
        };
        let when = locale.date_time(self.now(), self.zone());
        sheet.paragraph(&locale.f(notice.key(), &[("when", when.into()), ("device", device.into())]));
        let link = format!("{origin}/{}/account/security", contact.lang.code());
        sheet.link(&locale.t("notice-what-to-do"), &link);
        let subject = locale.t("notice-subject").into_owned();
        let written = sheet.finish(contact.lang, subject, String::new());
        let key = format!("notice/{}", self.new_uuid());
        self.account_letter(key, "account_notice", (&contact.address, contact.lang), written)
    }
}
