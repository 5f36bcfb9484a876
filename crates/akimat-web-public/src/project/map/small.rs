//! A map on a page about something else: the same drawing, with marks that the page makes itself.

use super::draw::{Mark, Words, picture};
use super::view::View;
use super::{BORDERS_MAX, MoveLink};
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::response::Response;

/// A map, ready to print.
#[derive(Debug)]
pub struct SmallMap {
    /// The drawing.
    pub picture: Markup,
    /// Where borders and tiles come from, in lines.
    pub credits: Vec<String>,
}

/// Draws marks over the borders of territories.
///
/// # Errors
/// When the database fails.
pub async fn small_map(
    state: &WebState,
    locale: &'static Locale,
    (view, words): (&View, &Words),
    marks: &[Mark],
) -> Answer<SmallMap> {
    let read = state.app.read();
    let borders = read.list_boundaries(view.bounds(), view.span_min_e6(), BORDERS_MAX).await?;
    let names = place_names(state, locale, borders.iter().map(|border| border.place)).await?;
    let tiles = state.options.tiles.as_ref();
    let mut sources: Vec<&str> = borders.iter().map(|border| border.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut credits: Vec<String> =
        sources.iter().map(|source| format!("{}: {source}", locale.t("face-map-borders"))).collect();
    credits.extend(tiles.map(|tiles| tiles.attribution.clone()));
    Ok(SmallMap { picture: picture(view, words, (&borders, &names), (marks, tiles)), credits })
}

/// The links that move a map, each address made by the page.
pub fn moves(locale: &Locale, view: &View, to: impl Fn(&View) -> String) -> Vec<MoveLink> {
    let link = |(name, sign, view): (&'static str, &'static str, View)| MoveLink {
        name: locale.name("face-map-move", name).into_owned(),
        sign,
        href: to(&view),
    };
    view.moves().into_iter().map(link).collect()
}

/// Lets the browser load the tiles of the operator, and nothing else from elsewhere.
pub fn with_tiles(state: &WebState, mut response: Response) -> Response {
    if let Some(tiles) = &state.options.tiles {
        let policy = akimat_web_kit::frame::POLICY
            .replace("img-src 'self'", &format!("img-src 'self' {}", tiles.origin()));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
    }
    response
}
