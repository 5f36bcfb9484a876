//! What residents wrote about many projects and about those beside their sites, read in batches.

use super::facts::NEAR_MAX;
use crate::{App, Result};
use akimat_core::ProjectId;
use akimat_delivery::warning::facts::Facts;
use akimat_project::{Point, Project};
use akimat_storage::project_map::{Circle, Site};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Side of a square of the map in millionths of a degree: about a kilometre.
const SQUARE_E6: i32 = 10_000;

/// All sites by the square that they lie in: what lies beside one is found without the database. Thirty-two bytes a
/// project.
pub(crate) struct Sites(BTreeMap<(i32, i32), Vec<Site>>);

impl Sites {
    fn new(sites: Vec<Site>) -> Self {
        let mut squares: BTreeMap<(i32, i32), Vec<Site>> = BTreeMap::new();
        for site in sites {
            squares.entry(square(site.point)).or_default().push(site);
        }
        Self(squares)
    }

    /// The projects within a circle, the last changed first, [`NEAR_MAX`] at most.
    fn within(&self, circle: &Circle) -> Vec<ProjectId> {
        let bounds = circle.bounds();
        let low = square(Point { lat_e6: bounds.south_e6, lon_e6: bounds.west_e6 });
        let high = square(Point { lat_e6: bounds.north_e6, lon_e6: bounds.east_e6 });
        let rows = (low.0..=high.0).flat_map(|row| self.0.range((row, low.1)..=(row, high.1)));
        let sites = rows.flat_map(|(_, sites)| sites).filter(|site| circle.holds(site.point));
        let mut found: Vec<&Site> = sites.collect();
        found.sort_by_key(|site| std::cmp::Reverse((site.updated_at, site.project)));
        found.into_iter().take(NEAR_MAX).map(|site| site.project).collect()
    }
}

const fn square(point: Point) -> (i32, i32) {
    (point.lat_e6.div_euclid(SQUARE_E6), point.lon_e6.div_euclid(SQUARE_E6))
}

impl App {
    /// Where all projects lie tonight.
    pub(super) async fn sites(&self) -> Result<Sites> {
        Ok(Sites::new(self.read().list_project_sites().await?))
    }

    /// Days of what residents wrote about each of these projects and about those beside its site; beside each project
    /// stands how far from its site they are looked for, in metres.
    pub(super) async fn complaints(
        &self,
        projects: &[(&Project, u32)],
        sites: &Sites,
    ) -> Result<BTreeMap<ProjectId, Facts>> {
        let mut near: BTreeMap<ProjectId, Vec<ProjectId>> = BTreeMap::new();
        for (project, radius_m) in projects {
            let circle = project.location.map(|middle| Circle { middle, radius_m: *radius_m });
            let mut beside = circle.map_or_else(Vec::new, |circle| sites.within(&circle));
            beside.retain(|other| *other != project.id);
            near.insert(project.id, beside);
        }
        let asked: BTreeSet<ProjectId> = near
            .iter()
            .flat_map(|(own, beside)| std::iter::once(*own).chain(beside.iter().copied()))
            .collect();
        let asked: Vec<ProjectId> = asked.into_iter().collect();
        let mut days: BTreeMap<ProjectId, Vec<Date>> = BTreeMap::new();
        for (project, at) in self.read().list_comment_times(&asked).await? {
            days.entry(project).or_default().push(self.day(at));
        }
        let mut told = BTreeMap::new();
        for (own, beside) in near {
            let mut facts = Facts::on(self.today());
            facts.n_near = u64::try_from(beside.len()).unwrap_or(u64::MAX);
            for project in std::iter::once(&own).chain(&beside) {
                facts.complaints.extend(days.get(project).into_iter().flatten().copied());
            }
            told.insert(own, facts);
        }
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use uuid::Uuid;

    #[test]
    fn what_lies_beside_is_found_as_by_asking_each() {
        let site = |n: u64, lat: i32, lon: i32| Site {
            project: ProjectId(Uuid::from_u64_pair(0, n)),
            point: Point { lat_e6: 43_000_000 + lat, lon_e6: 68_000_000 + lon },
            updated_at: Timestamp::from_second(i64::try_from(n % 7).unwrap()).unwrap(),
        };
        let all: Vec<Site> = (0..900)
            .map(|n| {
                site(
                    n,
                    i32::try_from(n * 7919 % 60_000).unwrap() - 30_000,
                    i32::try_from(n * 104_729 % 80_000).unwrap() - 40_000,
                )
            })
            .collect();
        let sites = Sites::new(all.clone());
        for (middle, radius_m) in [(all[0].point, 500), (all[7].point, 3_000), (all[500].point, 50)] {
            let circle = Circle { middle, radius_m };
            let mut due: Vec<&Site> = all.iter().filter(|site| circle.holds(site.point)).collect();
            due.sort_by_key(|site| std::cmp::Reverse((site.updated_at, site.project)));
            let due: Vec<ProjectId> = due.into_iter().take(NEAR_MAX).map(|site| site.project).collect();
            assert!(!due.is_empty());
            assert_eq!(sites.within(&circle), due);
        }
    }
}
