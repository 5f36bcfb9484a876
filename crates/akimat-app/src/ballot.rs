//! Ballots of participatory budgets: what one person chooses, saved at every click, handed in, changed, withdrawn.
//!
//! What is chosen is sealed under a keyed hash of the person ([`key`]); who takes part is kept apart from it. Reading
//! order: [`setting`], this file, [`paper`] (ballots on paper), [`close`] (the end of the vote), [`file`], [`result`].

pub mod close;
pub mod file;
pub mod invented;
pub(crate) mod key;
pub mod observe;
pub mod paper;
pub mod project;
pub mod remind;
pub mod result;
pub mod setting;
pub mod turnout;

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, ProposalId, Role};
use akimat_identity::{Lack, Level, Requirement, Scope, Standing as PersonStanding};
use akimat_participation::ballot::{Ballot, BallotPaper, Fault, Kept, Receipt, Refusal, Standing};
use akimat_participation::process::{BallotForm, Reach};
use akimat_storage::ballot::{BallotBox, BallotChange, BallotChannel, BoxState, SealedBallot, Traits, Voter};
use akimat_storage::contact::Contact;
use akimat_storage::{Account, Batch, Change, Conflict, StoreError, Verification};
use jiff::Timestamp;
use key::{BoxKey, PersonKey};
use serde_json::json;
pub use setting::Setting;

/// How often an act is tried again when another device of the same person was faster.
pub(crate) const TRIES: u8 = 8;

/// One act on one's own ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BallotAct {
    /// Marks a project.
    Add(ProposalId),
    /// Takes a mark away.
    Remove(ProposalId),
    /// Gives a project so many points.
    Points(ProposalId, u32),
    /// Moves a project up or down.
    Shift(ProposalId, bool),
    /// Takes all marks away.
    Clear,
}

/// One's own ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyBallot {
    /// What is on it.
    pub kept: Kept,
    /// How far it is.
    pub standing: Standing,
    /// How the ballot that counts came.
    pub channel: Option<BallotChannel>,
}

/// Who may vote, with what was read about the person once for the whole act.
struct Admitted {
    account: AccountId,
    standing: PersonStanding,
    keys: Vec<PersonKey>,
}

/// A person before the box of a process.
pub(crate) struct Booth {
    pub(crate) key: BoxKey,
    pub(crate) pseudonym: [u8; 32],
    pub(crate) voter: [u8; 32],
    pub(crate) stored: Option<SealedBallot>,
    pub(crate) known: Option<Voter>,
    pub(crate) kept: Kept,
}

/// The public commitment to a receipt: it shows that a ballot was taken, and nothing of what is on it or whose it is.
pub fn commitment(setting: &Setting, receipt: &Receipt) -> String {
    crate::log::digest(&format!("akimat ballot receipt\n{}\n{}", setting.process.id, receipt.code()))
}

impl App {
    /// What a person lacks to vote in a process; empty when nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ballot_lacks(&self, account: AccountId, setting: &Setting) -> Result<Vec<Lack>> {
        Ok(self.lacks_of(&self.standing(account).await?, setting))
    }

    fn lacks_of(&self, standing: &PersonStanding, setting: &Setting) -> Vec<Lack> {
        needed(setting).lacks(standing, Some(setting.process.place), self.today())
    }

    /// One's own ballot in a process.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`]; [`AppError::Unavailable`] without the key.
    pub async fn my_ballot(&self, actor: Option<&Account>, setting: &Setting) -> Result<MyBallot> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let found = self.read().find_ballot_box(setting.process.id).await?;
        let Some(found) = found.filter(|found| found.state <= BoxState::Frozen) else {
            let kept = Kept::default();
            return Ok(MyBallot { standing: kept.standing(), kept, channel: None });
        };
        let booth = self.booth(account.id, found).await?;
        Ok(booth.mine())
    }

    /// A person's place at a box.
    pub(crate) async fn booth(&self, account: AccountId, found: BallotBox) -> Result<Booth> {
        let persons = self.person_keys(account).await?;
        self.booth_of(&persons, found).await
    }

    /// The place at a box of a person who may be known by several keys: the one that took part already counts.
    pub(crate) async fn booth_of(&self, persons: &[PersonKey], found: BallotBox) -> Result<Booth> {
        let key = self.box_key(&found)?;
        let mut chosen = None;
        for person in persons {
            let known = self.read().find_voter(found.process, key.voter(*person)).await?;
            if known.is_some() {
                chosen = Some((*person, known));
                break;
            }
        }
        let first = *persons.first().ok_or(AppError::SignInNeeded)?;
        let (person, known) = chosen.unwrap_or((first, None));
        let (pseudonym, voter) = (key.pseudonym(person), key.voter(person));
        let stored = self.read().find_ballot(found.process, pseudonym).await?;
        let kept = match &stored {
            Some(stored) => key.open(&pseudonym, &stored.sealed)?,
            None => Kept::default(),
        };
        Ok(Booth { key, pseudonym, voter, stored, known, kept })
    }

    /// Keys by which a person is known, the surest first: identities that were ever verified, then the account.
    pub(crate) async fn person_keys(&self, account: AccountId) -> Result<Vec<PersonKey>> {
        let verifications = self.read().list_verifications(account).await?;
        self.keys_of(account, verifications, &self.read().list_contacts(account).await?)
    }

    fn keys_of(
        &self,
        account: AccountId,
        mut all: Vec<Verification>,
        contacts: &[Contact],
    ) -> Result<Vec<PersonKey>> {
        let now = self.now();
        all.sort_by_key(|one| (!one.holds(now), std::cmp::Reverse(one.level)));
        let mut keys: Vec<PersonKey> =
            all.iter().filter_map(|one| one.identity).map(PersonKey::Identity).collect();
        keys.push(PersonKey::Account(account));
        // Somebody may have voted without an account, by an address that the account has now.
        if self.key.is_some() {
            for contact in contacts {
                keys.push(PersonKey::Identity(self.contact_identity(contact.kind, &contact.address_key)?));
            }
        }
        Ok(keys)
    }

    /// One act on one's own ballot, saved at once. Two devices of one person may act at the same time: each act is
    /// carried out on what the other one left.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the mark does not fit, the vote is not open, or the ballot can be changed no more;
    /// [`AppError::Unmet`]; [`AppError::Forbidden`] for officials.
    pub async fn mark_ballot(
        &self,
        actor: Option<&Account>,
        setting: &Setting,
        act: &BallotAct,
    ) -> Result<MyBallot> {
        let person = self.admitted_voter(actor, setting).await?;
        for _ in 0..TRIES {
            let booth = self.open_booth(&person, setting).await?;
            if is_final(setting, &booth.kept) {
                return Err(self.ballot_refused(setting, "final", "ballot-is-final").await);
            }
            let working = acted(&setting.paper, &booth.kept.working, act)
                .map_err(|fault| AppError::Invalid(vec![fault_of(setting, fault)]))?;
            if working == booth.kept.working {
                return Ok(booth.mine());
            }
            let kept = Kept { working, submitted: booth.kept.submitted.clone() };
            if let Some(mine) = self.keep_ballot(&person, setting, (booth, kept), Vec::new()).await? {
                return Ok(mine);
            }
        }
        Err(AppError::Conflict(Conflict::Stale("ballot")))
    }

    /// Hands one's ballot in: it counts from now on. However often this is sent, one ballot with one receipt counts.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with everything that is wrong with the ballot; otherwise as [`App::mark_ballot`].
    pub async fn submit_ballot(&self, actor: Option<&Account>, setting: &Setting) -> Result<MyBallot> {
        let person = self.admitted_voter(actor, setting).await?;
        for _ in 0..TRIES {
            let booth = self.open_booth(&person, setting).await?;
            if matches!(booth.kept.standing(), Standing::Counted { .. }) {
                return Ok(booth.mine());
            }
            if is_final(setting, &booth.kept) {
                return Err(self.ballot_refused(setting, "final", "ballot-is-final").await);
            }
            let faults = setting.paper.faults(&booth.kept.working);
            if !faults.is_empty() {
                self.count_refusal(setting, "faulty").await?;
                let faults = faults.into_iter().map(|fault| fault_of(setting, fault)).collect();
                return Err(AppError::Invalid(faults));
            }
            let kept = booth.kept.submit(self.now(), self.new_receipt());
            let leaf = self.receipt_leaf(setting, &booth.kept, &kept);
            if let Some(mine) = self.keep_ballot(&person, setting, (booth, kept), leaf).await? {
                return Ok(mine);
            }
        }
        Err(AppError::Conflict(Conflict::Stale("ballot")))
    }

    /// Hands in a whole ballot at once: marks with points where the form has points, in the order of preference. For a
    /// terminal, or a page that was without a connection. Sent again, the same ballot keeps its receipt.
    ///
    /// # Errors
    /// As [`App::submit_ballot`].
    pub async fn hand_in_ballot(
        &self,
        actor: Option<&Account>,
        setting: &Setting,
        marks: &[(ProposalId, u32)],
    ) -> Result<MyBallot> {
        let person = self.admitted_voter(actor, setting).await?;
        let refused = |fault| AppError::Invalid(vec![fault_of(setting, fault)]);
        let mut working = Ballot::default();
        for (at, (project, points)) in marks.iter().enumerate() {
            if marks.iter().take(at).any(|(before, _)| before == project) {
                return Err(refused(Fault::Twice { project: *project }));
            }
            let act = match setting.paper.form {
                BallotForm::Points { .. } => BallotAct::Points(*project, *points),
                _ => BallotAct::Add(*project),
            };
            working = acted(&setting.paper, &working, &act).map_err(refused)?;
        }
        let faults = setting.paper.faults(&working);
        if !faults.is_empty() {
            self.count_refusal(setting, "faulty").await?;
            return Err(AppError::Invalid(
                faults.into_iter().map(|fault| fault_of(setting, fault)).collect(),
            ));
        }
        for _ in 0..TRIES {
            let booth = self.open_booth(&person, setting).await?;
            let counted = matches!(booth.kept.standing(), Standing::Counted { .. });
            if counted && booth.kept.working == working {
                return Ok(booth.mine());
            }
            if is_final(setting, &booth.kept) {
                return Err(self.ballot_refused(setting, "final", "ballot-is-final").await);
            }
            let written = Kept { working: working.clone(), submitted: booth.kept.submitted.clone() };
            let kept = written.submit(self.now(), self.new_receipt());
            let leaf = self.receipt_leaf(setting, &booth.kept, &kept);
            if let Some(mine) = self.keep_ballot(&person, setting, (booth, kept), leaf).await? {
                return Ok(mine);
            }
        }
        Err(AppError::Conflict(Conflict::Stale("ballot")))
    }

    /// Takes one's ballot back until the deadline; the working ballot stays.
    ///
    /// # Errors
    /// As [`App::mark_ballot`].
    pub async fn withdraw_ballot(&self, actor: Option<&Account>, setting: &Setting) -> Result<MyBallot> {
        let person = self.admitted_voter(actor, setting).await?;
        for _ in 0..TRIES {
            let booth = self.open_booth(&person, setting).await?;
            let Some(submitted) = &booth.kept.submitted else { return Ok(booth.mine()) };
            if is_final(setting, &booth.kept) {
                return Err(self.ballot_refused(setting, "final", "ballot-is-final").await);
            }
            let body = json!({ "receipt_sha256": commitment(setting, &submitted.receipt) });
            let leaf = vec![self.log_entry("ballot_withdrawn", subject(setting), body)];
            let kept = booth.kept.withdraw();
            if let Some(mine) = self.keep_ballot(&person, setting, (booth, kept), leaf).await? {
                return Ok(mine);
            }
        }
        Err(AppError::Conflict(Conflict::Stale("ballot")))
    }

    /// Who may vote here at all.
    async fn admitted_voter(&self, actor: Option<&Account>, setting: &Setting) -> Result<Admitted> {
        permission::check(actor, Permission::CastBallot, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if account.role != Role::Resident {
            return Err(AppError::Forbidden);
        }
        let verifications = self.read().list_verifications(account.id).await?;
        let contacts = self.read().list_contacts(account.id).await?;
        let standing = self.standing_of(&verifications, !contacts.is_empty());
        let lacks = self.lacks_of(&standing, setting);
        if lacks.is_empty() {
            let keys = self.keys_of(account.id, verifications, &contacts)?;
            return Ok(Admitted { account: account.id, standing, keys });
        }
        self.count_refusal(setting, "unmet").await?;
        Err(AppError::Unmet(lacks))
    }

    /// A person's place at the open box, which is opened when this is the first.
    async fn open_booth(&self, person: &Admitted, setting: &Setting) -> Result<Booth> {
        let found = self.read().find_ballot_box(setting.process.id).await?;
        if let Err(refusal) = setting.admit(self.now(), found.as_ref()) {
            return Err(self.refuse_time(setting, found.as_ref(), refusal).await);
        }
        let found = match found {
            Some(found) if found.state == BoxState::Open => found,
            Some(_) => return Err(self.ballot_refused(setting, "late", "ballot-late").await),
            None => self.open_box(setting).await?,
        };
        self.booth_of(&person.keys, found).await
    }

    async fn refuse_time(&self, setting: &Setting, found: Option<&BallotBox>, refusal: Refusal) -> AppError {
        // Once over, always over: whoever comes too late leaves the instant behind.
        let late = refusal == Refusal::Late && found.is_some();
        let seen = BallotChange::See(setting.process.id, self.now());
        if late && let Err(error) = self.store().apply(vec![Change::Ballot(Box::new(seen))]).await {
            return error.into();
        }
        let key = if refusal == Refusal::Late { "ballot-late" } else { "ballot-early" };
        self.ballot_refused(setting, refusal.code(), key).await
    }

    /// Opens the box of a process: its salt is drawn, and what is voted on by which rules goes into the log.
    pub(crate) async fn open_box(&self, setting: &Setting) -> Result<BallotBox> {
        let process = &setting.process;
        let new = BallotBox {
            process: process.id,
            place: process.place,
            salt: self.secret().to_vec(),
            state: BoxState::Open,
            latest_at: self.now(),
            frozen_at: None,
            published_at: None,
        };
        if self.read().find_ballot_box(process.id).await?.is_none() {
            let body =
                json!({ "place": process.place.to_string(), "rules_sha256": file::rules_sha256(setting) });
            let batch = vec![
                Change::Ballot(Box::new(BallotChange::Open(new))),
                self.log_entry("ballot_opened", subject(setting), body),
            ];
            self.store().apply(batch).await?;
        }
        self.read().find_ballot_box(process.id).await?.ok_or(AppError::NotFound("ballot box"))
    }

    /// Keeps a ballot; `None` when another device was faster.
    async fn keep_ballot(
        &self,
        person: &Admitted,
        setting: &Setting,
        (booth, kept): (Booth, Kept),
        leaves: Batch,
    ) -> Result<Option<MyBallot>> {
        let ballot = SealedBallot {
            process: setting.process.id,
            pseudonym: booth.pseudonym,
            sealed: booth.key.seal(&booth.pseudonym, self.secret(), &kept)?,
            counted: kept.submitted.is_some(),
            version: booth.stored.as_ref().map_or(1, |stored| stored.version + 1),
        };
        let counted = kept.submitted.is_some();
        let mut batch = vec![Change::Ballot(Box::new(BallotChange::Keep(ballot)))];
        // Who takes part changes when a ballot comes, is handed in or withdrawn, not with each click.
        if booth.known.as_ref().is_none_or(|known| known.counted != counted) || !leaves.is_empty() {
            let voter = Voter {
                process: setting.process.id,
                voter: booth.voter,
                account: Some(person.account),
                channel: BallotChannel::Online,
                counted,
                at: hour(self.now()),
                traits: self.traits_of(&person.standing),
                reminded: 0,
            };
            batch.push(Change::Ballot(Box::new(BallotChange::PutVoter(voter))));
        }
        batch.extend(leaves);
        match self.store().apply(batch).await {
            Ok(()) => {
                let channel = counted.then_some(BallotChannel::Online);
                Ok(Some(MyBallot { standing: kept.standing(), kept, channel }))
            }
            Err(StoreError::Conflict(Conflict::Stale("ballot"))) => Ok(None),
            Err(StoreError::Conflict(Conflict::Stale("ballot box"))) => {
                Err(self.ballot_refused(setting, "late", "ballot-late").await)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The leaf of a ballot that was handed in: its receipt's commitment, and that of the one it replaces.
    pub(crate) fn receipt_leaf(&self, setting: &Setting, before: &Kept, after: &Kept) -> Batch {
        let of = |kept: &Kept| kept.submitted.as_ref().map(|one| commitment(setting, &one.receipt));
        let body = json!({ "receipt_sha256": of(after), "replaces_sha256": of(before) });
        vec![self.log_entry("ballot_taken", subject(setting), body)]
    }

    pub(crate) fn new_receipt(&self) -> Receipt {
        let mut chance = [0; 10];
        chance.copy_from_slice(&self.secret()[..10]);
        Receipt::new(chance)
    }

    fn traits_of(&self, standing: &PersonStanding) -> Traits {
        Traits {
            area: standing.home,
            age_band: standing
                .born_on
                .and_then(|born_on| akimat_identity::requirement::age(born_on, self.today()))
                .map_or_else(String::new, |age| turnout::age_band(age).to_owned()),
            sex: String::new(),
        }
    }

    /// Counts a refused attempt and says it.
    pub(crate) async fn ballot_refused(
        &self,
        setting: &Setting,
        reason: &'static str,
        key: &'static str,
    ) -> AppError {
        match self.count_refusal(setting, reason).await {
            Ok(()) => AppError::field("ballot", key),
            Err(error) => error,
        }
    }

    async fn count_refusal(&self, setting: &Setting, reason: &'static str) -> Result<()> {
        let refuse = BallotChange::Refuse(setting.process.id, self.today(), reason);
        Ok(self.store().apply(vec![Change::Ballot(Box::new(refuse))]).await?)
    }
}

impl Booth {
    pub(crate) fn mine(&self) -> MyBallot {
        let channel = self.known.as_ref().filter(|known| known.counted).map(|known| known.channel);
        MyBallot { standing: self.kept.standing(), kept: self.kept.clone(), channel }
    }
}

/// What was handed in stays: by the rules of the process, or because it came on paper in its place.
pub fn is_final(setting: &Setting, kept: &Kept) -> bool {
    kept.submitted.as_ref().is_some_and(|one| one.paper || !setting.process.ballot.changeable)
}

/// What the leaves of a vote are about.
pub(crate) fn subject(setting: &Setting) -> String {
    format!("process/{}", setting.process.id)
}

/// What a voter needs, by the rules of the process.
pub fn needed(setting: &Setting) -> Requirement {
    let needs = setting.process.voters;
    Requirement {
        level: Level::from_number(needs.level).unwrap_or_default(),
        min_age: needs.min_age,
        scope: match needs.reach {
            Reach::Anywhere => Scope::Anywhere,
            Reach::Region => Scope::Region,
            Reach::District => Scope::District,
            Reach::Place => Scope::Place,
        },
    }
}

fn acted(paper: &BallotPaper, ballot: &Ballot, act: &BallotAct) -> std::result::Result<Ballot, Fault> {
    match *act {
        BallotAct::Add(project) => paper.add(ballot, project),
        BallotAct::Remove(project) => Ok(BallotPaper::remove(ballot, project)),
        BallotAct::Points(project, points) => paper.set_points(ballot, project, points),
        BallotAct::Shift(project, up) => Ok(paper.shift(ballot, project, up)),
        BallotAct::Clear => Ok(Ballot::default()),
    }
}

/// The sentence of a fault, with the project named. Amounts are in tenge.
pub(crate) fn fault_of(setting: &Setting, fault: Fault) -> FieldFault {
    let project = fault.project().and_then(|id| setting.project(id));
    let number = project.and_then(|project| project.ballot_number).unwrap_or_default();
    let field = if number == 0 { "ballot".to_owned() } else { format!("project-{number}") };
    let said = |key| FieldFault::new(field.clone(), key).with("number", number);
    match fault {
        Fault::Empty => FieldFault::new("ballot", "ballot-fault-empty"),
        Fault::Unknown { .. } => FieldFault::new("ballot", "ballot-fault-unknown"),
        Fault::Twice { .. } => said("ballot-fault-twice"),
        Fault::TooMany { max, .. } => said("ballot-fault-too-many").with("max", max),
        Fault::TooFew { envelope, min, have } => FieldFault::new("ballot", "ballot-fault-too-few")
            .with("envelope", setting.paper.envelopes.get(envelope).map_or("", |one| one.code.as_str()))
            .with("min", min)
            .with("have", have),
        Fault::Over { by, .. } => {
            said("ballot-fault-over").with("by", by.to_decimal(akimat_core::MoneyUnit::Tenge, 0))
        }
        Fault::OtherEnvelope { max, .. } => said("ballot-fault-other-envelope").with("max", max),
        Fault::NoPoints { .. } => said("ballot-fault-no-points"),
        Fault::PointsOver { by, .. } => said("ballot-fault-points-over").with("by", by),
    }
}

/// The hour in which an instant lies: who votes when is kept no finer.
pub(crate) fn hour(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(3_600) * 3_600).unwrap_or(at)
}
