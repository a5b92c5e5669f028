//! The logo, as it is in the file and as other programs draw it.

use lopdf::{Document, Object};
use punchout_core::Ignore;
use punchout_pdf::{Logo, Renderer};

use crate::{order, tools};

/// A red field whose right half cannot be seen.
fn red() -> Logo {
    let pixel = |n: usize| if n % 64 < 32 { [255, 0, 0, 255] } else { [255, 0, 0, 0] };
    let pixels: Vec<_> = (0..64 * 32).map(pixel).collect();
    Logo::new(tools::rgba(64, 32, &pixels)).unwrap()
}

#[test]
fn is_in_the_file_once_and_seen_through() {
    let options = order::options().with_logo(red());
    let renderer = Renderer::new();
    let layout = renderer.layout(&order::long(200), &options, &mut Ignore).unwrap();
    let pdf = renderer.render(&order::long(200), &options, &mut Ignore).unwrap();
    let file = Document::load_mem(&pdf).unwrap();
    let images: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        })
        .collect();
    assert_eq!(images.len(), 2, "the colours and their mask");
    let image = images.iter().find(|image| image.dict.has(b"SMask")).unwrap();
    assert_eq!(image.get_plain_content().unwrap(), [255, 0, 0].repeat(64 * 32));
    let mask = image.dict.get(b"SMask").and_then(Object::as_reference).unwrap();
    let mask = file.get_object(mask).unwrap().as_stream().unwrap();
    assert_eq!(mask.get_plain_content().unwrap()[31..33], [255, 0]);

    // where the layout says, and on no other page
    let placed = layout.pages[0].images[0];
    let pages: Vec<_> = file.get_pages().into_values().collect();
    for (n, page) in pages.iter().enumerate() {
        let drawn = lopdf::content::Content::decode(&file.get_page_content(*page)).unwrap();
        let at = drawn.operations.iter().position(|operation| operation.operator == "Do");
        assert_eq!(at.is_some(), !layout.pages[n].images.is_empty(), "page {n}");
        if let Some(at) = at {
            let matrix = &drawn.operations[at - 1];
            assert_eq!(matrix.operator, "cm");
            let numbers: Vec<_> = matrix.operands.iter().map(|number| number.as_float().unwrap()).collect();
            let y = layout.pages[0].height - placed.y - placed.height;
            for (number, expected) in numbers.iter().zip([placed.width, 0.0, 0.0, placed.height, placed.x, y])
            {
                assert!((number - expected).abs() < 0.01, "{numbers:?}");
            }
        }
    }
}

#[test]
fn is_drawn() {
    if !tools::is_there("pdftoppm") {
        return;
    }
    let options = order::options().with_logo(red());
    let renderer = Renderer::new();
    let placed = renderer.layout(&order::rich(), &options, &mut Ignore).unwrap().pages[0].images[0];
    let pdf = renderer.render(&order::rich(), &options, &mut Ignore).unwrap();
    let picture = tools::picture(&pdf, 1);
    let quarter = |part: f32| picture.pixel(placed.x + placed.width * part, placed.y + placed.height / 2.0);
    assert_eq!(quarter(0.25), [255, 0, 0]);
    assert_eq!(quarter(0.75), [255, 255, 255]);
}
