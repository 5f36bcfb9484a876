//! What a reader of a result must know, as facts. The sentences are in the catalogue `statistics.ftl`.

/// A caution that belongs to a result.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Rows were left out because a value is missing.
    Missing {
        /// How many.
        n: usize,
    },
    /// Cells of a cross-table whose expected count is below 5: the chi-squared test is unsafe.
    ExpectedBelowFive {
        /// How many cells.
        n: usize,
    },
    /// The exact test was too large: its p-value is simulated.
    Simulated {
        /// Simulated tables.
        n: usize,
        /// Seed with which it can be repeated.
        seed: u64,
    },
    /// So many tests at once: look at the adjusted p-values.
    ManyTests {
        /// How many.
        n: usize,
    },
    /// Pairs have different numbers of observations.
    Pairwise,
    /// The matrix has a negative eigenvalue: it cannot come from one set of complete observations.
    NotPositiveSemidefinite,
    /// The matrix has fewer independent dimensions than variables.
    RankDeficient {
        /// Its rank.
        rank: usize,
    },
    /// So few observations that p-values and intervals are only rough.
    FewObservations {
        /// How many.
        n: usize,
    },
    /// A column is constant in the pair, group or items: figures with it are absent.
    ConstantColumn {
        /// Name.
        column: String,
    },
    /// The one-factor model has no proper solution, so omega is absent.
    Heywood,
    /// Alpha is negative: items point in different directions.
    NegativeAlpha,
    /// A variance inflation factor above 10.
    HighInflation {
        /// Name of the predictor.
        column: String,
    },
    /// Residuals spread unequally (Breusch-Pagan p below 0.05) and the classical errors were asked for.
    UnequalSpread,
    /// Rows with a Cook's distance above 4/n.
    Influential {
        /// How many.
        n: usize,
    },
    /// Fewer than ten cases of the rarer outcome for each predictor.
    FewEvents {
        /// Cases of the rarer outcome.
        n: usize,
    },
    /// Fewer than 30 clusters: clustered errors are too small.
    FewClusters {
        /// How many.
        n: usize,
    },
    /// A quota sample is not a random one: its figures do not stand for the population.
    NotRepresentative,
    /// Units with one observation only were left out.
    SingleObservation {
        /// How many units.
        n: usize,
    },
    /// The largest weight is more than five times the mean.
    ExtremeWeights {
        /// Largest weight over the mean.
        ratio: f64,
    },
}

impl Warning {
    /// Every code.
    pub const CODES: [&str; 19] = [
        "missing",
        "expected_below_five",
        "simulated",
        "many_tests",
        "pairwise",
        "not_positive_semidefinite",
        "rank_deficient",
        "few_observations",
        "constant_column",
        "heywood",
        "negative_alpha",
        "high_inflation",
        "unequal_spread",
        "influential",
        "few_events",
        "few_clusters",
        "not_representative",
        "single_observation",
        "extreme_weights",
    ];

    /// Its name in JSON and in the catalogue.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::ExpectedBelowFive { .. } => "expected_below_five",
            Self::Simulated { .. } => "simulated",
            Self::ManyTests { .. } => "many_tests",
            Self::Pairwise => "pairwise",
            Self::NotPositiveSemidefinite => "not_positive_semidefinite",
            Self::RankDeficient { .. } => "rank_deficient",
            Self::FewObservations { .. } => "few_observations",
            Self::ConstantColumn { .. } => "constant_column",
            Self::Heywood => "heywood",
            Self::NegativeAlpha => "negative_alpha",
            Self::HighInflation { .. } => "high_inflation",
            Self::UnequalSpread => "unequal_spread",
            Self::Influential { .. } => "influential",
            Self::FewEvents { .. } => "few_events",
            Self::FewClusters { .. } => "few_clusters",
            Self::NotRepresentative => "not_representative",
            Self::SingleObservation { .. } => "single_observation",
            Self::ExtremeWeights { .. } => "extreme_weights",
        }
    }

    /// Facts of the sentence by name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Missing { n }
            | Self::ExpectedBelowFive { n }
            | Self::ManyTests { n }
            | Self::FewObservations { n }
            | Self::Influential { n }
            | Self::FewEvents { n }
            | Self::FewClusters { n }
            | Self::SingleObservation { n } => vec![("n", n.to_string())],
            Self::Simulated { n, seed } => vec![("n", n.to_string()), ("seed", seed.to_string())],
            Self::RankDeficient { rank } => vec![("rank", rank.to_string())],
            Self::ConstantColumn { column } | Self::HighInflation { column } => {
                vec![("column", column.clone())]
            }
            Self::ExtremeWeights { ratio } => vec![("ratio", format!("{ratio:.1}"))],
            Self::Pairwise
            | Self::NotPositiveSemidefinite
            | Self::Heywood
            | Self::NegativeAlpha
            | Self::UnequalSpread
            | Self::NotRepresentative => Vec::new(),
        }
    }
}
