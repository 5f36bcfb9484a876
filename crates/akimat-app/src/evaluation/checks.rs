//! The other methods beside the decision model, and where they differ from it.

use super::{Evaluated, EvaluatedProject};
use akimat_ranking::disagree::{Disagreement, Method, disagree};
use akimat_ranking::electre::{self, Electre, electre};
use akimat_ranking::explain::{Difference, difference};
use akimat_ranking::ipf::{self, Ipf, Side, Weighting, ipf};
use akimat_ranking::promethee::{Preference, promethee};
use akimat_ranking::smaa::{Asked, Smaa, Worth, smaa};
use akimat_ranking::topsis::{Norm, topsis};
use akimat_ranking::wsm::{self, Scale};
use akimat_ranking::{Criterion, Direction, Fault, Ranking, Table, objective, spearman};

/// Draws of weights on a page.
pub const DRAWS: u32 = 10_000;
/// Where the generator of a page begins: published, so that anybody gets the same counts.
pub const SEED: u64 = 2026;
/// Concordance and discordance asked for.
const C_STAR: f64 = 0.65;
const D_STAR: f64 = 0.5;

/// Places by one method.
#[derive(Clone, Debug)]
pub struct MethodRanks {
    /// Its code: `mavt`, `wsm`, `topsis`, `promethee2`, `entropy`, `critic`.
    pub code: &'static str,
    /// Places of the ranked projects.
    pub ranking: std::result::Result<Ranking, Fault>,
    /// Rank correlation with the decision model.
    pub rho: Option<f64>,
}

/// Every check of an evaluation. Projects are those of [`Evaluated::ranked`], by place in it.
#[derive(Clone, Debug)]
pub struct Checks {
    /// The decision model first.
    pub methods: Vec<MethodRanks>,
    /// Where methods differ from the model; the method counts from 0 in `methods` after the first.
    pub disagreements: Vec<Disagreement>,
    /// How often each would be first with any weights.
    pub smaa: Smaa,
    /// Size of the top list that was counted.
    pub top: usize,
    /// Outranking.
    pub electre: std::result::Result<Electre, Fault>,
    /// The plane, and how it changes under other weights.
    pub ipf: std::result::Result<(Ipf, Vec<ipf::Change>), Fault>,
}

/// Why there are no checks.
#[derive(Clone, Debug, PartialEq)]
pub enum NotRanked {
    /// Fewer than two projects have a worth.
    TooFew,
    /// The values cannot be compared.
    Fault(Fault),
}

impl Evaluated {
    /// Runs every method. `weighting` is that of the plane, `budget` in million tenge cuts it.
    ///
    /// # Errors
    /// [`NotRanked`] when there is nothing to compare.
    pub fn checks(
        &self,
        weighting: Weighting,
        budget: Option<f64>,
    ) -> std::result::Result<Checks, NotRanked> {
        let ranked = self.ranked();
        if ranked.len() < 2 {
            return Err(NotRanked::TooFew);
        }
        let raw = self.raw(&ranked).map_err(NotRanked::Fault)?;
        let worth = self.worth(&ranked).map_err(NotRanked::Fault)?;
        let model = |table: &Table| wsm::score(table, Scale::None).ok().map(|scores| Ranking::of(&scores));
        let own = Ranking::of(&wsm::score(&worth, Scale::None).map_err(NotRanked::Fault)?);
        let mut methods = vec![MethodRanks { code: "mavt", rho: Some(1.0), ranking: Ok(own.clone()) }];
        for code in METHODS {
            let ranking = run(code, &raw);
            let rho = ranking.as_ref().ok().and_then(|ranking| spearman(&own, ranking));
            methods.push(MethodRanks { code, ranking, rho });
        }
        let again: Vec<_> = METHODS.iter().map(|code| move |table: &Table| run(code, table).ok()).collect();
        let closures: Vec<Method<'_>> = again.iter().map(|method| method as Method<'_>).collect();
        let least = (ranked.len() / 5).max(3);
        let disagreements = disagree(&raw, &worth, &model, &closures, least);
        let top = ranked.len().min(10);
        let asked = Asked { draws: DRAWS, seed: SEED, top: vec![top], every_rank: false };
        let columns: Vec<Vec<f64>> = (0..worth.m()).map(|at| worth.column(at).to_vec()).collect();
        let smaa = smaa(Worth::Known(&columns), &asked).map_err(NotRanked::Fault)?;
        let electre = electre(
            &worth,
            electre::Asked {
                concordance: Some(C_STAR),
                discordance: Some(D_STAR),
                ..electre::Asked::default()
            },
        );
        let ipf = self.plane(&raw, &ranked, (weighting, budget));
        Ok(Checks { methods, disagreements, smaa, top, electre, ipf })
    }

    /// Why one candidate stands before another; `None` when one of them has no worth.
    pub fn difference(&self, one: &EvaluatedProject, other: &EvaluatedProject) -> Option<Difference> {
        let points = |of: &EvaluatedProject| -> Option<Vec<f64>> {
            Some(of.value.as_ref()?.worth.iter().map(|worth| worth.point).collect())
        };
        let weights: Vec<f64> = self.criteria.iter().map(|criterion| criterion.weight).collect();
        Some(difference(&weights, &points(one)?, &points(other)?))
    }

    fn raw(&self, ranked: &[&EvaluatedProject]) -> std::result::Result<Table, Fault> {
        let values = |project: &EvaluatedProject| {
            project.inputs.iter().flatten().map(|input| input.value.point).collect()
        };
        self.table(ranked, self.criteria.clone(), values)
    }

    fn worth(&self, ranked: &[&EvaluatedProject]) -> std::result::Result<Table, Fault> {
        let rising = |criterion: &Criterion| Criterion { direction: Direction::Benefit, ..criterion.clone() };
        let values = |project: &EvaluatedProject| {
            project.value.iter().flat_map(|value| &value.worth).map(|worth| worth.point).collect()
        };
        self.table(ranked, self.criteria.iter().map(rising).collect(), values)
    }

    /// A criterion of weight zero stays out of sums but not out of the table; shares are points here, so that
    /// hundredths of a per cent keep their sum.
    fn table(
        &self,
        ranked: &[&EvaluatedProject],
        criteria: Vec<Criterion>,
        values: impl Fn(&EvaluatedProject) -> Vec<f64>,
    ) -> std::result::Result<Table, Fault> {
        let rows = ranked.iter().map(|project| {
            // Numbers are unique in a territory only; with the code they are unique everywhere.
            (format!("{} {}", project.project.place, project.project.number), values(project))
        });
        Table::new(criteria, rows.collect())
    }

    fn plane(
        &self,
        raw: &Table,
        ranked: &[&EvaluatedProject],
        (weighting, budget): (Weighting, Option<f64>),
    ) -> std::result::Result<(Ipf, Vec<ipf::Change>), Fault> {
        let sides: Vec<Side> = self.document.criteria.iter().map(|criterion| criterion.side).collect();
        let costs: Vec<Option<f64>> = ranked.iter().map(|project| cost_million(project)).collect();
        // A project without a plan costs an unknown sum: the budget cannot be laid against the list.
        let known: Option<Vec<f64>> = costs.into_iter().collect();
        let money = known.as_deref().zip(budget).map(|(costs, budget)| ipf::Money { costs, budget });
        let own = ipf(raw, &sides, weighting, money)?;
        Ok((own, ipf::changes(raw, &sides, weighting, money)?))
    }
}

/// Planned money of a project over all years, million tenge.
#[expect(clippy::cast_precision_loss, reason = "a picture and a cut need no tiyn")]
pub(crate) fn cost_million(project: &EvaluatedProject) -> Option<f64> {
    let planned = project.project.totals().0?;
    Some(planned.tiyn() as f64 / 100.0 / 1_000_000.0)
}

const METHODS: [&str; 5] = ["wsm", "topsis", "promethee2", "entropy", "critic"];

/// Places by a method. Weights by entropy and CRITIC are put on values from 0 to 1 within the list.
fn run(code: &str, table: &Table) -> std::result::Result<Ranking, Fault> {
    let weighted = |weights: &[f64]| -> std::result::Result<Ranking, Fault> {
        Ok(Ranking::of(&wsm::score(&table.with_weights(weights)?, Scale::MinMax)?))
    };
    match code {
        "topsis" => Ok(topsis(table, Norm::Vector)?.ranking),
        "promethee2" => {
            // No preference within a twentieth of the range in the list, full preference from a quarter of it.
            let linear = |at: usize| {
                let (low, high) = table.bounds(at);
                Preference::Linear { q: (high - low) / 20.0, p: (high - low) / 4.0 }
            };
            let preferences: Vec<Preference> = (0..table.m()).map(linear).collect();
            Ok(promethee(table, &preferences)?.ranking)
        }
        "entropy" => weighted(&objective::entropy(table)?.weights),
        "critic" => weighted(&objective::critic(table)?.weights),
        _ => Ok(Ranking::of(&wsm::score(table, Scale::MinMax)?)),
    }
}
