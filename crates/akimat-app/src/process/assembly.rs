//! Assemblies with delegates, and need weights: an office registers the meetings of a process, and divides the money by
//! what is known about its districts. By which rule is dated data.

use super::{changed, office_of};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Money, ProcessId, Text};
use akimat_participation::Process;
use akimat_participation::process::assembly::{
    Assembly, Bracket, NeedFacts, NeedRule, WORDS_CHARS_MAX, delegates,
};
use akimat_participation::process::{Envelope, Formula, Weight, envelope};
use akimat_storage::{Account, Conflict};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::sync::LazyLock;

/// Meetings of one process at most.
const ASSEMBLIES_MAX: usize = 500;
/// The least amount in which money is divided: a thousand tenge.
const UNIT: Money = Money::from_tiyn(100_000);

/// The rules of assemblies of a template.
#[derive(Clone, Debug, Deserialize)]
pub struct AssemblyRule {
    /// Of which template.
    pub template: String,
    /// Day of the source.
    pub dated: Date,
    /// Somebody compared the numbers with the source.
    pub verified: bool,
    /// Where they come from.
    pub source: Text,
    /// Delegates by participants.
    pub delegates: Vec<Bracket>,
    /// How need is weighed.
    pub need: NeedRule,
}

#[derive(Deserialize)]
struct Rules {
    rules: Vec<AssemblyRule>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let text = include_str!("../../../../data/participation/assemblies.json");
    serde_json::from_str(text).expect("a test reads the file")
});

/// The rules of the template that a process was made from; nothing for processes without assemblies.
pub fn assembly_rule(process: &Process) -> Option<&'static AssemblyRule> {
    RULES.rules.iter().find(|rule| rule.template == process.template)
}

/// A meeting as an office enters it.
#[derive(Clone, Debug, Default)]
pub struct AssemblyDraft {
    /// The counter that the form was shown with.
    pub edit: u32,
    /// Code of the envelope whose residents met; empty: all.
    pub envelope: String,
    /// The day.
    pub held_on: Option<Date>,
    /// Where, in words.
    pub site: String,
    /// Participants.
    pub participants: Option<u32>,
    /// Delegates that were elected.
    pub delegates: Option<u32>,
    /// Where the minutes are published.
    pub minutes: String,
}

fn faults_of(process: &Process, draft: &AssemblyDraft, rule: &AssemblyRule, today: Date) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if !draft.envelope.is_empty() && process.envelope(&draft.envelope).is_none() {
        faults.push(FieldFault::new("envelope", "field-choose-from-list"));
    }
    match draft.held_on {
        Some(day) if day <= today => {}
        Some(_) => faults.push(FieldFault::new("held_on", "assembly-in-future")),
        None => faults.push(FieldFault::new("held_on", "field-required")),
    }
    for (field, words) in [("site", &draft.site), ("minutes", &draft.minutes)] {
        if words.trim().is_empty() {
            faults.push(FieldFault::new(field, "field-required"));
        } else if words.chars().count() > WORDS_CHARS_MAX {
            faults.push(FieldFault::new(field, "field-too-long").with("max", WORDS_CHARS_MAX));
        }
    }
    if !draft.minutes.trim().is_empty() && !draft.minutes.trim().starts_with("https://") {
        faults.push(FieldFault::new("minutes", "assembly-minutes-wrong"));
    }
    match (draft.participants, draft.delegates) {
        (Some(participants), Some(elected)) => {
            let most = delegates(&rule.delegates, participants);
            if elected > most {
                faults.push(FieldFault::new("delegates", "assembly-delegates-many").with("max", most));
            }
        }
        (None, _) => faults.push(FieldFault::new("participants", "assembly-number-wrong")),
        (_, None) => faults.push(FieldFault::new("delegates", "assembly-number-wrong")),
    }
    faults
}

impl App {
    async fn led_assembly(
        &self,
        actor: Option<&Account>,
        (id, edit): (ProcessId, u32),
    ) -> Result<(Process, Account, &'static AssemblyRule)> {
        permission::check(actor, Permission::LeadProcesses, None)?;
        let process = self.process(id).await?;
        permission::check(actor, Permission::LeadProcesses, Some(process.place))?;
        let rule = assembly_rule(&process).ok_or(AppError::NotFound("assembly"))?;
        if process.edit != edit {
            return Err(AppError::Conflict(Conflict::Stale("process")));
        }
        Ok((process, actor.ok_or(AppError::SignInNeeded)?.clone(), rule))
    }

    /// An office registers a meeting that was held; it goes into the log.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field: more delegates than the rule gives among them.
    pub async fn register_assembly(
        &self,
        actor: Option<&Account>,
        id: ProcessId,
        draft: AssemblyDraft,
    ) -> Result<()> {
        let (process, account, rule) = self.led_assembly(actor, (id, draft.edit)).await?;
        let mut faults = faults_of(&process, &draft, rule, self.today());
        if !process.published() {
            faults.push(FieldFault::new("", "assembly-draft"));
        }
        if process.assemblies.len() >= ASSEMBLIES_MAX {
            faults.push(FieldFault::new("", "assembly-many").with("max", ASSEMBLIES_MAX));
        }
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let (Some(held_on), Some(participants), Some(elected)) =
            (draft.held_on, draft.participants, draft.delegates)
        else {
            return Err(AppError::field("held_on", "field-required"));
        };
        let assembly = Assembly {
            number: process.assemblies.iter().map(|one| one.number).max().unwrap_or(0) + 1,
            envelope: draft.envelope,
            held_on,
            site: draft.site.trim().to_owned(),
            participants,
            delegates: elected,
            minutes: draft.minutes.trim().to_owned(),
            by: office_of(&account),
            at: self.now(),
        };
        let body = json!({
            "number": assembly.number, "envelope": assembly.envelope, "held_on": assembly.held_on.to_string(),
            "participants": participants, "delegates": elected,
            "minutes_sha256": crate::log::digest(&assembly.minutes),
        });
        let mut next = Process { edit: process.edit + 1, updated_at: self.now(), ..process };
        next.assemblies.push(assembly);
        let audit = self.audit(actor, "register_assembly", id, Some(next.place), &body);
        let leaf = self.log_entry("assembly_registered", format!("process/{id}"), body);
        Ok(self.store().apply(vec![changed(next), leaf, audit]).await?)
    }

    /// An office divides the money of a draft by what is known about its districts.
    ///
    /// # Errors
    /// [`AppError::Invalid`] once it is published, or when the facts do not fit the envelopes.
    pub async fn weigh_need(
        &self,
        actor: Option<&Account>,
        (id, edit): (ProcessId, u32),
        facts: Vec<NeedFacts>,
    ) -> Result<()> {
        let (process, _, rule) = self.led_assembly(actor, (id, edit)).await?;
        if process.published() {
            return Err(AppError::field("facts", "budgeting-published-already"));
        }
        let wrong = || AppError::field("facts", "assembly-facts-wrong");
        if facts.len() != process.envelopes.len()
            || facts.iter().any(|one| one.lack_pct > 100 || one.rank > 4)
        {
            return Err(wrong());
        }
        let mut weights = Vec::new();
        for own in &process.envelopes {
            let found = facts.iter().find(|one| one.envelope == own.code).ok_or_else(wrong)?;
            weights.push(Weight { population: found.population, need: rule.need.points(found).1 });
        }
        let total = Money::checked_sum(process.envelopes.iter().map(|one| one.amount)).unwrap_or(Money::ZERO);
        let amounts = envelope::shares(Formula::Points, total, UNIT, &weights).map_err(|_| wrong())?;
        let envelopes = process.envelopes.iter().zip(weights).zip(amounts);
        let envelopes =
            envelopes.map(|((own, weight), amount)| Envelope { weight, amount, ..own.clone() }).collect();
        let next = Process {
            envelopes,
            formula: Formula::Points,
            need_facts: facts,
            edit: process.edit + 1,
            updated_at: self.now(),
            ..process
        };
        let audit = self.audit(actor, "weigh_need", id, Some(next.place), &json!({ "edit": next.edit }));
        Ok(self.store().apply(vec![changed(next), audit]).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_whole_and_say_whether_they_were_compared() {
        for rule in &RULES.rules {
            assert!(super::super::template(&rule.template).is_some(), "{}", rule.template);
            assert!(!rule.source.kk.is_empty() && !rule.source.ru.is_empty() && !rule.source.en.is_empty());
            assert_eq!(
                rule.delegates.last().map(|last| last.upto),
                Some(None),
                "the last bracket has no end"
            );
            for one in [&rule.need.lack, &rule.need.population, &rule.need.priority] {
                assert!(one.weight > 0 && one.grades.is_sorted_by_key(|grade| (grade.from, grade.points)));
            }
        }
    }
}
