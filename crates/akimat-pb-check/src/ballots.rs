//! Votes in the units of the rule, and who may win.

use crate::file::File;
use crate::refusal::Refusal;
use serde_json::Value;
use std::cmp::Reverse;

/// The election as the rule sees it, computed from the file alone.
#[derive(Debug)]
pub(crate) struct Ballots {
    /// Project and units of each voter, by project.
    pub(crate) entries: Vec<Vec<(u32, i64)>>,
    /// Voter and units of each supporter of each project.
    pub(crate) supporters: Vec<Vec<(u32, i64)>>,
    pub(crate) scores: Vec<i64>,
    pub(crate) costs: Vec<i64>,
    pub(crate) budget: i64,
    pub(crate) times_cost: bool,
    pub(crate) admitted: Vec<bool>,
    pub(crate) rivals: Vec<Vec<usize>>,
    /// Place of each project in the order for ties.
    pub(crate) rank: Vec<usize>,
}

impl Ballots {
    pub(crate) fn new(file: &File, rule: &Value) -> Result<Self, Refusal> {
        let part = |name: &str| Refusal::Unsupported { what: name.to_owned() };
        // Rules that count approvals do so whatever the utility.
        let by_marks = matches!(rule["method"]["kind"].as_str(), Some("phragmen" | "maximin" | "ees"));
        let units = rule["utility"]["units"].as_str().ok_or_else(|| part("utility"))?;
        let units = if by_marks { "marks" } else { units };
        let by_points = matches!(units, "marks" | "points");
        let times_cost = rule["utility"]["times_cost"].as_bool().ok_or_else(|| part("utility"))?;
        let n = file.costs.len();
        let declared = file.meta.get("max_length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let longest = file.votes.iter().map(|(marks, _)| marks.len()).max().unwrap_or(0).max(declared);
        let mut ballots = Self {
            entries: Vec::with_capacity(file.votes.len()),
            supporters: vec![Vec::new(); n],
            scores: vec![0; n],
            costs: file.costs.clone(),
            budget: file.budget,
            times_cost,
            admitted: Vec::new(),
            rivals: rivals(file, rule).ok_or_else(|| part("conflicts"))?,
            rank: Vec::new(),
        };
        for (voter, (marks, points)) in file.votes.iter().enumerate() {
            let mut entry: Vec<(u32, i64)> = Vec::with_capacity(marks.len());
            for (place, &mark) in marks.iter().enumerate() {
                let point = points.get(place).copied();
                let units = match units {
                    "marks" => i64::from(point.is_none_or(|points| points > 0)),
                    "points" => point.unwrap_or(1),
                    "borda" => whole(marks.len() - place - 1),
                    "ranks" => whole(longest - place),
                    other => return Err(part(other)),
                };
                match entry.iter_mut().find(|(project, _)| *project == mark) {
                    // A project that stands twice: the last points count, or the first place.
                    Some(known) if by_points => known.1 = units,
                    Some(_) => {}
                    None => entry.push((mark, units)),
                }
            }
            entry.iter().for_each(|&(project, units)| ballots.scores[project as usize] += units);
            entry.retain(|&(_, units)| units > 0);
            entry.sort_unstable();
            let voter = u32::try_from(voter).map_err(|_| part("voters"))?;
            entry
                .iter()
                .for_each(|&(project, units)| ballots.supporters[project as usize].push((voter, units)));
            ballots.entries.push(entry);
        }
        ballots.admitted = ballots.admit(&rule["eligibility"], &file.ids);
        Ok(ballots)
    }

    fn admit(&self, eligibility: &Value, ids: &[String]) -> Vec<bool> {
        let least = eligibility["min_score"].as_i64();
        let divisor = eligibility["share_divisor"].as_i64();
        let needs_votes = eligibility["needs_votes"].as_bool().unwrap_or(false);
        let listed = |id: &str| {
            eligibility["excluded"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one.as_str() == Some(id)))
        };
        let admitted = |project: usize| {
            let votes = self.supporters[project].len() as i128;
            let share = divisor.is_none_or(|divisor| {
                votes * i128::from(divisor) * i128::from(self.budget)
                    >= i128::from(self.costs[project]) * self.entries.len() as i128
            });
            let score = least.is_none_or(|least| self.scores[project] >= least);
            score && share && (!needs_votes || votes > 0) && !listed(&ids[project])
        };
        (0..self.costs.len()).map(admitted).collect()
    }

    /// The order for ties, as far as the file determines it: the lot itself is not drawn here.
    pub(crate) fn take_order(&mut self, file: &File, ties: &str, order: &[usize]) -> Result<(), Refusal> {
        self.rank = vec![usize::MAX; self.costs.len()];
        for (place, &project) in order.iter().enumerate() {
            self.rank[project] = place;
        }
        if let Some(missing) = self.rank.iter().position(|&place| place == usize::MAX) {
            return Err(Refusal::Order { project: file.ids[missing].clone() });
        }
        for pair in order.windows(2) {
            let &[a, b] = pair else { continue };
            let votes = |project: usize| Reverse(self.supporters[project].len());
            let stands = match ties {
                "file" => a < b,
                "lexico" => file.ids[a] < file.ids[b],
                "cost-votes-lot" => (self.costs[a], votes(a)) <= (self.costs[b], votes(b)),
                other => return Err(Refusal::Unsupported { what: other.to_owned() }),
            };
            if !stands {
                return Err(Refusal::Order { project: file.ids[b].clone() });
            }
        }
        Ok(())
    }

    /// By what a price of a unit is divided to give a price of gain.
    pub(crate) fn gain(&self, project: usize) -> i64 {
        if self.times_cost { self.costs[project] } else { 1 }
    }

    /// The project may be bought by its supporters after these.
    pub(crate) fn is_open(&self, project: usize, bought: &[usize]) -> bool {
        self.admitted[project]
            && !bought.contains(&project)
            && !self.rivals[project].iter().any(|rival| bought.contains(rival))
    }

    /// What projects cost.
    pub(crate) fn total(&self, projects: &[usize]) -> i128 {
        projects.iter().map(|&project| i128::from(self.costs[project])).sum()
    }
}

fn whole(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Who is out once another one won; nothing where the rule names what the file does not have.
fn rivals(file: &File, rule: &Value) -> Option<Vec<Vec<usize>>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    if let Some(conflicts) = rule.get("conflicts") {
        for conflict in conflicts.as_array()? {
            let find = |id: &Value| file.ids.iter().position(|known| Some(known.as_str()) == id.as_str());
            groups.push(conflict.as_array()?.iter().map(find).collect::<Option<_>>()?);
        }
    }
    if let Some(column) = rule.get("one_per") {
        let at = file.columns.iter().position(|known| Some(known.as_str()) == column.as_str())?;
        let mut of = std::collections::BTreeMap::<&str, Vec<usize>>::new();
        for (project, fields) in file.fields.iter().enumerate() {
            match fields.get(at).map(String::as_str) {
                Some(value) if !value.is_empty() && !value.eq_ignore_ascii_case("none") => {
                    of.entry(value).or_default().push(project);
                }
                _ => {}
            }
        }
        groups.extend(of.into_values());
    }
    let mut rivals = vec![Vec::new(); file.ids.len()];
    for group in &groups {
        for &project in group {
            rivals[project].extend(group.iter().copied().filter(|&other| other != project));
        }
    }
    Some(rivals)
}
