//! What any backend must do: one function a promise, run by each adapter's tests on an empty database.
//!
//! An adapter takes all of them with one line, [`contract_tests!`](crate::contract_tests); a promise that
//! is written here and not named there fails `every_promise_is_kept`.

pub mod acceptance;
pub mod access_token;
pub mod account;
pub mod appraisal;
pub mod audit;
pub mod ballot;
pub mod batch;
pub mod budget;
pub mod build;
pub mod comment_file;
pub mod contact;
pub mod correction;
pub mod credential;
pub mod criteria_set;
pub mod decision;
pub mod discount;
pub mod dossier;
pub mod exercise;
pub mod fact;
pub mod finding_note;
pub mod import;
pub mod job;
pub mod log_entry;
pub mod merged_project;
pub mod notice;
pub mod observation;
pub mod outbox;
pub mod outcome_prediction;
pub mod participation;
pub mod person;
pub mod photo;
pub mod place;
pub mod portfolio;
pub mod process;
pub mod programme;
pub mod project;
pub mod project_list;
pub mod project_map;
pub mod proposal;
pub mod publication;
pub mod published_forecast;
pub mod question;
pub mod saved;
pub mod score;
pub mod search;
pub mod subscription;
pub mod talk;
pub mod volume;

use crate::{Conflict, Page, PageRequest, Result, StoreError};
use std::fmt::Debug;
use std::future::Future;

/// Makes one test of each promise.
///
/// `$open` is an `async fn() -> Option<(Arc<dyn Store>, impl Sized)>`: an empty database and what keeps it
/// alive; `None` skips the test.
#[macro_export]
macro_rules! contract_tests {
    ($open:path) => {
        $crate::contract_tests! { @list $open;
            acceptance: words_of_people_are_kept, words_are_taken_back, completions_are_counted;
            access_token: keys_end;
            comment_file: files_are_kept_with_their_comment, files_go_with_their_comment;
            discount: discounted_marks_are_counted_apart, an_erased_mark_is_taken_back_once, marks_leave_traces,
                words_lead_to_marks, discounts_are_contested_once, a_merger_counts_nothing_again;
            contact: addresses_are_of_one_account, codes_work_once;
            correction: requests_are_decided_once;
            credential: sessions_are_listed_and_ended, passwords_change_and_devices_are_known,
                second_factors_work_once, passkeys_are_kept, identities_are_kept, lost_factors_are_removed_by_two;
            account: accounts_are_kept, logins_are_new, sessions_end, accounts_come_in_pages;
            appraisal: versions_are_kept, a_version_is_signed_once;
            audit: records_are_kept;
            ballot: ballots_change_until_the_box_is_frozen, a_ballot_is_taken_whole_or_not_at_all, voters_are_counted, paper_ballots_are_ended_once,
                the_link_is_cut_and_one_count_is_kept;
            batch: all_or_nothing, a_conflict_harms_no_neighbour, changes_see_those_before, reads_are_few,
                forged_cursors_do_no_harm;
            budget: budgets_are_kept_whole, the_same_file_changes_nothing, budgets_come_in_pages,
                series_run_over_the_years, the_latest_of_each_territory;
            criteria_set: sets_are_kept, approved_sets_never_change;
            score: scores_keep_their_history;
            programme: scenarios_are_kept, scenarios_change_by_counter, comments_go_with_their_scenario,
                drafts_are_put_out_and_ended;
            decision: decisions_are_kept;
            dossier: sections_keep_their_versions, sections_are_found, sections_follow_their_project;
            fact: reports_are_kept_whole, lines_are_named, totals_equal_the_latest_reports, bad_facts_change_nothing,
                an_empty_cube_answers;
            finding_note: notes_stay_on_record;
            import: imports_are_kept, what_an_import_brought_is_listed, untouched_projects_can_be_taken_back,
                sections_go_with_their_import;
            merged_project: two_become_one, twins_of_twins_are_found;
            job: jobs_are_kept, jobs_run_to_their_end, broken_off_jobs_are_taken_up, jobs_are_cancelled,
                one_server_gets_a_job, workers_take_their_kinds;
            log_entry: leaves_get_indices, many_writers_one_order, witnesses_are_heard, refusals_are_kept,
                other_logs_are_witnessed;
            subscription: subscriptions_are_confirmed, subscriptions_advance_once, addresses_go_with_them,
                waiting_ones_are_forgotten;
            notice: everybody_is_told_once, audiences_are_found, deliveries_are_taken_once, wishes_are_kept,
                old_notices_go;
            outbox: letters_are_sent_once, letters_are_tried_again, letters_of_lost_servers_are_taken_up,
                letters_come_in_pages;
            project_map: cells_add_up, further_filters_hold, borders_are_kept, events_are_merged,
                many_projects_at_once;
            exercise: exercises_are_kept, divisions_lose_their_persons;
            process: processes_are_kept, processes_change_by_counter;
            proposal: proposals_are_kept, proposals_are_found, proposals_change_by_counter, people_stand_by_proposals;
            publication: publications_are_kept;
            published_forecast: forecasts_stay_as_published, facts_are_judged_once, adjustments_are_kept,
                records_add_up;
            outcome_prediction: predictions_stay_as_published, decisions_are_added;
            observation: figures_are_kept, later_imports_replace;
            question: questions_are_kept, answers_are_pinned;
            participation: a_person_has_one_vote, votes_of_a_batch_count_in_order, a_hundred_identical_votes_are_one,
                votes_at_once_are_all_counted, comments_come_in_pages, hidden_comments_keep_their_words,
                comments_at_once_are_all_counted, comments_of_a_territory, votes_need_a_project;
            person: one_person_one_account, verifications_change_by_version, grants_end, looks_are_kept,
                an_erased_person_is_gone, what_is_old_is_forgotten;
            talk: conversations_are_read, support_is_given_once, words_change_and_go, the_queue_is_worked_off,
                reports_and_contests_are_single, acts_and_blocks_are_kept, lines_are_talked_about, proposals_are_talked_about;
            photo: photographs_are_kept, pictures_come_in_parts, photographs_change_by_version, a_file_is_kept_once;
            place: territories_are_found, territories_lie_in_one_another, hostile_names_find_nothing, the_same_import_changes_nothing, a_new_name_closes_the_old,
                an_old_import_does_not_overlap, territories_are_closed, names_are_searched,
                territories_are_counted, a_circle_of_parents_ends, a_classifier_is_taken_at_once;
            project: projects_are_kept_whole, numbers_are_new, old_versions_are_refused,
                moves_are_kept_in_order, news_come_newest_first, a_project_that_moves_takes_all_along;
            saved: analyses_are_kept, analyses_change_by_version;
            search: words_are_found_as_by_reading, words_follow_changes, totals_follow_changes,
                names_may_be_long;
            project_list: filters_hold, words_are_found, orders_hold, pages_have_no_gaps, forged_cursors_begin_anew,
                totals_add_up, sums_beyond_measure, whole_projects_by_number;
            portfolio: shared_projects_are_listed_by_all, managers_find_their_projects, portfolios_add_up,
                stages_are_found;
        }
    };
    (@list $open:path; $($module:ident: $($promise:ident),* $(,)?;)*) => { $($(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $promise() {
            if let Some((store, _alive)) = $open().await {
                let store: std::sync::Arc<dyn $crate::Store> = store;
                $crate::contract::$module::$promise(&*store).await;
            }
        }
    )*)*

        #[test]
        fn every_promise_is_kept() {
            let named: std::collections::BTreeSet<String> =
                [$($(concat!(stringify!($module), "::", stringify!($promise))),*),*]
                    .into_iter().map(String::from).collect();
            assert_eq!(named, $crate::contract::promises());
        }
    };
}

/// Every promise written in this folder, as `module::function`.
pub fn promises() -> std::collections::BTreeSet<String> {
    let files = [
        ("acceptance", include_str!("contract/acceptance.rs")),
        ("access_token", include_str!("contract/access_token.rs")),
        ("account", include_str!("contract/account.rs")),
        ("appraisal", include_str!("contract/appraisal.rs")),
        ("audit", include_str!("contract/audit.rs")),
        ("ballot", include_str!("contract/ballot.rs")),
        ("batch", include_str!("contract/batch.rs")),
        ("budget", include_str!("contract/budget.rs")),
        ("comment_file", include_str!("contract/comment_file.rs")),
        ("contact", include_str!("contract/contact.rs")),
        ("correction", include_str!("contract/correction.rs")),
        ("credential", include_str!("contract/credential.rs")),
        ("criteria_set", include_str!("contract/criteria_set.rs")),
        ("score", include_str!("contract/score.rs")),
        ("programme", include_str!("contract/programme.rs")),
        ("decision", include_str!("contract/decision.rs")),
        ("discount", include_str!("contract/discount.rs")),
        ("dossier", include_str!("contract/dossier.rs")),
        ("fact", include_str!("contract/fact.rs")),
        ("finding_note", include_str!("contract/finding_note.rs")),
        ("import", include_str!("contract/import.rs")),
        ("job", include_str!("contract/job.rs")),
        ("log_entry", include_str!("contract/log_entry.rs")),
        ("merged_project", include_str!("contract/merged_project.rs")),
        ("notice", include_str!("contract/notice.rs")),
        ("observation", include_str!("contract/observation.rs")),
        ("outcome_prediction", include_str!("contract/outcome_prediction.rs")),
        ("question", include_str!("contract/question.rs")),
        ("participation", include_str!("contract/participation.rs")),
        ("person", include_str!("contract/person.rs")),
        ("talk", include_str!("contract/talk.rs")),
        ("photo", include_str!("contract/photo.rs")),
        ("place", include_str!("contract/place.rs")),
        ("portfolio", include_str!("contract/portfolio.rs")),
        ("project", include_str!("contract/project.rs")),
        ("project_list", include_str!("contract/project_list.rs")),
        ("subscription", include_str!("contract/subscription.rs")),
        ("outbox", include_str!("contract/outbox.rs")),
        ("project_map", include_str!("contract/project_map.rs")),
        ("exercise", include_str!("contract/exercise.rs")),
        ("process", include_str!("contract/process.rs")),
        ("proposal", include_str!("contract/proposal.rs")),
        ("publication", include_str!("contract/publication.rs")),
        ("published_forecast", include_str!("contract/published_forecast.rs")),
        ("saved", include_str!("contract/saved.rs")),
        ("search", include_str!("contract/search.rs")),
    ];
    files
        .into_iter()
        .flat_map(|(module, text)| {
            text.lines()
                .filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next())
                .map(move |name| format!("{module}::{name}"))
        })
        .collect()
}

/// The answer, which the contract promises.
#[track_caller]
fn ok<T>(answer: Result<T>) -> T {
    answer.unwrap_or_else(|error| fail(&error.to_string()))
}

/// The batch must be refused with this conflict.
#[track_caller]
fn refused(answer: Result<()>, conflict: &Conflict) {
    match answer {
        Err(StoreError::Conflict(found)) => assert_eq!(&found, conflict),
        other => fail(&format!("{conflict:?} was due, not {other:?}")),
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a broken promise ends the test that asked for it")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}

/// Every page of a list, one after another.
async fn walk<T: Debug, F: Future<Output = Result<Page<T>>>>(
    limit: u16,
    next_page: impl Fn(PageRequest) -> F,
) -> Vec<T> {
    let mut items = Vec::new();
    let mut request = PageRequest::first(limit);
    loop {
        let page = ok(next_page(request.clone()).await);
        assert!(page.items.len() <= usize::from(limit));
        items.extend(page.items);
        let Some(after) = page.next else { return items };
        let word = after.encode();
        let read = crate::Cursor::decode(&word);
        assert_eq!(read.as_ref(), Some(&after), "{word}");
        request.after = read;
        assert!(items.len() < 10_000, "the list does not end");
    }
}
