use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::OrderRequest;
use punchout_cxml::secret;

use crate::envelope::{Envelope, unreadable};
use crate::sheet::Sheet;
use crate::writer::{Attachment, Stock};
use crate::{Amounts, Attach, Error, Fonts, Layout, Options, Pdf, layout, pdf, writer};

/// The cXML would tell what the pages hide.
const ATTACH: Code = Code::new("PDF-ATTACH");

/// Makes documents of orders.
///
/// It holds the parsed typeface, and the parts of it that the latest documents
/// embedded, which is most of the work of a short document: keep one and use it
/// for all orders, from any thread. A document never depends on earlier ones.
#[derive(Debug)]
pub struct Renderer {
    fonts: Fonts,
    stock: Stock,
}

impl Renderer {
    /// Loads the typeface that comes with the crate.
    #[must_use]
    pub fn new() -> Self {
        Self::with_fonts(Fonts::noto_sans())
    }

    /// Takes another typeface.
    #[must_use]
    pub fn with_fonts(fonts: Fonts) -> Self {
        Self { fonts, stock: Stock::default() }
    }

    /// Makes the PDF of an order.
    ///
    /// The same order and options give the same bytes. What could not be shown
    /// as the order says it is reported to the sink.
    ///
    /// # Errors
    /// When the order cannot be written as cXML, as no order is that was read,
    /// or the typeface cannot be subset, or the PDF cannot be written.
    pub fn render(&self, order: &OrderRequest, options: &Options, sink: &mut dyn Sink) -> Result<Pdf, Error> {
        let number = secret::hidden_in_identifier(&order.order_request_header.order_id);
        self.finish(&pdf::stem(&number), &self.layout(order, options, sink)?, None, options)
    }

    /// Makes the PDF of a cXML order and attaches that document to it.
    ///
    /// The bytes are those that are sent or were received. The attachment has
    /// them byte for byte but for shared secrets, card numbers and whatever else
    /// [`punchout_cxml::secret::redact`] takes out, so whoever gets the PDF can
    /// read the order by program. Its prices are among that, so it is left out
    /// when the options hide amounts; [`Options::attach`] has the last word.
    /// What is odd about the document is reported as reading it does, and one that
    /// is a test (`deploymentMode`) says so in large letters.
    ///
    /// ```no_run
    /// # fn order() -> Vec<u8> { Vec::new() }
    /// use punchout_core::All;
    /// use punchout_pdf::{Options, Renderer};
    ///
    /// let options = Options::new("City of Delft", "invoices@delft.example", "buy@delft.example");
    /// let mut found = All::new();
    /// let pdf = Renderer::new().render_document(&order(), &options, &mut found)?;
    /// std::fs::write(&pdf.name, &pdf)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`render`](Self::render), and when the bytes are no cXML order.
    pub fn render_document(&self, cxml: &[u8], options: &Options, sink: &mut dyn Sink) -> Result<Pdf, Error> {
        self.document(cxml, None, options, sink)
    }

    /// Makes the PDF of a cXML order as [`render_document`](Self::render_document)
    /// does, for a file of this name without its ending.
    ///
    /// The attached cXML has the same name with `.xml`. Of the name, `-` stands for
    /// slashes and control characters; where nothing is left, the order names both.
    ///
    /// ```
    /// # use punchout_core::Ignore;
    /// # use punchout_pdf::{Options, Renderer};
    /// # fn example(cxml: &[u8]) -> Result<(), punchout_pdf::Error> {
    /// let options = Options::new("City of Delft", "invoices@delft.example", "buy@delft.example");
    /// let pdf = Renderer::new().render_document_as("Bestelling 12", cxml, &options, &mut Ignore)?;
    /// assert_eq!(pdf.name, "Bestelling 12.pdf");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`render_document`](Self::render_document).
    pub fn render_document_as(
        &self,
        stem: &str,
        cxml: &[u8],
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Pdf, Error> {
        self.document(cxml, Some(stem), options, sink)
    }

    fn document(
        &self,
        cxml: &[u8],
        stem: Option<&str>,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Pdf, Error> {
        let envelope = Envelope::read(cxml, sink)?;
        let order = envelope.order()?;
        let is_attached = match options.attach {
            Attach::UnlessHidden => options.amounts != Amounts::Hidden,
            Attach::Always => true,
            Attach::Never => false,
        };
        if !is_attached && options.attach == Attach::UnlessHidden {
            let message = "the cXML is not attached, since it tells the amounts that are hidden";
            sink.report(
                Diagnostic::new(ATTACH, Severity::Note, message)
                    .at("options")
                    .help("say `always` or `never` about attaching it"),
            );
        }
        let attached = is_attached.then(|| secret::redact(cxml)).transpose().map_err(unreadable)?;
        let stem = stem.map(pdf::harmless).filter(|stem| !stem.is_empty());
        let stem = stem.unwrap_or_else(|| pdf::stem(&envelope.hide(&order.order_request_header.order_id)));
        let layout = self.layout_of(order, Some(&envelope), options, sink)?;
        self.finish(&stem, &layout, attached, options)
    }

    fn finish(
        &self,
        stem: &str,
        layout: &Layout,
        cxml: Option<Vec<u8>>,
        options: &Options,
    ) -> Result<Pdf, Error> {
        let attachment = cxml.map(|bytes| Attachment { name: format!("{stem}.xml"), bytes });
        let bytes = writer::write(layout, &self.fonts, &self.stock, options.logo.as_ref(), attachment)?;
        Ok(Pdf { bytes, pages: layout.pages.len(), name: format!("{stem}.pdf") })
    }

    /// Says what stands where, without making a PDF of it.
    ///
    /// # Errors
    /// When the order cannot be written as cXML, as no order is that was read.
    pub fn layout(
        &self,
        order: &OrderRequest,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Layout, Error> {
        self.layout_of(order, None, options, sink)
    }

    /// Says what stands where in the PDF of a cXML order: other than
    /// [`layout`](Self::layout), without what repeats the secrets of the
    /// document's header.
    ///
    /// # Errors
    /// When the bytes are no cXML order.
    pub fn layout_document(
        &self,
        cxml: &[u8],
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Layout, Error> {
        let envelope = Envelope::read(cxml, sink)?;
        self.layout_of(envelope.order()?, Some(&envelope), options, sink)
    }

    fn layout_of(
        &self,
        order: &OrderRequest,
        envelope: Option<&Envelope>,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Layout, Error> {
        let sheet = Sheet::new(order, envelope, options, sink)?;
        Ok(layout::compose(&sheet, options, &self.fonts, sink))
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes the PDF of an order.
///
/// Whoever has more than one order keeps a [`Renderer`].
///
/// # Errors
/// As [`Renderer::render`].
pub fn render(order: &OrderRequest, options: &Options, sink: &mut dyn Sink) -> Result<Pdf, Error> {
    Renderer::new().render(order, options, sink)
}
