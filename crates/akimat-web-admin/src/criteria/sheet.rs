//! The fields of a set of criteria, read and filled.

use akimat_app::FieldFault;
use akimat_app::criteria_set::{
    CRITERIA_MAX, CriteriaDocument, SetCriterion, TEXT_CHARS_MAX, ValueSource, from_e4,
};
use akimat_app::published::PublishedCriterion;
use akimat_app::score::parse_e4;
use akimat_core::Text;
use akimat_ranking::ipf::Side;
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;

const LANGS: [&str; 3] = ["kk", "ru", "en"];
const NAMES: [&str; 15] = [
    "code", "title-kk", "title-ru", "title-en", "help-kk", "help-ru", "help-en", "unit-kk", "unit-ru",
    "unit-en", "source", "side", "weight", "points", "basis",
];

/// A first draft from the criteria that the platform was started with: points from 0 to 100.
pub(super) fn first(published: &[PublishedCriterion]) -> CriteriaDocument {
    let criterion = |published: &PublishedCriterion| SetCriterion {
        code: published.code.clone(),
        title: published.title.clone(),
        help: published.help.clone(),
        unit: Text::new("балл, 0–100", "балл, 0–100", "points, 0–100"),
        source: ValueSource::Commission,
        side: Side::Social,
        weight_e4: published.weight.saturating_mul(100),
        points: vec![(0, 0), (1_000_000, 10_000)],
        basis: String::new(),
    };
    CriteriaDocument {
        format: 1,
        title: Text::new(
            "Жобаларды бағалау критерийлері",
            "Критерии оценки проектов",
            "Criteria for projects",
        ),
        source: String::new(),
        criteria: published.iter().map(criterion).collect(),
    }
}

fn decimal(e4: i64) -> String {
    let text = format!("{:.4}", from_e4(e4));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The form of a document.
pub(super) fn fill(document: &CriteriaDocument) -> kit::Form {
    let mut form = kit::Form::new()
        .with("title-kk", &document.title.kk)
        .with("title-ru", &document.title.ru)
        .with("title-en", &document.title.en)
        .with("source", &document.source);
    for (at, criterion) in document.criteria.iter().enumerate() {
        let points: Vec<String> = criterion
            .points
            .iter()
            .map(|(value, worth)| format!("{} = {}", decimal(*value), decimal(*worth * 100)))
            .collect();
        let values = [
            criterion.code.clone(),
            criterion.title.kk.clone(),
            criterion.title.ru.clone(),
            criterion.title.en.clone(),
            criterion.help.kk.clone(),
            criterion.help.ru.clone(),
            criterion.help.en.clone(),
            criterion.unit.kk.clone(),
            criterion.unit.ru.clone(),
            criterion.unit.en.clone(),
            criterion.source.code().to_owned(),
            criterion.side.code().to_owned(),
            decimal(i64::from(criterion.weight_e4) * 100),
            points.join("; "),
            criterion.basis.clone(),
        ];
        for (name, value) in NAMES.iter().zip(values) {
            form = form.with(&format!("{name}-{at}"), value);
        }
    }
    form
}

/// What was sent, to show it again.
pub(super) fn echo(sent: &Form) -> kit::Form {
    let mut form = kit::Form::new();
    for name in ["title-kk", "title-ru", "title-en", "source", "reason"] {
        form = form.with(name, sent.raw(name));
    }
    for at in 0..CRITERIA_MAX {
        for name in NAMES {
            let field = format!("{name}-{at}");
            form = form.with(&field, sent.raw(&field));
        }
    }
    form
}

/// A row of which neither code, name nor weight is written.
pub(super) fn is_empty(form: &kit::Form, at: usize) -> bool {
    ["code", "title-kk", "title-ru", "title-en", "weight"]
        .iter()
        .all(|name| form.value(format!("{name}-{at}")).trim().is_empty())
}

/// Sum of the weights that can be read, hundredths of a per cent.
pub(super) fn weight_sum(form: &kit::Form) -> u32 {
    (0..CRITERIA_MAX).filter_map(|at| weight(form.value(format!("weight-{at}")))).sum()
}

/// Per cent with at most two decimals as hundredths of a per cent.
fn weight(text: &str) -> Option<u32> {
    let e4 = parse_e4(text.trim().trim_end_matches('%').trim())?;
    (e4 % 100 == 0).then(|| u32::try_from(e4 / 100).ok()).flatten().filter(|weight| *weight <= 10_000)
}

/// `0 = 0; 50 = 60; 100 = 100`: values and their worth in points of 0 to 100.
fn points(text: &str) -> Option<Vec<(i64, i64)>> {
    let pair = |part: &str| -> Option<(i64, i64)> {
        let (value, worth) = part.split_once('=')?;
        let worth = parse_e4(worth.trim())?;
        (worth % 100 == 0).then_some((parse_e4(value.trim())?, worth / 100))
    };
    let mut points: Vec<(i64, i64)> =
        text.split([';', '\n']).filter(|part| !part.trim().is_empty()).map(pair).collect::<Option<_>>()?;
    points.sort_unstable();
    Some(points)
}

fn text(sent: &Form, name: &str, at: Option<usize>, faults: &mut Vec<FieldFault>) -> Text {
    let mut read = |lang: &str| {
        let field = at.map_or_else(|| format!("{name}-{lang}"), |at| format!("{name}-{lang}-{at}"));
        let value = sent.get(&field).to_owned();
        if value.chars().count() > TEXT_CHARS_MAX {
            faults.push(FieldFault::new(field, "field-too-long").with("max", TEXT_CHARS_MAX));
        }
        value
    };
    let [kk, ru, en] = LANGS.map(&mut read);
    Text { kk, ru, en }
}

/// The document of a form, with what cannot be read.
pub(super) fn read(sent: &Form) -> (CriteriaDocument, Vec<FieldFault>) {
    let mut faults = Vec::new();
    let title = text(sent, "title", None, &mut faults);
    let form = echo(sent);
    let mut criteria = Vec::new();
    for at in (0..CRITERIA_MAX).filter(|at| !is_empty(&form, *at)) {
        let field = |name: &str| format!("{name}-{at}");
        let share = weight(sent.get(&field("weight")));
        if share.is_none() {
            faults.push(FieldFault::new(field("weight"), "field-criteria-weight"));
        }
        let line = points(sent.get(&field("points")));
        if line.is_none() {
            faults.push(FieldFault::new(field("points"), "field-criteria-points"));
        }
        criteria.push(SetCriterion {
            code: sent.get(&field("code")).to_owned(),
            title: text(sent, "title", Some(at), &mut faults),
            help: text(sent, "help", Some(at), &mut faults),
            unit: text(sent, "unit", Some(at), &mut faults),
            source: ValueSource::parse(sent.get(&field("source"))).unwrap_or(ValueSource::Commission),
            side: Side::parse(sent.get(&field("side"))).unwrap_or(Side::Social),
            weight_e4: share.unwrap_or(0),
            points: line.unwrap_or_default(),
            basis: sent.get(&field("basis")).chars().take(TEXT_CHARS_MAX).collect(),
        });
    }
    let source = sent.get("source").chars().take(TEXT_CHARS_MAX).collect();
    (CriteriaDocument { format: 1, title, source, criteria }, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_read_again() {
        let mut document = first(&[]);
        document.criteria.push(SetCriterion {
            code: "reach".to_owned(),
            title: Text::same("Охват"),
            help: Text::default(),
            unit: Text::same("чел."),
            source: ValueSource::Ratings,
            side: Side::Financial,
            weight_e4: 10_000,
            points: vec![(0, 0), (505_000, 6_050), (1_000_000, 10_000)],
            basis: "Решение".to_owned(),
        });
        let filled = fill(&document);
        assert_eq!(filled.value("points-0"), "0 = 0; 50.5 = 60.5; 100 = 100");
        let fields = NAMES
            .iter()
            .map(|name| format!("{name}-0"))
            .chain(["title-kk", "title-ru", "title-en", "source"].map(str::to_owned))
            .map(|name| (name.clone(), filled.value(&name).to_owned()));
        let (read, faults) = read(&Form::from_fields(fields.collect()));
        assert_eq!((read, faults), (document, Vec::new()));
    }
}
