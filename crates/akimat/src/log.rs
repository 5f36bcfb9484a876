//! Structured logs on standard error, without personal data: JSON when nobody watches, plain lines in a
//! terminal.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Begins logging. `AKIMAT_LOG` chooses what is logged, such as `debug` or `akimat_web=debug,info`; without
/// it a server logs `info` and every other command `warn`.
pub(crate) fn start(serves: bool) {
    // PostgreSQL's notices are for whoever develops; the solver warns of every search that ends at its limit of nodes.
    let level = if serves { "info,tokio_postgres=warn,highs=error" } else { "warn,highs=error" };
    let filter = std::env::var("AKIMAT_LOG").ok().and_then(|text| EnvFilter::try_new(text).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new(level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.compact().init();
    } else {
        builder.json().flatten_event(true).with_current_span(false).init();
    }
}
