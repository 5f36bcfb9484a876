//! Letters as files: the demonstration, and rehearsals before a mail server is asked.

use crate::SetupError;
use crate::message::{Sender, message};
use akimat_storage::outbox::{Letter, MailFault, Mailer};
use async_trait::async_trait;
use std::path::PathBuf;

/// Writes each letter into a folder as `<identifier>.eml`, which mail programs open, and each short message to a telephone
/// as `<identifier>.txt`.
#[derive(Debug)]
pub struct FolderMailer {
    folder: PathBuf,
    from: Sender,
}

impl FolderMailer {
    /// Makes the folder when there is none.
    ///
    /// # Errors
    /// [`SetupError::Folder`] when that is not possible.
    pub fn new(folder: PathBuf, from: Sender) -> Result<Self, SetupError> {
        std::fs::create_dir_all(&folder)
            .map_err(|error| SetupError::Folder(format!("{}: {error}", folder.display())))?;
        Ok(Self { folder, from })
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let short = letter.recipient.starts_with('+');
        let bytes = if short { short_message(letter) } else { message(letter, &self.from)?.formatted() };
        let ending = if short { "txt" } else { "eml" };
        let (file, half) = (
            self.folder.join(format!("{}.{ending}", letter.id)),
            self.folder.join(format!("{}.half", letter.id)),
        );
        // First beside it, then at once in its place: nobody reads half a letter.
        std::fs::write(&half, bytes)
            .and_then(|()| std::fs::rename(&half, &file))
            .map_err(|error| MailFault::Later(error.to_string()))
    }

    fn describe(&self) -> String {
        self.folder.display().to_string()
    }

    fn carries_messages(&self) -> bool {
        true
    }
}

/// A short message as a file: the number, an empty line, the words.
fn short_message(letter: &Letter) -> Vec<u8> {
    format!("{}\n\n{}\n", letter.recipient, letter.text.trim()).into_bytes()
}
