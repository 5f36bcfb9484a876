//! Choosing a portfolio of projects within an envelope, with the reason of every choice.
//!
//! Reading order: [`score`] (how a project earns its points), [`problem`] (what is asked),
//! [`mod@choose`] (the recommendation), [`explain`] (why each project is in or out), [`mod@compare`] (what a
//! person's own plan costs), [`mod@verify`] (the check that no shown plan escapes); below them [`solver`]
//! (the door to any exact solver) [`exact`] (our own small
//! one) and [`tandem`] (two in turn).
//!
//! The method with its formulas, tie rule and limits: `docs/method/envelope.md`.
//!
//! ```
//! use akimat_allocation::envelope::{Assessment, BranchAndBound, Candidate, Choice, Effort, Problem, choose};
//! use akimat_core::Money;
//!
//! let candidate = |key: &str, points, cost| Candidate {
//!     key: key.to_owned(),
//!     assessment: Assessment::Scored { benefit: points },
//!     cost: vec![Money::from_tiyn(cost)],
//!     mandatory: false,
//!     barred: false,
//!     exclusive_group: None,
//! };
//! let problem = Problem::new(
//!     vec![2027],
//!     vec![Money::from_tiyn(14)],
//!     vec![candidate("a", 8, 5), candidate("b", 11, 7), candidate("c", 6, 4), candidate("d", 4, 3)],
//! )
//! .expect("the lists fit together");
//! let Choice::Recommended(plan) = choose(&problem, &BranchAndBound, &Effort::default())? else {
//!     unreachable!("nothing is mandatory");
//! };
//! assert_eq!(plan.chosen(), ["b", "c", "d"]);
//! # Ok::<(), akimat_allocation::envelope::ChooseError>(())
//! ```
pub mod choose;
pub mod compare;
pub mod exact;
pub mod explain;
pub mod problem;
pub mod rank;
pub mod score;
pub mod solver;
pub mod tandem;
pub mod verify;

mod program;

pub use choose::{Choice, ChooseError, Clash, Effort, Recommendation, Standing, TieRule, choose};
pub use compare::{Comparison, compare};
pub use exact::BranchAndBound;
pub use explain::{Competitor, Price, Reason, Verdict};
pub use problem::{Candidate, Problem, ProblemFault};
pub use rank::{Ranking, Rate};
pub use score::{Assessment, Criteria, CriteriaFault, Criterion, Part, ScoreFault};
pub use solver::{BinaryModel, Limits, ModelError, Outcome, Relation, Row, Solution, Solver, SolverError};
pub use tandem::Tandem;
pub use verify::{PlanFault, YearSum, verify};
