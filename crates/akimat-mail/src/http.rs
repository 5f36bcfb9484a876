//! Questions to gateways: short, with limits of time and size, without following redirects.

use crate::SetupError;
use akimat_storage::outbox::MailFault;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The most bytes of an answer that are read.
const ANSWER_MAX: u64 = 256 * 1024;

/// The longest wait that the other side may ask for, in seconds.
const RETRY_SECONDS_MAX: u64 = 24 * 3_600;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Seconds after which the other side wants to be asked again.
    pub(crate) retry_after: Option<u32>,
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
    let said = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let retry_after = said.and_then(|text| retry_seconds(text, now));
    let body = answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec();
    Ok(Answer { status: answer.status().as_u16(), retry_after, body: body.map_err(|error| later(&error))? })
}

/// What becomes of a message by the status of the answer. A key that is refused is the operator's to mend, so that the
/// message waits; whatever else is refused of this message will be refused again.
pub(crate) fn judge(status: u16, retry_after: Option<u32>) -> Result<(), MailFault> {
    match status {
        200..=299 => Ok(()),
        400 | 402 | 404..=407 | 409..=424 | 426..=428 | 430..=499 => {
            Err(MailFault::Never(format!("the gateway answered {status}")))
        }
        _ => Err(match retry_after {
            Some(seconds) => MailFault::After(format!("the gateway answered {status}"), seconds),
            None => MailFault::Later(format!("the gateway answered {status}")),
        }),
    }
}

/// Seconds of a header `Retry-After` (RFC 9110, 10.2.3): a number of them, or a date, of which one that is over is none.
/// The most that is believed is a day.
fn retry_seconds(text: &str, now: u64) -> Option<u32> {
    let text = text.trim();
    let seconds = if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        text.parse().unwrap_or(u64::MAX)
    } else {
        let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_second();
        u64::try_from(at).unwrap_or_default().saturating_sub(now)
    };
    u32::try_from(seconds.min(RETRY_SECONDS_MAX)).ok()
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
            let word = match judge(status, None) {
                Ok(()) => "sent",
                Err(MailFault::Never(_)) => "never",
                Err(MailFault::Later(_) | MailFault::After(..)) => "later",
            };
            assert_eq!(word, due, "{status}");
        }
        for status in [301, 401, 403, 408, 425, 429, 500, 502, 503] {
            assert!(matches!(judge(status, None), Err(MailFault::Later(_))), "{status}");
            assert!(matches!(judge(status, Some(9)), Err(MailFault::After(_, 9))), "{status}");
        }
    }

    #[test]
    fn the_other_side_says_when_to_come_back() {
        // 23 November 2026, 08:00:00 UTC.
        let now = 1_795_420_800;
        for (text, due) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("86400", Some(86_400)),
            ("86401", Some(86_400)),
            ("99999999999999999999999", Some(86_400)),
            ("Mon, 23 Nov 2026 08:05:00 GMT", Some(300)),
            ("Mon, 23 Nov 2026 07:05:00 GMT", Some(0)),
            ("Sat, 01 Jan 2050 00:00:00 GMT", Some(86_400)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("Tue, 23 Nov 2026 08:05:00 GMT", None),
            ("Mon, 31 Feb 2026 08:05:00 GMT", None),
        ] {
            assert_eq!(retry_seconds(text, now), due, "{text:?}");
        }
    }
}
