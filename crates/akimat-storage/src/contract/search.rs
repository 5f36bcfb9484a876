//! Promises about what is found by words, about totals that are remembered, and about long names.

use super::build::{DISTRICT, account, add, budget, figures, id, kato, line, money, project, tenge};
use super::{ok, refused, walk};
use crate::row::words::{FEW_MAX, search_key};
use crate::{Change, Conflict, ProjectFilter, ProjectSort, Store};
use akimat_budget::{Budget, Item};
use akimat_core::{ProjectId, Text};
use akimat_project::{MoneySource, Project, Sector, Status};

/// Numbers that look like chance (SplitMix64, Steele and others 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap_or(0)
    }

    fn text(&mut self, letters: &[char], n: usize) -> String {
        (0..n).map(|_| letters[self.below(letters.len())]).collect()
    }
}

/// A few letters, so that pieces of one title turn up in others.
const LETTERS: [char; 8] = ['а', 'Қ', 'ө', 'м', 'e', '7', ' ', '-'];

fn titled(dice: &mut Dice, n: u64) -> Project {
    let length = 3 + dice.below(12);
    Project {
        title: Text::new(
            dice.text(&LETTERS, length),
            "Ремонт дороги",
            "\u{1f6e0} Roads 50% _OR_ \"x\" NOT y",
        ),
        sector: if n.is_multiple_of(40) { Sector::Water } else { Sector::Transport },
        ..project(n)
    }
}

/// What people and machines type, and a few pieces of what is there.
fn asked(dice: &mut Dice, projects: &[Project]) -> Vec<Vec<String>> {
    let fixed = [
        "",
        "%",
        "_",
        "'",
        "\"",
        "\\",
        "*",
        "^",
        "|",
        "||",
        "а",
        "ак",
        "ремонт",
        "ремонт дороги|",
        "Ремонт",
        "NEAR(а б)",
        "а OR м",
        "a AND b",
        "NOT",
        "key:ак",
        "{key}",
        "\"ак\" OR \"м\"",
        "ақ",
        "көпір",
        "копир",
        "\0",
        "а\0м",
        "\u{1f6e0}",
        "50",
        "or",
        "мак",
        "мак мак",
        "aq 2026 00123",
        "aq 2026 0",
        "дороги ремонт",
        "00123 ремонт копир",
        "са ремонт",
        "м а",
        " ",
        "--",
        "1);drop table projects",
        "\u{feff}",
        "е\u{301}",
    ];
    let mut asked: Vec<Vec<String>> = fixed.into_iter().map(|key| vec![key.to_owned()]).collect();
    asked.push(fixed[1..9].iter().map(|key| (*key).to_owned()).collect());
    asked.push(vec!["несуществующее".to_owned(), "мак".to_owned(), "aq 2026 00001".to_owned()]);
    // What was typed in one word is looked for side by side.
    asked.extend(["aq_2026_00001", "2026_0000", "q_2", "00002_2026"].map(|key| vec![key.to_owned()]));
    // Beyond the eighth, keys are not looked at.
    asked.push((0..8).map(|n| format!("нет{n}")).chain(["ремонт".to_owned()]).collect());
    let long = "ремонт дороги ".repeat(400);
    asked.push(vec![long]);
    for _ in 0..60 {
        let key: Vec<char> = search_key(&projects[dice.below(projects.len())]).chars().collect();
        let (from, length) = (dice.below(key.len()), 1 + dice.below(60));
        let piece: String = key.iter().skip(from).take(length).collect();
        let length = 1 + dice.below(5);
        asked.push(vec![piece.clone()]);
        asked.push(vec![format!("{piece}ъ"), dice.text(&['а', 'к', 'о', 'м', ' '], length)]);
    }
    asked
}

/// Whatever is asked for, the answer is that of reading every folded text: few hits, none, or more than
/// the index names one by one.
pub async fn words_are_found_as_by_reading(store: &dyn Store) {
    let dice = &mut Dice(7);
    let projects: Vec<Project> = (1..=FEW_MAX as u64 + 60).map(|n| titled(dice, n)).collect();
    ok(store.apply(projects.iter().map(add).collect()).await);
    for keys in asked(dice, &projects) {
        let finds = |project: &&Project| {
            let text = search_key(project);
            keys.iter().take(8).any(|key| {
                key.split_whitespace().all(|word| {
                    let word = word.replace('\0', "\u{fffd}");
                    let parts: Vec<&str> = word.split('_').filter(|part| !part.is_empty()).collect();
                    let sought = if parts.is_empty() { word.clone() } else { parts.join(" ") };
                    text.contains(&sought)
                })
            })
        };
        let any = ProjectFilter { keys: keys.clone(), ..ProjectFilter::default() };
        let water = ProjectFilter { sector: Some(Sector::Water), ..any.clone() };
        let all: Vec<&Project> = projects.iter().filter(finds).collect();
        assert_eq!(ok(store.count_projects(&any).await).n_projects, all.len() as u64, "{keys:?}");
        let mut due: Vec<ProjectId> = all.iter().map(|project| project.id).collect();
        due.reverse();
        let page = crate::PageRequest::first(30);
        let first = ok(store.list_projects(&any, ProjectSort::Updated, &page).await);
        let listed: Vec<ProjectId> = first.items.iter().map(|card| card.id).collect();
        assert_eq!(listed, due[..due.len().min(30)], "{keys:?}");
        let due: Vec<ProjectId> =
            all.iter().rev().filter(|p| p.sector == Sector::Water).map(|p| p.id).collect();
        let cards =
            walk(5, async |page| store.list_projects(&water, ProjectSort::Updated, &page).await).await;
        let listed: Vec<ProjectId> = cards.iter().map(|card| card.id).collect();
        assert_eq!(listed, due, "{keys:?}");
        assert_eq!(ok(store.list_whole_projects(&water, 200).await).len(), due.len(), "{keys:?}");
    }
}

/// A project is found by its new words and no longer by the old; what was undone is not found.
pub async fn words_follow_changes(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), add(&project(2))]).await);
    let found = async |key: &str| {
        let filter = ProjectFilter { keys: vec![key.to_owned()], ..ProjectFilter::default() };
        let page = crate::PageRequest::first(9);
        let listed = ok(store.list_projects(&filter, ProjectSort::Updated, &page).await);
        let n_projects = ok(store.count_projects(&filter).await).n_projects;
        assert_eq!(listed.items.len() as u64, n_projects);
        n_projects
    };
    assert_eq!((found("салу").await, found("bridge").await, found("фонтан").await), (2, 2, 0));
    let fountain = Project { version: 2, title: Text::same("Фонтан"), ..project(1) };
    ok(store.apply(vec![Change::UpdateProject(Box::new(fountain))]).await);
    assert_eq!((found("салу").await, found("bridge").await, found("фонтан").await), (1, 1, 1));
    let well = Project { title: Text::same("Колодец"), ..project(3) };
    let moved = Project { version: 2, title: Text::same("Колодец"), ..project(2) };
    let batch = vec![add(&well), Change::UpdateProject(Box::new(moved)), add(&project(1))];
    refused(store.apply(batch).await, &Conflict::Exists("project"));
    assert_eq!((found("колодец").await, found("bridge").await), (0, 1));
    ok(store.apply(vec![add(&well)]).await);
    assert_eq!((found("колодец").await, found("bridge").await, found("aq 2026").await), (1, 1, 3));
}

/// Totals are those of what is stored, however often they were asked for before.
pub async fn totals_follow_changes(store: &dyn Store) {
    let any = ProjectFilter::default();
    let idle = ProjectFilter { status: vec![Status::Idea], ..ProjectFilter::default() };
    let totals = async || {
        let twice = (ok(store.count_projects(&any).await), ok(store.count_projects(&any).await));
        assert_eq!(twice.0, twice.1);
        (twice.0.n_projects, twice.0.planned, ok(store.count_projects(&idle).await).n_projects)
    };
    assert_eq!(totals().await, (0, tenge(0), 0));
    ok(store.apply(vec![add(&project(1))]).await);
    assert_eq!(totals().await, (1, tenge(3_000), 0));
    let idea = Project {
        version: 2,
        status: Status::Idea,
        money: vec![money(2026, MoneySource::Own, Some(5), None)],
        ..project(1)
    };
    ok(store.apply(vec![Change::UpdateProject(Box::new(idea))]).await);
    assert_eq!(totals().await, (1, tenge(5), 1));
    refused(store.apply(vec![add(&project(2)), add(&project(2))]).await, &Conflict::Exists("project"));
    assert_eq!(totals().await, (1, tenge(5), 1));
    ok(store.apply(vec![add(&project(2))]).await);
    assert_eq!(totals().await, (2, tenge(3_005), 1));
}

/// Names that must be new may be of any length: they are compared whole, not by their beginning.
pub async fn names_may_be_long(store: &dyn Store) {
    // Nothing that could be compressed.
    let hex: Vec<char> = "0123456789abcdefқғөүұәіңһ".chars().collect();
    let long = Dice(1).text(&hex, 5_000);
    let [one, two] = ["x", "y"].map(|end| format!("{long}{end}"));
    let person = |n: u64, login: &str| {
        Change::AddAccount(crate::Account { login: login.to_owned(), ..account(n) }, "hash".to_owned())
    };
    ok(store.apply(vec![person(1, &one), person(2, &two)]).await);
    refused(store.apply(vec![person(3, &two)]).await, &Conflict::Exists("login"));
    let found = ok(store.find_credentials(&two).await).expect("the account");
    assert_eq!((found.account.id.0, found.account.login == two), (id(2), true));
    assert_eq!(ok(store.find_credentials(&long).await), None);

    let numbered = |n: u64, number: &str| add(&Project { number: number.to_owned(), ..project(n) });
    ok(store.apply(vec![numbered(1, &one), numbered(2, &two)]).await);
    refused(store.apply(vec![numbered(3, &one)]).await, &Conflict::Exists("project"));
    let found = ok(store.find_project(ProjectId(id(2))).await).expect("the project");
    assert!(found.0.number == two);

    let keyed = |n: u64, key: &str| {
        let lines = vec![line(1, Item::FunctionalGroup, key, 5)];
        Budget { key: key.to_owned(), lines, ..budget(n, Some(DISTRICT), 2026) }
    };
    let put = |budget: Budget| Change::AddBudget(Box::new(budget), figures());
    ok(store.apply(vec![put(keyed(1, &one)), put(keyed(2, &two))]).await);
    refused(store.apply(vec![put(keyed(3, &one))]).await, &Conflict::Exists("budget"));
    ok(store.apply(vec![put(keyed(1, &one))]).await);
    let series = ok(store.budget_series(kato(DISTRICT), Item::FunctionalGroup, &two).await);
    assert_eq!(series.iter().map(|point| point.budget.0).collect::<Vec<_>>(), [id(2)]);
}
