//! Why no plan keeps the rules, in one sentence of the reader's language.

use akimat_allocation::Programme;
use akimat_allocation::model::Rule;
use akimat_allocation::relax::{Clash, Contradiction, Diagnosis, counts_projects};
use akimat_i18n::{Arg, Locale};

/// The words of a programme.
pub struct RuleWords<'a> {
    /// Words and numbers.
    pub locale: &'a Locale,
    /// What is asked.
    pub programme: &'a Programme,
    /// A rule in words, without a full stop.
    pub rule: &'a dyn Fn(Rule) -> String,
    /// The name of a project.
    pub project: &'a dyn Fn(usize) -> String,
    /// An amount of money with its unit.
    pub money: &'a dyn Fn(i64) -> String,
}

impl std::fmt::Debug for RuleWords<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RuleWords").finish_non_exhaustive()
    }
}

impl RuleWords<'_> {
    /// What the contradiction is, in one sentence; `None` when it is not a simple one: the list of rules says it.
    pub fn contradiction(&self, clash: &Clash) -> Option<String> {
        Some(match clash.contradiction(self.programme) {
            Contradiction::DutiesAboveCap { projects, cap, by } => {
                let projects = self.projects(&projects);
                let rule = (self.rule)(cap);
                match by {
                    Some(by) if counts_projects(cap) => {
                        let (projects, rule) = (Arg::from(projects.as_str()), Arg::from(rule.as_str()));
                        let args = [("projects", projects), ("rule", rule), ("n", Arg::from(by))];
                        self.locale.f("relaxation-duties-starts", &args)
                    }
                    Some(by) => {
                        let by = (self.money)(by);
                        self.say(
                            "relaxation-duties-money",
                            &[("projects", &projects), ("rule", &rule), ("by", &by)],
                        )
                    }
                    None => self.say("relaxation-duties", &[("projects", &projects), ("rule", &rule)]),
                }
            }
            Contradiction::DutiesExclude { projects } => {
                self.say("relaxation-duties-exclude", &[("projects", &self.projects(&projects))])
            }
            Contradiction::DutyWaits { pair } => {
                let pair = self.programme.precedence()[pair];
                let (before, after) = ((self.project)(pair.before), (self.project)(pair.after));
                self.say("relaxation-duty-waits", &[("before", &before), ("after", &after)])
            }
            Contradiction::FloorAboveProjects { floor, by } => {
                let rule = (self.rule)(floor);
                match by.filter(|_| in_money(floor)) {
                    Some(by) => {
                        self.say("relaxation-floor-by", &[("rule", &rule), ("by", &(self.money)(by))])
                    }
                    None => self.say("relaxation-floor", &[("rule", &rule)]),
                }
            }
            Contradiction::FloorsAboveCaps { floors, caps, by } => {
                let money = floors.iter().chain(&caps).all(|rule| in_money(*rule));
                let (floors, caps) = (self.rules(&floors), self.rules(&caps));
                match by.filter(|_| money) {
                    Some(by) => {
                        let by = (self.money)(by);
                        self.say(
                            "relaxation-floors-caps-by",
                            &[("floors", &floors), ("caps", &caps), ("by", &by)],
                        )
                    }
                    None => self.say("relaxation-floors-caps", &[("floors", &floors), ("caps", &caps)]),
                }
            }
            Contradiction::Other => return None,
        })
    }

    /// The three smallest ways out, each in one sentence with its total; those that do not exist are left out.
    pub fn totals(&self, diagnosis: &Diagnosis) -> Vec<String> {
        let ways = [
            (&diagnosis.floors, "relaxation-way-floors", "relaxation-way-floors-none"),
            (&diagnosis.caps, "relaxation-way-caps", "relaxation-way-caps-none"),
        ];
        let mut said = Vec::new();
        for (way, key, none) in ways {
            let Some(way) = way else {
                said.push(self.locale.t(none).into_owned());
                continue;
            };
            // A total is in one unit only when no number of starts is in it.
            if way.concessions.iter().all(|one| in_money(one.rule)) {
                said.push(self.say(key, &[("total", &(self.money)(way.total))]));
            }
        }
        said
    }

    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg<'_>)> =
            args.iter().map(|(name, value)| (*name, Arg::from(*value))).collect();
        self.locale.f(key, &args)
    }

    fn projects(&self, projects: &[usize]) -> String {
        projects.iter().map(|at| (self.project)(*at)).collect::<Vec<_>>().join("; ")
    }

    fn rules(&self, rules: &[Rule]) -> String {
        rules.iter().map(|rule| (self.rule)(*rule)).collect::<Vec<_>>().join("; ")
    }
}

fn in_money(rule: Rule) -> bool {
    matches!(rule, Rule::Budget { .. } | Rule::Tail { .. } | Rule::Sector { .. } | Rule::District { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_allocation::programme::{Draft, Id, Part, Precedence, Project, Source};
    use akimat_allocation::relax::Concession;
    use akimat_core::Lang;

    fn programme() -> Programme {
        let project = |id: &str| Project {
            id: Id::Text(id.to_owned()),
            sector: Some(0),
            district: None,
            benefit: 1,
            total: 9,
            earliest: 1,
            latest: 1,
            cost: vec![vec![9]],
            mandatory: id != "C",
            barred: false,
        };
        let draft = Draft {
            years: 1,
            discount: vec![10_000],
            sources: vec![Source { name: "own".to_owned(), budget: vec![10], tail: None }],
            sectors: vec![Part { name: "roads".to_owned(), floor: 40, population: None }],
            starts_cap: Some(vec![1]),
            projects: ["A", "B", "C"].map(project).to_vec(),
            exclusive: vec![vec![0, 1]],
            precedence: vec![Precedence { before: 2, after: 0, lag: 1 }],
            ..Draft::default()
        };
        draft.check().unwrap()
    }

    fn names(rule: Rule) -> &'static str {
        if rule == (Rule::Sector { sector: 0 }) { "floor" } else { "own" }
    }

    #[test]
    fn each_contradiction_is_a_sentence_in_three_languages() {
        let programme = programme();
        let once = |project| Rule::Once { project };
        let (budget, starts) = (Rule::Budget { source: 0, year: 1 }, Rule::Starts { year: 1 });
        let (floor, list) = (Rule::Sector { sector: 0 }, Rule::Exclusive { group: 0 });
        /// Rules that clash, what would be enough, and the sentence.
        type Case<'a> = (&'a [Rule], &'a [(Rule, i64)], &'a str);
        let cases: [Case<'_>; 6] = [
            (&[once(0), once(1), budget], &[(budget, 8)], "at least 8 tenge: own. The projects are: A; B."),
            (&[once(0), once(1), starts], &[(starts, 1)], "1 project more must start"),
            (&[once(0), once(1), list], &[], "only one of their list may: A; B."),
            (&[once(0), Rule::Precedence { pair: 0, year: 1 }], &[], "“A” must start, but waits for “C”"),
            (&[once(2), floor], &[(floor, 13)], "at least 13 tenge is lacking: floor."),
            (&[budget, floor], &[(budget, 30), (floor, 31)], "fall by at least 31 tenge"),
        ];
        for (rules, enough, expect) in cases {
            let clash = Clash {
                rules: rules.to_vec(),
                projects: Vec::new(),
                enough: enough.iter().map(|(rule, by)| Concession { rule: *rule, by: *by }).collect(),
                irreducible: true,
            };
            for lang in [Lang::En, Lang::Ru, Lang::Kk] {
                let words = RuleWords {
                    locale: akimat_i18n::catalogue().locale(lang),
                    programme: &programme,
                    rule: &|rule| names(rule).to_owned(),
                    project: &|at| programme.projects()[at].id.to_string(),
                    money: &|by| format!("{by} tenge"),
                };
                let said = words.contradiction(&clash).unwrap();
                assert!(!said.contains('⟦'), "{said}");
                assert!(lang != Lang::En || said.contains(expect), "{said}");
            }
        }
    }
}
