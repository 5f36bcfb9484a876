//! One act on a ballot: a mark more, a mark less, other points, another place. What does not fit is refused and the
//! ballot stays as it was.

use super::{Ballot, BallotPaper, Fault, Mark};
use crate::process::BallotForm;
use akimat_core::ProposalId;

impl BallotPaper {
    /// The ballot with a project more. A single choice takes the place of the one before; a project that is marked
    /// already changes nothing.
    ///
    /// # Errors
    /// [`Fault`] with the project named.
    pub fn add(&self, ballot: &Ballot, project: ProposalId) -> Result<Ballot, Fault> {
        self.set_points(ballot, project, u32::from(self.has_points()))
    }

    /// The ballot with so many points for a project; none take the mark away. Where the form has no points, one mark.
    ///
    /// # Errors
    /// [`Fault`] with the project named.
    pub fn set_points(&self, ballot: &Ballot, project: ProposalId, points: u32) -> Result<Ballot, Fault> {
        let by_points = self.has_points();
        if by_points && points == 0 {
            return Ok(Self::remove(ballot, project));
        }
        if !by_points && ballot.holds(project) {
            return Ok(ballot.clone());
        }
        let place = ballot.marks.iter().position(|mark| mark.project == project);
        let mut others = Self::remove(ballot, project);
        if self.replaces() && self.line(project).is_some() {
            let only = self.envelopes_max.is_some();
            let here = self.envelope_of(project);
            others.marks.retain(|mark| !only && self.envelope_of(mark.project) != here);
        }
        let mark = Mark { project, points: if by_points { points } else { 0 } };
        if let Some(fault) = self.fault_of(&others, mark) {
            return Err(fault);
        }
        let place = place.unwrap_or(others.marks.len()).min(others.marks.len());
        others.marks.insert(place, mark);
        Ok(others)
    }

    /// The ballot without a project.
    #[must_use]
    pub fn remove(ballot: &Ballot, project: ProposalId) -> Ballot {
        Ballot { marks: ballot.marks.iter().filter(|mark| mark.project != project).copied().collect() }
    }

    /// The ballot with a project one place further up or down among those of its envelope.
    #[must_use]
    pub fn shift(&self, ballot: &Ballot, project: ProposalId, up: bool) -> Ballot {
        let mut moved = ballot.clone();
        let here = self.envelope_of(project);
        let places: Vec<usize> = (0..moved.marks.len())
            .filter(|&at| moved.marks.get(at).is_some_and(|mark| self.envelope_of(mark.project) == here))
            .collect();
        let own =
            places.iter().position(|&at| moved.marks.get(at).is_some_and(|mark| mark.project == project));
        let other = own.and_then(|own| if up { own.checked_sub(1) } else { own.checked_add(1) });
        if let Some((one, two)) = own
            .and_then(|own| places.get(own).copied())
            .zip(other.and_then(|other| places.get(other).copied()))
        {
            moved.marks.swap(one, two);
        }
        moved
    }

    /// The ballot as it goes into the count: a ranking in its order, everything else in the order of the paper, so that
    /// the order of clicks tells nothing.
    #[must_use]
    pub fn canonical(&self, ballot: &Ballot) -> Ballot {
        let mut marks = ballot.marks.clone();
        if !matches!(self.form, BallotForm::Ranking { .. }) {
            let place = |mark: &Mark| self.lines.iter().position(|line| line.project == mark.project);
            marks.sort_by_key(place);
        }
        Ballot { marks }
    }
}
