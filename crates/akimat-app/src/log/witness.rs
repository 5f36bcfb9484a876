//! Others watch this log, and this platform watches others: a region its districts, and they the region.

use super::{LogKeeper, broken};
use crate::{App, Result};
use akimat_log::note::{KeyKind, NoteSignature};
use akimat_log::witness::{AddCheckpoint, WitnessFault, check};
use akimat_log::{Checkpoint, Hash, Note, Verifier, cosignature};
use akimat_storage::{
    Change, Conflict, LogCheckpoint, LogCosignature, LogRefusal, RefusalReason, StoreError, WitnessedLog,
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// Who witnesses this log.
#[derive(Clone, Debug)]
pub struct WitnessAddress {
    /// Key of the witness.
    pub key: Verifier,
    /// Address that ends before `/add-checkpoint`.
    pub url: String,
}

/// Asks a witness.
#[async_trait]
pub trait WitnessClient: Send + Sync {
    /// Sends a request to `url` followed by `/add-checkpoint`; answers status and body.
    ///
    /// # Errors
    /// Why there was no answer, in words.
    async fn add_checkpoint(&self, url: &str, body: String) -> std::result::Result<(u16, String), String>;
}

/// Why this platform does not cosign: the status of the specification, and what the body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Status of HTTP.
    pub status: u16,
    /// The size seen last, where the specification asks for it.
    pub size: Option<u64>,
}

/// Why a witness did not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nobody answered.
    #[error("no answer: {0}")]
    Silent(String),
    /// It does not watch this log, or knows another key of it.
    #[error("it does not know this log or its key (it answered {0})")]
    Stranger(u16),
    /// It saw a larger tree.
    #[error("it saw {0} entries, which is more than there are")]
    Larger(u64),
    /// It holds that the tree does not continue the one it saw.
    #[error("it holds that the log was rewritten (it answered {0})")]
    Rewritten(u16),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

impl Trouble {
    fn refusal(&self, witness: &WitnessAddress, size: u64, now: Timestamp) -> LogRefusal {
        let (reason, seen) = match self {
            Self::Silent(_) => (RefusalReason::Silent, None),
            Self::Stranger(_) => (RefusalReason::Stranger, None),
            Self::Larger(seen) => (RefusalReason::Larger, Some(*seen)),
            Self::Rewritten(_) => (RefusalReason::Rewritten, None),
            Self::Other(_) => (RefusalReason::Other, None),
        };
        LogRefusal { witness: witness.key.name().to_owned(), reason, seen, size, since: now, at: now }
    }
}

/// How often witnesses are asked about a checkpoint they have not signed.
const ROUND: Duration = Duration::from_secs(2);
/// A witness that does not answer is left alone for so long, in seconds.
const PATIENCE_SECONDS: i64 = 60;

impl App {
    /// As a witness: checks that a log continues what was seen of it, remembers it, and cosigns.
    ///
    /// # Errors
    /// The answer of the specification; the inner error when the database fails.
    pub async fn witness_checkpoint(&self, body: &str) -> Result<std::result::Result<String, Refusal>> {
        let no = |status| Ok(Err(Refusal { status, size: None }));
        let Some((keeper, witness)) = self.log.as_deref().and_then(|log| Some((log, log.witness.as_ref()?)))
        else {
            return no(404);
        };
        let Some(request) = AddCheckpoint::parse(body) else { return no(400) };
        let origin =
            Note::parse(&request.checkpoint).ok().and_then(|note| Checkpoint::parse(&note.text).ok());
        let Some(origin) = origin.map(|stated| stated.origin) else { return no(400) };
        let seen = self.read().find_witnessed_log(&origin).await?;
        let known = seen.map(|seen| (seen.size, Hash(seen.root)));
        // A log that moved is held against what was seen under its old name.
        let last = match (known, keeper.after.iter().find(|(new, _)| *new == origin)) {
            (None, Some((_, old))) => {
                self.read().find_witnessed_log(old).await?.map(|seen| (seen.size, Hash(seen.root)))
            }
            _ => known,
        };
        let keys = |origin: &str| {
            keeper.watched.iter().filter(|key| key.name() == origin).cloned().collect::<Vec<_>>()
        };
        let (stated, note) = match check(&request, keys, |_| last) {
            Ok(fair) => fair,
            Err(fault) => return Ok(Err(refusal(&fault))),
        };
        let now = self.now();
        let seen = WitnessedLog { origin, size: stated.size, root: stated.root.0, at: now };
        let before = known.map(|(size, root)| (size, root.0));
        match self.store().apply(vec![Change::PutWitnessedLog(seen, before)]).await {
            Ok(()) => {}
            Err(StoreError::Conflict(Conflict::Stale(_))) => {
                let seen = self.read().find_witnessed_log(&stated.origin).await?;
                return Ok(Err(Refusal { status: 409, size: seen.map(|seen| seen.size) }));
            }
            Err(error) => return Err(error.into()),
        }
        let at_s = u64::try_from(now.as_second()).unwrap_or_default();
        let line = cosignature::cosign(&note.text, witness, at_s).map_err(broken)?;
        Ok(Ok(format!("{line}\n")))
    }

    /// Asks one witness about the latest checkpoint, unless it signed that already; answers whether it signed now. A
    /// refusal is kept for the page of the log.
    ///
    /// # Errors
    /// When the database fails; the inner error when the witness refuses or does not answer.
    pub async fn ask_witness(&self, witness: &WitnessAddress) -> Result<std::result::Result<bool, Trouble>> {
        let Some(latest) = self.read().find_latest_log_checkpoint().await? else { return Ok(Ok(false)) };
        let said = self.read().list_latest_log_cosignatures().await?;
        let own = said.into_iter().find(|said| said.witness == witness.key.name());
        let old_size = own.map_or(0, |said| said.size);
        if old_size == latest.size {
            return Ok(Ok(false));
        }
        self.ask_again(witness, &latest, old_size).await
    }

    /// Asks a witness about a checkpoint, whatever it signed before.
    ///
    /// # Errors
    /// As [`App::ask_witness`].
    pub(super) async fn ask_again(
        &self,
        witness: &WitnessAddress,
        latest: &LogCheckpoint,
        old_size: u64,
    ) -> Result<std::result::Result<bool, Trouble>> {
        let outcome = self.put_question(witness, latest, old_size).await?;
        if let Err(trouble) = &outcome {
            let refusal = trouble.refusal(witness, latest.size, self.now());
            self.store().apply(vec![Change::PutLogRefusal(refusal)]).await?;
        }
        Ok(outcome)
    }

    async fn put_question(
        &self,
        witness: &WitnessAddress,
        latest: &LogCheckpoint,
        mut old_size: u64,
    ) -> Result<std::result::Result<bool, Trouble>> {
        let Some(keeper) = self.log.clone() else { return Ok(Ok(false)) };
        // The second time with the size that the witness told.
        for _ in 0..2 {
            let request = self.request(latest, old_size).await?;
            let (status, body) = match keeper.client.add_checkpoint(&witness.url, request.write()).await {
                Ok(answer) => answer,
                Err(why) => return Ok(Err(Trouble::Silent(why))),
            };
            let trouble = match (status, body.trim().parse::<u64>()) {
                (200, _) => return self.keep_cosignature(latest, witness, &body).await,
                (409, Ok(size)) if size > latest.size => Trouble::Larger(size),
                (409, Ok(size)) if size != old_size => {
                    old_size = size;
                    continue;
                }
                (409 | 422, _) => Trouble::Rewritten(status),
                (403 | 404, _) => Trouble::Stranger(status),
                _ => Trouble::Other(format!("it answered {status}")),
            };
            return Ok(Err(trouble));
        }
        Ok(Err(Trouble::Other("it saw something else twice".to_owned())))
    }

    async fn request(&self, latest: &LogCheckpoint, old_size: u64) -> Result<AddCheckpoint> {
        let proof = match old_size {
            0 => Vec::new(),
            same if same == latest.size => Vec::new(),
            old => self.consistency(old, latest.size).await?,
        };
        Ok(AddCheckpoint { old_size, proof, checkpoint: latest.note.clone() })
    }

    async fn keep_cosignature(
        &self,
        latest: &LogCheckpoint,
        witness: &WitnessAddress,
        body: &str,
    ) -> Result<std::result::Result<bool, Trouble>> {
        let note = Note::parse(&latest.note).map_err(broken)?;
        for line in body.lines() {
            let Ok(signature) = NoteSignature::parse(line) else { continue };
            let Ok(at_s) = cosignature::verify_line(&note.text, &signature, &witness.key) else { continue };
            let at = i64::try_from(at_s).ok().and_then(|at| Timestamp::from_second(at).ok());
            let said = LogCosignature {
                size: latest.size,
                witness: witness.key.name().to_owned(),
                line: line.to_owned(),
                at: at.unwrap_or_else(|| self.now()),
            };
            self.store().apply(vec![Change::PutLogCosignature(said)]).await?;
            return Ok(Ok(true));
        }
        Ok(Err(Trouble::Other("it sent no signature of its key".to_owned())))
    }

    /// Asks the witnesses until `stop` says yes: the server runs this beside the pages.
    pub async fn run_witnesses(self, mut stop: Receiver<bool>) {
        let Some(keeper) = self.log.clone() else { return };
        let mut later: BTreeMap<String, Timestamp> = BTreeMap::new();
        while !keeper.witnesses.is_empty() && !*stop.borrow() {
            tokio::select! {
                () = self.round(&keeper, &mut later) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            tokio::select! {
                () = tokio::time::sleep(ROUND) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn round(&self, keeper: &LogKeeper, later: &mut BTreeMap<String, Timestamp>) {
        for witness in &keeper.witnesses {
            let name = witness.key.name();
            if later.get(name).is_some_and(|at| *at > self.now()) {
                continue;
            }
            let trouble = match self.ask_witness(witness).await {
                Ok(Ok(_)) => continue,
                Ok(Err(trouble @ (Trouble::Larger(_) | Trouble::Rewritten(_)))) => {
                    tracing::error!(witness = name, %trouble, "a witness contradicts the log");
                    trouble.to_string()
                }
                Ok(Err(trouble)) => trouble.to_string(),
                Err(error) => error.to_string(),
            };
            tracing::warn!(witness = name, trouble, "a witness did not sign");
            later.insert(name.to_owned(), self.now() + jiff::SignedDuration::from_secs(PATIENCE_SECONDS));
        }
    }
}

/// The key is that of a witness, which signs with a time.
pub fn is_witness(key: &Verifier) -> bool {
    key.kind() == KeyKind::Witness
}

const fn refusal(fault: &WitnessFault) -> Refusal {
    match fault {
        WitnessFault::Form => Refusal { status: 400, size: None },
        WitnessFault::Unknown => Refusal { status: 404, size: None },
        WitnessFault::Note(_) => Refusal { status: 403, size: None },
        WitnessFault::Size(size) => Refusal { status: 409, size: Some(*size) },
        WitnessFault::Split => Refusal { status: 409, size: None },
        WitnessFault::Proof(_) => Refusal { status: 422, size: None },
    }
}
