//! What every face is made with: the components of a page, the frame around them, forms, and what a handler is given.
//!
//! Reading order: [`kit`] (components), [`frame`], [`visitor`], [`form`], [`failure`], [`routes`] (how an address
//! states who may call it), then [`view`]: what pages of both faces, public and workplace, show alike.

pub mod comment_form;
pub mod download;
pub mod explanation;
pub mod failure;
pub mod figure;
pub mod form;
pub mod frame;
pub mod kit;
pub mod relaxation;
pub mod routes;
pub mod state;
pub mod upload;
pub mod view;
pub mod visitor;

pub use routes::{RouteEntry, Routes};
pub use state::{Limits, WebOptions, WebState};
