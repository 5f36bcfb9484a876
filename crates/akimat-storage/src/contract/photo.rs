//! Promises about photographs.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, add as add_project, at, id, kato, project};
use super::{ok, refused, walk};
use crate::photo::{
    CoarsePoint, PART_BYTES, Photo, PhotoFiles, PhotoKind, PhotoSize, PhotoSubject, PictureSize, Taken,
    TimeSource,
};
use crate::{Change, Conflict, Cursor, PageRequest, Store};
use akimat_core::{AccountId, KatoCode, ProjectId, Text};
use akimat_participation::Hidden;
use akimat_project::{Point, Project};

/// The `n`-th photograph of a project, added in the `n`-th second.
fn photo(n: u64, project: u64, place: u32) -> Photo {
    let known = n.is_multiple_of(2);
    let taken_at = "2026-05-07T09:08:07".parse().expect("a day and time");
    Photo {
        id: id(n),
        subject: if n == 5 { PhotoSubject::Proposal } else { PhotoSubject::Project },
        project: ProjectId(id(project)),
        place: kato(place),
        kind: if known { PhotoKind::Before } else { PhotoKind::Progress },
        before: None,
        caption: Text::new("Көше", "Улица", ""),
        taken: known.then_some(Taken { at: taken_at, source: TimeSource::Camera }),
        point: known
            .then_some(CoarsePoint { point: Point { lat_e6: 51_128_450, lon_e6: -71_430_020 }, cell_m: 100 }),
        sha256: format!("{n:064x}"),
        look: if n == 3 { i64::MIN } else { i64::try_from(n).unwrap_or(0) },
        web: PictureSize { width: 1_600, height: 1_200, n_bytes: 200_001 },
        thumb: PictureSize { width: 320, height: 240, n_bytes: 9_000 },
        added_by: known.then(|| AccountId(id(900))),
        by_name: "Отдел строительства".to_owned(),
        at: at(i64::try_from(n).unwrap_or(0)),
        hidden: None,
        erased: false,
        invented: known,
        version: 1,
    }
}

fn files(n: u8) -> PhotoFiles {
    PhotoFiles { web: vec![n; 2 * PART_BYTES + 1], thumb: vec![n.wrapping_add(1); 9_000] }
}

fn add(photo: &Photo) -> Change {
    Change::AddPhoto(Box::new(photo.clone()), files(1))
}

/// Kept whole; found by project, by territory and by likeness.
pub async fn photographs_are_kept(store: &dyn Store) {
    let places = [DISTRICT, OKRUG, OTHER];
    let all: Vec<Photo> = (1..=9).map(|n| photo(n, 500 + n % 3, places[(n % 3) as usize])).collect();
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_photo(id(2)).await).as_ref(), Some(&all[1]));
    assert_eq!(ok(store.find_photo(id(99)).await), None);
    let due: Vec<Photo> = all.iter().filter(|photo| photo.project == ProjectId(id(501))).cloned().collect();
    assert_eq!(ok(store.list_photos(ProjectId(id(501))).await), due);
    assert_eq!(ok(store.list_photos(ProjectId(id(509))).await), []);
    for place in [REGION, DISTRICT, OTHER] {
        let due: Vec<Photo> =
            all.iter().rev().filter(|photo| kato(place).covers(photo.place)).cloned().collect();
        let listed = walk(2, async |page| store.list_photos_in_place(kato(place), &page).await).await;
        assert_eq!(listed, due, "{place}");
    }
    let alike = ok(store.list_photos_alike(&format!("{:064x}", 7), i64::MIN).await);
    assert_eq!(alike, [all[2].clone(), all[6].clone()]);
    let forged = PageRequest { limit: 50, after: Some(Cursor { key: "x".to_owned(), id: id(1) }) };
    let region: KatoCode = kato(REGION);
    assert_eq!(ok(store.list_photos_in_place(region, &forged).await).items.len(), 9);
}

/// Pictures are read part by part and end; an erased photograph keeps its record only.
pub async fn pictures_come_in_parts(store: &dyn Store) {
    let kept = photo(1, 501, DISTRICT);
    let other = photo(2, 501, DISTRICT);
    ok(store.apply(vec![add(&kept), Change::AddPhoto(Box::new(other.clone()), files(7))]).await);
    let read = async |id, size, part| ok(store.read_photo_part(id, size, part).await);
    let mut web = Vec::new();
    for part in 0..4 {
        web.extend(read(kept.id, PhotoSize::Web, part).await.unwrap_or_default());
    }
    assert_eq!(web, files(1).web);
    assert_eq!(read(kept.id, PhotoSize::Web, 3).await, None);
    assert_eq!(read(kept.id, PhotoSize::Thumb, 0).await, Some(files(1).thumb));
    assert_eq!(read(id(9), PhotoSize::Thumb, 0).await, None);
    let erased = Photo { erased: true, version: 2, ..kept.clone() };
    ok(store.apply(vec![Change::UpdatePhoto(Box::new(erased.clone()))]).await);
    assert_eq!(read(kept.id, PhotoSize::Web, 0).await, None);
    assert_eq!(read(kept.id, PhotoSize::Thumb, 0).await, None);
    assert_eq!(ok(store.find_photo(kept.id).await), Some(erased));
    assert_eq!(read(other.id, PhotoSize::Thumb, 0).await, Some(files(7).thumb));
}

/// A photograph changes by its version and is hidden with a reason; it follows its project.
pub async fn photographs_change_by_version(store: &dyn Store) {
    let before = photo(2, 501, DISTRICT);
    let after = Photo { kind: PhotoKind::After, before: Some(before.id), ..photo(1, 501, DISTRICT) };
    ok(store.apply(vec![add_project(&project(501)), add(&before), add(&after)]).await);
    let hidden = Some(Hidden { reason: "Лица детей".to_owned(), at: at(77) });
    let changed = Photo {
        hidden: hidden.clone(),
        version: 2,
        taken: None,
        point: None,
        caption: Text::same("x"),
        ..after
    };
    let update = |photo: &Photo| Change::UpdatePhoto(Box::new(photo.clone()));
    ok(store.apply(vec![update(&changed)]).await);
    assert_eq!(ok(store.find_photo(changed.id).await), Some(changed.clone()));
    assert_eq!(ok(store.find_photo(before.id).await), Some(before));
    refused(store.apply(vec![update(&changed)]).await, &Conflict::Stale("photo"));
    refused(store.apply(vec![update(&photo(9, 501, DISTRICT))]).await, &Conflict::Missing("photo"));
    let moved = Project { place: kato(OTHER), version: 2, ..project(501) };
    ok(store.apply(vec![Change::UpdateProject(Box::new(moved))]).await);
    let followed = ok(store.find_photo(changed.id).await);
    assert_eq!(followed, Some(Photo { place: kato(OTHER), ..changed }));
}

/// A project has each file once, and a refused photograph leaves no part of a picture behind.
pub async fn a_file_is_kept_once(store: &dyn Store) {
    let first = photo(1, 501, DISTRICT);
    ok(store.apply(vec![add(&first)]).await);
    let again = Photo { id: id(2), ..first.clone() };
    refused(store.apply(vec![add(&again)]).await, &Conflict::Exists("photo"));
    assert_eq!(ok(store.read_photo_part(id(2), PhotoSize::Web, 0).await), None);
    let elsewhere = Photo { id: id(3), project: ProjectId(id(502)), ..first };
    ok(store.apply(vec![add(&elsewhere)]).await);
    let stale = Change::UpdatePhoto(Box::new(Photo { version: 9, ..elsewhere }));
    let fourth = photo(4, 502, DISTRICT);
    refused(store.apply(vec![add(&fourth), stale]).await, &Conflict::Stale("photo"));
    assert_eq!(ok(store.find_photo(id(4)).await), None);
    assert_eq!(ok(store.read_photo_part(id(4), PhotoSize::Web, 0).await), None);
}
