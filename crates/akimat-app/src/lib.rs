//! Use cases: one verb, one transaction, one audit record.
