//! From a layout to the bytes of a PDF. Only what is below here knows printpdf,
//! which writes fonts, pictures and the tree of pages.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, Stream};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::font::Fonts;
use crate::{Error, ErrorKind, Layout, Logo, Page, Weight};

mod archive;
mod content;
mod face;
mod icc;
mod image;
mod packer;
mod xmp;

pub(crate) use archive::Attachment;
use face::Faces;
use packer::{Packer, Packers};

/// What is kept from one document for the next. None shows in the bytes what
/// was made before it.
#[derive(Debug, Default)]
pub(crate) struct Stock {
    faces: Faces,
    packers: Packers,
}

/// Draws a layout.
pub(crate) fn write(
    layout: &Layout,
    fonts: &Fonts,
    stock: &Stock,
    logo: Option<&Logo>,
    attachment: Option<Attachment>,
) -> Result<Vec<u8>, Error> {
    let mut document = PdfDocument::new(&layout.title);
    if let Some(logo) = logo.filter(|_| layout.pages.iter().any(|page| !page.images.is_empty())) {
        document.resources.xobjects.map.insert(image::id(), image::object(logo.picture()));
    }
    document.pages = layout.pages.iter().map(sheet).collect();
    let mut said = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = printpdf::to_lopdf_doc(&document, &options, &mut said);
    if let Some(message) = said.first() {
        return Err(failed(&format!("the pages cannot be drawn: {}", message.msg)));
    }
    stock.packers.with(|packer| {
        draw(&mut file, layout, fonts, &stock.faces, packer)?;
        archive::describe(&mut file, layout, attachment)?;
        for object in file.objects.values_mut() {
            if let Object::Stream(stream) = object
                && stream.allows_compression
            {
                packer.pack(stream);
            }
        }
        Ok::<_, Error>(())
    })?;
    archive::identify(&mut file);

    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|e| failed("the PDF cannot be put together").caused_by(e))?;
    Ok(bytes)
}

fn failed(why: &str) -> Error {
    Error::new(ErrorKind::Writer, why)
}

/// A page with nothing on it.
fn sheet(page: &Page) -> PdfPage {
    let sheet = Rect::from_wh(Pt(page.width), Pt(page.height));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops: Vec::new() }
}

/// Fills the pages, which share their resources.
fn draw(
    file: &mut Document,
    layout: &Layout,
    fonts: &Fonts,
    faces: &Faces,
    packer: &mut Packer,
) -> Result<(), Error> {
    let mut used = Vec::new();
    let mut names = Dictionary::new();
    for weight in [Weight::Regular, Weight::Bold] {
        let characters = characters(layout, weight);
        if !characters.is_empty() {
            let face = faces.get(fonts, weight, characters, packer)?;
            names.set(content::name(weight), face.add_to(file));
            used.push((weight, face));
        }
    }
    let face = |weight| used.iter().find(|(of, _)| *of == weight).map(|(_, face)| &**face);
    let lacks = |e: lopdf::Error| failed("a page lacks a part").caused_by(e);
    for (id, page) in file.get_pages().into_values().zip(&layout.pages) {
        let drawn = file.get_dictionary(id).map_err(lacks)?;
        let contents = drawn.get(b"Contents").and_then(Object::as_reference).map_err(lacks)?;
        let resources = drawn.get(b"Resources").and_then(Object::as_reference).map_err(lacks)?;
        let resources = file.get_dictionary(resources).map_err(lacks)?;
        let shared = resources.get(b"Font").and_then(Object::as_reference).map_err(lacks)?;
        let content = content::of(page, layout, face);
        file.objects.insert(contents, Stream::new(Dictionary::new(), content).into());
        // the same object for all pages: the first one fills it
        if names.iter().next().is_some() {
            file.objects.insert(shared, std::mem::take(&mut names).into());
        }
    }
    Ok(())
}

fn characters(layout: &Layout, weight: Weight) -> BTreeSet<char> {
    let texts = layout.pages.iter().flat_map(|page| &page.texts);
    let mut low = [false; 128];
    let mut characters = BTreeSet::new();
    for c in texts.filter(|text| text.weight == weight).flat_map(|text| text.text.chars()) {
        match low.get_mut(c as usize) {
            Some(seen) => *seen = true,
            None => drop(characters.insert(c)),
        }
    }
    characters.extend((0..128_u8).filter(|c| low.get(usize::from(*c)) == Some(&true)).map(char::from));
    characters
}
