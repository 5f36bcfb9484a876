//! Shapes of indicators, inequality, peers and figures about territories.

use super::{
    Shapes, array, currency, described, flag, formatted, invented, item, kato, links, nullable, number,
    object, one_of, refer, stage, string, text, whole, year,
};
use akimat_budget::refusal::Refusal;

pub(super) fn shapes() -> Shapes {
    let mut shapes = indicators();
    shapes.extend(inequality());
    shapes.extend(peers());
    let observation = object([
        ("series", string()),
        ("place", described(nullable(kato()), "Null for figures of the whole country.")),
        ("year", year()),
        ("value", described(string(), "An exact decimal, as printed.")),
        ("unit", string()),
        ("invented", invented()),
        ("source", string()),
        ("source_url", string()),
        ("file_name", string()),
        ("sha256", string()),
        ("row", whole()),
        ("imported_at", formatted("date-time")),
    ]);
    let list = object([
        ("truncated", described(flag(), "There are more figures than one answer holds.")),
        ("items", array(refer("Observation"))),
        ("links", links()),
    ]);
    shapes.extend([("Observation", observation), ("ObservationList", list)]);
    shapes
}

fn refusal() -> serde_json::Value {
    described(nullable(one_of(Refusal::CODES)), "Why it is not computed; null when it is.")
}

fn decimal() -> serde_json::Value {
    nullable(string())
}

fn indicators() -> Shapes {
    let refused = object([("code", string()), ("name", text()), ("reason", one_of(Refusal::CODES))]);
    let list = object([
        ("place", kato()),
        ("year", year()),
        ("stage", stage()),
        ("currency", currency()),
        ("invented", invented()),
        ("items", array(refer("Indicator"))),
        ("refused", array(refused)),
        ("links", links()),
    ]);
    vec![("IndicatorList", list)]
}

fn inequality() -> Shapes {
    let region = object([
        ("place", kato()),
        ("n_units", whole()),
        ("adds_between", number()),
        ("adds_within", number()),
    ]);
    let measure = object([
        ("gini", described(decimal(), "Exact, printed with nine decimals.")),
        ("theil", nullable(number())),
        ("theil_between", nullable(number())),
        ("theil_within", nullable(number())),
        ("max_to_min", decimal()),
        ("p90_to_p10", decimal()),
        ("refusal", refusal()),
        ("regions", array(region)),
    ]);
    let unit = object([
        ("place", kato()),
        ("group", described(kato(), "The territory that it is grouped by.")),
        ("population", nullable(whole())),
        ("own_revenue", super::amount_or_null()),
        ("revenue", super::amount_or_null()),
        ("expenditure", super::amount_or_null()),
    ]);
    let whole_answer = object([
        ("year", year()),
        ("level", whole()),
        ("under", nullable(kato())),
        ("stage", stage()),
        ("currency", currency()),
        ("invented", invented()),
        ("n_units", whole()),
        (
            "n_counted",
            described(whole(), "Units of which people, revenue, transfers and expenditure are known."),
        ),
        ("before_transfers", refer("InequalityMeasure")),
        ("after_transfers", refer("InequalityMeasure")),
        ("expenditure", refer("InequalityMeasure")),
        ("equalised", described(decimal(), "Gini before less Gini after transfers.")),
        ("units", array(unit)),
        ("links", links()),
    ]);
    vec![("InequalityMeasure", measure), ("Inequality", whole_answer)]
}

fn peers() -> Shapes {
    let compared = object([
        ("code", string()),
        ("value", decimal()),
        ("refusal", refusal()),
        ("rank", nullable(whole())),
        ("of", nullable(whole())),
        ("percentile", decimal()),
    ]);
    let driver = object([
        ("item", item()),
        ("code", string()),
        ("own", described(decimal(), "Tenge a resident.")),
        ("peers", decimal()),
        ("adds", described(decimal(), "Tenge a resident; the drivers add up to the difference.")),
    ]);
    let study = object([
        ("level", whole()),
        ("stage", stage()),
        ("currency", currency()),
        ("invented", invented()),
        ("population", whole()),
        ("with_density", flag()),
        ("n_candidates", whole()),
        ("peers", array(object([("place", kato()), ("distance", number())]))),
        ("indicators", array(compared)),
        ("own_revenue_drivers", array(driver.clone())),
        ("expenditure_drivers", array(driver)),
    ]);
    let peers = object([
        ("place", kato()),
        ("year", year()),
        ("refusal", refusal()),
        ("study", nullable(refer("PeerStudy"))),
        ("links", links()),
    ]);
    vec![("PeerStudy", study), ("Peers", peers)]
}
