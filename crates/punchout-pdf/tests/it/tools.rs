//! The programs that read a PDF back.

use std::process::{Command, Output};

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

pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without blanks, so that it does not matter where lines end.
pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
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
