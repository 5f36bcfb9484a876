//! Bundles of leaves (C2SP tlog-tiles): up to 256 leaves, each after its length in 16 bits.

/// The most bytes of a leaf.
pub const LEAF_MAX: usize = 65_535;

/// Writes leaves one after another; `None` when one is longer than [`LEAF_MAX`].
pub fn write<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bundle = Vec::new();
    for leaf in leaves {
        bundle.extend_from_slice(&u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bundle.extend_from_slice(leaf);
    }
    Some(bundle)
}

/// Reads a bundle of exactly `n` leaves; `None` when there are fewer, more, or something behind them.
pub fn read(mut bundle: &[u8], n: u16) -> Option<Vec<&[u8]>> {
    let mut leaves = Vec::with_capacity(n.into());
    for _ in 0..n {
        let (length, rest) = bundle.split_first_chunk::<2>()?;
        let (leaf, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        leaves.push(leaf);
        bundle = rest;
    }
    bundle.is_empty().then_some(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_read_whole() {
        let long = vec![7; LEAF_MAX];
        let leaves: [&[u8]; 3] = [b"one", b"", &long];
        let bundle = write(leaves).expect("short enough");
        assert_eq!(read(&bundle, 3).as_deref(), Some(&leaves[..]));
        assert_eq!(read(&bundle, 2), None);
        assert_eq!(read(&bundle, 4), None);
        assert_eq!(read(&bundle[..bundle.len() - 1], 3), None);
        assert_eq!(write([&[0; LEAF_MAX + 1][..]]), None);
    }
}
