//! Real roots of a polynomial between two bounds, none missed, in whole numbers of any size.

use num_bigint::{BigInt, Sign};

/// Halvings after which roots that are not told apart count as one.
const DEPTH_ISOLATE: u32 = 52;
/// Halvings after which a root is as exact as a float can hold it.
const DEPTH_REFINE: u32 = 80;

/// A root.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Isolated {
    /// Where.
    pub(crate) x: f64,
    /// The polynomial has the same sign on both sides.
    pub(crate) even: bool,
}

/// A piece of the unit interval: `index / 2^depth` to `(index + 1) / 2^depth`.
#[derive(Clone, Debug)]
struct Piece {
    index: BigInt,
    depth: u32,
}

/// Roots of `sum c[k] x^k` strictly between `1 / below` and `above`.
pub(crate) fn real_roots(coefficients: &[f64], below: u32, above: u32) -> Vec<Isolated> {
    let whole = whole_numbers(coefficients);
    // x = y / below; y = 1 + (above·below - 1) z with z between 0 and 1.
    let n = whole.len() - 1;
    let scale = BigInt::from(below);
    let mut q: Vec<BigInt> =
        whole.iter().enumerate().map(|(k, c)| c * scale.pow(u32::try_from(n - k).unwrap_or(0))).collect();
    shift(&mut q);
    let span = BigInt::from(u64::from(above) * u64::from(below) - 1);
    let mut power = BigInt::from(1);
    for c in &mut q {
        *c *= &power;
        power *= &span;
    }
    let x = |z: f64| (1.0 + (f64::from(above) * f64::from(below) - 1.0) * z) / f64::from(below);
    let mut found = Search { polynomial: q.clone(), roots: Vec::new(), clusters: Vec::new() };
    found.look(q, Piece { index: BigInt::ZERO, depth: 0 });
    found.finish().into_iter().map(|(z, even)| Isolated { x: x(z), even }).collect()
}

/// The shortest decimal fractions of the floats, brought to whole numbers.
fn whole_numbers(values: &[f64]) -> Vec<BigInt> {
    let parts: Vec<(BigInt, i32)> = values.iter().map(|value| decimal(*value)).collect();
    let least = parts.iter().filter(|(m, _)| m.sign() != Sign::NoSign).map(|(_, e)| *e).min().unwrap_or(0);
    let ten = BigInt::from(10);
    let raise = |exponent: i32| ten.pow(u32::try_from((exponent - least).max(0)).unwrap_or(0));
    parts.into_iter().map(|(mantissa, exponent)| mantissa * raise(exponent)).collect()
}

fn decimal(value: f64) -> (BigInt, i32) {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (front, back) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{front}{back}").parse().unwrap_or(BigInt::ZERO);
    let exponent: i32 = exponent.parse().unwrap_or(0);
    (digits, exponent - i32::try_from(back.len()).unwrap_or(0))
}

/// p(x) becomes p(x + 1).
fn shift(p: &mut [BigInt]) {
    let n = p.len();
    for done in 0..n.saturating_sub(1) {
        for k in (done..n - 1).rev() {
            let (low, high) = p.split_at_mut(k + 1);
            low[k] += &high[0];
        }
    }
}

fn variations(p: &[BigInt]) -> usize {
    let signs: Vec<Sign> = p.iter().map(BigInt::sign).filter(|sign| *sign != Sign::NoSign).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

struct Search {
    polynomial: Vec<BigInt>,
    roots: Vec<(f64, bool)>,
    /// Pieces of the last depth in which more than one root may lie.
    clusters: Vec<BigInt>,
}

impl Search {
    /// `p` is the polynomial on this piece, moved to the unit interval.
    fn look(&mut self, p: Vec<BigInt>, piece: Piece) {
        let mut reversed: Vec<BigInt> = p.iter().rev().cloned().collect();
        shift(&mut reversed);
        match variations(&reversed) {
            0 => return,
            1 => {
                let root = self.refine(&piece);
                self.roots.push((root, false));
                return;
            }
            _ if piece.depth >= DEPTH_ISOLATE => {
                self.clusters.push(piece.index);
                return;
            }
            _ => {}
        }
        let n = p.len() - 1;
        let mut left = p;
        for (k, c) in left.iter_mut().enumerate() {
            *c <<= n - k;
        }
        let mut right = left.clone();
        shift(&mut right);
        let index: BigInt = piece.index << 1;
        let middle: BigInt = &index + 1;
        // A root in the middle belongs to neither half.
        let times = right.iter().take_while(|c| c.sign() == Sign::NoSign).count();
        let depth = piece.depth + 1;
        self.look(left, Piece { index, depth });
        if times > 0 {
            self.roots.push((fraction(&middle, depth), times.is_multiple_of(2)));
            right.drain(..times);
        }
        self.look(right, Piece { index: middle, depth });
    }

    /// The sign at `index / 2^depth`.
    fn sign(&self, index: &BigInt, depth: u32) -> Sign {
        let mut value = BigInt::ZERO;
        let mut power = 0;
        for c in self.polynomial.iter().rev() {
            value = value * index + (c << power);
            power += depth as usize;
        }
        value.sign()
    }

    /// One simple root lies in the piece: it is halved on.
    fn refine(&self, piece: &Piece) -> f64 {
        let (mut index, mut depth) = (piece.index.clone(), piece.depth);
        // The sign at the very end may be zero where a neighbouring root sits; the other end then tells.
        let mut left = self.sign(&index, depth);
        if left == Sign::NoSign {
            left = match self.sign(&(&index + 1), depth) {
                Sign::Plus => Sign::Minus,
                Sign::Minus => Sign::Plus,
                Sign::NoSign => return fraction(&(&index * 2 + 1), depth + 1),
            };
        }
        while depth < DEPTH_REFINE {
            depth += 1;
            index <<= 1;
            let middle = &index + 1;
            match self.sign(&middle, depth) {
                Sign::NoSign => return fraction(&middle, depth),
                sign if sign == left => index = middle,
                _ => {}
            }
        }
        fraction(&(index * 2 + 1), depth + 1)
    }

    /// Neighbouring pieces that could not be told apart are one root.
    fn finish(mut self) -> Vec<(f64, bool)> {
        let clusters = std::mem::take(&mut self.clusters);
        let mut at = 0;
        while at < clusters.len() {
            let mut end = at;
            while end + 1 < clusters.len() && &clusters[end + 1] - &clusters[end] <= BigInt::from(2) {
                end += 1;
            }
            let (first, last) = (&clusters[at], &clusters[end] + 1);
            let same = self.sign(first, DEPTH_ISOLATE) == self.sign(&last, DEPTH_ISOLATE);
            self.roots.push((fraction(&(first + &last), DEPTH_ISOLATE + 1), same));
            at = end + 1;
        }
        self.roots
    }
}

/// `index / 2^depth` as a float.
fn fraction(index: &BigInt, depth: u32) -> f64 {
    // Every index has at most 82 bits, so its two halves are exact enough.
    let (_, digits) = index.to_u64_digits();
    let value: f64 =
        digits.iter().rev().fold(0.0, |sum, digit| sum * 18_446_744_073_709_551_616.0 + to_f64(*digit));
    value * 0.5_f64.powi(i32::try_from(depth).unwrap_or(i32::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "53 bits are enough for the place of a root")]
const fn to_f64(digit: u64) -> f64 {
    digit as f64
}
