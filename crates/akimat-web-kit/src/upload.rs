//! Forms with photographs and documents: each file is written to the disk piece by piece while it arrives, counted, and cut off at
//! its limit. In memory an upload takes one buffer of [`BUFFER_BYTES`] and what the connection holds, however large the
//! file and however many come at once. The file on the disk has no name: it is gone with its upload, also when the
//! server is killed.

use crate::failure::Failure;
use crate::form::{FORM_BYTES_MAX, check_csrf, stale};
use crate::state::WebState;
use crate::visitor::Visitor;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use futures_util::Stream;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// Bytes gathered before they are written.
const BUFFER_BYTES: usize = 256 * 1024;

/// Files of one form at most.
pub const FILES_MAX: usize = 30;

/// Fields of one form that are no files, at most.
const FIELDS_MAX: usize = 60;

/// A sender that is silent for so long is given up.
const SILENCE: Duration = Duration::from_secs(60);

/// How long an upload waits for a place among those that arrive at once.
const QUEUE: Duration = Duration::from_secs(20);

/// First bytes of a file by which its format is known; kept of a file that is none, so that the reason can be told.
const START_BYTES: usize = 4_096;

/// A form whose files arrive one after another.
pub struct Uploading {
    multipart: Multipart,
    visitor: Visitor,
    file_bytes_max: u64,
    folder: std::path::PathBuf,
    checked: bool,
    documents: bool,
    n_files: usize,
    n_fields: usize,
    left: u64,
    _place: OwnedSemaphorePermit,
}

impl std::fmt::Debug for Uploading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Uploading").field("n_files", &self.n_files).finish_non_exhaustive()
    }
}

/// The next piece of a form.
#[derive(Debug)]
pub enum Part {
    /// A field and its value.
    Words(String, String),
    /// A file that has arrived.
    File(Arrived),
}

/// A file that has arrived.
#[derive(Debug)]
pub struct Arrived {
    /// Name of the field.
    pub field: String,
    /// Name of the file as sent, without folders.
    pub name: String,
    /// Its bytes.
    pub content: Content,
}

/// What became of the bytes of a file.
#[derive(Debug)]
pub enum Content {
    /// No file was chosen.
    Nothing,
    /// More bytes than allowed: so many came.
    TooLarge(u64),
    /// It lies on the disk.
    Kept(Spool),
}

/// A file without a name on the disk.
#[derive(Debug)]
pub struct Spool {
    file: File,
    n_bytes: u64,
}

impl Spool {
    /// Brings the file into memory.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.n_bytes).unwrap_or_default());
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

const fn too_large() -> Failure {
    Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
}

const fn broken() -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, "bad_request")
}

fn busy() -> Failure {
    Failure { retry_seconds: Some(20), ..Failure::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable") }
}

/// Hands the pieces of a form on one at a time. The reader of forms takes whatever is there before it gives any of it
/// away, so that a fast sender would fill the memory with a whole form: after each piece it hears once that there is
/// nothing yet.
struct Paced {
    body: BodyDataStream,
    rest: bool,
}

impl Stream for Paced {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rest) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = Pin::new(&mut self.body).poll_next(context);
        self.rest = next.is_ready();
        next
    }
}

impl FromRequest<WebState> for Uploading {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let file_bytes_max = state.app.photo_limits().n_bytes_max();
        let all_max = file_bytes_max.saturating_mul(FILES_MAX as u64) + FORM_BYTES_MAX as u64;
        let announced =
            parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > all_max) {
            return Err(too_large());
        }
        let place = tokio::time::timeout(QUEUE, state.arrivals.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(busy()) };
        let body = Body::from_stream(Paced { body: body.into_data_stream(), rest: false });
        let multipart = Multipart::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|_| Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"))?;
        Ok(Self {
            multipart,
            visitor,
            file_bytes_max,
            folder: state.options.upload_folder.clone().unwrap_or_else(std::env::temp_dir),
            checked: false,
            documents: false,
            n_files: 0,
            n_fields: 0,
            left: all_max,
            _place: place,
        })
    }
}

impl Uploading {
    /// Documents are taken beside pictures.
    #[must_use]
    pub fn with_documents(self) -> Self {
        Self { documents: true, ..self }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// 403 for a forged form, 400 for one that breaks off, 413 for one without end.
    pub async fn next(&mut self) -> Result<Option<Part>, Failure> {
        let field = tokio::time::timeout(SILENCE, self.multipart.next_field()).await;
        let Some(field) = field.map_err(|_| broken())?.map_err(|_| broken())? else {
            return if self.checked { Ok(None) } else { Err(stale()) };
        };
        let name = field.name().unwrap_or_default().to_owned();
        let part = match field.file_name() {
            Some(sent) => {
                // The proof comes first in our forms: a forged form is refused before its file is kept.
                if !self.checked {
                    return Err(stale());
                }
                let sent = sent.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(200).collect();
                self.n_files += 1;
                if self.n_files > FILES_MAX {
                    return Err(too_large());
                }
                let content =
                    arrive(field, (self.file_bytes_max, &mut self.left), (&self.folder, self.documents))
                        .await?;
                Part::File(Arrived { field: name, name: sent, content })
            }
            None => {
                self.n_fields += 1;
                if self.n_fields > FIELDS_MAX {
                    return Err(too_large());
                }
                let value = words(field, &mut self.left).await?;
                if name == "csrf" {
                    check_csrf(&self.visitor, &value)?;
                    self.checked = true;
                }
                Part::Words(name, value)
            }
        };
        Ok(Some(part))
    }
}

/// The next piece of a field; what all of a form brings is bounded.
async fn piece(field: &mut Field<'_>, left: &mut u64) -> Result<Option<Bytes>, Failure> {
    let chunk = tokio::time::timeout(SILENCE, field.chunk()).await;
    let chunk = chunk.map_err(|_| broken())?.map_err(|_| broken())?;
    if let Some(chunk) = &chunk {
        *left = left.checked_sub(chunk.len() as u64).ok_or_else(too_large)?;
    }
    Ok(chunk)
}

async fn words(mut field: Field<'_>, left: &mut u64) -> Result<String, Failure> {
    let mut value = Vec::new();
    while let Some(chunk) = piece(&mut field, left).await? {
        if value.len() + chunk.len() > FORM_BYTES_MAX {
            return Err(too_large());
        }
        value.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// Takes a file in. What is too large, or by its first bytes neither a picture nor, where they are taken, a document, is read to its end and dropped, so that the
/// browser hears the answer instead of a broken connection.
async fn arrive(
    mut field: Field<'_>,
    (bytes_max, left): (u64, &mut u64),
    (folder, documents): (&std::path::Path, bool),
) -> Result<Content, Failure> {
    let mut file: Option<File> = None;
    let mut buffer: Vec<u8> = Vec::new();
    let mut n_bytes = 0_u64;
    let mut drop_rest = false;
    while let Some(chunk) = piece(&mut field, left).await? {
        let before = n_bytes;
        n_bytes += chunk.len() as u64;
        if n_bytes > bytes_max {
            (file, buffer, drop_rest) = (None, Vec::new(), true);
        }
        if drop_rest {
            continue;
        }
        buffer.extend_from_slice(&chunk);
        if before < START_BYTES as u64 && n_bytes >= START_BYTES as u64 {
            let document = documents && akimat_interop::attachment::may_begin(&buffer);
            drop_rest = !document && akimat_photo::header::format(&buffer).is_none();
        }
        if drop_rest {
            buffer.truncate(START_BYTES);
        } else if buffer.len() >= BUFFER_BYTES {
            (file, buffer) = write(file, buffer, folder).await?;
        }
    }
    if n_bytes > bytes_max {
        return Ok(Content::TooLarge(n_bytes));
    }
    if n_bytes == 0 {
        return Ok(Content::Nothing);
    }
    let (file, _) = write(file, buffer, folder).await?;
    let n_bytes = if drop_rest { START_BYTES as u64 } else { n_bytes };
    Ok(file.map_or(Content::Nothing, |file| Content::Kept(Spool { file, n_bytes })))
}

/// Writes a buffer behind what is there, beside the server's own threads.
async fn write(
    file: Option<File>,
    mut buffer: Vec<u8>,
    folder: &std::path::Path,
) -> Result<(Option<File>, Vec<u8>), Failure> {
    let folder = folder.to_owned();
    let work = move || -> io::Result<(File, Vec<u8>)> {
        let mut file = match file {
            Some(file) => file,
            None => tempfile::tempfile_in(folder)?,
        };
        file.write_all(&buffer)?;
        buffer.clear();
        Ok((file, buffer))
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(Failure::internal)?;
    let (file, buffer) = done
        .map_err(|error| Failure { log: Some(format!("an upload cannot be written: {error}")), ..busy() })?;
    Ok((Some(file), buffer))
}
