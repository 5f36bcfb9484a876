//! `akimat log witness --listen`: a witness that logs ask by themselves. Of each log there is one file with the checkpoint
//! seen last; one request at a time reads it, checks, writes it and signs.

use super::super::verify::{keys, text};
use super::{Witness, remember};
use crate::{compose, keeper, say};
use akimat_log::note::KeyKind;
use akimat_log::witness::{AddCheckpoint, REQUEST_MAX, WitnessFault, check};
use akimat_log::{Checkpoint, Hash, Signer, Verifier, cosignature};
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
    watched: Vec<Verifier>,
    state: PathBuf,
    /// Held from reading what was seen until it is written: of two requests one comes second.
    turn: Mutex<()>,
}

/// Serves until it is stopped.
///
/// # Errors
/// When a key cannot be read or the address is taken.
pub(super) fn run(asked: &Witness, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let watched = keys(&text(&asked.key)?, KeyKind::Log);
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
            self.watched.iter().filter(|key| key.name() == origin).cloned().collect::<Vec<_>>()
        };
        let Some(key) = self.key_of(&request) else { return Ok(Err(WitnessFault::Unknown)) };
        let path = self.state.join(format!("{:08x}.seen", key.id()));
        let seen = if path.exists() { Some(self.seen(&path)?) } else { None };
        let (stated, note) = match check(&request, keys, |_| seen) {
            Ok(fair) => fair,
            Err(fault) => return Ok(Err(fault)),
        };
        // What was seen is kept before it is signed: a witness never signs two histories.
        if seen != Some((stated.size, stated.root)) {
            remember(&path, &request.checkpoint)?;
        }
        let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default();
        Ok(Ok(cosignature::cosign(&note.text, &self.signer, now)?))
    }

    /// The first key of the log that asks: its file stays the same when the log gets a further key.
    fn key_of(&self, request: &AddCheckpoint) -> Option<&Verifier> {
        let origin = request.checkpoint.lines().next()?;
        self.watched.iter().find(|key| key.name() == origin)
    }

    fn seen(&self, path: &std::path::Path) -> anyhow::Result<(u64, Hash)> {
        let kept = text(path)?;
        let opened = self.watched.iter().find_map(|key| Checkpoint::open(&kept, key).ok());
        let (seen, _) = opened.with_context(|| format!("{} is not what was kept", path.display()))?;
        Ok((seen.size, seen.root))
    }
}
