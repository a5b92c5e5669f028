//! What is written to people, in their language.

use punchout_cxml::OrderKind;

#[cfg(feature = "email")]
use super::OrderFile;

#[cfg_attr(not(feature = "email"), expect(dead_code, reason = "only mails have a text"))]
pub(super) struct Words {
    tag: &'static str,
    order: &'static str,
    change: &'static str,
    cancellation: &'static str,
    /// Greeting and first sentence, before the subject.
    opening: &'static str,
    pdf_and_xml: &'static str,
    pdf: &'static str,
    xml: &'static str,
    closing: &'static str,
}

const ALL: [Words; 4] = [
    Words {
        tag: "en",
        order: "order",
        change: "change of order",
        cancellation: "cancellation of order",
        opening: "Dear Sir or Madam,\n\nplease find attached:",
        pdf_and_xml: "The PDF document is for your colleagues, the XML file (cXML) for your order system. \
                      Both say the same: please process one of them.",
        pdf: "The order is in the PDF document.",
        xml: "The order is in the XML file (cXML), for your order system.",
        closing: "Kind regards",
    },
    Words {
        tag: "nl",
        order: "bestelling",
        change: "wijziging van bestelling",
        cancellation: "annulering van bestelling",
        opening: "Geachte heer, mevrouw,\n\nbijgaand ontvangt u:",
        pdf_and_xml: "Het PDF-document is voor uw collega's, het XML-bestand (cXML) voor uw ordersysteem. \
                      Beide zeggen hetzelfde: verwerk er één van.",
        pdf: "De bestelling staat in het PDF-document.",
        xml: "De bestelling staat in het XML-bestand (cXML), voor uw ordersysteem.",
        closing: "Met vriendelijke groet",
    },
    Words {
        tag: "de",
        order: "Bestellung",
        change: "Änderung der Bestellung",
        cancellation: "Stornierung der Bestellung",
        opening: "Guten Tag,\n\nanbei erhalten Sie:",
        pdf_and_xml: "Das PDF-Dokument ist für Ihre Kolleginnen und Kollegen, die XML-Datei (cXML) für Ihr \
                      Auftragssystem. Beide sagen dasselbe: Bitte verarbeiten Sie nur eine davon.",
        pdf: "Die Bestellung steht im PDF-Dokument.",
        xml: "Die Bestellung steht in der XML-Datei (cXML), für Ihr Auftragssystem.",
        closing: "Mit freundlichen Grüßen",
    },
    Words {
        tag: "fr",
        order: "commande",
        change: "modification de la commande",
        cancellation: "annulation de la commande",
        opening: "Madame, Monsieur,\n\nveuillez trouver ci-joint :",
        pdf_and_xml: "Le document PDF est destiné à vos collègues, le fichier XML (cXML) à votre système de \
                      commandes. Les deux disent la même chose : n'en traitez qu'un.",
        pdf: "La commande se trouve dans le document PDF.",
        xml: "La commande se trouve dans le fichier XML (cXML), destiné à votre système de commandes.",
        closing: "Cordialement",
    },
];

fn find(tag: &str) -> Option<&'static Words> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    ALL.iter().find(|words| words.tag.eq_ignore_ascii_case(primary))
}

pub(super) fn is_known(tag: &str) -> bool {
    find(tag).is_some()
}

/// The languages that there are, to be named.
pub(super) fn tags() -> String {
    ALL.iter().map(|words| words.tag).collect::<Vec<_>>().join(", ")
}

impl Words {
    /// Those of a language; English where there are none.
    pub(super) fn of(tag: Option<&str>) -> &'static Self {
        let [english, ..] = &ALL;
        tag.and_then(find).unwrap_or(english)
    }

    /// The language tag, such as `en`.
    #[cfg(any(feature = "email", feature = "pdf"))]
    pub(super) fn tag(&self) -> &'static str {
        self.tag
    }

    /// Who orders what, such as `City of Delft: order 4500017300`.
    pub(super) fn subject(
        &self,
        organisation: &str,
        kind: &OrderKind,
        number: &str,
        is_test: bool,
    ) -> String {
        let what = match kind {
            OrderKind::Update => self.change,
            OrderKind::Delete => self.cancellation,
            _ => self.order,
        };
        let test = if is_test { "[TEST] ".to_owned() } else { String::new() };
        if organisation.is_empty() {
            let mut what = what.chars();
            let first = what.next().map(char::to_uppercase).into_iter().flatten();
            return format!("{test}{}{} {number}", first.collect::<String>(), what.as_str());
        }
        format!("{test}{organisation}: {what} {number}")
    }

    /// The text of a mail; the subject is put in by the transport.
    #[cfg(feature = "email")]
    pub(super) fn mail(&self, sent: &[OrderFile], organisation: &str) -> String {
        let files = match (sent.contains(&OrderFile::Pdf), sent.contains(&OrderFile::Xml)) {
            (true, true) => self.pdf_and_xml,
            (true, false) => self.pdf,
            _ => self.xml,
        };
        let Self { opening, closing, .. } = self;
        format!("{opening}\n\n    {{subject}}\n\n{files}\n\n{closing}\n{organisation}\n")
    }
}
