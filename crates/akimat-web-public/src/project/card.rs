//! The cards of a project's page: one short summary of each thing that has a page of its own.
//!
//! A card is one file below this one with one function, `async fn card(&Scope<'_>) -> Answer<Option<Card>>`, and one
//! line in [`gather`], whose order is the order on the page.

mod acceptance;
mod contract;
mod data;
mod outlook;
mod partner;
mod photos;
mod plan;
mod proposal;
mod risk;
mod share;
mod team;
mod worth;

use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::{Markup, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;

/// What a card may ask about.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The platform.
    pub state: &'a WebState,
    /// Who looks.
    pub visitor: &'a Visitor,
    /// The sentences.
    pub locale: &'a Locale,
    /// The page that is being made; the kit's macros want it by the name `page`.
    pub page: &'a Page,
    /// The project.
    pub project: &'a Project,
    /// The visitor may change what the register says about the project.
    pub may_manage: bool,
}

/// A card, ready to print.
#[derive(Debug)]
pub struct Card {
    /// Anchor on the page.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What it says: [`body`] of the card's own template.
    pub body: Markup,
    /// It takes the whole width of the page.
    pub wide: bool,
    /// Where to go for more: address after the language, and its words.
    pub links: Vec<(String, String)>,
}

/// The body of a card out of its template.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub fn body(template: &impl Template) -> Answer<Markup> {
    Ok(Markup::of(template)?)
}

/// All cards that have something to say, in their order.
///
/// # Errors
/// When the database fails.
pub async fn gather(scope: &Scope<'_>) -> Answer<Vec<Card>> {
    let mut cards = Vec::new();
    cards.extend(proposal::card(scope).await?);
    cards.extend(plan::card(scope).await?);
    cards.extend(contract::card(scope).await?);
    cards.extend(acceptance::card(scope).await?);
    cards.extend(photos::card(scope).await?);
    cards.extend(risk::card(scope).await?);
    cards.extend(partner::card(scope).await?);
    cards.extend(team::card(scope).await?);
    cards.extend(outlook::card(scope).await?);
    cards.extend(worth::card(scope).await?);
    cards.extend(share::card(scope)?);
    cards.extend(data::card(scope)?);
    Ok(cards)
}
