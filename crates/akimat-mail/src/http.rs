//! Questions to gateways: short, with limits of time and size, without following redirects.

use crate::SetupError;
use akimat_storage::outbox::MailFault;
use std::time::Duration;

/// The most bytes of an answer that are read.
const ANSWER_MAX: u64 = 256 * 1024;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// What is sent: method, address, headers and bytes.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) patience: Duration,
}

/// Only over TLS, or to this machine.
///
/// # Errors
/// [`SetupError::Gateway`].
pub(crate) fn check_address(url: &str) -> Result<(), SetupError> {
    let local = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    };
    if url.starts_with("https://") || url.strip_prefix("http://").is_some_and(local) {
        return Ok(());
    }
    Err(SetupError::Gateway("the address must begin with https://".to_owned()))
}

/// Asks beside the threads of the server. What goes wrong on the way is told without the address, which may hold a secret.
pub(crate) async fn ask(request: Request) -> Result<Answer, MailFault> {
    let done = tokio::task::spawn_blocking(move || call(&request)).await;
    done.map_err(|error| MailFault::Later(error.to_string()))?
}

fn call(request: &Request) -> Result<Answer, MailFault> {
    let later = |error: &ureq::Error| {
        let said = match error {
            ureq::Error::Timeout(_) => "no answer in time",
            ureq::Error::HostNotFound => "the host is not found",
            ureq::Error::ConnectionFailed => "no connection",
            ureq::Error::Io(_) => "the connection broke off",
            _ => "the gateway could not be asked",
        };
        MailFault::Later(said.to_owned())
    };
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(request.patience))
        .max_redirects(0)
        .http_status_as_error(false);
    let agent: ureq::Agent = config.build().into();
    let answer = if request.method == "GET" {
        let mut asked = agent.get(&request.url);
        for (name, value) in &request.headers {
            asked = asked.header(*name, value);
        }
        asked.call()
    } else {
        let mut asked = agent.post(&request.url);
        for (name, value) in &request.headers {
            asked = asked.header(*name, value);
        }
        asked.send(&request.body[..])
    };
    let mut answer = answer.map_err(|error| later(&error))?;
    let body = answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec();
    Ok(Answer { status: answer.status().as_u16(), body: body.map_err(|error| later(&error))? })
}

/// What becomes of a message by the status of the answer. A key that is refused is the operator's to mend, so that the
/// message waits; whatever else is refused of this message will be refused again.
pub(crate) fn judge(status: u16) -> Result<(), MailFault> {
    match status {
        200..=299 => Ok(()),
        400 | 402 | 404..=407 | 409..=424 | 426..=428 | 430..=499 => {
            Err(MailFault::Never(format!("the gateway answered {status}")))
        }
        _ => Err(MailFault::Later(format!("the gateway answered {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_or_this_machine_is_asked() {
        for (url, fine) in [
            ("https://sms.example.kz/send", true),
            ("http://127.0.0.1:9/send", true),
            ("http://sms.example.kz/send", false),
            ("http://127.0.0.1.evil.example/", false),
            ("file:///etc/passwd", false),
            ("", false),
        ] {
            assert_eq!(check_address(url).is_ok(), fine, "{url}");
        }
    }

    #[test]
    fn answers_are_judged() {
        for (status, due) in [(200, "sent"), (202, "sent"), (400, "never"), (404, "never"), (410, "never")] {
            let word = match judge(status) {
                Ok(()) => "sent",
                Err(MailFault::Never(_)) => "never",
                Err(MailFault::Later(_)) => "later",
            };
            assert_eq!(word, due, "{status}");
        }
        for status in [301, 401, 403, 408, 425, 429, 500, 502, 503] {
            assert!(matches!(judge(status), Err(MailFault::Later(_))), "{status}");
        }
    }
}
