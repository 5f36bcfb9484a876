//! The same answers without any engine: every fact is looked at, in 128 bits.

use crate::cube::Cube;
use akimat_core::{Money, Ratio};
use akimat_storage::columns::{
    AdHoc, AdHocRow, Aggregate, Dimension, Figure, Measure, Member, depth_of, district_of, functional_group,
};
use akimat_storage::fact::{FactLine, FactReport};
use std::collections::BTreeMap;

pub(crate) struct Expected {
    pub(crate) rows: Vec<AdHocRow>,
    pub(crate) truncated: bool,
    pub(crate) n_facts: u64,
}

fn wanted(asked: &AdHoc, report: &FactReport, line: &FactLine) -> bool {
    fn has<T: PartialEq>(list: &[T], value: &T) -> bool {
        list.is_empty() || list.contains(value)
    }
    let filter = &asked.filter;
    let group = functional_group(line.key.item, &line.key.code);
    (filter.under.is_empty() || filter.under.iter().any(|place| place.covers(report.place)))
        && has(&filter.units, &report.place)
        && has(&filter.levels, &report.level)
        && filter.years.as_ref().is_none_or(|years| years.contains(&report.year))
        && has(&filter.months, &report.month)
        && has(&filter.sections, &line.key.item.section())
        && has(&filter.items, &line.key.item)
        && (filter.groups.is_empty() || group.is_some_and(|group| filter.groups.iter().any(|g| g == group)))
        && has(&filter.codes, &line.key.code)
        && filter.depth.is_none_or(|depth| depth == depth_of(&line.key.code))
}

fn member(dimension: Dimension, report: &FactReport, line: &FactLine) -> Member {
    match dimension {
        Dimension::Region => Member::Place(report.place.region()),
        Dimension::District => district_of(report.place).map_or(Member::None, Member::Place),
        Dimension::Unit => Member::Place(report.place),
        Dimension::Level => Member::Number(report.level.into()),
        Dimension::Year => Member::Number(report.year),
        Dimension::Month => Member::Number(report.month.into()),
        Dimension::Section => Member::Section(line.key.item.section()),
        Dimension::Item => Member::Item(line.key.item),
        Dimension::Group => functional_group(line.key.item, &line.key.code)
            .map_or(Member::None, |group| Member::Code(group.to_owned())),
        Dimension::Code => Member::Code(line.key.code.clone()),
    }
}

fn figure(measure: Measure, facts: &[(FactReport, FactLine)]) -> Figure {
    let stated: Vec<i64> =
        facts.iter().filter_map(|(_, line)| line.amounts.at(measure.stage)).map(Money::tiyn).collect();
    let sum: i128 = stated.iter().map(|tiyn| i128::from(*tiyn)).sum();
    let money = |tiyn: Option<i64>| Figure::Money(tiyn.map(Money::from_tiyn));
    match measure.aggregate {
        Aggregate::Sum => money((!stated.is_empty()).then(|| i64::try_from(sum).unwrap())),
        Aggregate::Mean => Figure::Mean(Ratio::new(sum, stated.len() as i128)),
        Aggregate::Min => money(stated.into_iter().min()),
        Aggregate::Max => money(stated.into_iter().max()),
        Aggregate::Count => Figure::Count(stated.len() as u64),
    }
}

pub(crate) fn answer(cube: &Cube, asked: &AdHoc) -> Expected {
    let reports = cube.reports();
    let mut groups: BTreeMap<Vec<Member>, Vec<(FactReport, FactLine)>> = BTreeMap::new();
    if asked.by.is_empty() {
        groups.insert(Vec::new(), Vec::new());
    }
    for (at, report) in reports.iter().enumerate() {
        let next = reports.get(at + 1);
        let latest = next.is_none_or(|next| (next.place, next.year) != (report.place, report.year));
        if asked.latest && !latest {
            continue;
        }
        for line in report.lines.iter().filter(|line| wanted(asked, report, line)) {
            let key = asked.by.iter().map(|dimension| member(*dimension, report, line)).collect();
            let bare = FactReport { lines: Vec::new(), ..report.clone() };
            groups.entry(key).or_default().push((bare, line.clone()));
        }
    }
    let n_facts = groups.values().map(|facts| facts.len() as u64).sum();
    let limit = usize::try_from(asked.limit).unwrap();
    let truncated = groups.len() > limit;
    let rows = groups
        .into_iter()
        .take(limit)
        .map(|(key, facts)| {
            let figures = asked.measures.iter().map(|measure| figure(*measure, &facts)).collect();
            AdHocRow { key, figures }
        })
        .collect();
    Expected { rows, truncated, n_facts }
}
