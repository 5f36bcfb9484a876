//! Whether costs can be spread over those who want the projects, nobody carrying more than a stated burden: a flow
//! from projects to groups of voters who want the same of them.

use std::collections::VecDeque;

struct Edge {
    to: usize,
    room: i128,
}

/// A network: nodes with edges, each beside the one that goes back.
struct Network {
    edges: Vec<Edge>,
    of: Vec<Vec<usize>>,
    level: Vec<usize>,
    next: Vec<usize>,
}

/// Costs of projects can be carried by groups (projects that they want, and what they carry at most).
pub(crate) fn spreads(costs: &[i128], groups: &[(Vec<u32>, i128)]) -> bool {
    let (source, sink) = (0, 1);
    let n = 2 + costs.len() + groups.len();
    let mut network =
        Network { edges: Vec::new(), of: vec![Vec::new(); n], level: Vec::new(), next: Vec::new() };
    for (at, &cost) in costs.iter().enumerate() {
        network.edge(source, 2 + at, cost);
    }
    for (at, (wanted, room)) in groups.iter().enumerate() {
        let group = 2 + costs.len() + at;
        for &project in wanted {
            network.edge(2 + project as usize, group, i128::MAX / 4);
        }
        network.edge(group, sink, *room);
    }
    let mut missing: i128 = costs.iter().sum();
    while missing > 0 && network.levels(source, sink) {
        network.next = vec![0; n];
        loop {
            let pushed = network.push(source, sink, missing);
            if pushed == 0 {
                break;
            }
            missing -= pushed;
        }
    }
    missing == 0
}

impl Network {
    fn edge(&mut self, from: usize, to: usize, room: i128) {
        self.of[from].push(self.edges.len());
        self.edges.push(Edge { to, room });
        self.of[to].push(self.edges.len());
        self.edges.push(Edge { to: from, room: 0 });
    }

    /// Distances from the source; false where the sink is not reached.
    fn levels(&mut self, source: usize, sink: usize) -> bool {
        self.level = vec![usize::MAX; self.of.len()];
        self.level[source] = 0;
        let mut front = VecDeque::from([source]);
        while let Some(node) = front.pop_front() {
            for &edge in &self.of[node] {
                let Edge { to, room } = self.edges[edge];
                if room > 0 && self.level[to] == usize::MAX {
                    self.level[to] = self.level[node] + 1;
                    front.push_back(to);
                }
            }
        }
        self.level[sink] != usize::MAX
    }

    /// Pushes some of it along rising levels. Paths are no longer than twice the number of projects.
    fn push(&mut self, node: usize, sink: usize, most: i128) -> i128 {
        if node == sink {
            return most;
        }
        while let Some(&edge) = self.of[node].get(self.next[node]) {
            let Edge { to, room } = self.edges[edge];
            if room > 0 && self.level[to] == self.level[node] + 1 {
                let pushed = self.push(to, sink, most.min(room));
                if pushed > 0 {
                    self.edges[edge].room -= pushed;
                    self.edges[edge ^ 1].room += pushed;
                    return pushed;
                }
            }
            self.next[node] += 1;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_spread_up_to_what_groups_carry() {
        let groups = |a, both, b| vec![(vec![0], a), (vec![0, 1], both), (vec![1], b)];
        assert!(spreads(&[5, 5], &groups(2, 6, 2)));
        assert!(!spreads(&[5, 6], &groups(2, 6, 2)));
        assert!(!spreads(&[9, 1], &groups(2, 6, 2)));
        // What fits at first sight stands in the way: the flow has to be taken back.
        assert!(spreads(&[4, 4], &[(vec![0, 1], 4), (vec![0], 4)]));
        assert!(spreads(&[0], &[]) && !spreads(&[1], &[]));
    }
}
