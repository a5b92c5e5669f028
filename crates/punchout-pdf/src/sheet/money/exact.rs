//! Sums, products and quotients that are right to the last coin.
//!
//! A [`Decimal`] has 28 digits, and rounds silently what needs more of them.

use rust_decimal::Decimal;

/// So many decimals are far behind the last one of any coin. What is lost
/// there changes no amount.
const FAR: u32 = 8;

pub(super) fn plus(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    let scale = [a, b, sum].map(|it| it.normalize().scale()).into_iter().max()?;
    let [a, b, exact] = [a, b, sum].map(|it| at(it, scale));
    kept(sum, exact.is_some() && exact == a.zip(b).and_then(|(a, b)| a.checked_add(b)))
}

pub(super) fn minus(a: Decimal, b: Decimal) -> Option<Decimal> {
    plus(a, -b)
}

pub(super) fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    let product = a.checked_mul(b)?;
    kept(product, is_product(product, a, b))
}

pub(super) fn over(a: Decimal, b: Decimal) -> Option<Decimal> {
    let quotient = a.checked_div(b)?;
    kept(quotient, is_product(a, quotient, b))
}

fn is_product(product: Decimal, a: Decimal, b: Decimal) -> bool {
    let [a, b] = [a, b].map(|it| it.normalize());
    let exact = a.mantissa().checked_mul(b.mantissa());
    exact.is_some() && exact == at(product, a.scale() + b.scale())
}

/// How many units of a scale a value is; nothing if it is no whole number.
fn at(value: Decimal, scale: u32) -> Option<i128> {
    let value = value.normalize();
    let factor = 10_i128.checked_pow(scale.checked_sub(value.scale())?)?;
    value.mantissa().checked_mul(factor)
}

/// A result that is exact, or rounded where no coin is. One that is rounded to
/// few decimals may be half a coin, or whole ones, that it is not.
fn kept(value: Decimal, is_exact: bool) -> Option<Decimal> {
    (is_exact || value.normalize().scale() >= FAR).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(of: fn(Decimal, Decimal) -> Option<Decimal>, a: &str, b: &str) -> String {
        let [a, b] = [a, b].map(|text| Decimal::from_str_exact(text).unwrap());
        of(a, b).map_or_else(|| "–".to_owned(), |it| it.normalize().to_string())
    }

    #[test]
    fn what_is_not_right_is_not_told() {
        const MOST: &str = "79228162514264337593543950335";
        const LEAST: &str = "0.0000000000000000000000000001";
        for (a, b, sum) in [
            ("0.1", "0.2", "0.3"),
            ("1.50", "-1.5", "0"),
            (MOST, "0", MOST),
            (MOST, "0.00", MOST),
            (MOST, "0.01", "–"),
            (MOST, "1", "–"),
            ("9999999999999999999999999999", LEAST, "–"),
            ("792281625142643375935439503.35", "-0.35", "792281625142643375935439503"),
        ] {
            assert_eq!(shown(plus, a, b), sum, "{a} + {b}");
        }
        for (a, b, product) in [
            ("3", "0.10", "0.3"),
            (MOST, "1.00", MOST),
            (MOST, "0.1", "7922816251426433759354395033.5"),
            (MOST, "1.1", "–"),
            ("0.3333333333333333333333333333", "3.5", "1.1666666666666666666666666666"),
            (LEAST, "0.5", "–"),
            ("123456789012345678901234.5678", "1.0001", "–"),
            // half a coin but for the very last digit
            (
                "0.0049999999999999999999999999",
                "0.9999999999999999999999999999",
                "0.0049999999999999999999999999",
            ),
            ("10000000000000000000000000.005", "0.9999999999999999999999999999", "–"),
        ] {
            assert_eq!(shown(times, a, b), product, "{a} × {b}");
        }
        for (a, b, quotient) in [
            ("1", "4", "0.25"),
            ("1", "0", "–"),
            ("10", "3", "3.3333333333333333333333333333"),
            ("10000000000000000000000000000", "3", "–"),
            ("10000000000000000000000000000", "4", "2500000000000000000000000000"),
        ] {
            assert_eq!(shown(over, a, b), quotient, "{a} ÷ {b}");
        }
    }
}
