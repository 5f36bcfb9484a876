//! The one order of all projects that breaks ties, drawn once for a whole count.

use crate::election::Election;
use crate::profile::Profile;
use crate::rule::Ties;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;

/// A lot drawn in public: the seed, and the SHA-256 of the file that it is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lot {
    /// Seed from a source that was announced before.
    pub seed: Vec<u8>,
    /// Hash of the frozen file of the election.
    pub file_sha256: [u8; 32],
}

impl Lot {
    /// The lot of a project: SHA-256 of seed, file hash and project id; the smaller one wins.
    #[must_use]
    pub fn draw(&self, id: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(&self.seed);
        hash.update(self.file_sha256);
        hash.update(id.as_bytes());
        hash.finalize().into()
    }
}

/// Place of each project, 0 first. Without a lot, projects of equal cost and votes stand by id, and a tie that
/// this order decides is reported all the same.
#[must_use]
pub fn places(election: &Election, profile: &Profile, ties: Ties, lot: Option<&Lot>) -> Vec<u32> {
    let mut order: Vec<usize> = (0..election.projects.len()).collect();
    match ties {
        Ties::File => {}
        Ties::Lexico => order.sort_by_key(|&project| election.id(project)),
        Ties::CostVotesLot => order.sort_by_cached_key(|&project| {
            let cost = election.projects.get(project).map_or(0, |project| project.cost);
            let drawn = lot.map(|lot| lot.draw(election.id(project)));
            (cost, Reverse(profile.n_supporters(project)), drawn, election.id(project).to_owned())
        }),
    }
    let mut places = vec![0; order.len()];
    for (place, project) in order.into_iter().enumerate() {
        places[project] = u32::try_from(place).unwrap_or(u32::MAX);
    }
    places
}
