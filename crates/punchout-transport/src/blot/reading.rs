//! What the characters of a text may stand for.

use std::collections::{BTreeMap, BTreeSet};

/// A sign, and the place behind it.
type Sign = (char, usize);

/// A text with every sign that may begin at each of its characters: the
/// character itself, and what it begins to spell. Places count characters.
pub(super) struct Reading<'t> {
    text: &'t str,
    chars: Vec<char>,
    /// Where each character begins in the text, and where that ends.
    offsets: Vec<usize>,
    spelled: BTreeMap<usize, Vec<Sign>>,
    /// Where each sign may begin, in lower case.
    firsts: BTreeMap<char, Vec<usize>>,
    /// Behind spellings of what is neither letter nor digit.
    apart: BTreeSet<usize>,
}

/// So often is looked for spellings within what was found: UTF-8 in percent
/// signs is two of them, and another may be around it.
const PASSES: usize = 3;
/// More digits than any number has that is written for people.
const DIGITS: usize = 16;
/// What is left of a sign where the text was cut has at most so many characters.
const REST: usize = 24;

impl<'t> Reading<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let chars = text.chars().collect();
        let offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let mut reading = Self {
            text,
            chars,
            offsets,
            spelled: BTreeMap::new(),
            firsts: BTreeMap::new(),
            apart: BTreeSet::new(),
        };
        for _ in 0..PASSES {
            let found = reading.chars.iter().enumerate().filter(|(_, c)| begins(**c));
            let found = found.map(|(place, _)| (place, reading.spellings(place)));
            reading.spelled = found.filter(|(_, signs)| !signs.is_empty()).collect();
        }
        let signs = reading.spelled.values().flatten();
        reading.apart = signs.filter(|(sign, _)| !sign.is_alphanumeric()).map(|&(_, end)| end).collect();
        let mut firsts = BTreeMap::<char, Vec<usize>>::new();
        for place in 0..reading.len() {
            for (sign, _) in reading.signs(place) {
                let places = firsts.entry(folded(sign)).or_default();
                places.extend((places.last() != Some(&place)).then_some(place));
            }
        }
        reading.firsts = firsts;
        reading
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn char_at(&self, place: usize) -> Option<char> {
        self.chars.get(place).copied()
    }

    /// The place in the text, in bytes.
    pub(super) fn offset(&self, place: usize) -> usize {
        self.offsets.get(place).copied().unwrap_or(self.text.len())
    }

    /// All that may begin at a place.
    pub(super) fn signs(&self, place: usize) -> impl Iterator<Item = Sign> {
        let itself = self.char_at(place).map(|c| (c, place + 1));
        itself.into_iter().chain(self.spelled.get(&place).into_iter().flatten().copied())
    }

    /// Where a sign may begin, in letters of either case; by rising place.
    pub(super) fn places_of(&self, sign: char) -> &[usize] {
        self.firsts.get(&folded(sign)).map_or(&[], Vec::as_slice)
    }

    /// Where a letter outside of ASCII may end of which somebody had no more than
    /// its bytes: where each of them, or all, became `?` or U+FFFD, and where
    /// they were taken for Latin-1, of which the controls are shown as blanks or
    /// not at all.
    pub(super) fn spoiled(&self, place: usize, letter: char) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut end = place;
        for _ in 0..letter.len_utf8() {
            let Some(((), behind)) = self.next(end, |sign| matches!(sign, '?' | '\u{fffd}').then_some(()))
            else {
                break;
            };
            ends.push(behind);
            end = behind;
        }
        ends.extend(self.bytes(place, letter));
        ends
    }

    /// Where the bytes of a letter end that were taken for Latin-1.
    fn bytes(&self, mut place: usize, letter: char) -> Option<usize> {
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            let is_control = (0x80..0xa0).contains(&byte);
            let windows = WINDOWS.into_iter().find(|(_, known)| *known == byte).map(|(sign, _)| sign);
            let shown = [Some(char::from(byte)), windows].map(|sign| sign.map(folded));
            let is =
                |sign| (shown.contains(&Some(folded(sign))) || is_control && is_blank(sign)).then_some(());
            match self.next(place, is) {
                Some(((), behind)) => place = behind,
                None if is_control => {}
                None => return None,
            }
        }
        Some(place)
    }

    /// Whether no letter or digit ends or begins at these places.
    pub(super) fn starts_apart(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.char_at(before));
        before.is_none_or(|before| !before.is_alphanumeric()) || self.apart.contains(&place)
    }

    pub(super) fn ends_apart(&self, place: usize) -> bool {
        self.char_at(place).is_none_or(|after| !after.is_alphanumeric())
    }

    /// A place, and those behind each of the blanks that begin there: also of
    /// those that break a line of quoted-printable, or of a reply whose lines
    /// were joined. In an address `+` is one as well, in a word of a header `_`.
    pub(super) fn behind_blanks(&self, place: usize, spaced: bool) -> BTreeSet<usize> {
        let is = |place: usize, c| self.char_at(place) == Some(c);
        let mut reached = BTreeSet::from([place]);
        let mut next = Some(place);
        while let Some(place) = next {
            let broken = place + usize::from(is(place, '='));
            let broken = broken + usize::from(is(broken, ';'));
            let signs = self.signs(place).chain(self.signs(broken).filter(|_| broken > place));
            reached.extend(signs.filter(|(sign, _)| is_blank(*sign)).map(|(_, behind)| behind));
            reached.extend((spaced && (is(place, '+') || is(place, '_'))).then_some(place + 1));
            next = reached.range(place + 1..).next().copied();
        }
        reached
    }

    /// The `…` that a text breaks off with at a place, but for blanks, or within
    /// the sign there.
    pub(super) fn cut(&self, place: usize) -> Option<usize> {
        self.behind_blanks(place, false).into_iter().find_map(|place| {
            let rest = if self.char_at(place).is_some_and(begins) { REST } else { 1 };
            let rest = (place..place + rest).take_while(|&at| !self.char_at(at).is_some_and(is_blank));
            rest.into_iter().find(|&at| self.char_at(at) == Some('…'))
        })
    }

    /// What is spelled from here on, by the signs that are known so far.
    fn spellings(&self, place: usize) -> Vec<Sign> {
        let mut found = Vec::new();
        for (mark, behind) in self.signs(place) {
            match mark {
                '&' => self.references(behind, &mut found),
                // in addresses, and in quoted-printable; a byte at first
                '%' | '=' => {
                    found.extend(self.number(behind, 16, 2, 2).and_then(sign));
                    if mark == '%' {
                        found.extend(self.behind(behind, 'u').filter_map(|digits| self.utf16(digits, '%')));
                    }
                }
                '\\' => self.escapes(behind, &mut found),
                _ => found.extend(self.utf8(mark, behind)),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// References of XML and HTML, of which some are written without the `;`.
    fn references(&self, place: usize, found: &mut Vec<Sign>) {
        let mut ended = |(sign, end): Sign| {
            found.push((sign, end));
            found.extend(self.behind(end, ';').map(|end| (sign, end)));
        };
        for digits in self.behind(place, '#') {
            self.number(digits, 10, 1, DIGITS).and_then(sign).into_iter().for_each(&mut ended);
            for digits in self.behind(digits, 'x') {
                self.number(digits, 16, 1, DIGITS).and_then(sign).into_iter().for_each(&mut ended);
            }
        }
        let mut name = String::new();
        let mut end = place;
        while let Some((letter, behind)) = self.next(end, |sign| sign.is_ascii_alphanumeric().then_some(sign))
            && name.len() < LONGEST
        {
            name.push(letter);
            end = behind;
            if let Some(sign) = named(&name) {
                ended((sign, end));
            }
        }
    }

    /// What follows a `\` in JSON and its kin, in C and in a shell.
    fn escapes(&self, place: usize, found: &mut Vec<Sign>) {
        let octal = self.number(place, 8, 3, 3).filter(|(number, _)| *number < 0x100);
        found.extend(octal.and_then(sign));
        for (letter, behind) in self.signs(place) {
            match letter.to_ascii_lowercase() {
                'n' => found.push(('\n', behind)),
                'r' => found.push(('\r', behind)),
                't' => found.push(('\t', behind)),
                'b' | 'f' | '0' => found.push(('\0', behind)),
                'x' => found.extend(self.number(behind, 16, 2, 2).and_then(sign)),
                'u' => {
                    found.extend(self.utf16(behind, '\\'));
                    let inside = self.behind(behind, '{').filter_map(|start| self.number(start, 16, 1, 6));
                    for (number, end) in inside {
                        found.extend(self.behind(end, '}').filter_map(|end| sign((number, end))));
                    }
                }
                ' ' | '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => found.push((letter, behind)),
                _ => {}
            }
        }
    }

    /// Four digits, or twice as many with a mark between them.
    fn utf16(&self, place: usize, mark: char) -> Option<Sign> {
        let (high, end) = self.number(place, 16, 4, 4)?;
        if !(0xd800..0xdc00).contains(&high) {
            return sign((high, end));
        }
        let mut marks = self.behind(end, mark).flat_map(|mark| self.behind(mark, 'u'));
        let (low, end) = marks.find_map(|mark| self.number(mark, 16, 4, 4))?;
        let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        sign((0x1_0000 + ((high - 0xd800) << 10) + low, end))
    }

    /// One character from bytes that were each taken for one.
    fn utf8(&self, lead: char, place: usize) -> Option<Sign> {
        let width = match lead {
            '\u{c2}'..='\u{df}' => 2,
            '\u{e0}'..='\u{ef}' => 3,
            _ => 4,
        };
        let mut bytes = vec![u8::try_from(lead).ok()?];
        let mut end = place;
        while bytes.len() < width {
            let follows = |sign| byte_of(sign).filter(|byte| (0x80..0xc0).contains(byte));
            let (byte, behind) = self.next(end, follows)?;
            bytes.push(byte);
            end = behind;
        }
        Some((std::str::from_utf8(&bytes).ok()?.chars().next()?, end))
    }

    /// The places behind this sign, in either case.
    fn behind(&self, place: usize, wanted: char) -> impl Iterator<Item = usize> {
        self.signs(place).filter(move |(sign, _)| sign.eq_ignore_ascii_case(&wanted)).map(|(_, end)| end)
    }

    /// What the signs at a place are, of which one alone is anything, and the
    /// last place behind it.
    fn next<T>(&self, place: usize, is: impl Fn(char) -> Option<T>) -> Option<(T, usize)> {
        self.signs(place).filter_map(|(sign, end)| Some((is(sign)?, end))).max_by_key(|(_, end)| *end)
    }

    /// A number of so many digits, and the place behind it.
    fn number(&self, place: usize, radix: u32, least: usize, most: usize) -> Option<(u32, usize)> {
        let (mut number, mut end, mut digits) = (0_u32, place, 0);
        while digits < most
            && let Some((digit, behind)) = self.next(end, |sign| sign.to_digit(radix))
        {
            number = number.saturating_mul(radix).saturating_add(digit);
            (end, digits) = (behind, digits + 1);
        }
        (digits >= least).then_some((number, end))
    }
}

/// The byte that a sign was in Latin-1, or in what Windows takes for it.
fn byte_of(sign: char) -> Option<u8> {
    u8::try_from(sign)
        .ok()
        .or_else(|| WINDOWS.into_iter().find(|(known, _)| *known == sign).map(|(_, byte)| byte))
}

/// What Windows-1252 has in place of controls.
const WINDOWS: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8a),
    ('‹', 0x8b),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9a),
    ('›', 0x9b),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// One case for all letters that have two.
pub(super) fn folded(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// Whether a character may begin a spelling.
fn begins(c: char) -> bool {
    matches!(c, '&' | '%' | '=' | '\\' | '\u{c2}'..='\u{f4}')
}

/// Whether it only separates; control characters are shown as blanks.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn sign((number, end): (u32, usize)) -> Option<Sign> {
    Some((char::from_u32(number)?, end))
}

/// The names that HTML has for the characters from U+00A0 to `ß`. Behind that
/// the same letters follow in lower case, which is left to whoever compares.
const LATIN: [&str; 64] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "agrave", "aacute", "acirc",
    "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute",
    "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "times", "oslash",
    "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "szlig",
];
/// The others that are of use: those of XML, and what HTML 5 has for signs of
/// ASCII and besides for those of Latin-1.
const OTHERS: [(&str, char); 60] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("divide", '÷'),
    ("yuml", 'ÿ'),
    ("euro", '€'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("hyphen", '\u{2010}'),
    ("dash", '\u{2010}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("die", '¨'),
    ("Dot", '¨'),
    ("DoubleDot", '¨'),
    ("circledR", '®'),
    ("strns", '¯'),
    ("pm", '±'),
    ("PlusMinus", '±'),
    ("DiacriticalAcute", '´'),
    ("centerdot", '·'),
    ("Cedilla", '¸'),
    ("half", '½'),
    ("angst", 'Å'),
    ("div", '÷'),
];
/// The length of the longest name.
const LONGEST: usize = 16;

/// What a name stands for, if for a letter in either case.
fn named(name: &str) -> Option<char> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    let other = OTHERS.into_iter().find(|(known, _)| is(known)).map(|(_, sign)| sign);
    other.or_else(|| {
        let number = LATIN.into_iter().position(is)?;
        char::from_u32(0xa0 + u32::try_from(number).ok()?)
    })
}
