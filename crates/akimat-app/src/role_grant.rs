//! Roles by territory for a time: given by administrators, or handed on by those who hold them.

use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_core::{AccountId, KatoCode, Role};
use akimat_storage::{Account, Change, RoleGrant};
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

/// Longest grant in days. A role that lasts belongs to the account itself.
pub const GRANT_DAYS_MAX: i32 = 731;
/// Longest delegation in days: a holiday, an illness, a business trip.
pub const DELEGATION_DAYS_MAX: i32 = 92;

/// A grant to be given.
#[derive(Clone, Debug)]
pub struct GrantDraft {
    /// Who gets it.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// Here and below.
    pub place: Option<KatoCode>,
    /// Why.
    pub reason: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl App {
    /// Grants that are in force now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn grants_in_force(&self, account: AccountId) -> Result<Vec<RoleGrant>> {
        let now = self.now();
        let all = self.read().list_role_grants(account).await?;
        Ok(all.into_iter().filter(|grant| grant.holds(now)).collect())
    }

    /// An account with the grants that are in force: the only place where they begin to count.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn with_grants(&self, found: Option<Account>) -> Result<Option<Account>> {
        let Some(mut account) = found else { return Ok(None) };
        account.grants = self.grants_in_force(account.id).await?;
        Ok(Some(account))
    }

    /// The account behind a login, for who hands on a role.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for residents.
    pub async fn find_login(&self, actor: Option<&Account>, login: &str) -> Result<Option<AccountId>> {
        permission::check(actor, Permission::HandOnRole, None)?;
        Ok(self.store().find_credentials(login).await?.map(|found| found.account.id))
    }

    /// An administrator gives a role in the administrator's territory, or somebody hands on the own role there
    /// or below, for a time within the own one. What was handed on is not handed on again.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Forbidden`] for who may not give it.
    pub async fn grant_role(&self, actor: Option<&Account>, draft: &GrantDraft) -> Result<RoleGrant> {
        permission::check(actor, Permission::HandOnRole, None)?;
        let giver = actor.ok_or(AppError::SignInNeeded)?;
        let place = draft.place.ok_or_else(|| AppError::field("place", "field-required"))?;
        let delegated = permission::check(actor, Permission::Administer, Some(place)).is_err();
        if draft.account == giver.id || draft.role == Role::Resident {
            return Err(AppError::Forbidden);
        }
        let (from, until) = self.grant_days(draft, delegated)?;
        let reason = crate::participation::parse_reason("reason", &draft.reason)?;
        let holder = self.read().find_account(draft.account).await?.ok_or(AppError::NotFound("account"))?;
        if holder.disabled {
            return Err(AppError::Forbidden);
        }
        let grant = RoleGrant {
            id: self.new_uuid(),
            account: holder.id,
            role: draft.role,
            place,
            office: giver.office.clone(),
            granted_by: Some(giver.id),
            granted_by_name: spokesman(actor),
            delegated,
            reason,
            valid_from: from,
            valid_until: until,
            granted_at: self.now(),
            revoked_at: None,
        };
        if delegated && !may_hand_on(giver, &grant) {
            return Err(AppError::Forbidden);
        }
        let detail = json!({ "role": grant.role.code(), "delegated": delegated, "until": draft.until });
        let batch = vec![
            Change::AddRoleGrant(Box::new(grant.clone())),
            self.look(actor, holder.id, "grant_role", &grant.reason),
            self.audit(actor, "grant_role", grant.id, Some(place), &detail),
        ];
        self.store().apply(batch).await?;
        Ok(grant)
    }

    fn grant_days(&self, draft: &GrantDraft, delegated: bool) -> Result<(jiff::Timestamp, jiff::Timestamp)> {
        let from = draft.from.ok_or_else(|| AppError::field("from", "field-required"))?;
        let until = draft.until.ok_or_else(|| AppError::field("until", "field-required"))?;
        if until < from || until < self.today() {
            return Err(AppError::field("until", "grant-until-early"));
        }
        let max = if delegated { DELEGATION_DAYS_MAX } else { GRANT_DAYS_MAX };
        if from.until(until).is_ok_and(|span| span.get_days() >= max) {
            let fault = crate::FieldFault::new("until", "grant-until-late").with("days", max);
            return Err(AppError::Invalid(vec![fault]));
        }
        let end = until.tomorrow().map_err(|_| AppError::field("until", "grant-until-early"))?;
        let instant = |day: Date, field| {
            let at = day.to_zoned(self.zone().clone());
            at.map(|at| at.timestamp()).map_err(|_| AppError::field(field, "field-required"))
        };
        Ok((instant(from, "from")?, instant(end, "until")?))
    }

    /// Takes a role back: whoever gave it, or an administrator of the territory.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for others; [`AppError::NotFound`] when it was taken back before.
    pub async fn revoke_role(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let who = actor.ok_or(AppError::SignInNeeded)?;
        let grant = self.read().find_role_grant(id).await?.ok_or(AppError::NotFound("role_grant"))?;
        let gave = grant.granted_by == Some(who.id);
        if !gave && permission::check(actor, Permission::Administer, Some(grant.place)).is_err() {
            return Err(AppError::Forbidden);
        }
        let detail = json!({ "role": grant.role.code() });
        let batch = vec![
            Change::RevokeRoleGrant(id, self.now()),
            self.look(actor, grant.account, "revoke_role", &grant.reason),
            self.audit(actor, "revoke_role", id, Some(grant.place), &detail),
        ];
        Ok(self.store().apply(batch).await?)
    }
}

/// Whether somebody holds the role here for the whole time, and holds it from no colleague.
pub fn may_hand_on(giver: &Account, grant: &RoleGrant) -> bool {
    let own = giver.role == grant.role && giver.place.is_none_or(|own| own.covers(grant.place));
    let granted = giver.grants.iter().any(|held| {
        !held.delegated
            && held.role == grant.role
            && held.place.covers(grant.place)
            && held.valid_from <= grant.valid_from
            && grant.valid_until <= held.valid_until
    });
    own || granted
}
