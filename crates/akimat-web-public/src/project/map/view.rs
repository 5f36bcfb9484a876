//! What part of the earth a map shows: middle and scale, in the Mercator projection of web maps, so that tiles of an
//! operator fit under it.

use akimat_project::Point;
use akimat_storage::{Bounds, Cell, Grid};
use std::f64::consts::PI;

/// Width of the picture in its own units.
pub const WIDTH: f64 = 768.0;
/// Height of the picture.
pub const HEIGHT: f64 = 512.0;
/// Side of a tile of web maps, in the same units.
pub const TILE: f64 = 256.0;
/// Side of a cell in which projects are counted together.
const CELL: f64 = 64.0;
/// Scales: 3 shows a country, 17 a street.
pub const ZOOM_MIN: u8 = 3;
/// See [`ZOOM_MIN`].
pub const ZOOM_MAX: u8 = 17;
/// Where nothing is known, the map shows the middle of Kazakhstan.
const NOWHERE: Point = Point { lat_e6: 48_000_000, lon_e6: 67_500_000 };
/// Latitudes end where the projection becomes a square.
const LAT_MAX: f64 = 85.05;

/// Middle and scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The middle.
    pub middle: Point,
    /// The scale: each step is twice as near.
    pub zoom: u8,
}

impl View {
    /// A view within what is possible.
    pub fn new(middle: Point, zoom: u8) -> Self {
        let most = 85_000_000;
        let middle = Point { lat_e6: middle.lat_e6.clamp(-most, most), lon_e6: middle.lon_e6 };
        Self { middle, zoom: zoom.clamp(ZOOM_MIN, ZOOM_MAX) }
    }

    /// The nearest view of all of a rectangle.
    pub fn around(bounds: Option<Bounds>) -> Self {
        let Some(bounds) = bounds else { return Self::new(NOWHERE, 4) };
        let low = Point { lat_e6: bounds.south_e6, lon_e6: bounds.west_e6 };
        let high = Point { lat_e6: bounds.north_e6, lon_e6: bounds.east_e6 };
        let mut zoom = 15;
        while zoom > ZOOM_MIN {
            let ((x0, y0), (x1, y1)) = (project(low, zoom), project(high, zoom));
            if (x1 - x0).abs() < WIDTH * 0.85 && (y1 - y0).abs() < HEIGHT * 0.85 {
                break;
            }
            zoom -= 1;
        }
        let ((x0, y0), (x1, y1)) = (project(low, zoom), project(high, zoom));
        Self::new(unproject((f64::midpoint(x0, x1), f64::midpoint(y0, y1)), zoom), zoom)
    }

    /// Where the upper left corner is.
    pub fn corner(&self) -> (f64, f64) {
        let (x, y) = project(self.middle, self.zoom);
        (x - WIDTH / 2.0, y - HEIGHT / 2.0)
    }

    /// Where a point is in the picture.
    pub fn place(&self, point: Point) -> (f64, f64) {
        let ((left, top), (x, y)) = (self.corner(), project(point, self.zoom));
        (x - left, y - top)
    }

    /// The rectangle of the earth that is shown.
    pub fn bounds(&self) -> Bounds {
        let (left, top) = self.corner();
        let low = unproject((left, top + HEIGHT), self.zoom);
        let high = unproject((left + WIDTH, top), self.zoom);
        Bounds { south_e6: low.lat_e6, west_e6: low.lon_e6, north_e6: high.lat_e6, east_e6: high.lon_e6 }
    }

    /// [`View::bounds`] as an address has it.
    pub fn bounds_text(&self) -> String {
        text_of(&self.bounds())
    }

    /// The grid over what is shown. Its lines stand where they stood when the map moves, so that a crowd keeps its
    /// members.
    pub fn grid(&self) -> Grid {
        let bounds = self.bounds();
        let width_e6 = e6(360.0 * CELL / world(self.zoom)).max(1);
        let latitude = (f64::from(self.middle.lat_e6) / 1e6).round().to_radians().cos().max(0.05);
        let height_e6 = e6(360.0 * CELL / world(self.zoom) * latitude).max(1);
        let down = |side: i32, step: i32| side.div_euclid(step).saturating_mul(step);
        Grid {
            bounds: Bounds {
                south_e6: down(bounds.south_e6, height_e6).max(-90_000_000),
                west_e6: down(bounds.west_e6, width_e6).max(-180_000_000),
                ..bounds
            },
            height_e6: height_e6.unsigned_abs(),
            width_e6: width_e6.unsigned_abs(),
        }
    }

    /// The rectangle of a cell of the grid, as an address has it.
    pub fn cell_bounds_text(&self, cell: &Cell) -> String {
        let grid = self.grid();
        let side = |start: i32, step: u32, n: u32| {
            i32::try_from(i64::from(start) + i64::from(step) * i64::from(n)).unwrap_or(i32::MAX)
        };
        let bounds = Bounds {
            south_e6: side(grid.bounds.south_e6, grid.height_e6, cell.row),
            west_e6: side(grid.bounds.west_e6, grid.width_e6, cell.column),
            north_e6: side(grid.bounds.south_e6, grid.height_e6, cell.row + 1),
            east_e6: side(grid.bounds.west_e6, grid.width_e6, cell.column + 1),
        };
        text_of(&bounds)
    }

    /// Borders lower and narrower than this are not drawn: a tenth of the picture.
    pub fn span_min_e6(&self) -> u32 {
        e6(360.0 * WIDTH / world(self.zoom) / 16.0).unsigned_abs()
    }

    /// A quarter of the width on the ground, rounded, in metres: for "what happens around here".
    pub fn radius_m(&self) -> u32 {
        let metres = metres_per_unit(self) * WIDTH / 4.0;
        let steps = [100_u32, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000];
        steps.into_iter().rev().find(|step| f64::from(*step) <= metres).unwrap_or(100)
    }

    /// The views beside this one: name, sign, view.
    pub fn moves(&self) -> Vec<(&'static str, &'static str, Self)> {
        let (x, y) = project(self.middle, self.zoom);
        let moved = |dx: f64, dy: f64| {
            Self::new(unproject((x + dx * WIDTH / 2.0, y + dy * HEIGHT / 2.0), self.zoom), self.zoom)
        };
        let mut moves = vec![
            ("west", "←", moved(-1.0, 0.0)),
            ("north", "↑", moved(0.0, -1.0)),
            ("south", "↓", moved(0.0, 1.0)),
            ("east", "→", moved(1.0, 0.0)),
        ];
        if self.zoom < ZOOM_MAX {
            moves.push(("in", "+", Self::new(self.middle, self.zoom + 1)));
        }
        if self.zoom > ZOOM_MIN {
            moves.push(("out", "−", Self::new(self.middle, self.zoom - 1)));
        }
        moves
    }

    /// Two steps nearer to a point; `None` where the map is as near as it goes.
    pub fn nearer(&self, middle: Point) -> Option<Self> {
        (self.zoom < ZOOM_MAX).then(|| Self::new(middle, self.zoom.saturating_add(2)))
    }

    /// A round distance and its length in the picture, for the scale.
    pub fn scale(&self) -> (u32, f64) {
        let per_unit = metres_per_unit(self);
        let steps = [
            50_u32, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
            1_000_000,
        ];
        let metres = steps.into_iter().rev().find(|step| f64::from(*step) / per_unit <= 150.0).unwrap_or(50);
        (metres, f64::from(metres) / per_unit)
    }
}

/// Metres of ground in a unit of the picture at its middle. The equator is 40,075,017 m long.
fn metres_per_unit(view: &View) -> f64 {
    40_075_017.0 * (f64::from(view.middle.lat_e6) / 1e6).to_radians().cos() / world(view.zoom)
}

/// Side of the whole earth in units of the picture.
pub fn world(zoom: u8) -> f64 {
    TILE * f64::from(1_u32 << u32::from(zoom.min(24)))
}

/// Where a point is on the whole earth.
pub fn project(point: Point, zoom: u8) -> (f64, f64) {
    let lat = (f64::from(point.lat_e6) / 1e6).clamp(-LAT_MAX, LAT_MAX).to_radians();
    let x = (f64::from(point.lon_e6) / 1e6 + 180.0) / 360.0;
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / PI) / 2.0;
    (x * world(zoom), y * world(zoom))
}

/// Which point is there on the whole earth.
pub fn unproject((x, y): (f64, f64), zoom: u8) -> Point {
    let lon = (x / world(zoom) * 360.0 - 180.0).clamp(-180.0, 180.0);
    let n = PI * (1.0 - 2.0 * y / world(zoom));
    let lat = n.sinh().atan().to_degrees().clamp(-LAT_MAX, LAT_MAX);
    Point { lat_e6: e6(lat), lon_e6: e6(lon) }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 360 degrees")]
fn e6(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn text_of(bounds: &Bounds) -> String {
    let low = Point { lat_e6: bounds.south_e6, lon_e6: bounds.west_e6 };
    let high = Point { lat_e6: bounds.north_e6, lon_e6: bounds.east_e6 };
    let text = akimat_app::project_query::point_text;
    format!("{},{}", text(low), text(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At zoom 10 there are 1,024 tiles a side; (1 - ln(tan φ + sec φ) / π) / 2 of Almaty's φ is 0.3665, so that it lies
    /// in tile 730/375.
    #[test]
    fn points_lie_where_web_maps_have_them() {
        let almaty = Point { lat_e6: 43_238_949, lon_e6: 76_889_709 };
        let (x, y) = project(almaty, 10);
        assert_eq!(((x / TILE).floor(), (y / TILE).floor()), (730.0, 375.0));
        let back = unproject((x, y), 10);
        assert!((back.lat_e6 - almaty.lat_e6).abs() <= 1 && (back.lon_e6 - almaty.lon_e6).abs() <= 1);
    }

    #[test]
    fn a_view_shows_all_it_is_to_show() {
        let bounds =
            Bounds { south_e6: 43_000_000, west_e6: 76_000_000, north_e6: 44_000_000, east_e6: 78_000_000 };
        let view = View::around(Some(bounds));
        let shown = view.bounds();
        assert!(shown.south_e6 < bounds.south_e6 && shown.north_e6 > bounds.north_e6);
        assert!(shown.west_e6 < bounds.west_e6 && shown.east_e6 > bounds.east_e6);
        let alone = Bounds { south_e6: 1, west_e6: 1, north_e6: 1, east_e6: 1 };
        assert_eq!(View::around(Some(alone)).zoom, 15);
        assert_eq!(View::around(None).zoom, 4);
    }

    #[test]
    fn crowds_keep_their_members_when_the_map_moves() {
        let view = View::new(Point { lat_e6: 50_100_000, lon_e6: 70_000_000 }, 9);
        let (_, _, east) = view.moves().into_iter().find(|(name, ..)| *name == "east").unwrap();
        let (here, there) = (view.grid(), east.grid());
        assert_eq!((here.height_e6, here.width_e6), (there.height_e6, there.width_e6));
        let width = i64::from(here.width_e6);
        assert_eq!((i64::from(here.bounds.west_e6) - i64::from(there.bounds.west_e6)) % width, 0);
    }
}
