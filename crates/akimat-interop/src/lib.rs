//! Codecs: bytes in, domain values out, and back.
