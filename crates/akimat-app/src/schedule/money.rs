//! Money of a project beside the budget it stands in.

use crate::{App, Result};
use akimat_budget::{Amounts, Budget, Item};
use akimat_core::{BudgetId, Text};
use akimat_project::Project;
use akimat_storage::{BudgetFilter, PageRequest};
use std::collections::{BTreeMap, BTreeSet};

/// Budgets that are read whole for one project at most: a project of more years shows the latest.
const BUDGETS_MAX: usize = 6;

/// The budget of a year in which money of a project should stand.
#[derive(Clone, Debug, PartialEq)]
pub struct InBudget {
    /// Year.
    pub year: i16,
    /// Programme as the project states it; empty when it states none.
    pub programme: String,
    /// The budget.
    pub budget: BudgetId,
    /// Whose budget.
    pub place: Text,
    /// The line of that programme; `None` when the budget has none, or the project states no programme.
    pub line: Option<BudgetLine>,
    /// The budget goes down to programmes at all.
    pub detailed: bool,
}

/// A line of a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// Its classification code.
    pub code: String,
    /// Its name as printed.
    pub name: Text,
    /// What it states.
    pub amounts: Amounts,
}

/// Whether a line of functional expenditure, `group/subgroup/administrator/programme[/subprogramme]`, is that of a
/// programme, `administrator/programme[/subprogramme]`. A line of the programme holds all its subprogrammes.
pub fn is_line_of(code: &str, programme: &str) -> bool {
    let mut parts = code.splitn(3, '/');
    let (Some(_), Some(_), Some(tail)) = (parts.next(), parts.next(), parts.next()) else { return false };
    // An administrator alone is no programme.
    let programmes = tail.contains('/');
    programmes
        && (tail == programme || programme.strip_prefix(tail).is_some_and(|rest| rest.starts_with('/')))
}

/// The line of a programme in a budget: the one that says most exactly the same.
fn line_of(budget: &Budget, programme: &str) -> Option<BudgetLine> {
    let lines = budget.lines.iter().filter(|line| line.item == Item::FunctionalDetail);
    let own = lines.filter(|line| is_line_of(&line.code, programme)).max_by_key(|line| line.code.len())?;
    Some(BudgetLine { code: own.code.clone(), name: own.name.clone(), amounts: own.amounts })
}

fn is_detailed(budget: &Budget) -> bool {
    let deep = |code: &str| code.split('/').count() >= 4;
    budget.lines.iter().any(|line| line.item == Item::FunctionalDetail && deep(&line.code))
}

impl App {
    /// For every year and programme of a project the budget in which it should stand: of its own territory, or of the
    /// nearest one above whose budget has the line. Years without any budget are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn project_in_budgets(&self, project: &Project) -> Result<Vec<InBudget>> {
        let wanted: BTreeSet<(i16, &str)> =
            project.money.iter().map(|line| (line.year, line.programme.as_str())).collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut path = self.read().list_place_path(project.place, self.today()).await?;
        path.reverse();
        // The budgets of each territory by year, the nearest territory first.
        let mut known: Vec<(Text, BTreeMap<i16, BudgetId>)> = Vec::new();
        for place in path {
            let filter = BudgetFilter { place: Some(place.code), year: None };
            let heads =
                self.read().list_budgets(&filter, &PageRequest::first(PageRequest::LIMIT_MAX)).await?;
            let mut years = BTreeMap::new();
            for head in heads.items {
                // Newest first: the first of a year is the one in force.
                years.entry(head.budget.year).or_insert(head.budget.id);
            }
            known.push((place.name, years));
        }
        let mut read: BTreeMap<BudgetId, Option<Budget>> = BTreeMap::new();
        let mut found = Vec::new();
        for (year, programme) in wanted.into_iter().rev() {
            let mut nearest: Option<InBudget> = None;
            for (place, years) in &known {
                let Some(id) = years.get(&year) else { continue };
                let budget = self.whole_budget(*id, &mut read).await?;
                let own = InBudget {
                    year,
                    programme: programme.to_owned(),
                    budget: *id,
                    place: place.clone(),
                    line: budget
                        .filter(|_| !programme.is_empty())
                        .and_then(|budget| line_of(budget, programme)),
                    detailed: budget.is_some_and(is_detailed),
                };
                let hit = own.line.is_some();
                if hit || nearest.is_none() {
                    nearest = Some(own);
                }
                if hit || programme.is_empty() {
                    break;
                }
            }
            found.extend(nearest);
        }
        found.reverse();
        Ok(found)
    }

    async fn whole_budget<'a>(
        &self,
        id: BudgetId,
        read: &'a mut BTreeMap<BudgetId, Option<Budget>>,
    ) -> Result<Option<&'a Budget>> {
        if !read.contains_key(&id) && read.len() < BUDGETS_MAX {
            let found = self.read().find_budget(id).await?.map(|head| head.budget);
            read.insert(id, found);
        }
        Ok(read.get(&id).and_then(Option::as_ref))
    }
}

#[cfg(test)]
mod tests {
    use super::is_line_of;

    #[test]
    fn a_programme_is_found_under_its_group() {
        let check =
            |code: &str, programme: &str, is: bool| assert_eq!(is_line_of(code, programme), is, "{code}");
        check("06/2/464/067", "464/067", true);
        check("06/2/464/067/015", "464/067/015", true);
        check("06/2/464/067", "464/067/015", true);
        check("06/2/464/067/015", "464/067", false);
        check("06/2/464", "464/067", false);
        check("06/2/464/06", "464/067", false);
        check("06/2", "464/067", false);
    }
}
