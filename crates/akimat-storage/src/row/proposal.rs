//! Columns of proposals, of their moves and of the people who stand by them; the statements of lists, which differ
//! between the databases in the mark of a value alone.

use super::{Arg, Columns, instant_opt, to_json};
use crate::proposal::{Part, ProposalCount, ProposalFilter, ProposalOrder, ProposalPerson, Workload};
use crate::{Result, args};
use akimat_core::{AccountId, Lang, Money, ProposalId, fold};
use akimat_participation::Proposal;
use akimat_participation::proposal::{ProposalMove, State, Tie};
use jiff::Timestamp;

/// What [`args`] writes.
pub const COLUMNS: &str = "id, process, place, author, author_name, assessor, assessor_name, state, number, \
                           ballot_number, envelope, category, title, cost, due_at, shuffle, edit, document, \
                           created_at, updated_at, n_support";

/// What a change writes: all but how many support it, which is counted where people come and go.
pub const CHANGED: &str = "id, process, place, author, author_name, assessor, assessor_name, state, number, \
                           ballot_number, envelope, category, title, cost, due_at, shuffle, edit, document, \
                           created_at, updated_at";

/// What [`read`] reads.
pub const READ: &str = "document, author, author_name, assessor, assessor_name, n_support";

/// What [`read_move`] reads and [`move_args`] writes.
pub const MOVES: &str = "proposal, at, state_from, state_to, code, words, by_office";

/// What [`read_person`] reads and [`person_args`] writes.
pub const PEOPLE: &str = "proposal, account, tie, name, at";

/// A prime below 2^31: orders by chance are numbers times a seed modulo it.
const PRIME: u64 = 2_147_483_647;

/// A number for orders by chance that follows from the identifier and tells nothing.
fn shuffle(id: ProposalId) -> i64 {
    let mixed = id.0.as_u128() % u128::from(PRIME - 1) + 1;
    i64::try_from(mixed).unwrap_or(1)
}

/// Values of [`CHANGED`]; persons stand in their columns alone.
pub fn changed_args(proposal: &Proposal) -> Vec<Arg<'_>> {
    let document = Proposal {
        author: None,
        author_name: String::new(),
        assessor: None,
        assessor_name: String::new(),
        n_support: 0,
        ..proposal.clone()
    };
    let titles: Vec<&str> = Lang::ALL.into_iter().map(|lang| proposal.title.exact(lang)).collect();
    args![
        proposal.id.0,
        proposal.process.0,
        proposal.place,
        proposal.author.map(|id| id.0),
        proposal.author_name.as_str(),
        proposal.assessor.map(|id| id.0),
        proposal.assessor_name.as_str(),
        proposal.state.code(),
        proposal.number.map(i64::from),
        proposal.ballot_number.map(i64::from),
        proposal.envelope.as_str(),
        proposal.category.as_str(),
        fold::fold(&titles.join(" ")),
        proposal.cost(),
        proposal.due_at.map(Timestamp::as_microsecond),
        shuffle(proposal.id),
        proposal.edit,
        to_json(&document),
        proposal.created_at,
        proposal.updated_at,
    ]
    .into()
}

/// Values of [`COLUMNS`].
pub fn args(proposal: &Proposal) -> Vec<Arg<'_>> {
    let mut args = changed_args(proposal);
    args.push(proposal.n_support.into());
    args
}

/// A proposal out of [`READ`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Proposal> {
    let document: Proposal = row.json()?;
    Ok(Proposal {
        author: row.uuid_opt()?.map(AccountId),
        author_name: row.string()?,
        assessor: row.uuid_opt()?.map(AccountId),
        assessor_name: row.string()?,
        n_support: row.int()?,
        ..document
    })
}

/// Values of [`MOVES`].
pub fn move_args(moved: &ProposalMove) -> Vec<Arg<'_>> {
    args![
        moved.proposal.0,
        moved.at,
        moved.from.code(),
        moved.to.code(),
        moved.code.as_str(),
        moved.words.as_str(),
        moved.by.as_str(),
    ]
    .into()
}

/// A move out of [`MOVES`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_move(row: &mut Columns<'_>) -> Result<ProposalMove> {
    Ok(ProposalMove {
        proposal: ProposalId(row.uuid()?),
        at: row.instant()?,
        from: row.code(State::parse)?,
        to: row.code(State::parse)?,
        code: row.string()?,
        words: row.string()?,
        by: row.string()?,
    })
}

/// Values of [`PEOPLE`].
pub fn person_args(person: &ProposalPerson) -> Vec<Arg<'_>> {
    args![person.proposal.0, person.account.0, person.tie.code(), person.name.as_str(), person.at].into()
}

/// A person out of [`PEOPLE`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_person(row: &mut Columns<'_>) -> Result<ProposalPerson> {
    Ok(ProposalPerson {
        proposal: ProposalId(row.uuid()?),
        account: AccountId(row.uuid()?),
        tie: row.code(Tie::parse)?,
        name: row.string()?,
        at: row.instant()?,
    })
}

/// State, envelope, how many, cost.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_count(row: &mut Columns<'_>) -> Result<ProposalCount> {
    Ok(ProposalCount {
        state: row.code(State::parse)?,
        envelope: row.string()?,
        n: row.int()?,
        cost: row.money_opt()?.unwrap_or(Money::ZERO),
    })
}

/// Assessor, name, how many, first term.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_workload(row: &mut Columns<'_>) -> Result<Workload> {
    Ok(Workload {
        assessor: AccountId(row.uuid()?),
        name: row.string()?,
        n_open: row.int()?,
        due_at: instant_opt(row)?,
    })
}

/// A statement being written: its conditions and values.
struct Asked<'a> {
    mark: char,
    conditions: Vec<String>,
    args: Vec<Arg<'a>>,
}

impl<'a> Asked<'a> {
    fn value(&mut self, value: impl Into<Arg<'a>>) -> String {
        self.args.push(value.into());
        format!("{}{}", self.mark, self.args.len())
    }

    fn equal(&mut self, column: &str, value: impl Into<Arg<'a>>) {
        let mark = self.value(value);
        self.conditions.push(format!("{column} = {mark}"));
    }
}

/// The statements of a list: of its part and of its length, with their values. `mark` is `?` or `$`.
pub fn listing<'a>(
    mark: char,
    filter: &'a ProposalFilter,
    order: ProposalOrder,
    part: Part,
) -> ((String, Vec<Arg<'a>>), (String, Vec<Arg<'a>>)) {
    let mut asked = Asked { mark, conditions: Vec::new(), args: Vec::new() };
    if let Some(process) = filter.process {
        asked.equal("process", process.0);
    }
    if let Some(envelope) = &filter.envelope {
        asked.equal("envelope", envelope.as_str());
    }
    if let Some(category) = &filter.category {
        asked.equal("category", category.as_str());
    }
    if !filter.states.is_empty() {
        let codes: Vec<String> = filter.states.iter().map(|state| format!("'{}'", state.code())).collect();
        asked.conditions.push(format!("state in ({})", codes.join(", ")));
    }
    if let Some(author) = filter.author {
        let (own, with) = (asked.value(author.0), asked.value(author.0));
        asked.conditions.push(format!(
            "(author = {own} or id in (select proposal from proposal_people
             where account = {with} and tie in ('invited', 'co_author')))"
        ));
    }
    if let Some(assessor) = filter.assessor {
        asked.equal("assessor", assessor.0);
    }
    if let Some(before) = filter.due_before {
        let mark = asked.value(before);
        asked.conditions.push(format!("due_at < {mark}"));
    }
    if let Some(words) = &filter.words {
        for word in fold::fold(words).split_whitespace().take(super::KEYS_MAX) {
            let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            let mark = asked.value(format!("%{plain}%"));
            asked.conditions.push(format!("title like {mark}"));
        }
    }
    let narrowed = match asked.conditions.as_slice() {
        [] => String::new(),
        all => format!(" where {}", all.join(" and ")),
    };
    let count = (format!("select count(*) from proposals{narrowed}"), asked.args.clone());
    let ordered = ordered(&mut asked, order);
    let (limit, offset) = (asked.value(part.limit), asked.value(part.offset));
    let sql =
        format!("select {READ} from proposals{narrowed} order by {ordered} limit {limit} offset {offset}");
    ((sql, asked.args), count)
}

fn ordered(asked: &mut Asked<'_>, order: ProposalOrder) -> String {
    match order {
        ProposalOrder::Chance(seed) => {
            let seed = u64::from(seed) % (PRIME - 1) + 1;
            let mark = asked.value(i64::try_from(seed).unwrap_or(1));
            format!("(shuffle * {mark}) % {PRIME}, id")
        }
        ProposalOrder::Number => "coalesce(number, 0), created_at, id".to_owned(),
        ProposalOrder::Ballot => "coalesce(ballot_number, 2147483647), coalesce(number, 0), id".to_owned(),
        ProposalOrder::Newest => "coalesce(number, 0) desc, created_at desc, id".to_owned(),
        ProposalOrder::Support => "n_support desc, coalesce(number, 0), id".to_owned(),
        ProposalOrder::Due => "coalesce(due_at, 9223372036854775807), coalesce(number, 0), id".to_owned(),
    }
}
