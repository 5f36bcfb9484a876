//! How a person shows who they are for one act: a code to an address, an identity provider, a signed text.

use super::{Deed, Scene, Shown};
use crate::{App, AppError, Result};
use akimat_core::Lang;
use akimat_identity::{Iin, Level, Standing};
use akimat_storage::Change;
use akimat_storage::contact::{CodePurpose, ContactChange};
use serde_json::json;
use uuid::Uuid;

impl App {
    /// Sends a code for one act; the answer is the same for every address.
    ///
    /// # Errors
    /// As [`App::ask_code`]; [`AppError::Invalid`] where an address is not enough, or the act is not possible now.
    pub async fn ask_once_code(&self, scene: &Scene, typed: &str, lang: Lang) -> Result<Uuid> {
        if let Some(fault) = &scene.closed {
            return Err(AppError::Invalid(vec![fault.clone()]));
        }
        if scene.requirement.level > Level::Contact {
            return Err(AppError::field("contact", "once-contact-weak"));
        }
        self.ask_code(CodePurpose::Once, typed, lang, None).await
    }

    /// The code of the message: a pass for the act. The code and the address it went to are forgotten at once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code is wrong, used, over or tried too often, or the address has an account.
    pub async fn pass_by_code(&self, scene: &Scene, id: Uuid, typed: &str) -> Result<Vec<u8>> {
        let code = self.check_code(id, CodePurpose::Once, typed).await?;
        let shown = Shown {
            identity: self.contact_identity(code.kind, &code.address_key)?,
            contact: Some((code.kind.code().to_owned(), code.address_key.clone())),
            standing: Standing { level: Level::Contact, ..Standing::default() },
        };
        let sealed = self.sealed_pass(scene, shown).await?;
        let batch = vec![
            Change::Contact(ContactChange::UseCode { id, at: self.now() }),
            Change::Contact(ContactChange::ForgetCode(id)),
            self.once_audit(scene, "code"),
        ];
        self.store().apply(batch).await.map_err(AppError::from).map_err(crate::contact::used_up)?;
        Ok(sealed)
    }

    /// What a provider says about a person: a pass for the act. No account comes of it.
    pub(crate) async fn pass_by_provider(
        &self,
        scene: &Scene,
        (issuer, subject): (&str, &str),
        level: u8,
    ) -> Result<Vec<u8>> {
        let level = Level::from_number(level).unwrap_or_default();
        let shown = Shown {
            identity: self.identity_key()?.hash_subject(issuer, subject),
            contact: None,
            standing: Standing { level, ..Standing::default() },
        };
        let sealed = self.sealed_pass(scene, shown).await?;
        self.store().apply(vec![self.once_audit(scene, "provider")]).await?;
        Ok(sealed)
    }

    /// The text to sign for one act: for this act, this day and this page alone.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] without the key of the platform.
    pub fn once_text(&self, deed: Deed, page: &str) -> Result<String> {
        self.once_text_of(deed, page, self.today())
    }

    fn once_text_of(&self, deed: Deed, page: &str, day: jiff::civil::Date) -> Result<String> {
        let (act, on) = (deed.key(), day.to_string());
        let code = self.key()?.hash("one-time text", &[act.as_bytes(), on.as_bytes(), page.as_bytes()]);
        let code: String = code[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("akimat: one act without an account\nact: {act}\nday: {day}\ncode: {code}\n"))
    }

    /// A word of chance for a page with a text to sign.
    pub fn once_page(&self) -> String {
        self.new_secret_uuid().simple().to_string()
    }

    /// The text, signed: a pass for the act. The certificate must name the person by the national identifier; nothing of
    /// it is kept.
    ///
    /// # Errors
    /// [`AppError::Invalid`] says what is wrong with the document.
    pub async fn pass_by_signature(&self, scene: &Scene, page: &str, coded: &str) -> Result<Vec<u8>> {
        let today = self.today();
        let days = [Some(today), today.yesterday().ok()].into_iter().flatten();
        let texts: Result<Vec<String>> = days.map(|day| self.once_text_of(scene.deed, page, day)).collect();
        let iin = self.signer_of(coded, &texts?).await?;
        let shown = Shown {
            identity: self.identity_key()?.hash(&iin),
            contact: None,
            standing: Standing {
                level: Level::Identified,
                born_on: Some(Iin::born_on(&iin)),
                ..Standing::default()
            },
        };
        let sealed = self.sealed_pass(scene, shown).await?;
        self.store().apply(vec![self.once_audit(scene, "signature")]).await?;
        Ok(sealed)
    }

    /// That somebody showed who they are, how and for what; not who.
    pub(super) fn once_audit(&self, scene: &Scene, way: &str) -> Change {
        let detail = json!({ "act": scene.deed.code(), "way": way });
        self.audit(None, "verify_once", scene.deed.id(), Some(scene.place), &detail)
    }
}
