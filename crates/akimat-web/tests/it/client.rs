//! A browser without scripts: sends requests straight into the router and reads the answers.

use akimat_app::account::csrf_token;
use akimat_web::router;
use akimat_web_kit::state::WebState;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::net::SocketAddr;
use tower::ServiceExt;

/// Answers are read whole up to this size.
const BYTES_MAX: usize = 64 << 20;
const BOUNDARY: &str = "----akimat7d8e9f";

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) router: axum::Router,
    pub(crate) token: Option<String>,
    pub(crate) address: SocketAddr,
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) asked: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A file to upload.
pub(crate) struct Sent<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
}

impl Client {
    pub(crate) fn new(state: WebState, token: Option<String>) -> Self {
        Self { router: router(state), token, address: SocketAddr::from(([192, 0, 2, 1], 4000)) }
    }

    /// The same person before a platform that is put together otherwise.
    pub(crate) fn before(&self, state: WebState) -> Self {
        Self { router: router(state), token: self.token.clone(), address: self.address }
    }

    /// The proof that forms of this person carry; empty for nobody.
    pub(crate) fn csrf(&self) -> String {
        self.token.as_deref().map_or_else(String::new, csrf_token)
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "akimat.example")
            .extension(ConnectInfo(self.address));
        if let Some(token) = &self.token {
            request = request.header(header::COOKIE, format!("theme=dark; akimat_session={token}"));
        }
        request
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, BYTES_MAX).await.unwrap();
        Answer { asked, status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with its proof.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_bare(path, &all).await
    }

    /// Sends a form as it is.
    pub(crate) async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields).body(Body::from(encode(fields))).unwrap()).await
    }

    pub(crate) fn form(&self, path: &str, _fields: &[(&str, &str)]) -> axum::http::request::Builder {
        self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// Sends a form with a file and its proof.
    pub(crate) async fn upload(&self, path: &str, fields: &[(&str, &str)], file: &Sent<'_>) -> Answer {
        let csrf = self.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.upload_bare(path, &all, file).await
    }

    pub(crate) async fn upload_bare(&self, path: &str, fields: &[(&str, &str)], file: &Sent<'_>) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(multipart(fields, file))).unwrap()).await
    }
}

pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn multipart(fields: &[(&str, &str)], file: &Sent<'_>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
         content-type: application/octet-stream\r\n\r\n",
        file.name
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file.bytes);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    pub(crate) fn is_html(&self) -> bool {
        self.header(header::CONTENT_TYPE).starts_with("text/html")
    }

    /// Demands a status; shows what the page said otherwise.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.asked, self.said());
        self
    }

    /// Demands that the page says something.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "{} lacks {words:?}:\n{}", self.asked, self.said());
        self
    }

    #[track_caller]
    pub(crate) fn says_not(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "{} has {words:?}:\n{}", self.asked, self.said());
        self
    }

    /// The main part of a page, for messages.
    fn said(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let from = text.find("<main").unwrap_or(0);
        text[from..].chars().take(3_000).collect()
    }
}
