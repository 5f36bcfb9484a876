//! Budgets: eight real ones, the published figures of a paper, and those of the invented district with their
//! three states.

use akimat_app::App;
use akimat_budget::{Amounts, Budget, Item, Line, Stage};
use akimat_core::{KatoCode, Money, Text};
use akimat_interop::budget::sha256_hex;
use akimat_interop::{BudgetContext, decode_budget};
use anyhow::{Context, anyhow};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const EIGHT: &str = include_str!("../../../../data/budget/eight_budgets.json");
const PAPER: &str = include_str!("../../../../data/budget/turkistan_paper.json");
const INVENTED: &str = include_str!("../../../../data/demo/budgets.json");

/// Every budget of the demonstration.
///
/// # Errors
/// When an embedded file is damaged, which a test excludes.
pub(crate) fn all(app: &App) -> anyhow::Result<Vec<Budget>> {
    let mut budgets = decode(app, "eight_budgets.json", EIGHT.as_bytes(), false)?;
    let parents = parents(EIGHT)?;
    for budget in &mut budgets {
        // The text of one decision does not name its district: it is shown under the region, and its note
        // says so.
        budget.place = budget.place.or_else(|| parents.get(&budget.key).copied());
    }
    budgets.extend(decode(app, "turkistan_paper.json", PAPER.as_bytes(), false)?);
    budgets.extend(invented(app)?);
    Ok(budgets)
}

fn decode(app: &App, name: &str, bytes: &[u8], invented: bool) -> anyhow::Result<Vec<Budget>> {
    let context = BudgetContext { invented, ..BudgetContext::default() };
    decode_budget(name, bytes, &context, app.now(), &mut || app.new_budget_id())
        .map_err(|problems| anyhow!("{name}: {problems:?}"))
}

/// Codes of the units above those that the source does not name, by record.
fn parents(json: &str) -> anyhow::Result<BTreeMap<String, KatoCode>> {
    #[derive(Deserialize)]
    struct File {
        budgets: Vec<Record>,
    }
    #[derive(Deserialize)]
    struct Record {
        id: String,
        parent_kato: Option<KatoCode>,
    }
    let file: File = serde_json::from_str(json)?;
    Ok(file.budgets.into_iter().filter_map(|record| Some((record.id, record.parent_kato?))).collect())
}

/// A detail of revenue in its three states.
#[derive(Debug, Deserialize)]
struct Detail {
    code: String,
    name: Text,
    approved: Option<String>,
    amended: Option<String>,
    executed: Option<String>,
}

/// The budgets of the invented district: the record format, with the same figures again under `amended` and
/// `executed`, and the taxes split under `revenue_detail`.
fn invented(app: &App) -> anyhow::Result<Vec<Budget>> {
    let records: Vec<Map<String, Value>> = serde_json::from_str(INVENTED).context("budgets.json")?;
    let mut budgets = decode(app, "budgets.json", &stage_file(&records, Stage::Approved)?, true)?;
    for stage in [Stage::Amended, Stage::Executed] {
        let later = decode(app, "budgets.json", &stage_file(&records, stage)?, true)?;
        for later in later {
            let same = budgets.iter_mut().find(|budget| budget.key == later.key);
            merge(same.with_context(|| later.key.clone())?, later.lines, stage);
        }
    }
    let sha256 = sha256_hex(INVENTED.as_bytes());
    for (budget, record) in budgets.iter_mut().zip(&records) {
        budget.provenance.sha256.clone_from(&sha256);
        if let Some(details) = record.get("revenue_detail") {
            let details: Vec<Detail> = serde_json::from_value(details.clone())?;
            add_details(budget, &details)?;
        }
        if let Some(details) = record.get("programme_detail") {
            let details: Vec<Detail> = serde_json::from_value(details.clone())?;
            add_programmes(budget, &details)?;
        }
    }
    Ok(budgets)
}

/// The records that have figures of one state, as a file of the record format.
fn stage_file(records: &[Map<String, Value>], stage: Stage) -> anyhow::Result<Vec<u8>> {
    let own = |record: &Map<String, Value>| -> Option<Map<String, Value>> {
        let mut plain = record.clone();
        for name in ["amended", "executed", "revenue_detail", "programme_detail"] {
            plain.remove(name);
        }
        if stage != Stage::Approved {
            let figures = record.get(stage.code())?.as_object()?;
            plain.extend(figures.clone());
        }
        Some(plain)
    };
    Ok(serde_json::to_vec(&records.iter().filter_map(own).collect::<Vec<_>>())?)
}

/// Adds the figures of a later state to the lines that they belong to.
fn merge(budget: &mut Budget, later: Vec<Line>, stage: Stage) {
    for line in later {
        let same = budget.lines.iter_mut().find(|known| known.item == line.item && known.code == line.code);
        let amount = line.amounts.approved;
        match same {
            Some(known) => set(&mut known.amounts, stage, amount),
            None => {
                let mut amounts = Amounts::default();
                set(&mut amounts, stage, amount);
                budget.lines.push(Line { amounts, ..line });
            }
        }
    }
}

const fn set(amounts: &mut Amounts, stage: Stage, amount: Option<Money>) {
    match stage {
        Stage::Approved => amounts.approved = amount,
        Stage::Amended => amounts.amended = amount,
        Stage::Executed => amounts.executed = amount,
    }
}

/// Puts programmes after their functional group, and all others of the group as one line, so that they add up.
fn add_programmes(budget: &mut Budget, details: &[Detail]) -> anyhow::Result<()> {
    let unit = budget.unit;
    let amount = |text: &Option<String>| text.as_deref().map(|text| Money::parse(text, unit)).transpose();
    let groups: BTreeSet<&str> = details.iter().filter_map(|detail| detail.code.get(..2)).collect();
    for group in groups {
        let is_group = |line: &Line| line.item == Item::FunctionalGroup && line.code == group;
        let at = budget.lines.iter().position(is_group).with_context(|| format!("group {group}"))?;
        let (row, mut rest) = (budget.lines[at].row, budget.lines[at].amounts);
        let mut lines = Vec::new();
        for detail in details.iter().filter(|detail| detail.code.starts_with(group)) {
            let amounts = Amounts {
                approved: amount(&detail.approved)?,
                amended: amount(&detail.amended)?,
                executed: amount(&detail.executed)?,
            };
            for stage in Stage::ALL {
                let left = rest.at(stage).zip(amounts.at(stage)).and_then(|(all, own)| all.checked_sub(own));
                set(&mut rest, stage, left);
            }
            let (code, name) = (detail.code.clone(), detail.name.clone());
            lines.push(Line { row, item: Item::FunctionalDetail, code, name, amounts });
        }
        let name = Text::new(
            "Топтың басқа бағдарламалары",
            "Прочие программы группы",
            "Other programmes of the group",
        );
        let code = format!("{group}/9/458/999");
        lines.push(Line { row, item: Item::FunctionalDetail, code, name, amounts: rest });
        budget.lines.splice(at + 1..at + 1, lines);
    }
    Ok(())
}

/// Puts the parts of the taxes after their sum.
fn add_details(budget: &mut Budget, details: &[Detail]) -> anyhow::Result<()> {
    let at =
        budget.lines.iter().position(|line| line.item == Item::Tax).map_or(budget.lines.len(), |at| at + 1);
    let row = budget.lines.first().map_or(1, |line| line.row);
    let unit = budget.unit;
    let amount = |text: &Option<String>| text.as_deref().map(|text| Money::parse(text, unit)).transpose();
    let lines = details.iter().map(|detail| {
        Ok(Line {
            row,
            item: Item::RevenueDetail,
            code: detail.code.clone(),
            name: detail.name.clone(),
            amounts: Amounts {
                approved: amount(&detail.approved)?,
                amended: amount(&detail.amended)?,
                executed: amount(&detail.executed)?,
            },
        })
    });
    let lines = lines.collect::<anyhow::Result<Vec<Line>>>()?;
    budget.lines.splice(at..at, lines);
    Ok(())
}
