//! Letters out of the outbox: by SMTP, or into a folder where people and tests can read them.
//!
//! Both are a [`akimat_storage::Mailer`]. A letter becomes a message ([`message`]) whose identifier is made of the
//! letter's own, so that a second attempt is the same message for every mail server.
#![warn(missing_docs)]

pub mod folder;
pub mod message;
pub mod smtp;

pub use folder::FolderMailer;
pub use message::Sender;
pub use smtp::SmtpMailer;

/// Why a carrier cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The sender is no address.
    #[error("mail.from is not an address: {0}")]
    Sender(String),
    /// The server's address cannot be read.
    #[error(
        "mail.smtp cannot be read: {0}; write smtp://host:25, smtp://user:password@host:587?tls=required or smtps://user:password@host"
    )]
    Server(String),
    /// A password would travel in the open.
    #[error("mail.smtp sends a password without TLS: add ?tls=required, or write smtps://")]
    OpenPassword,
    /// The folder cannot be written.
    #[error("mail.folder cannot be written: {0}")]
    Folder(String),
}
