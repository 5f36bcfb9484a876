//! Packages of OC4IDS and OCDS: the register page by page, and one project.
//!
//! The standards leave no room for a link to the next page inside a package, so the header `Link` carries it
//! (RFC 8288). The date of a package is that of the newest thing in it, as both standards ask of packages made on
//! demand; an unchanged one keeps its tag.

use crate::asked::Asked;
use crate::cursor::{self, Key};
use crate::endpoint::{Body, CURSOR, Endpoint, ID, Kind as Values, LIMIT, Parameter};
use crate::reply::{Reply, resource};
use akimat_app::open_contracting::{OpenDossier, Publication};
use akimat_core::{Lang, ProjectId};
use akimat_interop::open_contracting::{Publisher, Subject, project, release};
use akimat_storage::{Cursor, PageRequest, ProjectFilter};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, HOST, HeaderValue, LINK};
use axum::http::{HeaderMap, Uri};
use jiff::Timestamp;
use serde_json::Value;

const LANGUAGE: Parameter =
    Parameter::new("language", Values::OneOf(languages, Some("ru")), "Language of the plain texts.");
const EXTENSIONS: Parameter = Parameter::new(
    "extensions",
    Values::OneOf(choices, Some("no")),
    "With `yes` lots and bids too, by the extensions that the package names, and titles in the other languages.",
);
const PLACE: Parameter =
    Parameter::new("place", Values::Place, "Only projects of this territory and below it.");

/// `/api/v1/open-contracting/projects`.
pub const PROJECTS: Endpoint = Endpoint {
    path: "/api/v1/open-contracting/projects",
    id: "listProjectsOc4ids",
    tag: "open-contracting",
    summary: "Projects with their contracting processes as a package of OC4IDS 0.9.5, last changed first; the header \
              Link names the next part",
    parameters: &[PLACE, LANGUAGE, LIMIT, CURSOR],
    body: Body::Resource("Oc4idsPackage", include_str!("example/oc4ids.json")),
    problems: &[],
};

/// `/api/v1/open-contracting/releases`.
pub const RELEASES: Endpoint = Endpoint {
    path: "/api/v1/open-contracting/releases",
    id: "listReleases",
    tag: "open-contracting",
    summary: "Contracting processes as a package of releases of OCDS 1.1.5; the limit counts projects; the header \
              Link names the next part",
    parameters: &[PLACE, LANGUAGE, EXTENSIONS, LIMIT, CURSOR],
    body: Body::Resource("OcdsReleasePackage", include_str!("example/ocds_releases.json")),
    problems: &[],
};

/// `/api/v1/open-contracting/records`.
pub const RECORDS: Endpoint = Endpoint {
    path: "/api/v1/open-contracting/records",
    id: "listRecords",
    tag: "open-contracting",
    summary: "Contracting processes as a package of records of OCDS 1.1.5 with compiled releases; the limit counts \
              projects; the header Link names the next part",
    parameters: &[PLACE, LANGUAGE, EXTENSIONS, LIMIT, CURSOR],
    body: Body::Resource("OcdsRecordPackage", include_str!("example/ocds_records.json")),
    problems: &[],
};

/// `/api/v1/projects/{id}/oc4ids`.
pub const PROJECT: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/oc4ids",
    id: "getProjectOc4ids",
    tag: "open-contracting",
    summary: "One project as a package of OC4IDS 0.9.5",
    parameters: &[ID, LANGUAGE],
    body: Body::Resource("Oc4idsPackage", include_str!("example/oc4ids.json")),
    problems: &[],
};

/// `/api/v1/projects/{id}/ocds`.
pub const PROCESSES: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/ocds",
    id: "getProjectReleases",
    tag: "open-contracting",
    summary: "The contracting processes of one project as a package of releases of OCDS 1.1.5",
    parameters: &[ID, LANGUAGE, EXTENSIONS],
    body: Body::Resource("OcdsReleasePackage", include_str!("example/ocds_releases.json")),
    problems: &[],
};

fn languages() -> Vec<&'static str> {
    Lang::ALL.into_iter().map(Lang::code).collect()
}

fn choices() -> Vec<&'static str> {
    vec!["no", "yes"]
}

/// Which package is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standard {
    Projects,
    Releases,
    Records,
}

/// Projects of the register.
///
/// # Errors
/// When the database fails.
pub async fn projects(State(state): State<WebState>, asked: Asked) -> Reply {
    register(&state, &asked, Standard::Projects).await
}

/// Releases of all processes.
///
/// # Errors
/// When the database fails.
pub async fn releases(State(state): State<WebState>, asked: Asked) -> Reply {
    register(&state, &asked, Standard::Releases).await
}

/// Records of all processes.
///
/// # Errors
/// When the database fails.
pub async fn records(State(state): State<WebState>, asked: Asked) -> Reply {
    register(&state, &asked, Standard::Records).await
}

/// One project.
///
/// # Errors
/// 404 when there is none.
pub async fn project(State(state): State<WebState>, asked: Asked) -> Reply {
    single(&state, &asked, Standard::Projects).await
}

/// The processes of one project.
///
/// # Errors
/// 404 when there is no such project.
pub async fn processes(State(state): State<WebState>, asked: Asked) -> Reply {
    single(&state, &asked, Standard::Releases).await
}

fn lang(asked: &Asked) -> Lang {
    asked.text("language").and_then(Lang::parse).unwrap_or(Lang::Ru)
}

/// Where the platform is for those outside: as the operator says, or else as this request came.
fn base(state: &WebState, headers: &HeaderMap) -> String {
    if !state.options.origin.is_empty() {
        return state.options.origin.clone();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    format!("http://{}", if plain { host } else { "localhost" })
}

async fn publisher(state: &WebState, asked: &Asked, base: &str) -> Result<Publisher, Failure> {
    let publication = Publication {
        settings: &state.options.open_contracting,
        base,
        lang: lang(asked),
        place: asked.place("place"),
        extensions: asked.text("extensions") == Some("yes"),
    };
    Ok(state.app.open_publisher(&publication).await?)
}

async fn single(state: &WebState, asked: &Asked, standard: Standard) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let base = base(state, &asked.headers);
    let publisher = publisher(state, asked, &base).await?;
    let dossiers = state.app.open_dossiers_of(&[id], publisher.lang).await.map_err(Failure::from)?;
    if dossiers.is_empty() {
        return Err(Failure::not_found().into());
    }
    resource(&asked.headers, &package(state, &publisher, &dossiers, (standard, &asked.uri)))
}

async fn register(state: &WebState, asked: &Asked, standard: Standard) -> Reply {
    let base = base(state, &asked.headers);
    let publisher = publisher(state, asked, &base).await?;
    let filter = ProjectFilter { place: asked.place("place"), ..ProjectFilter::default() };
    let mut page = asked.page("updated", Key::Number)?;
    // A part with projects but without processes would be an empty package: it is passed over.
    let (dossiers, next) = loop {
        let found = state.app.open_dossiers(&filter, &page, publisher.lang).await.map_err(Failure::from)?;
        let empty = standard != Standard::Projects && found.items.iter().all(|one| one.held.is_empty());
        match found.next {
            Some(next) if empty => page = PageRequest { limit: page.limit, after: Some(next) },
            next => break (found.items, next),
        }
    };
    let mut reply = resource(&asked.headers, &package(state, &publisher, &dossiers, (standard, &asked.uri)))?;
    if let Some(link) = next.as_ref().and_then(|next| link(&base, &asked.uri, next)) {
        reply.headers_mut().insert(LINK, link);
        reply.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, link"));
    }
    Ok(reply)
}

fn link(base: &str, uri: &Uri, next: &Cursor) -> Option<HeaderValue> {
    let query = uri.query().unwrap_or_default();
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(kept).append_pair("cursor", &cursor::write("updated", next));
    HeaderValue::try_from(format!("<{base}{}?{}>; rel=\"next\"", uri.path(), pairs.finish())).ok()
}

fn package(
    state: &WebState,
    publisher: &Publisher,
    dossiers: &[OpenDossier],
    (standard, uri): (Standard, &Uri),
) -> Value {
    let subjects: Vec<Subject<'_>> = dossiers.iter().map(OpenDossier::subject).collect();
    let changed = dossiers
        .iter()
        .flat_map(|one| one.held.iter().map(|held| held.section.at).chain([one.project.updated_at]))
        .max()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let path = uri.path_and_query().map_or(uri.path(), axum::http::uri::PathAndQuery::as_str);
    match standard {
        Standard::Projects => {
            project::project_package(publisher, &subjects, path, (changed, state.app.today()))
        }
        Standard::Releases => release::release_package(publisher, &subjects, path, changed),
        Standard::Records => release::record_package(publisher, &subjects, path, changed),
    }
}
