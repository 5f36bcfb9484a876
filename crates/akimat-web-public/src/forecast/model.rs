//! `/forecast/model`: how forecasts are made, by which models, and the card of the neural one.

use akimat_core::Frequency;
use akimat_forecast::laboratory::{AUTOMATIC, choices};
use akimat_forecast::neural::{Ensemble, Network, shipped};
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use serde_json::Value as Json;

#[derive(Template)]
#[template(path = "public/forecast/model.html")]
struct ModelPage {
    page: Page,
    models: Vec<[String; 3]>,
    version: String,
    networks: Vec<[String; 5]>,
    card: Vec<CardPart>,
}

/// A heading of the card with what stands below it.
#[derive(Debug, Default, PartialEq, Eq)]
struct CardPart {
    title: String,
    facts: Vec<(String, String)>,
    heads: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
}

/// A cell of a table, or the head of a column of such cells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cell {
    text: String,
    /// It is read from the right.
    number: bool,
}

/// The page.
///
/// # Errors
/// When the template fails.
pub async fn show(visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    frame::render(&ModelPage {
        page: frame::page(&visitor, locale.t("forecast-models-title"), Some(MenuItem::Forecasts))
            .description(locale.t("forecast-models-intro")),
        models: models(locale),
        version: shipped().map_or_else(String::new, |ensemble| ensemble.version.clone()),
        networks: shipped().map_or_else(Vec::new, |ensemble| networks(locale, ensemble)),
        card: card(locale, CARD),
    })
}

/// The card as it is shipped with the weights.
const CARD: &str = akimat_forecast::neural::CARD;

/// The card as headings with facts and tables. What cannot be read is not shown.
fn card(locale: &Locale, text: &str) -> Vec<CardPart> {
    let Ok(Json::Object(fields)) = serde_json::from_str::<Json>(text) else { return Vec::new() };
    let mut top = CardPart::default();
    let mut parts = Vec::new();
    for (key, value) in fields {
        let title = word(locale, &key);
        match value {
            Json::Object(inner) => {
                let facts =
                    inner.iter().map(|(key, value)| (word(locale, key), plain(locale, value))).collect();
                parts.push(CardPart { title, facts, ..CardPart::default() });
            }
            Json::Array(rows) if rows.first().is_some_and(Json::is_object) => {
                parts.push(table(locale, title, &rows));
            }
            Json::String(text) => top.facts.push((title, said(locale, ("forecast-card-said", &key), text))),
            value => top.facts.push((title, plain(locale, &value))),
        }
    }
    [top].into_iter().filter(|top| !top.facts.is_empty()).chain(parts).collect()
}

/// Objects with the same keys as a table.
fn table(locale: &Locale, title: String, rows: &[Json]) -> CardPart {
    let first = rows.first().and_then(Json::as_object);
    let keys: Vec<String> = first.map_or_else(Vec::new, |row| row.keys().cloned().collect());
    let head = |key: &String| Cell {
        text: word(locale, key),
        number: first.and_then(|row| row.get(key)).is_some_and(Json::is_number),
    };
    let cells = |row: &Json| {
        let text = |key: &String| match row.get(key) {
            Some(Json::String(code)) if key == "collection" => {
                said(locale, ("forecast-collection", code), code.clone())
            }
            Some(value) => plain(locale, value),
            None => String::new(),
        };
        let cell = |key: &String| Cell { text: text(key), number: row.get(key).is_some_and(Json::is_number) };
        keys.iter().map(cell).collect()
    };
    CardPart {
        title,
        facts: Vec::new(),
        heads: keys.iter().map(head).collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// The name of a key, where it has one.
fn word(locale: &Locale, key: &str) -> String {
    let plain = key.replace('_', "-");
    if locale.has(&format!("forecast-card-{plain}")) {
        return locale.name("forecast-card", &plain).into_owned();
    }
    key.replace('_', " ")
}

/// The sentence of the catalogue for a code; the text of the card where there is none.
fn said(locale: &Locale, (family, code): (&str, &str), text: String) -> String {
    let code = code.replace('_', "-");
    if locale.has(&format!("{family}-{code}")) { locale.name(family, &code).into_owned() } else { text }
}

fn plain(locale: &Locale, value: &Json) -> String {
    match value {
        // Measures with three decimals.
        Json::Number(number) => match number.as_u64() {
            Some(count) => locale.count(count),
            None => locale.decimal(&format!("{:.3}", number.as_f64().unwrap_or(f64::NAN))),
        },
        Json::Bool(yes) => (if *yes { "✓" } else { "–" }).to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(|value| plain(locale, value)).collect::<Vec<_>>().join(", "),
        Json::Object(fields) => fields
            .iter()
            .map(|(key, value)| format!("{key}: {}", plain(locale, value)))
            .collect::<Vec<_>>()
            .join("; "),
        other => other.to_string(),
    }
}

/// Frequency, values seen, steps ahead, scale and size of every network of this build.
fn networks(locale: &Locale, ensemble: &Ensemble) -> Vec<[String; 5]> {
    let row = |network: &Network| {
        let frequency = match network.shape.season {
            12 => Frequency::Monthly,
            4 => Frequency::Quarterly,
            _ => Frequency::Yearly,
        };
        let scale = if network.shape.log { "forecast-card-log" } else { "forecast-card-level" };
        let count = |n: usize| locale.count(u64::try_from(n).unwrap_or(u64::MAX));
        [
            locale.name("frequency", frequency.code()).into_owned(),
            count(network.shape.lags),
            count(network.shape.horizon),
            locale.t(scale).into_owned(),
            // Each output of a layer has a weight for every input, and a bias.
            count(network.size.layers(&network.shape).iter().map(|(ins, outs)| (ins + 1) * outs).sum()),
        ]
    };
    ensemble.networks.iter().map(row).collect()
}

/// Name, what it does, code of every model that has a description.
fn models(locale: &Locale) -> Vec<[String; 3]> {
    let codes = choices().into_iter().filter(|code| *code != AUTOMATIC);
    codes
        .map(|code| {
            let about = if locale.has(&format!("forecast-about-{code}")) {
                locale.name("forecast-about", code).into_owned()
            } else {
                String::new()
            };
            [locale.name("forecast-model", code).into_owned(), about, code.to_owned()]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Lang;
    use akimat_i18n::catalogue as sentences;

    #[test]
    fn a_card_becomes_facts_and_tables() {
        let locale = sentences().locale(Lang::En);
        let parts = card(
            locale,
            r#"{"licence":"EUPL-1.2","seeds":[1,2],"data":{"m4":"CC"},"scores":[{"set":"m4","owa":0.75}]}"#,
        );
        let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
        assert_eq!(parts.len(), 3, "{titles:?}");
        assert!(parts[0].facts.iter().any(|(_, value)| value == "1, 2"));
        let table = parts.iter().find(|part| !part.rows.is_empty()).unwrap();
        assert!(table.rows[0].contains(&Cell { text: "0.750".to_owned(), number: true }));
        let numbers = |cells: &[Cell]| cells.iter().map(|cell| cell.number).collect::<Vec<_>>();
        assert_eq!(numbers(&table.heads), numbers(&table.rows[0]));
        assert_eq!(card(locale, "not a card"), []);
    }

    #[test]
    fn the_card_of_the_weights_is_told_in_the_language_of_the_page() {
        let Json::Object(fields) = serde_json::from_str::<Json>(CARD).unwrap() else { panic!("no object") };
        let english = sentences().locale(Lang::En);
        for key in ["method", "licence", "held_back"] {
            let told = said(english, ("forecast-card-said", key), String::new());
            assert_eq!(fields[key], told, "the catalogue says what the card says");
        }
        // Sentences, and names of collections.
        let texts = |lang: Lang| -> Vec<String> {
            let parts = card(sentences().locale(lang), CARD);
            let facts = parts.iter().flat_map(|part| &part.facts).map(|(_, fact)| fact.clone());
            let facts = facts.filter(|fact| fact.contains(". ") || fact.ends_with('.'));
            let cells =
                parts.iter().flat_map(|part| part.rows.iter().flatten()).map(|cell| cell.text.clone());
            facts.chain(cells.filter(|cell| cell.contains(", "))).collect()
        };
        let english = texts(Lang::En);
        assert!(english.len() > 20, "{english:?}");
        for lang in [Lang::Kk, Lang::Ru] {
            let told = texts(lang);
            assert_eq!(told.len(), english.len());
            for (told, english) in told.iter().zip(&english) {
                assert_ne!(told, english);
            }
        }
    }
}
