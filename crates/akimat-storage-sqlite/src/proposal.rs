//! Proposals of participatory budgeting.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::{ProcessId, ProposalId};
use akimat_participation::Proposal;
use akimat_participation::proposal::{ProposalMove, Tie};
use akimat_storage::proposal::{
    Part, ProposalChange, ProposalCount, ProposalFilter, ProposalOrder, ProposalPerson, ProposalRead,
    Workload,
};
use akimat_storage::row::{marks, proposal as row, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into proposals ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "update proposals set ({}) = ({}) where id = ?1 and edit = ?17 - 1",
        row::CHANGED,
        marks('?', row::CHANGED)
    )
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from proposals where id = ?1", row::READ));
static BY_NUMBER: LazyLock<String> =
    LazyLock::new(|| format!("select {} from proposals where process = ?1 and number = ?2", row::READ));
static MOVE: LazyLock<String> = LazyLock::new(|| {
    format!("insert into proposal_moves ({}) values ({})", row::MOVES, marks('?', row::MOVES))
});
static MOVES: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from proposal_moves where proposal = ?1 order by at, state_to", row::MOVES)
});
static BIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into proposal_people ({}) values ({}) on conflict (proposal, account, tie) do nothing",
        row::PEOPLE,
        marks('?', row::PEOPLE)
    )
});
static PEOPLE: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from proposal_people where proposal = ?1 order by at, account, tie", row::PEOPLE)
});
const LAST: &str = "select coalesce(max(number), 0) from proposals where process = ?1";
const TAKEN: &str = "select 1 from proposals where process = ?1 and number = ?2 and id <> ?3";
const COUNT: &str = "select state, envelope, count(*), cast(sum(coalesce(cost, 0)) as integer) from proposals
     where process = ?1 group by state, envelope order by state, envelope";
const WORKLOADS: &str = "select assessor, max(assessor_name), count(*), min(due_at) from proposals
     where process = ?1 and state = 'in_assessment' and assessor is not null
     group by assessor order by count(*) desc, assessor";
/// What goes with a draft that is thrown away.
const REMOVE_PARTS: [&str; 3] = [
    "delete from proposal_people where proposal = ?1",
    "delete from photo_parts where photo in
         (select id from photos where subject = 'proposal' and project = ?1)",
    "delete from photos where subject = 'proposal' and project = ?1",
];
const SUPPORT: &str = "update proposals set n_support = n_support + ?2 where id = ?1";

#[async_trait]
impl ProposalRead for SqliteStore {
    async fn list_proposals(
        &self,
        filter: &ProposalFilter,
        order: ProposalOrder,
        part: Part,
    ) -> Result<(Vec<Proposal>, u64)> {
        let filter = filter.clone();
        self.read(move |db| {
            let ((sql, args), (count, count_args)) = row::listing('?', &filter, order, part);
            let total = db.row(&count, &count_args, read_int)?.unwrap_or_default();
            Ok((db.rows(&sql, &args, row::read)?, u64::try_from(total).unwrap_or_default()))
        })
        .await
    }

    async fn find_proposal(&self, id: ProposalId) -> Result<Option<Proposal>> {
        self.read(move |db| db.row(&FIND, &args![id.0], row::read)).await
    }

    async fn find_proposal_by_number(&self, process: ProcessId, number: u32) -> Result<Option<Proposal>> {
        self.read(move |db| db.row(&BY_NUMBER, &args![process.0, number], row::read)).await
    }

    async fn last_proposal_number(&self, process: ProcessId) -> Result<u32> {
        let last = self.read(move |db| db.row(LAST, &args![process.0], read_int)).await?;
        Ok(last.and_then(|n| u32::try_from(n).ok()).unwrap_or_default())
    }

    async fn count_proposals(&self, process: ProcessId) -> Result<Vec<ProposalCount>> {
        self.read(move |db| db.rows(COUNT, &args![process.0], row::read_count)).await
    }

    async fn list_proposal_moves(&self, proposal: ProposalId) -> Result<Vec<ProposalMove>> {
        self.read(move |db| db.rows(&MOVES, &args![proposal.0], row::read_move)).await
    }

    async fn list_proposal_people(&self, proposal: ProposalId) -> Result<Vec<ProposalPerson>> {
        self.read(move |db| db.rows(&PEOPLE, &args![proposal.0], row::read_person)).await
    }

    async fn list_workloads(&self, process: ProcessId) -> Result<Vec<Workload>> {
        self.read(move |db| db.rows(WORKLOADS, &args![process.0], row::read_workload)).await
    }
}

/// [`akimat_storage::Change::Proposal`].
pub(crate) fn apply(db: &Db, change: &ProposalChange) -> Result<()> {
    match change {
        ProposalChange::Add(proposal) => {
            number_is_new(db, proposal)?;
            db.execute(&INSERT, &row::args(proposal)).map(|_| ())
        }
        ProposalChange::Update(proposal) => {
            number_is_new(db, proposal)?;
            if db.execute(&UPDATE, &row::changed_args(proposal))? == 0 {
                return Err(Conflict::Stale("proposal").into());
            }
            Ok(())
        }
        ProposalChange::Remove(id, edit) => {
            let sql = "delete from proposals where id = ?1 and edit = ?2 and state = 'draft'";
            if db.execute(sql, &args![id.0, *edit])? == 0 {
                return Err(Conflict::Stale("proposal").into());
            }
            for sql in REMOVE_PARTS {
                db.execute(sql, &args![id.0])?;
            }
            Ok(())
        }
        ProposalChange::Move(moved) => db.execute(&MOVE, &row::move_args(moved)).map(|_| ()),
        ProposalChange::Bind(person) => {
            let added = db.execute(&BIND, &row::person_args(person))?;
            support(db, person.proposal, person.tie, added, 1)
        }
        ProposalChange::Unbind(proposal, account, tie) => {
            let sql =
                "delete from proposal_people where proposal = ?1 and account = ?2 and tie = ?3 and not exists
                 (select 1 from discounted_marks where kind = 'proposal' and subject = ?1 and account = ?2)";
            let removed = db.execute(sql, &args![proposal.0, account.0, tie.code()])?;
            support(db, *proposal, *tie, removed, -1)
        }
    }
}

fn number_is_new(db: &Db, proposal: &Proposal) -> Result<()> {
    let Some(number) = proposal.number else { return Ok(()) };
    let taken = db.row(TAKEN, &args![proposal.process.0, number, proposal.id.0], read_int)?;
    if taken.is_some() { Err(Conflict::Exists("proposal").into()) } else { Ok(()) }
}

fn support(db: &Db, proposal: ProposalId, tie: Tie, touched: usize, by: i64) -> Result<()> {
    if tie == Tie::Supporter && touched > 0 {
        db.execute(SUPPORT, &args![proposal.0, by])?;
    }
    Ok(())
}
