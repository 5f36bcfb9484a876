//! Notices: people hear of what they wait for, on the page and by the channels they chose.
//!
//! What happened is put into the batch that does it ([`cause`]). Beside the pages a server then finds out whom it
//! concerns ([`tell`]) and writes letters when they are due ([`letter`]); both are carried out in batches that no second
//! server can repeat.

pub(crate) mod cause;
pub mod letter;
pub mod tell;

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, KatoCode, Lang, ProjectId};
use akimat_storage::contact::ContactKind;
use akimat_storage::notice::{
    Channel, Choice, NoticeAddress, NoticeChange, NoticeKind, NoticeSettings, Pace,
};
use akimat_storage::{Account, Change};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::json;
use sha2::Digest as _;

/// Subjects that a person follows at most.
pub const FOLLOWS_MAX: usize = 300;
/// Time zones that the page offers beside the platform's own: IANA names.
pub const ZONES: [&str; 12] = [
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Bishkek",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Asia/Shanghai",
    "Asia/Dubai",
    "Asia/Seoul",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Berlin",
    "America/New_York",
];
/// Whoever asks the messenger to find an account must do it within so many minutes.
const LINK_MINUTES: i64 = 30;

/// How soon a channel tells of a kind when the person chose nothing.
pub const fn default_pace(kind: NoticeKind, channel: Channel) -> Pace {
    match (channel, kind) {
        (Channel::Page | Channel::Telegram | Channel::Push, _)
        | (
            Channel::Email,
            NoticeKind::OfficialAnswer
            | NoticeKind::CommentModerated
            | NoticeKind::ContestDecided
            | NoticeKind::ProposalMoved
            | NoticeKind::BallotUnfinished,
        ) => Pace::AtOnce,
        // The account has a letter of its own about new devices, which nobody can switch off.
        (Channel::Email, NoticeKind::NewDevice) | (Channel::Phone, _) => Pace::Never,
        (Channel::Email, _) => Pace::Daily,
    }
}

/// Paces that make sense for a kind and channel; none: there is nothing to choose.
pub fn paces(kind: NoticeKind, channel: Channel) -> &'static [Pace] {
    match (channel, kind) {
        (Channel::Email, NoticeKind::NewDevice) => &[],
        (Channel::Page, _) | (_, NoticeKind::NewDevice) => &[Pace::Never, Pace::AtOnce],
        _ => &Pace::ALL,
    }
}

/// How soon a channel tells a person of a kind.
pub fn pace(settings: &NoticeSettings, kind: NoticeKind, channel: Channel) -> Pace {
    let chosen = settings.choices.iter().find(|choice| choice.kind == kind && choice.channel == channel);
    let pace = chosen.map_or_else(|| default_pace(kind, channel), |choice| choice.pace);
    if paces(kind, channel).contains(&pace) { pace } else { Pace::Never }
}

/// Something that can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// A project.
    Project(ProjectId),
    /// A territory.
    Place(KatoCode),
}

impl Followed {
    /// As it is kept.
    pub fn key(self) -> String {
        match self {
            Self::Project(id) => format!("project/{id}"),
            Self::Place(code) => format!("place/{code}"),
        }
    }

    /// Reads it.
    pub fn parse(key: &str) -> Option<Self> {
        match key.split_once('/')? {
            ("project", id) => id.parse().ok().map(Self::Project),
            ("place", code) => code.parse().ok().map(Self::Place),
            _ => None,
        }
    }
}

/// What the page of settings sends.
#[derive(Clone, Debug)]
pub struct NoticeWishes {
    /// Language of the letters.
    pub lang: Lang,
    /// Time zone: an IANA name.
    pub zone: String,
    /// What was chosen.
    pub choices: Vec<Choice>,
}

/// By which a browser of a person is named in a form: the address itself is a secret between it and the platform.
pub fn browser_code(address: &str) -> String {
    let hash = sha2::Sha256::digest(format!("akimat browser\0{address}"));
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Browsers of one person that are written to.
pub const BROWSERS_MAX: usize = 10;

/// How addresses of the outbox begin that are browsers.
pub const PUSH_PREFIX: &str = "push:";

/// A browser that lets the platform write to it, as it says so itself: every part as text (base64url).
#[derive(Clone, Copy, Debug)]
pub struct PushBrowser<'a> {
    /// Address at the push service.
    pub endpoint: &'a str,
    /// Its public key.
    pub key: &'a str,
    /// What it shares with the platform.
    pub secret: &'a str,
}

impl PushBrowser<'_> {
    /// As the outbox writes to it; `None` for what no browser says.
    fn address(&self) -> Option<String> {
        let Self { endpoint, key, secret } = self;
        let word = |text: &str, n: usize| {
            text.len() == n && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        };
        // 65 and 16 bytes without padding.
        let fine = endpoint.contains("://")
            && endpoint.len() <= 1_000
            && endpoint.bytes().all(|byte| byte.is_ascii_graphic())
            && word(key, 87)
            && word(secret, 22);
        fine.then(|| format!("{PUSH_PREFIX}{endpoint} {key} {secret}"))
    }
}

/// What proves that somebody reads the notices of an account by a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopKey {
    /// Whose.
    pub account: AccountId,
    /// How.
    pub channel: Channel,
}

impl App {
    /// Channels that the platform has.
    pub fn notice_channels(&self) -> Vec<Channel> {
        let mut channels = vec![Channel::Page];
        if let Some(post) = self.post() {
            channels.push(Channel::Email);
            channels.extend(self.sends_messages().then_some(Channel::Phone));
            channels.extend(post.mailer.messenger().map(|_| Channel::Telegram));
            channels.extend(post.mailer.push_key().map(|_| Channel::Push));
        }
        channels
    }

    /// A person says how and when to be told.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a zone that does not exist, [`AppError::SignInNeeded`] for nobody.
    pub async fn choose_notices(&self, actor: Option<&Account>, wishes: NoticeWishes) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if TimeZone::get(&wishes.zone).is_err() {
            return Err(AppError::field("zone", "field-choose-from-list"));
        }
        let choices: Vec<Choice> = wishes
            .choices
            .into_iter()
            .filter(|choice| paces(choice.kind, choice.channel).contains(&choice.pace))
            .collect();
        let batch = vec![
            Change::Notice(NoticeChange::SetPerson(account.id, wishes.lang, wishes.zone)),
            Change::Notice(NoticeChange::Choose(account.id, choices)),
            self.audit(actor, "choose_notices", account.id, account.place, &json!({})),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// A person read one notice, or all.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] for nobody.
    pub async fn read_notices(&self, actor: Option<&Account>, event: Option<uuid::Uuid>) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let change = NoticeChange::Read(account.id, event, self.now());
        Ok(self.store().apply(vec![Change::Notice(change)]).await?)
    }

    /// A person follows something, or no more.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such thing, [`AppError::Invalid`] when the person follows
    /// [`FOLLOWS_MAX`] already.
    pub async fn follow(&self, actor: Option<&Account>, what: Followed, on: bool) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let (key, at) = (what.key(), self.now());
        let change = if on {
            self.check_followed(what).await?;
            let followed = self.read().list_follows(account.id).await?;
            if followed.len() >= FOLLOWS_MAX && !followed.contains(&key) {
                let fault = crate::FieldFault::new("place", "field-follows-many").with("max", FOLLOWS_MAX);
                return Err(AppError::Invalid(vec![fault]));
            }
            NoticeChange::Follow(account.id, key, at)
        } else {
            NoticeChange::Unfollow(account.id, key)
        };
        // Whoever follows what is nobody's business: the row itself is the record.
        Ok(self.store().apply(vec![Change::Notice(change)]).await?)
    }

    async fn check_followed(&self, what: Followed) -> Result<()> {
        match what {
            Followed::Project(id) => {
                self.read().find_project(id).await?.map(|_| ()).ok_or(AppError::NotFound("project"))
            }
            Followed::Place(code) => {
                let found = self.read().list_places_by_code(&[code], self.today()).await?;
                found.first().map(|_| ()).ok_or(AppError::NotFound("place"))
            }
        }
    }

    /// A person wants to try a channel again whose address refused.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] for nobody.
    pub async fn resume_notices(&self, actor: Option<&Account>, channel: Channel) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let batch = vec![
            Change::Notice(NoticeChange::Resume(account.id, channel)),
            self.audit(
                actor,
                "resume_notices",
                account.id,
                account.place,
                &json!({ "channel": channel.code() }),
            ),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// The key in the letters of a channel by which one click ends them; `None` where the platform has no key.
    pub fn stop_key(&self, account: AccountId, channel: Channel) -> Option<String> {
        let proof = self.stop_proof(account, channel)?;
        Some(format!("{}.{}.{proof}", account.0.simple(), channel.code()))
    }

    fn stop_proof(&self, account: AccountId, channel: Channel) -> Option<String> {
        let hash = self.key().ok()?.hash("end notices", &[account.0.as_bytes(), channel.code().as_bytes()]);
        Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key in the address of the feed and of the calendar of what a person follows; `None` where the platform has no
    /// key. Feed readers sign nobody in: whoever has the address reads along. `renewed` is how often the person had it
    /// made anew.
    pub fn follow_key(&self, account: AccountId, renewed: u32) -> Option<String> {
        let key = self.key().ok()?;
        let hash = match renewed {
            0 => key.hash("follow feed", &[account.0.as_bytes()]),
            n => key.hash("follow feed", &[account.0.as_bytes(), &n.to_be_bytes()]),
        };
        let proof: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(format!("{}{proof}", account.0.simple()))
    }

    /// The projects that the holder of such a key follows.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a key that the platform did not make, and for one of somebody who is gone.
    pub async fn followed_by_key(&self, text: &str) -> Result<Vec<ProjectId>> {
        let missing = || AppError::NotFound("notice");
        let account = text.get(..32).and_then(|id| uuid::Uuid::parse_str(id).ok()).map(AccountId);
        let account = account.ok_or_else(missing)?;
        let renewed = self.read().find_notice_settings(account).await?.feed_renewed;
        let due = self.follow_key(account, renewed).ok_or_else(missing)?;
        if !crate::secret::same(due.as_bytes(), text.as_bytes()) {
            return Err(missing());
        }
        self.read().find_account(account).await?.filter(|account| !account.disabled).ok_or_else(missing)?;
        let keys = self.read().list_follows(account).await?;
        let project = |key: &String| match Followed::parse(key) {
            Some(Followed::Project(id)) => Some(id),
            _ => None,
        };
        Ok(keys.iter().filter_map(project).collect())
    }

    /// Reads the key of a link that ends letters.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for one that the platform did not make.
    pub fn read_stop_key(&self, text: &str) -> Result<StopKey> {
        let missing = || AppError::NotFound("notice");
        let mut parts = text.splitn(3, '.');
        let account = parts.next().and_then(|id| uuid::Uuid::parse_str(id).ok()).map(AccountId);
        let channel = parts.next().and_then(Channel::parse);
        let (Some(account), Some(channel), Some(proof)) = (account, channel, parts.next()) else {
            return Err(missing());
        };
        let due = self.stop_proof(account, channel).ok_or_else(missing)?;
        let same = due.len() == proof.len()
            && due.bytes().zip(proof.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
        if same { Ok(StopKey { account, channel }) } else { Err(missing()) }
    }

    /// One click ends a channel: nothing is told by it any more until the person chooses again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_notices(&self, key: StopKey) -> Result<()> {
        let never = |kind: NoticeKind| Choice { kind, channel: key.channel, pace: Pace::Never };
        let choices = NoticeKind::ALL.into_iter().map(never).collect();
        let detail = json!({ "channel": key.channel.code() });
        let batch = vec![
            Change::Notice(NoticeChange::Choose(key.account, choices)),
            self.audit(None, "end_notices", key.account, None, &detail),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// The link that leads to the messenger and lets it find the person; `None` where there is no messenger.
    pub fn messenger_link(&self, account: AccountId) -> Option<String> {
        let messenger = self.post()?.mailer.messenger()?;
        let until = (self.now() + SignedDuration::from_mins(LINK_MINUTES)).as_second();
        let word = self.link_word(account, until)?;
        Some(messenger.link(&word))
    }

    /// 64 characters at most: account, end and proof.
    fn link_word(&self, account: AccountId, until: i64) -> Option<String> {
        let end = until.to_be_bytes();
        let proof = self.key().ok()?.hash("messenger", &[account.0.as_bytes(), &end]);
        let proof: String = proof[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(format!("{}{until:010x}{proof}", account.0.simple()))
    }

    fn read_link_word(&self, word: &str) -> Option<AccountId> {
        let account = AccountId(uuid::Uuid::parse_str(word.get(..32)?).ok()?);
        let until = i64::from_str_radix(word.get(32..42)?, 16).ok()?;
        let due = self.link_word(account, until)?;
        let same = due.len() == word.len()
            && due.bytes().zip(word.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
        (same && until >= self.now().as_second()).then_some(account)
    }

    /// The messenger shall find the person no more.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] for nobody.
    pub async fn leave_messenger(&self, actor: Option<&Account>) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let batch = vec![
            Change::Notice(NoticeChange::RemoveAddress(account.id, Channel::Telegram)),
            self.audit(actor, "leave_messenger", account.id, account.place, &json!({})),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// The key by which browsers let the platform write to them; `None` where it does not.
    pub fn push_key(&self) -> Option<String> {
        self.post()?.mailer.push_key()
    }

    /// A browser of the person is written to from now on, beside the others, and in place of `former`, which it had
    /// before. `words` tell it apart from the others.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for what no browser says, and when there are as many browsers as there may be.
    pub async fn join_push(
        &self,
        actor: Option<&Account>,
        browser: PushBrowser<'_>,
        (former, words): (&str, &str),
    ) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let address = browser.address().ok_or_else(|| AppError::field("", "told-push-bad"))?;
        if self.push_key().is_none() {
            return Err(AppError::NotFound("channel"));
        }
        let (id, now) = (account.id, self.now());
        let joined = self.notice_addresses(id, Channel::Push).await?;
        let at = |endpoint: &str, one: &String| {
            let rest = one.strip_prefix(PUSH_PREFIX).unwrap_or_default();
            !endpoint.is_empty() && rest.split(' ').next() == Some(endpoint)
        };
        let (replaced, others): (Vec<String>, Vec<String>) =
            joined.into_iter().partition(|one| at(former, one) || at(browser.endpoint, one));
        if others.len() >= BROWSERS_MAX {
            let fault = FieldFault::new("", "told-push-many").with("max", BROWSERS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let drop = |one| Change::Notice(NoticeChange::DropAddress(id, Channel::Push, one));
        let words = words.chars().take(100).collect();
        let new = NoticeAddress { channel: Channel::Push, address, words, at: now };
        let mut batch: Vec<Change> = replaced.into_iter().map(drop).collect();
        batch.extend([
            Change::Notice(NoticeChange::AddAddress(id, new)),
            Change::Notice(NoticeChange::Resume(id, Channel::Push)),
            self.audit(actor, "join_push", id, account.place, &json!({})),
        ]);
        Ok(self.store().apply(batch).await?)
    }

    /// A browser of the person shall be written to no more, by its [`browser_code`]; without one, none.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] for nobody.
    pub async fn leave_push(&self, actor: Option<&Account>, code: &str) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let joined = self.notice_addresses(account.id, Channel::Push).await?;
        let gone = joined.into_iter().filter(|one| code.is_empty() || browser_code(one) == code);
        let drop = |one| Change::Notice(NoticeChange::DropAddress(account.id, Channel::Push, one));
        let mut batch: Vec<Change> = gone.map(drop).collect();
        batch.push(self.audit(actor, "leave_push", account.id, account.place, &json!({})));
        Ok(self.store().apply(batch).await?)
    }

    /// The person wants another address for feed and calendar; the former one stops at once.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] for nobody.
    pub async fn renew_feed(&self, actor: Option<&Account>) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let batch = vec![
            Change::Notice(NoticeChange::RenewFeed(account.id)),
            self.audit(actor, "renew_feed", account.id, account.place, &json!({})),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// Everywhere a channel finds a person: each browser, of everything else one address.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn notice_addresses(&self, account: AccountId, channel: Channel) -> Result<Vec<String>> {
        if channel != Channel::Push {
            return Ok(self.notice_address(account, channel).await?.into_iter().collect());
        }
        let settings = self.read().find_notice_settings(account).await?;
        let found = settings.addresses.into_iter().filter(|one| one.channel == channel);
        Ok(found.map(|one| one.address).collect())
    }

    /// Where a channel finds a person: the oldest confirmed address. On the page nobody needs one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notice_address(&self, account: AccountId, channel: Channel) -> Result<Option<String>> {
        let kind = match channel {
            Channel::Page => return Ok(None),
            Channel::Telegram | Channel::Push => {
                let settings = self.read().find_notice_settings(account).await?;
                let found = settings.addresses.into_iter().find(|one| one.channel == channel);
                return Ok(found.map(|one| one.address));
            }
            Channel::Email => ContactKind::Email,
            Channel::Phone => ContactKind::Phone,
        };
        let contacts = self.read().list_contacts(account).await?;
        Ok(contacts.into_iter().find(|contact| contact.kind == kind).map(|contact| contact.address))
    }
}
