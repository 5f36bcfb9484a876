//! Tests on a PostgreSQL server, which `AKIMAT_TEST_POSTGRES_URL` names.

mod contract;
mod schema;
mod together;
