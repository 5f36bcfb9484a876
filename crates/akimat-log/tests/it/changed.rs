//! Each of ten thousand changes of one byte is detected, in proofs, tiles, bundles, checkpoints and requests.

use crate::property::grown;
use akimat_log::bundle;
use akimat_log::checkpoint::Checkpoint;
use akimat_log::cosignature;
use akimat_log::hash::{Hash, leaf_hash};
use akimat_log::note::{KeyKind, Note, Signer};
use akimat_log::proof::{consistency, inclusion};
use akimat_log::proof_file::ProofFile;
use akimat_log::tile::{Tiles, WIDTH, all_tiles};
use akimat_log::tree::root_of;
use akimat_log::witness::{AddCheckpoint, check};

const SIZE: u64 = 300;

/// A small generator of known sequence (xorshift64*, Vigna 2016): the same changes at every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % n
    }

    /// The same bytes with one of them another.
    fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        let at = self.below(bytes.len());
        let by = u8::try_from(1 + self.below(255)).expect("below 256");
        changed[at] ^= by;
        changed
    }
}

fn leaf(n: u64) -> Vec<u8> {
    format!("{{\"n\":{n}}}").into_bytes()
}

fn keys() -> (Signer, Signer) {
    let log = Signer::from_seed("city.example/log", KeyKind::Log, [1; 32]).expect("a key");
    (log, Signer::from_seed("region.example/witness", KeyKind::Witness, [2; 32]).expect("a key"))
}

fn tree() -> (Vec<Hash>, Hash, Tiles) {
    let leaves: Vec<Hash> = (0..SIZE).map(|n| leaf_hash(&leaf(n))).collect();
    let (tree, tiles) = grown(&leaves);
    (leaves, tree.root(), tiles)
}

#[test]
fn changed_proof_files_are_detected() {
    let ((log, _), (_, root, tiles)) = (keys(), tree());
    let checkpoint = Checkpoint::new("city.example/log", SIZE, root).sign(&log).expect("plain");
    let mut draw = Draw(7);
    for n in 0..40 {
        let index = n * 7;
        let hashes =
            inclusion(index, SIZE).expect("inside").gather(|node| tiles.hash_of(node)).expect("tiles");
        let file = ProofFile { leaf: Some(leaf(index)), index, hashes, checkpoint: checkpoint.clone() };
        let text = file.write();
        assert_eq!(ProofFile::parse(&text), Ok(file.clone()));
        file.verify(log.verifier()).expect("the proof holds");
        for _ in 0..100 {
            let changed = draw.change(text.as_bytes());
            let held = String::from_utf8(changed)
                .ok()
                .and_then(|text| ProofFile::parse(&text).ok())
                .is_some_and(|file| file.verify(log.verifier()).is_ok());
            assert!(!held, "{index}");
        }
    }
}

#[test]
fn changed_checkpoints_are_detected() {
    let ((log, witness), (_, root, _)) = (keys(), tree());
    let stated = Checkpoint::new("city.example/log", SIZE, root);
    let note = stated.sign(&log).expect("plain");
    let line = cosignature::cosign(&stated.text(), &witness, 1_790_000_000).expect("a witness");
    let note = format!("{note}{line}\n");
    let both = |note: &str| {
        let (_, note) = Checkpoint::open(note, log.verifier()).ok()?;
        cosignature::verify(&note, witness.verifier()).ok()
    };
    assert_eq!(both(&note), Some(1_790_000_000));
    let mut draw = Draw(11);
    for _ in 0..2_000 {
        let changed = String::from_utf8(draw.change(note.as_bytes()));
        assert!(changed.map_or(true, |changed| both(&changed).is_none()));
    }
}

#[test]
fn changed_tiles_and_bundles_are_detected() {
    let (_, root, tiles) = tree();
    let mut draw = Draw(13);
    // Whoever audits takes the leaves, recomputes every tile, and compares.
    let recomputed = |bundles: &[Vec<u8>]| {
        let mut hashes = Vec::new();
        for (number, bytes) in (0..).zip(bundles) {
            let n = u16::try_from((SIZE - number * WIDTH).min(WIDTH)).expect("256 at most");
            hashes.extend(bundle::read(bytes, n)?.into_iter().map(leaf_hash));
        }
        Some(hashes)
    };
    let bundles: Vec<Vec<u8>> = [0..256, 256..SIZE]
        .map(|range| {
            let leaves: Vec<Vec<u8>> = range.map(leaf).collect();
            bundle::write(leaves.iter().map(Vec::as_slice)).expect("short")
        })
        .into();
    assert_eq!(recomputed(&bundles).map(|hashes| root_of(&hashes)), Some(root));
    for n in 0..1_000 {
        let mut changed = bundles.clone();
        changed[n % 2] = draw.change(&bundles[n % 2]);
        assert_ne!(recomputed(&changed).map(|hashes| root_of(&hashes)), Some(root));
    }
    let own: Vec<_> = tiles.iter().map(|(id, hashes)| (id, hashes.to_vec())).collect();
    assert_eq!(own.len(), all_tiles(SIZE).len());
    for n in 0..1_000 {
        let (id, hashes) = &own[n % own.len()];
        let mut changed = tiles.clone();
        changed.put(*id, draw.change(hashes));
        assert_ne!(changed, grown(&recomputed(&bundles).expect("bundles")).1);
    }
}

#[test]
fn changed_requests_are_not_cosigned() {
    let ((log, _), (leaves, root, tiles)) = (keys(), tree());
    let earlier = 177;
    let old = root_of(&leaves[..177]);
    let request = AddCheckpoint {
        old_size: earlier,
        proof: consistency(earlier, SIZE).expect("inside").gather(|node| tiles.hash_of(node)).expect("tiles"),
        checkpoint: Checkpoint::new("city.example/log", SIZE, root).sign(&log).expect("plain"),
    };
    let body = request.write();
    let granted = |body: &str| {
        let request = AddCheckpoint::parse(body)?;
        let keys = |origin: &str| {
            (origin == "city.example/log").then(|| log.verifier().clone()).into_iter().collect::<Vec<_>>()
        };
        check(&request, keys, |_| Some((earlier, old))).ok()
    };
    let (stated, note) = granted(&body).expect("a fair request");
    assert_eq!((stated.size, Note::parse(&request.checkpoint).as_ref()), (SIZE, Ok(&note)));
    let mut draw = Draw(17);
    for _ in 0..2_000 {
        let changed = String::from_utf8(draw.change(body.as_bytes()));
        assert!(changed.map_or(true, |changed| granted(&changed).is_none()));
    }
}
