//! `/once/{act}/{id}`: one act without an account. The page says what is needed and what is kept, takes what a person
//! shows, then the act itself; the pass between the two is a cookie.

use crate::account::browser::set_cookie;
use crate::account::code::{contact_words, demo_folder};
use crate::account::provider::{hex, unhex};
use crate::account::with_faults;
use akimat_app::contact::CODE_MINUTES;
use akimat_app::once::act::{Done, Words};
use akimat_app::once::{Deed, PASS_MINUTES, Pass, Scene};
use akimat_app::permission::{Permission as P, check};
use akimat_app::{AppError, FieldFault};
use akimat_core::MoneyUnit;
use akimat_identity::{Lack, Level};
use akimat_participation::process::BallotForm;
use akimat_storage::acceptance::Verdict;
use akimat_storage::{MarkKind, Marked};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::{trace, trace_mark_of};
use akimat_web_kit::view::person;
use akimat_web_kit::visitor::{Visitor, cookie};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use uuid::Uuid;

/// The addresses.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/once/{act}/{id}", P::Public, show)
        .post("/{lang}/once/{act}/{id}", P::Public, act)
        .post("/{lang}/once/{act}/{id}/code", P::Public, ask)
        .post("/{lang}/once/{act}/{id}/enter", P::Public, enter)
        .post("/{lang}/once/{act}/{id}/signature", P::Public, sign)
        .post("/{lang}/once/{act}/{id}/slip", P::Public, slip)
}

/// Name of the cookie of a pass; see [`akimat_web_kit::visitor::session_cookie`].
const fn pass_cookie(secure: bool) -> &'static str {
    if secure { "__Host-akimat_once" } else { "akimat_once" }
}

#[derive(Template)]
#[template(path = "public/once/show.html")]
struct ShowPage {
    page: Page,
    form: kit::Form,
    /// Address of this page, after the language.
    here: String,
    back: String,
    subject: (String, &'static str),
    needs: String,
    kept: String,
    closed: String,
    lacks: Vec<String>,
    signed_in: bool,
    /// The form of the act: there is a pass.
    ready: bool,
    /// It was done before and may be taken back.
    stands: bool,
    deed: &'static str,
    minutes: String,
    verdicts: Vec<(String, String)>,
    envelopes: Vec<(String, Vec<Line>)>,
    /// Points or places are written, not ticked.
    numbers: bool,
    how: String,
    contact: Option<(String, String)>,
    providers: Vec<(String, String)>,
    to_sign: String,
    sign_page: String,
    /// Address of the part for clerks; empty for others.
    desk: String,
}

/// A project on the ballot.
struct Line {
    number: u32,
    title: String,
    lang: &'static str,
    cost: String,
}

#[derive(Template)]
#[template(path = "public/once/code.html")]
struct CodePage {
    page: Page,
    form: kit::Form,
    here: String,
    id: Uuid,
    lead: String,
    folder: String,
}

#[derive(Template)]
#[template(path = "public/once/done.html")]
struct DonePage {
    page: Page,
    words: String,
    receipt: String,
    back: String,
}

#[derive(Template)]
#[template(path = "public/once/weak.html")]
struct WeakPage {
    page: Page,
    lacks: Vec<String>,
}

/// The act of an address, or 404.
fn deed(act: &str, id: &str) -> Answer<Deed> {
    Deed::parse(act, frame::id(id)?).ok_or_else(Failure::not_found)
}

fn take(limiter: &akimat_app::limit::Limiter, state: &WebState, visitor: &Visitor) -> Result<(), AppError> {
    let taken = limiter.take(&visitor.address, state.app.now());
    taken.map_err(|retry_seconds| AppError::TooMany { retry_seconds })
}

/// Keeps a pass in the browser.
pub(crate) fn keep_pass(response: &mut Response, state: &WebState, sealed: &[u8]) {
    let name = pass_cookie(state.options.secure_cookie);
    set_cookie(response, state, (name, &hex(sealed)), PASS_MINUTES * 60);
}

fn pass_of(state: &WebState, headers: &HeaderMap, deed: Deed) -> Option<Pass> {
    let kept = cookie(headers, pass_cookie(state.options.secure_cookie)).map(unhex)?;
    state.app.open_pass(&kept, deed)
}

/// The page.
///
/// # Errors
/// 404 when there is no such thing, or it takes no acts without accounts.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    headers: HeaderMap,
    RawQuery(_): RawQuery,
) -> Answer {
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    let pass = pass_of(&state, &headers, scene.deed);
    let mut page = build(&state, &visitor, &scene, (pass.is_some(), kit::Form::new(), &[]))?;
    if let Some(pass) = pass {
        page.stands = state.app.stands_once(&scene, &pass).await?;
    }
    unkept(&page, StatusCode::OK)
}

/// What stands on these pages is for one person and one moment.
fn unkept(page: &impl Template, status: StatusCode) -> Answer<Response> {
    let mut response = (status, Html(page.render()?)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn build(
    state: &WebState,
    visitor: &Visitor,
    scene: &Scene,
    (ready, form, lacks): (bool, kit::Form, &[Lack]),
) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let key = scene.deed.key();
    let (title, lang) = locale.text(&scene.title);
    let open = scene.closed.is_none();
    let signs = open && state.app.takes_signatures() && !ready;
    let sign_page = match form.value("page") {
        "" => state.app.once_page(),
        sent => sent.to_owned(),
    };
    let of_verdict = |verdict: &Verdict| {
        (verdict.code().to_owned(), locale.name("acceptance-verdict", verdict.code()).into_owned())
    };
    let asks_contact = open && scene.requirement.level <= Level::Contact && state.app.post().is_some();
    let providers = state.app.providers().into_iter().map(|(name, label)| {
        let words = locale.f("once-provider", &[("name", label.into())]);
        (format!("/sign-in/provider/{name}?once={key}"), words)
    });
    Ok(ShowPage {
        page: frame::page(visitor, locale.name("once-title", scene.deed.code()), None)
            .invented(scene.invented)
            .hidden()
            .errors(!form.is_clean()),
        here: format!("/once/{key}"),
        back: scene.path.clone(),
        subject: (title.to_owned(), lang.map_or("", akimat_core::Lang::code)),
        needs: person::needs(locale, &scene.requirement),
        kept: locale.name("once-kept", scene.deed.code()).into_owned(),
        closed: scene.closed.as_ref().map_or_else(String::new, |fault| frame::fault_text(locale, fault)),
        lacks: lacks.iter().map(|lack| person::lack(locale, *lack)).collect(),
        signed_in: visitor.account.is_some(),
        ready: ready && open,
        stands: false,
        deed: scene.deed.code(),
        minutes: locale.f("once-minutes", &[("n", PASS_MINUTES.into())]),
        verdicts: Verdict::ALL.iter().map(of_verdict).collect(),
        envelopes: envelopes(visitor, scene),
        numbers: scene.setting.as_ref().is_some_and(|setting| {
            matches!(setting.process.ballot.form, BallotForm::Points { .. } | BallotForm::Ranking { .. })
        }),
        how: scene
            .setting
            .as_ref()
            .map_or_else(String::new, |setting| crate::ballot::show::how_once(locale, setting)),
        contact: asks_contact.then(|| contact_words(state, visitor)),
        providers: if open { providers.collect() } else { Vec::new() },
        to_sign: match signs {
            true => state.app.once_text(scene.deed, &sign_page)?,
            false => String::new(),
        },
        sign_page,
        desk: match open && check(visitor.actor(), P::VerifyPersons, Some(scene.place)).is_ok() {
            true => format!("/admin/once/{key}"),
            false => String::new(),
        },
        form,
    })
}

fn envelopes(visitor: &Visitor, scene: &Scene) -> Vec<(String, Vec<Line>)> {
    let locale = visitor.locale();
    let Some(setting) = &scene.setting else { return Vec::new() };
    let line = |project: &akimat_participation::Proposal| {
        let (title, lang) = locale.text(&project.title);
        Line {
            number: project.ballot_number.unwrap_or_default(),
            title: title.to_owned(),
            lang: lang.map_or("", akimat_core::Lang::code),
            cost: project.cost().map_or_else(String::new, |cost| locale.money(cost, MoneyUnit::Tenge, 0)),
        }
    };
    let all = setting.process.envelopes.iter().enumerate();
    all.map(|(at, envelope)| {
        (locale.text(&envelope.title).0.to_owned(), setting.of_envelope(at).map(line).collect())
    })
    .collect()
}

/// The page with what was refused.
async fn again(
    state: &WebState,
    visitor: &Visitor,
    scene: &Scene,
    (ready, mut form, error): (bool, kit::Form, AppError),
) -> Answer {
    match error {
        AppError::Invalid(faults) => {
            match &scene.setting {
                Some(setting) => {
                    for fault in &faults {
                        let words =
                            akimat_web_kit::view::ballot::fault_text(visitor.locale(), setting, fault);
                        let field = fault.field.strip_prefix("project-");
                        let field = field.map_or_else(|| fault.field.clone(), |number| format!("p{number}"));
                        form.fail(if field == "ballot" { "" } else { &field }, words);
                    }
                }
                None => with_faults(&mut form, visitor, &faults),
            }
            unkept(&build(state, visitor, scene, (ready, form, &[]))?, StatusCode::UNPROCESSABLE_ENTITY)
        }
        AppError::Unmet(lacks) => {
            unkept(&build(state, visitor, scene, (false, form, &lacks))?, StatusCode::UNPROCESSABLE_ENTITY)
        }
        error => Err(error.into()),
    }
}

/// A provider could not be reached, or is not known.
///
/// # Errors
/// Whatever is no fault of the person.
pub(crate) async fn refused(state: &WebState, visitor: &Visitor, deed: Deed, error: AppError) -> Answer {
    let scene = state.app.once_scene(deed).await?;
    again(state, visitor, &scene, (false, kit::Form::new(), error)).await
}

/// What a provider said of the person is not enough for the act.
pub(crate) fn weak(visitor: &Visitor, lacks: &[Lack]) -> Answer<Response> {
    let locale = visitor.locale();
    let page = WeakPage {
        page: frame::page(visitor, locale.t("once-weak-title"), None).hidden(),
        lacks: lacks.iter().map(|lack| person::lack(locale, *lack)).collect(),
    };
    unkept(&page, StatusCode::FORBIDDEN)
}

/// Sends a code, and asks for it.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn ask(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    take(&state.limiters.register, &state, &visitor)?;
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    match state.app.ask_once_code(&scene, form.get("contact"), visitor.lang).await {
        Ok(id) => code_page(&state, &visitor, (&scene, id), kit::Form::new()),
        Err(error) => {
            let sent = kit::Form::new().with("contact", form.get("contact"));
            again(&state, &visitor, &scene, (false, sent, error)).await
        }
    }
}

fn code_page(
    state: &WebState,
    visitor: &Visitor,
    (scene, id): (&Scene, Uuid),
    form: kit::Form,
) -> Answer<Response> {
    let locale = visitor.locale();
    let status = if form.is_clean() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CodePage {
        page: frame::page(visitor, locale.t("code-enter-title"), None).hidden().errors(!form.is_clean()),
        form,
        here: format!("/once/{}", scene.deed.key()),
        id,
        lead: locale.f("code-enter-intro", &[("minutes", CODE_MINUTES.into())]),
        folder: demo_folder(state, visitor),
    };
    unkept(&page, status)
}

/// Takes the code.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn enter(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    take(&state.limiters.sign_in, &state, &visitor)?;
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    let code: Uuid = frame::id(form.get("id"))?;
    match state.app.pass_by_code(&scene, code, form.get("code")).await {
        Ok(sealed) => Ok(passed(&state, &visitor, &scene, &sealed)),
        Err(AppError::Invalid(faults)) if faults.iter().all(|fault| fault.field == "code") => {
            let mut sent = kit::Form::new();
            with_faults(&mut sent, &visitor, &faults);
            code_page(&state, &visitor, (&scene, code), sent)
        }
        Err(error) => again(&state, &visitor, &scene, (false, kit::Form::new(), error)).await,
    }
}

fn passed(state: &WebState, visitor: &Visitor, scene: &Scene, sealed: &[u8]) -> Response {
    let mut response = Redirect::to(&visitor.to(&format!("/once/{}", scene.deed.key()))).into_response();
    keep_pass(&mut response, state, sealed);
    response
}

/// Takes the signed text. What was sent is not written back: it names a person.
///
/// # Errors
/// 404 where signed documents are not taken, 429 after too many attempts from one address.
pub async fn sign(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    take(&state.limiters.sign_in, &state, &visitor)?;
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    let page: String = form.get("page").chars().filter(char::is_ascii_hexdigit).take(32).collect();
    match state.app.pass_by_signature(&scene, &page, form.raw("document")).await {
        Ok(sealed) => Ok(passed(&state, &visitor, &scene, &sealed)),
        Err(error) => {
            let sent = kit::Form::new().with("page", page);
            again(&state, &visitor, &scene, (false, sent, error)).await
        }
    }
}

/// Takes the code of a slip from the desk.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn slip(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    take(&state.limiters.sign_in, &state, &visitor)?;
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    match state.app.pass_by_slip(&scene, form.get("slip")).await {
        Ok(sealed) => Ok(passed(&state, &visitor, &scene, &sealed)),
        Err(error) => again(&state, &visitor, &scene, (false, kit::Form::new(), error)).await,
    }
}

/// The act itself; the pass is forgotten with it.
///
/// # Errors
/// 429 for a flood.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    take(&state.limiters.comment, &state, &visitor)?;
    let scene = state.app.once_scene(deed(&act, &id)?).await?;
    let Some(pass) = pass_of(&state, &headers, scene.deed) else {
        let fault = AppError::Invalid(vec![FieldFault::new("", "once-pass-over")]);
        return again(&state, &visitor, &scene, (false, kit::Form::new(), fault)).await;
    };
    if form.get("back") == "1" {
        return match state.app.take_back_once(&scene, &pass).await {
            Ok(()) => {
                let words = visitor.locale().name("once-undone", scene.deed.code()).into_owned();
                finished(&state, &visitor, &scene, (words, String::new()))
            }
            Err(error) => again(&state, &visitor, &scene, (true, kit::Form::new(), error)).await,
        };
    }
    let words = Words {
        lang: visitor.lang,
        name: form.get("name").to_owned(),
        body: form.raw("body").to_owned(),
        verdict: Verdict::parse(form.get("verdict")),
        marks: marks(&scene, &form),
    };
    match state.app.act_once(&scene, &pass, &words).await {
        Ok(done) => {
            match (scene.deed, &done) {
                (Deed::Comment(project), Done::Counts | Done::Receipt(_)) => {
                    trace(&state, &visitor, state.app.once_comment(project, &pass)?).await;
                }
                (Deed::Support(id), _) => {
                    let marked = Marked { kind: MarkKind::Proposal, subject: id.0 };
                    let own = state.app.once_supporter(id, &pass)?;
                    trace_mark_of(&state, &visitor, (own, marked)).await;
                }
                _ => {}
            }
            let said = told(&visitor, &scene, done);
            finished(&state, &visitor, &scene, said)
        }
        Err(error) => {
            let mut sent = kit::Form::new();
            for name in ["name", "body", "verdict"] {
                sent = sent.with(name, form.raw(name));
            }
            for (name, value) in form.with_prefix("p") {
                sent = sent.with(&format!("p{name}"), value);
            }
            again(&state, &visitor, &scene, (true, sent, error)).await
        }
    }
}

/// Marks of a ballot: ticks, points, or places in an order.
fn marks(scene: &Scene, form: &Form) -> Vec<(u32, u32)> {
    let Some(setting) = &scene.setting else { return Vec::new() };
    let written = form.with_prefix("p").filter_map(|(number, value)| {
        let value = value.trim();
        let number: u32 = number.parse().ok()?;
        let points = if value == "yes" { 0 } else { value.parse().unwrap_or(u32::MAX) };
        (!value.is_empty()).then_some((number, points))
    });
    let mut all: Vec<(u32, u32)> = written.take(1_000).collect();
    match setting.process.ballot.form {
        BallotForm::Points { .. } => all.retain(|(_, points)| *points > 0),
        BallotForm::Ranking { .. } => {
            all.sort_by_key(|(number, place)| (*place, *number));
            all.iter_mut().for_each(|(_, points)| *points = 0);
        }
        _ => all.iter_mut().for_each(|(_, points)| *points = 0),
    }
    all
}

/// What came of an act, and its receipt.
fn told(visitor: &Visitor, scene: &Scene, done: Done) -> (String, String) {
    let locale = visitor.locale();
    let done_words = || locale.name("once-done", scene.deed.code()).into_owned();
    match done {
        Done::Receipt(code) => (done_words(), code),
        Done::Counts => (done_words(), String::new()),
        Done::Waits => (locale.t("comment-waits").into_owned(), String::new()),
    }
}

/// The last page; the pass is forgotten.
fn finished(
    state: &WebState,
    visitor: &Visitor,
    scene: &Scene,
    (words, receipt): (String, String),
) -> Answer<Response> {
    let title = visitor.locale().t("once-done-title");
    let page = DonePage {
        page: frame::page(visitor, title, None).invented(scene.invented).hidden(),
        words,
        receipt,
        back: scene.path.clone(),
    };
    let mut response = unkept(&page, StatusCode::OK)?;
    set_cookie(&mut response, state, (pass_cookie(state.options.secure_cookie), ""), 0);
    Ok(response)
}
