//! The storage traits on PostgreSQL.
