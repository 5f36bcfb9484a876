//! Exercises in dividing a budget: an office begins one from a budget, opens and closes it; residents divide the money
//! anew. Consultative: it binds nobody and says so. What somebody wrote stands under a keyed hash while the exercise is
//! open, and under chance afterwards.

use crate::ballot::key::PersonKey;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_budget::classification::FUNCTIONAL_GROUPS;
use akimat_budget::{Budget, Item, Stage};
use akimat_core::{AccountId, BudgetId, KatoCode, Lang, Money, Role, Text};
use akimat_participation::exercise::{
    CODE_CHARS_MAX, DivisionFault, Exercise, ExerciseState, GROUPS_MAX, Group, Outcome, TOLD_MIN,
};
use akimat_storage::exercise::{ExerciseAnswer, ExerciseChange};
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use std::fmt::Write;

/// Characters of a title, of a summary.
const TITLE_MAX: usize = 160;
const SUMMARY_MAX: usize = 1_000;
/// From this total on amounts are written in millions, below it in thousands of tenge.
const LARGE: Money = Money::from_tiyn(100_000_000 * 100);
const MILLION: Money = Money::from_tiyn(1_000_000 * 100);
const THOUSAND: Money = Money::from_tiyn(1_000 * 100);
/// How often closing is tried again while residents hand in.
const TRIES: u8 = 8;

/// What an office says about a new exercise.
#[derive(Clone, Debug, Default)]
pub struct ExerciseDraft {
    /// The word of its address.
    pub code: String,
    /// Name.
    pub title: Text,
    /// What it asks.
    pub summary: Text,
    /// The budget whose functional groups are divided.
    pub budget: Option<BudgetId>,
    /// The last day on which residents take part.
    pub last_day: Option<Date>,
}

/// The money of the functional groups of a budget in whole units, so that the groups make the total: the unit, and each
/// group with its amount.
///
/// # Errors
/// [`AppError::Invalid`] for a budget without functional groups.
fn groups_of(budget: &Budget) -> Result<(Money, Vec<Group>)> {
    let none = || AppError::field("budget", "exercise-budget-empty");
    let stage = [Stage::Amended, Stage::Approved, Stage::Executed];
    let stage = stage.into_iter().find(|stage| budget.stages().contains(stage)).ok_or_else(none)?;
    let amounts: Vec<(&str, Text, Money)> = budget
        .lines
        .iter()
        .filter(|line| line.item == Item::FunctionalGroup)
        .filter_map(|line| {
            let amount = line.amounts.at(stage).filter(|amount| *amount > Money::ZERO)?;
            let known = FUNCTIONAL_GROUPS.iter().find(|group| group.code == line.code);
            let title = known.map_or_else(|| line.name.clone(), |group| group.name.text());
            Some((line.code.as_str(), title, amount))
        })
        .collect();
    if amounts.len() < 2 || amounts.len() > GROUPS_MAX {
        return Err(none());
    }
    let total = Money::checked_sum(amounts.iter().map(|(_, _, amount)| *amount)).ok_or_else(none)?;
    let unit = if total >= LARGE { MILLION } else { THOUSAND };
    // Largest remainders: the rounded groups make the rounded total.
    let mut units: Vec<i64> = amounts.iter().map(|(_, _, amount)| amount.tiyn() / unit.tiyn()).collect();
    let whole = total.tiyn() / unit.tiyn();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(amounts[*at].2.tiyn() % unit.tiyn()), *at));
    let left = usize::try_from(whole - units.iter().sum::<i64>()).unwrap_or(0);
    for at in order.into_iter().take(left) {
        units[at] += 1;
    }
    let group = |((code, title, _), units): ((&str, Text, Money), i64)| Group {
        code: code.to_owned(),
        title,
        planned: Money::from_tiyn(units * unit.tiyn()),
    };
    Ok((unit, amounts.into_iter().zip(units).map(group).collect()))
}

/// The divisions as they are published: one line a participant, in an order that says nothing.
pub fn divisions_file(exercise: &Exercise, answers: &[ExerciseAnswer]) -> String {
    let codes: Vec<&str> = exercise.groups.iter().map(|group| group.code.as_str()).collect();
    let mut text = codes.join(",");
    text.push('\n');
    for answer in answers {
        let units: Vec<String> = answer.units.iter().map(u32::to_string).collect();
        let _ = writeln!(text, "{}", units.join(","));
    }
    text
}

fn subject(exercise: &Exercise) -> String {
    format!("exercise/{}", exercise.id)
}

impl App {
    /// Whether somebody prepares and leads an exercise.
    pub fn leads_exercise(&self, actor: Option<&Account>, place: KatoCode) -> bool {
        permission::check(actor, Permission::LeadProcesses, Some(place)).is_ok()
    }

    /// Every exercise that somebody may see, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exercises(&self, actor: Option<&Account>) -> Result<Vec<Exercise>> {
        let all = self.read().list_exercises().await?;
        let seen = |one: &Exercise| one.state > ExerciseState::Draft || self.leads_exercise(actor, one.place);
        Ok(all.into_iter().filter(seen).collect())
    }

    /// An exercise by the word in its address; a draft for those alone who may lead it.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn exercise(&self, actor: Option<&Account>, code: &str) -> Result<Exercise> {
        let found = self.read().find_exercise_by_code(code).await?;
        let found = found.ok_or(AppError::NotFound("exercise"))?;
        let seen = found.state > ExerciseState::Draft || self.leads_exercise(actor, found.place);
        if seen { Ok(found) } else { Err(AppError::NotFound("exercise")) }
    }

    /// An office begins an exercise from a budget of its territory.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field; [`AppError::Forbidden`] outside the territory.
    pub async fn begin_exercise(&self, actor: Option<&Account>, draft: ExerciseDraft) -> Result<Exercise> {
        permission::check(actor, Permission::LeadProcesses, None)?;
        let found = match draft.budget {
            Some(id) => self.read().find_budget(id).await?,
            None => None,
        };
        let head = found.ok_or(AppError::field("budget", "field-choose-from-list"))?;
        let place = head.budget.place.ok_or(AppError::field("budget", "field-choose-from-list"))?;
        permission::check(actor, Permission::LeadProcesses, Some(place))?;
        let mut faults = faults_of(&draft, self.today());
        let code = draft.code.trim().to_lowercase();
        if self.read().find_exercise_by_code(&code).await?.is_some() {
            faults.push(FieldFault::new("code", "budgeting-code-taken"));
        }
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults));
        }
        let (unit, groups) = groups_of(&head.budget)?;
        let now = self.now();
        let exercise = Exercise {
            id: self.new_uuid(),
            place,
            code,
            year: head.budget.year,
            title: draft.title,
            summary: draft.summary,
            invented: head.budget.invented,
            state: ExerciseState::Draft,
            budget: head.budget.id.0,
            unit,
            groups,
            until: self.end_of_day(draft.last_day.unwrap_or_else(|| self.today())),
            result: None,
            edit: 1,
            created_at: now,
            updated_at: now,
        };
        let detail = json!({ "code": exercise.code });
        let audit = self.audit(actor, "begin_exercise", exercise.id, Some(place), &detail);
        let add = Change::Exercise(Box::new(ExerciseChange::Add(exercise.clone())));
        match self.store().apply(vec![add, audit]).await {
            Err(StoreError::Conflict(Conflict::Exists("exercise"))) => {
                Err(AppError::field("code", "budgeting-code-taken"))
            }
            done => Ok(done.map(|()| exercise)?),
        }
    }

    fn end_of_day(&self, day: Date) -> Timestamp {
        let next = day.checked_add(1.day()).unwrap_or(day);
        let zoned = next.at(0, 0, 0, 0).to_zoned(self.zone().clone());
        zoned.map_or_else(|_| self.now(), |zoned| zoned.timestamp())
    }

    /// An office opens an exercise; what is asked goes into the log. Done twice it is done once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when its last day is over; [`AppError::Forbidden`].
    pub async fn open_exercise(&self, actor: Option<&Account>, code: &str) -> Result<()> {
        let exercise = self.led_exercise(actor, code).await?;
        if exercise.state > ExerciseState::Draft {
            return Ok(());
        }
        if self.now() >= exercise.until {
            return Err(AppError::field("", "exercise-over-before-begun"));
        }
        let next = Exercise {
            state: ExerciseState::Open,
            edit: exercise.edit + 1,
            updated_at: self.now(),
            ..exercise
        };
        let body = json!({
            "code": next.code, "place": next.place.to_string(), "year": next.year,
            "question_sha256": crate::log::digest(&serde_json::to_string(&next).unwrap_or_default()),
        });
        let batch = vec![
            self.audit(actor, "open_exercise", next.id, Some(next.place), &json!({})),
            self.log_entry("exercise_opened", subject(&next), body),
            Change::Exercise(Box::new(ExerciseChange::Update(next))),
        ];
        Ok(self.store().apply(batch).await?)
    }

    async fn led_exercise(&self, actor: Option<&Account>, code: &str) -> Result<Exercise> {
        permission::check(actor, Permission::LeadProcesses, None)?;
        let exercise = self.exercise(actor, code).await?;
        permission::check(actor, Permission::LeadProcesses, Some(exercise.place))?;
        Ok(exercise)
    }

    /// Under which hashes a person may stand in an exercise, the surest first.
    async fn exercise_persons(&self, account: AccountId, exercise: &Exercise) -> Result<Vec<[u8; 32]>> {
        let key =
            self.ballot_key.as_ref().ok_or_else(|| AppError::Unavailable("no ballot key".to_owned()))?;
        let id = exercise.id.into_bytes();
        let hash = |person: PersonKey| match person {
            PersonKey::Identity(identity) => key.hash("exercise", &[b"identity", &id, &identity]),
            PersonKey::Account(account) => key.hash("exercise", &[b"account", &id, account.0.as_bytes()]),
        };
        Ok(self.person_keys(account).await?.into_iter().map(hash).collect())
    }

    /// How the person who asks divided the money; nothing once the exercise is closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_division(
        &self,
        actor: Option<&Account>,
        exercise: &Exercise,
    ) -> Result<Option<Vec<u32>>> {
        let Some(account) = actor.filter(|account| account.role == Role::Resident) else { return Ok(None) };
        if exercise.state != ExerciseState::Open || self.ballot_key.is_none() {
            return Ok(None);
        }
        for person in self.exercise_persons(account.id, exercise).await? {
            if let Some(found) = self.read().find_exercise_answer(exercise.id, person).await? {
                return Ok(Some(found.units));
            }
        }
        Ok(None)
    }

    /// A resident hands a division in, or changes it. One person has one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the amounts do not make the total, or the exercise is not open; [`AppError::Forbidden`]
    /// for officials.
    pub async fn divide(&self, actor: Option<&Account>, exercise: &Exercise, units: Vec<u32>) -> Result<()> {
        permission::check(actor, Permission::CastBallot, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        if account.role != Role::Resident {
            return Err(AppError::Forbidden);
        }
        if !exercise.open(self.now()) {
            return Err(AppError::field("", "exercise-not-open"));
        }
        match exercise.check(&units) {
            Ok(()) => {}
            Err(DivisionFault::Balance { by }) => {
                let key = if by > 0 { "exercise-too-much" } else { "exercise-too-little" };
                let fault = FieldFault::new("", key).with("by", by.unsigned_abs());
                return Err(AppError::Invalid(vec![fault]));
            }
            Err(DivisionFault::Groups { .. }) => return Err(AppError::field("", "exercise-changed")),
        }
        let persons = self.exercise_persons(account.id, exercise).await?;
        let mut chosen = persons.first().copied().ok_or(AppError::SignInNeeded)?;
        for person in persons {
            if self.read().find_exercise_answer(exercise.id, person).await?.is_some() {
                chosen = person;
                break;
            }
        }
        let answer = ExerciseAnswer { person: chosen, units };
        let keep = Change::Exercise(Box::new(ExerciseChange::Answer(exercise.id, answer)));
        match self.store().apply(vec![keep]).await {
            Err(StoreError::Conflict(Conflict::Stale("exercise"))) => {
                Err(AppError::field("", "exercise-not-open"))
            }
            done => Ok(done?),
        }
    }

    /// An office closes an exercise: divisions are parted from persons, the result is computed and published, and goes
    /// into the log. Done twice it is done once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a draft; [`AppError::Forbidden`].
    pub async fn close_exercise(&self, actor: Option<&Account>, code: &str) -> Result<()> {
        for _ in 0..TRIES {
            let exercise = self.led_exercise(actor, code).await?;
            match exercise.state {
                ExerciseState::Closed => return Ok(()),
                ExerciseState::Draft => return Err(AppError::field("", "exercise-not-open")),
                ExerciseState::Open => {}
            }
            let turns = self.read().exercise_turns(exercise.id).await?;
            let mut answers = self.read().list_exercise_answers(exercise.id).await?;
            for answer in &mut answers {
                answer.person = self.secret();
            }
            answers.sort_by_key(|answer| answer.person);
            let next = self.closed(exercise, &answers);
            let n = next.result.as_ref().map_or(0, |result| result.n);
            let hash = next.result.as_ref().map(|result| result.file_sha256.clone());
            // Below the least number nothing is kept that could be told.
            if n < TOLD_MIN {
                answers.clear();
            }
            let batch = vec![
                self.audit(actor, "close_exercise", next.id, Some(next.place), &json!({})),
                self.log_entry("exercise_closed", subject(&next), json!({ "n": n, "file_sha256": hash })),
                Change::Exercise(Box::new(ExerciseChange::Close(next, turns, answers))),
            ];
            match self.store().apply(batch).await {
                Err(StoreError::Conflict(Conflict::Stale("exercise"))) => {}
                done => return Ok(done?),
            }
        }
        Err(AppError::Conflict(Conflict::Stale("exercise")))
    }

    fn closed(&self, exercise: Exercise, answers: &[ExerciseAnswer]) -> Exercise {
        let divisions: Vec<Vec<u32>> = answers.iter().map(|answer| answer.units.clone()).collect();
        let n = u64::try_from(answers.len()).unwrap_or(u64::MAX);
        let file = divisions_file(&exercise, answers);
        let result = Outcome {
            n,
            lines: exercise.outcome_lines(&divisions),
            file_sha256: if n < TOLD_MIN { String::new() } else { crate::log::digest(&file) },
            at: self.now(),
        };
        Exercise {
            state: ExerciseState::Closed,
            result: Some(result),
            edit: exercise.edit + 1,
            updated_at: self.now(),
            ..exercise
        }
    }

    /// Divisions of invented persons for an invented exercise.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for a real exercise.
    pub async fn invent_divisions(&self, exercise: &Exercise, divisions: Vec<Vec<u32>>) -> Result<()> {
        if !exercise.invented {
            return Err(AppError::Forbidden);
        }
        let keep = |units| {
            let answer = ExerciseAnswer { person: self.secret(), units };
            Change::Exercise(Box::new(ExerciseChange::Answer(exercise.id, answer)))
        };
        Ok(self.store().apply(divisions.into_iter().map(keep).collect()).await?)
    }
}

fn faults_of(draft: &ExerciseDraft, today: Date) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let code = draft.code.trim().to_lowercase();
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain || !(3..=CODE_CHARS_MAX).contains(&code.len()) {
        faults.push(FieldFault::new("code", "budgeting-code-wrong"));
    }
    for (field, text, max) in [("title", &draft.title, TITLE_MAX), ("summary", &draft.summary, SUMMARY_MAX)] {
        if Lang::ALL.into_iter().any(|lang| text.exact(lang).chars().count() > max) {
            faults.push(FieldFault::new(format!("{field}_ru"), "field-too-long").with("max", max));
        }
    }
    for lang in ["kk", "ru"] {
        let text = if lang == "kk" { &draft.title.kk } else { &draft.title.ru };
        if text.trim().is_empty() {
            faults.push(FieldFault::new(format!("title_{lang}"), "field-required"));
        }
    }
    match draft.last_day {
        Some(day) if day >= today => {}
        Some(_) => faults.push(FieldFault::new("last_day", "exercise-day-past")),
        None => faults.push(FieldFault::new("last_day", "field-required")),
    }
    faults
}
