//! The model card: what the weights are, what they were learnt from, how good they are where nothing was learnt.

use crate::plan::VERSION;
use crate::score::Score;
use crate::train::Recipe;
use serde::Serialize;
use serde_json::json;

/// A collection that was learnt from.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Learnt<'a> {
    /// Its name.
    pub collection: &'a str,
    /// Series in it.
    pub n_series: usize,
    /// Those of them that are copies of series of other collections, and were not learnt from.
    pub n_copies: usize,
    /// How often it was drawn from, relative to the others of its frequency.
    pub share: f64,
    /// Checksum of its file.
    pub sha256: &'a str,
}

/// The card as JSON. `weights`: bytes and checksum of the file of weights.
pub fn card(
    weights: (usize, &str),
    data: &[Learnt<'_>],
    (recipes, scores): (&[Recipe], &[Score]),
) -> serde_json::Value {
    let network = |recipe: &Recipe| {
        json!({
            "season": recipe.shape.season,
            "lags": recipe.shape.lags,
            "logarithms": recipe.shape.log,
            "horizon": recipe.shape.horizon,
            "blocks": recipe.size.blocks,
            "width": recipe.size.width,
            "steps": recipe.steps,
            "batch": recipe.batch,
            "seed": recipe.seed,
        })
    };
    let networks: Vec<serde_json::Value> = recipes.iter().map(network).collect();
    json!({
        "version": VERSION,
        "sha256": weights.1,
        "bytes": weights.0,
        "method": "Residual perceptrons after N-BEATS (Oreshkin et al., ICLR 2020), nine quantiles, pinball loss.",
        "licence": "Weights: EUPL-1.2. M4 is published for research use; the public-finance collections have the licences named in docs/method/forecast.md.",
        "held_back": "The scores are those of networks of the same recipes that learnt nothing of the last horizon of any series; the shipped ones then learnt from all values.",
        "recipes": networks,
        "data": data,
        "scores": scores,
    })
}
