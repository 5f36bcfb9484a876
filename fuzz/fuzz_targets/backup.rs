//! A backup: hostile bytes inside honestly sealed chunks, as from somebody who has the key, and outside of them.
#![no_main]

use akimat_backup::seal::Sealer;
use akimat_backup::{Event, Key, Reader};
use libfuzzer_sys::fuzz_target;

fn read(file: &[u8], key: &Key) {
    let Ok((mut reader, _)) = Reader::new(file, key) else { return };
    while let Ok(event) = reader.next() {
        if matches!(event, Event::Finished(_)) {
            return;
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let key = Key::new([7; 32]);
    read(bytes, &key);
    let mut sealer = Sealer::new(Vec::new(), &key, &[1; 32]).expect("memory");
    sealer.put(bytes).expect("memory");
    read(&sealer.finish().expect("memory"), &key);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Key::parse(text);
    }
});
