//! The storage traits on SQLite: WAL, one writer with group commit.
