//! From a filter to conditions.

use super::words::Words;
use akimat_core::KatoCode;
use akimat_project::{Reach, Status};
use akimat_storage::project_map::{Bounds, Circle, padded};
use akimat_storage::row::Arg;
use akimat_storage::row::project::{ABROAD, IN_WORK, OVER, YEAR_BIT_OTHER, year_bit};
use akimat_storage::{ProjectFilter, ProjectSort, StageWord};

/// How the projects of a filter are gone through: it decides which conditions may choose the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// In this order until a page is full.
    Order(ProjectSort),
    /// All of them for their sums, in an index that holds what is asked.
    Sums,
    /// Those that pass, each read whole.
    Rows,
}

/// Up to this height, in millionths of a degree, a part of the map is found by its own index.
const NARROW_E6: i64 = 60_000;

/// Conditions with the values of their marks.
pub(super) struct Query {
    pub(super) conditions: String,
    pub(super) args: Vec<Arg<'static>>,
    walk: Walk,
}

impl Query {
    /// No conditions yet.
    pub(super) fn bare(args: Vec<Arg<'static>>) -> Self {
        Self { conditions: "true".to_owned(), args, walk: Walk::Rows }
    }

    /// `args` are the values of the first marks of the statement; `words` stand for the keys of the filter.
    pub(super) fn page(
        filter: &ProjectFilter,
        (words, shared, sort): (&Words, bool, ProjectSort),
        args: Vec<Arg<'static>>,
    ) -> Self {
        let mut query = Self { walk: Walk::Order(sort), ..Self::bare(args) };
        // The plus keeps SQLite on the index of the order asked for, which holds the territory too.
        query.place("+projects.place", filter, shared);
        query.rest(filter);
        words.restrict(&mut query);
        query
    }

    /// For everything that passes: the second is what to write after `from`.
    pub(super) fn all(
        filter: &ProjectFilter,
        (walk, shared): (Walk, bool),
        args: Vec<Arg<'static>>,
    ) -> (Self, String) {
        let mut query = Self { walk, ..Self::bare(args) };
        let from = super::words::all(&mut query, filter);
        query.place(if shared { "+projects.place" } else { "projects.place" }, filter, shared);
        query.rest(filter);
        (query, from)
    }

    /// `shared`: other territories share projects with the one asked for.
    fn place(&mut self, column: &str, filter: &ProjectFilter, shared: bool) {
        if let Some((first, last)) = filter.place.map(KatoCode::subtree) {
            let (first, last) = (self.mark(first.into()), self.mark(last.into()));
            let own = format!("{column} between {first} and {last}");
            if shared {
                self.and(&format!(
                    "({own} or projects.entry in (select partner.entry from project_ties
                     join projects partner on partner.id = project_ties.project_id
                     where project_ties.place between {first} and {last}))"
                ));
            } else {
                self.and(&own);
            }
        }
    }

    /// Everything but the territory and the words.
    fn rest(&mut self, filter: &ProjectFilter) {
        if !filter.status.is_empty() {
            // Each once: an address may repeat them, and every length is another statement.
            let wanted = Status::ALL.into_iter().filter(|status| filter.status.contains(status));
            let marks: Vec<String> = wanted.map(|status| self.mark(status.code().into())).collect();
            self.and(&format!("+projects.status in ({})", marks.join(", ")));
        }
        let same = [
            ("sector", filter.sector.map(akimat_project::Sector::code)),
            ("kind", filter.kind.map(akimat_project::Kind::code)),
            ("modality", filter.modality.map(akimat_project::Modality::code)),
        ];
        for (column, code) in same {
            if let Some(code) = code {
                let mark = self.mark(code.into());
                self.and(&format!("+projects.{column} = {mark}"));
            }
        }
        if let Some(year) = filter.year {
            self.year(year);
        }
        if let Some(manager) = filter.manager {
            let mark = self.mark(manager.0.into());
            self.and(&format!("projects.manager = {mark}"));
        }
        if let Some(reach) = filter.reach {
            let abroad = if reach == Reach::International { "=" } else { "<>" };
            self.and(&format!(
                "projects.entry in (select partner.entry from project_ties
                 join projects partner on partner.id = project_ties.project_id
                 where project_ties.place {abroad} {ABROAD})"
            ));
        }
        self.more(filter);
    }

    /// At one of the stages of the filter.
    fn stages(&mut self, filter: &ProjectFilter) {
        let any: Vec<String> = filter
            .stages
            .iter()
            .map(|one| {
                let modality = self.mark(one.modality.code().into());
                let status = self.mark(one.status.code().into());
                let word = match &one.word {
                    StageWord::Is(word) => {
                        format!(" and +projects.stage = {}", self.mark(word.clone().into()))
                    }
                    StageWord::Not(words) if words.is_empty() => String::new(),
                    StageWord::Not(words) => {
                        let marks: Vec<String> =
                            words.iter().map(|word| self.mark(word.clone().into())).collect();
                        format!(" and +projects.stage not in ({})", marks.join(", "))
                    }
                };
                format!("(+projects.modality = {modality} and +projects.status = {status}{word})")
            })
            .collect();
        if !any.is_empty() {
            self.and(&format!("({})", any.join(" or ")));
        }
    }

    /// What residents and editors ask for now and then. The plus keeps SQLite on the index of the order.
    fn more(&mut self, filter: &ProjectFilter) {
        self.stages(filter);
        if filter.unmanaged {
            self.and("projects.manager is null");
        }
        if let Some(level) = filter.level {
            let mark = self.mark(level.code().into());
            self.and(&format!("+projects.level = {mark}"));
        }
        if let Some(min) = filter.cost_min {
            let mark = self.mark(min.tiyn().max(0).into());
            self.and(&format!("+projects.cost_key >= {mark}"));
        }
        if let Some(max) = filter.cost_max {
            let mark = self.mark(max.into());
            self.and(&format!("+projects.cost_key between 0 and {mark}"));
        }
        if let Some(day) = filter.late_on {
            let mark = self.mark(day.into());
            self.and(&format!("+projects.ends_key < {mark} and +projects.status not in ({OVER})"));
        }
        if let Some(since) = filter.silent_since {
            let mark = self.mark(since.into());
            self.and(&format!("+projects.status in ({IN_WORK}) and +projects.news_at < {mark}"));
        }
        if let Some(invented) = filter.invented {
            let mark = self.mark(invented.into());
            self.and(&format!("+projects.invented = {mark}"));
        }
        if let Some((first, last)) = filter.ends_between {
            let (first, last) = (self.mark(first.into()), self.mark(last.into()));
            let plus =
                if matches!(self.walk, Walk::Rows | Walk::Order(ProjectSort::Ends)) { "" } else { "+" };
            self.and(&format!("{plus}projects.ends_key between {first} and {last}"));
        }
        if let Some(bounds) = filter.bounds {
            self.bounds(&bounds);
        }
        if let Some(circle) = filter.circle {
            self.circle(&circle);
        }
        if !filter.ids.is_empty() {
            let marks: Vec<String> = padded(&filter.ids).into_iter().map(|id| self.mark(id.into())).collect();
            self.and(&format!("projects.id in ({})", marks.join(", ")));
        }
    }

    /// A narrow part of the map is found by its index; where much passes, the walk goes on as it would.
    fn bounds(&mut self, bounds: &Bounds) {
        let sides = [bounds.south_e6, bounds.north_e6, bounds.west_e6, bounds.east_e6];
        let [south, north, west, east] = sides.map(|side| self.mark(side.into()));
        let narrow = i64::from(bounds.north_e6) - i64::from(bounds.south_e6) <= NARROW_E6;
        let plus = if narrow || self.walk == Walk::Rows { "" } else { "+" };
        self.and(&format!(
            "{plus}projects.lat_e6 between {south} and {north} and {plus}projects.lon_e6 between {west} and {east}"
        ));
    }

    /// First the rectangle, which an index knows, then the distance, in whole numbers as everywhere.
    fn circle(&mut self, circle: &Circle) {
        self.bounds(&circle.bounds());
        let whole = [
            i64::from(circle.middle.lat_e6),
            i64::from(circle.middle.lon_e6),
            circle.narrowing_e4(),
            circle.reach(),
        ];
        let [lat, lon, narrowing, reach] = whole.map(|number| self.mark(number.into()));
        self.and(&format!(
            "(projects.lat_e6 - {lat}) * (projects.lat_e6 - {lat}) * 10000
                 + (projects.lon_e6 - {lon}) * (projects.lon_e6 - {lon}) * {narrowing} <= {reach}"
        ));
    }

    /// The set of years is in every index of the list; only for unusual years the money itself is asked.
    fn year(&mut self, year: i16) {
        let bit = year_bit(year);
        let mark = self.mark(bit.into());
        self.and(&format!("(projects.years & {mark}) <> 0"));
        if bit == YEAR_BIT_OTHER {
            let mark = self.mark(year.into());
            self.and(&format!(
                "exists (select 1 from project_money m where m.project_id = projects.id and m.year = {mark})"
            ));
        }
    }

    /// The mark of one more value.
    pub(super) fn mark(&mut self, value: Arg<'static>) -> String {
        self.args.push(value);
        format!("?{}", self.args.len())
    }

    /// One more condition.
    pub(super) fn and(&mut self, condition: &str) {
        self.conditions.push_str(" and ");
        self.conditions.push_str(condition);
    }
}
