//! Instances of the shared data as programmes: a plain reader for tests; the real one is in akimat-interop.

use akimat_allocation::programme::{Draft, Id, Part, Precedence, Programme, Project, Source};
use serde_json::Value;

/// A file of the shared data on allocation; `None` when they are not there.
pub(crate) fn shared(name: &str) -> Option<Value> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation").join(name)) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no shared data in {}", root.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn index(value: &Value) -> usize {
    usize::try_from(number(value)).unwrap()
}

fn year(value: &Value) -> u16 {
    u16::try_from(number(value)).unwrap()
}

fn list<T>(value: &Value, item: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().unwrap().iter().map(item).collect()
}

/// The programme of an instance.
pub(crate) fn programme(instance: &Value) -> Programme {
    let names: Vec<String> = list(&instance["sources"], |name| name.as_str().unwrap().to_owned());
    let sources = names.iter().map(|name| Source {
        name: name.clone(),
        budget: numbers(&instance["budget"][name]),
        tail: Some(number(&instance["tail_cap"][name])),
    });
    let parts = |floors: &Value| -> Vec<Part> {
        let parts = numbers(floors).into_iter().enumerate();
        parts.map(|(at, floor)| Part { name: at.to_string(), floor, population: None }).collect()
    };
    let projects = list(&instance["projects"], |project| {
        let cost = |name: &String| project["cost"].get(name).map(numbers).unwrap_or_default();
        Project {
            id: Id::Number(number(&project["id"])),
            sector: Some(index(&project["sector"])),
            district: Some(index(&project["district"])),
            benefit: number(&project["benefit"]),
            total: number(&project["total"]),
            earliest: year(&project["es"]),
            latest: year(&project["ls"]),
            cost: names.iter().map(cost).collect(),
            mandatory: project["mandatory"].as_bool().unwrap(),
            barred: false,
        }
    });
    let draft = Draft {
        years: year(&instance["years"]),
        discount: numbers(&instance["discount_1e4"]),
        sources: sources.collect(),
        sectors: parts(&instance["sector_floor"]),
        districts: parts(&instance["district_floor"]),
        starts_cap: Some(numbers(&instance["starts_cap"])),
        projects,
        exclusive: list(&instance["exclusive"], |group| list(group, index)),
        precedence: list(&instance["precedence"], |pair| Precedence {
            before: index(&pair[0]),
            after: index(&pair[1]),
            lag: year(&pair[2]),
        }),
        ..Draft::default()
    };
    draft.check().unwrap()
}
