//! What each change does.

use crate::db::Db;
use crate::participation::Vote;
use crate::{
    acceptance, access_token, account, appraisal, audit, ballot, budget, contact, correction, credential,
    criteria_set, decision, discount, dossier, erasure, exercise, fact, finding_note, import, job, log_entry,
    merged_project, notice, observation, outbox, outcome_prediction, participation, person, photo, place,
    process, programme, project, proposal, publication, published_forecast, question, saved, score,
    subscription,
};
use akimat_storage::{Change, Result};

/// Carries out one change inside the transaction of its batch.
#[expect(
    clippy::cognitive_complexity,
    clippy::too_many_lines,
    reason = "one line a change: a list, not a tangle"
)]
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
        Change::Talk(change) => participation::change_talk(db, change).await,
        Change::AddAccount(person, password_hash) => account::add(db, person, password_hash).await,
        Change::AddSession(session) => account::add_session(db, session).await,
        Change::RemoveSession(token) => account::remove_session(db, token).await,
        Change::RemoveSessionsBefore(before) => account::remove_sessions_before(db, *before).await,
        Change::PutSection(section) => dossier::put(db, section).await,
        Change::AddImport(file, bytes) => import::add(db, file, bytes).await,
        Change::UpdateImport(file) => import::update(db, file).await,
        Change::RemoveImport(id, edit) => import::remove(db, *id, *edit).await,
        Change::AddImported(id, brought) => import::add_imported(db, *id, brought).await,
        Change::AddImportedSections(id, brought) => import::add_imported_sections(db, *id, brought).await,
        Change::RemoveSection(project, id) => dossier::remove(db, *project, *id).await,
        Change::RemoveProject(id, version) => import::remove_project(db, *id, *version).await,
        Change::MergeProject(merged, kinds) => merged_project::merge(db, merged, kinds).await,
        Change::AddAccessToken(token) => access_token::add(db, token).await,
        Change::RevokeAccessToken(id, account, at) => access_token::revoke(db, (*id, *account), *at).await,
        Change::Contact(change) => contact::apply(db, change).await,
        Change::Credential(change) => credential::apply(db, change).await,
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
        Change::ProgrammeDraft(change) => programme::draft(db, change).await,
        Change::Discount(change) => discount::apply(db, change).await,
        Change::AddPhoto(new, files) => photo::add(db, new, files).await,
        Change::UpdatePhoto(changed) => photo::update(db, changed).await,
        Change::PutAcceptance(said) => acceptance::put(db, said).await,
        Change::RemoveAcceptance(id) => acceptance::remove(db, *id).await,
        Change::HideAcceptance(id, hidden) => acceptance::set_hidden(db, *id, Some(hidden)).await,
        Change::ShowAcceptance(id) => acceptance::set_hidden(db, *id, None).await,
        Change::AddAcceptanceAnswer(said) => acceptance::answer(db, said).await,
        Change::AddSubscription(who, what) => subscription::add(db, who, what).await,
        &Change::ConfirmSubscription { id, at, due_at } => subscription::confirm(db, id, at, due_at).await,
        &Change::ChangeSubscription { id, frequency, due_at } => {
            subscription::change(db, id, frequency, due_at).await
        }
        &Change::AdvanceSubscription { id, from, to, due_at } => {
            subscription::advance(db, id, (from, to), due_at).await
        }
        &Change::RemoveSubscription(id, at) => subscription::remove(db, id, at).await,
        &Change::RemoveSubscriber(id, at) => subscription::remove_all(db, id, at).await,
        &Change::RemoveUnconfirmedBefore(before, at) => subscription::remove_waiting(db, before, at).await,
        Change::PutLetter(letter) => outbox::put(db, letter).await,
        &Change::LeaseLetter { id, runner, at, until } => outbox::lease(db, (id, runner), at, until).await,
        Change::EndAttempt { id, runner, attempt, at } => outbox::end(db, (*id, *runner), attempt, *at).await,
        &Change::RemoveLettersBefore(before) => outbox::purge(db, before).await,
        Change::PutBoundaries(borders) => project::put_boundaries(db, borders).await,
        Change::AddLogEntry(entry) => log_entry::add(db, entry).await,
        Change::IntegrateLog(step) => log_entry::integrate(db, step).await,
        Change::PutLogCosignature(said) => log_entry::put_cosignature(db, said).await,
        Change::PutLogRefusal(refusal) => log_entry::put_refusal(db, refusal).await,
        Change::PutWitnessedLog(seen, before) => log_entry::put_witnessed(db, seen, *before).await,
        Change::AddCorrection(new) => correction::add(db, new).await,
        Change::EndCorrection(ended) => correction::end(db, ended).await,
        Change::RenameAccount(account, name) => correction::rename(db, *account, name).await,
        Change::AddVerification(new) => person::add(db, new).await,
        Change::UpdateVerification(changed) => person::update(db, changed).await,
        Change::AddRoleGrant(new) => person::grant(db, new).await,
        &Change::RevokeRoleGrant(id, at) => person::revoke(db, id, at).await,
        Change::AddAccessRecord(look) => person::looked(db, look).await,
        Change::ErasePerson(erasure) => erasure::erase(db, erasure).await,
        Change::Forget(forgetting) => erasure::forget(db, forgetting).await,
        Change::Notice(change) => notice::apply(db, change).await,
        Change::Process(change) => process::apply(db, change).await,
        Change::Proposal(change) => proposal::apply(db, change).await,
        Change::Ballot(change) => ballot::apply(db, change).await,
        Change::Exercise(change) => exercise::apply(db, change).await,
        Change::AddAudit(record) => audit::add(db, record).await,
    }
}
