//! What a database must do: read traits, changes, and the contract tests.
