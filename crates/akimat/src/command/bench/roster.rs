//! Who votes on what: the pseudo residents and projects of `akimat bench seed`.

use crate::compose::Platform;
use crate::demo::district;
use akimat_core::{AccountId, KatoCode, ProjectId};
use akimat_storage::{PageRequest, ProjectFilter};
use anyhow::bail;

/// Logins of pseudo residents begin with this.
pub(super) const LOGIN_PREFIX: &str = "bench-";
/// Numbers of pseudo projects begin with this.
pub(super) const NUMBER_PREFIX: &str = "BENCH-";

/// Pseudo residents and projects.
pub(super) struct Roster {
    pub(super) accounts: Vec<AccountId>,
    pub(super) projects: Vec<(ProjectId, KatoCode)>,
}

impl Roster {
    /// At most so many of each.
    ///
    /// # Errors
    /// When there are none, or the database fails.
    pub(super) async fn read(
        platform: &Platform,
        n_accounts: usize,
        n_projects: u16,
    ) -> anyhow::Result<Self> {
        let read = platform.app.read();
        let filter = ProjectFilter { place: Some(district()), ..ProjectFilter::default() };
        let projects = read.list_whole_projects(&filter, n_projects).await?;
        let mut accounts = Vec::new();
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        while accounts.len() < n_accounts {
            let found = read.list_accounts(&page).await?;
            let bench = found.items.into_iter().filter(|account| account.login.starts_with(LOGIN_PREFIX));
            accounts.extend(bench.map(|account| account.id));
            match found.next {
                Some(after) => page.after = Some(after),
                None => break,
            }
        }
        accounts.truncate(n_accounts);
        if accounts.is_empty() || projects.is_empty() {
            bail!("there is nobody to vote or nothing to vote on: run akimat bench seed first");
        }
        let projects = projects.into_iter().map(|project| (project.id, project.place)).collect();
        Ok(Self { accounts, projects })
    }

    /// The vote of turn `turn`: each person comes to each project once before anybody comes again.
    pub(super) fn pair(&self, turn: usize) -> (AccountId, (ProjectId, KatoCode)) {
        let account = turn % self.accounts.len();
        let project = (turn / self.accounts.len() + account) % self.projects.len();
        (self.accounts[account], self.projects[project])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn nobody_votes_twice_before_everybody_has_voted_on_everything() {
        let roster = Roster {
            accounts: (0..6).map(|n| AccountId(Uuid::from_u128(n))).collect(),
            projects: (0..4).map(|n| (ProjectId(Uuid::from_u128(n)), district())).collect(),
        };
        let pairs: BTreeSet<_> = (0..24).map(|turn| roster.pair(turn)).collect();
        assert_eq!(pairs.len(), 24);
    }
}
