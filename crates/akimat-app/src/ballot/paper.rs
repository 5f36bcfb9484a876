//! Ballots on paper and with help: a clerk enters the form, a second clerk compares it with the paper and confirms. The
//! paper names nobody, the first entry names the person and nobody after it.

use super::key::PersonKey;
use super::{Booth, Setting, fault_of, hour, turnout};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, KatoCode};
use akimat_identity::requirement::age;
use akimat_identity::{Iin, Level, Sex, Standing};
use akimat_participation::Ballot;
use akimat_participation::ballot::{Kept, Mark, Submitted};
use akimat_participation::process::{Paper, Phase};
use akimat_storage::ballot::{
    BallotChange, BallotChannel, BoxState, PaperBallot, PaperState, SealedBallot, Traits, Voter,
};
use akimat_storage::{Account, Change, Conflict, StoreError};
use serde_json::json;
use uuid::Uuid;

/// Longest number of a form in characters.
pub const NUMBER_CHARS_MAX: usize = 40;

/// What a clerk enters.
#[derive(Clone, Debug, Default)]
pub struct PaperEntry {
    /// National identifier of the person, who is present or whose form names it on its counterfoil.
    pub iin: String,
    /// Where the person lives.
    pub place: Option<KatoCode>,
    /// Number of the form.
    pub number: String,
    /// Ballot numbers of the marked projects with their points, in order.
    pub marks: Vec<(u32, u32)>,
}

/// A ballot on paper as a clerk sees it: without the person.
#[derive(Clone, Debug)]
pub struct PaperView {
    /// Identifier.
    pub id: Uuid,
    /// Number of the form.
    pub number: String,
    /// How far it is.
    pub state: PaperState,
    /// When it was entered.
    pub made_at: jiff::Timestamp,
    /// The clerk who looks entered it.
    pub own: bool,
    /// What is on it, while it waits.
    pub ballot: Option<Ballot>,
}

impl App {
    /// A clerk enters a ballot on paper.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields, a person who voted already among them; [`AppError::Unmet`];
    /// [`AppError::Forbidden`] outside the clerk's territory.
    pub async fn enter_paper_ballot(
        &self,
        actor: Option<&Account>,
        setting: &Setting,
        entry: &PaperEntry,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::EnterBallots, Some(setting.process.place))?;
        let (number, ballot) = self.read_paper(setting, entry)?;
        let iin = self.read_iin(&entry.iin)?.ok_or_else(|| AppError::field("iin", "field-required"))?;
        let place = entry.place.ok_or_else(|| AppError::field("place", "field-required"))?;
        let standing = Standing { level: Level::Identified, born_on: Some(iin.born_on()), home: Some(place) };
        let lacks = super::needed(setting).lacks(&standing, Some(setting.process.place), self.today());
        if !lacks.is_empty() {
            return Err(AppError::Unmet(lacks));
        }
        let (account, persons) = self.persons_of(&iin).await?;
        let found = self.read().find_ballot_box(setting.process.id).await?;
        let found = match found {
            Some(found) => found,
            None => self.open_box(setting).await?,
        };
        let booth = self.booth_of(&persons, found).await?;
        self.refuse_second(setting, &booth).await?;
        let kept = Kept { working: ballot, submitted: None };
        let paper = PaperBallot {
            id: self.new_secret_uuid(),
            process: setting.process.id,
            number: number.clone(),
            pseudonym: booth.pseudonym,
            voter: booth.voter,
            account,
            traits: Traits {
                area: Some(place),
                age_band: age(iin.born_on(), self.today())
                    .map_or_else(String::new, |age| turnout::age_band(age).to_owned()),
                sex: match iin.sex() {
                    Sex::Female => "female".to_owned(),
                    Sex::Male => "male".to_owned(),
                },
            },
            sealed: booth.key.seal(&booth.pseudonym, self.secret(), &kept)?,
            state: PaperState::Waiting,
            made_by: actor.map(|account| account.id),
            made_at: self.now(),
            ended_by: None,
            ended_at: None,
        };
        let id = paper.id;
        let mut batch = vec![
            Change::Ballot(Box::new(BallotChange::AddPaper(paper))),
            self.audit(
                actor,
                "enter_paper_ballot",
                id,
                Some(setting.process.place),
                &json!({ "number": number }),
            ),
        ];
        batch.extend(account.map(|account| self.look(actor, account, "paper_ballot", &number)));
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Exists("paper ballot"))) => {
                Err(AppError::field("number", "ballot-paper-number-taken"))
            }
            done => Ok(done.map(|()| id)?),
        }
    }

    /// Number and marks of a form.
    fn read_paper(&self, setting: &Setting, entry: &PaperEntry) -> Result<(String, Ballot)> {
        let process = &setting.process;
        if process.ballot.paper == Paper::None {
            return Err(AppError::field("number", "ballot-paper-none"));
        }
        // Without an identity a person could vote here by the account and there by the number.
        if Level::from_number(process.voters.level).unwrap_or_default() < Level::Identified {
            return Err(AppError::field("iin", "ballot-paper-level"));
        }
        let begun = process.term(Phase::Ballot).is_some_and(|term| self.now() >= term.opens_at);
        if !begun || !matches!(process.phase, Phase::Ballot | Phase::Count) {
            return Err(AppError::field("number", "ballot-early"));
        }
        let number = entry.number.trim();
        if number.is_empty() {
            return Err(AppError::field("number", "field-required"));
        }
        if number.chars().count() > NUMBER_CHARS_MAX {
            let fault = FieldFault::new("number", "field-too-long").with("max", NUMBER_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let mark = |&(number, points): &(u32, u32)| {
            let project = setting.numbered(number)?;
            Some(Mark { project: project.id, points })
        };
        let marks: Option<Vec<Mark>> = entry.marks.iter().map(mark).collect();
        let marks = marks.ok_or_else(|| AppError::field("marks", "ballot-fault-unknown"))?;
        let ballot = setting.paper.canonical(&Ballot { marks });
        let faults: Vec<FieldFault> = setting
            .paper
            .faults(&ballot)
            .into_iter()
            .map(|fault| FieldFault { field: "marks".to_owned(), ..fault_of(setting, fault) })
            .collect();
        if faults.is_empty() { Ok((number.to_owned(), ballot)) } else { Err(AppError::Invalid(faults)) }
    }

    /// The account that holds a number, if any, and every key by which its person is known.
    async fn persons_of(&self, iin: &Iin) -> Result<(Option<AccountId>, Vec<PersonKey>)> {
        let hash = self.identity_key()?.hash(iin);
        let account = self.read().find_verified_identity(&hash).await?.and_then(|held| held.account);
        let mut persons = vec![PersonKey::Identity(hash)];
        if let Some(account) = account {
            let others = self.person_keys(account).await?;
            persons.extend(others.into_iter().filter(|other| *other != PersonKey::Identity(hash)));
        }
        Ok((account, persons))
    }

    /// Nobody votes on paper twice; who voted on the pages may only where the process says so.
    async fn refuse_second(&self, setting: &Setting, booth: &Booth) -> Result<()> {
        let Some(known) = booth.known.as_ref().filter(|known| known.counted) else { return Ok(()) };
        let refused = setting.process.ballot.paper == Paper::Refused;
        if known.channel == BallotChannel::Paper || refused {
            return Err(match self.ballot_refused(setting, "paper_twice", "ballot-paper-twice").await {
                AppError::Invalid(_) => AppError::field("iin", "ballot-paper-twice"),
                error => error,
            });
        }
        Ok(())
    }

    /// Ballots on paper of a process, for clerks: what is on them and not whose they are.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn paper_ballots(&self, actor: Option<&Account>, setting: &Setting) -> Result<Vec<PaperView>> {
        permission::check(actor, Permission::EnterBallots, Some(setting.process.place))?;
        let found = self.read().find_ballot_box(setting.process.id).await?;
        let Some(found) = found.filter(|found| found.state == BoxState::Open) else { return Ok(Vec::new()) };
        let key = self.box_key(&found)?;
        let mine = actor.map(|account| account.id);
        let view = |paper: PaperBallot| {
            let ballot = match paper.state {
                PaperState::Waiting => Some(key.open(&paper.pseudonym, &paper.sealed)?.working),
                PaperState::Confirmed | PaperState::Refused => None,
            };
            Ok(PaperView {
                id: paper.id,
                number: paper.number,
                state: paper.state,
                made_at: paper.made_at,
                own: paper.made_by.is_some() && paper.made_by == mine,
                ballot,
            })
        };
        self.read().list_paper_ballots(setting.process.id).await?.into_iter().map(view).collect()
    }

    /// A second clerk confirms a ballot on paper, or a clerk refuses it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for confirming one's own entry; [`AppError::Invalid`] when the person voted meanwhile.
    pub async fn end_paper_ballot(
        &self,
        actor: Option<&Account>,
        setting: &Setting,
        (id, confirmed): (Uuid, bool),
    ) -> Result<()> {
        permission::check(actor, Permission::EnterBallots, Some(setting.process.place))?;
        let by = actor.ok_or(AppError::SignInNeeded)?.id;
        let paper = self.read().find_paper_ballot(id).await?;
        let paper = paper.filter(|paper| paper.process == setting.process.id);
        let paper = paper.ok_or(AppError::NotFound("paper ballot"))?;
        if confirmed && paper.made_by == Some(by) {
            return Err(AppError::Forbidden);
        }
        if paper.state != PaperState::Waiting {
            return Err(AppError::Conflict(Conflict::Stale("paper ballot")));
        }
        let at = self.now();
        let end = BallotChange::EndPaper { id, confirmed, by, at };
        let verb = if confirmed { "confirm_paper_ballot" } else { "refuse_paper_ballot" };
        let detail = json!({ "number": paper.number });
        let mut batch = vec![
            Change::Ballot(Box::new(end)),
            self.audit(actor, verb, id, Some(setting.process.place), &detail),
        ];
        batch.extend(paper.account.map(|account| self.look(actor, account, verb, &paper.number)));
        if confirmed {
            batch.extend(self.taken_from_paper(setting, &paper).await?);
        }
        Ok(self.store().apply(batch).await?)
    }

    /// The ballot in the place of whatever the person had before.
    async fn taken_from_paper(&self, setting: &Setting, paper: &PaperBallot) -> Result<Vec<Change>> {
        let found = self.read().find_ballot_box(setting.process.id).await?;
        let found = found.ok_or(AppError::NotFound("ballot box"))?;
        let key = self.box_key(&found)?;
        let ballot = key.open(&paper.pseudonym, &paper.sealed)?.working;
        let known = self.read().find_voter(setting.process.id, paper.voter).await?;
        let stored = self.read().find_ballot(setting.process.id, paper.pseudonym).await?;
        let kept = match &stored {
            Some(stored) => key.open(&paper.pseudonym, &stored.sealed)?,
            None => Kept::default(),
        };
        let version = stored.as_ref().map_or(1, |stored| stored.version + 1);
        let booth =
            Booth { key, pseudonym: paper.pseudonym, voter: paper.voter, stored, known, kept: kept.clone() };
        self.refuse_second(setting, &booth).await?;
        let submitted =
            Submitted { ballot: ballot.clone(), at: self.now(), receipt: self.new_receipt(), paper: true };
        let after = Kept { working: ballot, submitted: Some(submitted) };
        let sealed = SealedBallot {
            process: setting.process.id,
            pseudonym: paper.pseudonym,
            sealed: booth.key.seal(&paper.pseudonym, self.secret(), &after)?,
            counted: true,
            version,
        };
        let voter = Voter {
            process: setting.process.id,
            voter: paper.voter,
            account: paper.account,
            channel: BallotChannel::Paper,
            counted: true,
            at: hour(self.now()),
            traits: paper.traits.clone(),
            reminded: 0,
        };
        let mut batch = vec![
            Change::Ballot(Box::new(BallotChange::Keep(sealed))),
            Change::Ballot(Box::new(BallotChange::PutVoter(voter))),
        ];
        batch.extend(self.receipt_leaf(setting, &kept, &after));
        Ok(batch)
    }
}
