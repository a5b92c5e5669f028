//! What the file says about itself, as XML.

use std::fmt::Write as _;

use crate::Layout;

/// The packet that PDF/A asks for; the same facts as in the document's
/// information dictionary, and that it claims PDF/A-3b.
pub(super) fn packet(layout: &Layout, producer: &str) -> String {
    let mut facts = format!(
        "<dc:format>application/pdf</dc:format>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <pdf:Producer>{producer}</pdf:Producer>\n\
         <pdfaid:part>3</pdfaid:part>\n\
         <pdfaid:conformance>B</pdfaid:conformance>\n",
        language = layout.language.tag(),
        title = escaped(&layout.title),
        producer = escaped(producer),
    );
    if !layout.author.is_empty() {
        let author = escaped(&layout.author);
        let _ = writeln!(facts, "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>");
    }
    if let Some(date) = layout.date {
        let date = date.format("%Y-%m-%dT%H:%M:%S%:z");
        let _ = writeln!(facts, "<xmp:CreateDate>{date}</xmp:CreateDate>");
        let _ = writeln!(facts, "<xmp:ModifyDate>{date}</xmp:ModifyDate>");
    }
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n\
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n\
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n\
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n\
         {facts}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// A text on one line that XML has a way to say. What is left out has no
/// picture either.
pub(super) fn plain(text: &str) -> String {
    let said = text.chars().filter_map(|c| match c {
        '\t' | '\n' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        c => (!c.is_control()).then_some(c),
    });
    said.collect()
}

/// A text within an element.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}
