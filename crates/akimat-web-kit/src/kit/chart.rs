//! Charts drawn on the server: data and finished labels in, markup out. No chart needs a script, and the
//! page puts the same numbers in a table beside it.
//!
//! Labels that must stay legible at 360 px are HTML beside an SVG bar ([`bar`], [`stack`], [`timeline`]);
//! [`line`] and [`fan`] are drawn twice, wide and narrow, and the style sheet shows the one that fits.
//! Coordinates are `f64`: they are pictures of amounts, never the amounts.

pub mod bar;
pub mod chosen;
pub mod columns;
pub mod compare;
pub mod fan;
pub mod frame;
pub mod frequency;
pub mod frontier;
pub mod gantt;
pub mod heat;
pub mod legend;
mod letters;
pub mod line;
pub mod location;
pub mod lorenz;
pub mod multiples;
mod plane;
pub mod sankey;
pub mod scale;
pub mod scatter;
pub mod spark;
pub mod stack;
pub mod strip;
pub mod tile;
pub mod timeline;
pub mod tornado;
pub mod waterfall;
pub mod work;

pub use bar::{Bar, bars};
pub use chosen::{Candidate, Chosen, chosen};
pub use columns::{Columns, columns};
pub use compare::{Group, compare_bars};
pub use fan::{Fan, FanKey, fan};
pub use frequency::{FrequencyRow, frequencies};
pub use frontier::{Frontier, FrontierCurve, FrontierPoint, frontier};
pub use gantt::{Gantt, GanttRow, gantt};
pub use heat::{Heat, HeatCell, HeatScale, heat_map};
pub use line::{Lines, Series, lines};
pub use location::{Point, location_map};
pub use lorenz::{Curve, LorenzKey, lorenz};
pub use multiples::{Multiples, Panel, small_multiples};
pub use sankey::{Flow, Node, sankey};
pub use scatter::{Dot, Scatter, scatter};
pub use stack::{Part, stack};
pub use strip::{StripKey, StripRow, strip};
pub use tile::{Tile, tile_map};
pub use timeline::{Milestone, Timeline, timeline};
pub use tornado::{TornadoRow, tornado};
pub use waterfall::{Step, waterfall};
pub use work::{Arrow, WorkPlan, WorkRow, work_plan};

use super::svg::Writer;

/// What a chart says to somebody who does not see it.
#[derive(Clone, Debug)]
pub struct Words {
    /// Unique on the page; letters, digits and hyphens.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// What can be seen in it, in one or two sentences. May be empty.
    pub description: String,
}

impl Words {
    /// Words of a chart.
    pub fn new(id: impl Into<String>, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), description: description.into() }
    }

    /// Opens `<div class="chart …">` and writes the words that the drawing refers to.
    fn open(&self, writer: &mut Writer, class: &str) {
        writer.open("div", &[("class", &format_args!("chart {class}"))]);
        writer.leaf("span", &[("id", &format_args!("{}-t", self.id)), ("hidden", &"")], &self.title);
        writer.leaf("span", &[("id", &format_args!("{}-d", self.id)), ("hidden", &"")], &self.description);
    }

    /// Value of `aria-labelledby`.
    fn labelled(&self) -> String {
        format!("{}-t {}-d", self.id, self.id)
    }
}
