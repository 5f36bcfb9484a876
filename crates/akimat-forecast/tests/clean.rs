//! What is done to histories: gaps, outliers, breaks, on made series and on the known breaks of 2020 and 2022.
#![expect(clippy::print_stdout, reason = "the functions below only serve tests")]

use akimat_forecast::clean::{CleanRefusal, Why, breaks, clean, fill, negatives, outliers, revisions};
use flate2::read::GzDecoder;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// A number that looks like noise: from -1 to 1, always the same.
fn noise(i: usize) -> f64 {
    let x = (i as u64).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let mixed = (x ^ (x >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 40;
    mixed as f64 / f64::from(1 << 23) - 1.0
}

fn monthly(n: usize) -> Vec<f64> {
    let season = [0.0, 1.0, 2.0, 3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -1.0, 0.0, 9.0];
    (0..n).map(|i| 100.0 + 5.0 * season[i % 12] + 2.0 * noise(i)).collect()
}

#[test]
fn gaps_up_to_a_half_are_filled_by_line_and_season() {
    let whole = monthly(48);
    let mut history: Vec<Option<f64>> = whole.iter().map(|value| Some(*value)).collect();
    for i in [5, 23, 30, 31] {
        history[i] = None;
    }
    let gaps = fill(&history, 12).unwrap();
    assert_eq!(gaps.filled.iter().map(|gap| gap.index).collect::<Vec<_>>(), [5, 23, 30, 31]);
    for gap in &gaps.filled {
        assert_eq!(gap.why, Why::Interpolated);
        // 23 is a December, 45 above the others: the line alone would miss it by that.
        assert!((gap.value - whole[gap.index]).abs() < 12.0, "{gap:?} and not {}", whole[gap.index]);
    }
    let known = gaps.values.iter().zip(&history).filter_map(|(value, known)| Some((*value, (*known)?)));
    assert!(known.into_iter().all(|(value, known)| value.to_bits() == known.to_bits()));
}

#[test]
fn too_many_gaps_and_nothing_are_refused() {
    let check = |history: &[Option<f64>], want| assert_eq!(fill(history, 1).err(), want);
    check(&[], Some(CleanRefusal::Empty));
    check(&[None, None], Some(CleanRefusal::Empty));
    check(&[Some(f64::NAN)], Some(CleanRefusal::NotFinite { index: 0 }));
    check(&[Some(1.0), None, None, None, Some(2.0)], Some(CleanRefusal::TooManyGaps { missing: 3, of: 5 }));
    let cut = fill(&[None, Some(1.0), None, Some(3.0), None], 1).unwrap();
    assert_eq!((cut.first, cut.values), (1, vec![1.0, 2.0, 3.0]));
    assert_eq!(cut.filled[0].why, Why::InterpolatedWithoutSeason);
}

#[test]
fn an_outlier_is_put_aside_and_listed_a_season_is_not() {
    let mut values = monthly(48);
    assert!(outliers(&values, 12, &[]).1.is_empty());
    values[20] = 400.0;
    let (fit, found) = outliers(&values, 12, &[]);
    assert_eq!(found.iter().map(|own| own.index).collect::<Vec<_>>(), [20]);
    assert_eq!(found[0].value, 400.0);
    assert!((fit[20] - 90.0).abs() < 15.0 && fit[19] == values[19]);
}

#[test]
fn a_shift_of_level_is_a_break_growth_is_not() {
    let mut shifted = monthly(60);
    shifted[36..].iter_mut().for_each(|value| *value -= 40.0);
    let found = breaks(&shifted, 12);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].index.abs_diff(36) <= 1 && (found[0].size() + 40.0).abs() < 8.0, "{found:?}");
    let growing: Vec<f64> = monthly(60).iter().enumerate().map(|(i, value)| value + 2.0 * i as f64).collect();
    assert_eq!(breaks(&growing, 12), []);
    assert_eq!(breaks(&monthly(60), 12), []);
    let quiet: Vec<f64> = (0..200).map(|i| 50.0 + noise(i)).collect();
    assert_eq!(breaks(&quiet, 1), []);
    assert_eq!(breaks(&[3.0; 30], 1), []);
}

#[test]
fn a_break_keeps_its_values_from_being_outliers() {
    let mut values: Vec<Option<f64>> = (0..24).map(|i| Some(100.0 + noise(i))).collect();
    values[18..].iter_mut().for_each(|value| *value = value.map(|value| value + 60.0));
    values[3] = Some(-20.0);
    let cleaned = clean(&values, 1).unwrap();
    assert_eq!(cleaned.breaks.iter().map(|own| own.index).collect::<Vec<_>>(), [18]);
    assert_eq!(cleaned.outliers.iter().map(|own| own.index).collect::<Vec<_>>(), [3]);
    assert_eq!(
        cleaned.negatives.iter().map(|own| (own.index, own.why)).collect::<Vec<_>>(),
        [(3, Why::Correction)]
    );
    assert_eq!(negatives(&[1.0, 0.0]), []);
}

#[test]
fn vintages_are_compared_where_both_reach() {
    let older = [Some(1.0), None, Some(3.0), Some(4.0)];
    let newer = [Some(1.0), Some(2.0), Some(3.5), None, Some(5.0)];
    let found: Vec<_> = revisions(&older, &newer).iter().map(|own| (own.index, own.was, own.now)).collect();
    assert_eq!(found, [(1, None, Some(2.0)), (2, Some(3.0), Some(3.5)), (3, Some(4.0), None)]);
}

/// Series of a shared file by name, with the position of a month or quarter in them; `None` where it is absent.
fn shared(file: &str) -> Option<Vec<(String, Vec<f64>)>> {
    let root = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(root);
    let path = root.join("data/public-finance").join(file);
    let Ok(file) = std::fs::File::open(&path) else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "the shared data are missing");
        println!("SKIPPED: the shared data are not here");
        return None;
    };
    let rows = BufReader::new(GzDecoder::new(file)).lines().skip(1);
    let series = |row: String| {
        let fields: Vec<&str> = row.split(',').collect();
        let values =
            fields.last()?.split(' ').map(|value| value.parse().ok()).collect::<Option<Vec<f64>>>()?;
        Some((fields[0].to_owned(), values))
    };
    Some(rows.map_while(Result::ok).filter_map(series).collect())
}

/// Of the series in which a break was found, how many have one within `near` of a place.
fn share_near(series: &[(String, Vec<f64>)], season: usize, (place, near): (usize, usize)) -> (usize, usize) {
    let found: Vec<Vec<usize>> = series
        .iter()
        .map(|own| breaks(&own.1, season).iter().map(|own| own.index).collect())
        .filter(|found: &Vec<usize>| !found.is_empty())
        .collect();
    let at = found.iter().filter(|found| found.iter().any(|index| index.abs_diff(place) <= near)).count();
    (at, found.len())
}

#[test]
fn the_war_of_2022_is_seen_in_local_revenue() {
    // Monthly from January 2021, 21 values: the war begins in month 14 (index 13).
    let Some(series) = shared("ua_hromada_revenue_monthly.csv.gz") else { return };
    let (at, broken) = share_near(&series, 12, (13, 2));
    println!("2022: {at} of {broken} broken series of {}", series.len());
    assert!(broken > 100 && 2 * at > broken, "{at} of {broken}");
}

#[test]
fn transport_in_2020_fell_and_stayed_down() {
    // Quarterly from 2010, 57 values: the second quarter of 2020 is index 41. Most of the economy had a dip and no
    // new level; transport of people and goods lost a third for a year and more.
    let Some(series) = shared("kz_macro_quarterly.csv.gz") else { return };
    let near: Vec<&str> = series
        .iter()
        .filter(|own| breaks(&own.1, 4).iter().any(|found| found.index.abs_diff(41) <= 2))
        .map(|own| own.0.as_str())
        .collect();
    println!("2020: {} of {}: {near:?}", near.len(), series.len());
    let transport = series.iter().find(|own| own.0 == "KZ|GDD_Trn_R").unwrap();
    let found = breaks(&transport.1, 4);
    let own = found.iter().find(|found| found.index.abs_diff(41) <= 2).unwrap();
    assert!(own.size() < 0.0, "{found:?}");
}
