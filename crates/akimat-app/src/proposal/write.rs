//! A resident writes a proposal step by step, hands it in, corrects it, takes it back, appeals.

use super::Part;
use crate::permission::{self, Permission};
use crate::process::office_of;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Lang, Money, ProcessId, ProposalId, Text};
use akimat_participation::Process;
use akimat_participation::process::Phase;
use akimat_participation::proposal::{
    Act, Actor, BODY_CHARS_MAX, Estimate, NEED_CHARS_MAX, Point, Proposal, State, TITLE_CHARS_MAX,
    WHERE_CHARS_MAX, similar,
};
use akimat_storage::proposal::{Part as ListPart, ProposalFilter, ProposalOrder};
use akimat_storage::{Account, Change, Conflict, ProposalChange, StoreError};
use serde_json::json;

/// Similar proposals that are shown.
pub const SIMILAR_MAX: usize = 5;
/// Degrees of the map in millionths: Kazakhstan lies between.
const LAT: std::ops::RangeInclusive<f64> = 40.0..=56.0;
const LON: std::ops::RangeInclusive<f64> = 46.0..=88.0;

/// What a form of one step sends; `None`: the step has no such field.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// Title.
    pub title: Option<String>,
    /// What is wrong today.
    pub need: Option<String>,
    /// What is proposed.
    pub body: Option<String>,
    /// Where, in words.
    pub site: Option<String>,
    /// Latitude and longitude as written; empty for none.
    pub point: Option<(String, String)>,
    /// A link of a map or coordinates as pasted; where there is something, it takes the place of the two numbers.
    pub link: Option<String>,
    /// Code of the envelope.
    pub envelope: Option<String>,
    /// Code of the category.
    pub category: Option<String>,
    /// Whole tenge as written.
    pub cost: Option<String>,
    /// What is similar was looked at.
    pub looked: bool,
}

/// A step of a draft: the counter that the form was shown with, and what it sends.
#[derive(Clone, Debug)]
pub struct ProposalDraft {
    /// The counter.
    pub edit: u32,
    /// Language in which the author writes.
    pub lang: Lang,
    /// What is written.
    pub piece: Piece,
}

fn words(field: &str, text: &str, max: usize, faults: &mut Vec<FieldFault>) -> String {
    let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if text.chars().count() > max {
        faults.push(FieldFault::new(field, "field-too-long").with("max", max));
    }
    text
}

fn degrees(
    text: &str,
    range: &std::ops::RangeInclusive<f64>,
    field: &str,
    faults: &mut Vec<FieldFault>,
) -> Option<i32> {
    let value = text.trim().replace(',', ".").parse::<f64>().ok().filter(|value| range.contains(value));
    #[expect(clippy::cast_possible_truncation, reason = "the range is that of the country")]
    let millionths = value.map(|value| (value * 1e6).round() as i32);
    if millionths.is_none() {
        faults.push(FieldFault::new(field, "proposal-point-wrong"));
    }
    millionths
}

/// The point of a pasted link or of coordinates, within the country.
pub fn linked(text: &str) -> Option<Point> {
    let inside =
        |value: i32, range: &std::ops::RangeInclusive<f64>| range.contains(&(f64::from(value) / 1e6));
    Point::read(text).filter(|point| inside(point.lat, &LAT) && inside(point.lon, &LON))
}

/// Puts a step into a proposal.
///
/// # Errors
/// [`AppError::Invalid`] with every wrong field; then nothing is kept.
fn put(
    proposal: &mut Proposal,
    draft: &ProposalDraft,
    process: &Process,
    now: jiff::Timestamp,
) -> Result<()> {
    let mut faults = Vec::new();
    let piece = &draft.piece;
    if proposal.title.is_empty() && proposal.body.is_empty() {
        proposal.lang = draft.lang;
    }
    let lang = proposal.lang;
    let written = [
        ("title", &piece.title, TITLE_CHARS_MAX),
        ("need", &piece.need, NEED_CHARS_MAX),
        ("body", &piece.body, BODY_CHARS_MAX),
        ("site", &piece.site, WHERE_CHARS_MAX),
    ];
    for (field, text, max) in written {
        let Some(text) = text else { continue };
        let text = words(field, text, max, &mut faults);
        let place = match field {
            "title" => &mut proposal.title,
            "need" => &mut proposal.need,
            "body" => &mut proposal.body,
            _ => &mut proposal.site,
        };
        if field == "title" && *place.exact(lang) != text {
            proposal.looked = false;
        }
        text.clone_into(place.exact_mut(lang));
    }
    if let Some((lat, lon)) = &piece.point {
        let empty = lat.trim().is_empty() && lon.trim().is_empty();
        proposal.point = if empty {
            None
        } else {
            let (lat, lon) = (degrees(lat, &LAT, "lat", &mut faults), degrees(lon, &LON, "lon", &mut faults));
            lat.zip(lon).map(|(lat, lon)| Point { lat, lon })
        };
    }
    if let Some(link) = piece.link.as_deref().map(str::trim).filter(|link| !link.is_empty()) {
        match linked(link) {
            Some(point) => proposal.point = Some(point),
            None => faults.push(FieldFault::new("link", "proposal-link-wrong")),
        }
    }
    for (field, code) in [("envelope", &piece.envelope), ("category", &piece.category)] {
        let Some(code) = code else { continue };
        let known = match field {
            "envelope" => process.envelope(code).is_some(),
            _ => process.category(code).is_some(),
        };
        if !known && !code.is_empty() {
            faults.push(FieldFault::new(field, "field-choose-from-list"));
        }
        let place = if field == "envelope" { &mut proposal.envelope } else { &mut proposal.category };
        place.clone_from(code);
    }
    if let Some(cost) = &piece.cost {
        put_cost(proposal, cost, process, now, &mut faults);
    }
    proposal.looked |= piece.looked;
    if faults.is_empty() { Ok(()) } else { Err(AppError::Invalid(faults)) }
}

fn put_cost(
    proposal: &mut Proposal,
    text: &str,
    process: &Process,
    now: jiff::Timestamp,
    faults: &mut Vec<FieldFault>,
) {
    if text.trim().is_empty() {
        proposal.estimates.clear();
        return;
    }
    match Money::parse(text, akimat_core::MoneyUnit::Tenge) {
        Ok(amount) if amount > Money::ZERO => {
            if let Some(limit) = proposal.too_dear(process, amount) {
                faults.push(FieldFault::new("cost", "proposal-too-dear").with("limit", super::tenge(limit)));
            }
            // What the author thinks is one estimate; those of offices come after it and stay.
            let own = Estimate { amount, by: String::new(), reason: String::new(), at: now };
            if proposal.cost() != Some(amount) {
                proposal.estimates.retain(|estimate| !estimate.by.is_empty());
                proposal.estimates.push(own);
            }
        }
        Ok(_) => faults.push(FieldFault::new("cost", "field-not-positive")),
        Err(_) => faults.push(FieldFault::new("cost", "proposal-cost-wrong")),
    }
}

impl App {
    /// A resident begins a draft.
    ///
    /// # Errors
    /// [`AppError::Unmet`] when the process asks for more; [`AppError::Invalid`] outside the window, or with as many
    /// proposals as one may hand in.
    pub async fn begin_proposal(
        &self,
        actor: Option<&Account>,
        process: ProcessId,
        lang: Lang,
    ) -> Result<ProposalId> {
        permission::check(actor, Permission::Propose, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let process = self.process(process).await?;
        if !process.open(Phase::Submission, self.now()) {
            return Err(AppError::field("", "proposal-not-in-this-phase"));
        }
        self.meets(account, &process, process.proposers).await?;
        let filter = ProposalFilter {
            process: Some(process.id),
            author: Some(account.id),
            ..ProposalFilter::default()
        };
        let (own, _) = self.read().list_proposals(&filter, ProposalOrder::Number, ListPart::ALL).await?;
        let own = own.iter().filter(|one| one.author == Some(account.id) && one.state != State::Withdrawn);
        if own.count() >= usize::from(process.proposals.per_author) {
            let fault = FieldFault::new("", "proposal-too-many").with("max", process.proposals.per_author);
            return Err(AppError::Invalid(vec![fault]));
        }
        let now = self.now();
        let id = ProposalId(self.new_uuid());
        let proposal = Proposal {
            id,
            process: process.id,
            place: process.place,
            author: Some(account.id),
            author_name: account.display_name.clone(),
            assessor: None,
            assessor_name: String::new(),
            state: State::Draft,
            number: None,
            ballot_number: None,
            envelope: String::new(),
            category: String::new(),
            lang,
            title: Text::default(),
            need: Text::default(),
            body: Text::default(),
            site: Text::default(),
            point: None,
            estimates: Vec::new(),
            acknowledged: Vec::new(),
            looked: false,
            returned: None,
            assessment: None,
            ground: None,
            appeal: None,
            conflicts: Vec::new(),
            merged_into: None,
            due_at: None,
            n_support: 0,
            edit: 1,
            created_at: now,
            submitted_at: None,
            updated_at: now,
        };
        let audit = self.audit(actor, "begin_proposal", id, Some(process.place), &json!({}));
        let add = Change::Proposal(Box::new(ProposalChange::Add(proposal)));
        self.store().apply(vec![add, audit]).await?;
        Ok(id)
    }

    /// A proposal that somebody may write on now: a draft of their own or with others, or one of theirs that was
    /// returned, in time.
    pub(crate) async fn written(
        &self,
        actor: Option<&Account>,
        id: ProposalId,
    ) -> Result<(Process, Proposal, Part)> {
        permission::check(actor, Permission::Propose, None)?;
        let (process, proposal, part) = self.proposal(actor, id).await?;
        if !part.author && !part.co_author {
            return Err(AppError::Forbidden);
        }
        if !matches!(proposal.state, State::Draft | State::Returned) {
            return Err(AppError::field("", "proposal-not-in-this-state"));
        }
        if let Some(due_at) = proposal.due_at.filter(|due_at| *due_at <= self.now()) {
            let fault = FieldFault::new("", "proposal-too-late").with("at", due_at.to_string());
            return Err(AppError::Invalid(vec![fault]));
        }
        Ok((process, proposal, part))
    }

    /// Keeps a step of a draft.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; a conflict when it was changed elsewhere meanwhile.
    pub async fn save_proposal(
        &self,
        actor: Option<&Account>,
        id: ProposalId,
        draft: &ProposalDraft,
    ) -> Result<Proposal> {
        let (process, mut proposal, _) = self.written(actor, id).await?;
        if draft.edit != proposal.edit {
            return Err(AppError::Conflict(Conflict::Stale("proposal")));
        }
        put(&mut proposal, draft, &process, self.now())?;
        if draft.piece.looked {
            let found = self.similar_proposals(&proposal).await?;
            proposal.acknowledged = found.iter().map(|one| one.id).collect();
        }
        proposal.edit += 1;
        proposal.updated_at = self.now();
        let audit = self.audit(actor, "save_proposal", id, Some(proposal.place), &json!({}));
        let update = Change::Proposal(Box::new(ProposalChange::Update(proposal.clone())));
        self.store().apply(vec![update, audit]).await?;
        Ok(proposal)
    }

    /// Proposals of the same process that say nearly the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn similar_proposals(&self, own: &Proposal) -> Result<Vec<Proposal>> {
        let filter = ProposalFilter { process: Some(own.process), ..ProposalFilter::default() };
        let (others, _) = self.read().list_proposals(&filter, ProposalOrder::Number, ListPart::ALL).await?;
        let found = similar(own, &others, SIMILAR_MAX);
        let of = |id| others.iter().find(|other| other.id == id).cloned();
        Ok(found.into_iter().filter_map(|(id, _)| of(id)).collect())
    }

    /// The author hands a proposal in, or hands it in again as corrected.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with everything that is missing; outside the window.
    pub async fn submit_proposal(&self, actor: Option<&Account>, id: ProposalId) -> Result<Proposal> {
        let (process, proposal, part) = self.written(actor, id).await?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if !part.author {
            return Err(AppError::Forbidden);
        }
        self.meets(account, &process, process.proposers).await?;
        // Two who hand in at once want the same number: the second takes the next.
        for _ in 0..20 {
            let number = self.read().last_proposal_number(process.id).await? + 1;
            let act = ("submit_proposal", Act::Submit { number });
            match self.act_on_proposal(actor, (&process, &proposal), (Actor::Author, ""), act).await {
                Err(AppError::Conflict(Conflict::Exists("proposal"))) => {}
                other => return other,
            }
        }
        Err(AppError::Conflict(Conflict::Exists("proposal")))
    }

    /// The author takes a proposal back, or throws a draft away.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for others; [`AppError::Invalid`] after the shortlist.
    pub async fn withdraw_proposal(
        &self,
        actor: Option<&Account>,
        id: ProposalId,
        reason: &str,
    ) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let (process, proposal, part) = self.proposal(actor, id).await?;
        if !part.author {
            return Err(AppError::Forbidden);
        }
        if proposal.state == State::Draft {
            let audit = self.audit(actor, "remove_proposal", id, Some(proposal.place), &json!({}));
            let remove = Change::Proposal(Box::new(ProposalChange::Remove(id, proposal.edit)));
            return self.store().apply(vec![remove, audit]).await.map_err(StoreError::into);
        }
        let act = ("withdraw_proposal", Act::Withdraw(reason.trim().to_owned()));
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Author, ""), act).await.map(|_| ())
    }

    /// The author appeals against a refusal, once and in time.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without words, a second time or too late.
    pub async fn appeal_proposal(&self, actor: Option<&Account>, id: ProposalId, words: &str) -> Result<()> {
        permission::check(actor, Permission::Propose, None)?;
        let (process, proposal, part) = self.proposal(actor, id).await?;
        if !part.author {
            return Err(AppError::Forbidden);
        }
        let act = ("appeal_proposal", Act::Appeal(words.trim().to_owned()));
        self.act_on_proposal(actor, (&process, &proposal), (Actor::Author, ""), act).await.map(|_| ())
    }

    /// The name under which an office speaks.
    pub fn office_name(&self, account: &Account) -> String {
        office_of(account)
    }
}
