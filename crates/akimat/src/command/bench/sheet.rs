//! `akimat bench sheet`: a register of pseudo projects as a table, to measure how long an import takes.

use crate::say;
use akimat_core::KatoCode;
use akimat_project::{Kind, Level, Modality, MoneySource, Sector};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Print a register of pseudo projects as CSV.
#[derive(Debug, clap::Args)]
pub(crate) struct Sheet {
    /// Rows, a project each
    #[arg(long, default_value_t = 10_000)]
    rows: usize,
    /// KATO code of the territory
    #[arg(long, default_value = "990105000")]
    place: KatoCode,
}

/// What the columns are called in every language of the platform.
const HEAD: &str = "number;title_kk;title_ru;title_en;place_kato;sector;kind;modality;level;status;\
                    starts_on;ends_on;lat;lon;year;source;planned;unit";

impl Sheet {
    /// Prints.
    ///
    /// # Errors
    /// Never; the signature is that of all commands.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        say::out(&table(self.rows, self.place));
        Ok(ExitCode::SUCCESS)
    }
}

/// The same text at every run.
fn table(rows: usize, place: KatoCode) -> String {
    let mut text = HEAD.to_owned();
    for n in 0..rows {
        let year = 2026 + n % 4;
        let (sector, kind) = (of(Sector::ALL, n).code(), of(Kind::ALL, n / 3).code());
        let (modality, level) = (of(Modality::ALL, n / 5).code(), of(Level::ALL, n / 7).code());
        let source = of(MoneySource::ALL, n / 2).code();
        let (lat, lon) = (44_500 + n * 7 % 900, 69_000 + n * 13 % 900);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\nSHEET-{n:06};Өлшем үшін жоба № {n};Проект для измерения № {n};Project to measure No {n};{place};{sector};\
             {kind};{modality};{level};idea;{year}-04-01;{year}-11-01;{}.{:03};{}.{:03};{year};{source};{};KZT",
            lat / 1_000,
            lat % 1_000,
            lon / 1_000,
            lon % 1_000,
            1_000_000 + n * 1_000,
        );
    }
    text
}

fn of<T: Copy>(all: &[T], n: usize) -> T {
    all[n % all.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let text = table(30, "990105000".parse().unwrap());
        let n_cells = |line: &str| line.split(';').count();
        assert_eq!(text.lines().count(), 31);
        assert!(text.lines().all(|line| n_cells(line) == n_cells(HEAD)), "{text}");
    }
}
