use punchout_core::Sink;
use punchout_cxml::OrderRequest;

use crate::font::Fonts;
use crate::sheet::Sheet;
use crate::{Error, Layout, Options, layout, writer};

/// Makes documents of orders.
///
/// It holds the parsed typeface, which is most of the work of a short
/// document: keep one and use it for all orders, from any thread.
#[derive(Debug)]
pub struct Renderer {
    fonts: Fonts,
}

impl Renderer {
    /// Loads the typeface that comes with the crate.
    #[must_use]
    pub fn new() -> Self {
        Self { fonts: Fonts::noto_sans() }
    }

    /// Makes the PDF of an order.
    ///
    /// The same order and options give the same bytes. What could not be shown
    /// as the order says it is reported to the sink.
    ///
    /// # Errors
    /// When the order cannot be written as cXML, as no order is that was read,
    /// or the typeface cannot be subset, or the PDF cannot be written.
    pub fn render(
        &self,
        order: &OrderRequest,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Vec<u8>, Error> {
        writer::write(&self.layout(order, options, sink)?, &self.fonts)
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
        let sheet = Sheet::new(order, options, sink)?;
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
pub fn render(order: &OrderRequest, options: &Options, sink: &mut dyn Sink) -> Result<Vec<u8>, Error> {
    Renderer::new().render(order, options, sink)
}
