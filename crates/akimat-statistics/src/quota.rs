//! How many people to ask in each group, in proportion to the population; the remainders go to the largest
//! fractions (Hamilton), ties to the earlier row.

use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::Table;
use crate::warning::Warning;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    crate::design::count(&request.columns, 1, 6)?;
    let population = request.count.as_deref().ok_or(Refusal::OptionMissing { option: "count" })?;
    let size = request.size.filter(|size| *size > 0).ok_or(Refusal::OptionMissing { option: "size" })?;
    let persons = crate::frequency::persons(table, Some(population))?;
    let filled =
        request.filled.as_deref().map(|name| crate::frequency::persons(table, Some(name))).transpose()?;
    let mut names = Vec::new();
    for column in &request.columns {
        names.push(table.find(column)?.texts().collect::<Vec<_>>());
    }
    let rows: Vec<usize> =
        (0..table.n_rows()).filter(|row| names.iter().all(|name| name[*row].is_some())).collect();
    let total: u128 = rows.iter().map(|row| persons[*row] as u128).sum();
    if total == 0 {
        return Err(Refusal::NoAnswers { column: population.to_owned() });
    }
    let quotas =
        apportion(&rows.iter().map(|row| persons[*row] as u128).collect::<Vec<_>>(), total, u128::from(size));
    let mut sheet = Sheet::new("quota", &["cell"], &["population", "share", "quota"]);
    if filled.is_some() {
        sheet
            .figures
            .extend([crate::report::Label::Word("filled"), crate::report::Label::Word("still_to_ask")]);
    }
    for (row, quota) in rows.iter().zip(&quotas) {
        let cell: Vec<&str> = names.iter().filter_map(|name| name[*row]).collect();
        let share = persons[*row] as f64 / total as f64;
        let mut values = vec![Value::count(persons[*row]), Value::share(share), Value::count(*quota)];
        if let Some(filled) = &filled {
            values.push(Value::count(filled[*row]));
            values.push(Value::count(quota.saturating_sub(filled[*row])));
        }
        sheet.add(&[&cell.join(" · ")], values);
    }
    let n = usize::try_from(size).unwrap_or(usize::MAX);
    let missing = table.n_rows() - rows.len();
    Ok(Outcome { n, missing, sheets: vec![sheet], warnings: vec![Warning::NotRepresentative] })
}

fn apportion(persons: &[u128], total: u128, size: u128) -> Vec<usize> {
    let mut quotas: Vec<u128> = persons.iter().map(|n| n * size / total).collect();
    let mut order: Vec<usize> = (0..persons.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(persons[*at] * size % total));
    let left = size - quotas.iter().sum::<u128>();
    order.iter().zip(0..left).for_each(|(at, _)| quotas[*at] += 1);
    quotas.into_iter().map(|quota| usize::try_from(quota).unwrap_or(usize::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_add_to_the_size_and_ties_go_to_the_earlier_row() {
        assert_eq!(apportion(&[50, 50], 100, 3), [2, 1]);
        assert_eq!(apportion(&[61, 25, 14], 100, 120), [73, 30, 17]);
        assert_eq!(apportion(&[0, 7], 7, 10), [0, 10]);
    }
}
