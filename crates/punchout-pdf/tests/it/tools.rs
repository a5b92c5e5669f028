//! The programs that read a PDF back.

use std::process::{Command, Output};

use punchout_pdf::Logo;

/// Whether a program is there; a missing one fails the run that requires all.
pub(crate) fn is_there(program: &str) -> bool {
    if Command::new(program).arg("--version").output().is_ok() {
        return true;
    }
    let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
    assert!(!required, "{program} is required but not installed");
    println!("skipped: {program} is not installed");
    false
}

/// Runs a program on a PDF; `{}` stands for the file.
pub(crate) fn run(program: &str, arguments: &[&str], pdf: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    for argument in arguments {
        if *argument == "{}" {
            command.arg(&file);
        } else {
            command.arg(argument);
        }
    }
    command.output().unwrap()
}

/// The text of a PDF with every run of blanks as one.
pub(crate) fn text(pdf: &[u8]) -> String {
    let output = run("pdftotext", &["-enc", "UTF-8", "{}", "-"], pdf);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

/// The text of a PDF in the order in which it was written.
pub(crate) fn raw_text(pdf: &[u8]) -> String {
    let output = run("pdftotext", &["-raw", "-enc", "UTF-8", "{}", "-"], pdf);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a PDF with what stands side by side on one line.
pub(crate) fn laid_out_text(pdf: &[u8]) -> String {
    let output = run("pdftotext", &["-layout", "-enc", "UTF-8", "{}", "-"], pdf);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without blanks, so that it does not matter where lines end.
pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A picture of one colour and opacity.
pub(crate) fn logo(width: u32, height: u32, pixel: [u8; 4]) -> Logo {
    let pixels = vec![pixel; usize::try_from(width * height).unwrap()];
    Logo::new(rgba(width, height, &pixels)).unwrap()
}

/// A PNG file.
pub(crate) fn rgba(width: u32, height: u32, pixels: &[[u8; 4]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels.as_flattened()).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A page as a picture, 72 pixels an inch: one for each point.
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Red, green and blue of each pixel, row by row.
    pub(crate) pixels: Vec<u8>,
}

impl Picture {
    /// The colour at a place in points.
    pub(crate) fn pixel(&self, x: f32, y: f32) -> [u8; 3] {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on the page")]
        let at = 3 * (y as usize * self.width + x as usize);
        self.pixels[at..at + 3].try_into().unwrap()
    }
}

impl Picture {
    /// Half as wide and high, without colours.
    pub(crate) fn halved(&self) -> Gray {
        let (width, height) = (self.width / 2, self.height / 2);
        let at = |x: usize, y: usize| {
            let at = 3 * (y * self.width + x);
            self.pixels[at..at + 3].iter().map(|part| usize::from(*part)).sum::<usize>()
        };
        let mean = |x: usize, y: usize| (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 12;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (2 * x, 2 * y)));
        let pixels = places.map(|(x, y)| u8::try_from(mean(x, y)).unwrap()).collect();
        Gray { width, height, pixels }
    }
}

/// A picture without colours.
pub(crate) struct Gray {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Gray {
    pub(crate) fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let [width, height] = [self.width, self.height].map(|size| u32::try_from(size).unwrap());
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.pixels).unwrap();
        writer.finish().unwrap();
        bytes
    }

    pub(crate) fn from_png(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let [width, height] = [info.width, info.height].map(|size| usize::try_from(size).unwrap());
        Self { width, height, pixels }
    }
}

/// Draws a page, counted from 1.
pub(crate) fn picture(pdf: &[u8], page: usize) -> Picture {
    let page = page.to_string();
    let output = run("pdftoppm", &["-r", "72", "-f", &page, "-l", &page, "{}"], pdf);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    from_ppm(&output.stdout)
}

/// Binary PPM: `P6`, width, height, the highest value, one blank, the pixels.
pub(crate) fn from_ppm(bytes: &[u8]) -> Picture {
    let mut numbers = Vec::new();
    let mut rest = bytes.strip_prefix(b"P6").unwrap();
    while numbers.len() < 3 {
        rest = rest.trim_ascii_start();
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        numbers.push(std::str::from_utf8(&rest[..end]).unwrap().parse::<usize>().unwrap());
        rest = &rest[end..];
    }
    let pixels = rest[1..].to_vec();
    assert_eq!((numbers[2], pixels.len()), (255, 3 * numbers[0] * numbers[1]));
    Picture { width: numbers[0], height: numbers[1], pixels }
}
