//! What every request can reach.

use akimat_app::App;
use akimat_app::limit::{Limiter, Rate};
use std::sync::Arc;

/// Settings of the pages.
#[derive(Clone, Debug)]
pub struct WebOptions {
    /// The session cookie travels over TLS only; off for loopback and village networks without TLS.
    pub secure_cookie: bool,
    /// The address of the visitor is in `X-Forwarded-For`, set by a proxy of one's own.
    pub behind_proxy: bool,
    /// The platform runs the demonstration: the sign-in page shows the demo accounts.
    pub demo_accounts: Vec<DemoAccount>,
    /// Largest file that can be uploaded, in bytes.
    pub upload_bytes_max: usize,
    /// Attempts allowed.
    pub limits: Limits,
}

/// An account that the sign-in page of the demonstration shows.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// Name to sign in with.
    pub login: String,
    /// Password.
    pub password: String,
    /// Code of the role.
    pub role: &'static str,
}

/// Attempts allowed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Signing in, by address of the visitor.
    pub sign_in: Rate,
    /// Opening accounts, by address of the visitor.
    pub register: Rate,
    /// Comments, by account.
    pub comment: Rate,
    /// Votes, by account.
    pub rating: Rate,
    /// Uploads and computations, by account.
    pub heavy: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: Rate { burst: 20, per_minute: 20 },
            register: Rate { burst: 10, per_minute: 5 },
            comment: Rate { burst: 10, per_minute: 10 },
            rating: Rate { burst: 300, per_minute: 300 },
            heavy: Rate { burst: 20, per_minute: 20 },
        }
    }
}

impl Default for WebOptions {
    fn default() -> Self {
        Self {
            secure_cookie: false,
            behind_proxy: false,
            demo_accounts: Vec::new(),
            upload_bytes_max: 64 << 20,
            limits: Limits::default(),
        }
    }
}

/// One limiter a kind of act.
#[derive(Debug)]
pub struct Limiters {
    /// Signing in.
    pub sign_in: Limiter,
    /// Opening accounts.
    pub register: Limiter,
    /// Comments.
    pub comment: Limiter,
    /// Votes.
    pub rating: Limiter,
    /// Uploads and computations.
    pub heavy: Limiter,
}

/// Prints the metrics of the process in the text format of Prometheus.
pub type MetricsRender = Arc<dyn Fn() -> String + Send + Sync>;

/// What every request can reach; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The use cases.
    pub app: App,
    /// Settings.
    pub options: Arc<WebOptions>,
    /// Rate limits.
    pub limiters: Arc<Limiters>,
    /// Two uploads at once: each may hold its whole file.
    pub uploads: Arc<tokio::sync::Semaphore>,
    /// What `/metrics` answers; without it there is no such address.
    pub metrics: Option<MetricsRender>,
}

impl std::fmt::Debug for WebState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebState")
            .field("app", &self.app)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl WebState {
    /// Puts the pages on top of the use cases.
    pub fn new(app: App, options: WebOptions) -> Self {
        let limits = options.limits;
        Self {
            app,
            options: Arc::new(options),
            limiters: Arc::new(Limiters {
                sign_in: Limiter::new(limits.sign_in),
                register: Limiter::new(limits.register),
                comment: Limiter::new(limits.comment),
                rating: Limiter::new(limits.rating),
                heavy: Limiter::new(limits.heavy),
            }),
            uploads: Arc::new(tokio::sync::Semaphore::new(2)),
            metrics: None,
        }
    }

    /// Answers `/metrics` with what `render` prints.
    #[must_use]
    pub fn with_metrics(self, render: MetricsRender) -> Self {
        Self { metrics: Some(render), ..self }
    }
}
