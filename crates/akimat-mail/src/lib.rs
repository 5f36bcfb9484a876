//! Letters out of the outbox: by SMTP, or into a folder where people and tests can read them; short messages by a gateway,
//! messages by a bot and to browsers.
//!
//! Both are a [`akimat_storage::Mailer`]. A letter becomes a message ([`message`]) whose identifier is made of the
//! letter's own, so that a second attempt is the same message for every mail server.
#![warn(missing_docs)]

pub mod carriers;
pub mod folder;
mod http;
pub mod message;
pub mod push;
pub mod sms;
pub mod smtp;
pub mod telegram;

pub use carriers::Carriers;
pub use folder::FolderMailer;
pub use message::Sender;
pub use push::WebPush;
pub use sms::{SmsGateway, SmsSettings};
pub use smtp::SmtpMailer;
pub use telegram::{Telegram, TelegramSettings};

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
    /// A gateway cannot be set up.
    #[error("a gateway of messages: {0}")]
    Gateway(String),
    /// The folder cannot be written.
    #[error("mail.folder cannot be written: {0}")]
    Folder(String),
}
