//! A project of OC4IDS to a project of the register.

use super::{Context, ReadProject, party, summary};
use crate::open_contracting::node::{Faults, Node, ReadFault, quote};
use crate::open_contracting::project::{
    BUDGETS, CONTRACTOR, KATO_SCHEME, MILESTONE, NUMBER_SCHEME, PAGE, RESULT, SCHEMES, SPENDING,
    class_prefix, sector, status,
};
use crate::open_contracting::{Brought, FOREIGN_PARTY, release};
use akimat_core::{KatoCode, Lang, Money, ProjectId, Text};
use akimat_procurement::Party;
use akimat_project::{
    Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project,
    Sector, Status,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longest number in the register, in characters.
const NUMBER_CHARS_MAX: usize = 60;
/// Properties that the register has fields for; all others are brought along.
const OWN: [&str; 21] = [
    "id",
    "updated",
    "identifiers",
    "title",
    "description",
    "language",
    "status",
    "sector",
    "additionalClassifications",
    "period",
    "locations",
    "budget",
    "publicAuthority",
    "parties",
    "milestones",
    "forecasts",
    "metrics",
    "benefits",
    "completion",
    "documents",
    "contractingProcesses",
];

/// Reads a project.
pub(super) fn read(node: &Node<'_>, context: &mut Context<'_>, faults: &mut Faults) -> ReadProject {
    let before = faults.0.len();
    let id = node.get("id").text(faults);
    if id.is_empty() {
        faults.add(node.get("id").path, ReadFault::Missing);
    }
    let own = own_id(&id, context.oc4ids_prefix);
    let lang = Lang::parse(&node.get("language").text(faults)).unwrap_or(Lang::Ru);
    let place = place(node, context.place, faults);
    let mut project = blank(own.unwrap_or_else(|| (context.new_id)()), place, context);
    let classes = classes(node, faults);
    words(&mut project, node, lang, faults);
    classified(&mut project, node, &classes, faults);
    project.number = number(node, &id, faults);
    (project.starts_on, project.ends_on) = node.get("period").period(faults);
    project.location = point(node, faults);
    project.money = money(node, faults);
    project.milestones = milestones(node, lang, faults);
    measures(&mut project, node, lang, faults);
    project.beneficiaries = beneficiaries(node, lang, faults);
    let parties: Vec<Party> =
        node.get("parties").items(faults).iter().map(|one| party::party(one, faults)).collect();
    let processes: Vec<_> = node
        .get("contractingProcesses")
        .items(faults)
        .iter()
        .map(|one| summary::read(one, (lang, &parties), faults))
        .collect();
    project.contractor =
        parties.iter().find(|party| party.id.strip_prefix(FOREIGN_PARTY) == Some(CONTRACTOR)).map_or_else(
            || crate::open_contracting::contractor(processes.iter().map(|one| &one.process)).to_owned(),
            |party| party.name.clone(),
        );
    project.partners = partners(&parties, place);
    let completed_on = node.get("completion").object(faults).get("endDate").day(faults);
    let mut brought = brought(node, &project, &processes, faults);
    if own.is_none() {
        brought.id.clone_from(&id);
    }
    if faults.0.len() == before {
        for fault in akimat_project::check::faults(&project) {
            faults.add(node.path.clone(), ReadFault::Project(fault));
        }
    }
    ReadProject { id, project, completed_on, processes, brought }
}

/// Identifiers with our own prefix end in that of the register.
fn own_id(id: &str, prefix: &str) -> Option<ProjectId> {
    id.strip_prefix(prefix)?.strip_prefix('-')?.parse().ok()
}

fn blank(id: ProjectId, place: KatoCode, context: &Context<'_>) -> Project {
    Project {
        id,
        number: String::new(),
        place,
        title: Text::default(),
        summary: Text::default(),
        sector: Sector::Social,
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::Local,
        status: Status::Idea,
        stage: String::new(),
        progress_pct: 0,
        contractor: String::new(),
        starts_on: None,
        ends_on: None,
        location: None,
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: false,
        version: 1,
        created_at: context.at,
        updated_at: context.at,
        news_at: context.at,
        money: Vec::new(),
        milestones: Vec::new(),
        results: Vec::new(),
        beneficiaries: Vec::new(),
        partners: Vec::new(),
        international: false,
    }
}

fn in_lang(words: String, lang: Lang) -> Text {
    let mut text = Text::default();
    *text.exact_mut(lang) = words;
    text
}

fn words(project: &mut Project, node: &Node<'_>, lang: Lang, faults: &mut Faults) {
    project.title = in_lang(node.get("title").text(faults), lang);
    project.summary = in_lang(node.get("description").text(faults), lang);
}

/// The territory of the first location that names one.
fn place(node: &Node<'_>, default: Option<KatoCode>, faults: &mut Faults) -> KatoCode {
    for one in node.get("locations").items(faults) {
        let gazetteer = one.get("gazetteer").object(faults);
        if gazetteer.get("scheme").text(faults) != KATO_SCHEME {
            continue;
        }
        let own = gazetteer.get("identifiers");
        if let Some(code) = own.words(faults).first() {
            return code.parse().unwrap_or_else(|_| {
                faults.add(own.path.clone(), ReadFault::NotAPlace(quote(code)));
                nowhere()
            });
        }
    }
    default.unwrap_or_else(|| {
        faults.add(node.get("locations").path, ReadFault::NotAPlace(String::new()));
        nowhere()
    })
}

/// A code that stands where a fault is told.
fn nowhere() -> KatoCode {
    "710000000".parse().expect("it is the code of a city")
}

/// Our own words by their scheme.
fn classes(node: &Node<'_>, faults: &mut Faults) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for one in node.get("additionalClassifications").items(faults) {
        let scheme = one.get("scheme").text(faults);
        if let Some(at) = SCHEMES.iter().position(|own| *own == scheme) {
            let id = one.get("id").name(faults);
            let code = id.strip_prefix(&class_prefix(at)).unwrap_or(&id);
            found.insert(SCHEMES[at], code.to_owned());
        }
    }
    found
}

fn classified(
    project: &mut Project,
    node: &Node<'_>,
    classes: &BTreeMap<&'static str, String>,
    faults: &mut Faults,
) {
    let word = |scheme: usize| classes.get(SCHEMES[scheme]).map_or("", String::as_str);
    let sectors = node.get("sector").words(faults);
    let standard = |code: &String| {
        let first = code.split('.').next().unwrap_or_default();
        Sector::ALL.iter().copied().find(|own| sector(*own) == first)
    };
    project.sector =
        Sector::parse(word(0)).or_else(|| sectors.iter().find_map(standard)).unwrap_or(Sector::Social);
    project.kind = Kind::parse(word(1)).unwrap_or(Kind::Infrastructure);
    project.modality = Modality::parse(word(2)).unwrap_or(Modality::Budget);
    project.level = Level::parse(word(3)).unwrap_or(Level::Local);
    let own = node.get("status");
    let code = own.text(faults);
    let said = Status::parse(word(4)).filter(|own| code.is_empty() || status(*own) == code);
    project.status = said.unwrap_or_else(|| {
        from_standard(&code).unwrap_or_else(|| {
            faults.add(own.path, ReadFault::Unknown(quote(&code)));
            Status::Idea
        })
    });
    if said.is_some() {
        word(5).clone_into(&mut project.stage);
    }
    project.international = word(6) == akimat_project::Reach::International.code();
    project.invented = !word(7).is_empty();
}

/// Where a project of another publisher stands.
fn from_standard(code: &str) -> Option<Status> {
    Some(match code {
        "" | "identification" => Status::Idea,
        "preparation" => Status::Planned,
        "implementation" => Status::Implementing,
        "completion" => Status::Completed,
        "maintenance" => Status::Operating,
        "decommissioning" | "decommissioned" | "cancelled" => Status::Terminated,
        _ => return None,
    })
}

fn number(node: &Node<'_>, id: &str, faults: &mut Faults) -> String {
    let all: Vec<(String, String)> = node
        .get("identifiers")
        .items(faults)
        .iter()
        .map(|one| (one.get("scheme").text(faults), one.get("id").name(faults)))
        .collect();
    let own = all.iter().find(|(scheme, _)| scheme == NUMBER_SCHEME).or(all.first());
    let number = own.map_or(id, |(_, number)| number.as_str());
    number.chars().take(NUMBER_CHARS_MAX).collect()
}

fn point(node: &Node<'_>, faults: &mut Faults) -> Option<Point> {
    for one in node.get("locations").items(faults) {
        let geometry = one.get("geometry").object(faults);
        if geometry.get("type").text(faults) != "Point" {
            continue;
        }
        let own = geometry.get("coordinates");
        let both: Vec<Option<i32>> = own.items(faults).iter().map(|one| millionths(one.value)).collect();
        match both.as_slice() {
            [Some(lon_e6), Some(lat_e6), ..] => return Some(Point { lat_e6: *lat_e6, lon_e6: *lon_e6 }),
            _ => faults.add(own.path, ReadFault::WrongType("number")),
        }
    }
    None
}

/// Degrees as written to millionths: exact, whatever a binary number would make of them.
fn millionths(value: &Value) -> Option<i32> {
    let text = value.as_number()?.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits: String = part.chars().chain("000000".chars()).take(6).collect();
    format!("{whole}{digits}").parse().ok()
}

fn source_of(words: &str) -> (MoneySource, String) {
    let mut parts = words.split(' ');
    let source = parts.next().and_then(MoneySource::parse);
    (
        source.unwrap_or(MoneySource::Own),
        parts.next().filter(|_| source.is_some()).unwrap_or_default().to_owned(),
    )
}

/// Lines by year, source and programme, in the order in which they are first told.
#[derive(Default)]
struct Lines(Vec<MoneyLine>);

impl Lines {
    fn line(&mut self, year: i16, (source, programme): (MoneySource, String)) -> &mut MoneyLine {
        let same =
            |line: &MoneyLine| line.year == year && line.source == source && line.programme == programme;
        let at = self.0.iter().position(same).unwrap_or_else(|| {
            self.0.push(MoneyLine { programme: programme.clone(), ..MoneyLine::new(year, source) });
            self.0.len() - 1
        });
        &mut self.0[at]
    }
}

fn added(into: &mut Option<Money>, amount: Money) {
    *into = Some(into.and_then(|before| before.checked_add(amount)).unwrap_or(amount));
}

/// The number at the end of `paid-3`, by which lines of money come in their order.
fn position(id: &str) -> usize {
    id.rsplit('-').next().and_then(|last| last.parse().ok()).unwrap_or(usize::MAX)
}

fn money(node: &Node<'_>, faults: &mut Faults) -> Vec<MoneyLine> {
    let budget = node.get("budget").object(faults);
    let total = budget.get("amount").tenge(faults);
    let mut found: Vec<(usize, usize, i16, String, Money)> = Vec::new();
    for group in budget.get("budgetBreakdowns").items(faults) {
        let name = group.get("id").name(faults);
        let kind = BUDGETS.iter().position(|(own, _)| *own == name).unwrap_or(0);
        for one in group.get("budgetBreakdown").items(faults) {
            let words = one.get("description").text(faults);
            if let Some((year, amount)) = dated(&one, "amount", faults) {
                found.push((position(&one.get("id").name(faults)), kind, year, words, amount));
            }
        }
    }
    for metric in node.get("metrics").items(faults) {
        if metric.get("id").name(faults) != "financialProgress" {
            continue;
        }
        for one in metric.get("observations").items(faults) {
            let notes = one.get("notes").text(faults);
            let (name, words) = notes.split_once(' ').unwrap_or((&notes, ""));
            let Some(kind) = SPENDING.iter().position(|(own, _)| *own == name) else { continue };
            if let Some((year, amount)) = dated(&one, "value", faults) {
                found.push((
                    position(&one.get("id").name(faults)),
                    kind + BUDGETS.len(),
                    year,
                    words.to_owned(),
                    amount,
                ));
            }
        }
    }
    found.sort_by_key(|one| one.0);
    let mut lines = Lines::default();
    for (_, kind, year, words, amount) in found {
        let line = lines.line(year, source_of(&words));
        let into = match kind {
            0 => &mut line.planned,
            1 => &mut line.amended,
            2 => &mut line.contracted,
            3 => &mut line.invoiced,
            _ => &mut line.paid,
        };
        added(into, amount);
    }
    if let (true, Some(total)) = (lines.0.is_empty(), total) {
        let (start, _) = node.get("period").period(&mut Faults::default());
        let approved = budget.get("approvalDate").day(faults);
        if let Some(day) = start.or(approved) {
            lines.line(day.year(), (MoneySource::Own, String::new())).planned = Some(total);
        } else {
            faults.add(budget.get("approvalDate").path, ReadFault::Missing);
        }
    }
    lines.0
}

/// An amount with its year.
fn dated(one: &Node<'_>, name: &str, faults: &mut Faults) -> Option<(i16, Money)> {
    let amount = one.get(name).tenge(faults)?;
    let period = one.get("period");
    let (start, end) = period.period(faults);
    let day = start.or(end);
    if day.is_none() {
        faults.add(period.path, ReadFault::Missing);
    }
    Some((day?.year(), amount))
}

fn milestones(node: &Node<'_>, lang: Lang, faults: &mut Faults) -> Vec<Milestone> {
    let mut expected = BTreeMap::new();
    for one in node.get("forecasts").items(faults) {
        if let Some(number) = one.get("id").name(faults).strip_prefix(MILESTONE)
            && let Some(seen) = one.get("observations").items(faults).first()
        {
            expected.insert(number.to_owned(), seen.get("period").period(faults).1);
        }
    }
    let mut found = Vec::new();
    for one in node.get("milestones").items(faults) {
        let due = one.get("dueDate").day(faults);
        let met = one.get("dateMet").day(faults);
        let id = one.get("id").name(faults);
        // A date must be there; a milestone without any says nothing that the register can hold.
        if let Some(planned_on) = due.or(met) {
            found.push(Milestone {
                title: in_lang(one.get("title").text(faults), lang),
                planned_on,
                forecast_on: expected.get(&id).copied().flatten(),
                actual_on: met,
            });
        }
    }
    found
}

fn measures(project: &mut Project, node: &Node<'_>, lang: Lang, faults: &mut Faults) {
    for metric in node.get("metrics").items(faults) {
        let id = metric.get("id").name(faults);
        let seen = metric.get("observations").items(faults);
        if id == "physicalProgress" {
            let own = seen.last().map(|last| last.get("measure"));
            let measure = own.as_ref().map_or_else(String::new, |own| own.name(faults));
            let whole = measure.split('.').next().unwrap_or_default().parse().ok();
            match whole.filter(|pct| *pct <= 100) {
                Some(pct) => project.progress_pct = pct,
                None if measure.is_empty() => {}
                None => faults
                    .add(own.map_or_else(String::new, |own| own.path), ReadFault::Unknown(quote(&measure))),
            }
        } else if id.starts_with(RESULT) {
            project.results.push(result(&metric, &seen, lang, faults));
        }
    }
}

fn result(metric: &Node<'_>, seen: &[Node<'_>], lang: Lang, faults: &mut Faults) -> ExpectedResult {
    let mut found = ExpectedResult {
        title: in_lang(metric.get("title").text(faults), lang),
        unit: Text::default(),
        baseline: None,
        target: String::new(),
        measured: None,
        measured_on: None,
        owner: metric.get("description").text(faults),
    };
    for one in seen {
        let measure = one.get("measure").name(faults);
        found.unit = in_lang(one.get("unit").object(faults).get("name").text(faults), lang);
        match one.get("id").name(faults).as_str() {
            "baseline" => found.baseline = Some(measure),
            "target" => found.target = measure,
            "measured" => {
                found.measured = Some(measure);
                found.measured_on = one.get("period").period(faults).1;
            }
            _ => {}
        }
    }
    found
}

fn beneficiaries(node: &Node<'_>, lang: Lang, faults: &mut Faults) -> Vec<Beneficiary> {
    let mut found = Vec::new();
    for benefit in node.get("benefits").items(faults) {
        for one in benefit.get("beneficiaries").items(faults) {
            let own = one.get("numberOfPeople");
            let number = own.value.as_u64().and_then(|number| u32::try_from(number).ok());
            if number.is_none() && !own.is_absent() {
                faults.add(own.path, ReadFault::WrongType("integer"));
            }
            found.push(Beneficiary { group: in_lang(one.get("description").text(faults), lang), number });
        }
    }
    found
}

/// Territories among the parties, apart from its own.
fn partners(parties: &[Party], place: KatoCode) -> Vec<KatoCode> {
    let code = |party: &Party| {
        party.id.strip_prefix(FOREIGN_PARTY)?.strip_prefix(KATO_SCHEME)?.strip_prefix('-')?.parse().ok()
    };
    let mut found: Vec<KatoCode> = parties.iter().filter_map(code).filter(|one| *one != place).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether processes name a party in every role that the package gives it.
fn says_all(processes: &[super::ReadProcess], id: &str, party: &Value) -> bool {
    let own = |one: &&Party| one.id.strip_prefix(FOREIGN_PARTY) == Some(id);
    let named: Vec<&Party> = processes.iter().flat_map(|one| &one.process.parties).filter(own).collect();
    let codes: Vec<&str> = named.iter().flat_map(|party| release::roles(party)).collect();
    let roles = party["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    !named.is_empty() && roles.into_iter().all(|role| role == "publicAuthority" || codes.contains(&role))
}

/// What the register has no field for, as it came.
fn brought(
    node: &Node<'_>,
    project: &Project,
    processes: &[super::ReadProcess],
    faults: &mut Faults,
) -> Brought {
    let mut fields = Map::new();
    for (name, value) in node.value.as_object().into_iter().flatten() {
        if !OWN.contains(&name.as_str()) && !value.is_null() {
            fields.insert(name.clone(), value.clone());
        }
    }
    let mut keep = |name: &str, keeps: &dyn Fn(&Value) -> bool, faults: &mut Faults| {
        let kept: Vec<Value> = node
            .get(name)
            .items(faults)
            .iter()
            .map(|one| one.value)
            .filter(|one| keeps(one))
            .cloned()
            .collect();
        if !kept.is_empty() {
            fields.insert(name.to_owned(), Value::Array(kept));
        }
    };
    let id = |one: &Value| one["id"].as_str().unwrap_or_default().to_owned();
    let scheme = |one: &Value| one["scheme"].as_str().unwrap_or_default().to_owned();
    keep("documents", &|one| id(one) != PAGE, faults);
    keep("identifiers", &|one| scheme(one) != NUMBER_SCHEME && id(one) != project.number, faults);
    keep("additionalClassifications", &|one| !SCHEMES.contains(&scheme(one).as_str()), faults);
    keep("locations", &|one| id(one) != "site", faults);
    keep("forecasts", &|one| !id(one).starts_with(MILESTONE), faults);
    let known = |one: &Value| {
        let id = id(one);
        id == "physicalProgress" || id == "financialProgress" || id.starts_with(RESULT)
    };
    keep("metrics", &|one| !known(one), faults);
    let other = |one: &Value| {
        let id = id(one);
        !says_all(processes, &id, one) && !id.starts_with(KATO_SCHEME) && id != CONTRACTOR
    };
    keep("parties", &other, faults);
    let releases = node
        .get("contractingProcesses")
        .items(faults)
        .iter()
        .zip(processes)
        .filter(|(one, _)| one.value.get("releases").is_some())
        .map(|(one, read)| (read.ocid.clone(), one.value["releases"].clone()))
        .collect();
    Brought { id: String::new(), fields, releases }
}
