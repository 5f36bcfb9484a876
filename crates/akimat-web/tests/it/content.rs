//! What there is in the invented town.

use crate::town::{Town, kato};
use akimat_app::App;
use akimat_app::published::{Published, PublishedCriterion};
use akimat_budget::Budget;
use akimat_core::{Lang, Money, MoneyUnit, Place, PlaceKind, Text};
use akimat_interop::budget::{BudgetContext, decode_budget};
use akimat_participation::{Comment, Hidden, Rating, Subject, Talk};
use akimat_project::{
    ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project, ProjectUpdate,
    Sector, Status, StatusChange,
};
use akimat_storage::Change;
use jiff::civil::Date;
use serde_json::json;

pub(crate) const REAL: u32 = 110_000_000;
pub(crate) const REGION: u32 = 990_000_000;
pub(crate) const DISTRICT: u32 = 990_100_000;
pub(crate) const OKRUG: u32 = 990_103_000;
pub(crate) const OTHER: u32 = 990_200_000;

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn thousand(amount: i64) -> Money {
    Money::parse(&amount.to_string(), MoneyUnit::ThousandTenge).unwrap()
}

pub(crate) fn criteria() -> Published {
    let criterion = |code: &str, weight, kk: &str, ru: &str, en: &str| PublishedCriterion {
        code: code.to_owned(),
        weight,
        title: Text::new(kk, ru, en),
        help: Text::same("0…100"),
    };
    Published {
        criteria: vec![
            criterion("need", 60, "Мұқтаждық", "Нуждаемость", "Need"),
            criterion("reach", 40, "Қамту", "Охват", "Reach"),
        ],
        envelopes: vec![(2027, thousand(100_000)), (2028, thousand(50_000))],
    }
}

pub(crate) fn places(app: &App) -> Vec<Place> {
    let place = |code, parent: Option<u32>, depth, kind, kk: &str, ru: &str, en: &str| Place {
        id: app.new_place_id(),
        code: kato(code),
        parent: parent.map(kato),
        depth,
        kind,
        name: Text::new(kk, ru, en),
        valid_from: day("2020-01-01"),
        valid_to: None,
        invented: code >= 990_000_000,
    };
    use PlaceKind::{District, Region, RuralOkrug};
    vec![
        place(REAL, None, 1, Region, "Ақмола облысы", "Акмолинская область", "Aqmola Region"),
        place(REGION, None, 1, Region, "Үлгі облысы", "Образцовая область", "Sample Region"),
        place(DISTRICT, Some(REGION), 2, District, "Самал ауданы", "Самальский район", "Samal District"),
        place(OKRUG, Some(DISTRICT), 3, RuralOkrug, "Бұлақ а.о.", "Булакский с.о.", "Bulaq okrug"),
        place(OTHER, Some(REGION), 2, District, "Қайың ауданы", "Каинский район", "Qaiyn District"),
    ]
}

/// A budget of the record format whose identities hold when `off` is zero.
pub(crate) fn record(id: &str, place: u32, year: i16, off: i64) -> serde_json::Value {
    let own = 400_000 + 20_000 * i64::from(year - 2013) + 3_000 * i64::from(year % 3);
    json!({
        "id": id,
        "unit_kato": place.to_string(),
        "level": 3,
        "year": year,
        "unit": "thousand KZT",
        "source": "https://example.kz/act",
        "revenue": {
            "total": (own + 10_000 + 600_000 + off).to_string(),
            "tax": own.to_string(),
            "non_tax": "10000",
            "fixed_capital": "0",
            "transfers": "600000",
        },
        "expenditure": (own + 610_000).to_string(),
        "lending": { "net": "0", "loans": "0", "repayment": "0" },
        "financial_assets": { "balance": "0", "acquisition": "0", "sales": "0" },
        "balance": "0",
        "financing": { "total": "0" },
        "functional_groups": { "01": (own - 100_000).to_string(), "04": "710000" },
        "complete": true,
    })
}

pub(crate) fn budgets(app: &App) -> Vec<Budget> {
    let mut records: Vec<serde_json::Value> =
        (2014..=2025).map(|year| record(&format!("samal-{year}"), DISTRICT, year, 0)).collect();
    records.push(record("bulaq-2025", OKRUG, 2025, 777));
    let bytes = serde_json::to_vec(&records).unwrap();
    let context = BudgetContext { invented: true, ..BudgetContext::default() };
    decode_budget("town.json", &bytes, &context, app.now(), &mut || app.new_budget_id()).unwrap()
}

/// Number, status, scores, cost in 2027 and 2028 in thousand tenge, group.
type Sketch = (&'static str, Status, &'static [(&'static str, u8)], [i64; 2], &'static str);

const SKETCHES: [Sketch; 9] = [
    ("S-1", Status::Idea, &[], [0, 0], ""),
    ("S-2", Status::Appraisal, &[("need", 90), ("reach", 80)], [60_000, 10_000], "bridge"),
    ("S-3", Status::Appraisal, &[("need", 70), ("reach", 60)], [50_000, 10_000], ""),
    ("S-4", Status::Appraisal, &[("need", 50), ("reach", 50)], [30_000, 20_000], ""),
    ("S-5", Status::Appraisal, &[("need", 60), ("reach", 60)], [30_000, 30_000], "bridge"),
    ("S-6", Status::Appraisal, &[("need", 60)], [10_000, 0], ""),
    ("S-7", Status::Implementing, &[], [40_000, 0], ""),
    ("S-8", Status::Completed, &[], [5_000, 0], ""),
    ("S-9", Status::Suspended, &[], [7_000, 0], ""),
];

pub(crate) fn projects(app: &App) -> Vec<Project> {
    SKETCHES.iter().map(|sketch| project(app, *sketch)).collect()
}

fn project(app: &App, (number, status, scores, costs, group): Sketch) -> Project {
    let work = matches!(status, Status::Implementing | Status::Suspended);
    let money = |(year, cost): (i16, i64)| MoneyLine {
        planned: Some(thousand(cost)),
        contracted: work.then(|| thousand(cost / 2)),
        paid: work.then(|| thousand(cost / 4)),
        ..MoneyLine::new(year, MoneySource::Own)
    };
    let milestone = |name: &str, planned: &str, forecast: Option<&str>, actual: Option<&str>| Milestone {
        title: Text::same(name),
        planned_on: day(planned),
        forecast_on: forecast.map(day),
        actual_on: actual.map(day),
    };
    Project {
        id: app.new_project_id(),
        number: number.to_owned(),
        place: kato(if number == "S-7" { OKRUG } else { DISTRICT }),
        title: if number == "S-9" {
            Text::new("", "Ремонт клуба", "")
        } else {
            Text::new(format!("Көпір {number}"), format!("Мост {number}"), format!("Bridge {number}"))
        },
        summary: Text::new("Өзен үстінен", "Через реку", "Over the river"),
        sector: Sector::Transport,
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::District,
        status,
        progress_pct: if work { 40 } else { 0 },
        contractor: String::new(),
        starts_on: Some(day("2027-03-01")),
        ends_on: Some(day("2028-10-01")),
        location: Some(Point { lat_e6: 51_100_000, lon_e6: 71_400_000 }),
        scores: scores.iter().map(|(code, score)| ((*code).to_owned(), *score)).collect(),
        exclusive_group: group.to_owned(),
        manager: None,
        invented: true,
        version: 1,
        created_at: app.now(),
        updated_at: app.now(),
        money: [2027, 2028].into_iter().zip(costs).filter(|(_, cost)| *cost > 0).map(money).collect(),
        milestones: if work {
            vec![
                milestone("Жоба / Проект", "2026-04-01", None, Some("2026-05-10")),
                milestone("Құрылыс / Стройка", "2026-08-01", Some("2027-02-01"), None),
            ]
        } else {
            Vec::new()
        },
        results: vec![ExpectedResult {
            title: Text::new("Ұзындығы", "Длина", "Length"),
            unit: Text::new("м", "м", "m"),
            baseline: None,
            target: "120.5".to_owned(),
            measured: Some("0".to_owned()),
            measured_on: None,
            owner: String::new(),
        }],
        stage: String::new(),
        news_at: app.now(),
        beneficiaries: Vec::new(),
        partners: Vec::new(),
        international: false,
    }
}

/// Two comments, one of them hidden, a vote, and some history.
pub(crate) fn voices(town: &Town) -> Vec<Change> {
    let (app, project) = (&town.app, town.project("S-7"));
    let at = app.now();
    let resident = &town.people["resident"];
    let comment = |body: &str, hidden: Option<&str>| Comment {
        id: app.new_comment_id(),
        subject: Subject::Project(project),
        author: resident.id,
        author_name: resident.display_name.clone(),
        official: false,
        lang: Lang::Ru,
        body: body.to_owned(),
        at,
        hidden: hidden.map(|reason| Hidden { reason: reason.to_owned(), at }),
        talk: Talk::default(),
    };
    let moved = StatusChange {
        from: Some(Status::Contract),
        to: Status::Implementing,
        at,
        by: "Бөлім".to_owned(),
        reason: "Келісімшарт бар".to_owned(),
        stage: String::new(),
        basis: akimat_project::Basis::default(),
    };
    let news = ProjectUpdate {
        id: app.new_update_id(),
        project,
        at,
        by: "Бөлім".to_owned(),
        lang: Lang::Kk,
        body: "Бірінші тірек тұр.".to_owned(),
        progress_pct: 40,
    };
    vec![
        Change::AddComment(Box::new(comment("Когда откроют мост?", None)), kato(OKRUG)),
        Change::AddComment(Box::new(comment("БРАННЫЕ СЛОВА", Some("Оскорбление"))), kato(OKRUG)),
        Change::AddStatusChange(project, moved),
        Change::AddProjectUpdate(news),
        Change::PutRating {
            project,
            place: kato(OKRUG),
            account: resident.id,
            rating: Rating::new(4).unwrap(),
            at,
        },
    ]
}
