//! Styles, scripts and icons inside the binary, with fingerprints in their addresses.
//!
//! `assets/css/akimat.css` is served as `/assets/akimat.<fingerprint>.css` for a year; a change gives a new
//! address. Files are compressed once, on first use.

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

/// What the server says about keeping a fingerprinted file.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "../../assets"]
struct Embedded;

/// A file of `assets`.
#[derive(Debug)]
pub struct Asset {
    /// `/assets/akimat.0123456789ab.css`.
    pub url: String,
    /// `text/css; charset=utf-8`.
    pub content_type: &'static str,
    /// Strong entity tag, quotes included.
    pub etag: String,
    plain: Cow<'static, [u8]>,
    gzip: Vec<u8>,
    brotli: Vec<u8>,
}

impl Asset {
    /// The bytes for a client, with the `Content-Encoding` to send; brotli before gzip before plain.
    pub fn body(&self, accept_encoding: &str) -> (&[u8], Option<&'static str>) {
        if accepts(accept_encoding, "br") && self.brotli.len() < self.plain.len() {
            (&self.brotli, Some("br"))
        } else if accepts(accept_encoding, "gzip") && self.gzip.len() < self.plain.len() {
            (&self.gzip, Some("gzip"))
        } else {
            (&self.plain, None)
        }
    }
}

/// A listed encoding that is not refused by `q=0`.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts
            .any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0)));
        named && !refused
    })
}

struct Shelf {
    by_name: BTreeMap<String, Asset>,
    /// Last part of the address to the name.
    by_file: BTreeMap<String, String>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let mut shelf = Shelf { by_name: BTreeMap::new(), by_file: BTreeMap::new() };
    for path in Embedded::iter() {
        if let Some(file) = Embedded::get(&path) {
            let (served, asset) = prepare(&path, file.data);
            shelf.by_file.insert(served, path.to_string());
            shelf.by_name.insert(path.into_owned(), asset);
        }
    }
    shelf
});

/// Address of a file of `assets`, such as `css/akimat.css`. An unknown name gives `/assets/missing`; the
/// test of the kit holds that the templates name none.
pub fn asset_url(name: &str) -> &'static str {
    SHELF.by_name.get(name).map_or("/assets/missing", |asset| asset.url.as_str())
}

/// The file served as `/assets/{file}`.
pub fn asset(file: &str) -> Option<&'static Asset> {
    SHELF.by_file.get(file).and_then(|name| SHELF.by_name.get(name))
}

/// The text of a file of `assets`, for letters and pages that must stand alone.
pub fn asset_text(name: &str) -> Option<&'static str> {
    SHELF.by_name.get(name).and_then(|asset| std::str::from_utf8(&asset.plain).ok())
}

fn prepare(path: &str, plain: Cow<'static, [u8]>) -> (String, Asset) {
    let file = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let mut print: String = Sha256::digest(&plain).iter().map(|byte| format!("{byte:02x}")).collect();
    print.truncate(12);
    let served = format!("{stem}.{print}.{extension}");
    let asset = Asset {
        url: format!("/assets/{served}"),
        content_type: content_type(extension),
        etag: format!("\"{print}\""),
        gzip: gzip(&plain),
        brotli: brotli(&plain),
        plain,
    };
    (served, asset)
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Compressed bytes; nothing when compression fails, and the plain file is then served.
fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    match encoder.write_all(plain).and_then(|()| encoder.finish()) {
        Ok(bytes) => bytes,
        Err(_) => plain.to_vec(),
    }
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, lgwin: 18, ..Default::default() };
    let mut input = plain;
    match brotli::BrotliCompress(&mut input, &mut out, &parameters) {
        Ok(_) => out,
        Err(_) => plain.to_vec(),
    }
}
