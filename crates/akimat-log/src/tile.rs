//! Tiles (C2SP tlog-tiles): the tree as files of up to 256 hashes.
//!
//! The tile of level `L` and number `N` holds the hashes of the complete subtrees of level `8 L` from index `256 N` on.
//! The hash of any other complete subtree follows from at most 128 of them.

use crate::hash::{HASH_LEN, Hash};
use crate::proof::Plan;
use crate::tree::{Node, complete, cover};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Hashes of a full tile.
pub const WIDTH: u64 = 256;
/// Levels of the tree between two levels of tiles.
const HEIGHT: u8 = 8;
/// The highest level that a tree of 64-bit size can have.
pub const LEVEL_MAX: u8 = 7;

/// Which tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileId {
    /// Level, 0 to [`LEVEL_MAX`].
    pub level: u8,
    /// Number in its level.
    pub number: u64,
}

/// What an address below `tile/` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Hashes: the tile and how many of them, 1 to 256.
    Hashes(TileId, u16),
    /// Leaves: number of the bundle and how many of them, 1 to 256.
    Entries(u64, u16),
}

impl Wanted {
    /// Reads the address after `tile/`, such as `0/x001/x234/067` or `entries/000.p/12`; `None` unless it is the one
    /// way to write it.
    pub fn parse(path: &str) -> Option<Self> {
        let (level, rest) = path.split_once('/')?;
        let (number, width) = match rest.rsplit_once(".p/") {
            Some((number, width)) => {
                let n: u16 = width.parse().ok()?;
                ((1..256).contains(&n) && n.to_string() == width).then_some((number, n))?
            }
            None => (rest, 256),
        };
        let number = parse_number(number)?;
        if level == "entries" {
            return Some(Self::Entries(number, width));
        }
        let id: u8 = level.parse().ok()?;
        let plain = id <= LEVEL_MAX && id.to_string() == level;
        plain.then_some(Self::Hashes(TileId { level: id, number }, width))
    }

    /// The address after `tile/`.
    pub fn path(&self) -> String {
        let (mut path, width) = match self {
            Self::Hashes(id, width) => (format!("{}/{}", id.level, number_path(id.number)), *width),
            Self::Entries(number, width) => (format!("entries/{}", number_path(*number)), *width),
        };
        if u64::from(width) < WIDTH {
            // Writing into a string cannot fail.
            let _ = write!(path, ".p/{width}");
        }
        path
    }
}

/// `1234067` as `x001/x234/067`.
fn number_path(number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

fn parse_number(path: &str) -> Option<u64> {
    let mut number = 0_u64;
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let digits = if parts.peek().is_some() { part.strip_prefix('x')? } else { part };
        if digits.len() != 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    (number_path(number) == path).then_some(number)
}

/// How many hashes a tile has in a tree of this size; 0 when it is not there.
pub fn width_at(id: TileId, size: u64) -> u16 {
    let in_level = size.checked_shr(u32::from(id.level) * u32::from(HEIGHT)).unwrap_or(0);
    let before = id.number.saturating_mul(WIDTH);
    u16::try_from(in_level.saturating_sub(before).min(WIDTH)).unwrap_or(256)
}

/// Every tile of a tree with its width, level by level.
pub fn all_tiles(size: u64) -> Vec<(TileId, u16)> {
    let mut tiles = Vec::new();
    for level in 0..=LEVEL_MAX {
        let in_level = size.checked_shr(u32::from(level) * u32::from(HEIGHT)).unwrap_or(0);
        for number in 0..in_level.div_ceil(WIDTH) {
            let id = TileId { level, number };
            tiles.push((id, width_at(id, size)));
        }
    }
    tiles
}

/// The tile that holds a subtree's hash, or the hashes below it; with the first of them and how many there are.
fn place(node: Node) -> (TileId, usize, usize) {
    let (level, within) = (node.level / HEIGHT, node.level % HEIGHT);
    let first = node.index << within;
    let id = TileId { level, number: first / WIDTH };
    (id, usize::try_from(first % WIDTH).unwrap_or_default(), 1 << within)
}

/// Tiles that are needed for a proof.
pub fn tiles_of(plan: &Plan) -> BTreeSet<TileId> {
    plan.nodes().map(|node| place(node).0).collect()
}

/// Tiles that are needed to know the right edge of a tree.
pub fn tiles_of_edge(size: u64) -> BTreeSet<TileId> {
    cover(0, size).into_iter().map(|node| place(node).0).collect()
}

/// Some tiles of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiles(BTreeMap<TileId, Vec<u8>>);

impl Tiles {
    /// Puts a tile in, or replaces it.
    pub fn put(&mut self, id: TileId, hashes: Vec<u8>) {
        self.0.insert(id, hashes);
    }

    /// The hashes of a tile.
    pub fn get(&self, id: TileId) -> Option<&[u8]> {
        self.0.get(&id).map(Vec::as_slice)
    }

    /// The tiles, in order.
    pub fn iter(&self) -> impl Iterator<Item = (TileId, &[u8])> + '_ {
        self.0.iter().map(|(id, hashes)| (*id, hashes.as_slice()))
    }

    /// Hash of a complete subtree; `None` when its tile or a part of it is missing.
    pub fn hash_of(&self, node: Node) -> Option<Hash> {
        let (id, first, n) = place(node);
        let tile = self.0.get(&id)?;
        let row: Option<Vec<Hash>> = (first..first + n).map(|at| Hash::at(tile, at)).collect();
        row.map(complete)
    }

    /// Notes a finished subtree where a tile has a place for it.
    pub fn note(&mut self, node: Node, hash: Hash) {
        if node.level.is_multiple_of(HEIGHT) {
            let (id, first, _) = place(node);
            let tile = self.0.entry(id).or_default();
            tile.truncate(first * HASH_LEN);
            tile.extend_from_slice(&hash.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        let tile = |level, number| TileId { level, number };
        let known = [
            ("0/x001/x234/067", Wanted::Hashes(tile(0, 1_234_067), 256)),
            ("1/000.p/8", Wanted::Hashes(tile(1, 0), 8)),
            ("entries/x001/000", Wanted::Entries(1000, 256)),
            ("entries/067.p/255", Wanted::Entries(67, 255)),
        ];
        for (path, wanted) in known {
            assert_eq!(Wanted::parse(path), Some(wanted), "{path}");
            assert_eq!(wanted.path(), path);
        }
        for wrong in [
            "",
            "0",
            "0/",
            "0/1",
            "0/0001",
            "00/000",
            "8/000",
            "0/x000/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/08",
            "0/000.p/",
            "entries/abc",
            "data/000",
            "0/x001",
            "0/001/000",
            "0/x001/+67",
            "-1/000",
            "0/000/",
            "0/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(Wanted::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn widths_follow_the_size() {
        let tile = |level, number| TileId { level, number };
        assert_eq!(all_tiles(0), []);
        assert_eq!(all_tiles(256), [(tile(0, 0), 256), (tile(1, 0), 1)]);
        // The example of the specification: 70,000 leaves.
        let of_70_000 = all_tiles(70_000);
        assert_eq!(of_70_000.iter().filter(|(id, width)| id.level == 0 && *width == 256).count(), 273);
        assert!(of_70_000.contains(&(tile(0, 273), 112)));
        assert!(of_70_000.contains(&(tile(1, 0), 256)) && of_70_000.contains(&(tile(1, 1), 17)));
        assert!(of_70_000.contains(&(tile(2, 0), 1)));
        assert_eq!(of_70_000.len(), 274 + 2 + 1);
    }
}
