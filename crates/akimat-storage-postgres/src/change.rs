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
#[expect(clippy::cognitive_complexity, reason = "one line a change: a list, not a tangle")]
pub(crate) async fn apply(db: &Db<'_>, change: &Change) -> Result<()> {
    match change {
        Change::PutPlaces(places) => place::put(db, places).await,
        Change::ClosePlace(code, on) => place::close(db, *code, *on).await,
        Change::AddBudget(stated, figures) => budget::add(db, stated, figures).await,
        Change::AddProject(new) => project::add(db, new).await,
        Change::UpdateProject(new) => project::update(db, new).await,
        Change::AddStatusChange(id, moved) => project::add_status_change(db, *id, moved).await,
        Change::AddProjectUpdate(news) => project::add_update(db, news).await,
        &Change::PutRating { project, place, account, rating, at } => {
            participation::put_rating(db, &Vote { project, place, account, rating, at }).await
        }
        Change::AddComment(comment, place) => participation::add_comment(db, comment, *place).await,
        Change::HideComment(id, hidden) => participation::set_hidden(db, *id, Some(hidden)).await,
        Change::ShowComment(id) => participation::set_hidden(db, *id, None).await,
        Change::AddAccount(person, password_hash) => account::add(db, person, password_hash).await,
        Change::AddSession(session) => account::add_session(db, session).await,
        Change::RemoveSession(token) => account::remove_session(db, token).await,
        Change::RemoveSessionsBefore(before) => account::remove_sessions_before(db, *before).await,
        Change::AddDecision(new) => decision::add(db, new).await,
        Change::PutFacts(reports) => fact::put(db, reports).await,
        Change::NameFactLines(names) => fact::name_lines(db, names).await,
        Change::AddSaved(saved) => saved::add(db, saved).await,
        Change::UpdateSaved(saved) => saved::update(db, saved).await,
        Change::RemoveSaved(id) => saved::remove(db, *id).await,
        Change::AddFindingNote(note) => finding_note::add(db, note).await,
        Change::AddPublication(noted) => publication::add(db, noted).await,
        Change::PutObservations(figures) => observation::put(db, figures).await,
        Change::AddOutcomePrediction(new) => outcome_prediction::add(db, new).await,
        Change::AddOutcomeDecision(new) => outcome_prediction::decide(db, new).await,
        Change::AddQuestion(asked) => question::add(db, asked).await,
        Change::AnswerQuestion(id, answer) => question::answer(db, *id, answer).await,
        Change::HideQuestion(id, hidden) => question::set_hidden(db, *id, Some(hidden)).await,
        Change::ShowQuestion(id) => question::set_hidden(db, *id, None).await,
        Change::PublishForecast(forecast) => published_forecast::publish(db, forecast).await,
        Change::AddJudgements(judgements) => published_forecast::judge(db, judgements).await,
        Change::AddAdjustment(adjustment) => published_forecast::adjust(db, adjustment).await,
        Change::AddJob(new) => job::add(db, new).await,
        &Change::ClaimJob { id, runner, at, before } => job::claim(db, (id, runner), at, before).await,
        Change::ProgressJob(progress) => job::progress(db, progress).await,
        Change::EndJob { id, runner, state, message, at } => {
            job::end(db, (*id, *runner), (*state, message), *at).await
        }
        Change::CancelJob(id, at) => job::cancel(db, *id, *at).await,
        Change::AddAppraisal(version) => appraisal::add(db, version).await,
        Change::SignAppraisal(id, signature) => appraisal::sign(db, *id, signature).await,
        Change::AddCriteriaSet(new) => criteria_set::add(db, new).await,
        Change::UpdateCriteriaSet(set) => criteria_set::update(db, set).await,
        Change::AddScores(scores) => score::add(db, scores).await,
        Change::AddProgramme(new) => programme::add(db, new).await,
        Change::UpdateProgramme(scenario) => programme::update(db, scenario).await,
        Change::RemoveProgramme(id, edit) => programme::remove(db, *id, *edit).await,
        Change::AddProgrammeComment(said) => programme::comment(db, said).await,
        Change::AddAudit(record) => audit::add(db, record).await,
    }
}
