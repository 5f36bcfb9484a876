//! Everything that is kept about a person, and what becomes of it when the person is erased.
//!
//! **Whoever makes a table with a person in it** names its columns in [`COLUMNS`] and says in [`STEPS`] what
//! erasure does with them. Tests of both adapters read the schema, put a person into every such column, erase the
//! person and look through every table; a column that looks like a person and is not named here fails them.
//!
//! The words in [`STEPS`] that begin with a colon are values: `:account`, the person; `:nobody`, an identifier
//! drawn for this erasure alone; `:login`, `:name`, the login and the name shown; `:id_text`, `:nobody_text`, the two
//! identifiers in writing; `:quoted`, the name as a JSON text; `:at`, the instant.

use crate::Result;
use akimat_core::AccountId;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// What is kept in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The identifier of an account.
    Account,
    /// The name shown.
    Name,
    /// The login.
    Login,
    /// An e-mail address or a phone number of the person.
    Address,
    /// JSON or text in which the identifier or the name may stand.
    Words,
}

/// Every column that may hold a person.
pub const COLUMNS: &[(&str, &str, Holds)] = &[
    ("accounts", "id", Holds::Account),
    ("accounts", "login", Holds::Login),
    ("accounts", "display_name", Holds::Name),
    ("sessions", "account_id", Holds::Account),
    ("access_tokens", "account_id", Holds::Account),
    ("contacts", "account_id", Holds::Account),
    ("contacts", "address", Holds::Address),
    ("contacts", "address_key", Holds::Address),
    ("one_time_codes", "account_id", Holds::Account),
    ("one_time_codes", "address", Holds::Address),
    ("one_time_codes", "address_key", Holds::Address),
    ("known_devices", "account_id", Holds::Account),
    ("second_factors", "account_id", Holds::Account),
    ("recovery_codes", "account_id", Holds::Account),
    ("passkeys", "account_id", Holds::Account),
    ("provider_identities", "account_id", Holds::Account),
    ("factor_resets", "account_id", Holds::Account),
    ("factor_resets", "asked_by", Holds::Account),
    ("factor_resets", "asked_by_name", Holds::Name),
    ("factor_resets", "ended_by", Holds::Account),
    ("factor_resets", "ended_by_name", Holds::Name),
    ("verifications", "account_id", Holds::Account),
    ("verifications", "made_by", Holds::Account),
    ("verifications", "made_by_name", Holds::Name),
    ("verifications", "seconded_by", Holds::Account),
    ("verifications", "seconded_by_name", Holds::Name),
    ("corrections", "account_id", Holds::Account),
    ("corrections", "decided_by", Holds::Account),
    ("corrections", "decided_by_name", Holds::Name),
    ("role_grants", "account_id", Holds::Account),
    ("role_grants", "granted_by", Holds::Account),
    ("role_grants", "granted_by_name", Holds::Name),
    ("access_records", "subject", Holds::Account),
    ("access_records", "reader", Holds::Account),
    ("access_records", "reader_name", Holds::Name),
    ("subscribers", "email", Holds::Address),
    ("letters", "recipient", Holds::Address),
    ("comments", "author", Holds::Account),
    ("comments", "author_name", Holds::Name),
    ("comment_files", "author", Holds::Account),
    ("mark_traces", "account", Holds::Account),
    ("discounted_marks", "account", Holds::Account),
    ("discounts", "made_by", Holds::Account),
    ("discount_contests", "account", Holds::Account),
    ("discount_contests", "against", Holds::Account),
    ("discount_contests", "ruled_by", Holds::Account),
    ("comment_supports", "account", Holds::Account),
    ("comment_reports", "account", Holds::Account),
    ("moderation_acts", "about", Holds::Account),
    ("moderation_acts", "act_by", Holds::Account),
    ("comment_blocks", "account", Holds::Account),
    ("comment_blocks", "block_by", Holds::Account),
    ("comment_contests", "account", Holds::Account),
    ("comment_contests", "against", Holds::Account),
    ("comment_contests", "ruled_by", Holds::Account),
    ("ratings", "account_id", Holds::Account),
    ("questions", "author", Holds::Account),
    ("questions", "author_name", Holds::Name),
    ("questions", "answer_account", Holds::Account),
    ("questions", "answer_office", Holds::Name),
    ("acceptances", "account", Holds::Account),
    ("acceptances", "by_name", Holds::Name),
    ("acceptance_answers", "account", Holds::Account),
    ("acceptance_answers", "office", Holds::Name),
    ("photos", "added_by", Holds::Account),
    ("photos", "by_name", Holds::Name),
    ("saved", "owner", Holds::Account),
    ("saved", "owner_name", Holds::Name),
    ("saved", "body", Holds::Words),
    ("projects", "manager", Holds::Account),
    ("project_statuses", "moved_by", Holds::Name),
    ("project_updates", "posted_by", Holds::Name),
    ("sections", "made_by", Holds::Account),
    ("sections", "made_by_name", Holds::Name),
    ("sections", "body", Holds::Words),
    ("imports", "made_by", Holds::Account),
    ("imports", "made_by_name", Holds::Name),
    ("imported_projects", "before", Holds::Words),
    ("merged_projects", "merged_by", Holds::Account),
    ("merged_projects", "merged_by_name", Holds::Name),
    ("merged_projects", "record", Holds::Words),
    ("decisions", "decided_by", Holds::Name),
    ("decisions", "document", Holds::Words),
    ("finding_notes", "written_by", Holds::Name),
    ("publications", "noted_by", Holds::Name),
    ("published_forecasts", "publisher", Holds::Account),
    ("published_forecasts", "publisher_name", Holds::Name),
    ("adjustments", "account", Holds::Account),
    ("adjustments", "account_name", Holds::Name),
    ("outcome_predictions", "published_by", Holds::Name),
    ("outcome_decisions", "decided_by", Holds::Name),
    ("criteria_sets", "created_by", Holds::Account),
    ("criteria_sets", "created_by_name", Holds::Name),
    ("criteria_sets", "approved_by", Holds::Name),
    ("criteria_sets", "document", Holds::Words),
    ("scores", "scorer", Holds::Account),
    ("scores", "scorer_name", Holds::Name),
    ("appraisals", "drafted_by", Holds::Name),
    ("appraisals", "signed_by", Holds::Name),
    ("appraisals", "document", Holds::Words),
    ("programmes", "created_by", Holds::Account),
    ("programmes", "created_by_name", Holds::Name),
    ("programmes", "request", Holds::Words),
    ("programmes", "record", Holds::Words),
    ("programme_drafts", "opened_by", Holds::Account),
    ("programme_drafts", "opened_by_name", Holds::Name),
    ("programme_drafts", "document", Holds::Words),
    ("programme_comments", "account", Holds::Account),
    ("programme_comments", "by_name", Holds::Name),
    ("jobs", "account", Holds::Account),
    ("jobs", "account_name", Holds::Name),
    ("jobs", "params", Holds::Words),
    ("jobs", "checkpoint", Holds::Words),
    ("notice_events", "account_id", Holds::Account),
    ("notice_events", "caused_by", Holds::Account),
    ("notices", "account_id", Holds::Account),
    ("notice_deliveries", "account_id", Holds::Account),
    ("notice_choices", "account_id", Holds::Account),
    ("notice_people", "account_id", Holds::Account),
    ("notice_follows", "account_id", Holds::Account),
    ("notice_stops", "account_id", Holds::Account),
    ("notice_addresses", "account_id", Holds::Account),
    ("notice_addresses", "address", Holds::Address),
    ("notice_feeds", "account_id", Holds::Account),
    ("process_moves", "by_office", Holds::Name),
    ("proposals", "author", Holds::Account),
    ("proposals", "author_name", Holds::Name),
    ("proposals", "assessor", Holds::Account),
    ("proposals", "assessor_name", Holds::Name),
    ("proposals", "document", Holds::Words),
    ("proposal_moves", "by_office", Holds::Name),
    ("proposal_people", "account", Holds::Account),
    ("proposal_people", "name", Holds::Name),
    ("ballot_voters", "account_id", Holds::Account),
    ("ballot_papers", "account_id", Holds::Account),
    ("ballot_papers", "made_by", Holds::Account),
    ("ballot_papers", "ended_by", Holds::Account),
    ("audit", "actor", Holds::Account),
    ("audit", "subject", Holds::Words),
    ("audit", "detail", Holds::Words),
];

/// Columns that have the name of one with a person and hold none, each with the reason.
pub const NOBODY: &[(&str, &str, &str)] = &[
    ("publications", "address", "of the page where a unit published something"),
    ("mark_traces", "address", "a keyed hash, removed with the person's marks"),
    ("comment_traces", "address", "a keyed hash, removed with the person's comments"),
];

/// What erasure does, in this order. Votes are taken back by the adapters themselves, before: their counts
/// are kept in different ways. What stands in [`Holds::Words`] is replaced after these steps, by the list above.
pub const STEPS: &[&str] = &[
    // Letters, subscriptions and codes to the person's addresses, while those are still known.
    "delete from letters where recipient in (select address from contacts where account_id = :account)
         or lower(recipient) in (select address_key from contacts where account_id = :account)",
    "delete from subscriptions where subscriber in (select s.id from subscribers s join contacts c
         on c.address = s.email or c.address_key = lower(s.email) where c.account_id = :account)",
    "delete from subscribers where email in (select address from contacts where account_id = :account)
         or lower(email) in (select address_key from contacts where account_id = :account)",
    "delete from one_time_codes where account_id = :account
         or address_key in (select address_key from contacts where account_id = :account)",
    "delete from contacts where account_id = :account",
    "delete from known_devices where account_id = :account",
    "delete from second_factors where account_id = :account",
    "delete from recovery_codes where account_id = :account",
    "delete from passkeys where account_id = :account",
    "delete from provider_identities where account_id = :account",
    "delete from factor_resets where account_id = :account",
    "update factor_resets set asked_by = null, asked_by_name = '' where asked_by = :account",
    "update factor_resets set ended_by = null, ended_by_name = '' where ended_by = :account",
    "delete from access_tokens where account_id = :account",
    "delete from sessions where account_id = :account",
    // Who the person is: the keyed hash outlives, so that nobody acts twice.
    "delete from verifications where account_id = :account and identity is null",
    "update verifications set account_id = null, state = 'erased', place = null, born_on = null, document = '',
         made_by = null, made_by_name = '', seconded_by = null, seconded_by_name = '', code_hash = null,
         until = null, at = :at, ended_at = :at, version = version + 1 where account_id = :account",
    "update verifications set made_by = null, made_by_name = '' where made_by = :account",
    "update verifications set seconded_by = null, seconded_by_name = '' where seconded_by = :account",
    "delete from corrections where account_id = :account",
    "update corrections set decided_by = null, decided_by_name = '' where decided_by = :account",
    "delete from role_grants where account_id = :account",
    "update role_grants set granted_by = null, granted_by_name = '' where granted_by = :account",
    "delete from access_records where subject = :account",
    "update access_records set reader = null, reader_name = '' where reader = :account",
    // What the person said: places stay, words go.
    "delete from comment_traces where comment in (select id from comments where author = :account)",
    "delete from comment_file_parts where file in (select id from comment_files where author = :account)",
    "delete from comment_files where author = :account",
    "update comments set n_support = n_support - 1
         where id in (select comment from comment_supports where account = :account and comment not in (select subject
             from discounted_marks where kind = 'comment' and account = :account)) and n_support > 0",
    "delete from comment_supports where account = :account",
    "update comments set n_reports = n_reports - 1
         where id in (select comment from comment_reports where account = :account) and n_reports > 0",
    "delete from comment_reports where account = :account",
    "update moderation_acts set about = null where about = :account",
    "update moderation_acts set act_by = null where act_by = :account",
    "delete from comment_blocks where account = :account",
    "update comment_blocks set block_by = null where block_by = :account",
    "delete from comment_contests where account = :account",
    "update comment_contests set against = null where against = :account",
    "update comment_contests set ruled_by = null where ruled_by = :account",
    "update comments set author = :nobody, author_name = '', body = '', wording = '', score_why = '[]',
         removed_at = coalesce(removed_at, :at) where author = :account",
    "update questions set author = :nobody, author_name = '', body = '' where author = :account",
    "update questions set answer_account = null where answer_account = :account",
    "delete from acceptances where account = :account",
    "update acceptance_answers set account = null where account = :account",
    "update photos set added_by = null, by_name = '' where added_by = :account",
    "update proposals set n_support = n_support - 1 where id in (select proposal from proposal_people
         where account = :account and tie = 'supporter' and proposal not in (select subject
             from discounted_marks where kind = 'proposal' and account = :account)) and n_support > 0",
    "delete from mark_traces where account = :account",
    "delete from discounted_marks where account = :account",
    "update discounts set made_by = null where made_by = :account",
    "delete from discount_contests where account = :account",
    "update discount_contests set against = null where against = :account",
    "update discount_contests set ruled_by = null where ruled_by = :account",
    "delete from proposal_people where account = :account",
    "delete from photo_parts where photo in (select id from photos where subject = 'proposal' and project in
         (select id from proposals where author = :account and state = 'draft'))",
    "delete from photos where subject = 'proposal' and project in
         (select id from proposals where author = :account and state = 'draft')",
    // A draft is nobody's business; what was handed in is a public document and stays without its author.
    "delete from proposals where author = :account and state = 'draft'",
    "update proposals set author = null, author_name = '' where author = :account",
    // What the person did in an office: the act stays, the name goes.
    "delete from saved where owner = :account and not public",
    "update saved set owner = :nobody, owner_name = '' where owner = :account",
    "update projects set manager = null where manager = :account",
    "update sections set made_by = null, made_by_name = '' where made_by = :account",
    "update imports set made_by = null, made_by_name = '' where made_by = :account",
    "update merged_projects set merged_by = null, merged_by_name = '' where merged_by = :account",
    "update published_forecasts set publisher = null, publisher_name = '' where publisher = :account",
    "update adjustments set account = :nobody, account_name = '' where account = :account",
    "update criteria_sets set created_by = :nobody, created_by_name = '' where created_by = :account",
    "update scores set scorer = :nobody, scorer_name = '' where scorer = :account",
    "update programmes set created_by = :nobody, created_by_name = '' where created_by = :account",
    "update programme_drafts set opened_by = null, opened_by_name = '' where opened_by = :account",
    "update programme_comments set account = :nobody, by_name = '' where account = :account",
    "update proposals set assessor = null, assessor_name = '' where assessor = :account",
    "update jobs set account = null, account_name = '' where account = :account",
    "delete from letters where recipient in (select address from notice_addresses where account_id = :account)",
    "delete from notice_addresses where account_id = :account",
    "delete from notice_feeds where account_id = :account",
    "delete from notice_stops where account_id = :account",
    "delete from notice_follows where account_id = :account",
    "delete from notice_people where account_id = :account",
    "delete from notice_choices where account_id = :account",
    "delete from notice_deliveries where account_id = :account",
    "delete from notices where account_id = :account",
    "delete from notice_events where account_id = :account",
    "update notice_events set caused_by = null where caused_by = :account",
    // The ballot counts on: its keyed hash is that of the identity, which outlives too. Nobody leads from it to here.
    "update ballot_voters set account_id = null where account_id = :account",
    "update ballot_papers set account_id = null where account_id = :account",
    "update ballot_papers set made_by = null where made_by = :account",
    "update ballot_papers set ended_by = null where ended_by = :account",
    "update audit set actor = null where actor = :account",
    "delete from accounts where id = :account",
];

/// Columns that are replaced without a key of their own: every [`Holds::Name`] that equals the name shown, and
/// every [`Holds::Words`] in which the identifier or the name, as a JSON text, stands.
pub fn sweeps() -> Vec<String> {
    let mut all = Vec::new();
    for (table, column, holds) in COLUMNS {
        match holds {
            Holds::Name if *table != "accounts" => {
                all.push(format!("update {table} set {column} = '' where {column} = :name"));
            }
            Holds::Words => {
                all.extend([(":id_text", ":nobody_text"), (":quoted", ":empty")].map(|(from, to)| {
                    format!(
                        "update {table} set {column} = replace({column}, {from}, {to})
                     where replace({column}, {from}, {to}) <> {column}"
                    )
                }));
            }
            _ => {}
        }
    }
    all
}

/// Columns whose content proves something and is told to nobody, not even to the person.
const SECRETS: &[&str] = &[
    "password_hash",
    "token_hash",
    "code_hash",
    "device_hash",
    "secret",
    "public_key",
    "credential_id",
    "identity",
    "wording",
    "pseudonym",
    "voter",
    "sealed",
];

/// Rows of one table at most in an export.
pub const ROWS_MAX: u32 = 20_000;

/// What one table keeps about a person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRows {
    /// Table.
    pub table: &'static str,
    /// Column by which the rows are the person's.
    pub column: &'static str,
    /// Rows, each an object.
    pub rows: Vec<serde_json::Value>,
}

impl PersonRows {
    /// The rows without what is secret.
    pub fn new(table: &'static str, column: &'static str, mut rows: Vec<serde_json::Value>) -> Self {
        for object in rows.iter_mut().filter_map(serde_json::Value::as_object_mut) {
            for secret in SECRETS {
                object.remove(*secret);
            }
        }
        Self { table, column, rows }
    }
}

/// Reads all that is kept about a person.
#[async_trait]
pub trait ErasureRead: Send + Sync {
    /// Every row of every table that names the account, without secrets, [`ROWS_MAX`] a column at most; tables
    /// without any are left out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn export_person(&self, account: AccountId) -> Result<Vec<PersonRows>>;
}

/// The person to be erased, as a change carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Who.
    pub account: AccountId,
    /// An identifier that nobody has: stands where a table must name somebody.
    pub nobody: Uuid,
    /// When.
    pub at: Timestamp,
}

/// How long each kind of record about persons is kept: what ended before these instants goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgetting {
    /// Looks at records.
    pub access_records: Option<Timestamp>,
    /// Keyed hashes of erased persons.
    pub erased_identities: Option<Timestamp>,
    /// Verifications that were begun and never confirmed.
    pub open_verifications: Option<Timestamp>,
    /// Verifications that were withdrawn or replaced.
    pub ended_verifications: Option<Timestamp>,
    /// Requests for correction that were decided or taken back.
    pub corrections: Option<Timestamp>,
    /// Files of comments that a moderator hid.
    pub comment_files: Option<Timestamp>,
    /// Traces of comments.
    pub comment_traces: Option<Timestamp>,
    /// Acts in the audit record.
    pub audit: Option<Timestamp>,
}

impl Forgetting {
    /// Statements, each with its one value `:at`.
    pub fn statements(&self) -> Vec<(&'static str, Timestamp)> {
        [
            ("delete from access_records where at < :at", self.access_records),
            ("delete from verifications where state = 'erased' and ended_at < :at", self.erased_identities),
            (
                "delete from verifications where state in ('waiting', 'code_sent') and at < :at",
                self.open_verifications,
            ),
            ("delete from verifications where state = 'ended' and ended_at < :at", self.ended_verifications),
            ("delete from corrections where decided_at < :at", self.corrections),
            (
                "delete from comment_file_parts where file in (select comment_files.id from comment_files
                     join comments on comments.id = comment_files.comment where comments.hidden_at < :at)",
                self.comment_files,
            ),
            (
                "delete from comment_files where comment in (select id from comments where hidden_at < :at)",
                self.comment_files,
            ),
            ("delete from comment_traces where at < :at", self.comment_traces),
            ("delete from mark_traces where at < :at", self.comment_traces),
            ("delete from audit where at < :at", self.audit),
        ]
        .into_iter()
        .filter_map(|(sql, at)| at.map(|at| (sql, at)))
        .collect()
    }
}
