//! `akimat log witness --listen`: a witness that logs ask by themselves. Of each log there is one file with the checkpoint
//! seen last; one request at a time reads it, checks, writes it and signs.

use super::super::verify::{Watched, text, watched};
use super::{Witness, remember};
use crate::{compose, keeper, say};
use akimat_log::note::KeyKind;
use akimat_log::witness::{AddCheckpoint, REQUEST_MAX, WitnessFault, check};
use akimat_log::{Checkpoint, Hash, Signer, cosignature};
use anyhow::{Context, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

struct Desk {
    signer: Signer,
    watched: Vec<Watched>,
    state: PathBuf,
    /// Held from reading what was seen until it is written: of two requests one comes second.
    turn: Mutex<()>,
}

/// Serves until it is stopped.
///
/// # Errors
/// When a key cannot be read or the address is taken.
pub(super) fn run(asked: &Witness, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let watched = watched(&text(&asked.key)?);
    if watched.is_empty() {
        bail!("{} holds no key of a log", asked.key.display());
    }
    let signer = keeper::read_or_make(&asked.state.join("witness.key"), &asked.name, KeyKind::Witness)?;
    say::out(&signer.verifier().encode());
    let desk = Desk { signer, watched, state: asked.state.clone(), turn: Mutex::new(()) };
    let router = Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/vkey", get(vkey))
        .layer(DefaultBodyLimit::max(REQUEST_MAX))
        .with_state(Arc::new(desk));
    compose::runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener.with_context(|| format!("cannot listen on {listen}"))?;
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, router).with_graceful_shutdown(stop).await.context("the witness failed")
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn vkey(State(desk): State<Arc<Desk>>) -> String {
    format!("{}\n", desk.signer.verifier().encode())
}

async fn add_checkpoint(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    let asked = String::from_utf8_lossy(&body).into_owned();
    let answer = tokio::task::spawn_blocking(move || desk.answer(&asked)).await;
    match answer {
        Ok(Ok(Ok(line))) => format!("{line}\n").into_response(),
        Ok(Ok(Err(fault))) => refused(&fault),
        Ok(Err(error)) => {
            tracing::error!(%error, "the witness could not keep what it saw");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(fault: &WitnessFault) -> Response {
    let (status, size) = match fault {
        WitnessFault::Form => (StatusCode::BAD_REQUEST, None),
        WitnessFault::Unknown => (StatusCode::NOT_FOUND, None),
        WitnessFault::Note(_) => (StatusCode::FORBIDDEN, None),
        WitnessFault::Size(size) => (StatusCode::CONFLICT, Some(*size)),
        WitnessFault::Split => (StatusCode::CONFLICT, None),
        WitnessFault::Proof(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
    };
    let size = size.map_or_else(String::new, |size| format!("{size}\n"));
    (status, [(CONTENT_TYPE, "text/x.tlog.size")], size).into_response()
}

impl Desk {
    fn answer(&self, asked: &str) -> anyhow::Result<Result<String, WitnessFault>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(request) = AddCheckpoint::parse(asked) else { return Ok(Err(WitnessFault::Form)) };
        let keys = |origin: &str| {
            let own = self.watched.iter().map(|log| &log.key).filter(|key| key.name() == origin);
            own.cloned().collect::<Vec<_>>()
        };
        let origin = request.checkpoint.lines().next().unwrap_or_default();
        let Some(log) = self.named(origin) else { return Ok(Err(WitnessFault::Unknown)) };
        let path = self.path_of(log);
        // A log that moved is held against what was seen under its old name.
        let before = log.former.as_deref().and_then(|former| self.named(former)).map(|old| self.path_of(old));
        let last = [Some(path.clone()), before].into_iter().flatten().find(|path| path.exists());
        let seen = last.as_ref().map(|path| self.seen(path)).transpose()?;
        let (stated, note) = match check(&request, keys, |_| seen) {
            Ok(fair) => fair,
            Err(fault) => return Ok(Err(fault)),
        };
        // What was seen is kept before it is signed: a witness never signs two histories.
        if last.as_ref() != Some(&path) || seen != Some((stated.size, stated.root)) {
            remember(&path, &request.checkpoint)?;
        }
        let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default();
        Ok(Ok(cosignature::cosign(&note.text, &self.signer, now)?))
    }

    /// The first key of a log: its file stays the same when the log gets a further key.
    fn named(&self, origin: &str) -> Option<&Watched> {
        self.watched.iter().find(|log| log.key.name() == origin)
    }

    fn path_of(&self, log: &Watched) -> PathBuf {
        self.state.join(format!("{:08x}.seen", log.key.id()))
    }

    fn seen(&self, path: &std::path::Path) -> anyhow::Result<(u64, Hash)> {
        let kept = text(path)?;
        let opened = self.watched.iter().find_map(|log| Checkpoint::open(&kept, &log.key).ok());
        let (seen, _) = opened.with_context(|| format!("{} is not what was kept", path.display()))?;
        Ok((seen.size, seen.root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_log::hash::leaf_hash;
    use akimat_log::proof::consistency;
    use akimat_log::tile::Tiles;
    use akimat_log::tree::Frontier;

    fn log(name: &str, seed: u8) -> Signer {
        Signer::from_seed(name, KeyKind::Log, [seed; 32]).unwrap()
    }

    /// What a log of `size` leaves asks that was seen with `old` of them.
    fn request(signer: &Signer, (old, size): (u64, u64), leaf: &str) -> String {
        let (mut tree, mut tiles) = (Frontier::default(), Tiles::default());
        for n in 0..size {
            tree.push_with(leaf_hash(format!("{leaf} {n}").as_bytes()), |node, hash| tiles.note(node, hash));
        }
        let proof = match consistency(old, size) {
            Some(plan) if old > 0 => plan.gather(|node| tiles.hash_of(node)).unwrap(),
            _ => Vec::new(),
        };
        let checkpoint = Checkpoint::new(signer.verifier().name(), size, tree.root()).sign(signer).unwrap();
        AddCheckpoint { old_size: old, proof, checkpoint }.write()
    }

    #[test]
    fn a_log_that_moved_is_held_against_its_old_name() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (log("old.example/log", 1), log("new.example/log", 2));
        let file =
            format!("{} after old.example/log\n{}\n", new.verifier().encode(), old.verifier().encode());
        let desk = Desk {
            signer: Signer::from_seed("paper.example/witness", KeyKind::Witness, [3; 32]).unwrap(),
            watched: watched(&file),
            state: folder.path().to_owned(),
            turn: Mutex::new(()),
        };
        let answer = |asked: &str| desk.answer(asked).unwrap();
        assert!(answer(&request(&old, (0, 3), "leaf")).is_ok());
        assert_eq!(answer(&request(&new, (0, 5), "leaf")).unwrap_err(), WitnessFault::Size(3));
        assert!(matches!(answer(&request(&new, (3, 5), "other")), Err(WitnessFault::Proof(_))));
        assert!(answer(&request(&new, (3, 5), "leaf")).is_ok());
        assert!(answer(&request(&new, (5, 7), "leaf")).is_ok(), "from now on it is known by its new name");
        assert_eq!(answer(&request(&new, (3, 7), "leaf")).unwrap_err(), WitnessFault::Size(7));
    }
}
