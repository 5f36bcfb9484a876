//! The transparency log recomputed from the leaves of a backup.

use akimat_backup::{Fault, LogHead, Result, hex};
use akimat_log::hash::leaf_hash;
use akimat_log::tree::Frontier;

/// A line of COPY at most, in bytes: a leaf has at most 65,535, each of which takes two at most.
const LINE_MAX: usize = 1 << 20;

/// Grows the tree leaf by leaf.
#[derive(Debug, Default)]
pub(super) struct Recomputed(Frontier);

impl Recomputed {
    pub(super) fn push(&mut self, leaf: &[u8]) {
        self.0.push_with(leaf_hash(leaf), |_, _| {});
    }

    /// The tree must be that of the manifest.
    pub(super) fn compare(&self, said: Option<&LogHead>) -> Result<()> {
        let found = LogHead { size: self.0.size(), root: hex(&self.0.root().0) };
        let same = match said {
            Some(said) => *said == found,
            None => found.size == 0,
        };
        if same { Ok(()) } else { Err(Fault::Log { found: found.size, root: found.root }) }
    }
}

/// Reads the leaves out of the table of PostgreSQL in the text format of COPY, piece by piece.
#[derive(Debug, Default)]
pub(super) struct CopiedLeaves {
    line: Vec<u8>,
    /// Columns with the index and with the leaf.
    columns: Option<(usize, usize)>,
    pub(super) n_lines: u64,
}

impl CopiedLeaves {
    pub(super) fn put(&mut self, piece: &[u8], tree: &mut Recomputed) -> Result<()> {
        let mut rest = piece;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            self.line.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let line = std::mem::take(&mut self.line);
            self.n_lines += 1;
            self.row(&line, tree)?;
        }
        self.line.extend_from_slice(rest);
        if self.line.len() > LINE_MAX { Err(Fault::Form("line")) } else { Ok(()) }
    }

    fn row(&mut self, line: &[u8], tree: &mut Recomputed) -> Result<()> {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
        let Some((index, leaf)) = self.columns else {
            let at = |name: &[u8]| cells.iter().position(|cell| *cell == name).ok_or(Fault::Form("columns"));
            self.columns = Some((at(b"entry_index")?, at(b"leaf")?));
            return Ok(());
        };
        let cell = |at: usize| cells.get(at).copied().ok_or(Fault::Form("columns"));
        if cell(index)? != b"\\N" {
            tree.push(&unescaped(cell(leaf)?));
        }
        Ok(())
    }
}

/// A value as it was before COPY wrote it.
fn unescaped(cell: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(cell.len());
    let mut bytes = cell.iter();
    while let Some(byte) = bytes.next() {
        plain.push(match (byte, byte == &b'\\') {
            (byte, false) => *byte,
            (_, true) => match bytes.next() {
                Some(b'b') => 8,
                Some(b'f') => 12,
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(b'v') => 11,
                Some(other) => *other,
                None => b'\\',
            },
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_are_read_out_of_a_copy_whatever_the_pieces() {
        let text = b"id\tentry_index\tkind\tleaf\n1\t0\tx\t{\"a\":\"b\\\\\\\\n\"}\n2\t1\tx\ttab\\there\n3\t\\N\tx\twaits\n";
        let mut plain = Recomputed::default();
        plain.push(b"{\"a\":\"b\\\\n\"}");
        plain.push(b"tab\there");
        for size in 1..text.len() {
            let (mut read, mut tree) = (CopiedLeaves::default(), Recomputed::default());
            for piece in text.chunks(size) {
                read.put(piece, &mut tree).unwrap();
            }
            assert_eq!(read.n_lines, 4);
            assert_eq!(tree.0, plain.0);
        }
        let said = LogHead { size: 2, root: hex(&plain.0.root().0) };
        assert_eq!(plain.compare(Some(&said)), Ok(()));
        assert!(plain.compare(None).is_err());
        assert!(plain.compare(Some(&LogHead { size: 3, ..said })).is_err());
        assert_eq!(Recomputed::default().compare(None), Ok(()));
    }
}
