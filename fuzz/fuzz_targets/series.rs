//! Any bytes as series in the long and in the wide layout.
#![no_main]

use akimat_core::Frequency;
use akimat_interop::series_csv::decode_series;
use akimat_interop::series_wide::{WideReader, is_wide};
use libfuzzer_sys::fuzz_target;

const FREQUENCIES: [Frequency; 3] = [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly];

fuzz_target!(|bytes: &[u8]| {
    for frequency in [None].into_iter().chain(FREQUENCIES.map(Some)) {
        match decode_series(bytes, frequency) {
            Ok(series) => {
                for rows in series {
                    assert_eq!(rows.periods.len(), rows.values.len());
                    assert!(rows.periods.windows(2).all(|pair| pair[0] < pair[1]), "periods out of order");
                    assert!(rows.values.iter().all(|value| value.is_finite()), "a value is no number");
                }
            }
            Err(problems) => assert!(!problems.is_empty(), "a refusal without a reason"),
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        is_wide(text);
    }
    for frequency in FREQUENCIES {
        let Ok(reader) = WideReader::new(bytes, frequency) else { continue };
        let mut row = 1;
        // A row has a byte at least, so there are no more answers than bytes.
        for series in reader.take(bytes.len() + 1) {
            let Ok(series) = series else { continue };
            assert!(series.row > row, "rows out of order");
            row = series.row;
            assert!(!series.id.is_empty() && !series.values.is_empty(), "nothing was read as something");
            assert!(series.values.iter().chain(&series.test).all(|value| value.is_finite()));
            assert!(series.start.is_none_or(|start| start.frequency() == frequency));
        }
    }
});
