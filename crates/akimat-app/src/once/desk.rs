//! The desk: a clerk sees a document and hands out a slip with a code for one act, after a second clerk where two must
//! agree. What the clerk entered lies sealed until the slip is used, a day at most, and is then removed.

use super::{Pass, SEALED_FOR, Scene, Shown};
use crate::permission::{self, Permission};
use crate::person::verify::DOCUMENTS;
use crate::{App, AppError, Result};
use akimat_core::{KatoCode, Lang};
use akimat_identity::{Level, Standing};
use akimat_storage::contact::{CodePurpose, ContactChange, ContactKind, OneTimeCode};
use akimat_storage::{Account, Change, Conflict, StoreError};
use jiff::SignedDuration;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// A slip works so long, in hours.
pub const SLIP_HOURS: i64 = 24;
/// Letters and digits of slips: none that is taken for another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Signs of a slip: 60 bits.
const SIGNS_N: usize = 12;

/// What a clerk enters.
#[derive(Clone, Debug, Default)]
pub struct OnceEntry {
    /// National identifier on the document.
    pub iin: String,
    /// Where the person lives.
    pub place: Option<KatoCode>,
    /// One of [`DOCUMENTS`].
    pub document: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// The code for the person.
    Ready(String),
    /// A second clerk must confirm.
    Waits,
}

/// An entry that waits for a second clerk: what for, where and since when, and nothing about the person.
#[derive(Clone, Debug)]
pub struct WaitingSlip {
    /// Identifier.
    pub id: Uuid,
    /// What for.
    pub scene: Scene,
    /// Since when.
    pub at: Timestamp,
    /// The clerk who looks entered it.
    pub own: bool,
}

impl App {
    /// A clerk saw the document of somebody who wants to do one act without an account.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names the wrong fields; [`AppError::Unmet`] when the person may not do it;
    /// [`AppError::Forbidden`] outside the clerk's territory.
    pub async fn once_at_desk(
        &self,
        actor: Option<&Account>,
        scene: &Scene,
        entry: &OnceEntry,
    ) -> Result<Slip> {
        permission::check(actor, Permission::VerifyPersons, Some(scene.place))?;
        let clerk = actor.ok_or(AppError::SignInNeeded)?;
        let iin = self.read_iin(&entry.iin)?.ok_or_else(|| AppError::field("iin", "field-required"))?;
        let place = entry.place.ok_or_else(|| AppError::field("place", "field-required"))?;
        if !DOCUMENTS.contains(&entry.document.as_str()) {
            return Err(AppError::field("document", "field-choose-from-list"));
        }
        let standing = Standing { level: Level::Identified, born_on: Some(iin.born_on()), home: Some(place) };
        let shown = Shown { identity: self.identity_key()?.hash(&iin), contact: None, standing };
        let pass = self.checked_pass(scene, shown).await?;
        let waits = self.persons.rules.needs_second(Level::Identified);
        let (slip, row) = match waits {
            true => {
                let row = self.slip_row(CodePurpose::OnceWaiting, self.new_secret_uuid(), clerk, &pass)?;
                (Slip::Waits, row)
            }
            false => {
                let code = self.new_slip();
                let row = self.slip_row(CodePurpose::OnceDesk, self.slip_id(&code)?, clerk, &pass)?;
                (Slip::Ready(code), row)
            }
        };
        let detail = json!({ "act": scene.deed.code(), "waits": waits });
        let batch = vec![
            Change::Contact(ContactChange::AddCode(Box::new(row))),
            self.audit(actor, "verify_once_at_desk", scene.deed.id(), Some(scene.place), &detail),
        ];
        self.store().apply(batch).await?;
        Ok(slip)
    }

    /// Entries of other clerks that wait, where this clerk works; one's own stand there too, marked.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who verify nobody.
    pub async fn waiting_slips(&self, actor: Option<&Account>) -> Result<Vec<WaitingSlip>> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let mut all = Vec::new();
        for row in self.read().list_codes(CodePurpose::OnceWaiting).await? {
            let Some(pass) = self.pass_of_row(&row) else { continue };
            let Some(deed) = super::Deed::parse_key(&pass.deed) else { continue };
            let Ok(scene) = self.once_scene(deed).await else { continue };
            if permission::check(actor, Permission::VerifyPersons, Some(scene.place)).is_ok() {
                let own = row.account.is_some() && row.account == actor.map(|clerk| clerk.id);
                all.push(WaitingSlip { id: row.id, scene, at: row.created_at, own });
            }
        }
        Ok(all)
    }

    /// A second clerk, who sees the person and the document too, confirms: the code for the person.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the first clerk and outside the territory; [`AppError::Conflict`] when it waits no
    /// longer.
    pub async fn confirm_slip(&self, actor: Option<&Account>, id: Uuid) -> Result<String> {
        permission::check(actor, Permission::VerifyPersons, None)?;
        let clerk = actor.ok_or(AppError::SignInNeeded)?;
        let stale = || AppError::Conflict(Conflict::Stale("slip"));
        let row = self.read().find_code(id).await?.filter(|row| row.purpose == CodePurpose::OnceWaiting);
        let row = row.ok_or_else(stale)?;
        let pass = self.pass_of_row(&row).ok_or_else(stale)?;
        let deed = super::Deed::parse_key(&pass.deed).ok_or_else(stale)?;
        let scene = self.once_scene(deed).await?;
        permission::check(actor, Permission::VerifyPersons, Some(scene.place))?;
        if row.account == Some(clerk.id) {
            return Err(AppError::Forbidden);
        }
        let code = self.new_slip();
        let ready = self.slip_row(CodePurpose::OnceDesk, self.slip_id(&code)?, clerk, &pass)?;
        let detail = json!({ "act": deed.code() });
        let batch = vec![
            Change::Contact(ContactChange::ForgetCode(id)),
            Change::Contact(ContactChange::AddCode(Box::new(ready))),
            self.audit(actor, "confirm_once_at_desk", deed.id(), Some(scene.place), &detail),
        ];
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Missing("code"))) => Err(stale()),
            done => Ok(done.map(|()| code)?),
        }
    }

    /// The code of a slip: a pass for the act it was made for. The row goes with its use.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there is no such slip for this act, or it was used.
    pub async fn pass_by_slip(&self, scene: &Scene, typed: &str) -> Result<Vec<u8>> {
        let wrong = || AppError::field("slip", "once-slip-wrong");
        let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        let id = self.slip_id(&code.to_ascii_uppercase())?;
        let row = self.read().find_code(id).await?.filter(|row| row.purpose == CodePurpose::OnceDesk);
        let row = row.filter(|row| row.expires_at > self.now()).ok_or_else(wrong)?;
        let pass = self.pass_of_row(&row).filter(|pass| pass.deed == scene.deed.key()).ok_or_else(wrong)?;
        let pass = Pass { until: self.now().as_second() + super::PASS_MINUTES * 60, ..pass };
        self.admit_once(scene, &pass).await?;
        let sealed = self.seal_pass(&pass)?;
        let batch = vec![Change::Contact(ContactChange::ForgetCode(id)), self.once_audit(scene, "desk")];
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Missing("code"))) => Err(wrong()),
            done => Ok(done.map(|()| sealed)?),
        }
    }

    fn new_slip(&self) -> String {
        let chance = self.secret();
        chance.iter().take(SIGNS_N).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
    }

    /// The row of a slip is found by a keyed hash of its code; the code itself is nowhere.
    fn slip_id(&self, code: &str) -> Result<Uuid> {
        let hash = self.key()?.hash("one-time slip", &[code.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    fn slip_row(&self, purpose: CodePurpose, id: Uuid, clerk: &Account, pass: &Pass) -> Result<OneTimeCode> {
        let now = self.now();
        let sealed = self.seal_pass(pass)?;
        Ok(OneTimeCode {
            id,
            purpose,
            kind: ContactKind::Email,
            address: sealed.iter().map(|byte| format!("{byte:02x}")).collect(),
            address_key: String::new(),
            lang: Lang::Kk,
            account: Some(clerk.id),
            code_hash: [0; 32],
            attempts: 0,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(SLIP_HOURS),
            used_at: None,
        })
    }

    fn pass_of_row(&self, row: &OneTimeCode) -> Option<Pass> {
        let pair = |at: usize| row.address.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        let sealed: Option<Vec<u8>> = (0..row.address.len() / 2).map(|at| pair(at * 2)).collect();
        let text = self.key.as_ref()?.open(SEALED_FOR, &sealed?)?;
        serde_json::from_slice(&text).ok().filter(|_| row.expires_at > self.now())
    }
}
