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
    /// Where photographs lie while they arrive; `None`: the folder of the system for such files.
    pub upload_folder: Option<std::path::PathBuf>,
    /// Address of the platform for those outside, without a closing slash; empty: as each request came.
    pub origin: String,
    /// Tiles under the map; without a source the map has a net of degrees.
    pub tiles: Option<Tiles>,
    /// How the platform publishes by the standards of open contracting.
    pub open_contracting: akimat_app::open_contracting::Settings,
    /// Largest file that can be uploaded, in bytes.
    pub upload_bytes_max: usize,
    /// Attempts allowed.
    pub limits: Limits,
}

/// A source of map tiles that the operator may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// Address of a tile with `{z}`, `{x}` and `{y}` in it.
    pub url: String,
    /// Whose map it is, as its licence asks.
    pub attribution: String,
}

impl Tiles {
    /// A source, when its address is one of the web and names all three numbers.
    pub fn new(url: &str, attribution: &str) -> Option<Self> {
        let safe = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>;,".contains(&b));
        let web = url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/');
        let named = ["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part));
        (safe && web && named).then(|| Self { url: url.to_owned(), attribution: attribution.to_owned() })
    }

    /// Address of a tile.
    pub fn address(&self, zoom: u8, column: i64, row: i64) -> String {
        let number = |url: &str, name: &str, value: String| url.replace(name, &value);
        let url = number(&self.url, "{z}", zoom.to_string());
        number(&number(&url, "{x}", column.to_string()), "{y}", row.to_string())
    }

    /// Scheme and host, for the policy of the page; empty for tiles of this server.
    pub fn origin(&self) -> &str {
        let host = self.url.find("://").map_or(0, |at| at + 3);
        if host == 0 {
            return "";
        }
        let end = self.url[host..].find('/').map_or(self.url.len(), |at| host + at);
        &self.url[..end]
    }
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
            upload_folder: None,
            origin: String::new(),
            tiles: None,
            open_contracting: akimat_app::open_contracting::Settings::default(),
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
    /// Forms with photographs that arrive at once: each takes a buffer in memory and its file on the disk.
    pub arrivals: Arc<tokio::sync::Semaphore>,
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
            arrivals: Arc::new(tokio::sync::Semaphore::new(64)),
            metrics: None,
        }
    }

    /// Answers `/metrics` with what `render` prints.
    #[must_use]
    pub fn with_metrics(self, render: MetricsRender) -> Self {
        Self { metrics: Some(render), ..self }
    }
}
