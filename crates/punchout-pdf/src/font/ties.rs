//! Words that a reader wants on one line.

/// How much two words that follow each other belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// A number and what is done to it, such as `3 ×`: it may be cut before the
    /// sign if all does not fit.
    Loose,
    /// A sign and its number, or a number and its unit, such as `≤ 0,5 mm`.
    Tight,
}

impl Tie {
    pub(crate) fn between(before: &str, after: &str) -> Option<Self> {
        let is_behind_number = before.ends_with(|c: char| c.is_ascii_digit());
        let is_number = is_number(after);
        if is_number && is_sign(before) || is_behind_number && is_unit(after) && !is_sign(after) {
            return Some(Self::Tight);
        }
        let is_loose = is_behind_number && is_operator(after)
            // `1 000 kg` with a plain blank: a group of thousands stays with the number
            || is_behind_number && is_number && is_group(before, after);
        is_loose.then_some(Self::Loose)
    }
}

/// `0,5`, `−3`, `±2`, `.25`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+', '−', '±', '.', ',']).unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// What says something of the number behind it; a bracket or a quote may stand
/// before it.
fn is_sign(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[', '"', '„', '“', '«']);
    is_operator(word)
        || matches!(word, "≤" | "≥" | "<" | ">" | "≈" | "~" | "≠" | "+" | "−" | "Ø" | "ø" | "⌀" | "∅")
        || matches!(word, "§" | "№" | "#" | "∆" | "Δ" | "<=" | ">=" | "+/-" | "ca." | "max." | "min.")
        || matches!(word, "Nr." | "nr." | "No." | "no." | "N°" | "n°" | "Nº" | "nº" | "Pos." | "Art." | "DIN")
}

fn is_operator(word: &str) -> bool {
    matches!(word, "×" | "x" | "X" | "±" | "*" | "=" | "÷" | ":")
}

/// Three letters at most, or a quotient such as `N/mm²`; a sentence may end
/// behind it.
fn is_unit(word: &str) -> bool {
    if !word.starts_with(|c: char| {
        c.is_alphabetic() || matches!(c, '°' | '℃' | '℉' | '%' | '‰' | '€' | '″' | '′' | '"')
    }) {
        return false;
    }
    let word = word.trim_end_matches(['.', ',', ';', ':', ')', ']']);
    let most = if word.contains(['/', '·']) { 6 } else { 3 };
    word.chars().nth(most).is_none()
}

/// Three digits behind at most three, or behind other such groups.
fn is_group(before: &str, after: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = after.split([',', '.']).next().unwrap_or_default();
    (1..=3).contains(&before.len()) && is_digits(before) && whole.len() == 3 && is_digits(whole)
}

#[cfg(test)]
mod tests {
    use super::Tie;

    #[test]
    fn signs_and_units_belong_to_their_numbers() {
        for (before, after, tie) in [
            ("≤", "0,5", Some(Tie::Tight)),
            ("(≥", "−5", Some(Tie::Tight)),
            ("Ø", "12", Some(Tie::Tight)),
            ("±", "2", Some(Tie::Tight)),
            ("×", "4", Some(Tie::Tight)),
            ("Nr.", "5", Some(Tie::Tight)),
            ("0,5", "mm", Some(Tie::Tight)),
            ("0,5", "mm²),", Some(Tie::Tight)),
            ("800", "N/mm²", Some(Tie::Tight)),
            ("20", "°C.", Some(Tie::Tight)),
            ("120", "℃", Some(Tie::Tight)),
            ("3", "×", Some(Tie::Loose)),
            ("M8", "×", Some(Tie::Loose)),
            ("12", "500,00", Some(Tie::Loose)),
            ("12", "50", None),
            ("2026", "500", None),
            ("Ø", "innen", None),
            ("25", "more", None),
            ("5", "Nr.", None),
            ("3", "x", Some(Tie::Loose)),
            ("mm", "4", None),
            ("–", "4", None),
            ("×", "vier", None),
        ] {
            assert_eq!(Tie::between(before, after), tie, "{before} {after}");
        }
    }
}
