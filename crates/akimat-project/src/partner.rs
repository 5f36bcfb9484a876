//! With whom a project is shared: other territories, organisations, donors from abroad; who bears which part of the
//! cost, and the grants that pay for it.

use crate::project::codes;
use akimat_core::{KatoCode, Money};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kind of the section of a dossier in which partners are kept.
pub const KIND: &str = "partner";
/// Partners, and grants, of one project at most.
pub const ROWS_MAX: usize = 40;
/// The whole cost in hundredths of a per cent.
pub const WHOLE_BP: u32 = 10_000;
/// Longest name in characters.
pub const LINE_CHARS_MAX: usize = 300;

codes! {
    /// Who a partner is.
    PartnerKind {
        /// Another territory: the project is inter-municipal.
        Territory = "territory",
        /// A state body or organisation of the country.
        Organisation = "organisation",
        /// A company.
        Business = "business",
        /// An organisation from abroad: the project is international.
        International = "international",
    }
}

/// One partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// The same in all versions.
    pub id: String,
    /// Who it is.
    pub kind: PartnerKind,
    /// Its code, when it is a territory.
    #[serde(default)]
    pub place: Option<KatoCode>,
    /// Its name; for a territory the classifier knows it.
    #[serde(default)]
    pub name: String,
    /// What it does in the project, in words.
    #[serde(default)]
    pub duty: String,
    /// Its part of the cost in hundredths of a per cent; unknown when nothing was agreed.
    #[serde(default)]
    pub share_bp: Option<u32>,
}

/// A grant out of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The same in all versions.
    pub id: String,
    /// Who gives.
    pub donor: String,
    /// Number of the agreement as printed.
    #[serde(default)]
    pub agreement: String,
    /// Day on which it was signed.
    #[serde(default)]
    pub signed_on: Option<Date>,
    /// Last day on which the money may be used.
    #[serde(default)]
    pub until: Option<Date>,
    /// Currency of the agreement, three letters of ISO 4217.
    pub currency: String,
    /// Amount in that currency, a decimal as printed; unknown when it is not said.
    #[serde(default)]
    pub amount: Option<String>,
    /// What came or comes in tenge, when it is known.
    #[serde(default)]
    pub tenge: Option<Money>,
}

/// All that is agreed with others about one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// The part of the cost that the project's own territory bears, in hundredths of a per cent.
    #[serde(default)]
    pub own_share_bp: Option<u32>,
    /// The others.
    #[serde(default)]
    pub partners: Vec<Partner>,
    /// The grants.
    #[serde(default)]
    pub grants: Vec<Grant>,
}

/// A fault of a partnership; rows count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartnerFault {
    /// A partner without a name.
    NameMissing(usize),
    /// A territory without a code.
    PlaceMissing(usize),
    /// The partner is the project's own territory, or there twice.
    Twice(usize),
    /// Some shares are said, this one is not; `None` is the share of the own territory.
    ShareMissing(Option<usize>),
    /// Shares do not add up to the whole: their sum in hundredths of a per cent.
    SharesNotWhole(u64),
    /// A grant without a donor.
    DonorMissing(usize),
    /// The currency is not three capital letters.
    BadCurrency(usize),
    /// The amount is not a positive decimal.
    BadAmount(usize),
    /// A negative sum in tenge.
    NegativeTenge(usize),
    /// The money may be used only before the agreement was signed.
    EndsBeforeSigned(usize),
    /// A text of a partner is too long.
    TooLong(usize),
    /// More rows than [`ROWS_MAX`].
    TooMany,
}

impl Partnership {
    /// Nothing is agreed with anybody.
    pub fn is_empty(&self) -> bool {
        self.partners.is_empty() && self.grants.is_empty() && self.own_share_bp.is_none()
    }

    /// The territories among the partners, in the order of the form.
    pub fn territories(&self) -> Vec<KatoCode> {
        self.partners.iter().filter_map(|partner| partner.place).collect()
    }

    /// Somebody from abroad takes part, or a grant is not in tenge.
    pub fn international(&self) -> bool {
        self.partners.iter().any(|partner| partner.kind == PartnerKind::International)
            || self.grants.iter().any(|grant| grant.currency != "KZT")
    }

    /// Shares of the own territory and of the partners, when they are said.
    pub fn shares(&self) -> Option<(u32, Vec<u32>)> {
        let partners: Option<Vec<u32>> = self.partners.iter().map(|partner| partner.share_bp).collect();
        Some((self.own_share_bp?, partners?))
    }

    /// What each bears of a cost, the own territory first; the parts add up to the cost to the tiyn. What division
    /// leaves over goes to the parts with the largest remainders, the earlier before the later.
    pub fn parts(&self, cost: Money) -> Option<Vec<Money>> {
        let (own, partners) = self.shares()?;
        let shares: Vec<u32> = std::iter::once(own).chain(partners).collect();
        if shares.iter().map(|share| u64::from(*share)).sum::<u64>() != u64::from(WHOLE_BP) {
            return None;
        }
        split(cost, &shares)
    }

    /// All faults, for a project of this territory.
    pub fn faults(&self, own: KatoCode) -> Vec<PartnerFault> {
        let mut faults = self.faults_of_partners(own);
        faults.extend(self.faults_of_shares());
        for (row, grant) in self.grants.iter().enumerate() {
            let fault = |wrong: bool, fault: PartnerFault| wrong.then_some(fault);
            let currency =
                grant.currency.len() == 3 && grant.currency.bytes().all(|byte| byte.is_ascii_uppercase());
            let early =
                matches!((grant.signed_on, grant.until), (Some(signed), Some(until)) if until < signed);
            faults.extend(fault(grant.donor.trim().is_empty(), PartnerFault::DonorMissing(row)));
            faults.extend(fault(!currency, PartnerFault::BadCurrency(row)));
            let bad = grant.amount.as_deref().is_some_and(|amount| !is_amount(amount));
            faults.extend(fault(bad, PartnerFault::BadAmount(row)));
            let negative = grant.tenge.is_some_and(|tenge| tenge.tiyn() < 0);
            faults.extend(fault(negative, PartnerFault::NegativeTenge(row)));
            faults.extend(fault(early, PartnerFault::EndsBeforeSigned(row)));
        }
        if self.partners.len() > ROWS_MAX || self.grants.len() > ROWS_MAX {
            faults.push(PartnerFault::TooMany);
        }
        faults
    }

    fn faults_of_partners(&self, own: KatoCode) -> Vec<PartnerFault> {
        let mut faults = Vec::new();
        for (row, partner) in self.partners.iter().enumerate() {
            let earlier = &self.partners[..row];
            let named = |other: &Partner| !other.name.is_empty() && other.name == partner.name;
            match (partner.kind, partner.place) {
                (PartnerKind::Territory, None) => faults.push(PartnerFault::PlaceMissing(row)),
                (PartnerKind::Territory, Some(place))
                    if place == own || earlier.iter().any(|other| other.place == Some(place)) =>
                {
                    faults.push(PartnerFault::Twice(row));
                }
                (PartnerKind::Territory, Some(_)) => {}
                _ if partner.name.trim().is_empty() => faults.push(PartnerFault::NameMissing(row)),
                _ if earlier.iter().any(named) => faults.push(PartnerFault::Twice(row)),
                _ => {}
            }
            if [&partner.name, &partner.duty].iter().any(|text| text.chars().count() > LINE_CHARS_MAX) {
                faults.push(PartnerFault::TooLong(row));
            }
        }
        faults
    }

    fn faults_of_shares(&self) -> Vec<PartnerFault> {
        let any = self.own_share_bp.is_some() || self.partners.iter().any(|one| one.share_bp.is_some());
        if !any {
            return Vec::new();
        }
        let mut faults = Vec::new();
        if self.own_share_bp.is_none() {
            faults.push(PartnerFault::ShareMissing(None));
        }
        let rows = self.partners.iter().enumerate();
        faults.extend(
            rows.filter(|(_, one)| one.share_bp.is_none())
                .map(|(row, _)| PartnerFault::ShareMissing(Some(row))),
        );
        if let Some((own, partners)) = self.shares() {
            let sum = partners.iter().map(|share| u64::from(*share)).sum::<u64>() + u64::from(own);
            if sum != u64::from(WHOLE_BP) {
                faults.push(PartnerFault::SharesNotWhole(sum));
            }
        }
        faults
    }
}

/// A positive decimal with a point, at most eighteen digits before it and two after it.
pub fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(whole, 18) && digits(fraction, 2) && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

fn split(cost: Money, shares: &[u32]) -> Option<Vec<Money>> {
    let (cost, whole) = (i128::from(cost.tiyn()), i128::from(WHOLE_BP));
    let mut parts: Vec<i128> = shares.iter().map(|share| cost * i128::from(*share) / whole).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let rest_of = |at: &usize| cost * i128::from(shares[*at]) % whole;
    order.sort_by(|a, b| rest_of(b).abs().cmp(&rest_of(a).abs()).then(a.cmp(b)));
    let mut rest = cost - parts.iter().sum::<i128>();
    for at in order {
        if rest == 0 {
            break;
        }
        parts[at] += rest.signum();
        rest -= rest.signum();
    }
    parts.into_iter().map(|part| i64::try_from(part).ok().map(Money::from_tiyn)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kato(number: u32) -> KatoCode {
        KatoCode::from_number(number).unwrap()
    }

    fn territory(id: &str, place: u32, share_bp: Option<u32>) -> Partner {
        Partner {
            id: id.to_owned(),
            kind: PartnerKind::Territory,
            place: Some(kato(place)),
            name: String::new(),
            duty: String::new(),
            share_bp,
        }
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        let own = kato(990_100_000);
        let with = |own_share_bp: Option<u32>, shares: &[Option<u32>]| Partnership {
            own_share_bp,
            partners: shares
                .iter()
                .zip([990_200_000, 990_300_000])
                .map(|(share, place)| territory(&place.to_string(), place, *share))
                .collect(),
            grants: Vec::new(),
        };
        assert_eq!(with(None, &[None, None]).faults(own), []);
        assert_eq!(with(Some(5_000), &[Some(2_500), Some(2_500)]).faults(own), []);
        assert_eq!(
            with(Some(5_000), &[Some(2_500), Some(2_499)]).faults(own),
            [PartnerFault::SharesNotWhole(9_999)]
        );
        assert_eq!(
            with(None, &[Some(2_500), None]).faults(own),
            [PartnerFault::ShareMissing(None), PartnerFault::ShareMissing(Some(1))]
        );
        let huge = with(Some(u32::MAX), &[Some(u32::MAX), Some(u32::MAX)]).faults(own);
        assert_eq!(huge, [PartnerFault::SharesNotWhole(3 * u64::from(u32::MAX))]);
        let same = Partnership {
            partners: vec![territory("a", 990_100_000, None), territory("b", 990_200_000, None)],
            ..Partnership::default()
        };
        assert_eq!(same.faults(own), [PartnerFault::Twice(0)]);
    }

    #[test]
    fn parts_of_a_cost_are_exact() {
        let thirds = Partnership {
            own_share_bp: Some(3_334),
            partners: vec![
                territory("a", 990_200_000, Some(3_333)),
                territory("b", 990_300_000, Some(3_333)),
            ],
            grants: Vec::new(),
        };
        for tiyn in [0, 1, 2, 100, 99_999, 12_345_678_901, i64::MAX, -7] {
            let parts = thirds.parts(Money::from_tiyn(tiyn)).unwrap();
            assert_eq!(Money::checked_sum(parts), Some(Money::from_tiyn(tiyn)), "{tiyn}");
        }
        assert_eq!(thirds.parts(Money::from_tiyn(1)).unwrap()[0], Money::from_tiyn(1));
    }

    #[test]
    fn grants_name_donor_currency_and_amount() {
        let grant = Grant {
            id: "g".to_owned(),
            donor: "Фонд".to_owned(),
            agreement: String::new(),
            signed_on: None,
            until: None,
            currency: "EUR".to_owned(),
            amount: Some("1500000.50".to_owned()),
            tenge: None,
        };
        let own = kato(990_100_000);
        let of = |grant: Grant| Partnership { grants: vec![grant], ..Partnership::default() };
        assert_eq!(of(grant.clone()).faults(own), []);
        assert!(of(grant.clone()).international());
        assert!(!of(Grant { currency: "KZT".to_owned(), ..grant.clone() }).international());
        for currency in ["eur", "EURO", "", "€"] {
            let wrong = of(Grant { currency: currency.to_owned(), ..grant.clone() });
            assert_eq!(wrong.faults(own), [PartnerFault::BadCurrency(0)], "{currency}");
        }
        for amount in ["0", "-1", "1e9", "1,5", ".5", "1.", "1.234", "1 000"] {
            let wrong = of(Grant { amount: Some(amount.to_owned()), ..grant.clone() });
            assert_eq!(wrong.faults(own), [PartnerFault::BadAmount(0)], "{amount}");
        }
    }
}
