/// Whether XML 1.0 has no way to say this character.
pub(crate) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The white space of XML, which is less than Unicode's.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// What there is to know about a text before it is taken apart.
#[derive(Clone, Copy, Default)]
pub(crate) struct Survey {
    /// The first byte of the first forbidden character.
    pub(super) forbidden: Option<usize>,
    /// Whether it has carriage returns, before that character at least.
    pub(super) has_returns: bool,
}

impl Survey {
    /// Adds what is seen in a piece that begins at this byte.
    pub(super) fn add(&mut self, piece: &str, start: usize) {
        if self.forbidden.is_none() {
            let seen = survey(piece);
            self.forbidden = seen.forbidden.map(|at| start + at);
            self.has_returns |= seen.has_returns;
        }
    }
}

/// Looks through a text once.
#[expect(clippy::needless_bitwise_bool, reason = "a branch for each byte is what has to be left out")]
pub(super) fn survey(text: &str) -> Survey {
    // Whole blocks without a branch in between: a compiler makes wide
    // instructions of that.
    let is_odd = |any: bool, &b: &u8| any | ((b < b' ') & (b != b'\n')) | (b == 0xEF);
    let mut has_returns = false;
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    let blocks = blocks.iter().map(|block| (block.as_slice(), block.iter().fold(false, is_odd)));
    for (block, (bytes, odd)) in blocks.chain([(rest, true)]).enumerate() {
        if !odd {
            continue;
        }
        has_returns |= bytes.iter().fold(false, |any, &b| any | (b == b'\r'));
        let is_suspect = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0xEF;
        for (at, _) in bytes.iter().enumerate().filter(|&(_, &b)| is_suspect(b)) {
            let at = block * BLOCK + at;
            if text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_forbidden) {
                return Survey { forbidden: Some(at), has_returns };
            }
        }
    }
    Survey { forbidden: None, has_returns }
}

/// Whether a text can be written as it is, in an element or an attribute.
pub(crate) fn is_plain(text: &str) -> bool {
    // Without a branch in between: most texts are short, and plain.
    !text.bytes().fold(Class(0), |all, byte| all.with(class(byte))).is(Class::ESCAPED)
}

const BLOCK: usize = 64;

/// What a byte may be, seen alone.
#[derive(Clone, Copy)]
pub(super) struct Class(u8);

impl Class {
    pub(super) const SPACE: Self = Self(1);
    /// May be a part of a name; what belongs to a character of several bytes
    /// has to be looked at again.
    pub(super) const NAME: Self = Self(2);
    pub(super) const STARTS_NAME: Self = Self(4);
    /// Belongs to a character of several bytes.
    pub(super) const WIDE: Self = Self(8);
    /// May have to be written in another way.
    const ESCAPED: Self = Self(16);
    /// Has a meaning in a DOCTYPE.
    pub(super) const IN_DOCTYPE: Self = Self(32);

    const fn of(byte: u8) -> Self {
        let mut class = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => Self::SPACE,
            b'a'..=b'z' | b'A'..=b'Z' | b':' | b'_' => Self::NAME.with(Self::STARTS_NAME),
            b'0'..=b'9' | b'-' | b'.' => Self::NAME,
            0x80.. => Self::NAME.with(Self::WIDE),
            _ => Self(0),
        };
        // U+FFFE and U+FFFF begin with 0xEF.
        if matches!(byte, b'<' | b'>' | b'&' | b'"' | ..b' ' | 0xEF) {
            class = class.with(Self::ESCAPED);
        }
        if matches!(byte, b'<' | b'>' | b'[' | b']' | b'"' | b'\'') {
            class = class.with(Self::IN_DOCTYPE);
        }
        class
    }

    #[inline]
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[expect(clippy::indexing_slicing, reason = "it runs when the crate is compiled")]
static CLASSES: [Class; 256] = {
    let mut classes = [Class(0); 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = Class::of(byte);
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// What this byte may be.
#[inline]
#[expect(clippy::indexing_slicing, reason = "there are as many classes as bytes")]
pub(super) fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Whether it is a name of XML 1.0, fifth edition.
pub(crate) fn is_name(name: &str) -> bool {
    let usual = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.');
    let starts = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b':' | b'_');
    if name.as_bytes().first().is_some_and(starts) && name.bytes().all(|b| usual(&b)) {
        return true;
    }
    let mut chars = name.chars();
    chars.next().is_some_and(starts_name) && chars.all(is_name_char)
}

fn starts_name(c: char) -> bool {
    matches!(c,
        ':' | '_' | 'A'..='Z' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Whether a name may have this character after its first.
pub(crate) fn is_name_char(c: char) -> bool {
    starts_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// What a reference means: `amp` of `&amp;`, `#x20AC` of `&#x20AC;`.
pub(crate) fn resolve(name: &str) -> Option<char> {
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
            if !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            char::from_u32(u32::from_str_radix(digits, radix).ok()?)?
        }
    };
    (!is_forbidden(c)).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names() {
        for name in ["cXML", "ds:Signature", "_a-1.b", "Größe"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", "a b", "a,b", "{x}", "\u{37e}"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn resolves_five_names_and_numbers() {
        assert_eq!(resolve("amp"), Some('&'));
        assert_eq!(resolve("#8364"), Some('€'));
        assert_eq!(resolve("#x20aC"), Some('€'));
        for name in ["", "#", "#x", "nbsp", "#0", "#1", "#xD800", "#xFFFE", "#+65", "#X41", "#99999999999"] {
            assert_eq!(resolve(name), None, "{name}");
        }
    }

    #[test]
    fn finds_what_is_forbidden() {
        let find = |text: &str| survey(text).forbidden;
        assert_eq!(find("a\tb\r\n\u{fffd}\u{feff}é"), None);
        assert_eq!(find("a\u{feff}\u{c}"), Some(4));
        assert_eq!(find("é\u{ffff}"), Some(2));
        assert!(survey(&format!("{}\r", " ".repeat(200))).has_returns);
        assert!(!survey(&" \n\t".repeat(200)).has_returns);
    }
}
