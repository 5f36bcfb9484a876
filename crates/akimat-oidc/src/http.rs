//! Questions to the provider: short, with a limit of time and size, without following redirects.

use crate::{Fault, Result};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of an answer that are read.
const ANSWER_MAX: u64 = 256 * 1024;

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false);
    config.build().into()
}

fn unreachable(error: &ureq::Error) -> Fault {
    Fault::Unreachable(error.to_string())
}

/// An address that may be asked: over TLS, or on this machine.
pub(crate) fn may_ask(url: &str) -> bool {
    let local = |url: &str| {
        let host = url.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    };
    url.starts_with("https://") || url.strip_prefix("http://").is_some_and(local)
}

/// Reads a JSON document.
pub(crate) fn get<T: DeserializeOwned>(url: &str) -> Result<T> {
    let mut answer =
        agent().get(url).header("accept", "application/json").call().map_err(|e| unreachable(&e))?;
    if answer.status().as_u16() != 200 {
        return Err(Fault::Unreachable(format!("{url}: {}", answer.status())));
    }
    let body =
        answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec().map_err(|e| unreachable(&e))?;
    serde_json::from_slice(&body).map_err(|_| Fault::Untrusted("a document is not the JSON that is due"))
}

/// Sends a form and reads a JSON document, with the status of the answer.
pub(crate) fn post<T: DeserializeOwned>(url: &str, authorization: &str, form: &str) -> Result<(u16, T)> {
    let mut request = agent()
        .post(url)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    if !authorization.is_empty() {
        request = request.header("authorization", authorization);
    }
    let mut answer = request.send(form).map_err(|e| unreachable(&e))?;
    let body =
        answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec().map_err(|e| unreachable(&e))?;
    let read = serde_json::from_slice(&body);
    let read = read.map_err(|_| Fault::Unreachable(format!("{url}: {} without JSON", answer.status())))?;
    Ok((answer.status().as_u16(), read))
}

#[cfg(test)]
mod tests {
    use super::may_ask;

    #[test]
    fn only_tls_or_this_machine_is_asked() {
        for good in
            ["https://id.example/x", "http://127.0.0.1:9400", "http://localhost/x", "http://[::1]:80/"]
        {
            assert!(may_ask(good), "{good}");
        }
        for bad in [
            "http://id.example",
            "http://127.0.0.1.evil.example/",
            "ftp://localhost",
            "",
            "http://localhost@evil.example/",
        ] {
            assert!(!may_ask(bad), "{bad}");
        }
    }
}
