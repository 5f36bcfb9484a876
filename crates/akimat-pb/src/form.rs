//! Quantities of bounded overspending as forms: a constant plus multiples of the prices of earlier rounds. A price that
//! is a fraction of reasonable size is part of the constant; one that is not stands for itself, as an unknown.
//!
//! Money of voters is such a form, and what is compared are products of forms divided by products of forms. Where two
//! of them are the same but for a factor, the factors decide, whatever the unknowns are: that proves equality
//! without numbers of astronomic size.

use crate::fraction::Fraction;
use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A constant plus multiples of unknown prices, by round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Form {
    constant: Fraction,
    of: BTreeMap<usize, Fraction>,
}

impl Form {
    /// A number.
    pub(crate) fn constant(value: Fraction) -> Self {
        Self { constant: value, of: BTreeMap::new() }
    }

    /// The unknown price of a round.
    pub(crate) fn unknown(round: usize) -> Self {
        Self { constant: Fraction::whole(0), of: BTreeMap::from([(round, Fraction::whole(1))]) }
    }

    /// The number, where there is no unknown in it.
    pub(crate) fn as_constant(&self) -> Option<&Fraction> {
        self.of.is_empty().then_some(&self.constant)
    }

    /// This plus a multiple of another one.
    pub(crate) fn plus_times(mut self, factor: &Fraction, other: &Self) -> Self {
        self.constant = self.constant.plus(&other.constant.times(factor));
        for (round, coefficient) in &other.of {
            let more = coefficient.times(factor);
            let sum = self.of.get(round).map_or_else(|| more.clone(), |known| known.plus(&more));
            if sum.num().sign() == Sign::NoSign {
                self.of.remove(round);
            } else {
                self.of.insert(*round, sum);
            }
        }
        self
    }

    /// A multiple of it.
    pub(crate) fn times(&self, factor: &Fraction) -> Self {
        Self::constant(Fraction::whole(0)).plus_times(factor, self)
    }

    /// The factor and the form with the first unknown once.
    fn normal(&self) -> (Fraction, Option<Self>) {
        let Some(first) = self.of.values().next() else { return (self.constant.clone(), None) };
        (first.clone(), Some(self.times(&Fraction::whole(1).over(first))))
    }
}

/// A quantity above zero: a factor times forms, divided by forms.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub(crate) factor: Fraction,
    pub(crate) above: Vec<Form>,
    pub(crate) below: Vec<Form>,
}

impl Product {
    /// A form alone.
    pub(crate) fn of(form: Form) -> Self {
        Self { factor: Fraction::whole(1), above: vec![form], below: Vec::new() }
    }

    /// A multiple of it.
    pub(crate) fn times(mut self, factor: &Fraction) -> Self {
        self.factor = self.factor.times(factor);
        self
    }

    /// The number, where there is no unknown in it.
    pub(crate) fn value(&self) -> Option<Fraction> {
        let (factor, above, below) = self.normal();
        (above.is_empty() && below.is_empty()).then_some(factor)
    }

    /// Factor and forms with unknowns, brought to one way of writing.
    fn normal(&self) -> (Fraction, Vec<Form>, Vec<Form>) {
        let (mut factor, mut above, mut below) = (self.factor.clone(), Vec::new(), Vec::new());
        for form in &self.above {
            let (own, rest) = form.normal();
            factor = factor.times(&own);
            above.extend(rest);
        }
        for form in &self.below {
            let (own, rest) = form.normal();
            factor = factor.over(&own);
            below.extend(rest);
        }
        (factor, above, below)
    }

    /// The order of two quantities above zero; nothing where it depends on the unknowns.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        let (own, mut left, mut right) = self.normal();
        let (factor, above, below) = other.normal();
        left.extend(below);
        right.extend(above);
        left.sort();
        right.sort();
        // With the same forms on both sides the quotient of the quantities is that of the factors.
        let size = |fraction: &Fraction| {
            Fraction::new(BigInt::from(fraction.num().magnitude().clone()), fraction.den().clone())
        };
        (left == right).then(|| size(&own).cmp(&size(&factor)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(constant: i64, of: &[(usize, i64)]) -> Form {
        let begin = Form::constant(Fraction::whole(constant));
        of.iter().fold(begin, |sum, &(round, times)| {
            sum.plus_times(&Fraction::whole(times), &Form::unknown(round))
        })
    }

    #[test]
    fn the_same_forms_are_compared_by_their_factors() {
        let (a, b) = (form(6, &[(0, -2)]), form(3, &[(0, -1)]));
        let quotient = |above: &Form, below: &Form| Product {
            factor: Fraction::whole(1),
            above: vec![above.clone()],
            below: vec![below.clone()],
        };
        assert_eq!(Product::of(a.clone()).compare(&Product::of(b.clone())), Some(Ordering::Greater));
        let twice = Product::of(b.clone()).times(&Fraction::whole(2));
        assert_eq!(Product::of(a.clone()).compare(&twice), Some(Ordering::Equal));
        // a / c against b / c, and a b against b b.
        let c = form(1, &[(0, 1), (1, 5)]);
        assert_eq!(quotient(&a, &c).compare(&quotient(&b, &c)), Some(Ordering::Greater));
        assert_eq!(quotient(&a, &c).compare(&quotient(&c, &a)), None);
    }

    #[test]
    fn unknowns_that_cancel_leave_a_number() {
        let sum = form(7, &[(3, 2)]).plus_times(&Fraction::whole(-2), &Form::unknown(3));
        assert_eq!(sum.as_constant(), Some(&Fraction::whole(7)));
        assert_eq!(form(1, &[(3, 2)]).as_constant(), None);
    }
}
