//! Packages of OC4IDS and OCDS: their heads; what is inside is described by the standards.

use super::{Shapes, array, described, formatted, object, string};
use serde_json::{Value, json};

fn package(list: &str, standard: &str) -> Value {
    let element = described(json!({ "type": "object", "additionalProperties": true }), standard);
    let publisher = object([("name", string()), ("uri", string())]);
    object([
        ("uri", string()),
        ("version", string()),
        ("publishedDate", described(formatted("date-time"), "When the newest thing in it last changed.")),
        ("publisher", publisher),
        ("license", string()),
        ("publicationPolicy", string()),
        (list, array(element)),
    ])
}

pub(super) fn shapes() -> Shapes {
    let oc4ids = "A project of https://standard.open-contracting.org/infrastructure/0.9/en/.";
    let ocds = "A release or record of https://standard.open-contracting.org/1.1/en/.";
    vec![
        ("Oc4idsPackage", package("projects", oc4ids)),
        ("OcdsReleasePackage", package("releases", ocds)),
        ("OcdsRecordPackage", package("records", ocds)),
    ]
}
