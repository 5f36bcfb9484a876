//! Any text as a proof, note, key, request to a witness, leaf or address of a tile; any bytes as a bundle.
#![no_main]

use akimat_log::leaf::Leaf;
use akimat_log::proof_file::ProofFile;
use akimat_log::tile::Wanted;
use akimat_log::witness::AddCheckpoint;
use akimat_log::{Checkpoint, Note, Signer, Verifier, bundle};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for n in [0, 1, 256] {
        if let Some(leaves) = bundle::read(bytes, n) {
            assert_eq!(bundle::write(leaves).as_deref(), Some(bytes), "a bundle has one form");
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(file) = ProofFile::parse(text) {
        assert_eq!(file.write(), text, "a proof has one form");
    }
    if let Some(request) = AddCheckpoint::parse(text) {
        assert_eq!(request.write(), text, "a request has one form");
    }
    if let Some(wanted) = Wanted::parse(text) {
        assert_eq!(wanted.path(), text, "an address has one form");
    }
    if let Ok(stated) = Checkpoint::parse(text) {
        assert_eq!(stated.text(), text, "a checkpoint has one form");
    }
    if let Ok(leaf) = Leaf::read(text) {
        assert_eq!(leaf.write().as_deref(), Ok(text), "a leaf has one form");
    }
    let _ = (Note::parse(text), Verifier::parse(text), Signer::parse(text));
});
