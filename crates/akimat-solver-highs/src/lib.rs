//! The exact solver HiGHS behind the solver trait of the allocation room; the only crate that links C++.
//!
//! HiGHS computes with binary floats and small tolerances; the platform promises whole-number truth. Rows with large
//! coefficients are scaled by powers of two, which changes no digit; whatever HiGHS returns is checked again in whole
//! numbers by the allocation room, and its bound is proven there from the duals. One thread, fixed seed: the same
//! model gives the same plan unless time runs out.

mod session;

/// HiGHS, single-threaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;
