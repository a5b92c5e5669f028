//! What goes into a page of HTML, made safe.

/// Adds text that is safe between tags and in quoted attributes.
///
/// A carriage return is escaped too: parsers turn a plain one into a line feed.
///
/// ```
/// let mut page = String::from("<p>");
/// punchout_core::html::escape(&mut page, "19\" <Rack>");
/// assert_eq!(page, "<p>19&quot; &lt;Rack&gt;");
/// ```
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\r']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match special.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            Some(b'\'') => "&#39;",
            _ => "&#13;",
        });
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Adds a blank and an attribute. Its name is the caller's and is not escaped.
///
/// ```
/// let mut page = String::from("<input");
/// punchout_core::html::attribute(&mut page, "value", "A & B");
/// assert_eq!(page, "<input value=\"A &amp; B\"");
/// ```
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}
