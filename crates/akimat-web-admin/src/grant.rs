//! Roles by territory for a time: `/admin/accounts/{id}` for administrators, `/admin/grants` for who hands on the own.

use akimat_app::account::fold_login;
use akimat_app::permission::{Permission, may};
use akimat_app::role_grant::GrantDraft;
use akimat_app::{AppError, FieldFault};
use akimat_core::{AccountId, KatoCode, Role};
use akimat_storage::{Account, RoleGrant};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{options, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/person/grants.html")]
pub(super) struct GrantsPage {
    page: Page,
    form: kit::Form,
    crumbs: Vec<(String, String)>,
    lead: String,
    facts: Vec<(String, String)>,
    caption: String,
    rows: Vec<GrantRow>,
    roles: Vec<(String, String)>,
    asks_login: bool,
    action: String,
    /// Signing in of an account of somebody else.
    sign_in: Option<super::factor_reset::SignInPart>,
}

struct GrantRow {
    holder: String,
    role: String,
    place: String,
    time: String,
    by: String,
    reason: String,
    state: String,
    revoke: String,
}

async fn rows(
    (state, visitor): (&WebState, &Visitor),
    grants: &[RoleGrant],
    names_holder: bool,
) -> Answer<Vec<GrantRow>> {
    let locale = visitor.locale();
    let places = place_names(state, locale, grants.iter().map(|grant| grant.place)).await?;
    let now = state.app.now();
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let mut all = Vec::with_capacity(grants.len());
    for grant in grants {
        let holder = if names_holder {
            let holder = state.app.read().find_account(grant.account).await?;
            holder.map_or_else(String::new, |account| account.display_name)
        } else {
            String::new()
        };
        let key = match grant.revoked_at {
            Some(_) => "grant-revoked",
            None if grant.holds(now) => "grant-in-force",
            None if now < grant.valid_from => "grant-to-come",
            None => "grant-over",
        };
        let alive = matches!(key, "grant-in-force" | "grant-to-come");
        // The last day is the one before the instant of the end.
        let last = grant.valid_until - jiff::SignedDuration::from_secs(1);
        all.push(GrantRow {
            holder,
            role: locale.name("role", grant.role.code()).into_owned(),
            place: places.get(&grant.place).cloned().unwrap_or_else(|| grant.place.to_string()),
            time: locale
                .f("grant-days", &[("from", day(grant.valid_from).into()), ("until", day(last).into())]),
            by: grant.granted_by_name.clone(),
            reason: grant.reason.clone(),
            state: locale.t(key).into_owned(),
            revoke: if alive { format!("/admin/grants/{}/revoke", grant.id) } else { String::new() },
        });
    }
    Ok(all)
}

fn draft(sent: &Form, account: AccountId) -> Result<GrantDraft, AppError> {
    let role =
        Role::parse(sent.get("role")).ok_or_else(|| AppError::field("role", "field-choose-from-list"))?;
    let code = sent.get("place");
    let place: Option<KatoCode> = match code {
        "" => None,
        code => Some(code.parse().map_err(|_| {
            AppError::Invalid(vec![FieldFault::new("place", "field-place-unknown").with("code", code)])
        })?),
    };
    let day = |name| sent.get(name).parse().ok();
    Ok(GrantDraft {
        account,
        role,
        place,
        reason: sent.get("reason").to_owned(),
        from: day("from"),
        until: day("until"),
    })
}

fn kept(sent: &Form, faults: &[FieldFault], visitor: &Visitor) -> kit::Form {
    let mut form = kit::Form::new();
    for name in ["login", "role", "place", "from", "until", "reason"] {
        form = form.with(name, sent.raw(name));
    }
    for fault in faults {
        form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
    }
    form
}

/// Roles that an administrator gives: every one but a resident's.
fn roles_to_give(visitor: &Visitor) -> Vec<(String, String)> {
    let all: Vec<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Resident).collect();
    options(visitor.locale(), "role", &all, Role::code)
}

pub(super) async fn account_page(
    state: &WebState,
    visitor: &Visitor,
    account: &Account,
    form: kit::Form,
) -> Answer<GrantsPage> {
    let locale = visitor.locale();
    let grants = state.app.read().list_role_grants(account.id).await?;
    let places = place_names(state, locale, account.place).await?;
    let everywhere = || locale.t("account-place-all").into_owned();
    let place = account.place.map_or_else(everywhere, |code| places.get(&code).cloned().unwrap_or_default());
    let title = account.display_name.clone();
    Ok(GrantsPage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Admin)).hidden().errors(!form.is_clean()),
        crumbs: vec![
            (visitor.to("/admin"), locale.t("menu-admin").into_owned()),
            (visitor.to("/admin/accounts"), locale.t("admin-accounts-heading").into_owned()),
            (String::new(), title),
        ],
        lead: locale.t("grants-account-lead").into_owned(),
        facts: vec![
            (locale.t("admin-account-login").into_owned(), account.login.clone()),
            (
                locale.t("admin-account-role").into_owned(),
                locale.name("role", account.role.code()).into_owned(),
            ),
            (locale.t("admin-account-place").into_owned(), place),
        ],
        caption: locale.t("grants-account-caption").into_owned(),
        rows: rows((state, visitor), &grants, false).await?,
        roles: if visitor.actor().is_some_and(|own| own.id == account.id) {
            Vec::new()
        } else {
            roles_to_give(visitor)
        },
        asks_login: false,
        sign_in: super::factor_reset::part(state, visitor, account, &form).await?,
        action: format!("/admin/accounts/{}", account.id),
        form,
    })
}

/// An account with the roles granted to it.
///
/// # Errors
/// 404 for unknown accounts.
pub async fn account(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let found = state.app.read().find_account(frame::id(&id)?).await?.ok_or(AppError::NotFound("account"))?;
    let place = visitor.actor().and_then(|own| own.place).map_or_else(String::new, |code| code.to_string());
    let form = kit::Form::new().with("place", place).with("from", state.app.today().to_string());
    frame::render(&account_page(&state, &visitor, &found, form).await?)
}

/// Gives an account a role.
///
/// # Errors
/// 403 outside the administrator's territory.
pub async fn give(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let found = state.app.read().find_account(frame::id(&id)?).await?.ok_or(AppError::NotFound("account"))?;
    let given = match draft(&sent, found.id) {
        Ok(draft) => state.app.grant_role(visitor.actor(), &draft).await,
        Err(error) => Err(error),
    };
    match given {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/admin/accounts/{}", found.id), "grant-given")),
        Err(AppError::Invalid(faults)) => {
            let form = kept(&sent, &faults, &visitor);
            frame::render_invalid(&account_page(&state, &visitor, &found, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn own_page(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<GrantsPage> {
    let locale = visitor.locale();
    let own = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let grants = state.app.read().list_grants_by(own.id).await?;
    let mut roles: Vec<Role> = std::iter::once(own.role)
        .chain(own.grants.iter().filter(|grant| !grant.delegated).map(|grant| grant.role))
        .filter(|role| *role != Role::Resident)
        .collect();
    roles.sort_unstable();
    roles.dedup();
    let title = locale.t("grants-own-title");
    Ok(GrantsPage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Admin)).hidden().errors(!form.is_clean()),
        crumbs: vec![
            (visitor.to("/admin"), locale.t("menu-admin").into_owned()),
            (String::new(), title.into_owned()),
        ],
        lead: locale.t("grants-own-lead").into_owned(),
        facts: Vec::new(),
        caption: locale.t("grants-own-caption").into_owned(),
        rows: rows((state, visitor), &grants, true).await?,
        roles: if may(own, Permission::Administer, None) {
            roles_to_give(visitor)
        } else {
            options(locale, "role", &roles, Role::code)
        },
        asks_login: true,
        sign_in: None,
        action: "/admin/grants".to_owned(),
        form,
    })
}

/// What the visitor has handed on.
///
/// # Errors
/// When the database fails.
pub async fn own(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let place = visitor.actor().and_then(|own| own.place).map_or_else(String::new, |code| code.to_string());
    let form = kit::Form::new().with("place", place).with("from", state.app.today().to_string());
    frame::render(&own_page(&state, &visitor, form).await?)
}

/// Hands on the own role.
///
/// # Errors
/// 403 for roles and territories that are not the visitor's.
pub async fn hand_on(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let holder = state.app.find_login(visitor.actor(), &fold_login(sent.get("login"))).await?;
    let given = match holder.ok_or_else(|| AppError::field("login", "person-unknown")) {
        Ok(holder) => match draft(&sent, holder) {
            Ok(draft) => state.app.grant_role(visitor.actor(), &draft).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    match given {
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/grants", "grant-given")),
        Err(AppError::Invalid(faults)) => {
            let form = kept(&sent, &faults, &visitor);
            frame::render_invalid(&own_page(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a role back.
///
/// # Errors
/// 403 for who neither gave it nor administers the territory, 404 when it was taken back before.
pub async fn revoke(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.revoke_role(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, "/admin/grants", "grant-is-revoked"))
}
