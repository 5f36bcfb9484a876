//! Photographs of projects: taken in, stripped, refused by name, shown, hidden; and works that are finished with them.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::shot;
use crate::town::Town;
use akimat_core::ProjectId;
use akimat_storage::photo::{Photo, PhotoKind};
use axum::body::{Body, Bytes};
use axum::http::header;
use futures_util::stream;
use jiff::SignedDuration;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const BOUNDARY: &str = "photoboundary5f1c";

/// A part of a form: a field with its value, or a file with its name.
pub(crate) enum Piece<'a> {
    Field(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

fn head(piece: &Piece<'_>) -> String {
    match piece {
        Piece::Field(name, _) => {
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n")
        }
        Piece::File(name, _) => format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: image/jpeg\r\n\r\n"
        ),
    }
}

async fn post(client: &Client, path: &str, body: Body) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    client.send(client.request("POST", path).header(header::CONTENT_TYPE, kind).body(body).unwrap()).await
}

/// Sends pieces as they are.
async fn send_bare(client: &Client, path: &str, pieces: &[Piece<'_>]) -> Answer {
    let mut body = Vec::new();
    for piece in pieces {
        body.extend_from_slice(head(piece).as_bytes());
        body.extend_from_slice(match piece {
            Piece::Field(_, value) => value.as_bytes(),
            Piece::File(_, bytes) => bytes,
        });
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    post(client, path, Body::from(body)).await
}

/// Sends pieces with their proof.
pub(crate) async fn send(client: &Client, path: &str, pieces: Vec<Piece<'_>>) -> Answer {
    let csrf = client.csrf();
    let mut all = vec![Piece::Field("csrf", &csrf)];
    all.extend(pieces);
    send_bare(client, path, &all).await
}

fn words<'a>(kind: &'a str, before: &'a str) -> Vec<Piece<'a>> {
    [
        ("kind", kind),
        ("before", before),
        ("caption_kk", "Көпір"),
        ("caption_ru", "Мост"),
        ("caption_en", "Bridge"),
    ]
    .into_iter()
    .map(|(name, value)| Piece::Field(name, value))
    .collect()
}

/// Adds a file as a manager; answers what is stored of the project then.
async fn add(town: &Town, id: ProjectId, (kind, before): (&str, &str), file: &[u8]) -> Vec<Photo> {
    let manager = town.person("manager").await;
    let mut pieces = words(kind, before);
    pieces.push(Piece::File("a.jpg", file));
    send(&manager, &format!("/en/admin/projects/{id}/photos"), pieces).await.expect(303);
    town.app.read().list_photos(id).await.unwrap()
}

/// A pair of before and after.
async fn pair(town: &Town, id: ProjectId) -> Vec<Photo> {
    let before = add(town, id, ("before", ""), &shot::jpeg(1)).await[0].id.to_string();
    add(town, id, ("after", &before), &shot::jpeg(2)).await
}

/// A pair of photographs of a project.
pub(crate) async fn keep(town: &Town) {
    pair(town, town.project("S-7")).await;
}

#[tokio::test]
async fn photographs_are_kept_with_time_and_rough_place_only() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let (page, work) = (format!("/projects/{id}/photos"), format!("/admin/projects/{id}/photos"));
    let form = manager.get(&format!("/en{work}")).await;
    check_page(form.expect(200), "en");
    town.person("resident").await.get(&format!("/en{work}")).await.expect(403);
    town.person("other-manager").await.get(&format!("/en{work}")).await.expect(403);
    let (first, second, third) = (shot::from_telephone(1), shot::png(2, (900, 675)), shot::webp());
    let mut pieces = words("progress", "");
    pieces.push(Piece::File("C:\\fotos\\tel.jpg", &first));
    pieces.push(Piece::File("b.png", &second));
    pieces.push(Piece::File("c.webp", &third));
    send(&manager, &format!("/en{work}"), pieces).await.expect(303);
    for lang in ["kk", "ru", "en"] {
        let shown = town.nobody().get(&format!("/{lang}{page}")).await;
        check_page(shown.expect(200), lang);
        check_page(manager.get(&format!("/{lang}{work}")).await.expect(200), lang);
    }
    let shown = town.nobody().get(&format!("/en{page}")).await;
    shown.says("3 photographs").says("Taken on 7 May 2026").says("to within 100 m").says("alt=\"Bridge\"");
    shown.says("The day it was taken is unknown").says("1 more pair is needed");
    let stored = town.app.read().list_photos(id).await.unwrap();
    let told = stored.iter().find(|photo| photo.point.is_some()).unwrap();
    let point = told.point.unwrap();
    // The middle of a cell of 100 m: 51.128331 N and 71.430558 E moved by less than 71 m, and not nowhere.
    let moved = (point.point.lat_e6 - 51_128_331, point.point.lon_e6 - 71_430_558);
    assert!(moved.0.abs() <= 450 && moved.1.abs() <= 720 && moved != (0, 0), "{moved:?}");
    assert_eq!(told.taken.unwrap().at.to_string(), "2026-05-07T09:08:07");
    for photo in &stored {
        for size in ["web", "thumb"] {
            let picture = town.nobody().get(&format!("/photos/{}/{size}", photo.id)).await;
            assert_eq!(picture.expect(200).header(header::CONTENT_TYPE), "image/jpeg");
            assert!(picture.body.starts_with(b"\xff\xd8\xff"));
            for word in [&b"SecretCam"[..], b"Exif", b"2026:05:07"] {
                assert!(!picture.body.windows(word.len()).any(|found| found == word), "{size}");
            }
            if size == "thumb" {
                assert!(picture.body.len() <= 6_000, "{} bytes", picture.body.len());
            }
        }
    }
    // The same file once more says so, and nothing is stored twice.
    let mut pieces = words("progress", "");
    pieces.push(Piece::File("tel.jpg", &first));
    send(&manager, &format!("/en{work}"), pieces).await.expect(422).says("already has this file");
    assert_eq!(town.app.read().list_photos(id).await.unwrap().len(), 3);
}

#[tokio::test]
async fn pictures_are_kept_by_browsers_and_run_nothing() {
    let town = Town::open().await;
    let stored = add(&town, town.project("S-7"), ("progress", ""), &shot::jpeg(1)).await;
    let (nobody, path) = (town.nobody(), format!("/photos/{}/thumb", stored[0].id));
    let picture = nobody.get(&path).await;
    assert_eq!(picture.expect(200).header(header::CACHE_CONTROL), "public, max-age=604800");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(picture.header(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
    assert_eq!(picture.header(header::CONTENT_LENGTH), picture.body.len().to_string());
    let tag = picture.header(header::ETAG).to_owned();
    let again = nobody.request("GET", &path).header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    let again = nobody.send(again).await;
    assert!(again.expect(304).body.is_empty());
    for wrong in ["/photos/1/web", "/photos/019a0000-0000-7000-8000-000000000000/web"] {
        nobody.get(wrong).await.expect(404);
    }
    nobody.get(&path.replace("thumb", "original")).await.expect(404);
}

#[tokio::test]
async fn what_is_no_photograph_is_refused_by_its_name() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let whole = shot::jpeg(3);
    let archive = [&whole[..], b"PK\x03\x04a.class....PK\x05\x06\0\0\0\0"].concat();
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let files: [(&str, Vec<u8>, &str); 8] = [
        ("fifty.jpg", shot::fifty_megapixels(), "8000 × 6250 pixels, up to 40 megapixels"),
        ("bomb.png", shot::bomb(), "30000 × 30000 pixels"),
        ("cut.jpg", whole[..whole.len() - 9].to_vec(), "The end of the file is missing"),
        ("polyglot.jpg", archive, "An archive is hidden behind the picture"),
        ("page.jpg", page, "text with markup"),
        ("film.gif", b"GIF89a and so on".to_vec(), "Pictures in this format are not taken"),
        ("<b>.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "&#60;b&#62;.jpg"),
        ("good.jpg", shot::jpeg(4), "Added"),
    ];
    for lang in ["kk", "ru", "en"] {
        let mut pieces = words("progress", "");
        pieces.extend(files.iter().map(|(name, bytes, _)| Piece::File(name, bytes)));
        let answer = send(&manager, &format!("/{lang}/admin/projects/{id}/photos"), pieces).await;
        check_page(answer.expect(422), lang);
        if lang == "kk" {
            continue;
        }
        for (name, _, due) in files.iter().filter(|_| lang == "en") {
            assert!(*name == "<b>.jpg" || answer.text().contains(name), "{name}");
            if *name != "good.jpg" {
                answer.says(due);
            }
        }
    }
    // The good one was kept at the first time and known again afterwards.
    assert_eq!(town.app.read().list_photos(id).await.unwrap().len(), 1);
    let none = send(&manager, &format!("/en/admin/projects/{id}/photos"), words("progress", "")).await;
    none.expect(422).says("href=\"#f-file\"");
}

#[tokio::test]
async fn words_are_checked_before_files_are_looked_at() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let path = format!("/en/admin/projects/{id}/photos");
    let file = shot::jpeg(1);
    let with = |kind: &'static str, stated: &'static str, caption: &'static str| {
        vec![
            Piece::Field("kind", kind),
            Piece::Field("caption_ru", caption),
            Piece::Field("stated_on", stated),
            Piece::File("a.jpg", &file),
        ]
    };
    for (kind, stated, caption, field) in [
        ("progress", "", " ", "caption_ru"),
        ("progress", "2026-09-02", "x", "stated_on"),
        ("progress", "1980-01-01", "x", "stated_on"),
        ("progress", "вчера", "x", "stated_on"),
        ("", "", "x", "kind"),
        ("resident", "", "x", "kind"),
        ("after", "", "x", "before"),
    ] {
        let answer = send(&manager, &path, with(kind, stated, caption)).await;
        check_page(answer.expect(422).says(&format!("href=\"#f-{field}\"")), "en");
    }
    assert!(town.app.read().list_photos(id).await.unwrap().is_empty());
    // A forged form is refused before its file is kept, and so is one whose proof comes too late.
    send_bare(&manager, &path, &with("progress", "", "x")).await.expect(403);
    let csrf = manager.csrf();
    let late = [Piece::File("a.jpg", &file), Piece::Field("csrf", &csrf)];
    send_bare(&manager, &path, &late).await.expect(403);
    post(&manager, &path, Body::from("no form at all")).await.expect(400);
    manager.post(&path, &[]).await.expect(415);
    let many: Vec<Piece<'_>> = (0..31).map(|_| Piece::File("a.jpg", &file)).collect();
    send(&manager, &path, words("progress", "").into_iter().chain(many).collect()).await.expect(413);
}

#[tokio::test]
async fn a_description_is_changed_and_two_people_lose_nothing() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let stored = pair(&town, id).await;
    // Both came in the same moment: their order says nothing.
    let of = |kind| stored.iter().find(|photo| photo.kind == kind).unwrap().id;
    let path = format!("/en/admin/photos/{}", of(PhotoKind::After));
    let before = of(PhotoKind::Before).to_string();
    check_page(manager.get(&path).await.expect(200), "en");
    town.person("other-manager").await.get(&path).await.expect(403);
    let fields = |version: &'static str, caption: &'static str| {
        [("version", version), ("kind", "after"), ("before", before.as_str()), ("caption_en", caption)]
    };
    manager.post(&path, &fields("1", "The new bridge")).await.expect(303);
    let second = manager.post(&path, &fields("1", "Bridge in use")).await;
    check_page(second.expect(422).says("Somebody else changed").says("Bridge in use"), "en");
    manager.post(&path, &fields("2", "Bridge in use")).await.expect(303);
    town.nobody()
        .get(&format!("/en/projects/{id}/photos"))
        .await
        .says("Bridge in use")
        .says("Before and after");
    // The "before" of a pair stays one.
    let path = format!("/en/admin/photos/{before}");
    let other = [("version", "1"), ("kind", "progress"), ("caption_en", "x")];
    manager.post(&path, &other).await.expect(422).says("href=\"#f-kind\"");
}

fn finished(version: &str) -> [(&'static str, String); 8] {
    [
        ("version", version.to_owned()),
        ("progress_pct", "100".to_owned()),
        ("status", "completed".to_owned()),
        ("body", "Көпір дайын".to_owned()),
        ("basis_kind", "Акт приёмки".to_owned()),
        ("basis_number", "7".to_owned()),
        ("basis_on", "2026-09-01".to_owned()),
        ("reason", String::new()),
    ]
}

async fn finish(town: &Town, id: ProjectId) -> Answer {
    let manager = town.person("manager").await;
    let version = town.app.read().find_project(id).await.unwrap().unwrap().0.version.to_string();
    let fields = finished(&version);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    manager.post(&format!("/en/admin/projects/{id}/progress"), &fields).await
}

#[tokio::test]
async fn works_are_called_finished_with_a_pair_only() {
    let town = Town::open().await;
    let id = town.project("S-7");
    finish(&town, id).await.expect(422).says("href=\"#f-status\"").says("at least 1, there are 0");
    // Two photographs of the same view are no pair, and one "after" before its "before" neither.
    let before = add(&town, id, ("before", ""), &shot::jpeg(1)).await[0].id.to_string();
    finish(&town, id).await.expect(422);
    let manager = town.person("manager").await;
    let (path, same) = (format!("/en/admin/projects/{id}/photos"), shot::png(1, (640, 480)));
    let mut pieces = words("after", &before);
    pieces.push(Piece::File("same.png", &same));
    send(&manager, &path, pieces).await.expect(422).says("look the same");
    add(&town, id, ("after", &before), &shot::jpeg(2)).await;
    let nobody = town.nobody();
    nobody.get(&format!("/en/projects/{id}/acceptance")).await.expect(200).says("not finished yet");
    finish(&town, id).await.expect(303);
    let shown = nobody.get(&format!("/en/projects/{id}/acceptance")).await;
    shown.says("Until 1 October 2026").says("/en/sign-in?next=");
    let project = nobody.get(&format!("/en/projects/{id}")).await;
    check_page(project.expect(200), "en");
    project.says(&format!("/en/projects/{id}/acceptance")).says(&format!("/en/projects/{id}/photos"));
}

/// A finished work, ready to be judged.
pub(crate) async fn finished_work(town: &Town) -> ProjectId {
    let id = town.project("S-7");
    pair(town, id).await;
    finish(town, id).await.expect(303);
    id
}

#[tokio::test]
async fn residents_confirm_or_dispute_once_each_and_the_office_answers() {
    let town = Town::open().await;
    let id = finished_work(&town).await;
    let path = format!("/en/projects/{id}/acceptance");
    let word = |verdict, body| vec![Piece::Field("verdict", verdict), Piece::Field("body", body)];
    let resident = town.person("resident").await;
    check_page(resident.get(&path).await.expect(200), "en");
    send(&resident, &path, word("", "")).await.expect(422).says("href=\"#f-verdict\"");
    send(&resident, &path, word("dispute", " ")).await.expect(422).says("href=\"#f-body\"");
    for official in ["manager", "akim", "moderator"] {
        send(&town.person(official).await, &path, word("confirm", "")).await.expect(403);
    }
    send(&resident, &path, word("confirm", "")).await.expect(303);
    resident.get(&path).await.says("1 of 1 confirm").says("You said");
    // Another word replaces the first: one person, one voice. A photograph comes with it.
    let (page, photo) = (b"<html>".to_vec(), shot::from_telephone(7));
    let mut wrong = word("dispute", "Перила шатаются");
    wrong.push(Piece::File("a.jpg", &page));
    send(&resident, &path, wrong).await.expect(422).says("href=\"#f-file\"").says("Перила шатаются");
    let mut right = word("dispute", "Перила шатаются");
    right.push(Piece::File("a.jpg", &photo));
    send(&resident, &path, right).await.expect(303);
    let shown = town.nobody().get(&path).await;
    shown.says("0 of 1 confirm").says("Перила шатаются").says("Resident’s photograph");
    let desk = town.person("manager").await;
    desk.get("/en/admin/disputes").await.expect(200).says("Nothing waits");
    for client in town.crowd(4).await.iter().take(2) {
        send(client, &path, word("dispute", "Ограждения нет")).await.expect(303);
    }
    for lang in ["kk", "ru", "en"] {
        check_page(town.nobody().get(&format!("/{lang}/projects/{id}/acceptance")).await.expect(200), lang);
        check_page(desk.get(&format!("/{lang}/admin/disputes")).await.expect(200), lang);
    }
    // Three disputes of three: within 15 days after the term of 30 days.
    desk.get("/en/admin/disputes")
        .await
        .says("16 October 2026")
        .says(&format!("/en/projects/{id}/acceptance"));
    let reply = format!("{path}/answer");
    desk.post(&reply, &[("answer", " ")]).await.expect(422).says("href=\"#f-answer\"");
    resident.post(&reply, &[("answer", "x")]).await.expect(403);
    desk.post(&reply, &[("answer", "Перила закрепят до 10 сентября.")]).await.expect(303);
    town.nobody().get(&path).await.says("Перила закрепят").says("Answer of the office");
    desk.get("/en/admin/disputes").await.says("Nothing waits");
    town.step(SignedDuration::from_hours(24 * 30));
    send(&town.person("neighbour").await, &path, word("confirm", "")).await.expect(303);
    town.step(SignedDuration::from_hours(24));
    // The session of a month ago is over.
    let resident = town.person("resident").await;
    let late = send(&resident, &path, word("confirm", "")).await;
    late.expect(422).says("The term ended on 1 October 2026");
    town.nobody().get(&path).await.says("Residents spoke until 1 October 2026").says("1 of 4 confirm");
}

#[tokio::test]
async fn moderators_hide_with_a_reason_that_stays() {
    let town = Town::open().await;
    let id = finished_work(&town).await;
    let photos = town.app.read().list_photos(id).await.unwrap();
    let after = photos.iter().find(|photo| photo.kind == PhotoKind::After).unwrap().id;
    let (moderator, nobody) = (town.person("moderator").await, town.nobody());
    let (picture, reason) = (format!("/photos/{after}/web"), format!("reason-{after}"));
    for lang in ["kk", "ru", "en"] {
        check_page(moderator.get(&format!("/{lang}/admin/moderation/photos")).await.expect(200), lang);
    }
    let hide = format!("/en/admin/photos/{after}/hide");
    let empty = moderator.post(&hide, &[(&reason, " ")]).await;
    check_page(empty.expect(422).says(&format!("href=\"#f-{reason}\"")), "en");
    town.person("other-moderator").await.post(&hide, &[(&reason, "Лица")]).await.expect(403);
    moderator.post(&format!("/en/admin/photos/{after}/erase"), &[]).await.expect(422);
    moderator.post(&hide, &[(&reason, "Видны лица детей")]).await.expect(303);
    nobody.get(&picture).await.expect(404);
    assert_eq!(moderator.get(&picture).await.expect(200).header(header::CACHE_CONTROL), "private, no-store");
    nobody.get(&format!("/en/projects/{id}/photos")).await.says("Видны лица детей").says_not(&picture);
    assert!(!town.app.completion_evidence(id).await.unwrap().is_enough(), "what is hidden proves nothing");
    moderator.post(&format!("/en/admin/photos/{after}/show"), &[]).await.expect(303);
    nobody.get(&picture).await.expect(200);
    moderator.post(&hide, &[(&reason, "Видны лица детей")]).await.expect(303);
    moderator.post(&format!("/en/admin/photos/{after}/erase"), &[]).await.expect(303);
    moderator.get(&picture).await.expect(404);
    nobody.get(&format!("/en/projects/{id}/photos")).await.says("only its record is left");
    // What a resident says is hidden with its photograph; the verdict counts.
    let (path, file) = (format!("/en/projects/{id}/acceptance"), shot::jpeg(9));
    let said = vec![
        Piece::Field("verdict", "dispute"),
        Piece::Field("body", "БРАННЫЕ СЛОВА"),
        Piece::File("a.jpg", &file),
    ];
    send(&town.person("resident").await, &path, said).await.expect(303);
    let words = town.app.read().list_acceptances(id, &akimat_storage::PageRequest::first(9)).await.unwrap();
    let said = &words.items[0];
    let (reason, hide) = (format!("reason-{}", said.id), format!("/en/admin/acceptance/{}/hide", said.id));
    let empty = moderator.post(&hide, &[(&reason, " ")]).await;
    check_page(empty.expect(422), "en");
    empty.says(&format!("href=\"#f-{reason}\"")).says("<details class=\"more\" open>");
    nobody.get(&path).await.says("БРАННЫЕ");
    moderator.post(&hide, &[(&reason, "Оскорбление")]).await.expect(303);
    nobody.get(&path).await.says("Оскорбление").says_not("БРАННЫЕ").says("0 of 1 confirm");
    nobody.get(&format!("/photos/{}/web", said.photo.unwrap())).await.expect(404);
    moderator.post(&format!("/en/admin/acceptance/{}/show", said.id), &[]).await.expect(303);
    nobody.get(&path).await.says("БРАННЫЕ");
}

/// Bytes on their way that know how many of their kind are alive.
struct Counted(Vec<u8>, Arc<AtomicUsize>);

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.fetch_sub(self.0.len(), Ordering::Relaxed);
    }
}

/// 19 MB that begin as a JPEG and go on as noise, twelve times: 228 MB in one form.
const STREAMED_FILES: usize = 12;
const STREAMED_BYTES: usize = 19_000_000;
const CHUNK_BYTES: usize = 64 * 1024;

fn stream_of_files(csrf: &str, alive: &Arc<AtomicUsize>, peak: &Arc<AtomicUsize>) -> Body {
    let (alive, peak) = (Arc::clone(alive), Arc::clone(peak));
    let mut begin = head(&Piece::Field("csrf", "")).into_bytes();
    begin.extend(format!("{csrf}\r\n").into_bytes());
    for piece in words("progress", "") {
        let Piece::Field(_, value) = piece else { continue };
        begin.extend(format!("{}{value}\r\n", head(&piece)).into_bytes());
    }
    let n_chunks = STREAMED_BYTES / CHUNK_BYTES;
    let pieces = (0..STREAMED_FILES).flat_map(move |file| (0..=n_chunks).map(move |chunk| (file, chunk)));
    let bodies = pieces.map(move |(file, chunk)| {
        let mut bytes = Vec::with_capacity(CHUNK_BYTES);
        match chunk {
            0 => {
                bytes.extend(head(&Piece::File(&format!("n{file}.jpg"), &[])).into_bytes());
                bytes.extend(b"\xff\xd8\xff\xe0");
            }
            last if last == n_chunks => bytes.extend(b"\r\n"),
            _ => bytes.resize(CHUNK_BYTES, u8::try_from(chunk % 251).unwrap()),
        }
        let now = alive.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len();
        peak.fetch_max(now, Ordering::Relaxed);
        Bytes::from_owner(Counted(bytes, Arc::clone(&alive)))
    });
    let end = [Bytes::from(format!("--{BOUNDARY}--\r\n"))];
    let all = [Bytes::from(begin)].into_iter().chain(bodies).chain(end);
    Body::from_stream(stream::iter(all.map(Ok::<_, std::io::Error>)))
}

/// Most memory that this process ever held, bytes.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1_024
}

/// Tells the test that it is the process in which the memory is measured.
const MEASURED: &str = "AKIMAT_TEST_UPLOADS_MEASURED";

/// Four people send 228 MB each at once. Measured in a process of its own, so that no other test counts, and with one
/// arena: glibc keeps a freed piece in each of up to sixteen, which says nothing about what the platform holds.
#[tokio::test]
async fn uploads_stay_small_however_much_comes() {
    if std::env::var_os(MEASURED).is_none() {
        let run = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["photo::uploads_stay_small_however_much_comes", "--exact", "--nocapture"])
            .env(MEASURED, "1")
            .env("MALLOC_ARENA_MAX", "1")
            .output()
            .unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success() && said.contains("on their way"), "{said}");
        return;
    }
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let path = format!("/en/admin/projects/{id}/photos");
    let small = words("progress", "");
    send(&manager, &path, small).await.expect(422);
    let before = peak_bytes();
    let (alive, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let upload = || post(&manager, &path, stream_of_files(&manager.csrf(), &alive, &peak));
    let (first, second, third, fourth) = tokio::join!(upload(), upload(), upload(), upload());
    for answer in [first, second, third, fourth] {
        answer.expect(422).says("n0.jpg").says("n11.jpg");
    }
    let grown = peak_bytes() - before;
    println!("on their way {} bytes, grown by {grown} bytes", peak.load(Ordering::Relaxed));
    // Of each form little more than the piece that is read now, whatever the size of the form.
    assert!(peak.load(Ordering::Relaxed) <= 4 * 8 * CHUNK_BYTES, "{peak:?}");
    // Two files are looked at at once, 20 MB each; the rest waits on the disk.
    assert!(grown <= 100_000_000, "{grown} bytes for {} bytes sent", 4 * STREAMED_FILES * STREAMED_BYTES);
}
