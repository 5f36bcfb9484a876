//! A page that shows every piece of the kit once, with sample content.

use super::words::{SampleWords, words};
use akimat_core::Lang;
use akimat_web_kit::kit::chart::Words;
use akimat_web_kit::kit::chart::bar::{Bar, bars};
use akimat_web_kit::kit::chart::fan::{Fan, FanKey, fan};
use akimat_web_kit::kit::chart::line::{Lines, Series, lines};
use akimat_web_kit::kit::chart::location::{Point, location_map};
use akimat_web_kit::kit::chart::scale::Steps;
use akimat_web_kit::kit::chart::spark::spark;
use akimat_web_kit::kit::chart::stack::{Part, stack};
use akimat_web_kit::kit::chart::tile::{PLACES, Tile, tile_map};
use akimat_web_kit::kit::chart::timeline::{Milestone, Timeline, timeline};
use akimat_web_kit::kit::{Account, Form, Markup, MenuItem, Page};
use askama::Template;

#[derive(Template)]
#[template(path = "kit/specimen.html")]
struct Specimen {
    page: Page,
    w: &'static SampleWords,
    lead: &'static str,
    crumbs: Vec<(String, String)>,
    map: Markup,
    stack: Markup,
    bars: Markup,
    lines: Markup,
    fan: Markup,
    spark: Markup,
    timeline: Markup,
    location: Markup,
    analysis: Vec<(&'static str, Markup)>,
    groups: Vec<(&'static str, &'static str, &'static str)>,
    statuses: Vec<(&'static str, &'static str)>,
    sectors: Vec<(&'static str, &'static str)>,
    files: Vec<(&'static str, &'static str, &'static str)>,
    rating_names: [&'static str; 5],
    form: Form,
    filter: Form,
}

/// The page in a language.
///
/// # Errors
/// When the template cannot be rendered.
pub(crate) fn render(lang: Lang) -> Result<String, askama::Error> {
    let w = words(lang);
    let locale = akimat_i18n::catalogue().locale(lang);
    let mut form = Form::new().with("title", w.school).with("cost", "көп").with("stars", "4");
    form.fail("cost", w.cost_error);
    form.fail("sector", w.sector_error);
    let page = Page::new(locale, "/kit?sort=name", w.register)
        .menu(MenuItem::Projects)
        .description(w.long)
        .account(Some(Account {
            name: "Айгүл Сәрсенқызы".to_owned(),
            role: w.state.to_owned(),
            officer: true,
        }))
        .csrf("token")
        .invented(true);
    let crumbs = vec![
        (page.href("/"), page.t("menu-home").into_owned()),
        (page.href("/projects"), page.t("menu-projects").into_owned()),
        (String::new(), w.register.to_owned()),
    ];
    Specimen {
        page,
        w,
        lead: w.long,
        crumbs,
        map: map(w),
        stack: stack_of(w),
        bars: bars_of(w),
        lines: lines_of(w),
        fan: fan_of(w),
        spark: spark(&[Some(4.0), Some(5.5), None, Some(5.0), Some(7.2)]),
        timeline: timeline_of(w),
        location: location(w),
        analysis: super::analysis::charts(w),
        groups: groups(w),
        statuses: statuses(w),
        sectors: vec![("education", w.education), ("health", w.health), ("utilities", w.utilities)],
        files: vec![("/x.csv", "CSV", "12 KB"), ("/x.xlsx", "XLSX", "31 KB"), ("/x.json", "JSON", "48 KB")],
        rating_names: ["1", "2", "3", "4", "5"],
        form,
        filter: Form::new().with("status", "tender"),
    }
    .render()
}

fn groups(w: &'static SampleWords) -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        (w.education, "94 656 187,3", "55,0 %"),
        (w.utilities, "48 188 604,5", "28,0 %"),
        (w.health, "29 257 367,0", "17,0 %"),
    ]
}

fn statuses(w: &'static SampleWords) -> Vec<(&'static str, &'static str)> {
    vec![
        ("idea", "idea"),
        ("appraisal", "appraisal"),
        ("planned", "planned"),
        ("tender", "tender"),
        ("contract", "contract"),
        ("implementing", w.implementing),
        ("completed", w.completed),
        ("suspended", w.suspended),
        ("terminated", "terminated"),
    ]
}

fn map(w: &SampleWords) -> Markup {
    let shorts = [
        "ҚОС", "СҚО", "ПАВ", "БҚО", "АҚТ", "АҚМ", "АСТ", "ҚАР", "ШҚО", "АТЫ", "ҰЛЫ", "ЖЕТ", "АБАЙ", "МАҢ",
        "ҚЗО", "ТҮР", "ЖАМ", "ШЫМ", "АЛО", "АЛМ",
    ];
    let value = |index: usize| (index != 10).then(|| ((index * 37) % 97) as f64);
    let steps = Steps::quintiles((0..20).filter_map(value));
    let tiles: Vec<Tile> = PLACES
        .iter()
        .enumerate()
        .map(|(index, (code, _, _))| Tile {
            code: (*code).to_owned(),
            short: shorts[index].to_owned(),
            name: shorts[index].to_owned(),
            value: value(index).map_or_else(|| "—".to_owned(), |value| format!("{value},4 %")),
            step: value(index).map(|value| steps.of(value)),
            href: format!("/kk/places/{code}"),
        })
        .collect();
    let classes = ["0–20 %", "20–40 %", "40–60 %", "60–80 %", "80–100 %"].map(str::to_owned);
    tile_map(&Words::new("map", w.own, w.long), &tiles, &classes, w.unknown)
}

fn stack_of(w: &SampleWords) -> Markup {
    let parts = [
        Part::new(format!("{}: 6,91 %", w.own), 6.91),
        Part::new(format!("{}: 93,09 %", w.transfers), 93.09),
    ];
    stack(&Words::new("stack", w.structure_title, ""), &parts)
}

fn bars_of(w: &SampleWords) -> Markup {
    bars(
        &Words::new("bars", w.groups, ""),
        &[
            Bar::new(w.education, Some(94.6), format!("94,6 {}", w.billion)),
            Bar::new(w.utilities, Some(48.1), format!("48,1 {}", w.billion)).accent(),
            Bar::new(w.health, Some(29.2), format!("29,2 {}", w.billion)),
            Bar::new(w.clinic, Some(-6.3), format!("−6,3 {}", w.billion)),
            Bar::new(w.state, None, w.unknown),
        ],
    )
}

fn lines_of(w: &SampleWords) -> Markup {
    let data = Lines {
        periods: (2016..=2025).map(|year| year.to_string()).collect(),
        unit: w.billion.to_owned(),
        series: vec![
            Series {
                label: w.own.to_owned(),
                points: vec![12.0, 14.0, 13.5, 15.2, 11.8, 16.4, 18.0, 21.5, 22.8, 25.0]
                    .into_iter()
                    .map(Some)
                    .collect(),
            },
            Series {
                label: w.transfers.to_owned(),
                points: vec![
                    Some(52.0),
                    Some(58.0),
                    None,
                    Some(75.2),
                    Some(91.8),
                    Some(96.4),
                    Some(120.0),
                    Some(134.0),
                    None,
                    Some(160.0),
                ],
            },
        ],
    };
    lines(&Words::new("lines", w.dynamics, ""), &data, &|value| format!("{value}"))
}

fn fan_of(w: &SampleWords) -> Markup {
    let point = vec![27.0, 28.6, 30.1];
    let around =
        |by: f64| -> Vec<f64> { point.iter().zip(1..).map(|(p, step)| p + by * f64::from(step)).collect() };
    let data = Fan {
        periods: (2016..=2028).map(|year| year.to_string()).collect(),
        unit: w.billion.to_owned(),
        history: vec![12.0, 14.0, 13.5, 15.2, 11.8, 16.4, 18.0, 21.5, 22.8, 25.0]
            .into_iter()
            .map(Some)
            .collect(),
        backtest: vec![
            None,
            None,
            None,
            None,
            Some(14.9),
            Some(13.0),
            Some(17.9),
            Some(19.6),
            Some(23.5),
            Some(24.4),
        ],
        naive: vec![25.0, 25.0, 25.0],
        lo80: around(-1.3),
        hi80: around(1.3),
        lo95: around(-2.2),
        hi95: around(2.2),
        point,
        ..Fan::default()
    };
    let key = FanKey {
        history: w.own.to_owned(),
        point: w.forecast.to_owned(),
        band80: "80 %".to_owned(),
        band95: "95 %".to_owned(),
        naive: "naive".to_owned(),
        backtest: "backtest".to_owned(),
        ..FanKey::default()
    };
    fan(&Words::new("fan", w.forecast, w.coverage), &data, &key, &|value| format!("{value}"))
}

fn timeline_of(w: &SampleWords) -> Markup {
    let milestone = |label: &str, planned: f64, actual: Option<f64>, late: bool| Milestone {
        label: label.to_owned(),
        planned: Some(planned),
        actual,
        text: if late { w.delayed_tag.to_owned() } else { "03.03.2025".to_owned() },
        late,
    };
    timeline(
        &Words::new("timeline", w.dates, ""),
        &Timeline {
            span: (0.0, 720.0),
            ticks: vec![(0.0, "2025".to_owned()), (365.0, "2026".to_owned()), (720.0, "2027".to_owned())],
            today: Some((430.0, "today".to_owned())),
            milestones: vec![
                milestone(w.contractor, 60.0, Some(55.0), false),
                milestone(w.structure, 240.0, Some(281.0), true),
                milestone(w.completed, 620.0, None, false),
            ],
            key: (w.dates.to_owned(), w.completed.to_owned()),
        },
    )
}

fn location(w: &SampleWords) -> Markup {
    let point = |lat: f64, lon: f64, here: bool| Point {
        lat,
        lon,
        name: w.school.to_owned(),
        href: (!here).then(|| "/kk/projects/2".to_owned()),
        here,
    };
    location_map(
        &Words::new("location", w.school, ""),
        &[
            point(43.30, 68.25, true),
            point(43.38, 68.41, false),
            point(43.21, 68.02, false),
            point(43.27, 68.33, false),
        ],
    )
}
