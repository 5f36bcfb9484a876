//! `akimat import budget`.

use super::{Answer, Source};
use crate::command::budget::parse_unit;
use crate::compose::Platform;
use akimat_budget::Stage;
use akimat_core::{KatoCode, MoneyUnit};
use akimat_interop::{BudgetContext, Problem, ProblemCode, decode_budget};

/// Budgets. What the file says itself goes before the options.
#[derive(Debug, clap::Args)]
pub(crate) struct Budget {
    #[command(flatten)]
    pub(super) source: Source,
    /// KATO code of the territory
    #[arg(long, value_name = "CODE")]
    place: Option<KatoCode>,
    /// Level of the budget system, 1 to 4
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=4))]
    level: Option<u8>,
    /// Financial year
    #[arg(long)]
    year: Option<i16>,
    /// Name of the budget, unique in its territory and year
    #[arg(long)]
    key: Option<String>,
    /// Unit of the amounts: KZT, "thousand KZT" or "million KZT"
    #[arg(long, value_parser = parse_unit)]
    unit: Option<MoneyUnit>,
    /// State of the figures, where the file has one column: approved, amended or executed
    #[arg(long, default_value = "approved", value_parser = parse_stage)]
    stage: Stage,
    /// Address of the act
    #[arg(long, default_value = "", value_name = "ADDRESS")]
    source_url: String,
}

fn parse_stage(text: &str) -> Result<Stage, String> {
    Stage::parse(text).ok_or_else(|| "use approved, amended or executed".to_owned())
}

impl Budget {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let app = &platform.app;
        let context = BudgetContext {
            place: self.place,
            level: self.level,
            year: self.year,
            key: self.key.clone(),
            unit: self.unit,
            stage: self.stage,
            source_url: self.source_url.clone(),
            ..BudgetContext::default()
        };
        let new_id = &mut || app.new_budget_id();
        let budgets = match decode_budget(&self.source.name(), bytes, &context, app.now(), new_id) {
            Ok(budgets) => budgets,
            Err(problems) => return Ok(Answer::Problems(problems)),
        };
        let homeless = (1..).zip(&budgets).filter(|(_, budget)| budget.place.is_none());
        let problems: Vec<Problem> = homeless
            .map(|(row, _)| Problem {
                row: Some(row),
                column: None,
                code: ProblemCode::ContextMissing { name: "place".to_owned() },
            })
            .collect();
        if !problems.is_empty() {
            return Ok(Answer::Problems(problems));
        }
        let n_lines: usize = budgets.iter().map(|budget| budget.lines.len()).sum();
        let imported = app.import_budgets_as_operator(budgets).await;
        let ids = imported.map_err(|error| self.source.failed(&error))?;
        Ok(Answer::Done(format!("{} budgets with {n_lines} lines", ids.len())))
    }
}
