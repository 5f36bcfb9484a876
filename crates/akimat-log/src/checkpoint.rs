//! Checkpoints (C2SP tlog-checkpoint): a signed note that states name, size and root of a tree.

use crate::hash::Hash;
use crate::note::{Note, NoteFault, Signer, Verifier};

/// What a checkpoint states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Leaves.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
    /// Further lines; this platform writes none.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// A statement without further lines.
    pub fn new(origin: &str, size: u64, root: Hash) -> Self {
        Self { origin: origin.to_owned(), size, root, extensions: Vec::new() }
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, self.root.base64());
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Reads the text of a note; what it says is not trusted before the note is.
    ///
    /// # Errors
    /// [`NoteFault::Form`] unless it is written as [`Checkpoint::text`] writes it.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let fault = NoteFault::Form("checkpoint");
        let mut lines = text.strip_suffix('\n').ok_or(fault.clone())?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(fault);
        };
        let number: u64 = size.parse().map_err(|_| fault.clone())?;
        let root = Hash::parse(root).ok_or(fault.clone())?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if origin.is_empty() || number.to_string() != size || extensions.iter().any(String::is_empty) {
            return Err(fault);
        }
        Ok(Self { origin: origin.to_owned(), size: number, root, extensions })
    }

    /// The signed note.
    ///
    /// # Errors
    /// [`NoteFault::Form`] when the name of the log is not plain text.
    pub fn sign(&self, key: &Signer) -> Result<String, NoteFault> {
        key.sign(&self.text())
    }

    /// Reads a note that this log signed; the name of the key is the name of the log.
    ///
    /// # Errors
    /// [`NoteFault`] for bytes that are none, other logs, and signatures that are missing or do not fit.
    pub fn open(note: &str, key: &Verifier) -> Result<(Self, Note), NoteFault> {
        let note = Note::parse(note)?;
        note.verify(key)?;
        let stated = Self::parse(&note.text)?;
        if stated.origin != key.name() {
            return Err(NoteFault::Form("name of the log"));
        }
        Ok((stated, note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::empty_root;
    use crate::note::KeyKind;

    #[test]
    fn a_checkpoint_has_one_form() {
        let key = Signer::from_seed("city.example/log", KeyKind::Log, [3; 32]).expect("a key");
        let stated = Checkpoint::new("city.example/log", 0, empty_root());
        let note = stated.sign(&key).expect("plain");
        assert!(
            note.starts_with(
                "city.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u{2014} "
            )
        );
        let (read, _) = Checkpoint::open(&note, key.verifier()).expect("signed");
        assert_eq!(read, stated);
        let more = Checkpoint { extensions: vec!["one more".to_owned()], ..stated.clone() };
        assert_eq!(Checkpoint::parse(&more.text()), Ok(more));
        let text = stated.text();
        for wrong in [
            text.replace("\n0\n", "\n00\n"),
            text.replace("\n0\n", "\n-1\n"),
            text.replace("\n0\n", "\n18446744073709551616\n"),
            text.replace("city.example/log", ""),
            text.replace("47DE", "47D"),
            format!("{text}\n"),
            text.trim_end().to_owned(),
        ] {
            assert!(Checkpoint::parse(&wrong).is_err(), "{wrong:?}");
        }
        let elsewhere = Checkpoint::new("other.example/log", 0, empty_root()).sign(&key).expect("plain");
        assert!(Checkpoint::open(&elsewhere, key.verifier()).is_err());
    }
}
