//! Files of comments: taken in, stripped, refused by content, shown, and gone with their comment.

use crate::client::Answer;
use crate::html::check_page;
use crate::photo::{Piece, send};
use crate::shot;
use crate::town::Town;
use akimat_core::CommentId;
use akimat_storage::comment_file::{CommentFile, FilePart, PICTURE};
use akimat_storage::{ModerationItem, PageRequest};
use axum::http::header;
use jiff::SignedDuration;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

fn path(town: &Town) -> String {
    format!("/ru/projects/{}", town.project("S-7"))
}

/// A resident comments with files.
async fn say(town: &Town, words: &str, files: &[(&str, &[u8])]) -> Answer {
    town.step(SignedDuration::from_secs(2));
    let resident = town.person("resident").await;
    let mut pieces = vec![Piece::Field("body", words)];
    pieces.extend(files.iter().map(|(name, bytes)| Piece::File(name, bytes)));
    send(&resident, &format!("{}/comments", path(town)), pieces).await
}

async fn newest(town: &Town) -> ModerationItem {
    let place = town.people["moderator"].place.unwrap();
    town.store.list_comments_in_place(place, &PageRequest::first(1)).await.unwrap().items.remove(0)
}

async fn files(town: &Town, id: CommentId) -> Vec<CommentFile> {
    town.store.list_comment_files(&[id]).await.unwrap()
}

#[tokio::test]
async fn a_picture_loses_its_place_and_goes_with_its_comment() {
    let town = Town::open().await;
    let photo = shot::from_telephone(3);
    say(&town, "Яма у школы", &[("tel.jpg", &photo)]).await.expect(303);
    let comment = newest(&town).await.comment;
    let kept = files(&town, comment.id).await;
    assert_eq!((kept.len(), kept[0].kind.as_str(), kept[0].title.as_str()), (1, PICTURE, ""));
    let whole = format!("/attachments/{}/whole", kept[0].id);
    let nobody = town.nobody();
    let shown = nobody.get(&whole).await;
    assert_eq!(shown.expect(200).header(header::CONTENT_TYPE), "image/jpeg");
    assert_eq!(shown.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(shown.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    assert_eq!(shown.body.len(), usize::try_from(kept[0].whole.n_bytes).unwrap());
    for secret in [&b"SecretCam"[..], b"Exif"] {
        assert!(photo.windows(secret.len()).any(|window| window == secret));
        assert!(!shown.body.windows(secret.len()).any(|window| window == secret));
    }
    let tag = shown.header(header::ETAG).to_owned();
    let again = nobody.request("GET", &whole).header(header::IF_NONE_MATCH, tag);
    nobody.send(again.body(axum::body::Body::empty()).unwrap()).await.expect(304);
    nobody.get(&whole.replace("/whole", "/thumb")).await.expect(200);
    for lang in ["kk", "ru", "en"] {
        let page = nobody.get(&path(&town).replace("/ru/", &format!("/{lang}/"))).await;
        check_page(page.expect(200).says(&whole), lang);
    }
    let api = nobody.get(&format!("/api/v1/projects/{}/comments", town.project("S-7"))).await;
    api.expect(200).says(&whole);
    // Whoever is not trusted with links yet is looked at; the comment is shown meanwhile.
    let moderator = town.person("moderator").await;
    let desk = moderator.get("/ru/admin/moderation").await;
    check_page(desk.expect(200).says("файл, доверия пока нет").says(&whole), "ru");
    let (code, reason) = (format!("code-{}", comment.id), format!("reason-{}", comment.id));
    let hide = [(code.as_str(), "off_topic"), (reason.as_str(), "Не о стройке")];
    moderator.post(&format!("/ru/admin/comments/{}/hide", comment.id), &hide).await.expect(303);
    nobody.get(&whole).await.expect(404);
    town.person("resident").await.get(&whole).await.expect(404);
    assert_eq!(moderator.get(&whole).await.expect(200).header(header::CACHE_CONTROL), "private, no-store");
    nobody.get(&path(&town)).await.says_not(&whole);
    moderator.post(&format!("/ru/admin/comments/{}/show", comment.id), &[]).await.expect(303);
    nobody.get(&whole).await.expect(200);
    let resident = town.person("resident").await;
    resident.post(&format!("/ru/comments/{}/remove", comment.id), &[]).await.expect(303);
    moderator.get(&whole).await.expect(404);
    assert!(files(&town, comment.id).await.is_empty());
    let part = town.store.read_comment_file_part(kept[0].id, FilePart::Whole, 0).await.unwrap();
    assert_eq!(part, None, "the bytes are gone, too");
}

#[tokio::test]
async fn a_document_is_a_download_under_its_own_name() {
    let town = Town::open().await;
    let both = [("Смета \"2026\".PDF", PDF), ("b.png", &shot::png(2, (900, 675))[..])];
    say(&town, "Смета и снимок", &both).await.expect(303);
    // Sent twice within a minute it is one comment with its files once.
    say(&town, "Смета и снимок", &both).await.expect(303);
    let comment = newest(&town).await.comment;
    let kept = files(&town, comment.id).await;
    let kinds: Vec<&str> = kept.iter().map(|file| file.kind.as_str()).collect();
    assert_eq!(kinds, ["pdf", PICTURE]);
    let stored = town.store.list_comments(town.project("S-7"), &PageRequest::first(9)).await.unwrap();
    assert_eq!(stored.items.iter().filter(|one| one.body == "Смета и снимок").count(), 1);
    let answer = town.nobody().get(&format!("/attachments/{}/whole", kept[0].id)).await;
    assert_eq!(answer.expect(200).body, PDF);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/pdf");
    let disposition = answer.header(header::CONTENT_DISPOSITION);
    assert!(
        disposition.starts_with("attachment; filename=\"file.pdf\"; filename*=UTF-8''%D0%A1"),
        "{disposition}"
    );
    town.nobody().get(&format!("/attachments/{}/thumb", kept[0].id)).await.expect(404);
    town.nobody().get(&path(&town)).await.says("Документ PDF");
    let answered = format!("/ru/comments/{}/answer", comment.id);
    let pieces = vec![Piece::Field("body", "И план"), Piece::File("план.pdf", PDF)];
    send(&town.person("neighbour").await, &answered, pieces).await.expect(303);
    town.nobody().get(&path(&town)).await.says("план.pdf");
}

#[tokio::test]
async fn what_is_no_picture_and_no_document_is_refused_at_the_field() {
    let town = Town::open().await;
    let jpeg = shot::jpeg(1);
    let script = String::from_utf8(PDF.to_vec()).unwrap().replace("/Type", "/JavaScript 2 0 R /Type");
    let behind = [&jpeg[..], b"<html><script>alert(1)</script>"].concat();
    let large = [PDF, &vec![b' '; 10_000_001][..], b"%%EOF"].concat();
    let cases: Vec<(&str, &[u8], &str)> = vec![
        ("page.pdf", b"<html><script>alert(1)</script></html>", "ни снимок, ни документ"),
        ("run.jpg", b"MZ\x90\x00 a program", "ни снимок, ни документ"),
        ("cut.jpg", &jpeg[..jpeg.len() / 2], "нет конца"),
        ("two.jpg", &behind, "спрятан"),
        ("act.pdf", script.as_bytes(), "есть программа"),
        ("big.pdf", &large, "до 10 МБ"),
        ("zip.docx", b"PK\x03\x04 broken", "повреждён"),
    ];
    for (name, bytes, words) in cases {
        let refused = say(&town, "Посмотрите", &[(name, bytes)]).await;
        check_page(refused.expect(422).says(words).says(name).says("Посмотрите"), "ru");
    }
    let four: Vec<(&str, &[u8])> = ["a", "b", "c", "d"].into_iter().map(|name| (name, PDF)).collect();
    say(&town, "Много", &four).await.expect(422).says("не больше 3");
    say(&town, " ", &[("a.pdf", PDF)]).await.expect(422).says("Выберите файлы снова");
    assert_ne!(newest(&town).await.comment.body, "Посмотрите", "nothing was kept");
}
