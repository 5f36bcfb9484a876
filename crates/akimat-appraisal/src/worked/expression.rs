//! Small arithmetic in text, such as `AC/(AC+ETC) = 11000/12000`.

/// Deepest nesting of brackets.
const DEPTH_MAX: usize = 50;

/// The value of a text with numbers, names, `+ - * /` and brackets; a per cent sign divides by a hundred. Of several
/// sides of an equation the last one that can be reckoned counts.
pub(super) fn evaluate(text: &str, named: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
    text.split(['=', '≈']).rev().find_map(|side| {
        let mut reader = Reader { rest: side, named, depth: 0 };
        let value = reader.sum()?;
        (reader.rest.trim().is_empty() && value.is_finite()).then_some(value)
    })
}

struct Reader<'a> {
    rest: &'a str,
    named: &'a dyn Fn(&str) -> Option<f64>,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, signs: &[char]) -> Option<char> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next().filter(|first| signs.contains(first))?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        while let Some(sign) = self.take(&['+', '-', '−']) {
            let next = self.product()?;
            value += if sign == '+' { next } else { -next };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.atom()?;
        while let Some(sign) = self.take(&['*', '×', '·', '/', '÷']) {
            let next = self.atom()?;
            value = if matches!(sign, '/' | '÷') { value / next } else { value * next };
        }
        Some(value)
    }

    fn atom(&mut self) -> Option<f64> {
        if self.take(&['-', '−']).is_some() {
            return self.atom().map(|value| -value);
        }
        let value = if self.take(&['(']).is_some() {
            self.depth += 1;
            if self.depth > DEPTH_MAX {
                return None;
            }
            let value = self.sum()?;
            self.take(&[')'])?;
            self.depth -= 1;
            value
        } else {
            self.word()?
        };
        Some(if self.take(&['%']).is_some() { value / 100.0 } else { value })
    }

    fn word(&mut self) -> Option<f64> {
        self.rest = self.rest.trim_start();
        let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | ',');
        let end = self.rest.find(|c: char| !part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return word.replace([',', '_'], "").parse().ok();
        }
        (self.named)(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_arithmetic() {
        let named = |name: &str| (name == "AC").then_some(11_000.0);
        let cases = [
            ("AC/(AC+ETC) = 11000/12000", Some(11.0 / 12.0)),
            ("60%", Some(0.6)),
            ("1,000 - 2 * (3 + 4)", Some(986.0)),
            ("AC / 2", Some(5_500.0)),
            ("ETC", None),
            ("(1", None),
            ("1/0", None),
        ];
        for (text, expected) in cases {
            assert_eq!(evaluate(text, &named), expected, "{text}");
        }
    }
}
