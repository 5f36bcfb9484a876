//! Scenarios of programmes and what is said about them.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::{DecisionId, KatoCode};
use akimat_storage::programme::{
    ProgrammeComment, ProgrammeDraft, ProgrammeDraftChange, ProgrammeHead, ProgrammeRead, ProgrammeScenario,
};
use akimat_storage::row::finding_note::span;
use akimat_storage::row::{marks, programme as row};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into programmes ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update programmes set ({}) = ({}) where id = $1", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from programmes where id = $1", row::COLUMNS));
static OF_DECISION: LazyLock<String> =
    LazyLock::new(|| format!("select {} from programmes where decision = $1", row::COLUMNS));
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from programmes where place between $1 and $2
         order by updated_at desc, id desc limit $3",
        row::HEAD
    )
});
static COMMENT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into programme_comments ({}) values ({})", row::COMMENT, marks('$', row::COMMENT))
});
static COMMENTS: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from programme_comments where programme = $1 order by at, id", row::COMMENT)
});
static DRAFT: LazyLock<String> = LazyLock::new(|| {
    let columns = format!("{}, document", row::DRAFT);
    format!("insert into programme_drafts ({columns}) values ({})", marks('$', &columns))
});
static DRAFTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from programme_drafts where place between $1 and $2
         order by opened_at desc, id desc limit $3",
        row::DRAFT
    )
});
static DRAFTS_OF: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from programme_drafts where programme = $1 order by number", row::DRAFT)
});
static ONE_DRAFT: LazyLock<String> =
    LazyLock::new(|| format!("select {}, document from programme_drafts where id = $1", row::DRAFT));
const END_DRAFT: &str = "update programme_drafts set ended_at = $2 where id = $1 and ended_at is null";
const EDIT: &str = "select edit from programmes where id = $1 for update";
const REMOVE_COMMENTS: &str = "delete from programme_comments where programme = $1";
const REMOVE: &str = "delete from programmes where id = $1 and edit = $2";

#[async_trait]
impl ProgrammeRead for PostgresStore {
    async fn list_programmes(&self, place: Option<KatoCode>, limit: u16) -> Result<Vec<ProgrammeHead>> {
        let (first, last) = span(place);
        let client = self.client().await?;
        self.db(&client).rows(&LIST, &args![first, last, limit], row::read_head).await
    }

    async fn find_programme(&self, id: Uuid) -> Result<Option<ProgrammeScenario>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn find_programme_of_decision(&self, decision: DecisionId) -> Result<Option<ProgrammeScenario>> {
        let client = self.client().await?;
        self.db(&client).row(&OF_DECISION, &args![decision.0], row::read).await
    }

    async fn list_programme_comments(&self, programme: Uuid) -> Result<Vec<ProgrammeComment>> {
        let client = self.client().await?;
        self.db(&client).rows(&COMMENTS, &args![programme], row::read_comment).await
    }

    async fn list_programme_drafts(
        &self,
        place: Option<KatoCode>,
        limit: u16,
    ) -> Result<Vec<ProgrammeDraft>> {
        let (first, last) = span(place);
        let client = self.client().await?;
        self.db(&client).rows(&DRAFTS, &args![first, last, limit], row::read_draft).await
    }

    async fn list_drafts_of_programme(&self, programme: Uuid) -> Result<Vec<ProgrammeDraft>> {
        let client = self.client().await?;
        self.db(&client).rows(&DRAFTS_OF, &args![programme], row::read_draft).await
    }

    async fn find_programme_draft(&self, id: Uuid) -> Result<Option<(ProgrammeDraft, String)>> {
        let client = self.client().await?;
        self.db(&client).row(&ONE_DRAFT, &args![id], row::read_whole_draft).await
    }
}

/// [`akimat_storage::Change::AddProgramme`].
pub(crate) async fn add(db: &Db<'_>, scenario: &ProgrammeScenario) -> Result<()> {
    db.execute(&INSERT, &row::args(scenario)).await.map(|_| ())
}

/// [`akimat_storage::Change::UpdateProgramme`].
pub(crate) async fn update(db: &Db<'_>, scenario: &ProgrammeScenario) -> Result<()> {
    let stored = db.row(EDIT, &args![scenario.head.id], akimat_storage::row::read_int).await?;
    let Some(edit) = stored else { return Err(Conflict::Missing("programme").into()) };
    if edit + 1 != i64::from(scenario.head.edit) {
        return Err(Conflict::Stale("programme").into());
    }
    db.execute(&UPDATE, &row::args(scenario)).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveProgramme`].
pub(crate) async fn remove(db: &Db<'_>, id: Uuid, edit: u32) -> Result<()> {
    if db.row(EDIT, &args![id], akimat_storage::row::read_int).await?.is_none() {
        return Err(Conflict::Missing("programme").into());
    }
    if db.execute(REMOVE, &args![id, edit]).await? == 0 {
        return Err(Conflict::Stale("programme").into());
    }
    db.execute(REMOVE_COMMENTS, &args![id]).await.map(|_| ())
}

/// [`akimat_storage::Change::AddProgrammeComment`].
pub(crate) async fn comment(db: &Db<'_>, said: &ProgrammeComment) -> Result<()> {
    if db.row(EDIT, &args![said.programme], akimat_storage::row::read_int).await?.is_none() {
        return Err(Conflict::Missing("programme").into());
    }
    db.execute(&COMMENT, &row::comment_args(said)).await.map(|_| ())
}

/// [`akimat_storage::Change::ProgrammeDraft`].
pub(crate) async fn draft(db: &Db<'_>, change: &ProgrammeDraftChange) -> Result<()> {
    match change {
        ProgrammeDraftChange::Open(draft, document) => {
            db.execute(&DRAFT, &row::draft_args(draft, document)).await.map(|_| ())
        }
        ProgrammeDraftChange::End(id, at) => match db.execute(END_DRAFT, &args![*id, *at]).await? {
            0 => Err(Conflict::Missing("programme_draft").into()),
            _ => Ok(()),
        },
    }
}
