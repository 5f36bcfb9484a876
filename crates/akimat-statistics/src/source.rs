//! What to cite: the works that the formulas are from.

use crate::request::{Coefficient, Errors, Method, Request, Test};

/// Works behind a request, in the form author, year, journal, place.
pub fn works(request: &Request) -> Vec<&'static str> {
    const WILSON: &str = "Wilson E. B., 1927. J. Am. Stat. Assoc. 22(158), 209-212";
    const FISHER: &str = "Freeman G. H., Halton J. H., 1951. Biometrika 38, 141-149";
    const CRAMER: &str = "Cramér H., 1946. Mathematical Methods of Statistics";
    const FISHER_Z: &str = "Fisher R. A., 1921. Metron 1, 3-32";
    const HOLM: &str = "Holm S., 1979. Scand. J. Stat. 6, 65-70";
    const BH: &str = "Benjamini Y., Hochberg Y., 1995. J. R. Stat. Soc. B 57, 289-300";
    const KISH: &str = "Kish L., 1965. Survey Sampling";
    match request.method {
        Method::Describe => vec![
            "Joanes D. N., Gill C. A., 1998. The Statistician 47, 183-189",
            "Hyndman R. J., Fan Y., 1996. Am. Stat. 50, 361-365",
        ],
        Method::Frequency => vec![WILSON],
        Method::Crosstab => vec!["Pearson K., 1900. Phil. Mag. 50, 157-175", FISHER, CRAMER],
        Method::Correlate => {
            let own = match request.coefficient {
                Coefficient::Pearson => "Pearson K., 1895. Proc. R. Soc. Lond. 58, 240-242",
                Coefficient::Spearman => "Spearman C., 1904. Am. J. Psychol. 15, 72-101",
            };
            vec![own, FISHER_Z, HOLM, BH]
        }
        Method::Matrix => vec!["Higham N. J., 2002. IMA J. Numer. Anal. 22, 329-343"],
        Method::Alpha => vec![
            "Cronbach L. J., 1951. Psychometrika 16, 297-334",
            "Feldt L. S., 1965. Psychometrika 30, 357-370",
            "McDonald R. P., 1999. Test Theory",
        ],
        Method::Regress => {
            let own = match request.errors {
                Errors::Classical => "Gauss C. F., 1823. Theoria combinationis observationum",
                Errors::Hc1 => "Hinkley D. V., 1977. Technometrics 19, 285-292",
                Errors::Hc3 => "MacKinnon J. G., White H., 1985. J. Econometrics 29, 305-325",
            };
            vec![
                own,
                "Koenker R., 1981. J. Econometrics 17, 107-112",
                "Cook R. D., 1977. Technometrics 19, 15-18",
                "Durbin J., Watson G. S., 1950. Biometrika 37, 409-428",
            ]
        }
        Method::Logistic => vec!["Albert A., Anderson J. A., 1984. Biometrika 71, 1-10"],
        Method::Panel => vec!["Arellano M., 1987. Oxf. Bull. Econ. Stat. 49, 431-434"],
        Method::Compare => match request.test {
            Test::Welch => vec!["Welch B. L., 1947. Biometrika 34, 28-35"],
            Test::Paired | Test::OneSample => vec!["Student, 1908. Biometrika 6, 1-25"],
            Test::MannWhitney => vec!["Mann H. B., Whitney D. R., 1947. Ann. Math. Stat. 18, 50-60"],
            Test::KruskalWallis => vec!["Kruskal W. H., Wallis W. A., 1952. J. Am. Stat. Assoc. 47, 583-621"],
        },
        Method::Kappa => vec![
            "Cohen J., 1960. Educ. Psychol. Meas. 20, 37-46",
            "Fleiss J. L., Cohen J., Everitt B. S., 1969. Psychol. Bull. 72, 323-327",
        ],
        Method::Weights => vec!["Deming W. E., Stephan F. F., 1940. Ann. Math. Stat. 11, 427-444", KISH],
        Method::Quota => vec!["Hamilton's method of largest remainders", KISH],
        Method::DesignEffect => vec![KISH],
    }
}
