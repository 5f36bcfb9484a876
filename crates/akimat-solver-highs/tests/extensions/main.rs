//! Way out of infeasible programmes, extensions and fairness, against the reference data and against trying
//! every plan.

mod brute;
mod fairness;
mod instance;
mod relax;
mod rules;
