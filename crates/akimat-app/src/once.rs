//! One act without an account: a person shows who they are for this act alone, does it, and is forgotten.
//!
//! What was shown is nowhere in the database. It travels sealed in the person's browser for half an hour, as a [`Pass`]
//! for one act, and what the act leaves stands under a keyed hash of the person and of what the act is about, in the
//! place where the identifier of an account would stand: the same person is the same hash, with or without an account,
//! and nobody finds the person by it. Reading order: this file, [`verify`] (how a pass is got), [`desk`], [`act`].

pub mod act;
pub mod desk;
pub mod verify;

use crate::ballot::Setting;
use crate::process::requirement;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, KatoCode, ProcessId, ProjectId, ProposalId, Role, Text};
use akimat_identity::{Action, IdentityHash, Lack, Level, Requirement, Standing};
use akimat_storage::Account;
use akimat_storage::contact::ContactKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A pass works so long, in minutes.
pub const PASS_MINUTES: i64 = 30;
/// What passes are sealed for.
const SEALED_FOR: &str = "one-time pass";

/// What is done, and about what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A proposal is supported.
    Support(ProposalId),
    /// Finished works are confirmed or disputed.
    Works(ProjectId),
    /// Something is said about a project.
    Comment(ProjectId),
    /// A ballot of a participatory budget is handed in.
    Ballot(ProcessId),
}

impl Deed {
    /// Reads the two words of an address.
    pub fn parse(code: &str, id: Uuid) -> Option<Self> {
        Some(match code {
            "support" => Self::Support(ProposalId(id)),
            "works" => Self::Works(ProjectId(id)),
            "comment" => Self::Comment(ProjectId(id)),
            "ballot" => Self::Ballot(ProcessId(id)),
            _ => return None,
        })
    }

    /// The kind, in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Support(_) => "support",
            Self::Works(_) => "works",
            Self::Comment(_) => "comment",
            Self::Ballot(_) => "ballot",
        }
    }

    /// What it is about.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Support(id) => id.0,
            Self::Works(id) | Self::Comment(id) => id.0,
            Self::Ballot(id) => id.0,
        }
    }

    /// Both, as in addresses.
    pub fn key(self) -> String {
        format!("{}/{}", self.code(), self.id())
    }

    /// Reads [`Deed::key`].
    pub fn parse_key(key: &str) -> Option<Self> {
        let (code, id) = key.split_once('/')?;
        Self::parse(code, id.parse().ok()?)
    }
}

/// What an act is about and what it needs.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The act.
    pub deed: Deed,
    /// Territory.
    pub place: KatoCode,
    /// What a person must have shown.
    pub requirement: Requirement,
    /// Name of what it is about.
    pub title: Text,
    /// It is part of invented data.
    pub invented: bool,
    /// Its page, after the language.
    pub path: String,
    /// Why the act is not possible now, whoever comes.
    pub closed: Option<FieldFault>,
    /// The vote, for a ballot.
    pub setting: Option<Setting>,
}

/// What a person has shown, for one act. It is never stored: the browser keeps it, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    deed: String,
    identity: IdentityHash,
    /// Kind and folded form of the address that was confirmed, where that is all that was shown.
    contact: Option<(String, String)>,
    level: u8,
    born_on: Option<Date>,
    home: Option<KatoCode>,
    until: i64,
}

impl Pass {
    fn standing(&self) -> Standing {
        let level = Level::from_number(self.level).unwrap_or_default();
        Standing { level, born_on: self.born_on, home: self.home }
    }
}

impl App {
    /// What an act is about and what it needs here and today.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such thing, or a process takes no ballots without accounts.
    pub async fn once_scene(&self, deed: Deed) -> Result<Scene> {
        match deed {
            Deed::Support(id) => self.scene_of_support(deed, id).await,
            Deed::Works(id) | Deed::Comment(id) => self.scene_of_project(deed, id).await,
            Deed::Ballot(id) => self.scene_of_ballot(deed, id).await,
        }
    }

    async fn scene_of_support(&self, deed: Deed, id: ProposalId) -> Result<Scene> {
        let (process, proposal, _) = self.proposal(None, id).await?;
        let number = proposal.number.ok_or(AppError::NotFound("proposal"))?;
        let closed = !crate::proposal::people::takes_support(&process, &proposal);
        Ok(Scene {
            deed,
            place: process.place,
            requirement: at_least_contact(requirement(process.proposers)),
            title: proposal.title.clone(),
            invented: process.invented,
            path: format!("/budgeting/{}/proposals/{number}", process.code),
            closed: closed.then(|| FieldFault::new("", "proposal-not-in-this-phase")),
            setting: None,
        })
    }

    async fn scene_of_project(&self, deed: Deed, id: ProjectId) -> Result<Scene> {
        let (project, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        let works = matches!(deed, Deed::Works(_));
        let action = if works { Action::AcceptWorks } else { Action::Comment };
        let closed = match self.acceptance_tally(&project).await? {
            _ if !works => None,
            None => Some(FieldFault::new("", "field-works-unfinished")),
            Some(tally) if tally.term.open => None,
            Some(tally) => Some(FieldFault::new("", "field-term-over").with("day", tally.term.last_day)),
        };
        Ok(Scene {
            deed,
            place: project.place,
            requirement: at_least_contact(self.stated(action, Some(project.place)).unwrap_or_default()),
            title: project.title.clone(),
            invented: project.invented,
            path: format!("/projects/{id}{}", if works { "/acceptance" } else { "" }),
            closed,
            setting: None,
        })
    }

    async fn scene_of_ballot(&self, deed: Deed, id: ProcessId) -> Result<Scene> {
        let process = self.process(id).await?;
        if !process.published() || !process.ballot.one_time {
            return Err(AppError::NotFound("process"));
        }
        let setting = self.setting_of(process).await?;
        let process = setting.process.clone();
        let found = self.read().find_ballot_box(id).await?;
        let closed = setting.admit(self.now(), found.as_ref()).err().map(|refusal| {
            let late = refusal == akimat_participation::ballot::Refusal::Late;
            FieldFault::new("", if late { "ballot-late" } else { "ballot-early" })
        });
        Ok(Scene {
            deed,
            place: process.place,
            requirement: at_least_contact(crate::ballot::needed(&setting)),
            title: process.title.clone(),
            invented: process.invented,
            path: format!("/budgeting/{}/ballot", process.code),
            closed,
            setting: Some(setting),
        })
    }

    /// The pass that a browser brings, if it is one of ours for this act and not over.
    pub fn open_pass(&self, sealed: &[u8], deed: Deed) -> Option<Pass> {
        let text = self.key.as_ref()?.open(SEALED_FOR, sealed)?;
        let pass: Pass = serde_json::from_slice(&text).ok()?;
        (pass.deed == deed.key() && pass.until > self.now().as_second()).then_some(pass)
    }

    /// Seals what a person has shown, if that is enough for the act and the person has no account.
    async fn sealed_pass(&self, scene: &Scene, shown: Shown) -> Result<Vec<u8>> {
        let pass = self.checked_pass(scene, shown).await?;
        self.seal_pass(&pass)
    }

    async fn checked_pass(&self, scene: &Scene, shown: Shown) -> Result<Pass> {
        let pass = Pass {
            deed: scene.deed.key(),
            identity: shown.identity,
            contact: shown.contact,
            level: shown.standing.level.number(),
            born_on: shown.standing.born_on,
            home: shown.standing.home,
            until: self.now().as_second() + PASS_MINUTES * 60,
        };
        self.admit_once(scene, &pass).await?;
        Ok(pass)
    }

    fn seal_pass(&self, pass: &Pass) -> Result<Vec<u8>> {
        let text = serde_json::to_vec(pass).map_err(|error| AppError::Internal(error.to_string()))?;
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&self.secret()[..12]);
        self.key()?.seal(SEALED_FOR, nonce, &text).map_err(AppError::Internal)
    }

    /// Whether somebody may do it with what was shown: whoever has an account does it there, so that nobody does it
    /// here and there.
    async fn admit_once(&self, scene: &Scene, pass: &Pass) -> Result<()> {
        if let Some(fault) = &scene.closed {
            return Err(AppError::Invalid(vec![fault.clone()]));
        }
        let lacks: Vec<Lack> = scene.requirement.lacks(&pass.standing(), Some(scene.place), self.today());
        if !lacks.is_empty() {
            return Err(AppError::Unmet(lacks));
        }
        let known = match &pass.contact {
            Some((kind, key)) => match ContactKind::parse(kind) {
                Some(kind) => self.read().find_contact(kind, key).await?.is_some(),
                None => false,
            },
            None => false,
        };
        match self.read().find_verified_identity(&pass.identity).await? {
            Some(held) if held.account.is_none() => Err(AppError::field("", "once-erased")),
            Some(_) => Err(AppError::field("", "once-has-account")),
            None if known => Err(AppError::field("", "once-has-account")),
            None => Ok(()),
        }
    }

    /// Under which identifier an act of a person without an account stands: a keyed hash of the person and of what the
    /// act is about. Words stand under one hash wherever they are said, so that rules and moderators treat them as
    /// those of one author.
    pub(crate) fn once_id(&self, about: &str, identity: &IdentityHash) -> Result<Uuid> {
        let hash = self.key()?.hash("one-time act", &[about.as_bytes(), identity]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The keyed hash of somebody of whom an address is all that is known.
    pub(crate) fn contact_identity(&self, kind: ContactKind, key: &str) -> Result<IdentityHash> {
        Ok(self.key()?.hash("one-time contact", &[kind.code().as_bytes(), key.as_bytes()]))
    }

    /// Every hash by which a person with an account may have acted without it.
    async fn once_identities(&self, account: AccountId) -> Result<Vec<IdentityHash>> {
        let mut all: Vec<IdentityHash> =
            self.read().list_verifications(account).await?.iter().filter_map(|one| one.identity).collect();
        for contact in self.read().list_contacts(account).await? {
            all.push(self.contact_identity(contact.kind, &contact.address_key)?);
        }
        Ok(all)
    }

    /// Identifiers under which an account's person may have done something before it had the account.
    pub(crate) async fn once_ids(&self, account: AccountId, about: &str) -> Result<Vec<AccountId>> {
        // Without a key nobody could act without an account.
        if self.key.is_none() {
            return Ok(Vec::new());
        }
        let all = self.once_identities(account).await?;
        all.iter().map(|identity| self.once_id(about, identity).map(AccountId)).collect()
    }

    /// A person without an account, as use cases want one. It is never stored.
    fn passer(&self, id: Uuid, name: &str) -> Account {
        Account {
            id: AccountId(id),
            login: String::new(),
            display_name: akimat_participation::wording::plain_name(name),
            role: Role::Resident,
            place: None,
            office: String::new(),
            disabled: false,
            grants: Vec::new(),
            created_at: self.now(),
        }
    }
}

/// What a person has shown.
struct Shown {
    identity: IdentityHash,
    contact: Option<(String, String)>,
    standing: Standing,
}

/// What is free for accounts needs an address here: without any there would be no telling two people apart.
fn at_least_contact(requirement: Requirement) -> Requirement {
    Requirement { level: requirement.level.max(Level::Contact), ..requirement }
}

/// What acts on a proposal are about, for [`App::once_id`].
pub(crate) fn about_proposal(id: ProposalId) -> String {
    format!("proposal/{id}")
}

/// What judgements of works are about, for [`App::once_id`].
pub(crate) fn about_works(id: ProjectId) -> String {
    format!("works/{id}")
}
