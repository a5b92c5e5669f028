//! The return address. It is opaque; this looks only at how it was sent.

/// What kind of address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Https,
    Http,
    /// `SAPEVENT:POST`: the SAP GUI catches the form.
    SapEvent,
    /// No address that a form could go to.
    Other,
}

pub(crate) fn scheme(hook_url: &str) -> Scheme {
    let starts = |prefix: &str| {
        hook_url.trim().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if starts("https://") {
        Scheme::Https
    } else if starts("http://") {
        Scheme::Http
    } else if starts("sapevent:") {
        Scheme::SapEvent
    } else {
        Scheme::Other
    }
}

/// Whether a value as it was sent is an address with a query, not encoded.
///
/// Only then may an `&` after it belong to it. Some encoders leave `:`, `/`
/// and `?` as they are but encode `=` or `&`; theirs is encoded well enough.
pub(super) fn has_bare_query(raw: &[u8]) -> bool {
    let Some(scheme) = memchr::memmem::find(raw, b"://") else { return false };
    let rest = raw.get(scheme..).unwrap_or_default();
    let Some(mark) = memchr::memchr(b'?', rest) else { return false };
    let query = rest.get(mark..).unwrap_or_default();
    let has_escape = |digits: &[u8]| {
        query.windows(3).any(|three| matches!(three, [b'%', tail @ ..] if tail.eq_ignore_ascii_case(digits)))
    };
    !has_escape(b"26") && (query.contains(&b'=') || !has_escape(b"3D"))
}

/// An address for messages: without user-info and query.
pub(super) fn shown(address: &str) -> String {
    let (path, query) = match address.find(['?', '#']) {
        Some(at) => address.split_at(at),
        None => (address, ""),
    };
    let mark = query.get(..1).unwrap_or_default();
    let rest = if query.len() > 1 { "…" } else { "" };
    let (scheme, host) = match path.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            (format!("{scheme}://"), format!("{host}{path}"))
        }
        None => (String::new(), path.to_owned()),
    };
    format!("{scheme}{host}{mark}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        for (address, want) in [
            ("https://x", Scheme::Https),
            (" HTTP://x", Scheme::Http),
            ("sapevent:POST", Scheme::SapEvent),
            ("SAPEVENT:POST", Scheme::SapEvent),
            ("javascript:alert(1)", Scheme::Other),
            ("//x/y", Scheme::Other),
            ("é", Scheme::Other),
        ] {
            assert_eq!(scheme(address), want, "{address}");
        }
    }

    #[test]
    fn bare_queries() {
        for (raw, bare) in [
            ("https://x/y?a=1", true),
            ("https://x/y?abc", true),
            ("https://x/y?back=https%3A%2F%2Fz%3Fa%3D1", true),
            ("https%3A%2F%2Fx%2Fy%3Fa%3D1", false),
            ("https://x/y?a%3D1%26b%3D2", false),
            ("https://x/y?a=1%26b=2", false),
            ("https://x/y", false),
            ("sapevent:POST", false),
            ("?://", false),
        ] {
            assert_eq!(has_bare_query(raw.as_bytes()), bare, "{raw}");
        }
    }

    #[test]
    fn shown_without_what_is_private() {
        assert_eq!(shown("https://u:p@x.example/a@b?c=d#e"), "https://x.example/a@b?…");
        assert_eq!(shown("https://x.example/#t=1"), "https://x.example/#…");
        assert_eq!(shown("SAPEVENT:POST"), "SAPEVENT:POST");
        assert_eq!(shown("https://x.example/?"), "https://x.example/?");
    }
}
