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
#[expect(clippy::too_many_lines, reason = "one line a change: a list, not a tangle")]
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
        Change::Talk(change) => participation::change_talk(db, &change),
        Change::AddAccount(person, password_hash) => account::add(db, &person, &password_hash),
        Change::AddSession(session) => account::add_session(db, &session),
        Change::RemoveSession(token) => account::remove_session(db, &token),
        Change::RemoveSessionsBefore(before) => account::remove_sessions_before(db, before),
        Change::PutSection(section) => dossier::put(db, &section),
        Change::AddImport(file, bytes) => import::add(db, &file, &bytes),
        Change::UpdateImport(file) => import::update(db, &file),
        Change::RemoveImport(id, edit) => import::remove(db, id, edit),
        Change::AddImported(id, brought) => import::add_imported(db, id, &brought),
        Change::AddImportedSections(id, brought) => import::add_imported_sections(db, id, &brought),
        Change::RemoveSection(project, id) => dossier::remove(db, project, id),
        Change::RemoveProject(id, version) => import::remove_project(db, id, version),
        Change::MergeProject(merged, kinds) => merged_project::merge(db, &merged, &kinds),
        Change::AddAccessToken(token) => access_token::add(db, &token),
        Change::RevokeAccessToken(id, account, at) => access_token::revoke(db, (id, account), at),
        Change::Contact(change) => contact::apply(db, &change),
        Change::Credential(change) => credential::apply(db, &change),
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
        Change::ProgrammeDraft(change) => programme::draft(db, &change),
        Change::Discount(change) => discount::apply(db, &change),
        Change::AddPhoto(new, files) => photo::add(db, &new, &files),
        Change::UpdatePhoto(changed) => photo::update(db, &changed),
        Change::PutAcceptance(said) => acceptance::put(db, &said),
        Change::RemoveAcceptance(id) => acceptance::remove(db, id),
        Change::HideAcceptance(id, hidden) => acceptance::set_hidden(db, id, Some(&hidden)),
        Change::ShowAcceptance(id) => acceptance::set_hidden(db, id, None),
        Change::AddAcceptanceAnswer(said) => acceptance::answer(db, &said),
        Change::AddSubscription(who, what) => subscription::add(db, &who, &what),
        Change::ConfirmSubscription { id, at, due_at } => subscription::confirm(db, id, at, due_at),
        Change::ChangeSubscription { id, frequency, due_at } => {
            subscription::change(db, id, frequency, due_at)
        }
        Change::AdvanceSubscription { id, from, to, due_at } => {
            subscription::advance(db, id, (from, to), due_at)
        }
        Change::RemoveSubscription(id, at) => subscription::remove(db, id, at),
        Change::RemoveSubscriber(id, at) => subscription::remove_all(db, id, at),
        Change::RemoveUnconfirmedBefore(before, at) => subscription::remove_waiting(db, before, at),
        Change::PutLetter(letter) => outbox::put(db, &letter),
        Change::LeaseLetter { id, runner, at, until } => outbox::lease(db, (id, runner), at, until),
        Change::EndAttempt { id, runner, attempt, at } => outbox::end(db, (id, runner), &attempt, at),
        Change::RemoveLettersBefore(before) => outbox::purge(db, before),
        Change::PutBoundaries(borders) => project::put_boundaries(db, &borders),
        Change::AddLogEntry(entry) => log_entry::add(db, &entry),
        Change::IntegrateLog(step) => log_entry::integrate(db, &step),
        Change::PutLogCosignature(said) => log_entry::put_cosignature(db, &said),
        Change::PutLogRefusal(refusal) => log_entry::put_refusal(db, &refusal),
        Change::PutWitnessedLog(seen, before) => log_entry::put_witnessed(db, &seen, before),
        Change::AddCorrection(new) => correction::add(db, &new),
        Change::EndCorrection(ended) => correction::end(db, &ended),
        Change::RenameAccount(account, name) => correction::rename(db, account, &name),
        Change::AddVerification(new) => person::add(db, &new),
        Change::UpdateVerification(changed) => person::update(db, &changed),
        Change::AddRoleGrant(new) => person::grant(db, &new),
        Change::RevokeRoleGrant(id, at) => person::revoke(db, id, at),
        Change::AddAccessRecord(look) => person::looked(db, &look),
        Change::ErasePerson(erasure) => erasure::erase(db, &erasure),
        Change::Forget(forgetting) => erasure::forget(db, &forgetting),
        Change::Notice(change) => notice::apply(db, &change),
        Change::Process(change) => process::apply(db, &change),
        Change::Proposal(change) => proposal::apply(db, &change),
        Change::Ballot(change) => ballot::apply(db, &change),
        Change::Exercise(change) => exercise::apply(db, &change),
        Change::AddAudit(record) => audit::add(db, &record),
    }
}
