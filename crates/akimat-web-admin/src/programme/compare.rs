//! Two or three scenarios side by side: plans, money, sectors, territories, who enters and leaves with the
//! reason, points and bounds.

use super::{list_path, path_of, plate_of};
use akimat_app::programme::compare::compare as beside;
use akimat_app::programme::{ProgrammeComparison, ProgrammeView};
use akimat_core::{KatoCode, ProjectId};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_project::{MoneySource, Sector};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::figure::{self, Figure, Value};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::chart::scale::Steps;
use akimat_web_kit::kit::chart::{Group, Tile, Words, compare_bars, tile, tile_map};
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::plan::changes::{told, why, year};
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::view::plan::{exact_points, points, signed_points};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Scenarios side by side: more do not fit a table on a phone.
const SCENARIOS_MAX: usize = 3;

#[derive(Template)]
#[template(path = "admin/programme/compare.html")]
struct ComparePage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    enough: bool,
    heads: Vec<(String, String, String)>,
    missing: Vec<String>,
    main: Vec<(String, Vec<String>)>,
    figures: Vec<Figure>,
    maps: Vec<(String, Markup)>,
    starts: Figure,
    pairs: Vec<Pair>,
}

/// The first scenario beside another one.
struct Pair {
    title: String,
    lead: String,
    causes: Vec<String>,
}

/// One scenario with its plan.
struct Side {
    view: ProgrammeView,
    loaded: Loaded,
    compared: Option<ProgrammeComparison>,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when one of the scenarios is not there.
pub async fn compare(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let ids: BTreeSet<&str> =
        asked.all("ids").flat_map(|ids| ids.split(',')).filter(|id| !id.is_empty()).collect();
    let order: Vec<&str> =
        asked.all("ids").flat_map(|ids| ids.split(',')).filter(|id| !id.is_empty()).collect();
    let mut sides: Vec<Side> = Vec::new();
    let mut missing = Vec::new();
    let mut place: Option<KatoCode> = visitor.actor().and_then(|account| account.place);
    for id in order.into_iter().filter(|id| ids.contains(id)).take(SCENARIOS_MAX) {
        let id: Uuid = frame::id(id)?;
        if sides.iter().any(|side| side.view.head.id == id) {
            continue;
        }
        let view = state.app.programme(visitor.actor(), id).await?;
        place = Some(view.head.place);
        let loaded = match &view.record {
            Some(record) => Some(Loaded::decided(&state, locale, record).await?),
            None => Loaded::computed(&state, locale, &view).await?,
        };
        match loaded {
            Some(loaded) => {
                let first = sides.first().map(|side| (&side.loaded.input, &side.loaded.plan));
                let compared = first.map(|first| beside(first, (&loaded.input, &loaded.plan)));
                sides.push(Side { view, loaded, compared });
            }
            None => {
                missing.push(locale.f("plan-compare-no-plan", &[("title", view.head.title.as_str().into())]));
            }
        }
    }
    let plate = match place {
        Some(place) => Some(plate_of(&state, &visitor, place).await?),
        None => None,
    };
    let table = Table { locale, sides: &sides };
    let enough = sides.len() > 1;
    let mut figures =
        if enough { vec![table.money(), table.sectors(), table.districts()] } else { Vec::new() };
    figures.retain(|figure| !figure.rows.is_empty());
    let figures: Vec<Figure> = figures.into_iter().map(|figure| figure.files(&visitor)).collect();
    let starts = table.starts().files(&visitor);
    let mut known: Vec<&Figure> = figures.iter().collect();
    known.push(&starts);
    if let Some(file) = figure::asked(&visitor, "programmes", &known).await {
        return file;
    }
    let invented = sides.iter().any(|side| side.view.head.invented)
        || plate.as_ref().is_some_and(|plate| plate.place.invented);
    frame::render(&ComparePage {
        page: frame::page(&visitor, locale.t("plan-compare-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(invented),
        list_path: place.map_or_else(|| "/admin/programmes".to_owned(), list_path),
        place: plate.map_or_else(
            || PlaceLink { name: String::new(), path: String::new() },
            |plate| PlaceLink { name: plate.name, path: plate.path },
        ),
        enough,
        heads: table.heads(),
        missing,
        main: table.main(),
        maps: table.maps(&visitor),
        pairs: table.pairs(),
        starts,
        figures,
    })
}

struct Table<'a> {
    locale: &'static Locale,
    sides: &'a [Side],
}

impl Table<'_> {
    fn word(&self, key: &str) -> String {
        self.locale.t(key).into_owned()
    }

    fn titles(&self) -> Vec<String> {
        self.sides.iter().map(|side| side.view.head.title.clone()).collect()
    }

    /// Address, name and short name of each scenario.
    fn heads(&self) -> Vec<(String, String, String)> {
        let head = |(side, short): (&Side, String)| {
            (path_of(side.view.head.id), side.view.head.title.clone(), short)
        };
        self.sides.iter().zip(self.shorts()).map(head).collect()
    }

    /// Names by number: what scenarios are called would leave charts and narrow columns no room.
    fn shorts(&self) -> Vec<String> {
        let short = |n: usize| self.locale.f("plan-compare-nth", &[("n", n.to_string().into())]);
        (1..=self.sides.len()).map(short).collect()
    }

    fn cells(&self, key: &str, of: &dyn Fn(&Side) -> String) -> (String, Vec<String>) {
        (self.word(key), self.sides.iter().map(of).collect())
    }

    fn main(&self) -> Vec<(String, Vec<String>)> {
        let locale = self.locale;
        let first = self.sides.first().map_or(0, |side| side.loaded.plan.allocation.objective);
        vec![
            self.cells("plan-axis-value", &|side| points(locale, side.loaded.plan.allocation.objective)),
            self.cells("plan-compare-change", &|side| {
                signed_points(locale, side.loaded.plan.allocation.objective - first)
            }),
            self.cells("plan-frontier-bound", &|side| points(locale, side.loaded.plan.allocation.bound)),
            self.cells("plan-record-proven", &|side| {
                self.word(if side.loaded.plan.allocation.is_optimal() { "yes" } else { "no" })
            }),
            self.cells("plan-in", &|side| locale.count(side.loaded.view(locale).n_started() as u64)),
            self.cells("plan-stat-money", &|side| {
                let years = side.loaded.plan.money.iter().flat_map(|used| used.years.iter());
                side.loaded.view(locale).short(years.fold(0_i64, |sum, amount| sum.saturating_add(*amount)))
            }),
            self.cells("plan-stat-later", &|side| {
                let tails = side.loaded.plan.money.iter().map(|used| used.tail);
                side.loaded.view(locale).short(tails.fold(0_i64, i64::saturating_add))
            }),
        ]
    }

    /// Bars of all scenarios by what they measure, with the table.
    fn figure<K: Ord + Clone>(
        &self,
        (id, title, caption): (&str, &str, &str),
        of: &dyn Fn(&Side) -> BTreeMap<K, i64>,
        name: &dyn Fn(&K) -> String,
    ) -> Figure {
        let maps: Vec<BTreeMap<K, i64>> = self.sides.iter().map(of).collect();
        let mut keys: Vec<K> = maps.iter().flat_map(|map| map.keys().cloned()).collect();
        keys.sort();
        keys.dedup();
        keys.retain(|key| maps.iter().any(|map| map.get(key).is_some_and(|amount| *amount != 0)));
        let groups: Vec<Group> = keys
            .iter()
            .map(|key| {
                let values = self.sides.iter().zip(&maps).map(|(side, map)| {
                    let view = side.loaded.view(self.locale);
                    let amount = map.get(key).copied().unwrap_or(0);
                    (Some(view.millions(amount)), view.short(amount))
                });
                Group::new(name(key), values.collect())
            })
            .collect();
        let rows = keys
            .iter()
            .map(|key| {
                let mut row = vec![Value::text(name(key))];
                row.extend(self.sides.iter().zip(&maps).map(|(side, map)| {
                    let view = side.loaded.view(self.locale);
                    let amount = map.get(key).copied().unwrap_or(0);
                    Value::number(view.amount(amount), view.plain(amount))
                }));
                row
            })
            .collect();
        let mut columns = vec![Column::text(self.word("plan-compare-part"))];
        columns.extend(self.titles().into_iter().map(Column::number));
        let words = Words::new(id, self.locale.t(title), self.locale.t("plan-compare-help"));
        let chart = compare_bars(&words, &self.shorts(), &groups);
        Figure::new(id, self.word(title), chart).table(self.word(caption), columns, rows)
    }

    fn money(&self) -> Figure {
        // The years after the last stand at the end.
        type Key = (MoneySource, i32);
        let of = |side: &Side| -> BTreeMap<Key, i64> {
            let input = &side.loaded.input;
            let mut map = BTreeMap::new();
            for (source, used) in input.sources.iter().zip(&side.loaded.plan.money) {
                for (year, spent) in (1_u16..).zip(&used.years) {
                    map.insert((source.source, i32::from(input.calendar(year))), *spent);
                }
                map.insert((source.source, i32::MAX), used.tail);
            }
            map
        };
        let name = |(source, year): &Key| {
            let source = self.locale.name("money-source", source.code()).into_owned();
            match *year {
                i32::MAX => self.locale.f("plan-source-later", &[("source", source.into())]),
                year => self
                    .locale
                    .f("plan-source-year", &[("source", source.into()), ("year", year.to_string().into())]),
            }
        };
        self.figure(("money", "plan-compare-money", "plan-compare-money-caption"), &of, &name)
    }

    fn sectors(&self) -> Figure {
        let of = |side: &Side| -> BTreeMap<Sector, i64> {
            let sectors = side.loaded.input.sectors.iter().map(|one| one.sector);
            sectors.zip(side.loaded.plan.sectors.iter().copied()).collect()
        };
        let name = |sector: &Sector| self.locale.name("sector", sector.code()).into_owned();
        self.figure(("sectors", "plan-sectors", "plan-compare-invested-caption"), &of, &name)
    }

    fn invested(side: &Side) -> BTreeMap<KatoCode, i64> {
        let places = side.loaded.input.districts.iter().map(|one| one.place);
        places.zip(side.loaded.plan.districts.iter().copied()).collect()
    }

    fn district(&self, place: KatoCode) -> String {
        let all = self.sides.iter().flat_map(|side| side.loaded.input.districts.iter());
        let found = all.into_iter().find(|one| one.place == place);
        found.map_or_else(|| place.to_string(), |one| one.name.get(self.locale.lang()).to_owned())
    }

    fn districts(&self) -> Figure {
        let name = |place: &KatoCode| self.district(*place);
        let words = ("districts", "plan-districts", "plan-compare-invested-caption");
        self.figure(words, &Self::invested, &name)
    }

    /// A tile map a scenario, where the territories have places on it.
    fn maps(&self, visitor: &Visitor) -> Vec<(String, Markup)> {
        let all: Vec<BTreeMap<KatoCode, i64>> = self.sides.iter().map(Self::invested).collect();
        let placed = |place: &KatoCode| tile::place(&place.to_string()).is_some();
        if !all.iter().flat_map(BTreeMap::keys).any(placed) {
            return Vec::new();
        }
        let millions = |side: &Side, amount: i64| side.loaded.view(self.locale).millions(amount);
        let values =
            self.sides.iter().zip(&all).flat_map(|(side, map)| map.values().map(move |v| (side, *v)));
        let steps = Steps::quintiles(values.map(|(side, value)| millions(side, value)));
        let number = |value: f64| self.locale.decimal(&format!("{value:.0}"));
        let mut classes = Vec::new();
        for index in 0..=steps.borders.len() {
            let from = index.checked_sub(1).and_then(|at| steps.borders.get(at)).map(|value| number(*value));
            let to = steps.borders.get(index).map(|value| number(*value));
            classes.push(format!("{}–{}", from.unwrap_or_default(), to.unwrap_or_default()));
        }
        let map = |(at, (side, map)): (usize, (&Side, &BTreeMap<KatoCode, i64>))| {
            let tiles: Vec<Tile> = map
                .iter()
                .map(|(place, amount)| {
                    let name = self.district(*place);
                    Tile {
                        code: place.to_string(),
                        short: name.chars().take(4).collect(),
                        value: number(millions(side, *amount)),
                        step: Some(steps.of(millions(side, *amount))),
                        href: visitor.to(&frame::place_path(*place)),
                        name,
                    }
                })
                .collect();
            let words = Words::new(
                format!("map-{at}"),
                side.view.head.title.clone(),
                self.locale.t("plan-parts-help"),
            );
            let chart = tile_map(&words, &tiles, &classes, &self.locale.t("no-data"));
            (side.view.head.title.clone(), chart)
        };
        self.sides.iter().zip(&all).enumerate().map(map).collect()
    }

    /// Every project that does not start alike everywhere: its start in each scenario, and why it differs.
    fn starts(&self) -> Figure {
        let mut rows: BTreeMap<(String, ProjectId), Vec<Value>> = BTreeMap::new();
        for side in self.sides {
            for moved in side.compared.iter().flat_map(|compared| &compared.moved) {
                rows.entry((moved.number.clone(), moved.project)).or_insert_with(|| {
                    let mut row = vec![Value::text(moved.title.get(self.locale.lang()))];
                    row.extend(self.sides.iter().map(|side| {
                        let at = side.loaded.input.find(moved.project);
                        let start = at.and_then(|at| side.loaded.plan.allocation.plan.starts[at]);
                        Value::text(year(self.locale, start.map(|start| side.loaded.input.calendar(start))))
                    }));
                    row.push(Value::text(why(moved, &side.loaded.teller(self.locale))));
                    row
                });
            }
        }
        let mut columns = vec![Column::text(self.word("plan-project"))];
        columns.extend(self.titles().into_iter().map(Column::text));
        columns.push(Column::text(self.word("plan-why")));
        Figure::new("starts", self.word("plan-changes"), Markup::default()).table(
            self.word("plan-changes-caption"),
            columns,
            rows.into_values().collect(),
        )
    }

    fn pairs(&self) -> Vec<Pair> {
        let Some(first) = self.sides.first() else { return Vec::new() };
        let pair = |side: &Side| {
            let compared = side.compared.as_ref()?;
            let teller = side.loaded.teller(self.locale);
            let (before, after) = compared.objective;
            let args = [
                ("before", points(self.locale, before).into()),
                ("after", points(self.locale, after).into()),
                ("change", self.locale.decimal(&exact_points(after - before)).into()),
            ];
            let names = [
                ("first", first.view.head.title.as_str().into()),
                ("second", side.view.head.title.as_str().into()),
            ];
            Some(Pair {
                title: self.locale.f("plan-compare-pair", &names),
                lead: self.locale.f("plan-changes-lead", &args),
                causes: compared.causes.iter().map(|cause| told(cause, &teller)).collect(),
            })
        };
        self.sides.iter().filter_map(pair).collect()
    }
}
