//! Who the invented people are: checked at the desk, by two clerks, by a letter; a role handed on for a holiday. The
//! numbers are nobody's: born in the nineteenth century.

use super::{district, say_en};
use akimat_app::App;
use akimat_app::person::verify::DeskEntry;
use akimat_app::role_grant::GrantDraft;
use akimat_core::Role;
use akimat_storage::Account;
use jiff::ToSpan;
use std::collections::BTreeMap;

/// Levels 3 and their numbers: made by the rule of the check digit for dates of the nineteenth century.
const IDENTIFIED: [(&str, &str); 2] = [("aidana", "850312200016"), ("sergey", "790615100013")];
/// Entered by one clerk; waits for the other.
const WAITING: (&str, &str) = ("bolat", "871104200011");

/// Verifies some of the people and hands on a role.
///
/// # Errors
/// When somebody is missing in the demonstration, or the database fails.
pub(crate) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let one = |login: &str| accounts.get(login);
    let entry = |iin: &str| DeskEntry {
        iin: iin.to_owned(),
        place: Some(district()),
        born_on: None,
        document: "id_card".to_owned(),
    };
    let verify = async |login: &str, iin: &str| {
        let Some(person) = one(login) else { return Ok(None) };
        app.verify_at_desk(one("clerk"), person.id, &entry(iin)).await.map(Some)
    };
    verify("resident", "").await.map_err(|error| say_en(&error))?;
    for (login, iin) in IDENTIFIED {
        if let Some(waiting) = verify(login, iin).await.map_err(|error| say_en(&error))? {
            let confirmed = app.confirm_verification(one("clerk2"), waiting.id).await;
            confirmed.map_err(|error| say_en(&error))?;
        }
    }
    verify(WAITING.0, WAITING.1).await.map_err(|error| say_en(&error))?;
    let today = app.today();
    if let (Some(clerk), Some(_)) = (one("clerk2"), one("moderator")) {
        let draft = GrantDraft {
            account: clerk.id,
            role: Role::Moderator,
            place: Some(district()),
            reason: "Еңбек демалысы кезінде (үлгі)".to_owned(),
            from: Some(today),
            until: today.checked_add(14.days()).ok(),
        };
        app.grant_role(one("moderator"), &draft).await.map_err(|error| say_en(&error))?;
    }
    Ok(())
}
