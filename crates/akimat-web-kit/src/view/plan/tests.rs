use super::picture::{Drop, FrontierRow, Often, Sensitivity, frequencies, frontier, tornado, waterfall};
use super::sums::{Move, by_district, by_sector, by_source, moves};
use super::{PlanNames, PlanView, exact_points, signed_points, whole_points};
use akimat_allocation::programme::{Part, Project, Source};
use akimat_allocation::{Draft, Extensions, Id, Plan, Programme};
use akimat_core::{Lang, Money, MoneyUnit};
use akimat_i18n::catalogue;

fn project(id: i64, benefit: i64, cost: Vec<Vec<i64>>) -> Project {
    let total = cost.iter().flatten().sum();
    Project {
        id: Id::Number(id),
        sector: Some(0),
        district: Some(usize::from(id == 2)),
        benefit,
        total,
        earliest: 1,
        latest: 2,
        cost,
        mandatory: false,
        barred: false,
    }
}

fn programme() -> Programme {
    let part = |name: &str, floor: i64| Part { name: name.to_owned(), floor, population: None };
    let draft = Draft {
        years: 2,
        discount: vec![10_000, 9_500],
        sources: vec![
            Source { name: "own".to_owned(), budget: vec![100, 100], tail: Some(50) },
            Source { name: "transfer".to_owned(), budget: vec![30, 0], tail: None },
        ],
        sectors: vec![part("water", 40)],
        districts: vec![part("a", 0), part("b", 10)],
        starts_cap: None,
        projects: vec![
            project(1, 50, vec![vec![60, 40], vec![30]]),
            project(2, 20, vec![vec![10, 20, 20], vec![]]),
            project(3, 90, vec![vec![500], vec![]]),
        ],
        exclusive: Vec::new(),
        precedence: Vec::new(),
        extensions: Extensions::default(),
    };
    draft.check().expect("a programme")
}

fn names() -> PlanNames {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    PlanNames {
        projects: texts(&["Су құбыры", "Мектеп <3>", "Көпір"]),
        paths: vec![String::new(); 3],
        sources: texts(&["own", "transfer"]),
        sectors: texts(&["water"]),
        districts: texts(&["a", "b"]),
        first_year: 2027,
        unit: Money::from_tiyn(MoneyUnit::MillionTenge.tiyn()),
    }
}

fn with_view(check: impl Fn(&PlanView<'_>)) {
    let (programme, names) = (programme(), names());
    let plan = Plan { starts: vec![Some(1), Some(2), None] };
    for lang in [Lang::Kk, Lang::Ru, Lang::En] {
        let locale = catalogue().locale(lang);
        check(&PlanView { locale, programme: &programme, plan: &plan, names: &names });
    }
}

#[test]
fn worth_is_written_exactly() {
    for (worth, text) in [
        (0, "0"),
        (10_000, "1"),
        (12_345, "1.2345"),
        (-12_300, "-1.23"),
        (5, "0.0005"),
        (i64::MIN, "-922337203685477.5808"),
    ] {
        assert_eq!(exact_points(worth), text);
    }
    let locale = catalogue().locale(Lang::En);
    assert_eq!(signed_points(locale, 30_000), "+3");
    for (worth, text) in [(0, "0"), (14_999, "1"), (15_000, "2"), (-4_999, "0"), (1_172_997_169, "117,300")] {
        assert_eq!(whole_points(locale, worth), text);
    }
    assert_eq!(signed_points(locale, 0), "0");
}

#[test]
fn money_by_source_and_year_is_that_of_the_check() {
    let programme = programme();
    let plan = Plan { starts: vec![Some(1), Some(2), None] };
    let rows: Vec<(usize, Option<u16>, Option<i64>, i64)> =
        by_source(&programme, &plan).iter().map(|row| (row.source, row.year, row.limit, row.spent)).collect();
    let wanted = vec![
        (0, Some(1), Some(100), 60),
        (0, Some(2), Some(100), 50),
        (0, None, Some(50), 40),
        (1, Some(1), Some(30), 30),
        (1, Some(2), Some(0), 0),
    ];
    assert_eq!(rows, wanted);
    assert_eq!(by_sector(&programme, &plan)[0].total, 180);
    let districts: Vec<(i64, usize)> =
        by_district(&programme, &plan).iter().map(|row| (row.total, row.projects)).collect();
    assert_eq!(districts, [(130, 1), (50, 1)]);
}

#[test]
fn who_enters_leaves_and_shifts() {
    let plan = |starts: [Option<u16>; 4]| Plan { starts: starts.to_vec() };
    let from = plan([Some(1), None, Some(2), Some(1)]);
    let to = plan([None, Some(2), Some(3), Some(1)]);
    let pairs: Vec<_> = (0..4).map(|at| (Some(at), Some(at))).collect();
    let found = moves(&from, &to, &pairs);
    assert_eq!(found, [(0, Move::Leaves(1)), (1, Move::Enters(2)), (2, Move::Shifts(2, 3))]);
    // A project that only one of the programmes knows.
    assert_eq!(moves(&from, &to, &[(Some(0), None), (None, Some(1)), (None, None)]).len(), 2);
}

#[test]
fn every_picture_has_its_table_and_its_files() {
    with_view(|view| {
        let rows: i16 = 3;
        let frontier_rows: Vec<FrontierRow> = (0..rows)
            .map(|row| FrontierRow { percent: 80 + 20 * row, free: Some((10_000, 20_000)), nested: None })
            .collect();
        let sensitivity =
            [Sensitivity { label: "own".to_owned(), low: Some(-5_000), high: None, exact: false }];
        let often = [Often {
            label: "Мектеп".to_owned(),
            chosen: 450,
            draws: 500,
            interval: (0.87, 0.92),
            class: "core".to_owned(),
            marginal: false,
        }];
        let drop = |value: f64, total: bool| Drop { label: "x".to_owned(), value, total };
        let drops = [drop(30_000.0, true), drop(-45_000.0, false), drop(-15_000.0, true)];
        let figures = [
            (view.scatter(), 3),
            (view.gantt(), 3),
            (view.money_figure(), 5),
            (view.sectors_figure(), 1),
            (view.districts_figure(), 2),
            (frontier(view.locale, &frontier_rows), 3),
            (tornado(view.locale, &sensitivity), 1),
            (frequencies(view.locale, &often), 1),
            (waterfall(view.locale, "t".to_owned(), &drops), 3),
        ];
        for (figure, n_rows) in figures {
            assert_eq!(figure.rows.len(), n_rows, "{}", figure.id);
            assert!(!figure.chart.is_empty() && !figure.caption.is_empty(), "{}", figure.id);
            assert!(figure.rows.iter().all(|row| row.len() == figure.columns.len()), "{}", figure.id);
            let drawing = figure.drawing(view.locale.lang().code(), &figure.notes).expect("a drawing");
            assert!(drawing.svg.contains(&figure.title), "{}", figure.id);
        }
    });
}

#[test]
fn payments_are_told_by_year_and_source() {
    with_view(|view| {
        let gantt = view.gantt();
        let cells = |row: usize| gantt.rows[row].iter().map(|value| value.shown.clone()).collect::<Vec<_>>();
        assert_eq!(cells(0)[0], "Су құбыры");
        assert_eq!(gantt.rows[2][2].shown, view.amount(0), "the second project starts in the second year");
        assert_eq!(gantt.rows[2][4].shown, view.amount(40), "and is paid beyond the last");
        assert!(
            gantt.chart.as_str().contains("Мектеп &lt;3&gt;")
                || gantt.chart.as_str().contains("Мектеп &#60;3")
        );
        assert_eq!(view.amount(60), view.locale.number(60_000), "thousand tenge");
    });
}
