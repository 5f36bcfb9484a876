//! Exercises of the demonstration: one that is over, one that is open. The divisions are invented and say so; who gives
//! what follows from numbers alone, so that every demonstration tells the same.

use super::ballot::Numbers;
use super::{district, say_en};
use akimat_app::App;
use akimat_app::exercise::ExerciseDraft;
use akimat_core::Text;
use akimat_participation::exercise::Exercise;
use akimat_storage::{Account, BudgetFilter, PageRequest};
use anyhow::Context;
use jiff::ToSpan;
use std::collections::BTreeMap;

/// Participants of the exercise that is over, and of the one that is open.
const PAST: (&str, usize) = ("bolu-ulgi-past", 143);
const OPEN: (&str, usize) = ("bolu-ulgi", 38);

/// Adds both.
///
/// # Errors
/// When the district has no budget with functional groups, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let filter = BudgetFilter { place: Some(district()), year: None };
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    let mut budgets = app.read().list_budgets(&filter, &page).await?.items;
    budgets.sort_by_key(|head| std::cmp::Reverse(head.budget.year));
    let analyst = accounts.get("analyst");
    for ((code, n), title) in [
        (
            PAST,
            [
                "Аудан бюджетін бөліп көріңіз: өткен жыл",
                "Распределите бюджет района: прошлый год",
                "Divide the district's budget: last year",
            ],
        ),
        (
            OPEN,
            ["Аудан бюджетін бөліп көріңіз", "Распределите бюджет района", "Divide the district's budget"],
        ),
    ] {
        let mut begun = None;
        for head in &budgets {
            let draft = ExerciseDraft {
                code: code.to_owned(),
                title: Text::new(title[0], title[1], title[2]),
                summary: Text::new(
                    "Ауданның ақшасын сіз қалай бөлер едіңіз? Жауаптар ойдан шығарылған.",
                    "Как распределили бы деньги района вы? Ответы вымышлены.",
                    "How would you divide the district's money? The answers are invented.",
                ),
                budget: Some(head.budget.id),
                last_day: Some(app.today().checked_add(21.days())?),
            };
            if let Ok(exercise) = app.begin_exercise(analyst, draft).await {
                begun = Some(exercise);
                break;
            }
        }
        let exercise = begun.context("a budget of the district with functional groups")?;
        app.open_exercise(analyst, code).await.map_err(|error| say_en(&error))?;
        app.invent_divisions(&exercise, divisions(&exercise, n)).await.map_err(|error| say_en(&error))?;
        if code == PAST.0 {
            app.close_exercise(analyst, code).await.map_err(|error| say_en(&error))?;
        }
    }
    Ok(())
}

/// Each takes something from a few groups and gives it to others.
fn divisions(exercise: &Exercise, n: usize) -> Vec<Vec<u32>> {
    let mut numbers = Numbers(u64::try_from(exercise.code.len()).unwrap_or(1) * 97 + 5);
    let plan: Vec<i64> = exercise.groups.iter().map(|group| exercise.units(group.planned)).collect();
    let groups = u64::try_from(plan.len()).unwrap_or(1);
    let one = |numbers: &mut Numbers| {
        let mut units = plan.clone();
        for _ in 0..6 + numbers.draw(8) {
            let [from, to] = [numbers.draw(groups), numbers.draw(groups) * numbers.draw(3) % groups];
            let (from, to) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(0));
            let moved = units[from] * i64::try_from(5 + numbers.draw(30)).unwrap_or(5) / 100;
            units[from] -= moved;
            units[to] += moved;
        }
        units.into_iter().map(|one| u32::try_from(one).unwrap_or(0)).collect()
    };
    (0..n).map(|_| one(&mut numbers)).collect()
}
