//! The record of acts, closed day by day: what was recorded cannot be changed, left out or added later without being
//! noticed.
//!
//! Every night the acts of the days that are over become leaves of the transparency log. A leaf carries on the chain
//! of the one before: SHA-256 over the chain so far and, act by act in the order of time, what each one was (instant,
//! identifier, verb, territory). Nothing of this is about a person. Who acted, on what and with which facts is bound by
//! a tag of eight bytes for each act, made with the key of the platform, which is not in the database: without the key
//! a tag says nothing, and with it every changed act is named. Where a person was erased the tags of that person's acts
//! no longer fit; how many there are is told.

use crate::job::Run;
use crate::{App, AppError, Result};
use akimat_log::hash::sha256;
use akimat_storage::row::cursor_at;
use akimat_storage::{AuditRecord, PageRequest, StoredLogEntry};
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use uuid::Uuid;

/// The nightly work.
pub const CLOSE: &str = "close_audit_days";
/// Kind of the leaf.
pub const LEAF: &str = "audit_closed";
/// What every leaf of the chain is about.
pub const SUBJECT: &str = "audit/trail";
/// Acts of one leaf at most: their tags must fit into a leaf.
const ACTS_MAX: usize = 3_000;
/// Bytes of a tag.
const TAG: usize = 8;

/// Acts that one leaf covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// Place of the leaf in the log; `None` while it waits.
    pub index: Option<u64>,
    /// The first instant that it covers; `None` for the beginning.
    pub from: Option<Timestamp>,
    /// The first instant after.
    pub until: Timestamp,
    /// Acts of the same span in leaves before this one.
    pub skipped: u64,
    /// Acts in it.
    pub n_acts: u64,
    /// The chain up to here, in hexadecimal digits.
    pub hash: String,
    /// The chain before it; empty for the first leaf.
    pub previous: String,
    /// Tags of the acts, one after another; empty where there was no key.
    tags: Vec<u8>,
}

/// The first thing that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailDifference {
    /// What differs: `chain` (a leaf does not carry on the one before), `act` (an act was changed, left out or added) or
    /// `words` (who acted, on what, or with which facts).
    pub what: &'static str,
    /// Place of the leaf in the log.
    pub index: Option<u64>,
    /// End of the span that the leaf covers.
    pub until: Timestamp,
    /// The act at which it begins to differ, when one is there.
    pub act: Option<(Uuid, Timestamp)>,
    /// Acts after the leaf.
    pub wanted: u64,
    /// Acts in the database.
    pub found: u64,
}

/// What a check of the whole chain saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailCheck {
    /// Leaves that were compared.
    pub n_leaves: u64,
    /// Acts that were compared.
    pub n_acts: u64,
    /// Acts of which only time, verb and place could be compared, because a person was erased later.
    pub n_erased: u64,
    /// Acts of which only time, verb and place could be compared, because there is or was no key.
    pub n_without_key: u64,
    /// The last leaf waits for its place in the log.
    pub waits: bool,
    /// Up to where the acts are closed; `None` before the first night.
    pub closed_until: Option<Timestamp>,
    /// The first difference.
    pub difference: Option<TrailDifference>,
}

/// What of an act is bound openly.
fn core(record: &AuditRecord) -> [u8; 32] {
    let place = record.place.map(|place| place.to_string()).unwrap_or_default();
    let line = format!("{}\t{}\t{}\t{place}\n", record.at.as_microsecond(), record.id, record.verb);
    sha256(line.as_bytes()).0
}

fn chained(previous: &str, cores: impl IntoIterator<Item = [u8; 32]>) -> String {
    let mut chain = sha256(format!("akimat audit 1\n{previous}\n").as_bytes()).0;
    for core in cores {
        chain = sha256(&[chain, core].concat()).0;
    }
    hex(&chain)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let n = digits.len() / 2;
    (0..n).map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()).collect()
}

impl ClosedDay {
    fn body(&self) -> Value {
        json!({
            "from": self.from.map(super::log::instant).unwrap_or_default(),
            "until": super::log::instant(self.until),
            "skipped": self.skipped,
            "acts": self.n_acts,
            "hash": self.hash,
            "previous": self.previous,
            "tags": hex(&self.tags),
        })
    }

    /// Out of its leaf; `None` when the leaf says something else.
    fn read(stored: &StoredLogEntry) -> Option<Self> {
        let leaf: Value = serde_json::from_str(&stored.entry.leaf).ok()?;
        let body = &leaf["body"];
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        let from = text("from")?;
        Some(Self {
            index: stored.index,
            from: if from.is_empty() { None } else { Some(from.parse().ok()?) },
            until: text("until")?.parse().ok()?,
            skipped: body["skipped"].as_u64()?,
            n_acts: body["acts"].as_u64()?,
            hash: text("hash")?,
            previous: text("previous")?,
            tags: bytes(&text("tags")?)?,
        })
    }
}

impl App {
    /// The latest leaves of the chain, last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_closed_days(&self, limit: u16) -> Result<Vec<ClosedDay>> {
        let leaves = self.read().list_log_entries_about(SUBJECT, limit).await?;
        Ok(leaves.iter().filter(|stored| stored.entry.kind == LEAF).filter_map(ClosedDay::read).collect())
    }

    /// The nightly job: closes every day that is over.
    pub(crate) async fn close_audit_days(&self, run: &mut Run<'_>) -> Result<()> {
        let n = self.close_days_over().await?;
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        run.progress(n, n, &(), Vec::new()).await.map(|_| ())
    }

    /// Closes every day that is over and not closed yet; answers the number of new leaves. The first time everything
    /// up to last midnight is one span.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_days_over(&self) -> Result<u64> {
        let mut last = self.list_closed_days(1).await?.into_iter().next();
        let midnight = self.midnight(self.today())?;
        let mut n = 0;
        loop {
            let until = match &last {
                None => midnight,
                Some(last) => {
                    let day = last.until.to_zoned(self.zone().clone()).date();
                    self.midnight(day.checked_add(1.day()).map_err(unexpected)?)?
                }
            };
            if until > midnight {
                return Ok(n);
            }
            let leaves = self.close_span(last.as_ref(), until).await?;
            n += u64::try_from(leaves.len()).unwrap_or_default();
            last = leaves.into_iter().last().or(last);
        }
    }

    fn midnight(&self, day: jiff::civil::Date) -> Result<Timestamp> {
        let zoned = day.at(0, 0, 0, 0).to_zoned(self.zone().clone()).map_err(unexpected)?;
        Ok(zoned.timestamp())
    }

    async fn close_span(&self, last: Option<&ClosedDay>, until: Timestamp) -> Result<Vec<ClosedDay>> {
        let from = last.map(|last| last.until);
        let acts = self.acts_between(from, until).await?;
        let mut previous = last.map_or_else(String::new, |last| last.hash.clone());
        let (mut leaves, mut batch) = (Vec::new(), Vec::new());
        let pieces: Vec<&[Act]> = if acts.is_empty() { vec![&[]] } else { acts.chunks(ACTS_MAX).collect() };
        for (at, piece) in pieces.into_iter().enumerate() {
            let leaf = ClosedDay {
                index: None,
                from,
                until,
                skipped: u64::try_from(at * ACTS_MAX).unwrap_or_default(),
                n_acts: u64::try_from(piece.len()).unwrap_or_default(),
                hash: chained(&previous, piece.iter().map(|act| act.core)),
                previous,
                tags: piece.iter().filter_map(|act| act.tag).flatten().collect(),
            };
            previous = leaf.hash.clone();
            batch.push(self.log_entry(LEAF, SUBJECT, leaf.body()));
            leaves.push(leaf);
        }
        self.store().apply(batch).await?;
        Ok(leaves)
    }

    /// Acts from an instant on until another, in the order of time.
    async fn acts_between(&self, from: Option<Timestamp>, until: Timestamp) -> Result<Vec<Act>> {
        let mut page =
            PageRequest { limit: PageRequest::LIMIT_MAX, after: Some(cursor_at(until, Uuid::nil())) };
        let mut acts = Vec::new();
        loop {
            let listed = self.read().list_audit(&page).await?;
            let n = listed.items.len();
            acts.extend(
                listed.items.iter().take_while(|act| Some(act.at) >= from).map(|record| self.bound(record)),
            );
            let whole = listed.items.last().is_some_and(|oldest| Some(oldest.at) >= from);
            match listed.next {
                Some(after) if whole && n > 0 => page.after = Some(after),
                _ => break,
            }
        }
        acts.reverse();
        Ok(acts)
    }

    fn bound(&self, record: &AuditRecord) -> Act {
        let actor = record.actor.map(|actor| actor.0.into_bytes().to_vec()).unwrap_or_default();
        let place = record.place.map(|place| place.to_string()).unwrap_or_default();
        let at = record.at.as_microsecond().to_be_bytes();
        let parts: [&[u8]; 7] = [
            record.id.as_bytes(),
            &at,
            &actor,
            record.verb.as_bytes(),
            record.subject.as_bytes(),
            place.as_bytes(),
            record.detail.as_bytes(),
        ];
        let tag = self.key.as_ref().map(|key| {
            let mut tag = [0; TAG];
            tag.copy_from_slice(&key.hash("audit act", &parts)[..TAG]);
            tag
        });
        Act { id: record.id, at: record.at, core: core(record), tag }
    }

    /// Recomputes the whole chain from the acts in the database and holds it against the leaves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_audit_trail(&self) -> Result<TrailCheck> {
        let mut leaves = self.list_closed_days(u16::MAX).await?;
        leaves.reverse();
        let waits = leaves.last().is_some_and(|leaf| leaf.index.is_none());
        let mut check = TrailCheck { waits, ..TrailCheck::default() };
        let erased = self.last_erasure().await?;
        let mut previous = String::new();
        for span in leaves.chunk_by(|one, next| one.until == next.until) {
            let Some(first) = span.first() else { continue };
            let acts = self.acts_between(first.from, first.until).await?;
            let counts = (span.iter().map(|leaf| leaf.n_acts).sum(), acts.len());
            if first.from != check.closed_until {
                check.difference = Some(difference(first, "chain", None, counts));
                return Ok(check);
            }
            let mut rest = acts.as_slice();
            for leaf in span {
                let n = usize::try_from(leaf.n_acts).unwrap_or(usize::MAX).min(rest.len());
                let (piece, later) = rest.split_at(n);
                let found = if leaf.previous == previous {
                    compare(leaf, piece, erased, &mut check)
                } else {
                    Some(("chain", None))
                };
                if let Some((what, act)) = found {
                    check.difference = Some(difference(leaf, what, act, counts));
                    return Ok(check);
                }
                previous.clone_from(&leaf.hash);
                rest = later;
                check.n_leaves += 1;
                check.n_acts += leaf.n_acts;
            }
            if let Some(more) = rest.first() {
                check.difference = Some(difference(first, "act", Some(more), counts));
                return Ok(check);
            }
            check.closed_until = Some(first.until);
        }
        Ok(check)
    }

    /// When a person was erased last; before that instant words of acts may have been taken out.
    async fn last_erasure(&self) -> Result<Option<Timestamp>> {
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        loop {
            let listed = self.read().list_audit(&page).await?;
            if let Some(erasure) = listed.items.iter().find(|record| record.verb == "erase_person") {
                return Ok(Some(erasure.at));
            }
            match listed.next {
                Some(after) => page.after = Some(after),
                None => return Ok(None),
            }
        }
    }
}

/// An act as the chain sees it.
struct Act {
    id: Uuid,
    at: Timestamp,
    core: [u8; 32],
    tag: Option<[u8; TAG]>,
}

/// Holds the acts of one leaf against it; answers what differs, and from which act on.
fn compare<'a>(
    leaf: &ClosedDay,
    acts: &'a [Act],
    erased: Option<Timestamp>,
    check: &mut TrailCheck,
) -> Option<(&'static str, Option<&'a Act>)> {
    let tags: Vec<&[u8]> = leaf.tags.chunks(TAG).collect();
    let fits = |at: usize, act: &Act| match (tags.get(at), &act.tag) {
        (Some(said), Some(tag)) => Some(*said == tag),
        _ => None,
    };
    let whole = u64::try_from(acts.len()) == Ok(leaf.n_acts);
    if !whole || chained(&leaf.previous, acts.iter().map(|act| act.core)) != leaf.hash {
        let first = acts.iter().enumerate().find(|(at, act)| fits(*at, act) == Some(false));
        return Some(("act", first.map(|(_, act)| act)));
    }
    for (at, act) in acts.iter().enumerate() {
        match fits(at, act) {
            Some(true) => {}
            Some(false) if Some(act.at) < erased => check.n_erased += 1,
            Some(false) => return Some(("words", Some(act))),
            None => check.n_without_key += 1,
        }
    }
    None
}

fn difference(
    leaf: &ClosedDay,
    what: &'static str,
    act: Option<&Act>,
    (wanted, found): (u64, usize),
) -> TrailDifference {
    TrailDifference {
        what,
        index: leaf.index,
        until: leaf.until,
        act: act.map(|act| (act.id, act.at)),
        wanted,
        found: u64::try_from(found).unwrap_or(u64::MAX),
    }
}

fn unexpected(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(error.to_string())
}
