//! A small client for HTTP/1.1 that keeps its connection: enough to load a server, too little for anything
//! else.

use anyhow::{Context, bail};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Longest body read, in bytes.
const BODY_BYTES_MAX: usize = 64 << 20;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a server listens.
#[derive(Clone, Debug)]
pub(super) struct Server {
    authority: String,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// One connection; opened again when the server closes it.
pub(super) struct Client {
    server: Server,
    stream: Option<BufReader<TcpStream>>,
    /// Of the answer that is being read.
    line: String,
}

impl Server {
    /// Reads `http://host:port`.
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let rest = url.strip_prefix("http://").ok_or("only http:// is measured")?;
        let authority = rest.trim_end_matches('/');
        if authority.is_empty() || authority.contains('/') {
            return Err("write http://HOST:PORT".to_owned());
        }
        let port = if authority.contains(':') { "" } else { ":80" };
        Ok(Self { authority: format!("{authority}{port}") })
    }

    pub(super) fn client(&self) -> Client {
        Client { server: self.clone(), stream: None, line: String::new() }
    }

    /// A page to read; `headers` are lines that each end with CR LF.
    pub(super) fn get(&self, path: &str, headers: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.authority).into_bytes()
    }

    /// A form to send.
    pub(super) fn post(&self, path: &str, headers: &str, form: &str) -> Vec<u8> {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n{headers}\r\n{form}",
            self.authority,
            form.len()
        )
        .into_bytes()
    }
}

impl Client {
    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When the server cannot be reached, breaks off, or answers something else than HTTP.
    pub(super) async fn send(&mut self, request: &[u8]) -> anyhow::Result<Reply> {
        let answered = tokio::time::timeout(PATIENCE, self.exchange(request)).await;
        let answered = answered.context("the server does not answer").and_then(|answered| answered);
        if answered.is_err() {
            self.stream = None;
        }
        answered
    }

    async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Reply> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let authority = &self.server.authority;
                let stream = TcpStream::connect(authority).await.with_context(|| authority.clone())?;
                stream.set_nodelay(true)?;
                BufReader::with_capacity(32 << 10, stream)
            }
        };
        stream.get_mut().write_all(request).await?;
        let status = self.status(&mut stream).await?;
        let head = self.head(&mut stream).await?;
        let body = match head.length {
            _ if status == 304 || status == 204 => Vec::new(),
            Some(length) => exactly(&mut stream, length).await?,
            None if head.chunked => self.chunks(&mut stream).await?,
            None => bail!("the answer does not say how long it is"),
        };
        if !head.closes {
            self.stream = Some(stream);
        }
        Ok(Reply { status, body })
    }

    async fn next_line(&mut self, stream: &mut BufReader<TcpStream>) -> anyhow::Result<&str> {
        self.line.clear();
        if stream.read_line(&mut self.line).await? == 0 {
            bail!("the server broke off");
        }
        Ok(self.line.trim_end())
    }

    async fn status(&mut self, stream: &mut BufReader<TcpStream>) -> anyhow::Result<u16> {
        let line = self.next_line(stream).await?;
        let status = line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        status.with_context(|| format!("not an answer: {line:?}"))
    }

    async fn head(&mut self, stream: &mut BufReader<TcpStream>) -> anyhow::Result<Head> {
        let mut head = Head::default();
        loop {
            let line = self.next_line(stream).await?;
            if line.is_empty() {
                return Ok(head);
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                head.length = Some(value.parse().context("content-length")?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                head.chunked = value.eq_ignore_ascii_case("chunked");
            } else if name.eq_ignore_ascii_case("connection") {
                head.closes = value.eq_ignore_ascii_case("close");
            }
        }
    }

    async fn chunks(&mut self, stream: &mut BufReader<TcpStream>) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(self.next_line(stream).await?, 16).context("a chunk")?;
            if body.len() + size > BODY_BYTES_MAX {
                bail!("the answer is too long");
            }
            body.extend(exactly(stream, size).await?);
            self.next_line(stream).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

#[derive(Debug, Default)]
struct Head {
    length: Option<usize>,
    chunked: bool,
    closes: bool,
}

async fn exactly(stream: &mut BufReader<TcpStream>, length: usize) -> anyhow::Result<Vec<u8>> {
    if length > BODY_BYTES_MAX {
        bail!("the answer is too long");
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(body)
}
