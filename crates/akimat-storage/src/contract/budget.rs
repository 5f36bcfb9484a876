//! Promises about budgets.

use super::build::{DISTRICT, OTHER, budget, figures, id, kato, line};
use super::{ok, refused, walk};
use crate::{BudgetFilter, BudgetHead, Change, Conflict, HeadFigures, PageRequest, Store};
use akimat_budget::{Budget, Item};
use akimat_core::BudgetId;

fn add(budget: &Budget) -> Change {
    Change::AddBudget(Box::new(budget.clone()), figures())
}

fn ids(heads: &[BudgetHead]) -> Vec<BudgetId> {
    heads.iter().map(|head| head.budget.id).collect()
}

/// Every field and every line in its order; the head of a list without lines.
pub async fn budgets_are_kept_whole(store: &dyn Store) {
    let whole = budget(1, Some(DISTRICT), 2026);
    let mut bare = budget(2, None, -44);
    bare.lines.clear();
    bare.adopted_on = None;
    ok(store
        .apply(vec![add(&whole), Change::AddBudget(Box::new(bare.clone()), HeadFigures::default())])
        .await);
    let found = ok(store.find_budget(whole.id).await);
    assert_eq!(found, Some(BudgetHead { budget: whole.clone(), figures: figures() }));
    let found = ok(store.find_budget(bare.id).await);
    assert_eq!(found, Some(BudgetHead { budget: bare, figures: HeadFigures::default() }));
    assert_eq!(ok(store.find_budget(BudgetId(id(3))).await), None);

    let filter = BudgetFilter { place: Some(kato(DISTRICT)), year: None };
    let listed = ok(store.list_budgets(&filter, &PageRequest::first(5)).await);
    let head = Budget { lines: Vec::new(), ..whole };
    assert_eq!(listed.items, [BudgetHead { budget: head, figures: figures() }]);
    assert_eq!(listed.next, None);
}

/// The same file again does nothing; another file under the same key is refused.
pub async fn the_same_file_changes_nothing(store: &dyn Store) {
    for (place, first) in [(Some(DISTRICT), 1), (None, 11)] {
        let stored = budget(first, place, 2026);
        ok(store.apply(vec![add(&stored)]).await);
        let mut again = budget(first + 1, place, 2026);
        again.provenance.sha256.clone_from(&stored.provenance.sha256);
        ok(store.apply(vec![add(&again)]).await);
        assert_eq!(ok(store.find_budget(again.id).await), None);
        let other = budget(first + 2, place, 2026);
        refused(store.apply(vec![add(&other)]).await, &Conflict::Exists("budget"));
        let mut other_key = budget(first + 3, place, 2026);
        other_key.key = "amended".to_owned();
        ok(store.apply(vec![add(&other_key)]).await);
    }
}

/// The newest year first, then the newest identifier; no gaps, no repeats.
pub async fn budgets_come_in_pages(store: &dyn Store) {
    let mut batch = Vec::new();
    for n in 0..23_u64 {
        let mut one = budget(n, Some(if n % 2 == 0 { DISTRICT } else { OTHER }), 2020 + (n % 5) as i16);
        one.key = format!("key{n}");
        batch.push(one);
    }
    ok(store.apply(batch.iter().map(add).collect()).await);
    batch.sort_by_key(|one| std::cmp::Reverse((one.year, one.id)));
    let any = BudgetFilter::default();
    let all = walk(4, async |page| store.list_budgets(&any, &page).await).await;
    assert_eq!(ids(&all), batch.iter().map(|one| one.id).collect::<Vec<_>>());
    let some = BudgetFilter { place: Some(kato(OTHER)), year: Some(2021) };
    let some = walk(1, async |page| store.list_budgets(&some, &page).await).await;
    assert_eq!(ids(&some), [21, 11, 1].map(|n| BudgetId(id(n))));
}

/// What budgets of a territory state for one item, oldest first.
pub async fn series_run_over_the_years(store: &dyn Store) {
    let mut batch = Vec::new();
    for (n, year) in [(1, 2026), (2, 2024), (3, 2025)] {
        batch.push(budget(n, Some(DISTRICT), year));
    }
    batch[0].invented = false;
    batch[0].lines.push(line(20, Item::FunctionalDetail, "04/1/464", 9));
    batch.push(budget(4, Some(OTHER), 2023));
    ok(store.apply(batch.iter().map(add).collect()).await);
    let total = ok(store.budget_series(kato(DISTRICT), Item::RevenueTotal, "ignored").await);
    assert_eq!(total.iter().map(|point| point.year).collect::<Vec<_>>(), [2024, 2025, 2026]);
    assert_eq!(total[2].amounts, batch[0].lines[0].amounts);
    assert_eq!((total[2].budget, total[2].invented, total[1].invented), (batch[0].id, false, true));
    let group = ok(store.budget_series(kato(DISTRICT), Item::FunctionalGroup, "07").await);
    assert_eq!((group.len(), group[0].amounts), (3, batch[0].lines[3].amounts));
    let detail = ok(store.budget_series(kato(DISTRICT), Item::FunctionalDetail, "04/1/464").await);
    assert_eq!(detail.len(), 1);
    assert!(ok(store.budget_series(kato(DISTRICT), Item::FunctionalGroup, "99").await).is_empty());
}

/// One head a territory: the newest year, then the newest identifier.
pub async fn the_latest_of_each_territory(store: &dyn Store) {
    let mut batch = [
        budget(1, Some(OTHER), 2024),
        budget(2, Some(DISTRICT), 2025),
        budget(3, Some(DISTRICT), 2026),
        budget(4, Some(DISTRICT), 2026),
        budget(5, None, 2027),
        budget(6, Some(DISTRICT), 2023),
    ];
    batch[3].key = "second".to_owned();
    ok(store.apply(batch.iter().map(add).collect()).await);
    let latest = ok(store.list_latest_budgets().await);
    assert_eq!(ids(&latest), [4, 1].map(|n| BudgetId(id(n))));
    assert!(latest.iter().all(|head| head.budget.lines.is_empty() && head.figures == figures()));
}
