//! Letters by SMTP.

use crate::SetupError;
use crate::message::{Sender, message};
use akimat_storage::outbox::{Letter, MailFault, Mailer};
use async_trait::async_trait;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Hands letters to a mail server.
#[derive(Debug)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
    server: String,
}

impl SmtpMailer {
    /// Reads `smtps://user:password@host`, `smtp://user:password@host:587?tls=required` or, for a server on the same
    /// machine, `smtp://localhost:25`. Nothing is connected yet.
    ///
    /// # Errors
    /// [`SetupError`] when the address cannot be read or a password would travel in the open.
    pub fn new(url: &str, from: Sender) -> Result<Self, SetupError> {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let has_password = rest.contains('@');
        let server = rest.rsplit('@').next().unwrap_or_default().split(['?', '/']).next().unwrap_or_default();
        let host = server.rsplit_once(':').map_or(server, |(host, _)| host);
        let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let encrypted = url.starts_with("smtps://") || url.contains("tls=required");
        if has_password && !encrypted && !local {
            return Err(SetupError::OpenPassword);
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            // The address may hold a password, which no message repeats.
            .map_err(|error| SetupError::Server(error.to_string().replace(rest, "…")))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from, server: server.to_owned() })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, letter: &Letter) -> Result<(), MailFault> {
        let message = message(letter, &self.from)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailFault::Never(error.to_string())),
            Err(error) => Err(MailFault::Later(error.to_string())),
        }
    }

    fn describe(&self) -> String {
        self.server.clone()
    }
}
