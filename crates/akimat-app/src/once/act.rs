//! The one act itself.

use super::{Deed, Pass, Scene, about_proposal, about_works};
use crate::acceptance::Word;
use crate::ballot::key::PersonKey;
use crate::ballot::{Setting, fault_of, hour, is_final, turnout};
use crate::talk::{About, Said};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{AccountId, CommentId, Lang, ProjectId, ProposalId};
use akimat_identity::requirement::age;
use akimat_participation::ballot::{Ballot, Kept, Mark, Standing};
use akimat_participation::proposal::Tie;
use akimat_participation::rule::may_remove;
use akimat_storage::acceptance::Verdict;
use akimat_storage::ballot::{BallotChange, BallotChannel, BoxState, SealedBallot, Traits, Voter};
use akimat_storage::participation::TalkChange;
use akimat_storage::{Change, Conflict, MarkKind, ProposalChange, ProposalPerson, StoreError};
use serde_json::json;

/// Longest name that is shown beside words, characters.
pub const NAME_CHARS_MAX: usize = 100;

/// What the form of an act says; each act reads its part.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Language of the words.
    pub lang: Lang,
    /// Name to be shown beside them.
    pub name: String,
    /// The words.
    pub body: String,
    /// Confirmed or disputed.
    pub verdict: Option<Verdict>,
    /// Ballot numbers of marked projects with their points, in order.
    pub marks: Vec<(u32, u32)>,
}

/// What came of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It counts.
    Counts,
    /// It counts, with a receipt.
    Receipt(String),
    /// A moderator looks at the words first.
    Waits,
}

impl App {
    /// Carries out the one act of a pass. Sent twice, it is done once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names what is wrong; [`AppError::Unmet`] when what was shown is not enough any more.
    pub async fn act_once(&self, scene: &Scene, pass: &Pass, words: &Words) -> Result<Done> {
        self.admit_once(scene, pass).await?;
        match scene.deed {
            Deed::Support(id) => self.support_once(scene, pass, id).await,
            Deed::Works(id) => self.judge_once(pass, id, words).await,
            Deed::Comment(id) => self.comment_once(pass, id, words).await,
            Deed::Ballot(_) => {
                let setting = scene.setting.as_ref().ok_or(AppError::NotFound("ballot"))?;
                self.vote_once(setting, pass, &words.marks).await
            }
        }
    }

    /// What a person did here before and may take back now.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] without the key of the platform.
    async fn standing_once(&self, scene: &Scene, pass: &Pass) -> Result<Option<Change>> {
        Ok(match scene.deed {
            Deed::Support(id) => {
                let own = self.once_supporter(id, pass)?;
                let people = self.read().list_proposal_people(id).await?;
                let stands = people.iter().any(|one| one.account == own && one.tie == Tie::Supporter);
                stands.then(|| Change::Proposal(Box::new(ProposalChange::Unbind(id, own, Tie::Supporter))))
            }
            Deed::Works(id) => {
                let own = AccountId(self.once_id(&about_works(id), &pass.identity)?);
                self.judgement_of(own, id).await?.map(|said| Change::RemoveAcceptance(said.id))
            }
            Deed::Comment(id) => {
                let author = AccountId(self.once_id("words", &pass.identity)?);
                let item = self.read().find_comment(self.once_comment(id, pass)?).await?;
                let stands = item.filter(|item| may_remove(&item.comment, author).is_ok());
                stands.map(|item| Change::Talk(Box::new(TalkChange::Remove(item.comment.id, self.now()))))
            }
            // A ballot is changed, where the process allows that, and never taken back.
            Deed::Ballot(_) => None,
        })
    }

    /// Whether a person did it before and may take it back now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stands_once(&self, scene: &Scene, pass: &Pass) -> Result<bool> {
        Ok(scene.closed.is_none() && self.standing_once(scene, pass).await?.is_some())
    }

    /// A person who shows the same once more takes back what was done: of a comment an empty place stays.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there is nothing to take back, or it is too late; see [`App::act_once`].
    pub async fn take_back_once(&self, scene: &Scene, pass: &Pass) -> Result<()> {
        self.admit_once(scene, pass).await?;
        let change = self.standing_once(scene, pass).await?;
        let change = change.ok_or_else(|| AppError::field("", "once-nothing"))?;
        let (verb, about) = match scene.deed {
            Deed::Support(id) => {
                let own = self.once_supporter(id, pass)?;
                self.check_counted("", (MarkKind::Proposal, id.0), own).await?;
                ("support_proposal", id.0)
            }
            Deed::Works(id) => ("judge_completion", id.0),
            Deed::Comment(id) => ("remove_comment", self.once_comment(id, pass)?.0),
            Deed::Ballot(_) => return Err(AppError::NotFound("act")),
        };
        // Who does what is a person's own business: the audit record says that it happened, not by whom.
        let audit = self.audit(None, verb, about, Some(scene.place), &json!({ "yes": false, "once": true }));
        Ok(self.store().apply(vec![change, audit]).await?)
    }

    /// Under which identifier a person supports a proposal without an account.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] without the key of the platform.
    pub fn once_supporter(&self, id: ProposalId, pass: &Pass) -> Result<AccountId> {
        self.once_id(&about_proposal(id), &pass.identity).map(AccountId)
    }

    async fn support_once(&self, scene: &Scene, pass: &Pass, id: ProposalId) -> Result<Done> {
        let supporter = ProposalPerson {
            proposal: id,
            account: self.once_supporter(id, pass)?,
            tie: Tie::Supporter,
            name: String::new(),
            at: self.now(),
        };
        let detail = json!({ "yes": true, "once": true });
        let batch = vec![
            Change::Proposal(Box::new(ProposalChange::Bind(supporter))),
            self.audit(None, "support_proposal", id, Some(scene.place), &detail),
        ];
        self.store().apply(batch).await?;
        Ok(Done::Counts)
    }

    async fn judge_once(&self, pass: &Pass, id: ProjectId, words: &Words) -> Result<Done> {
        let name = shown_name(&words.name)?;
        let person = self.passer(self.once_id(&about_works(id), &pass.identity)?, &name);
        let word = Word {
            verdict: words.verdict,
            lang: words.lang,
            body: words.body.clone(),
            photograph: None,
            remove_photo: false,
        };
        self.keep_judgement(&person, None, id, word).await?;
        Ok(Done::Counts)
    }

    /// The one comment of a person about a project.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] without the key of the platform.
    pub fn once_comment(&self, id: ProjectId, pass: &Pass) -> Result<CommentId> {
        // Its identifier follows from the person, so that there is one.
        Ok(CommentId(self.once_id(&format!("comment/{id}"), &pass.identity)?))
    }

    async fn comment_once(&self, pass: &Pass, id: ProjectId, words: &Words) -> Result<Done> {
        let name = shown_name(&words.name)?;
        let person = self.passer(self.once_id("words", &pass.identity)?, &name);
        let comment = self.once_comment(id, pass)?;
        match self.say_once(&person, comment, About::Project(id), (words.lang, &words.body)).await? {
            Said::Shown(_) => Ok(Done::Counts),
            Said::Waits(_) => Ok(Done::Waits),
        }
    }

    async fn vote_once(&self, setting: &Setting, pass: &Pass, marks: &[(u32, u32)]) -> Result<Done> {
        let ballot = marked(setting, marks)?;
        // A form that is sent twice meets itself: the second finds the receipt of the first.
        for _ in 0..crate::ballot::TRIES {
            if let Some(done) = self.hand_in_once(setting, pass, &ballot).await? {
                return Ok(done);
            }
        }
        Err(AppError::Conflict(Conflict::Stale("ballot")))
    }

    /// Hands a ballot in; `None` when another window of the same person was faster.
    async fn hand_in_once(&self, setting: &Setting, pass: &Pass, ballot: &Ballot) -> Result<Option<Done>> {
        let found = match self.read().find_ballot_box(setting.process.id).await? {
            Some(found) if found.state == BoxState::Open => found,
            Some(_) => return Err(self.ballot_refused(setting, "late", "ballot-late").await),
            None => self.open_box(setting).await?,
        };
        let booth = self.booth_of(&[PersonKey::Identity(pass.identity)], found).await?;
        let before = booth.kept.clone();
        let working = Kept { working: ballot.clone(), submitted: before.submitted.clone() };
        if let (Standing::Counted { .. }, Some(counted)) = (working.standing(), &working.submitted) {
            return Ok(Some(Done::Receipt(counted.receipt.code().to_owned())));
        }
        if is_final(setting, &before) {
            return Err(self.ballot_refused(setting, "final", "once-ballot-is-final").await);
        }
        let after = working.submit(self.now(), self.new_receipt());
        let receipt = after.submitted.as_ref().map_or_else(String::new, |one| one.receipt.code().to_owned());
        let sealed = SealedBallot {
            process: setting.process.id,
            pseudonym: booth.pseudonym,
            sealed: booth.key.seal(&booth.pseudonym, self.secret(), &after)?,
            counted: true,
            version: booth.stored.as_ref().map_or(1, |stored| stored.version + 1),
        };
        let voter = Voter {
            process: setting.process.id,
            voter: booth.voter,
            account: None,
            channel: BallotChannel::Online,
            counted: true,
            at: hour(self.now()),
            traits: self.traits_once(pass),
            reminded: 0,
        };
        let mut batch = vec![
            Change::Ballot(Box::new(BallotChange::Keep(sealed))),
            Change::Ballot(Box::new(BallotChange::PutVoter(voter))),
        ];
        batch.extend(self.receipt_leaf(setting, &before, &after));
        match self.store().apply(batch).await {
            Ok(()) => Ok(Some(Done::Receipt(receipt))),
            Err(StoreError::Conflict(Conflict::Stale("ballot"))) => Ok(None),
            Err(StoreError::Conflict(Conflict::Stale("ballot box"))) => {
                Err(self.ballot_refused(setting, "late", "ballot-late").await)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn traits_once(&self, pass: &Pass) -> Traits {
        let years = pass.born_on.and_then(|born_on| age(born_on, self.today()));
        Traits {
            area: pass.home,
            age_band: years.map_or_else(String::new, |years| turnout::age_band(years).to_owned()),
            sex: String::new(),
        }
    }
}

/// Words stand beside a name; it need not be the one in a document.
fn shown_name(name: &str) -> Result<String> {
    let name = akimat_participation::wording::plain_name(name);
    if name.is_empty() {
        return Err(AppError::field("name", "field-required"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        let fault = FieldFault::new("name", "field-too-long").with("max", NAME_CHARS_MAX);
        return Err(AppError::Invalid(vec![fault]));
    }
    Ok(name)
}

/// The ballot of a form, or everything that is wrong with it.
fn marked(setting: &Setting, marks: &[(u32, u32)]) -> Result<Ballot> {
    let mark = |&(number, points): &(u32, u32)| {
        setting.numbered(number).map(|project| Mark { project: project.id, points })
    };
    let marks: Option<Vec<Mark>> = marks.iter().map(mark).collect();
    let marks = marks.ok_or_else(|| AppError::field("ballot", "ballot-fault-unknown"))?;
    let ballot = setting.paper.canonical(&Ballot { marks });
    let faults: Vec<FieldFault> =
        setting.paper.faults(&ballot).into_iter().map(|fault| fault_of(setting, fault)).collect();
    if faults.is_empty() { Ok(ballot) } else { Err(AppError::Invalid(faults)) }
}
