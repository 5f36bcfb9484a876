//! Columns and statements of ballots. The statements are those of both databases; values are numbered `?1`, which
//! PostgreSQL writes `$1`.

use super::{Arg, Columns, instant_opt};
use crate::ballot::{
    BallotBox, BallotChange, BallotChannel, BallotCounts, BallotFile, BallotProject, BoxState, PaperBallot,
    PaperState, SealedBallot, Traits, Voter,
};
use crate::{Conflict, Result, StoreError, args};
use akimat_core::{AccountId, ProcessId, ProjectId, ProposalId};
use jiff::Timestamp;

const BOX: &str = "process, place, salt, state, latest_at, frozen_at, published_at";
const BALLOT: &str = "process, pseudonym, sealed, counted, version";
const VOTER: &str = "process, voter, account_id, channel, counted, at, area, age_band, sex, reminded";
const PAPER: &str = "id, process, number, pseudonym, voter, account_id, area, age_band, sex, sealed, state, \
                     made_by, made_at, ended_by, ended_at";

/// Statements that read.
pub mod sql {
    /// A box by its process.
    pub const BOX: &str = "select process, place, salt, state, latest_at, frozen_at, published_at
         from ballot_boxes where process = ?1";
    /// Boxes that are open or frozen.
    pub const OPEN: &str = "select process, place, salt, state, latest_at, frozen_at, published_at
         from ballot_boxes where state in ('open', 'frozen') order by process";
    /// A ballot by process and pseudonym.
    pub const BALLOT: &str = "select process, pseudonym, sealed, counted, version from ballots
         where process = ?1 and pseudonym = ?2";
    /// Ballots after a pseudonym.
    pub const BALLOTS: &str = "select process, pseudonym, sealed, counted, version from ballots
         where process = ?1 and pseudonym > ?2 order by pseudonym limit ?3";
    /// A voter.
    pub const VOTER: &str = "select process, voter, account_id, channel, counted, at, area, age_band, sex,
         reminded from ballot_voters where process = ?1 and voter = ?2";
    /// Votes of an account.
    pub const VOTES_OF: &str = "select process, voter, account_id, channel, counted, at, area, age_band, sex,
         reminded from ballot_voters where account_id = ?1 order by at desc, process";
    /// Voters to be reminded.
    pub const UNFINISHED: &str =
        "select process, voter, account_id, channel, counted, at, area, age_band, sex,
         reminded from ballot_voters
         where process = ?1 and counted = 0 and reminded < ?2 and account_id is not null
         order by voter limit ?3";
    /// How many take part: by channel and whether they handed in.
    pub const COUNTS: &str = "select channel, counted, count(*) from ballot_voters where process = ?1
         group by channel, counted order by channel, counted";
    /// Ballots by hour.
    pub const HOURS: &str = "select at, count(*) from ballot_voters where process = ?1 and counted = 1
         group by at order by at";
    /// Voters by what they have in common.
    pub const TRAITS: &str = "select area, age_band, sex, count(*) from ballot_voters
         where process = ?1 and counted = 1 group by area, age_band, sex order by area, age_band, sex";
    /// Refused attempts.
    pub const REFUSALS: &str = "select reason, cast(sum(n) as bigint) from ballot_refusals where process = ?1
         group by reason order by reason";
    /// Ballots on paper.
    pub const PAPERS: &str = "select id, process, number, pseudonym, voter, account_id, area, age_band, sex,
         sealed, state, made_by, made_at, ended_by, ended_at from ballot_papers where process = ?1
         order by made_at desc, id desc";
    /// One ballot on paper.
    pub const PAPER: &str = "select id, process, number, pseudonym, voter, account_id, area, age_band, sex,
         sealed, state, made_by, made_at, ended_by, ended_at from ballot_papers where id = ?1";
    /// Files without their bytes.
    pub const FILES: &str = "select process, envelope, kind, sha256, sha256, at from ballot_files
         where process = ?1 order by envelope, kind";
    /// A file.
    pub const FILE: &str = "select process, envelope, kind, sha256, body, at from ballot_files
         where process = ?1 and envelope = ?2 and kind = ?3";
    /// Projects of a process.
    pub const PROJECTS: &str = "select proposal, process, project, at from ballot_projects
         where process = ?1 order by at, proposal";
    /// The proposal of a project.
    pub const PROJECT: &str = "select proposal, process, project, at from ballot_projects where project = ?1";
}

fn hash(row: &mut Columns<'_>) -> Result<[u8; 32]> {
    row.bytes()?.try_into().map_err(|_| StoreError::Unexpected("a hash has 32 bytes".to_owned()))
}

fn yes(row: &mut Columns<'_>) -> Result<bool> {
    Ok(row.int::<u8>()? != 0)
}

fn account(row: &mut Columns<'_>) -> Result<Option<AccountId>> {
    Ok(row.uuid_opt()?.map(AccountId))
}

fn traits(row: &mut Columns<'_>) -> Result<Traits> {
    Ok(Traits { area: row.kato_opt()?, age_band: row.string()?, sex: row.string()? })
}

/// A box.
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else, as everywhere here.
pub fn read_box(row: &mut Columns<'_>) -> Result<BallotBox> {
    Ok(BallotBox {
        process: ProcessId(row.uuid()?),
        place: row.kato()?,
        salt: row.bytes()?,
        state: row.code(BoxState::parse)?,
        latest_at: row.instant()?,
        frozen_at: instant_opt(row)?,
        published_at: instant_opt(row)?,
    })
}

/// A sealed ballot.
///
/// # Errors
/// See [`read_box`].
pub fn read_ballot(row: &mut Columns<'_>) -> Result<SealedBallot> {
    Ok(SealedBallot {
        process: ProcessId(row.uuid()?),
        pseudonym: hash(row)?,
        sealed: row.bytes()?,
        counted: yes(row)?,
        version: row.int()?,
    })
}

/// A voter.
///
/// # Errors
/// See [`read_box`].
pub fn read_voter(row: &mut Columns<'_>) -> Result<Voter> {
    Ok(Voter {
        process: ProcessId(row.uuid()?),
        voter: hash(row)?,
        account: account(row)?,
        channel: row.code(BallotChannel::parse)?,
        counted: yes(row)?,
        at: row.instant()?,
        traits: traits(row)?,
        reminded: row.int()?,
    })
}

/// A ballot on paper.
///
/// # Errors
/// See [`read_box`].
pub fn read_paper(row: &mut Columns<'_>) -> Result<PaperBallot> {
    Ok(PaperBallot {
        id: row.uuid()?,
        process: ProcessId(row.uuid()?),
        number: row.string()?,
        pseudonym: hash(row)?,
        voter: hash(row)?,
        account: account(row)?,
        traits: traits(row)?,
        sealed: row.bytes()?,
        state: row.code(PaperState::parse)?,
        made_by: account(row)?,
        made_at: row.instant()?,
        ended_by: account(row)?,
        ended_at: instant_opt(row)?,
    })
}

/// A file. In a list the bytes are its hash, which [`no_body`] takes away.
///
/// # Errors
/// See [`read_box`].
pub fn read_file(row: &mut Columns<'_>) -> Result<BallotFile> {
    Ok(BallotFile {
        process: ProcessId(row.uuid()?),
        envelope: row.string()?,
        kind: row.string()?,
        sha256: hash(row)?,
        body: row.bytes()?,
        at: row.instant()?,
    })
}

/// Files of a list: without bytes.
pub fn no_body(files: Vec<BallotFile>) -> Vec<BallotFile> {
    files.into_iter().map(|file| BallotFile { body: Vec::new(), ..file }).collect()
}

/// A proposal that became a project.
///
/// # Errors
/// See [`read_box`].
pub fn read_project(row: &mut Columns<'_>) -> Result<BallotProject> {
    Ok(BallotProject {
        proposal: ProposalId(row.uuid()?),
        process: ProcessId(row.uuid()?),
        project: ProjectId(row.uuid()?),
        at: row.instant()?,
    })
}

/// Channel, whether handed in, how many.
///
/// # Errors
/// See [`read_box`].
pub fn read_counts(row: &mut Columns<'_>) -> Result<(BallotChannel, bool, u64)> {
    Ok((row.code(BallotChannel::parse)?, yes(row)?, row.int()?))
}

/// What [`read_counts`] read, in one.
pub fn counts(rows: &[(BallotChannel, bool, u64)]) -> BallotCounts {
    rows.iter().fold(BallotCounts::default(), |mut all, (channel, counted, n)| {
        let n = *n;
        match counted {
            true => all.n_counted += n,
            false => all.n_saved += n,
        }
        if *counted && *channel == BallotChannel::Paper {
            all.n_paper += n;
        }
        all
    })
}

/// Hour, how many.
///
/// # Errors
/// See [`read_box`].
pub fn read_hour(row: &mut Columns<'_>) -> Result<(Timestamp, u64)> {
    Ok((row.instant()?, row.int()?))
}

/// What voters have in common, how many.
///
/// # Errors
/// See [`read_box`].
pub fn read_traits(row: &mut Columns<'_>) -> Result<(Traits, u64)> {
    Ok((traits(row)?, row.int()?))
}

/// Reason, how many.
///
/// # Errors
/// See [`read_box`].
pub fn read_refusals(row: &mut Columns<'_>) -> Result<(String, u64)> {
    Ok((row.string()?, row.int()?))
}

/// What is asked before a change: the state of the box, kept as it is until the change is made.
pub const GUARD: &str = "select state from ballot_boxes where process = ?1";

/// The process whose box must be in this state for a change.
pub const fn guard(change: &BallotChange) -> Option<(ProcessId, BoxState)> {
    match change {
        BallotChange::Keep(ballot) => Some((ballot.process, BoxState::Open)),
        BallotChange::AddPaper(paper) => Some((paper.process, BoxState::Open)),
        _ => None,
    }
}

/// One statement: text, values, and what it is when it touches nothing.
pub type Step<'a> = (String, Vec<Arg<'a>>, Option<Conflict>);

fn marks(columns: &str) -> String {
    super::marks('?', columns)
}

/// What a change does, one statement after another.
pub fn steps(change: &BallotChange) -> Vec<Step<'_>> {
    match change {
        BallotChange::Open(new) => vec![open(new)],
        BallotChange::Keep(ballot) => vec![keep(ballot)],
        BallotChange::PutVoter(voter) => vec![put_voter(voter)],
        BallotChange::Refuse(process, day, reason) => vec![(
            "insert into ballot_refusals (process, day, reason, n) values (?1, ?2, ?3, 1)
             on conflict (process, day, reason) do update set n = ballot_refusals.n + 1"
                .to_owned(),
            args![process.0, *day, *reason].into(),
            None,
        )],
        BallotChange::See(process, at) => vec![(
            "update ballot_boxes set latest_at = ?2 where process = ?1 and latest_at < ?2".to_owned(),
            args![process.0, *at].into(),
            None,
        )],
        BallotChange::Freeze(process, at) => {
            let set = "frozen_at = ?4, latest_at = case when latest_at < ?4 then ?4 else latest_at end";
            vec![advance(*process, (BoxState::Open, BoxState::Frozen), set, Some(*at))]
        }
        BallotChange::Cut(process, files) => cut(*process, files),
        BallotChange::Count(process, files) => {
            let mut steps = vec![advance(*process, (BoxState::Cut, BoxState::Counted), "", None)];
            steps.extend(files.iter().map(file));
            steps
        }
        BallotChange::Publish(process, at) => {
            vec![advance(*process, (BoxState::Counted, BoxState::Published), "published_at = ?4", Some(*at))]
        }
        BallotChange::AddPaper(paper) => vec![add_paper(paper)],
        BallotChange::EndPaper { id, confirmed, by, at } => {
            let state = if *confirmed { PaperState::Confirmed } else { PaperState::Refused };
            vec![(
                "update ballot_papers set state = ?2, ended_by = ?3, ended_at = ?4, sealed = ?5
                 where id = ?1 and state = 'waiting'"
                    .to_owned(),
                args![*id, state.code(), by.0, *at, [].as_slice()].into(),
                Some(Conflict::Stale("paper ballot")),
            )]
        }
        BallotChange::Remind { process, voter, number } => vec![(
            "update ballot_voters set reminded = ?3 where process = ?1 and voter = ?2 and reminded < ?3"
                .to_owned(),
            args![process.0, voter.as_slice(), *number].into(),
            Some(Conflict::Stale("voter")),
        )],
        BallotChange::Link(link) => vec![(
            "insert into ballot_projects (proposal, process, project, at) values (?1, ?2, ?3, ?4)
             on conflict do nothing"
                .to_owned(),
            args![link.proposal.0, link.process.0, link.project.0, link.at].into(),
            Some(Conflict::Exists("project of the proposal")),
        )],
    }
}

fn open(new: &BallotBox) -> Step<'_> {
    let sql =
        format!("insert into ballot_boxes ({BOX}) values ({}) on conflict (process) do nothing", marks(BOX));
    let args = args![
        new.process.0,
        new.place,
        new.salt.as_slice(),
        new.state.code(),
        new.latest_at,
        new.frozen_at.map(Timestamp::as_microsecond),
        new.published_at.map(Timestamp::as_microsecond),
    ];
    (sql, args.into(), None)
}

fn keep(ballot: &SealedBallot) -> Step<'_> {
    let sql = if ballot.version <= 1 {
        format!(
            "insert into ballots ({BALLOT}) values ({}) on conflict (process, pseudonym) do nothing",
            marks(BALLOT)
        )
    } else {
        "update ballots set sealed = ?3, counted = ?4, version = ?5
         where process = ?1 and pseudonym = ?2 and version = ?5 - 1"
            .to_owned()
    };
    let args = args![
        ballot.process.0,
        ballot.pseudonym.as_slice(),
        ballot.sealed.as_slice(),
        u8::from(ballot.counted),
        ballot.version,
    ];
    (sql, args.into(), Some(Conflict::Stale("ballot")))
}

fn put_voter(voter: &Voter) -> Step<'_> {
    let sql = format!(
        "insert into ballot_voters ({VOTER}) values ({})
         on conflict (process, voter) do update set account_id = excluded.account_id,
             channel = excluded.channel, counted = excluded.counted, at = excluded.at,
             area = excluded.area, age_band = excluded.age_band, sex = excluded.sex",
        marks(VOTER)
    );
    let args = args![
        voter.process.0,
        voter.voter.as_slice(),
        voter.account.map(|id| id.0),
        voter.channel.code(),
        u8::from(voter.counted),
        voter.at,
        voter.traits.area,
        voter.traits.age_band.as_str(),
        voter.traits.sex.as_str(),
        voter.reminded,
    ];
    (sql, args.into(), None)
}

fn add_paper(paper: &PaperBallot) -> Step<'_> {
    let sql = format!(
        "insert into ballot_papers ({PAPER}) values ({}) on conflict (process, number) do nothing",
        marks(PAPER)
    );
    let args = args![
        paper.id,
        paper.process.0,
        paper.number.as_str(),
        paper.pseudonym.as_slice(),
        paper.voter.as_slice(),
        paper.account.map(|id| id.0),
        paper.traits.area,
        paper.traits.age_band.as_str(),
        paper.traits.sex.as_str(),
        paper.sealed.as_slice(),
        paper.state.code(),
        paper.made_by.map(|id| id.0),
        paper.made_at,
        paper.ended_by.map(|id| id.0),
        paper.ended_at.map(Timestamp::as_microsecond),
    ];
    (sql, args.into(), Some(Conflict::Exists("paper ballot")))
}

fn advance(
    process: ProcessId,
    (from, to): (BoxState, BoxState),
    set: &str,
    at: Option<Timestamp>,
) -> Step<'static> {
    let glue = if set.is_empty() { "" } else { ", " };
    let sql = format!("update ballot_boxes set state = ?3{glue}{set} where process = ?1 and state = ?2");
    let mut args: Vec<Arg<'static>> = args![process.0, from.code(), to.code()].into();
    args.extend(at.map(Arg::from));
    (sql, args, Some(Conflict::Stale("ballot box")))
}

fn cut(process: ProcessId, files: &[BallotFile]) -> Vec<Step<'_>> {
    let mut steps = vec![advance(process, (BoxState::Frozen, BoxState::Cut), "salt = ?4", None)];
    if let Some((_, args, _)) = steps.first_mut() {
        args.push(Arg::from([].as_slice()));
    }
    for sql in [
        "delete from ballots where process = ?1",
        "delete from ballot_papers where process = ?1",
        "delete from ballot_voters where process = ?1 and counted = 0",
        "update ballot_voters set area = null, age_band = '', sex = '' where process = ?1",
    ] {
        steps.push((sql.to_owned(), args![process.0].into(), None));
    }
    steps.extend(files.iter().map(file));
    steps
}

fn file(file: &BallotFile) -> Step<'_> {
    (
        "insert into ballot_files (process, envelope, kind, sha256, body, at) values (?1, ?2, ?3, ?4, ?5, ?6)"
            .to_owned(),
        args![
            file.process.0,
            file.envelope.as_str(),
            file.kind.as_str(),
            file.sha256.as_slice(),
            file.body.as_slice(),
            file.at,
        ]
        .into(),
        None,
    )
}
