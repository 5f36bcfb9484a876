//! From a letter to a message (RFC 5322) with what helps people to end it (RFC 2369, RFC 8058).

use crate::SetupError;
use akimat_storage::outbox::{Letter, MailFault};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

/// Who writes.
#[derive(Clone, Debug)]
pub struct Sender {
    mailbox: Mailbox,
}

impl Sender {
    /// Reads `Name <address@domain>` or an address.
    ///
    /// # Errors
    /// [`SetupError::Sender`].
    pub fn parse(text: &str) -> Result<Self, SetupError> {
        let mailbox = text.parse().map_err(|error| SetupError::Sender(format!("{text}: {error}")))?;
        Ok(Self { mailbox })
    }

    /// The domain of the address, in which message identifiers are unique.
    pub fn domain(&self) -> &str {
        self.mailbox.email.domain()
    }
}

/// The message of a letter.
///
/// # Errors
/// [`MailFault::Never`] when the recipient is no address.
pub fn message(letter: &Letter, from: &Sender) -> Result<Message, MailFault> {
    let never = |what: &str| MailFault::Never(what.to_owned());
    let to: Address = letter.recipient.parse().map_err(|_| never("the recipient is no address"))?;
    let mut builder = Message::builder()
        .from(from.mailbox.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .message_id(Some(format!("<{}@{}>", letter.id, from.domain())))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", letter.lang.code()));
    if !letter.unsubscribe.is_empty() {
        // The address is ours: no space, no angle bracket, no line break.
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{}>", letter.unsubscribe)))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let body = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    builder.multipart(body).map_err(|error| MailFault::Never(error.to_string()))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
