//! Explanations under the clock, and in sentences.

use super::Clock;
use crate::say;
use akimat_allocation::explain::{Explanation, Follow};
use akimat_allocation::{Go, Programme, Watch};
use akimat_core::Lang;
use akimat_web_kit::explanation::Names;

/// When the time is over, the rest is said from bounds and swaps.
impl Follow for Clock {
    fn step(&mut self, done: usize, of: usize) -> Go {
        if self.speaks {
            say::err(&format!("{:7.1} s  explained {done}/{of}", self.begin.elapsed().as_secs_f64()));
        }
        if self.time_left().is_some_and(|left| left.is_zero()) {
            self.cut = true;
            return Go::Stop;
        }
        Go::On
    }
}

/// A paragraph for each explained project.
pub(super) fn paragraphs(programme: &Programme, explanations: &[Explanation], lang: Lang) -> Vec<String> {
    let names = Names { locale: say::words(lang), programme, words: programme, first_year: 1 };
    explanations.iter().map(|one| names.sentences(one).join(" ")).collect()
}
