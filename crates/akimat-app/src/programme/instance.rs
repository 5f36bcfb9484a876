//! The frozen facts as a file that `akimat allocate` reads: anybody can compute the plan again without us.

use super::input::{InputCandidate, ProgrammeInput};
use serde_json::{Map, Value, json};

/// The input in the format `akimat-portfolio/1` (`docs/reference/allocate.md`). Projects are named by their numbers
/// in the register; amounts are in thousand tenge.
pub fn instance(input: &ProgrammeInput) -> Value {
    let keyed = |value: &dyn Fn(usize) -> Value| -> Value {
        let list = input.sources.iter().enumerate();
        Value::Object(list.map(|(at, one)| (one.source.code().to_owned(), value(at))).collect::<Map<_, _>>())
    };
    let key = |at: &usize| input.candidates[*at].key.as_str();
    let exclusive: Vec<Vec<&str>> =
        input.exclusive.iter().map(|group| group.iter().map(key).collect()).collect();
    let precedence: Vec<Value> =
        input.precedence.iter().map(|(before, after, lag)| json!([key(before), key(after), lag])).collect();
    let people: Option<Vec<i64>> =
        input.districts.iter().map(|district| district.people.map(|people| people / 1_000)).collect();
    let mut file = json!({
        "format": "akimat-portfolio/1",
        "years": input.years,
        "discount_1e4": input.discount,
        "sources": input.sources.iter().map(|source| source.source.code()).collect::<Vec<_>>(),
        "budget": keyed(&|at| json!(input.sources[at].budget)),
        "tail_cap": keyed(&|at| json!(input.sources[at].tail)),
        "sectors": input.sectors.iter().map(|part| part.sector.code()).collect::<Vec<_>>(),
        "sector_floor": input.sectors.iter().map(|part| part.floor).collect::<Vec<_>>(),
        "districts": input.districts.iter().map(|part| part.place.to_string()).collect::<Vec<_>>(),
        "district_floor": input.districts.iter().map(|part| part.floor).collect::<Vec<_>>(),
        "starts_cap": input.starts_cap,
        "exclusive": exclusive,
        "precedence": precedence,
        "projects": input.candidates.iter().map(|one| project(input, one)).collect::<Vec<_>>(),
    });
    if let (Some(people), Some(file)) = (people, file.as_object_mut()) {
        file.insert("population_k".to_owned(), json!(people));
    }
    if let (false, Some(file)) = (input.extensions.is_empty(), file.as_object_mut()) {
        file.insert("extensions".to_owned(), json!(input.extensions));
    }
    file
}

fn project(input: &ProgrammeInput, one: &InputCandidate) -> Value {
    let costs = input.sources.iter().zip(&one.cost);
    let cost: Map<String, Value> =
        costs.map(|(source, cost)| (source.source.code().to_owned(), json!(cost))).collect();
    json!({
        "id": one.key,
        "sector": input.sectors.iter().position(|part| part.sector == one.sector),
        "district": one.district,
        "benefit": one.benefit,
        "total": one.total,
        "es": one.earliest,
        "ls": one.latest,
        "cost": cost,
        "mandatory": one.duty.is_some(),
        "barred": one.barred.is_some(),
    })
}
