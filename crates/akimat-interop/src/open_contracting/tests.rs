//! What is written is read again, what is wrong is told at its path, and the checkers of the standards find nothing.

mod checker;

use super::{
    Attachment, Brought, Context, Misread, Package, Published, Publisher, ReadFault, ReadProcess,
    ReadProject, Subject, project, read, release,
};
use akimat_core::{KatoCode, Lang, Money, ProjectId, Text};
use akimat_procurement::{
    Amendment, Award, Bid, Contract, ContractState, Guarantee, Lot, Method, Nature, Obligation,
    ObligationKind, Party, Payment, PppKind, Process, Role, TenderState, Termination,
};
use akimat_project::{
    Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project,
    Sector, Status,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};

const AT: &str = "2026-11-20T08:00:00Z";
const TODAY: Date = date(2026, 11, 20);

fn at() -> Timestamp {
    AT.parse().unwrap()
}

fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).unwrap()
}

fn publisher() -> Publisher {
    Publisher {
        ocds_prefix: "ocds-000000".to_owned(),
        oc4ids_prefix: "oc4ids-000000".to_owned(),
        name: "Акимат".to_owned(),
        uri: "https://akimat.example".to_owned(),
        license: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        base: "https://akimat.example".to_owned(),
        lang: Lang::Ru,
        extensions: false,
        invented: "Запись придумана для показа.".to_owned(),
    }
}

fn party(id: &str, name: &str, bin: &str, roles: &[Role]) -> Party {
    Party {
        id: id.to_owned(),
        name: name.to_owned(),
        bin: bin.to_owned(),
        roles: roles.to_vec(),
        ..Party::default()
    }
}

fn bid(id: &str, party: &str, amount: i64) -> Bid {
    Bid {
        id: id.to_owned(),
        party: party.to_owned(),
        amount: Some(tenge(amount)),
        admitted: Some(true),
        ..Bid::default()
    }
}

fn contract(id: &str, award: &str, amount: i64) -> Contract {
    Contract {
        id: id.to_owned(),
        award: award.to_owned(),
        number: format!("12-{id}"),
        signed_on: Some(date(2025, 4, 10)),
        amount: tenge(amount),
        currency: "KZT".to_owned(),
        vat_bp: None,
        starts_on: Some(date(2025, 4, 15)),
        ends_on: Some(date(2026, 6, 30)),
        ppp: None,
        promised: None,
        state: ContractState::Active,
        termination: None,
    }
}

fn amendment(id: &str, on: Date, amount: Option<(i64, i64)>, ends: Option<(Date, Date)>) -> Amendment {
    Amendment {
        id: id.to_owned(),
        contract: "c1".to_owned(),
        on,
        document: format!("Соглашение {id}"),
        amount: amount.map(|(a, b)| (tenge(a), tenge(b))),
        ends_on: ends,
        reason: "Грунт".to_owned(),
    }
}

/// A tender with lots, two winners, two contracts, amendments, payments.
fn works() -> Process {
    let mut process = Process::planned("12345678-КОК1", Text::new("Жөндеу", "Ремонт", "Repair"));
    process.nature = Some(Nature::Construction);
    process.estimate = Some(tenge(120_000_000));
    process.opens_on = Some(date(2025, 2, 1));
    process.closes_on = Some(date(2025, 3, 1));
    process.planned_on = Some(date(2025, 1, 15));
    process.state = TenderState::Complete;
    process.invented = true;
    process.parties = vec![
        party("buyer", "Отдел строительства", "991231500016", &[Role::Buyer]),
        party("org", "Отдел закупок", "", &[Role::Organiser]),
        party("b", "ТОО Берік", "", &[Role::Tenderer, Role::Supplier]),
        party("a", "ТОО Айна", "", &[Role::Tenderer, Role::Supplier, Role::Guarantor]),
        party("c", "ТОО Сая", "", &[Role::Tenderer]),
        party("sub", "ТОО Жел", "", &[Role::Subcontractor]),
    ];
    process.lots = vec![
        Lot { id: "l1".to_owned(), title: "Кровля".to_owned(), estimate: Some(tenge(60_000_000)) },
        Lot { id: "l2".to_owned(), title: "Фасад".to_owned(), estimate: None },
    ];
    process.bids = vec![bid("x1", "b", 59_000_000), bid("x2", "a", 50_000_000), bid("x3", "c", 61_000_000)];
    process.bids[0].lot = "l1".to_owned();
    let award = |id: &str, party: &str, amount| Award {
        id: id.to_owned(),
        lot: String::new(),
        party: party.to_owned(),
        amount: tenge(amount),
        on: Some(date(2025, 3, 20)),
    };
    process.awards = vec![award("w1", "b", 59_000_000), award("w2", "a", 50_000_000)];
    process.contracts = vec![contract("c1", "w1", 59_000_000), contract("c2", "w2", 50_000_000)];
    process.amendments = vec![
        amendment("d1", date(2025, 9, 1), Some((59_000_000, 65_000_000)), None),
        amendment("d2", date(2025, 10, 1), None, Some((date(2026, 6, 30), date(2026, 12, 31)))),
        amendment("d3", date(2025, 11, 1), Some((65_000_000, 64_000_000)), None),
    ];
    let payment = |id: &str, contract: &str, amount| Payment {
        id: id.to_owned(),
        contract: contract.to_owned(),
        invoice: String::new(),
        on: date(2025, 12, 5),
        amount: Money::from_tiyn(amount),
        document: String::new(),
    };
    process.payments = vec![payment("p1", "c1", 1_000_000_050), payment("p2", "c2", 2_000_000_000)];
    process
}

/// A partnership that ended early, with promises and a security.
fn partnership() -> Process {
    let mut process = Process::planned("ГЧП-7", Text::new("", "Котельная", ""));
    process.method = Method::PppTender;
    process.state = TenderState::Complete;
    process.opens_on = Some(date(2024, 2, 1));
    process.parties = vec![
        party("state", "Акимат", "", &[Role::Buyer, Role::Organiser]),
        party("partner", "ТОО Жылу", "", &[Role::PrivatePartner]),
        party("bank", "Банк", "", &[Role::Lender]),
    ];
    let mut own = contract("k", "w", 900_000_000);
    own.signed_on = Some(date(2024, 6, 1));
    own.starts_on = Some(date(2024, 7, 1));
    own.ends_on = Some(date(2034, 7, 1));
    own.ppp = Some(PppKind::Concession);
    own.state = ContractState::Terminated;
    own.termination = Some(Termination {
        on: date(2026, 1, 10), reason: "По соглашению сторон".to_owned()
    });
    process.awards = vec![Award {
        id: "w".to_owned(),
        lot: String::new(),
        party: "partner".to_owned(),
        amount: tenge(900_000_000),
        on: Some(date(2024, 5, 1)),
    }];
    process.contracts = vec![own];
    process.obligations = vec![Obligation {
        id: "o1".to_owned(),
        contract: "k".to_owned(),
        year: 2027,
        kind: ObligationKind::Availability,
        amount: tenge(45_000_000),
    }];
    process.guarantees = vec![Guarantee {
        id: "g1".to_owned(),
        contract: "k".to_owned(),
        what: "Исполнение договора".to_owned(),
        amount: tenge(9_000_000),
        until: Some(date(2027, 1, 1)),
    }];
    process
}

fn planned() -> Process {
    let mut process = Process::planned("ПЛ-3", Text::same("Надзор"));
    process.nature = Some(Nature::Supervision);
    process.opens_on = Some(date(2027, 3, 1));
    process.estimate = Some(Money::from_tiyn(500_000_001));
    process
}

fn line(year: i16, source: MoneySource, programme: &str, sums: [Option<i64>; 5]) -> MoneyLine {
    let [planned, amended, contracted, invoiced, paid] = sums.map(|sum| sum.map(Money::from_tiyn));
    let programme = programme.to_owned();
    MoneyLine { year, source, programme, planned, amended, contracted, invoiced, paid }
}

fn school() -> Project {
    let id: ProjectId = "0192f0c1-2233-7445-8667-788990011223".parse().unwrap();
    let step = |title: &str, planned_on, forecast_on, actual_on| Milestone {
        title: Text::same(title),
        planned_on,
        forecast_on,
        actual_on,
    };
    Project {
        id,
        number: "AQ-2026-014".to_owned(),
        place: "710000000".parse().unwrap(),
        title: Text::new("", "Школа на 300 мест", ""),
        summary: Text::new("", "Новая школа.", ""),
        sector: Sector::Social,
        kind: Kind::Social,
        modality: Modality::Ppp,
        level: Level::District,
        status: Status::Completed,
        stage: "handover".to_owned(),
        progress_pct: 100,
        contractor: "ТОО Другое".to_owned(),
        starts_on: Some(date(2025, 4, 1)),
        ends_on: Some(date(2026, 6, 30)),
        location: Some(Point { lat_e6: 51_128_207, lon_e6: 71_430_400 }),
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: true,
        version: 3,
        created_at: at(),
        updated_at: at(),
        news_at: at(),
        money: vec![
            line(
                2025,
                MoneySource::Own,
                "451/029",
                [Some(5_000_000_000), Some(6_000_000_001), None, None, Some(7)],
            ),
            line(2025, MoneySource::Transfer, "", [None, None, Some(100), Some(90), Some(80)]),
            line(2026, MoneySource::Own, "451/029", [Some(1), None, None, None, None]),
        ],
        milestones: vec![
            step("Фундамент", date(2025, 6, 1), None, Some(date(2025, 6, 9))),
            step("Крыша", date(2025, 12, 1), Some(date(2026, 1, 20)), None),
        ],
        results: vec![ExpectedResult {
            title: Text::same("Места"),
            unit: Text::same("мест"),
            baseline: Some("0".to_owned()),
            target: "300".to_owned(),
            measured: Some("290.5".to_owned()),
            measured_on: Some(date(2026, 9, 1)),
            owner: "Отдел образования".to_owned(),
        }],
        beneficiaries: vec![
            Beneficiary { group: Text::same("Дети"), number: Some(300) },
            Beneficiary { group: Text::same("Учителя"), number: None },
        ],
        partners: vec!["610000000".parse().unwrap()],
        international: true,
    }
}

fn subject<'a>(project: &'a Project, processes: &'a [Process]) -> Subject<'a> {
    let published = processes.iter().zip(1..).map(|(process, n)| Published {
        id: format!("0192f0c1-0000-7000-8000-00000000000{n}"),
        saved_at: at(),
        process,
    });
    Subject {
        project,
        place: "Астана".to_owned(),
        partners: project.partners.iter().map(|code| (*code, "Түркістан облысы".to_owned())).collect(),
        completed_on: Some(date(2026, 9, 2)),
        processes: published.collect(),
        attachments: vec![Attachment {
            id: "photo-1".to_owned(),
            kind: "illustration",
            title: "До".to_owned(),
            path: "/photos/1".to_owned(),
            at: Some(at()),
            format: "image/jpeg",
        }],
        brought: Brought::default(),
    }
}

fn all() -> Vec<Process> {
    vec![works(), partnership(), planned()]
}

fn projects_of(value: &Value) -> Result<Vec<ReadProject>, Vec<Misread>> {
    match read_value(value)? {
        Package::Projects(projects) => Ok(projects),
        Package::Processes(_) => panic!("a package of processes"),
    }
}

fn processes_of(value: &Value) -> Vec<ReadProcess> {
    match read_value(value).unwrap() {
        Package::Processes(processes) => processes,
        Package::Projects(_) => panic!("a package of projects"),
    }
}

fn read_value(value: &Value) -> Result<Package, Vec<Misread>> {
    read_bytes(value.to_string().as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Result<Package, Vec<Misread>> {
    let place: KatoCode = "710000000".parse().unwrap();
    let mut new_id = || ProjectId(uuid::Uuid::from_u128(7));
    read(
        bytes,
        &mut Context { place: Some(place), at: at(), oc4ids_prefix: "oc4ids-000000", new_id: &mut new_id },
    )
}

fn package_of(found: &[ReadProject]) -> Value {
    let processes: Vec<Vec<Process>> =
        found.iter().map(|one| one.processes.iter().map(|one| one.process.clone()).collect()).collect();
    let subjects: Vec<Subject<'_>> = found
        .iter()
        .zip(&processes)
        .map(|(one, processes)| Subject {
            completed_on: one.completed_on,
            attachments: Vec::new(),
            brought: one.brought.clone(),
            ..subject(&one.project, processes)
        })
        .collect();
    project::project_package(&publisher(), &subjects, "/x", (at(), TODAY))
}

fn differences(a: &Value, b: &Value, path: &str, out: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            let names: std::collections::BTreeSet<&String> = x.keys().chain(y.keys()).collect();
            for name in names {
                differences(&a[name], &b[name], &format!("{path}/{name}"), out);
            }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            for (at, (x, y)) in x.iter().zip(y).enumerate() {
                differences(x, y, &format!("{path}/{at}"), out);
            }
        }
        _ if a != b => out.push(format!("{path}: {a} / {b}")),
        _ => {}
    }
}

#[track_caller]
fn check_same(a: &Value, b: &Value) {
    let mut out = Vec::new();
    differences(a, b, "", &mut out);
    assert!(out.is_empty(), "{out:#?}");
}

#[test]
fn a_package_of_projects_is_read_and_written_again_as_it_was() {
    let (project, processes) = (school(), all());
    let package =
        project::project_package(&publisher(), &[subject(&project, &processes)], "/x", (at(), TODAY));
    let found = projects_of(&package).unwrap();
    let own = &found[0].project;
    assert_eq!((own.id, &own.number, own.place), (project.id, &project.number, project.place));
    assert_eq!((own.sector, own.status, &own.stage), (Sector::Social, Status::Completed, &project.stage));
    assert_eq!(
        (&own.money, &own.milestones[1].forecast_on),
        (&project.money, &project.milestones[1].forecast_on)
    );
    assert_eq!(
        (own.location, &own.partners, &own.contractor),
        (project.location, &project.partners, &project.contractor)
    );
    check_same(&package, &package_of(&found));
}

fn check_processes_round(extensions: bool, records: bool) {
    let (project, processes) = (school(), all());
    let publisher = Publisher { extensions, ..publisher() };
    let write = |subject: &Subject<'_>| {
        let subjects = std::slice::from_ref(subject);
        if records {
            release::record_package(&publisher, subjects, "/x", at())
        } else {
            release::release_package(&publisher, subjects, "/x", at())
        }
    };
    let package = write(&subject(&project, &processes));
    let found = processes_of(&package);
    assert_eq!(found.len(), 3);
    for one in &found {
        assert_eq!(one.project, "oc4ids-000000-0192f0c1-2233-7445-8667-788990011223");
    }
    let again: Vec<Process> = found.into_iter().map(|one| one.process).collect();
    let amended = again.iter().find(|one| one.amendments.len() == 3).unwrap();
    let sums: Vec<_> = amended.amendments.iter().map(|one| (one.amount, one.ends_on)).collect();
    let before: Vec<_> = processes[0].amendments.iter().map(|one| (one.amount, one.ends_on)).collect();
    assert_eq!(sums, before);
    check_same(&package, &write(&subject(&project, &again)));
}

#[test]
fn releases_and_records_are_read_and_written_again_as_they_were() {
    for (extensions, records) in [(false, false), (false, true), (true, false), (true, true)] {
        check_processes_round(extensions, records);
    }
}

#[test]
fn a_compiled_release_tells_what_stands_now() {
    let (project, processes) = (school(), all());
    let package = release::record_package(&publisher(), &[subject(&project, &processes)], "/x", at());
    let compiled = &package["records"][0]["compiledRelease"];
    assert_eq!(compiled["contracts"][0]["value"], json!({ "amount": 64_000_000, "currency": "KZT" }));
    assert_eq!(compiled["contracts"][0]["period"]["endDate"], "2026-12-31T00:00:00+05:00");
    assert_eq!(compiled["contracts"][0]["period"]["startDate"], "2025-04-15T00:00:00+05:00");
    assert_eq!(
        compiled["contracts"][0]["implementation"]["transactions"][0]["value"]["amount"],
        json!(10_000_000.5)
    );
    assert_eq!(compiled["tender"]["status"], "complete");
    assert_eq!(package["records"][1]["compiledRelease"]["contracts"][0]["status"], "terminated");
    let tags: Vec<&str> = package["records"][0]["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["tag"][0].as_str().unwrap())
        .collect();
    let amended = ["contractAmendment"; 3];
    assert_eq!(
        tags,
        [&["planning", "tender", "award", "contract"][..], &amended, &["implementation"]].concat()
    );
}

/// The package with one value changed, and where the fault is told.
#[track_caller]
fn check_refused(pointer: &str, value: Value, at: &str, code: &str) {
    let (project, processes) = (school(), all());
    let mut package =
        project::project_package(&publisher(), &[subject(&project, &processes)], "/x", (self::at(), TODAY));
    *package.pointer_mut(pointer).expect(pointer) = value;
    let faults = projects_of(&package).expect_err(pointer);
    let told: Vec<(&str, &str)> = faults.iter().map(|one| (one.at.as_str(), one.fault.code())).collect();
    assert!(told.contains(&(at, code)), "{pointer}: {told:?}");
}

#[test]
fn what_is_wrong_is_told_at_its_path() {
    let wrong = |pointer: &str, value: Value, code: &str| {
        check_refused(pointer, value, pointer.trim_start_matches('/'), code);
    };
    wrong("/projects/0/title", json!(5), "wrong-type");
    wrong("/projects/0/milestones", json!({}), "wrong-type");
    wrong("/projects/0/budget/amount/amount", json!("1000"), "wrong-type");
    wrong("/projects/0/budget/amount/currency", json!("TENGE"), "not-a-currency");
    wrong("/projects/0/budget/amount/currency", json!("USD"), "not-tenge");
    wrong("/projects/0/budget/amount/amount", json!(1.005), "not-an-amount");
    wrong("/projects/0/budget/amount/amount", json!(1e300), "not-an-amount");
    wrong("/projects/0/period/endDate", json!("2026-02-30T00:00:00Z"), "not-a-day");
    wrong("/projects/0/period/startDate", json!("2025"), "not-a-day");
    wrong("/projects/0/status", json!("done"), "unknown");
    wrong("/projects/0/locations/0/gazetteer/identifiers", json!(["71"]), "not-a-place");
    wrong("/projects/0/id", json!(null), "missing");
    check_refused(
        "/projects/0/period/endDate",
        json!("2020-01-01T00:00:00Z"),
        "projects/0/period",
        "reversed",
    );
    check_refused("/projects/0/milestones/1/id", json!("1"), "projects/0/milestones/1/id", "twice");
    let process = "projects/0/contractingProcesses/0/summary";
    let path = format!("/{process}/contractValue/currency");
    check_refused(&path, json!("XYZ"), &path[1..], "not-a-currency");
    let path = format!("/{process}/transactions/0/value");
    check_refused(
        &path,
        json!({ "amount": -5, "currency": "KZT" }),
        "projects/0/contractingProcesses/0/payment_amount/1",
        "record",
    );
    check_refused("/projects", json!({}), "projects", "wrong-type");
    check_refused("/projects/0", json!([]), "projects/0", "wrong-type");
}

#[test]
fn two_projects_with_one_identifier_or_number_are_refused() {
    let project = school();
    let one = project::project(&publisher(), &subject(&project, &[]), TODAY);
    let faults = projects_of(&json!({ "projects": [one, one] })).unwrap_err();
    let told: Vec<&str> = faults.iter().map(|one| one.at.as_str()).collect();
    assert_eq!(told, ["projects/1/id", "projects/1/identifiers"]);
    assert!(faults.iter().all(|one| matches!(one.fault, ReadFault::Twice(_))));
}

#[test]
fn nesting_and_size_cost_neither_stack_nor_memory() {
    for open in ["[", "{\"projects\":["] {
        let deep = open.repeat((60 << 20) / open.len());
        assert!(matches!(
            &read_bytes(deep.as_bytes()).unwrap_err()[..],
            [Misread { fault: ReadFault::NotJson(_), .. }]
        ));
    }
    let large = vec![b' '; super::BYTES_MAX + 1];
    assert!(matches!(&read_bytes(&large).unwrap_err()[..], [Misread { fault: ReadFault::TooLarge, .. }]));
    assert!(matches!(&read_bytes(b"{}").unwrap_err()[..], [Misread { fault: ReadFault::NoPackage, .. }]));
}

#[test]
fn a_project_of_another_publisher_keeps_what_the_register_has_no_field_for() {
    let foreign = json!({ "projects": [{
        "id": "oc4ids-bu3kcz-123",
        "title": "Road",
        "language": "en",
        "status": "implementation",
        "sector": ["transport.road"],
        "type": "rehabilitation",
        "purpose": "Mobility",
        "period": { "startDate": "2025-01-01T00:00:00Z", "endDate": "2026-01-01T00:00:00Z" },
        "budget": { "amount": { "amount": 1000, "currency": "KZT" } },
        "parties": [{ "id": "X-1", "name": "Watch", "roles": ["independentMonitor"] }],
        "documents": [{ "id": "d", "url": "https://example.org/d.pdf" }],
    }] });
    let found = projects_of(&foreign).unwrap();
    assert_eq!((found[0].project.sector, found[0].project.status), (Sector::Transport, Status::Implementing));
    assert_eq!(found[0].project.money[0].planned, Some(tenge(1000)));
    let again = &package_of(&found)["projects"][0];
    assert_eq!(
        (&again["id"], &again["type"], &again["purpose"]),
        (&json!("oc4ids-bu3kcz-123"), &json!("rehabilitation"), &json!("Mobility"))
    );
    assert!(again["parties"].to_string().contains("independentMonitor"));
    assert!(again["documents"].to_string().contains("d.pdf"));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn a_value_of_any_kind_anywhere_is_read_or_refused(at in 0usize..2_000, kind in 0usize..7, ocds: bool) {
        let (project, processes) = (school(), all());
        let subject = subject(&project, &processes);
        let subjects = std::slice::from_ref(&subject);
        let mut package = if ocds {
            release::release_package(&publisher(), subjects, "/x", self::at())
        } else {
            project::project_package(&publisher(), subjects, "/x", (self::at(), TODAY))
        };
        let values = [json!(null), json!(-1), json!("x"), json!([]), json!({}), json!(true), json!([{ "id": 1 }])];
        let mut left = at;
        replace(&mut package, &mut left, &values[kind]);
        let _ = read_value(&package);
    }
}

/// Puts a value in place of the one at a position of a walk.
fn replace(target: &mut Value, left: &mut usize, value: &Value) {
    if *left == 0 {
        *target = value.clone();
        *left = usize::MAX;
        return;
    }
    *left -= 1;
    match target {
        Value::Object(map) => map.values_mut().for_each(|inner| replace(inner, left, value)),
        Value::Array(items) => items.iter_mut().for_each(|inner| replace(inner, left, value)),
        _ => {}
    }
}
