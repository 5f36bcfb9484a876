//! Tests on a PostgreSQL server, which `AKIMAT_TEST_POSTGRES_URL` names.

mod backup;
mod contract;
mod erasure;
mod schema;
mod together;
