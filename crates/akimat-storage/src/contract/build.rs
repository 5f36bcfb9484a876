//! Nouns for the contract, whole and plain: each promise changes what it is about.

use crate::{Account, AuditRecord, Change, Decision, HeadFigures, Session};
use akimat_budget::{Amounts, Budget, Item, Line, Provenance, Stage};
use akimat_core::{
    AccountId, BudgetId, CommentId, DecisionId, KatoCode, Lang, Money, MoneyUnit, Place, PlaceId, PlaceKind,
    ProjectId, Role, Text,
};
use akimat_participation::{Comment, Rating};
use akimat_project::{
    Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project,
    Sector, Status,
};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// The region of the contract's district.
pub const REGION: u32 = 990_000_000;
/// A district.
pub const DISTRICT: u32 = 990_100_000;
/// An okrug of the district.
pub const OKRUG: u32 = 990_130_000;
/// Another district.
pub const OTHER: u32 = 990_200_000;

/// The `n`-th identifier; later ones are greater.
pub fn id(n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
}

/// The `n`-th second.
pub fn at(n: i64) -> Timestamp {
    Timestamp::from_microsecond(1_760_000_000_000_000 + n * 1_000_000 + 123_456).expect("a year around 2025")
}

/// A day.
pub fn day(text: &str) -> Date {
    text.parse().expect("the contract writes ISO dates")
}

/// A territory's code.
pub fn kato(number: u32) -> KatoCode {
    KatoCode::from_number(number).expect("the contract writes nine digits")
}

/// Tenge.
pub fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).expect("small amounts")
}

/// A vote.
pub fn stars(value: u8) -> Rating {
    Rating::new(value).expect("1 to 5")
}

/// A territory from 2020 on, with an English name made of its code.
pub fn place(n: u64, code: u32, parent: Option<u32>, kind: PlaceKind, (kk, ru): (&str, &str)) -> Place {
    Place {
        id: PlaceId(id(n)),
        code: kato(code),
        parent: parent.map(kato),
        depth: parent.map_or(1, |above| if above == REGION { 2 } else { 3 }),
        kind,
        name: Text::new(kk, ru, format!("Place {code}")),
        valid_from: day("2020-01-01"),
        valid_to: None,
        invented: true,
    }
}

/// A region, two districts and an okrug.
pub fn places() -> Vec<Place> {
    vec![
        place(1, REGION, None, PlaceKind::Region, ("Қызыл облысы", "Кызылская область")),
        place(2, DISTRICT, Some(REGION), PlaceKind::District, ("Ақсу ауданы", "Аксуский район")),
        place(3, OKRUG, Some(DISTRICT), PlaceKind::RuralOkrug, ("Көктем а.о.", "Коктемский с.о.")),
        place(4, OTHER, Some(REGION), PlaceKind::District, ("Жаңаақсу ауданы", "Жанааксуский район")),
    ]
}

/// A line with an approved and an executed amount.
pub fn line(row: u32, item: Item, code: &str, approved: i64) -> Line {
    Line {
        row,
        item,
        code: code.to_owned(),
        name: Text::new("", "Строка", ""),
        amounts: Amounts {
            approved: Some(tenge(approved)),
            amended: None,
            executed: Some(tenge(approved - 1)),
        },
    }
}

/// A budget of a territory and year with a few lines.
pub fn budget(n: u64, place: Option<u32>, year: i16) -> Budget {
    Budget {
        id: BudgetId(id(n)),
        key: "main".to_owned(),
        place: place.map(kato),
        level: 3,
        year,
        unit: MoneyUnit::ThousandTenge,
        complete: true,
        invented: true,
        adopted_on: Some(day("2025-12-24")),
        provenance: Provenance {
            file_name: "бюджет 2026.xlsx".to_owned(),
            sha256: format!("{n:064x}"),
            source_url: "https://example.kz/act".to_owned(),
            note: "Решение № 1".to_owned(),
            imported_at: at(0),
        },
        lines: vec![
            line(7, Item::RevenueTotal, "", 1_000 + i64::from(year)),
            line(8, Item::Tax, "1", 100),
            line(9, Item::FunctionalGroup, "04", 40),
            line(3, Item::FunctionalGroup, "07", -70),
        ],
    }
}

/// Figures of a budget.
pub fn figures() -> HeadFigures {
    HeadFigures {
        stage: Some(Stage::Executed),
        revenue: Some(tenge(3_025)),
        transfers: None,
        expenditure: Some(tenge(-30)),
        n_errors: 2,
        n_warnings: 1,
    }
}

/// A project in [`DISTRICT`] with everything in it.
pub fn project(n: u64) -> Project {
    Project {
        id: ProjectId(id(n)),
        number: format!("AQ-2026-{n:05}"),
        place: kato(DISTRICT),
        title: Text::new("Көпір салу", "Строительство моста", "A bridge"),
        summary: Text::new("Өзен үстінен", "Через реку", ""),
        sector: Sector::Transport,
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::District,
        status: Status::Implementing,
        progress_pct: 40,
        contractor: "ТОО «Көпір»".to_owned(),
        starts_on: Some(day("2026-03-01")),
        ends_on: Some(day("2027-11-30")),
        location: Some(Point { lat_e6: 51_128_000, lon_e6: -71_430_001 }),
        scores: vec![("need".to_owned(), 80), ("equity".to_owned(), 0)],
        exclusive_group: "bridge".to_owned(),
        manager: Some(AccountId(id(900))),
        invented: true,
        version: 1,
        created_at: at(0),
        updated_at: at(i64::try_from(n).unwrap_or(0)),
        money: vec![
            MoneyLine {
                programme: "268/015/032".to_owned(),
                amended: Some(tenge(2_500)),
                contracted: Some(tenge(2_400)),
                invoiced: Some(tenge(1)),
                ..money(2027, MoneySource::Transfer, Some(2_000), None)
            },
            money(2026, MoneySource::Own, Some(1_000), Some(400)),
        ],
        milestones: vec![Milestone {
            title: Text::new("Жоба", "Проект", "Design \"final\""),
            planned_on: day("2026-04-01"),
            forecast_on: Some(day("2026-05-01")),
            actual_on: None,
        }],
        results: vec![ExpectedResult {
            title: Text::same("Пролёт"),
            unit: Text::same("м"),
            baseline: None,
            target: "120.5".to_owned(),
            measured: Some("0".to_owned()),
            measured_on: Some(day("2026-06-30")),
            owner: "Отдел".to_owned(),
        }],
        stage: "implementing".to_owned(),
        news_at: at(i64::try_from(n).unwrap_or(0)),
        beneficiaries: vec![
            Beneficiary { group: Text::new("Тұрғындар", "Жители", ""), number: Some(1_200) },
            Beneficiary { group: Text::same("Мектеп"), number: None },
        ],
        partners: Vec::new(),
        international: false,
    }
}

/// Money of a project.
pub fn money(year: i16, source: MoneySource, planned: Option<i64>, paid: Option<i64>) -> MoneyLine {
    MoneyLine { planned: planned.map(tenge), paid: paid.map(tenge), ..MoneyLine::new(year, source) }
}

/// A project of which only what must be known is known.
pub fn bare_project(n: u64) -> Project {
    Project {
        summary: Text::default(),
        contractor: String::new(),
        starts_on: None,
        ends_on: None,
        location: None,
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: false,
        money: Vec::new(),
        milestones: Vec::new(),
        results: Vec::new(),
        beneficiaries: Vec::new(),
        stage: String::new(),
        ..project(n)
    }
}

/// Adds a project.
pub fn add(project: &Project) -> Change {
    Change::AddProject(Box::new(project.clone()))
}

/// Sets the vote of the `account`-th person on the `project`-th project.
pub fn vote(project: u64, account: u64, value: u8) -> Change {
    Change::PutRating {
        project: ProjectId(id(project)),
        place: kato(DISTRICT),
        account: AccountId(id(account)),
        rating: stars(value),
        at: at(0),
    }
}

/// The `n`-th comment, written in the `n`-th second.
pub fn comment(n: u64, project: u64) -> Comment {
    Comment {
        id: CommentId(id(n)),
        subject: akimat_participation::Subject::Project(ProjectId(id(project))),
        author: AccountId(id(901)),
        author_name: "Айгүл".to_owned(),
        official: n.is_multiple_of(2),
        lang: Lang::Kk,
        body: format!("Пікір {n}\nекінші жол"),
        at: at(i64::try_from(n).unwrap_or(0)),
        hidden: None,
        talk: akimat_participation::Talk::default(),
    }
}

/// An account with a login of its own.
pub fn account(n: u64) -> Account {
    Account {
        id: AccountId(id(n)),
        login: format!("resident{n}"),
        display_name: "Айгүл Ә.".to_owned(),
        role: Role::Resident,
        place: Some(kato(DISTRICT)),
        office: String::new(),
        disabled: false,
        created_at: at(0),
        grants: Vec::new(),
    }
}

/// The session of an account from second 0 to second `ends`.
pub fn session(token: u8, account: u64, ends: i64) -> Session {
    Session {
        token_hash: [token; 32],
        account: AccountId(id(account)),
        created_at: at(0),
        expires_at: at(ends),
        device: String::new(),
        way: crate::SignInWay::Password,
        seen_at: at(0),
        provider: crate::ProviderSession::default(),
    }
}

/// The `n`-th decision, in the `n`-th second.
pub fn decision(n: u64, place: u32) -> Decision {
    Decision {
        id: DecisionId(id(n)),
        place: kato(place),
        year: 2026,
        decided_by: "Аким района".to_owned(),
        decided_at: at(i64::try_from(n).unwrap_or(0)),
        reason: "Школа нужнее".to_owned(),
        changed: n.is_multiple_of(2),
        document: "{\"format\":1}".to_owned(),
    }
}

/// The `n`-th record, in the `n`-th second.
pub fn record(n: u64) -> AuditRecord {
    AuditRecord {
        id: id(n),
        at: at(i64::try_from(n).unwrap_or(0)),
        actor: n.is_multiple_of(2).then(|| AccountId(id(902))),
        verb: "hide_comment".to_owned(),
        subject: id(7).to_string(),
        place: n.is_multiple_of(3).then(|| kato(DISTRICT)),
        detail: "{}".to_owned(),
    }
}
