//! Way out of infeasible programmes, extensions and fairness, against the reference data and against trying
//! every plan.

mod instance;
mod relax;
