//! Signs of office texts that typefaces lack, by what they mean.

use std::borrow::Cow;

pub(crate) const HYPHEN: char = '-';
/// Word's hyphen that does not break: lines hold it until they are broken.
pub(crate) const NO_BREAK_HYPHEN: char = '\u{2011}';

/// What says the same as a character, if it can be said with others. `before`
/// and `after` stand next to it.
pub(crate) fn meaning(c: char, before: Option<char>, after: Option<char>) -> Option<Cow<'static, str>> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| matches!(c, '0'..='9' | '０'..='９'));
    let said = match c {
        NO_BREAK_HYPHEN => "\u{2011}",
        '\u{2010}' | '\u{2043}' | '﹣' | '−' => "-",
        '‒' | '―' => "–",
        '․' => ".",
        '‥' => "..",
        '⋯' => "…",
        '‧' | '⋅' | '∙' => "·",
        '‣' | '◆' | '◾' | '⬤' | '❖' | '\u{F0B7}' => "•",
        '▶' | '➢' | '➤' | '\u{F0D8}' => "►",
        '◼' | '\u{F0A7}' => "▪",
        '☐' | '◻' => "□",
        '☑' | '☒' => "[x]",
        '✓' | '✔' | '\u{F0FC}' => "√",
        '★' | '☆' | '∗' | '⁎' => "*",
        '⇒' | '➔' | '➜' | '➝' | '➞' | '➡' | '⟶' | '\u{F0E0}' => "→",
        '⇐' | '⟵' => "←",
        '⇔' => "↔",
        '⁇' => "??",
        '⁈' | '‽' => "?!",
        '⁉' => "!?",
        '⁓' | '∼' => "~",
        '∅' | '⌀' => "Ø",
        '∓' => "-/+",
        '∶' => ":",
        '∖' => "\\",
        '≃' | '≅' => "≈",
        '≦' | '⩽' => "≤",
        '≧' | '⩾' => "≥",
        '≪' => "<<",
        '≫' => ">>",
        '∥' => "||",
        '℀' => "a/c",
        '℁' => "a/s",
        '℃' => "°C",
        '℆' => "c/u",
        '℉' => "°F",
        '℠' => "SM",
        '℡' => "Tel.",
        'ℹ' => "i",
        '₪' => "ILS",
        '₸' => "KZT",
        '₼' => "AZN",
        '₽' => "RUB",
        '₾' => "GEL",
        '₿' => "BTC",
        // `10⁻³`, whose digits typefaces have
        '⁺' => "^+",
        '⁻' => "^-",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '⅐' | '⅑' | '⅒' | '⅓' | '⅔' | '⅕' | '⅖' | '⅗' | '⅘' | '⅙' | '⅚' | '⅛' | '⅜' | '⅝' | '⅞' =>
        {
            let said = fraction(c)?;
            // one and a third is no 11/3
            return Some(if is_digit(before) { format!("\u{A0}{said}").into() } else { said.into() });
        }
        // H₂O; but log₂8 is no log28
        '₀'..='₉' if !is_digit(after) && !is_digit(before) => {
            return shifted(c, '₀', '0').map(|c| c.to_string().into());
        }
        'Ⅰ'..='Ⅻ' => nth(&ROMAN, c, 'Ⅰ')?,
        'ⅰ'..='ⅻ' => return nth(&ROMAN, c, 'ⅰ').map(|said| said.to_lowercase().into()),
        '①'..='⑳' => return Some(numbered(c, '①')),
        '⑴'..='⒇' => return Some(numbered(c, '⑴')),
        '❶'..='❿' => return Some(numbered(c, '❶')),
        '！'..='～' => return shifted(c, '！', '!').map(|c| c.to_string().into()),
        _ => return None,
    };
    Some(said.into())
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

fn nth(names: &[&'static str], c: char, first: char) -> Option<&'static str> {
    names.get((u32::from(c) - u32::from(first)) as usize).copied()
}

fn shifted(c: char, from: char, to: char) -> Option<char> {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to))
}

fn numbered(c: char, one: char) -> Cow<'static, str> {
    format!("({})", u32::from(c) - u32::from(one) + 1).into()
}

fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '⅐' => "1/7",
        '⅑' => "1/9",
        '⅒' => "1/10",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn signs_are_said_by_what_they_mean() {
        for (c, said) in [
            ('\u{2010}', "-"),
            ('\u{2011}', "\u{2011}"),
            ('℃', "°C"),
            ('⌀', "Ø"),
            ('₽', "RUB"),
            ('⅖', "2/5"),
            ('₂', "2"),
            ('Ⅰ', "I"),
            ('Ⅻ', "XII"),
            ('ⅳ', "iv"),
            ('①', "(1)"),
            ('⑳', "(20)"),
            ('❿', "(10)"),
            ('Ａ', "A"),
            ('～', "~"),
        ] {
            assert_eq!(meaning(c, None, None).as_deref(), Some(said), "{c}");
        }
        assert_eq!(meaning('中', None, None), None);
    }

    /// What stands beside them must not make another number of it.
    #[test]
    fn no_number_becomes_another() {
        assert_eq!(meaning('⅕', Some('3'), None).as_deref(), Some("\u{A0}1/5"));
        assert_eq!(meaning('₂', Some('g'), Some('8')), None);
        assert_eq!(meaning('₂', Some('1'), None), None);
        assert_eq!(meaning('₂', Some('₁'), Some('H')).as_deref(), Some("2"));
        // nor with the digits that are drawn high
        assert_eq!(meaning('⁻', Some('0'), Some('³')).as_deref(), Some("^-"));
    }
}
