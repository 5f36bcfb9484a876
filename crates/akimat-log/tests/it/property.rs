//! Proofs of trees of every size hold, and fail for every other leaf, index, size and root.

use akimat_log::hash::{Hash, leaf_hash};
use akimat_log::proof::{consistency, inclusion, verify_consistency, verify_inclusion};
use akimat_log::tile::{Tiles, all_tiles, tiles_of, tiles_of_edge};
use akimat_log::tree::{Frontier, cover, root_of};
use proptest::prelude::*;

pub(crate) fn leaves(n: u64) -> Vec<Hash> {
    (0..n).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

/// The tree as tiles, grown leaf by leaf.
pub(crate) fn grown(leaves: &[Hash]) -> (Frontier, Tiles) {
    let (mut tree, mut tiles) = (Frontier::default(), Tiles::default());
    for leaf in leaves {
        tree.push_with(*leaf, |node, hash| tiles.note(node, hash));
    }
    (tree, tiles)
}

/// RFC 6962: every proof of every tree up to this size, made from tiles.
#[test]
fn every_proof_of_small_trees() {
    let all = leaves(40);
    for size in 0..=40_u64 {
        let here = &all[..usize::try_from(size).expect("small")];
        let (tree, tiles) = grown(here);
        assert_eq!(tree.root(), root_of(here));
        assert_eq!(inclusion(size, size), None);
        for (index, leaf) in (0..size).zip(here) {
            let proof = inclusion(index, size)
                .expect("inside")
                .gather(|node| tiles.hash_of(node))
                .expect("all tiles");
            let root = tree.root();
            assert_eq!(verify_inclusion(leaf, index, (size, &root), &proof), Ok(()));
            assert!(verify_inclusion(&all[39], index, (size, &root), &proof).is_err() || index == 39);
            assert!(verify_inclusion(leaf, index + 1, (size, &root), &proof).is_err());
            assert!(verify_inclusion(leaf, index, (size, &all[0]), &proof).is_err() || size == 1);
            let longer = [proof.clone(), vec![all[0]]].concat();
            assert!(verify_inclusion(leaf, index, (size, &root), &longer).is_err());
        }
        for earlier in 1..=size {
            let old = root_of(&all[..usize::try_from(earlier).expect("small")]);
            let proof = consistency(earlier, size).expect("inside").gather(|node| tiles.hash_of(node));
            let proof = proof.expect("all tiles");
            let (old, new) = ((earlier, &old), (size, &tree.root()));
            assert_eq!(verify_consistency(old, new, &proof), Ok(()), "{earlier} to {size}");
            assert!(verify_consistency((earlier, &all[7]), new, &proof).is_err());
            let longer = [proof, vec![all[0]]].concat();
            assert!(verify_consistency(old, new, &longer).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Trees of three levels of tiles: a proof needs only the tiles it names, and a tree is continued from its edge.
    #[test]
    fn proofs_from_tiles(size in 1..70_000_u64, at in 0..1_000_000_u64, since in 0..1_000_000_u64) {
        let share = |part: u64| size * part / 1_000_000;
        let (index, earlier) = (share(at).min(size - 1), share(since).max(1));
        let all = leaves(size);
        let (tree, tiles) = grown(&all);
        let mut few = Tiles::default();
        let plan = inclusion(index, size).expect("inside");
        for id in tiles_of(&plan) {
            let (_, hashes) = tiles.iter().find(|(known, _)| *known == id).expect("the tile");
            few.put(id, hashes.to_vec());
        }
        let proof = plan.gather(|node| few.hash_of(node)).expect("the named tiles are enough");
        let leaf = &all[usize::try_from(index).expect("small")];
        prop_assert_eq!(verify_inclusion(leaf, index, (size, &tree.root()), &proof), Ok(()));
        let plan = consistency(earlier, size).expect("inside");
        let proof = plan.gather(|node| tiles.hash_of(node)).expect("all tiles");
        let old = root_of(&all[..usize::try_from(earlier).expect("small")]);
        prop_assert_eq!(verify_consistency((earlier, &old), (size, &tree.root()), &proof), Ok(()));
        let listed = all_tiles(size);
        prop_assert_eq!(tiles.iter().count(), listed.len());
        for ((id, hashes), (due, width)) in tiles.iter().zip(listed) {
            prop_assert_eq!((id, hashes.len()), (due, usize::from(width) * 32));
        }
        let mut edge = Tiles::default();
        for id in tiles_of_edge(size) {
            let (_, hashes) = tiles.iter().find(|(known, _)| *known == id).expect("the tile");
            edge.put(id, hashes.to_vec());
        }
        let peaks: Option<Vec<Hash>> = cover(0, size).into_iter().map(|node| edge.hash_of(node)).collect();
        prop_assert_eq!(Frontier::from_peaks(size, peaks.expect("the edge")), Some(tree));
    }
}
