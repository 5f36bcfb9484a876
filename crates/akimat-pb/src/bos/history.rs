//! What was paid so far, as counts of rounds: from them every amount can be written down as a form.

use crate::form::{Form, Product};
use crate::fraction::Fraction;
use crate::setting::Setting;

/// A price with more bits than this, above and below the line, stands for itself as an unknown.
const BITS_MAX: u64 = 2048;

/// Money of some voters: so many shares, less so many units at the price of each round.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    voters: i64,
    paid: Vec<i64>,
}

/// How the price of a round came about.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) cost: i64,
    /// Those who give all their money already at the limit.
    pub(super) poor: Counts,
    /// Units of the others.
    pub(super) rich: i64,
    /// Where the supporters do not hold the cost: money and units of the voter who sets the limit.
    pub(super) limit: Option<(Counts, i64)>,
}

/// The rounds so far.
#[derive(Debug)]
pub(super) struct History {
    share: Fraction,
    records: Vec<Record>,
    /// Round in which each project was bought.
    round_of: Vec<Option<usize>>,
    /// Price of each round as a form, as far as it was asked for.
    forms: Vec<Form>,
}

impl History {
    pub(super) fn new(share: Fraction, n_projects: usize) -> Self {
        Self { share, records: Vec::new(), round_of: vec![None; n_projects], forms: Vec::new() }
    }

    /// Money of merged ballots that have not paid with the last coin, each times its number of voters.
    pub(super) fn counts(&self, setting: &Setting<'_>, ballots: &[u32]) -> Counts {
        let mut counts = Counts { voters: 0, paid: vec![0; self.records.len()] };
        for &ballot in ballots {
            let weight = i64::from(setting.profile.weight(ballot as usize));
            counts.voters += weight;
            self.count(setting, ballot, weight, &mut counts);
        }
        counts
    }

    /// Money of one voter of a merged ballot.
    pub(super) fn counts_of_one(&self, setting: &Setting<'_>, ballot: u32) -> Counts {
        let mut counts = Counts { voters: 1, paid: vec![0; self.records.len()] };
        self.count(setting, ballot, 1, &mut counts);
        counts
    }

    fn count(&self, setting: &Setting<'_>, ballot: u32, weight: i64, counts: &mut Counts) {
        for &(project, units) in setting.profile.entries(ballot as usize) {
            let round = self.round_of.get(project as usize).copied().flatten();
            if let Some(count) = round.and_then(|round| counts.paid.get_mut(round)) {
                *count += weight * i64::from(units);
            }
        }
    }

    /// One more round.
    pub(super) fn push(&mut self, project: usize, record: Record) {
        if let Some(place) = self.round_of.get_mut(project) {
            *place = Some(self.records.len());
        }
        self.records.push(record);
    }

    /// Every price so far is a fraction of reasonable size.
    pub(super) fn is_constant(&mut self) -> bool {
        // The first unknown stays one, so that later forms are not asked for in vain.
        while self.forms.iter().all(|form| form.as_constant().is_some()) {
            if self.forms.len() == self.records.len() {
                return true;
            }
            self.next_form();
        }
        false
    }

    /// An amount of money as a form.
    pub(super) fn money(&mut self, counts: &Counts) -> Form {
        while self.forms.len() < self.records.len() {
            self.next_form();
        }
        self.known(counts)
    }

    fn known(&self, counts: &Counts) -> Form {
        let begin = Form::constant(self.share.times(&Fraction::whole(counts.voters)));
        let paid = self.forms.iter().zip(&counts.paid).filter(|(_, paid)| **paid != 0);
        paid.fold(begin, |money, (price, &paid)| money.plus_times(&Fraction::whole(-paid), price))
    }

    fn next_form(&mut self) {
        let round = self.forms.len();
        let Some(record) = self.records.get(round).cloned() else { return };
        let price = self.price_known(&record);
        let small = |value: &Fraction| value.num().bits() <= BITS_MAX && value.den().bits() <= BITS_MAX;
        let form = match (price.value(), price.above.as_slice(), price.below.as_slice()) {
            (Some(value), ..) if small(&value) => Form::constant(value),
            (None, [form], []) => form.times(&price.factor),
            _ => Form::unknown(round),
        };
        self.forms.push(form);
    }

    /// The price of a unit as a product of forms.
    pub(super) fn price(&mut self, record: &Record) -> Product {
        let _ = self.money(&record.poor);
        self.price_known(record)
    }

    fn price_known(&self, record: &Record) -> Product {
        let cost = Fraction::whole(record.cost);
        let poor = self.known(&record.poor);
        match &record.limit {
            None => {
                let missing = Form::constant(cost).plus_times(&Fraction::whole(-1), &poor);
                Product::of(missing).times(&Fraction::whole(1).over(&Fraction::whole(record.rich)))
            }
            Some((limit, units)) => {
                let money = self.known(limit);
                let raised = raised(&poor, &money, *units, record.rich);
                Product { factor: cost, above: vec![money], below: vec![raised] }
            }
        }
    }

    /// What the supporters raise at the limit, times the units of the voter who sets it.
    pub(super) fn raised(&mut self, poor: &Counts, limit: &Counts, units: i64, rich: i64) -> Form {
        let (poor, money) = (self.money(poor), self.money(limit));
        raised(&poor, &money, units, rich)
    }

    /// The price of gain divided by the part of the cost that is raised: what the least of is bought.
    pub(super) fn value(&mut self, record: &Record, gain: i64) -> Product {
        let price = self.price(record);
        let gain = Fraction::whole(gain);
        match &record.limit {
            None => price.times(&Fraction::whole(1).over(&gain)),
            Some((_, units)) => {
                // With q = M / u and S = T / u: (q c / S) c / S = M c c u / (T T).
                let mut value = price.times(&Fraction::whole(record.cost)).times(&Fraction::whole(*units));
                value.below.extend(value.below.first().cloned());
                value.times(&Fraction::whole(1).over(&gain))
            }
        }
    }
}

fn raised(poor: &Form, money: &Form, units: i64, rich: i64) -> Form {
    poor.times(&Fraction::whole(units)).plus_times(&Fraction::whole(rich), money)
}
