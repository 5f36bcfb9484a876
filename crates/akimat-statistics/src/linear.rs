//! Least squares by Householder's QR decomposition, and what follows from it.

use crate::refusal::Refusal;
use crate::sample;
use nalgebra::{DMatrix, DVector};

/// A predictor whose part that the others do not explain is smaller than this (as a share of its own spread)
/// cannot be told from rounding.
const COLLINEAR: f64 = 1e-7;

/// A fitted linear model.
#[derive(Debug)]
pub(crate) struct Fit {
    /// Coefficients.
    pub(crate) b: DVector<f64>,
    /// Inverse of X'X.
    pub(crate) inverse: DMatrix<f64>,
    /// Fitted values.
    pub(crate) fitted: DVector<f64>,
    /// What is left.
    pub(crate) residuals: DVector<f64>,
}

/// Refuses predictors that are constant or a combination of those before them; the first column of `x` may be
/// the constant.
pub(crate) fn check_rank(x: &DMatrix<f64>, names: &[String], has_constant: bool) -> Result<(), Refusal> {
    let mut basis: Vec<DVector<f64>> = Vec::new();
    if has_constant {
        basis.push(DVector::from_element(x.nrows(), 1.0).normalize());
    }
    for (at, name) in names.iter().enumerate() {
        let column = x.column(at + usize::from(has_constant)).into_owned();
        let values = column.as_slice();
        let scale = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        if scale == 0.0 || (has_constant && sample::is_constant(values)) {
            return Err(Refusal::Constant { column: name.clone() });
        }
        let mut rest = column / scale;
        if has_constant {
            rest.add_scalar_mut(-rest.mean());
        }
        let spread = rest.norm();
        // Twice: once leaves rounding errors of the size of the projections.
        for _ in 0..2 {
            for direction in &basis {
                let along = direction.dot(&rest);
                rest.axpy(-along, direction, 1.0);
            }
        }
        if rest.norm().is_nan() || rest.norm() <= COLLINEAR * spread {
            return Err(Refusal::Collinear { column: name.clone() });
        }
        basis.push(rest.normalize());
    }
    Ok(())
}

/// Fits; the columns must have passed [`check_rank`].
pub(crate) fn fit(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Fit, Refusal> {
    let qr = x.clone().qr();
    let (q, r) = (qr.q(), qr.r());
    let b = r.solve_upper_triangular(&(q.transpose() * y)).ok_or(Refusal::Overflow)?;
    let identity = DMatrix::identity(x.ncols(), x.ncols());
    let r_inverse = r.solve_upper_triangular(&identity).ok_or(Refusal::Overflow)?;
    let inverse = &r_inverse * r_inverse.transpose();
    let fitted = x * &b;
    let residuals = y - &fitted;
    if b.iter().chain(inverse.iter()).all(|value| value.is_finite()) {
        Ok(Fit { b, inverse, fitted, residuals })
    } else {
        Err(Refusal::Overflow)
    }
}

impl Fit {
    /// Sum of the squared residuals.
    pub(crate) fn squares(&self) -> f64 {
        self.residuals.norm_squared()
    }

    /// Diagonal of the hat matrix.
    pub(crate) fn leverage(&self, x: &DMatrix<f64>) -> Vec<f64> {
        let projected = x * &self.inverse;
        (0..x.nrows()).map(|row| projected.row(row).dot(&x.row(row))).collect()
    }

    /// (X'X)⁻¹ X' diag(w) X (X'X)⁻¹: the sandwich of White.
    pub(crate) fn sandwich(&self, x: &DMatrix<f64>, w: &[f64]) -> DMatrix<f64> {
        let weighted = DMatrix::from_fn(x.nrows(), x.ncols(), |row, column| x[(row, column)] * w[row]);
        &self.inverse * (x.transpose() * weighted) * &self.inverse
    }
}

/// F of the hypothesis that every coefficient but the constant is zero, by the covariance given.
pub(crate) fn wald_f(b: &DVector<f64>, covariance: &DMatrix<f64>) -> f64 {
    let k = b.len() - 1;
    let slopes = b.rows(1, k).into_owned();
    let part = covariance.view((1, 1), (k, k)).into_owned();
    part.cholesky().map_or(f64::NAN, |root| slopes.dot(&root.solve(&slopes)) / k as f64)
}
