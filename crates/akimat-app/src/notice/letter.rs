//! What notices say, and the letters that carry them, in the person's language.

use super::pace;
use crate::subscription::letter::{Sheet, Written};
use crate::{App, Result};
use akimat_core::{AccountId, Lang};
use akimat_i18n::{Locale, catalogue};
use akimat_storage::CorrectionState;
use akimat_storage::notice::{
    Channel, NoticeAddress, NoticeChange, NoticeKind, NoticeSettings, Occurrence, Pace, Stop,
};
use akimat_storage::outbox::{Heard, Letter, LetterState};
use akimat_storage::{Change, Conflict, ContactKind, StoreError};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

/// People and channels that one round writes to.
const ROUND: u16 = 50;
/// Notices that one letter tells.
const NOTICES_MAX: u16 = 40;
/// How long to wait before a messenger that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(30);

/// What happened, as a sentence.
pub fn notice_words(locale: &Locale, event: &Occurrence) -> String {
    let title = locale.text(&event.title).0.to_owned();
    let with = |key: &str| locale.f(key, &[("title", title.as_str().into())]);
    match event.kind {
        NoticeKind::Reply => with("told-reply"),
        NoticeKind::OfficialAnswer => with("told-official-answer"),
        NoticeKind::CommentModerated => match event.code.strip_prefix("hide.") {
            Some(code) => {
                let rule = locale.name("moderation-code", code);
                let rule: &str = rule.as_ref();
                locale.f("told-comment-hidden", &[("title", title.as_str().into()), ("rule", rule.into())])
            }
            None => with("told-comment-shown"),
        },
        NoticeKind::ContestDecided if event.code == "contest_granted" => with("told-contest-granted"),
        NoticeKind::ContestDecided => with("told-contest-refused"),
        NoticeKind::ProjectMoved => {
            let status = locale.name("status", &event.code);
            let status: &str = status.as_ref();
            locale.f("told-project-moved", &[("title", title.as_str().into()), ("status", status.into())])
        }
        NoticeKind::ProposalMoved => {
            let status = locale.name("proposal-state", &event.code);
            let status: &str = status.as_ref();
            locale.f("told-proposal-moved", &[("title", title.as_str().into()), ("status", status.into())])
        }
        NoticeKind::ProjectDates => match event.code.parse::<jiff::civil::Date>() {
            Ok(day) => {
                let day = locale.date(day);
                locale.f("told-project-dates", &[("title", title.as_str().into()), ("date", day.into())])
            }
            Err(_) => with("told-project-dates-none"),
        },
        NoticeKind::ProgrammeDecided => {
            let year = event.code.as_str();
            locale.f("told-programme-decided", &[("title", title.as_str().into()), ("year", year.into())])
        }
        NoticeKind::CorrectionDecided if event.code == CorrectionState::Granted.code() => {
            locale.t("told-correction-granted").into_owned()
        }
        NoticeKind::CorrectionDecided => locale.t("told-correction-refused").into_owned(),
        NoticeKind::BallotUnfinished => {
            let hours = event.code.as_str();
            locale.f("told-ballot-unfinished", &[("title", title.as_str().into()), ("hours", hours.into())])
        }
        NoticeKind::NewDevice if event.words.is_empty() => locale.t("told-new-device-unknown").into_owned(),
        NoticeKind::NewDevice => locale.f("told-new-device", &[("device", event.words.as_str().into())]),
    }
}

/// The reason that was given in public; `None` without one.
pub fn notice_reason(locale: &Locale, event: &Occurrence) -> Option<String> {
    let given = !event.words.is_empty() && event.kind != NoticeKind::NewDevice;
    given.then(|| locale.f("told-reason", &[("reason", event.words.as_str().into())]))
}

/// To whom a letter goes.
struct Receiver<'a> {
    account: AccountId,
    channel: Channel,
    address: &'a str,
    lang: Lang,
}

impl App {
    /// Writes the letters that are due; answers how many people and channels were looked at. Of several servers one
    /// writes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_due_notices(&self) -> Result<usize> {
        let Some(post) = self.post.clone() else { return Ok(0) };
        let due = self.read().list_due_deliveries(self.now(), ROUND).await?;
        let n_due = due.len();
        for (account, channel) in due {
            let waiting = self.read().list_deliveries(account, channel, self.now(), NOTICES_MAX).await?;
            let taken = waiting.iter().map(|event| event.id).collect();
            let mut batch = vec![Change::Notice(NoticeChange::Take { account, channel, events: taken })];
            let settings = self.read().find_notice_settings(account).await?;
            let addresses = self.notice_addresses(account, channel).await?;
            // What the person switched off meanwhile is told no more; without an address there is nobody to tell.
            let told: Vec<Occurrence> = waiting
                .into_iter()
                .filter(|event| pace(&settings, event.kind, channel) != Pace::Never)
                .collect();
            if !addresses.is_empty() && !told.is_empty() {
                let lang = self.notice_lang(account, &settings).await?;
                for address in &addresses {
                    let to = Receiver { account, channel, address, lang };
                    let letter = self.notice_letter_of(&post.origin, &to, &told);
                    batch.push(Change::PutLetter(Box::new(letter)));
                }
            }
            match self.store().apply(batch).await {
                Err(StoreError::Conflict(Conflict::Stale(_))) | Ok(()) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(n_due)
    }

    /// The language chosen for notices, else that of the confirmed address.
    async fn notice_lang(&self, account: AccountId, settings: &NoticeSettings) -> Result<Lang> {
        if let Some((lang, _)) = &settings.person {
            return Ok(*lang);
        }
        let contacts = self.read().list_contacts(account).await?;
        Ok(contacts.first().map_or(Lang::Kk, |contact| contact.lang))
    }

    fn notice_letter_of(&self, origin: &str, to: &Receiver<'_>, told: &[Occurrence]) -> Letter {
        let (account, channel, lang) = (to.account, to.channel, to.lang);
        let locale = catalogue().locale(lang);
        let page = format!("{origin}/{}", lang.code());
        let written = if channel == Channel::Phone {
            short_message(locale, &page, told)
        } else if channel == Channel::Push {
            browser_message(locale, &page, told)
        } else {
            let stop = self.stop_key(account, channel).map(|key| format!("{page}/notices/stop/{key}"));
            letter(locale, (&page, stop), told)
        };
        let first = told.first().map_or_else(Uuid::nil, |event| event.id);
        // Each browser of a person gets a letter of its own.
        let browser = if channel == Channel::Push { to.address } else { "" };
        let key = Sha256::digest(format!("akimat notice\0{account}\0{}\0{first}{browser}", channel.code()));
        let key: String = key[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        self.plain_letter(format!("notice/{key}"), (to.address, lang), written)
    }

    fn plain_letter(&self, key: String, (address, lang): (&str, Lang), written: Written) -> Letter {
        let now = self.now();
        Letter {
            id: self.new_uuid(),
            key,
            kind: "notice".to_owned(),
            subscriber: None,
            recipient: address.to_owned(),
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

    /// An address of an account refused a letter for good: the channel is stopped until the person says otherwise. A
    /// browser that is gone is forgotten; the person's other browsers stay.
    pub(crate) async fn stop_refused(
        &self,
        address: &str,
        (fault, refused): (&str, bool),
    ) -> Result<Vec<Change>> {
        let (channel, held) = if address.starts_with("telegram:") {
            (Channel::Telegram, self.read().find_notice_address(Channel::Telegram, address).await?)
        } else if address.starts_with(super::PUSH_PREFIX) {
            (Channel::Push, self.read().find_notice_address(Channel::Push, address).await?)
        } else {
            let (kind, channel) = match address.starts_with('+') {
                true => (ContactKind::Phone, Channel::Phone),
                false => (ContactKind::Email, Channel::Email),
            };
            let found = self.read().find_contact(kind, &address.to_lowercase()).await?;
            (channel, found.map(|contact| contact.account))
        };
        let Some(account) = held else { return Ok(Vec::new()) };
        if channel == Channel::Push {
            let others = self.notice_addresses(account, channel).await?.len() > 1;
            let audit = self.audit(None, "drop_refused_browser", account, None, &json!({}));
            let drop = NoticeChange::DropAddress(account, channel, address.to_owned());
            match (refused, others) {
                (true, true) => return Ok(vec![Change::Notice(drop), audit]),
                (false, true) => return Ok(Vec::new()),
                (true, false) => {
                    let stop = Stop { channel, fault: fault.to_owned(), at: self.now() };
                    let stop = Change::Notice(NoticeChange::Stop(account, stop));
                    return Ok(vec![Change::Notice(drop), stop, audit]);
                }
                (false, false) => {}
            }
        }
        let stop = Stop { channel, fault: fault.to_owned(), at: self.now() };
        let detail = json!({ "channel": channel.code() });
        let audit = self.audit(None, "stop_refused_channel", account, None, &detail);
        Ok(vec![Change::Notice(NoticeChange::Stop(account, stop)), audit])
    }

    /// Listens to the messenger until `stop` says yes: who comes with a link from the page is found there from now on.
    pub async fn run_messenger(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        let Some(post) = self.post.clone() else { return };
        let Some(messenger) = post.mailer.messenger() else { return };
        while !*stop.borrow() {
            let heard = tokio::select! {
                heard = messenger.hear() => heard,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            let done = match heard {
                Ok(heard) => self.listen(&heard).await.map_err(|error| error.to_string()),
                Err(fault) => Err(fault.to_string()),
            };
            let Err(fault) = done else { continue };
            tracing::warn!(fault, "the messenger was not heard");
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Takes in what people said to the messenger: `/start WORD` out of a link, or `/stop`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listen(&self, heard: &[Heard]) -> Result<()> {
        for one in heard {
            let locale = catalogue().locale(one.lang.unwrap_or(Lang::Kk));
            let mut words = one.words.split_whitespace();
            let (command, word) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let (key, changes) = match command {
                "/start" => match self.read_link_word(word) {
                    Some(account) => {
                        let new = NoticeAddress {
                            channel: Channel::Telegram,
                            address: one.address.clone(),
                            words: String::new(),
                            at: self.now(),
                        };
                        let add = NoticeChange::AddAddress(account, new);
                        let audit = self.audit(None, "join_messenger", account, None, &json!({}));
                        let resume = NoticeChange::Resume(account, Channel::Telegram);
                        ("told-messenger-joined", vec![Change::Notice(add), Change::Notice(resume), audit])
                    }
                    None => ("told-messenger-how", Vec::new()),
                },
                "/stop" => match self.read().find_notice_address(Channel::Telegram, &one.address).await? {
                    Some(account) => {
                        let remove = NoticeChange::RemoveAddress(account, Channel::Telegram);
                        let audit = self.audit(None, "leave_messenger", account, None, &json!({}));
                        ("told-messenger-left", vec![Change::Notice(remove), audit])
                    }
                    None => ("told-messenger-how", Vec::new()),
                },
                _ => ("told-messenger-how", Vec::new()),
            };
            let mut sheet = Sheet::default();
            sheet.paragraph(&locale.t(key));
            let written =
                sheet.finish(locale.lang(), locale.t("told-subject-messenger").into_owned(), String::new());
            let letter = self.plain_letter(
                format!("notice/{}", self.new_uuid()),
                (&one.address, locale.lang()),
                written,
            );
            let mut batch = changes;
            batch.push(Change::PutLetter(Box::new(letter)));
            self.store().apply(batch).await?;
        }
        Ok(())
    }
}

fn letter(locale: &Locale, (page, stop): (&str, Option<String>), told: &[Occurrence]) -> Written {
    let mut sheet = Sheet::default();
    for event in told {
        sheet.paragraph(&notice_words(locale, event));
        if let Some(reason) = notice_reason(locale, event) {
            sheet.paragraph(&reason);
        }
        sheet.link(&locale.t("told-open"), &format!("{page}{}", event.link));
    }
    sheet.paragraph(&locale.t("told-why"));
    sheet.link(&locale.t("told-settings-title"), &format!("{page}/account/notices/settings"));
    if let Some(stop) = &stop {
        sheet.link(&locale.t("told-stop-link"), stop);
    }
    let subject = match told {
        [one] => notice_words(locale, one),
        _ => locale.f("told-subject", &[("n", u64::try_from(told.len()).unwrap_or_default().into())]),
    };
    sheet.finish(locale.lang(), subject, stop.unwrap_or_default())
}

/// What the browser's worker shows: title, words and where a press leads, as JSON.
fn browser_message(locale: &Locale, page: &str, told: &[Occurrence]) -> Written {
    let (words, link) = match told {
        [one] => (notice_words(locale, one), format!("{page}{}", one.link)),
        _ => {
            let n = u64::try_from(told.len()).unwrap_or_default();
            (locale.f("told-subject", &[("n", n.into())]), format!("{page}/account/notices"))
        }
    };
    // One message holds 4 KB; nobody reads more in a corner of the screen.
    let words: String = words.chars().take(300).collect();
    let title: &str = &locale.t("site-name");
    let text = json!({ "title": title, "words": words, "link": link, "lang": locale.lang().code() });
    Written {
        subject: String::new(),
        text: text.to_string(),
        html: String::new(),
        unsubscribe: String::new(),
    }
}

/// A short message: a Kazakh one has 70 characters a part, so it says one thing and where the rest is.
fn short_message(locale: &Locale, page: &str, told: &[Occurrence]) -> Written {
    let text = match told {
        [one] => format!("{}\n{page}{}", notice_words(locale, one), one.link),
        _ => {
            let n = u64::try_from(told.len()).unwrap_or_default();
            format!("{}\n{page}/account/notices", locale.f("told-subject", &[("n", n.into())]))
        }
    };
    Written { subject: String::new(), text, html: String::new(), unsubscribe: String::new() }
}
