//! What each change does.

use crate::db::Db;
use crate::participation::Vote;
use crate::{
    account, appraisal, audit, budget, criteria_set, decision, fact, finding_note, job, observation,
    outcome_prediction, participation, place, programme, project, publication, published_forecast, question,
    saved, score,
};
use akimat_storage::{Change, Result};

/// Carries out one change inside the transaction of its batch.
pub(crate) fn apply(db: &Db, change: Change) -> Result<()> {
    match change {
        Change::PutPlaces(places) => place::put(db, places),
        Change::ClosePlace(code, on) => place::close(db, code, on),
        Change::AddBudget(stated, figures) => budget::add(db, &stated, &figures),
        Change::AddProject(new) => project::add(db, &new),
        Change::UpdateProject(new) => project::update(db, &new),
        Change::AddStatusChange(id, moved) => project::add_status_change(db, id, &moved),
        Change::AddProjectUpdate(news) => project::add_update(db, &news),
        Change::PutRating { project, place, account, rating, at } => {
            participation::put_rating(db, &Vote { project, place, account, rating, at })
        }
        Change::AddComment(comment, place) => participation::add_comment(db, &comment, place),
        Change::HideComment(id, hidden) => participation::set_hidden(db, id, Some(&hidden)),
        Change::ShowComment(id) => participation::set_hidden(db, id, None),
        Change::AddAccount(person, password_hash) => account::add(db, &person, &password_hash),
        Change::AddSession(session) => account::add_session(db, &session),
        Change::RemoveSession(token) => account::remove_session(db, &token),
        Change::RemoveSessionsBefore(before) => account::remove_sessions_before(db, before),
        Change::AddDecision(new) => decision::add(db, &new),
        Change::PutFacts(reports) => fact::put(db, &reports),
        Change::NameFactLines(names) => fact::name_lines(db, &names),
        Change::AddSaved(saved) => saved::add(db, &saved),
        Change::UpdateSaved(saved) => saved::update(db, &saved),
        Change::RemoveSaved(id) => saved::remove(db, id),
        Change::AddFindingNote(note) => finding_note::add(db, &note),
        Change::AddPublication(noted) => publication::add(db, &noted),
        Change::PutObservations(figures) => observation::put(db, &figures),
        Change::AddOutcomePrediction(new) => outcome_prediction::add(db, &new),
        Change::AddOutcomeDecision(new) => outcome_prediction::decide(db, &new),
        Change::AddQuestion(asked) => question::add(db, &asked),
        Change::AnswerQuestion(id, answer) => question::answer(db, id, &answer),
        Change::HideQuestion(id, hidden) => question::set_hidden(db, id, Some(&hidden)),
        Change::ShowQuestion(id) => question::set_hidden(db, id, None),
        Change::PublishForecast(forecast) => published_forecast::publish(db, &forecast),
        Change::AddJudgements(judgements) => published_forecast::judge(db, &judgements),
        Change::AddAdjustment(adjustment) => published_forecast::adjust(db, &adjustment),
        Change::AddJob(new) => job::add(db, &new),
        Change::ClaimJob { id, runner, at, before } => job::claim(db, (id, runner), at, before),
        Change::ProgressJob(progress) => job::progress(db, &progress),
        Change::EndJob { id, runner, state, message, at } => {
            job::end(db, (id, runner), (state, &message), at)
        }
        Change::CancelJob(id, at) => job::cancel(db, id, at),
        Change::AddAppraisal(version) => appraisal::add(db, &version),
        Change::SignAppraisal(id, signature) => appraisal::sign(db, id, &signature),
        Change::AddCriteriaSet(new) => criteria_set::add(db, &new),
        Change::UpdateCriteriaSet(set) => criteria_set::update(db, &set),
        Change::AddScores(scores) => score::add(db, &scores),
        Change::AddProgramme(new) => programme::add(db, &new),
        Change::UpdateProgramme(scenario) => programme::update(db, &scenario),
        Change::RemoveProgramme(id, edit) => programme::remove(db, id, edit),
        Change::AddProgrammeComment(said) => programme::comment(db, &said),
        Change::AddAudit(record) => audit::add(db, &record),
    }
}
