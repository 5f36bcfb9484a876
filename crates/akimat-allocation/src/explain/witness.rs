//! Plans that show what it costs to have a project in, or out: swaps and fills from the recommended plan.

use super::exchange::Board;
use super::forced::moved;
use super::ground::{Ground, checked};
use super::pool::Pool;
use super::report::Exchange;
use crate::programme::{Plan, Programme};

/// Looks for plans with one project moved to the other side, and keeps all that it finds.
pub(crate) struct Witnesses<'a> {
    /// The programme that plans are checked against.
    pub(crate) programme: &'a Programme,
    /// Its model.
    pub(crate) ground: &'a Ground,
    /// The recommended plan.
    pub(crate) plan: &'a Plan,
    /// What it is worth.
    pub(crate) objective: i64,
    /// Start columns, those that the prices like best first.
    pub(crate) order: &'a [usize],
    /// Where the plans go.
    pub(crate) pool: &'a mut Pool,
}

impl Witnesses<'_> {
    /// Swaps and fills that move a project to the other side; what they find is kept, the cheapest bare swap returned.
    pub(crate) fn of(&mut self, project: usize) -> Option<Exchange> {
        moved(self.programme, self.ground, self.plan, project)?;
        let inside = !self.plan.has(project);
        let mut found = Vec::new();
        let mut board = Board::new(self.programme, self.ground, self.plan);
        let mut cheapest = None;
        let checked = |plan: Plan| checked(self.programme, plan);
        if inside {
            for swap in board.swaps(project) {
                let mut tried = board.clone();
                tried.swap(&swap);
                let bare = checked(tried.plan());
                if let Some((plan, worth)) = &bare
                    && cheapest.is_none()
                {
                    let id = |index: &usize| self.programme.projects()[*index].id.clone();
                    let loss = self.objective - worth;
                    let start = plan.starts[project].unwrap_or(0);
                    cheapest = Some(Exchange { start, out: swap.out.iter().map(id).collect(), loss });
                }
                found.push(bare);
                tried.fill(self.order, project);
                found.push(checked(tried.plan()));
            }
            for columns in self.packages(project) {
                let mut tried = board.clone();
                if tried.make_room(&columns) {
                    tried.fill(self.order, project);
                    found.push(checked(tried.plan()));
                }
            }
        } else if board.drop_one(project) {
            found.push(checked(board.plan()));
            board.fill(self.order, project);
            found.push(checked(board.plan()));
        }
        for (plan, worth) in found.into_iter().flatten() {
            self.pool.add(&self.ground.model, plan, worth);
        }
        cheapest
    }

    /// The starts of a project, each with the starts of the project that it waits for where that one is not in the
    /// plan in time.
    fn packages(&self, project: usize) -> Vec<Vec<usize>> {
        let model = &self.ground.model;
        let mut packages = Vec::new();
        for column in model.columns_of(project) {
            let Some((_, year)) = model.start_of(column) else { continue };
            let late = self.programme.precedence().iter().find(|pair| {
                pair.after == project
                    && self.plan.starts[pair.before].is_none_or(|start| start + pair.lag > year)
            });
            match late {
                None => packages.push(vec![column]),
                Some(pair) => packages.extend(
                    model
                        .columns_of(pair.before)
                        .filter(|first| {
                            model.start_of(*first).is_some_and(|(_, start)| start + pair.lag <= year)
                        })
                        .map(|first| vec![first, column]),
                ),
            }
        }
        packages
    }
}
