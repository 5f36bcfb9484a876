//! Risks of the demonstration: an invented register. The alerts beside it are not invented: the watch computes them out
//! of the demonstration's own register, plans, contracts and comments, and persons answer some of them.

use akimat_app::App;
use akimat_app::alert::Move;
use akimat_app::risk::RiskDraft;
use akimat_core::{Money, MoneyUnit};
use akimat_delivery::risk::{Action, Category, Ending, Rated, Response, Risk};
use akimat_delivery::warning::Indicator;
use akimat_delivery::warning::alert::{Decision, Outcome};
use akimat_project::Project;
use akimat_storage::{Account, ProjectFilter};
use anyhow::Context;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const RISKS: &str = include_str!("../../../../data/demo/risks.json");
/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;

#[derive(Debug, Deserialize)]
struct File {
    risks: Vec<Invented>,
    acts: Vec<Said>,
}

/// One risk; costs are million tenge.
#[derive(Debug, Deserialize)]
struct Invented {
    number: String,
    category: Category,
    cause: String,
    event: String,
    effect: String,
    /// Likelihood, then effect on cost, time and people.
    rated: [u8; 4],
    cost: Option<(String, String)>,
    owner: String,
    response: Response,
    /// What, who, due, done.
    actions: Vec<(String, String, Option<Date>, Option<Date>)>,
    review_on: Option<Date>,
    #[serde(default)]
    residual: Option<[u8; 4]>,
    #[serde(default)]
    ending: Option<Ending>,
    #[serde(default)]
    ending_note: String,
    #[serde(default)]
    internal: String,
}

/// What a person says to an alert, where the watch has raised it.
#[derive(Debug, Deserialize)]
struct Said {
    number: String,
    indicator: Indicator,
    by: String,
    step: String,
    #[serde(default)]
    word: String,
    reason: String,
}

/// Enters the risks, lets the watch look, and answers some of the alerts. It wants plans and contracts to be there.
///
/// # Errors
/// When the file does not fit the projects, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let file: File = serde_json::from_str(RISKS).context("data/demo/risks.json")?;
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    let find = |number: &str| {
        let found = projects.iter().find(|project| project.number == number && project.invented);
        found.with_context(|| format!("{number} is no project of the demonstration"))
    };
    for one in &file.risks {
        let draft = RiskDraft {
            id: None,
            base_version: 0,
            risk: risk(one)?,
            reason: String::new(),
            basis: String::new(),
        };
        app.put_risk(accounts.get("manager"), find(&one.number)?.id, draft).await?;
    }
    app.watch_now().await?;
    for one in &file.acts {
        say(app, accounts.get(&one.by), (find(&one.number)?, one)).await?;
    }
    Ok(())
}

/// What is done, by whom, until when, and when it was done.
type InventedAction = (String, String, Option<Date>, Option<Date>);

fn risk(one: &Invented) -> anyhow::Result<Risk> {
    let rated = |[likelihood, cost, time, people]: [u8; 4]| Rated { likelihood, cost, time, people };
    let million = |text: &String| {
        Money::parse(text, MoneyUnit::MillionTenge).with_context(|| format!("{text:?} is no amount"))
    };
    let cost = one.cost.as_ref();
    let action = |(at, (what, who, due_on, done_on)): (usize, &InventedAction)| Action {
        id: format!("a{}", at + 1),
        what: what.clone(),
        who: who.clone(),
        due_on: *due_on,
        done_on: *done_on,
    };
    Ok(Risk {
        category: one.category,
        cause: one.cause.clone(),
        event: one.event.clone(),
        effect: one.effect.clone(),
        rated: rated(one.rated),
        cost_low: cost.map(|(low, _)| million(low)).transpose()?,
        cost_high: cost.map(|(_, high)| million(high)).transpose()?,
        owner: one.owner.clone(),
        response: one.response,
        actions: one.actions.iter().enumerate().map(action).collect(),
        review_on: one.review_on,
        residual: one.residual.map(rated),
        ending: one.ending,
        ending_note: one.ending_note.clone(),
        internal: one.internal.clone(),
    })
}

/// A person answers the open alert of this indicator; where the facts of the day raise none, nobody says anything.
async fn say(app: &App, actor: Option<&Account>, (project, said): (&Project, &Said)) -> anyhow::Result<()> {
    let alerts = app.list_alerts(project.id).await?;
    let open = |held: &akimat_app::alert::HeldAlert| {
        held.alert.indicator() == said.indicator && !held.alert.is_over()
    };
    let Some(held) = alerts.into_iter().find(open) else { return Ok(()) };
    let step = match said.step.as_str() {
        "decide" => Move::Decide(Decision::parse(&said.word).context("an unknown decision")?),
        "close" => Move::Close(Outcome::parse(&said.word).context("an unknown outcome")?),
        _ => Move::Acknowledge,
    };
    let (id, version) = (held.section.id, held.section.version);
    app.move_alert(actor, project.id, id, (version, step, &said.reason)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invented_register_is_wrong_nowhere() {
        let file: File = serde_json::from_str(RISKS).unwrap();
        for one in &file.risks {
            assert_eq!(risk(one).unwrap().faults(), [], "{}", one.event);
        }
        for said in &file.acts {
            let known = match said.step.as_str() {
                "decide" => Decision::parse(&said.word).is_some(),
                "close" => Outcome::parse(&said.word).is_some(),
                step => step == "acknowledge",
            };
            assert!(known, "{} {}", said.number, said.word);
        }
    }
}
