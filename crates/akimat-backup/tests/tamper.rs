//! Every changed, missing, moved or added byte of a backup is noticed; nothing hostile makes the reader panic.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use akimat_backup::seal::{CHUNK, HEADER, TAG};
use akimat_backup::{Database, Event, Fault, Head, Key, LogHead, Manifest, PartSink, Reader, Result, Writer};
use proptest::prelude::*;

fn head() -> Head {
    Head {
        made_at: "2026-11-23T00:30:00Z".to_owned(),
        software: "akimat 0.1.0".to_owned(),
        database: Database::Sqlite,
        schema: vec!["0001_place.sql".to_owned()],
    }
}

fn key() -> Key {
    Key::new([7; 32])
}

/// A backup with a part of so many bytes and a small one.
fn made(n: usize) -> Vec<u8> {
    let big: Vec<u8> = (0..n).map(|at| u8::try_from(at * 31 % 251).unwrap_or_default()).collect();
    let mut writer = Writer::new(Vec::new(), &key(), &[9; 32], &head()).unwrap();
    writer.begin("akimat.db").unwrap();
    for piece in big.chunks(10_000) {
        writer.put(piece).unwrap();
    }
    writer.end().unwrap();
    writer.whole("sequences.json", b"{}").unwrap();
    let log = Some(LogHead { size: 3, root: "00".repeat(32) });
    writer.finish(Manifest { log, ..Manifest::default() }).unwrap()
}

/// Reads all of it; answers the bytes of the parts.
fn read(file: &[u8], key: &Key) -> Result<Vec<(String, Vec<u8>)>> {
    let (mut reader, _) = Reader::new(file, key)?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    loop {
        match reader.next()? {
            Event::Begin(name) => parts.push((name, Vec::new())),
            Event::Bytes(bytes) => parts.last_mut().unwrap().1.extend_from_slice(bytes),
            Event::End => {}
            Event::Finished(manifest) => {
                assert_eq!(manifest.parts.len(), parts.len() + 1);
                return Ok(parts);
            }
        }
    }
}

/// Pseudo-random numbers (SplitMix64), the same at every run.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn what_is_written_is_read_at_every_size() {
    for n in [0, 1, 9_999, CHUNK - 300, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
        let parts = read(&made(n), &key()).unwrap();
        assert_eq!(parts.len(), 2, "{n}");
        assert_eq!(parts[0].1.len(), n);
        assert_eq!(parts[1], ("sequences.json".to_owned(), b"{}".to_vec()));
    }
}

#[test]
fn one_changed_byte_at_ten_thousand_places_is_noticed() {
    let whole = made(140_000);
    let mut state = 20_261_123;
    for _ in 0..10_000 {
        let at = usize::try_from(random(&mut state)).unwrap() % whole.len();
        let flip = u8::try_from(random(&mut state) % 255).unwrap() + 1;
        let mut file = whole.clone();
        file[at] ^= flip;
        let fault = read(&file, &key()).unwrap_err();
        let chunk = at.saturating_sub(HEADER) / (CHUNK + TAG);
        let wanted = match at {
            0..16 => matches!(fault, Fault::NotABackup),
            16..32 => matches!(fault, Fault::OtherKey { .. }),
            // The salt: another key of the file, and already the first chunk does not open.
            32..HEADER => fault == Fault::Altered { chunk: 0 },
            _ => fault == Fault::Altered { chunk: u64::try_from(chunk).unwrap() },
        };
        assert!(wanted, "byte {at}: {fault:?}");
    }
}

#[test]
fn a_cut_file_is_noticed_wherever_it_was_cut() {
    let whole = made(200_000);
    for n in (0..whole.len()).step_by(997).chain([HEADER, HEADER + CHUNK + TAG, HEADER + 2 * (CHUNK + TAG)]) {
        assert!(read(&whole[..n], &key()).is_err(), "{n} bytes");
    }
    let border = HEADER + 2 * (CHUNK + TAG);
    assert_eq!(read(&whole[..border], &key()), Err(Fault::Truncated { chunk: 1 }));
    assert_eq!(read(&whole[..HEADER], &key()), Err(Fault::Truncated { chunk: 0 }));
}

#[test]
fn chunks_that_are_moved_repeated_left_out_or_added_are_noticed() {
    let whole = made(400_000);
    let size = CHUNK + TAG;
    let chunk = |n: usize| whole[HEADER + n * size..(HEADER + (n + 1) * size).min(whole.len())].to_vec();
    let n = (whole.len() - HEADER).div_ceil(size);
    let file = |order: &[usize]| {
        let mut file = whole[..HEADER].to_vec();
        order.iter().for_each(|n| file.extend(chunk(*n)));
        read(&file, &key())
    };
    let right: Vec<usize> = (0..n).collect();
    assert!(file(&right).is_ok());
    let swapped: Vec<usize> = [&[1, 0], &right[2..]].concat();
    assert_eq!(file(&swapped), Err(Fault::Altered { chunk: 0 }));
    assert_eq!(file(&[&[0, 0], &right[1..]].concat()), Err(Fault::Altered { chunk: 1 }));
    assert_eq!(file(&right[1..]), Err(Fault::Altered { chunk: 0 }));
    assert!(matches!(
        file(&[&right[..], &[n - 1]].concat()),
        Err(Fault::Altered { .. } | Fault::Trailing { .. })
    ));
    let added = [whole.as_slice(), b"x"].concat();
    assert!(read(&added, &key()).is_err());
}

#[test]
fn another_key_and_another_file_are_told_apart() {
    let other = Key::new([8; 32]);
    let wanted = key().fingerprint();
    assert_eq!(read(&made(10), &other), Err(Fault::OtherKey { wanted, given: other.fingerprint() }));
    for file in [b"".as_slice(), b"SQLite format 3\0", b"akimat-backup/2\n", &[0; 4096]] {
        assert_eq!(read(file, &key()), Err(Fault::NotABackup));
    }
}

proptest! {
    #[test]
    fn nothing_sealed_with_the_key_makes_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut sealer = akimat_backup::seal::Sealer::new(Vec::new(), &key(), &[1; 32]).unwrap();
        sealer.put(&bytes).unwrap();
        let file = sealer.finish().unwrap();
        prop_assert!(read(&file, &key()).is_err());
    }
}
