//! What the shipped networks are trained on and with which recipes.

use crate::train::Recipe;
use akimat_forecast::neural::{Shape, Size};

/// A file of series below the data folder.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its path, without `.csv.gz`.
    pub path: &'static str,
    /// 1, 4 or 12.
    pub season: usize,
    /// How often it is drawn from, relative to the others of its season.
    pub share: f64,
    /// Steps that its own forecasts look ahead, for the scores.
    pub horizon: usize,
}

const fn source(path: &'static str, season: usize, share: f64, horizon: usize) -> Source {
    Source { path, season, share, horizon }
}

/// The training parts of the M4 competition and of public finance. The test windows are in none of them; the M1
/// competition is left out because its series may continue some of M4.
pub const SOURCES: [Source; 12] = [
    source("m4/m4_yearly", 1, 0.82, 6),
    source("public-finance/us_local_gov_annual_2004_2019", 1, 0.10, 3),
    source("public-finance/us_local_gov_annual_to_2000", 1, 0.06, 3),
    source("public-finance/kz_regional_annual", 1, 0.02, 3),
    source("m4/m4_quarterly_short", 4, 0.73, 8),
    source("public-finance/us_state_tax_quarterly", 4, 0.12, 8),
    source("public-finance/ua_budget_revenue_quarterly", 4, 0.10, 4),
    source("public-finance/kz_macro_quarterly", 4, 0.05, 4),
    source("m4/m4_monthly_short_trainonly", 12, 0.50, 18),
    source("public-finance/ua_city_budget_monthly", 12, 0.15, 12),
    source("public-finance/ua_hromada_revenue_monthly", 12, 0.17, 6),
    source("public-finance/uk_fixmystreet_monthly", 12, 0.18, 12),
];

/// Season, lags, logarithms, steps of training, seed. More steps make the loss smaller and the values held back worse;
/// so do logarithms and long histories of yearly series where growth ends.
const NETWORKS: [(usize, usize, bool, usize, u64); 19] = [
    (1, 12, false, 2000, 11),
    (1, 18, false, 2000, 12),
    (1, 12, false, 2000, 13),
    (1, 24, false, 2000, 14),
    (1, 15, false, 2000, 15),
    (1, 18, false, 2000, 16),
    (1, 30, false, 2000, 17),
    (1, 12, true, 2000, 18),
    (1, 18, true, 2000, 19),
    (1, 24, true, 2000, 20),
    (4, 24, false, 2000, 31),
    (4, 16, true, 2000, 32),
    (4, 32, false, 2000, 33),
    (4, 24, true, 2000, 34),
    (12, 36, false, 4000, 41),
    (12, 24, true, 4000, 42),
    (12, 36, true, 4000, 43),
    (12, 48, false, 4000, 44),
    (12, 24, false, 4000, 45),
];

/// The recipes of the shipped networks: several lengths of history, some of them on logarithms, so that their errors
/// differ and their mean is better than each.
pub fn recipes() -> Vec<Recipe> {
    let recipe = |(season, lags, log, steps, seed): (usize, usize, bool, usize, u64)| {
        let horizon = match season {
            1 => 6,
            4 => 8,
            _ => 18,
        };
        Recipe {
            shape: Shape { season, lags, horizon, log },
            size: Size { blocks: 4, width: 256 },
            steps,
            batch: 512,
            learning_rate: 1e-3,
            seed,
        }
    };
    NETWORKS.into_iter().map(recipe).collect()
}

/// Version of what these recipes make.
pub const VERSION: &str = "2026.11-3";
