//! The samples of `docs/reference/file-formats.md` are read as the page says.

use crate::{BudgetContext, decode_budget};
use akimat_core::{BudgetId, ProjectId};
use jiff::Timestamp;

const PAGE: &str = include_str!("../../../docs/reference/file-formats.md");

/// The samples whose fence bears this word.
fn samples(word: &str) -> Vec<&'static str> {
    PAGE.split("\n```")
        .filter_map(|part| {
            let (fence, sample) = part.split_once('\n')?;
            (fence.split_once(' ')?.1 == word).then_some(sample)
        })
        .collect()
}

#[test]
fn every_sample_of_the_page_is_read() {
    let context = BudgetContext { level: Some(3), year: Some(2024), ..BudgetContext::default() };
    let mut id = || BudgetId(uuid::Uuid::nil());
    let budgets: Vec<&str> = samples("budget").into_iter().chain(samples("decision")).collect();
    assert_eq!(budgets.len(), 3);
    for sample in budgets {
        let budgets = decode_budget("sample", sample.as_bytes(), &context, Timestamp::UNIX_EPOCH, &mut id);
        let budgets = budgets.unwrap_or_else(|problems| panic!("{problems:?}\n{sample}"));
        assert_eq!(budgets.len(), 1);
        assert_eq!(akimat_budget::check(&budgets[0]), Vec::new(), "{sample}");
    }
    let kato = samples("kato");
    assert_eq!(crate::kato::decode_kato(kato[0].as_bytes()).map(|rows| rows.len()), Ok(2));
    let series = samples("series");
    assert_eq!(crate::series_csv::decode_series(series[0].as_bytes(), None).map(|rows| rows.len()), Ok(1));
    let mut project = || ProjectId(uuid::Uuid::nil());
    let projects = samples("projects");
    let projects = crate::project_register::decode_projects(
        projects[0].as_bytes(),
        None,
        Timestamp::UNIX_EPOCH,
        &mut project,
    );
    assert_eq!(projects.map(|projects| projects.len()), Ok(1));
}

#[test]
fn the_page_names_every_item() {
    for item in akimat_budget::Item::ALL {
        assert!(PAGE.contains(&format!("`{}`", item.code())), "{}", item.code());
    }
}
