//! Breaking lines of plain text, where every character has its column.

use crate::font::Tie;

/// Breaks a text into lines of at most `width` columns, the first of which
/// begins at column `first` and all others at `hang`.
///
/// They are broken at blanks, but not between a number and its sign or unit. A
/// word that is wider than a line has one of its own: broken, it could not be
/// copied. In scripts that are written without blanks it is broken anywhere.
pub(super) fn fold(text: &str, first: usize, hang: usize, width: usize) -> Vec<String> {
    let mut lines = vec![" ".repeat(first)];
    let (mut used, mut is_bare) = (first, true);
    for (gap, piece) in pieces(text, width.saturating_sub(hang)) {
        let wide = columns(&piece);
        if used + gap + wide > width && !is_bare {
            lines.push(" ".repeat(hang));
            (used, is_bare) = (hang, true);
        }
        let gap = if is_bare { 0 } else { gap };
        if let Some(line) = lines.last_mut() {
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(&piece);
        }
        used += gap + wide;
        is_bare = false;
    }
    lines
}

/// What is not broken, and how many blanks stand before it.
fn pieces(text: &str, room: usize) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut gap = 0;
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push((gap, word));
            gap = 0;
        }
        gap += 1;
    }
    let mut pieces = Vec::new();
    let mut rest = &*words;
    while !rest.is_empty() {
        // as many as belong together, or at least those that do so tightly
        let bound = |least: Tie| {
            let ties = rest.windows(2).take_while(|pair| match pair {
                [(_, before), (1, after)] => Tie::between(before, after) >= Some(least),
                _ => false,
            });
            let count = ties.count() + 1;
            let words: Vec<_> = rest.iter().take(count).map(|(_, word)| *word).collect();
            Some((count, words.join(" "))).filter(|(_, piece)| columns(piece) <= room)
        };
        let (count, piece) = bound(Tie::Loose)
            .or_else(|| bound(Tie::Tight))
            .unwrap_or_else(|| (1, rest.first().map_or_else(String::new, |(_, word)| (*word).to_owned())));
        let gap = rest.first().map_or(0, |(gap, _)| *gap);
        if columns(&piece) > room && piece.chars().any(|c| column(c) == 2) {
            pieces.extend(
                characters(&piece)
                    .into_iter()
                    .enumerate()
                    .map(|(n, part)| (if n == 0 { gap } else { 0 }, part)),
            );
        } else {
            pieces.push((gap, piece));
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    pieces
}

/// Parts a word before and behind every wide character.
fn characters(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = 2;
    for c in word.chars() {
        match (column(c), parts.last_mut()) {
            (0, Some(part)) => part.push(c),
            (1, Some(part)) if before == 1 => part.push(c),
            (wide, _) => {
                parts.push(c.to_string());
                before = wide;
            }
        }
    }
    parts
}

/// How many columns of a terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// By the blocks of Unicode: marks and what cannot be seen take none, East Asian
/// characters and pictures two.
fn column(c: char) -> usize {
    match c {
        '\u{AD}'
        | '\u{300}'..='\u{36F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{FEFF}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F6FF}'
        | '\u{1F900}'..='\u{1F9FF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{columns, fold};

    #[test]
    fn lines_hang_below_their_first() {
        assert_eq!(
            fold("Comments: ring twice at the gate", 2, 4, 20),
            ["  Comments: ring", "    twice at the", "    gate"]
        );
        assert_eq!(fold("", 2, 4, 20), ["  "]);
    }

    #[test]
    fn numbers_and_words_stay_whole() {
        assert_eq!(fold("a thread of M8 × 40 mm", 0, 2, 20), ["a thread of", "  M8 × 40 mm"]);
        assert_eq!(
            fold("from 12\u{A0}500,00 EUR on", 0, 0, 17),
            ["from", "12\u{A0}500,00 EUR on"].map(|line| line)
        );
        let long = "x".repeat(40);
        assert_eq!(
            fold(&format!("see {long} there"), 0, 2, 20),
            ["see".to_owned(), format!("  {long}"), "  there".into()]
        );
        // tied words that are too wide together
        assert_eq!(fold("1 × 2 × 3 × 4 × 5 × 6 × 7", 0, 0, 20).join(" "), "1 × 2 × 3 × 4 × 5 × 6 × 7");
    }

    #[test]
    fn gaps_stay_within_a_line() {
        assert_eq!(
            fold("Line 1  A-4711  Screws, zinc", 0, 16, 24),
            ["Line 1  A-4711  Screws,", "                zinc"]
        );
    }

    #[test]
    fn scripts_without_blanks_are_broken() {
        let lines = fold("六角ボルトM8ステンレス鋼", 0, 0, 12);
        assert_eq!(lines, ["六角ボルトM8", "ステンレス鋼"]);
        assert!(lines.iter().all(|line| columns(line) <= 12));
        assert_eq!(columns("e\u{301}a"), 2);
    }
}
