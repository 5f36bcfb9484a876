//! From a request to the fields of the form, and from the field of a fault to the field of the form.

use super::read::calendar;
use akimat_app::programme::{InputCandidate, ProgrammeRequest, factors};
use akimat_core::{Money, MoneyUnit, ProjectId, Ratio};
use akimat_project::MoneySource;
use akimat_web_kit::kit;
use std::collections::BTreeMap;

/// Thousandths as per cent without needless decimals.
fn percent(permille: i64) -> String {
    let text = format!("{}.{}", permille / 10, permille % 10);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn plain(money: Money) -> String {
    money.to_decimal(MoneyUnit::ThousandTenge, 0)
}

/// The yearly rate in units of 1e-4 that the factors come from, when they come from one.
pub fn rate(discount: &[i64]) -> Option<u32> {
    let years = u16::try_from(discount.len()).ok()?;
    (0..=5_000).step_by(10).find(|rate| factors(*rate, years) == discount)
}

/// The form with what a scenario asks.
pub fn filled(
    title: &str,
    first_year: i16,
    request: &ProgrammeRequest,
    candidates: &[InputCandidate],
) -> kit::Form {
    let mut fields: Vec<(String, String)> = vec![
        ("title".to_owned(), title.to_owned()),
        ("first_year".to_owned(), first_year.to_string()),
        ("years".to_owned(), request.discount.len().to_string()),
        ("delay_max".to_owned(), request.delay_max.to_string()),
        ("seconds".to_owned(), request.seconds.unwrap_or(120).to_string()),
        ("gap".to_owned(), gap(request.gap_millionths)),
    ];
    let mut put = |name: String, value: String| fields.push((name, value));
    if request.running {
        put("running".to_owned(), "yes".to_owned());
    }
    let years = || calendar(first_year, u16::try_from(request.discount.len()).unwrap_or(0));
    for ask in &request.sources {
        let code = ask.source.code();
        for (year, amount) in years().zip(&ask.budget) {
            put(format!("budget-{code}-{year}"), plain(*amount));
        }
        if let Some(tail) = ask.tail {
            put(format!("tail-{code}"), plain(tail));
        }
    }
    for (year, cap) in years().zip(&request.starts_cap) {
        put(format!("starts-{year}"), cap.to_string());
    }
    for (sector, floor) in &request.sector_floors {
        put(format!("sector-{}", sector.code()), plain(*floor));
    }
    for (district, floor) in &request.district_floors {
        put(format!("district-{district}"), plain(*floor));
    }
    if let Some(rate) = rate(&request.discount) {
        put("discount".to_owned(), percent(i64::from(rate) / 10));
    }
    rules(request, candidates, &mut fields);
    kit::Form::from_pairs(fields)
}

fn gap(millionths: u32) -> String {
    let plain = Ratio::new(millionths.into(), 10_000).and_then(|gap| gap.to_decimal(1)).unwrap_or_default();
    plain.strip_suffix(".0").map_or(plain.clone(), str::to_owned)
}

/// Rules that name projects, by their numbers.
fn rules(request: &ProgrammeRequest, candidates: &[InputCandidate], fields: &mut Vec<(String, String)>) {
    let keys: BTreeMap<ProjectId, &str> =
        candidates.iter().map(|candidate| (candidate.project, candidate.key.as_str())).collect();
    let key =
        |project: ProjectId| keys.get(&project).map_or_else(|| project.to_string(), |key| (*key).to_owned());
    let mut put = |name: String, value: String| fields.push((name, value));
    let lines = |lines: Vec<String>| lines.join("\n");
    let groups = request.exclusive.iter();
    let groups = groups.map(|group| group.iter().map(|one| key(*one)).collect::<Vec<_>>().join(", "));
    put("exclusive".to_owned(), lines(groups.collect()));
    let waits = request.precedence.iter();
    let waits = waits.map(|wait| format!("{} > {}, {}", key(wait.before), key(wait.after), wait.lag));
    put("precedence".to_owned(), lines(waits.collect()));
    let windows = request.windows.iter();
    let windows = windows.map(|ask| format!("{}: {}-{}", key(ask.project), ask.earliest, ask.latest));
    put("windows".to_owned(), lines(windows.collect()));
    for carry in &request.extensions.carry_over {
        put(format!("carry-{}", carry.source), percent(carry.permille));
    }
    if let Some(robust) = request.extensions.robust.first() {
        put("robust-projects".to_owned(), robust.projects.to_string());
        put("robust-more".to_owned(), percent(robust.permille));
    }
    if let Some(set) = request.criteria {
        put("criteria".to_owned(), set.to_string());
    }
    if let Some(ask) = request.worst {
        put("worst-percent".to_owned(), ask.percent.to_string());
        put("worst-weight".to_owned(), percent(ask.weight_permille));
    }
    let pairs = request.extensions.synergies.iter();
    let pairs = pairs.map(|pair| format!("{} + {}: {}", pair.first, pair.second, pair.points));
    put("synergies".to_owned(), lines(pairs.collect()));
    if let Some(stability) = &request.extensions.stability {
        put("stability".to_owned(), stability.points_per_change.to_string());
    }
}

/// The field of the form that a fault of the use case belongs to.
pub fn field_of(fault: &str, first_year: i16) -> String {
    let own = || format!("budget-{}-{first_year}", MoneySource::Own.code());
    match fault.split_once('-') {
        Some(("discount", _)) => "discount".to_owned(),
        Some(("window", _)) => "windows".to_owned(),
        Some(("wait", _)) => "precedence".to_owned(),
        Some(("exclusive", _)) => "exclusive".to_owned(),
        Some(("ruling", project)) => format!("drop-{project}"),
        Some(("budget", rest)) if !rest.contains('-') => format!("budget-{rest}-{first_year}"),
        Some(_) => fault.to_owned(),
        None => match fault {
            "sources" => own(),
            "starts" => format!("starts-{first_year}"),
            "discount" => "discount".to_owned(),
            "request" => "title".to_owned(),
            other => other.to_owned(),
        },
    }
}
