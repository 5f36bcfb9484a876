//! What the invented resident follows, and is told of: the page of notices has something to show.

use akimat_app::App;
use akimat_app::notice::Followed;
use akimat_core::ProjectId;
use akimat_storage::Account;
use std::collections::BTreeMap;

/// Projects that the resident follows.
const FOLLOWED: usize = 40;

/// The resident follows projects and the district, before things happen to them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn follow(
    app: &App,
    accounts: &BTreeMap<String, Account>,
    projects: &BTreeMap<String, ProjectId>,
) -> anyhow::Result<()> {
    let resident = accounts.get("resident");
    let all = projects.values().take(FOLLOWED).map(|id| Followed::Project(*id));
    for what in all.chain([Followed::Place(super::district())]) {
        app.follow(resident, what, true).await.map_err(|error| super::say_en(&error))?;
    }
    Ok(())
}

/// Whom what happened concerns is found out at once, not only by a server.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(app: &App) -> anyhow::Result<()> {
    while app.tell_notices().await? > 0 {}
    Ok(())
}
