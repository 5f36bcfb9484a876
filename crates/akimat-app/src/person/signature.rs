//! A person shows who they are by signing a text with a qualified certificate: level 3 without a visit. The certificate is
//! not kept; of the national identifier in it there is the keyed hash.

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_identity::{Iin, Level};
use akimat_signature::{Fault, Signed, Trust, verify};
use akimat_storage::{Account, Way};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use std::sync::Arc;

/// Signs of a document in base64 at most.
const CODED_MAX: usize = 400_000;

/// Whose certificates count, and who is asked about algorithms that are not known here.
pub struct Signing {
    /// Authorities, and what they say about revoked certificates.
    pub trust: Trust,
    /// Checks documents with other algorithms, GOST say.
    pub adapter: Option<Arc<dyn SignatureAdapter>>,
}

impl std::fmt::Debug for Signing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signing").field("n_authorities", &self.trust.roots.len()).finish_non_exhaustive()
    }
}

/// Checks documents that are signed by an algorithm that is not known here: everything, the trust and the revocation of
/// the certificate included.
#[async_trait]
pub trait SignatureAdapter: Send + Sync {
    /// Who signed `text` in `document`; `None` when nobody did so in a way that counts.
    ///
    /// # Errors
    /// Why the adapter could not be asked, in words.
    async fn verify(&self, document: &[u8], text: &[u8]) -> std::result::Result<Option<Signed>, String>;
}

const fn key(fault: &Fault) -> &'static str {
    match fault {
        Fault::Form => "signature-fault-form",
        Fault::Signers => "signature-fault-signers",
        Fault::Content => "signature-fault-content",
        Fault::Signature => "signature-fault-signature",
        Fault::Algorithm(_) => "signature-fault-algorithm",
        Fault::NoCertificate => "signature-fault-certificate",
        Fault::Untrusted => "signature-fault-untrusted",
        Fault::Expired => "signature-fault-expired",
        Fault::Usage => "signature-fault-usage",
        Fault::Revoked => "signature-fault-revoked",
        Fault::RevocationUnknown => "signature-fault-unknown",
    }
}

impl App {
    /// The same platform that takes signed documents.
    #[must_use]
    pub fn with_signing(mut self, signing: Signing) -> Self {
        self.signing = Some(Arc::new(signing));
        self
    }

    /// Persons can show who they are by signing.
    pub const fn takes_signatures(&self) -> bool {
        self.signing.is_some()
    }

    /// The text to sign: for this account and today alone. It stands for the account, not for anything else.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`]; [`AppError::Unavailable`] without the key of the platform.
    pub fn text_to_sign(&self, actor: Option<&Account>) -> Result<String> {
        permission::check(actor, Permission::SignedIn, None)?;
        self.text_of(actor.ok_or(AppError::SignInNeeded)?, self.today())
    }

    fn text_of(&self, account: &Account, day: Date) -> Result<String> {
        let parts = [account.id.to_string(), day.to_string()];
        let code = self.key()?.hash("text to sign", &[parts[0].as_bytes(), parts[1].as_bytes()]);
        let code: String = code[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let login = &account.login;
        Ok(format!("akimat: this account is mine\naccount: {login}\nday: {day}\ncode: {code}\n"))
    }

    /// A person hands in the text of today, or of yesterday, signed: CMS in base64, with or without the lines of PEM. The
    /// certificate must name the person by the national identifier.
    ///
    /// # Errors
    /// [`AppError::Invalid`] says what is wrong with the document, or that another account holds the identifier.
    pub async fn verify_by_signature(&self, actor: Option<&Account>, coded: &str) -> Result<()> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let today = self.today();
        let days = [Some(today), today.yesterday().ok()].into_iter().flatten();
        let texts: Result<Vec<String>> = days.map(|day| self.text_of(account, day)).collect();
        let iin = self.signer_of(coded, &texts?).await?;
        let hash = self.identity_key()?.hash(&iin);
        if let Some(mut fault) = self.identity_fault(&hash, account.id).await? {
            "document".clone_into(&mut fault.field);
            return Err(AppError::Invalid(vec![fault]));
        }
        let home = self.standing(account.id).await?.home.or(account.place);
        let mut new = self.new_verification(actor, account.id, Way::Signature, home);
        (new.level, new.identity, new.born_on) = (Level::Identified, Some(hash), Some(iin.born_on()));
        self.keep_verification(actor, &new, "verify_by_signature").await
    }

    /// Whose national identifier the certificate of a signed text names; the text is one of these.
    ///
    /// # Errors
    /// [`AppError::Invalid`] says what is wrong with the document.
    pub(crate) async fn signer_of(&self, coded: &str, texts: &[String]) -> Result<Iin> {
        let signing = self.signing.clone().ok_or(AppError::NotFound("signature"))?;
        let wrong = |key| AppError::field("document", key);
        let document = decoded(coded).ok_or_else(|| wrong("signature-fault-form"))?;
        let signed = self.signer(&signing, texts, &document).await?;
        let iin = signed.national_number().and_then(|digits| Iin::parse(digits).ok());
        let iin = iin.filter(|iin| iin.born_on() <= self.today());
        iin.ok_or_else(|| wrong("signature-fault-number"))
    }

    async fn signer(&self, signing: &Signing, texts: &[String], document: &[u8]) -> Result<Signed> {
        let at_s = u64::try_from(self.now().as_second()).unwrap_or_default();
        let mut fault = Fault::Content;
        for text in texts {
            match verify(document, text.as_bytes(), &signing.trust, at_s) {
                Ok(signed) => return Ok(signed),
                Err(Fault::Content) => {}
                Err(Fault::Algorithm(name)) => {
                    fault = Fault::Algorithm(name);
                    let Some(adapter) = &signing.adapter else { continue };
                    match adapter.verify(document, text.as_bytes()).await {
                        Ok(Some(signed)) => return Ok(signed),
                        Ok(None) => fault = Fault::Signature,
                        Err(why) => return Err(AppError::Unavailable(why)),
                    }
                }
                Err(other) => fault = other,
            }
        }
        Err(AppError::field("document", key(&fault)))
    }
}

fn decoded(coded: &str) -> Option<Vec<u8>> {
    if coded.len() > CODED_MAX {
        return None;
    }
    let lines = coded.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let plain: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(plain).ok().filter(|bytes| !bytes.is_empty())
}
