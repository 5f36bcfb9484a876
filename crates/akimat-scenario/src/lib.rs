//! What if: a scenario of fiscal decentralisation goes in, indicators before and after come out.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]
