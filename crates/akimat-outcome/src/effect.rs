//! What projects bring about.
