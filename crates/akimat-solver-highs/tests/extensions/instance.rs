//! The shared instances as programmes, and small random ones.

use akimat_allocation::programme::{Draft, Id, Part, Precedence, Project, Source};
use akimat_allocation::solver::Limits;
use serde_json::Value;

pub(crate) fn limits() -> Limits {
    Limits { nodes: u32::MAX, time: None, gap_millionths: 0 }
}

pub(crate) fn shared(name: &str) -> Option<Value> {
    let root = std::env::var("AKIMAT_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(root.join("data/allocation").join(name)) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no {name} in {}", root.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

pub(crate) fn int(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn index(value: &Value) -> usize {
    usize::try_from(int(value)).unwrap()
}

fn year(value: &Value) -> u16 {
    u16::try_from(int(value)).unwrap()
}

fn list(value: &Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(int).collect()
}

fn parts(names: usize, floors: &Value) -> Vec<Part> {
    let floors = list(floors);
    (0..names).map(|part| Part { name: part.to_string(), floor: floors[part], population: None }).collect()
}

/// An instance of the shared data.
pub(crate) fn draft(instance: &Value) -> Draft {
    let names: Vec<&str> =
        instance["sources"].as_array().unwrap().iter().map(|source| source.as_str().unwrap()).collect();
    let source = |name: &&str| Source {
        name: (*name).to_owned(),
        budget: list(&instance["budget"][name]),
        tail: Some(int(&instance["tail_cap"][name])),
    };
    let project = |value: &Value| Project {
        id: Id::Number(int(&value["id"])),
        sector: Some(index(&value["sector"])),
        district: Some(index(&value["district"])),
        benefit: int(&value["benefit"]),
        total: int(&value["total"]),
        earliest: year(&value["es"]),
        latest: year(&value["ls"]),
        cost: names.iter().map(|name| value["cost"].get(*name).map(list).unwrap_or_default()).collect(),
        mandatory: value["mandatory"] == true,
        barred: false,
    };
    let members = |group: &Value| group.as_array().unwrap().iter().map(index).collect();
    let pair =
        |pair: &Value| Precedence { before: index(&pair[0]), after: index(&pair[1]), lag: year(&pair[2]) };
    Draft {
        years: year(&instance["years"]),
        discount: list(&instance["discount_1e4"]),
        sources: names.iter().map(source).collect(),
        sectors: parts(instance["sectors"].as_array().unwrap().len(), &instance["sector_floor"]),
        districts: parts(index(&instance["districts"]), &instance["district_floor"]),
        starts_cap: Some(list(&instance["starts_cap"])),
        projects: instance["projects"].as_array().unwrap().iter().map(project).collect(),
        exclusive: instance["exclusive"].as_array().unwrap().iter().map(members).collect(),
        precedence: instance["precedence"].as_array().unwrap().iter().map(pair).collect(),
        ..Draft::default()
    }
}
