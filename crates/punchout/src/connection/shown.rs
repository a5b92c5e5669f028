//! Values that are shown to people, unless they look like a secret.
//!
//! A key wants a host, a path or a name, and somebody writes a whole address
//! with its password there, or the private key itself. So everything that is
//! shown of a description goes through here.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

/// Whether it holds a password in front of a host, or is a key.
pub(super) fn is_like_a_secret(text: &str) -> bool {
    let is_user_info = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let user = word.rsplit_once("//").map_or(word, |(_, user)| user);
        user.contains(':') || word.contains("://")
    };
    text.contains("-----BEGIN")
        || text.contains("PRIVATE KEY")
        || text.contains(char::is_control)
        || text.match_indices('@').any(|(at, _)| is_user_info(at))
}

/// The path, or asterisks.
pub(super) fn path(path: &Path) -> Cow<'_, str> {
    match path.to_string_lossy() {
        shown if is_like_a_secret(&shown) => "***".into(),
        shown => shown,
    }
}

/// A value by its own `Debug`, with asterisks for each text that is like a
/// secret.
pub(super) struct Shown<'a, T: ?Sized>(pub(super) &'a T);

impl<T: fmt::Debug + ?Sized> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = if f.alternate() { format!("{:#?}", self.0) } else { format!("{:?}", self.0) };
        let mut rest = &*all;
        while let Some((before, inside)) = rest.split_once('"') {
            let end = end_of_text(inside);
            let (quoted, after) = inside.split_at(end);
            // escaped, a control character is a backslash and a letter
            let is_hidden = is_like_a_secret(quoted) || quoted.contains("\\n");
            write!(f, "{before}\"{}\"", if is_hidden { "***" } else { quoted })?;
            rest = after.strip_prefix('"').unwrap_or(after);
        }
        f.write_str(rest)
    }
}

/// Where the quotation mark is that is not escaped.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(text.len())
}

/// `Debug` that shows each field through [`Shown`]. A field that is left out
/// does not compile.
macro_rules! debug {
    ($type:ident: $($field:ident),+) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let Self { $($field),+ } = self;
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($field), &$crate::connection::shown::Shown($field)))+
                    .finish()
            }
        }
    };
}
pub(super) use debug;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_look_like_this() {
        for text in [
            "https://u:hunter2@a/",
            "https://hunter2@a/",
            "u:hunter2@a",
            "smtp://u:p@x@a",
            "-----BEGIN PRIVATE KEY hunter2",
            "x\ny",
        ] {
            assert!(is_like_a_secret(text), "{text}");
            let shown = format!("{:?} {:#?}", Shown(&[text]), Shown(&Some(text)));
            assert_eq!(shown, "[\"***\"] Some(\n    \"***\",\n)");
        }
        for text in [
            "shop.example",
            "/srv/a@b/c:d",
            "Orders: Delft <a@b.example>",
            "C:\\keys\\id",
            "https://a/b",
            "::1",
        ] {
            assert!(!is_like_a_secret(text), "{text}");
            assert_eq!(format!("{:?}", Shown(text)), format!("{text:?}"));
        }
        assert_eq!(format!("{:?}", Shown(&["a\"b", "u:p@h", "\\"])), r#"["a\"b", "***", "\\"]"#);
    }
}
