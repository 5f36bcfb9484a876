//! Projects on the map and in time: how many lie in each cell of a grid, borders to draw around them, and what
//! happened to them.

use crate::{ProjectFilter, Result};
use akimat_core::{KatoCode, Lang, ProjectId, UpdateId};
use akimat_project::{Point, Status};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// A rectangle of the earth in millionths of a degree, borders included. It never crosses the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Southern border.
    pub south_e6: i32,
    /// Western border.
    pub west_e6: i32,
    /// Northern border.
    pub north_e6: i32,
    /// Eastern border.
    pub east_e6: i32,
}

impl Bounds {
    /// Whether a point lies in it.
    pub const fn holds(&self, point: Point) -> bool {
        self.south_e6 <= point.lat_e6
            && point.lat_e6 <= self.north_e6
            && self.west_e6 <= point.lon_e6
            && point.lon_e6 <= self.east_e6
    }
}

/// What lies within a distance of a point. Everybody measures with the same whole numbers, on a plane that touches the
/// earth at the middle: at 50 km the difference from the sphere is under one per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The middle.
    pub middle: Point,
    /// Distance in metres, 1 to [`Circle::RADIUS_M_MAX`].
    pub radius_m: u32,
}

impl Circle {
    /// The largest radius in metres.
    pub const RADIUS_M_MAX: u32 = 50_000;
    /// Millionths of a degree of latitude in a thousand metres: a degree is 111,195 m (mean radius 6,371 km).
    const E6_PER_KM: u64 = 8_993;

    /// The radius in millionths of a degree of latitude.
    pub fn radius_e6(&self) -> i64 {
        let radius = u64::from(self.radius_m.clamp(1, Self::RADIUS_M_MAX));
        i64::try_from(radius * Self::E6_PER_KM / 1_000 + 1).unwrap_or(i64::MAX)
    }

    /// How much shorter a degree of longitude is than one of latitude, squared, in ten-thousandths, at least 1.
    #[expect(clippy::cast_possible_truncation, reason = "a square of a cosine is between 0 and 1")]
    pub fn narrowing_e4(&self) -> i64 {
        let cosine = (f64::from(self.middle.lat_e6) / 1e6).to_radians().cos();
        ((cosine * cosine * 1e4).round() as i64).max(1)
    }

    /// The square of the distance up to which points are in, in the units of [`Circle::distance`].
    pub fn reach(&self) -> i64 {
        self.radius_e6().saturating_mul(self.radius_e6()).saturating_mul(10_000)
    }

    /// The square of the distance of a point.
    pub fn distance(&self, point: Point) -> i64 {
        let square = |a: i32, b: i32| {
            let difference = i64::from(a) - i64::from(b);
            difference.saturating_mul(difference)
        };
        let (lat, lon) = (square(point.lat_e6, self.middle.lat_e6), square(point.lon_e6, self.middle.lon_e6));
        lat.saturating_mul(10_000).saturating_add(lon.saturating_mul(self.narrowing_e4()))
    }

    /// Whether a point lies in it.
    pub fn holds(&self, point: Point) -> bool {
        self.bounds().holds(point) && self.distance(point) <= self.reach()
    }

    /// The rectangle around it.
    pub fn bounds(&self) -> Bounds {
        let high = self.radius_e6();
        let mut wide = high;
        // The width grows until its narrowed square reaches the radius; towards the poles it stops at the whole circle.
        while wide < 180_000_000 && wide * wide / 10_000 * self.narrowing_e4() < high * high {
            wide += (wide / 8).max(1);
        }
        let side = |middle: i32, by: i64, most: i64| {
            i32::try_from((i64::from(middle) + by).clamp(-most, most)).unwrap_or(i32::MAX)
        };
        let Point { lat_e6, lon_e6 } = self.middle;
        Bounds {
            south_e6: side(lat_e6, -high, 90_000_000),
            west_e6: side(lon_e6, -wide, 180_000_000),
            north_e6: side(lat_e6, high, 90_000_000),
            east_e6: side(lon_e6, wide, 180_000_000),
        }
    }
}

/// A grid over a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The rectangle.
    pub bounds: Bounds,
    /// Height of a cell in millionths of a degree, at least 1.
    pub height_e6: u32,
    /// Width of a cell in millionths of a degree, at least 1.
    pub width_e6: u32,
}

/// The projects of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Row, from the south.
    pub row: u32,
    /// Column, from the west.
    pub column: u32,
    /// How many.
    pub n_projects: u64,
    /// Their middle.
    pub middle: Point,
    /// One of them: the only one when there is one.
    pub first: ProjectId,
}

/// The border of a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Territory.
    pub place: KatoCode,
    /// The rectangle around it.
    pub bounds: Bounds,
    /// JSON: rings of `[lat_e6, lon_e6]`.
    pub rings: String,
    /// Whose drawing it is, under which licence.
    pub source: String,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// Where a project lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The project.
    pub project: ProjectId,
    /// On the map.
    pub point: Point,
    /// Last change of the project.
    pub updated_at: Timestamp,
}

/// Something that happened to a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectEvent {
    /// The project.
    pub project: ProjectId,
    /// When.
    pub at: Timestamp,
    /// In whose name.
    pub by: String,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// It moved; `from` is nothing at registration.
    Moved {
        /// Before.
        from: Option<Status>,
        /// After.
        to: Status,
        /// Why.
        reason: String,
    },
    /// Its manager wrote.
    News {
        /// The news.
        id: UpdateId,
        /// Language of the words.
        lang: Lang,
        /// The words.
        body: String,
        /// Physical progress.
        progress_pct: u8,
    },
}

impl ProjectEvent {
    /// A name for the event that stays the same for ever: for feeds.
    pub fn name(&self) -> String {
        match &self.what {
            Happening::Moved { to, .. } => {
                format!("{}/{}/{}", self.project, to.code(), self.at.as_microsecond())
            }
            Happening::News { id, .. } => format!("{}/news/{id}", self.project),
        }
    }

    /// Newest first; equal instants by name.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        other.at.cmp(&self.at).then_with(|| self.name().cmp(&other.name()))
    }
}

/// Reads projects on the map and in time.
#[async_trait]
pub trait ProjectMapRead: Send + Sync {
    /// Every project that is on the map, in no order: for work over all of them at once.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_project_sites(&self) -> Result<Vec<Site>>;

    /// When residents wrote about these projects what is shown, by project and time. Words of an office do not count.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comment_times(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>>;

    /// When there was last news of each of these projects; those without news are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_newest_news(&self, projects: &[ProjectId]) -> Result<Vec<(ProjectId, Timestamp)>>;

    /// How many projects lie in each cell that is not empty, by row and column.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_project_cells(&self, filter: &ProjectFilter, grid: &Grid) -> Result<Vec<Cell>>;

    /// The rectangle around all located projects that pass; `None` when there are none.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn project_bounds(&self, filter: &ProjectFilter) -> Result<Option<Bounds>>;

    /// Borders that touch a rectangle and are at least so high or wide, the largest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_boundaries(&self, within: Bounds, span_e6_min: u32, limit: u16) -> Result<Vec<Boundary>>;

    /// What happened to these projects since an instant, newest first. Projects beyond [`EVENT_PROJECTS_MAX`] are
    /// left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_project_events(
        &self,
        projects: &[ProjectId],
        since: Timestamp,
        limit: u16,
    ) -> Result<Vec<ProjectEvent>>;
}

/// Projects whose events are read at once.
pub const EVENT_PROJECTS_MAX: usize = 200;

/// The identifiers of at most [`EVENT_PROJECTS_MAX`] projects, padded to one of few lengths by repeating the last: an
/// adapter keeps a prepared statement for each length.
pub fn padded(projects: &[ProjectId]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = projects.iter().take(EVENT_PROJECTS_MAX).map(|id| id.0).collect();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distances on the sphere of 6,371 km, worked out by the haversine formula.
    #[test]
    fn circles_are_round() {
        let almaty = Point { lat_e6: 43_238_000, lon_e6: 76_945_000 };
        let circle = Circle { middle: almaty, radius_m: 1_000 };
        let at = |lat_e6: i32, lon_e6: i32| Point { lat_e6, lon_e6 };
        // One thousandth of a degree is 111.2 m to the north and 81.0 m to the east there.
        assert!(circle.holds(at(43_238_000 + 8_900, 76_945_000)), "990 m north");
        assert!(!circle.holds(at(43_238_000 + 9_100, 76_945_000)), "1,012 m north");
        assert!(circle.holds(at(43_238_000, 76_945_000 - 12_200)), "988 m west");
        assert!(!circle.holds(at(43_238_000, 76_945_000 - 12_500)), "1,013 m west");
        assert!(!circle.holds(at(43_238_000 + 8_000, 76_945_000 + 8_000)), "1,101 m to the north-east");
        assert!(!circle.holds(at(-90_000_000, 180_000_000)));
    }

    #[test]
    fn the_rectangle_holds_the_circle_everywhere() {
        for lat_e6 in [-90_000_000, -60_000_000, 0, 51_000_000, 89_999_999] {
            let circle = Circle { middle: Point { lat_e6, lon_e6: 71_000_000 }, radius_m: 50_000 };
            let bounds = circle.bounds();
            assert!(bounds.holds(circle.middle), "{lat_e6}");
            let east = Point { lat_e6, lon_e6: bounds.east_e6 };
            assert!(circle.distance(east) >= circle.reach() || bounds.east_e6 == 180_000_000, "{lat_e6}");
        }
    }
}
