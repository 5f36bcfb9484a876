//! What a scenario page starts from: territories, years and budgets of the cube.

use akimat_app::scenario::ScenarioBase;
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use std::collections::BTreeMap;

/// A base with the names that a reader sees.
#[derive(Debug)]
pub struct Chosen {
    /// Year.
    pub year: i16,
    /// Below which territory.
    pub under: Option<KatoCode>,
    /// The budgets.
    pub base: ScenarioBase,
    /// Names of the units.
    pub names: BTreeMap<KatoCode, String>,
    /// Units: code and name, in the order of the budgets.
    pub units: Vec<(String, String)>,
    /// Taxes: code and name.
    pub taxes: Vec<(String, String)>,
    /// Territories that can be chosen: code and name.
    pub places: Vec<(String, String)>,
    /// Years that can be chosen.
    pub years: Vec<(String, String)>,
}

impl Chosen {
    /// The levels of the base with their names.
    pub fn levels(&self, locale: &Locale) -> Vec<(String, String)> {
        let name = |level: u8| locale.name("scenario-units-of", &level.to_string()).into_owned();
        self.base.base.levels().into_iter().map(|level| (level.to_string(), name(level))).collect()
    }

    /// Name of a unit.
    pub fn name(&self, code: KatoCode) -> String {
        self.names.get(&code).cloned().unwrap_or_else(|| code.to_string())
    }
}

/// The base of a year (the last one that is whole, when none is asked for) and territory. `None` when the
/// cube is empty.
///
/// # Errors
/// When the database fails.
pub async fn choose(
    state: &WebState,
    locale: &Locale,
    (year, under): (Option<i16>, Option<KatoCode>),
) -> Answer<Option<Chosen>> {
    let read = state.app.read();
    let Some((first, last)) = read.fact_extent().await?.years else { return Ok(None) };
    let units = read.list_fact_units(None, None).await?;
    let mut top: Vec<KatoCode> = Vec::new();
    for unit in &units {
        if unit.level == 2 || unit.level == 3 {
            top.push(unit.place);
        }
    }
    let under = under.or_else(|| {
        // The territory with the most budgets below it; of equals the first.
        let n_below = |place: KatoCode| {
            units.iter().filter(|unit| unit.place != place && place.covers(unit.place)).count()
        };
        units.iter().rev().max_by_key(|unit| n_below(unit.place)).map(|unit| unit.place)
    });
    let year = year.unwrap_or(last).clamp(first, last);
    let base = state.app.scenario_base(under, year).await?;
    let mut codes = top.clone();
    codes.extend(base.base.units.iter().map(|unit| unit.code));
    codes.extend(under);
    let names = place_names(state, locale, codes.iter().copied()).await?;
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for line in read.list_fact_lines().await? {
        lines.insert(line.key.code, line.name.get(locale.lang()).to_owned());
    }
    let named =
        |code: KatoCode| (code.to_string(), names.get(&code).cloned().unwrap_or_else(|| code.to_string()));
    let tax = |code: &str| {
        let name = lines.get(code).map_or("", String::as_str);
        (code.to_owned(), format!("{code} {name}").trim_end().to_owned())
    };
    top.dedup();
    let places: Vec<(String, String)> = top.into_iter().map(named).collect();
    Ok(Some(Chosen {
        year,
        under,
        units: base.base.units.iter().map(|unit| named(unit.code)).collect(),
        taxes: base.base.taxes().into_iter().map(tax).collect(),
        places,
        years: (first..=last).rev().map(|year| (year.to_string(), year.to_string())).collect(),
        names,
        base,
    }))
}
