//! The files that go with an order.

use std::path::Path;

use punchout::core::{All, Severity};
use punchout::cxml::mime::{Attachment, Package, Reader};

use super::send::unsendable;
use crate::failure::Failure;
use crate::input::Input;

/// Takes an order apart that is a multipart, and adds the files that are named
/// by themselves. The input is the document alone afterwards.
pub(super) fn package(input: &mut Input, named: &[String]) -> Result<Package, Failure> {
    let mut package = opened(input)?;
    for argument in named {
        let (id, path) = match argument.split_once('=') {
            Some((id, path)) => (Some(id), Path::new(path)),
            None => (None, Path::new(argument)),
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let file = Input::picture(path)?;
        let id = id.unwrap_or(&name);
        package.attachments.push(Attachment::new(id, media_type(path), file.bytes).with_name(&*name));
    }
    input.bytes.clone_from(&package.document);
    Ok(package)
}

fn opened(input: &Input) -> Result<Package, Failure> {
    let mut found = All::new();
    let start = input.bytes.trim_ascii_start();
    let name = start.split(|&byte| byte == b':').next().unwrap_or_default();
    let is_header = name.len() < start.len()
        && !name.is_empty()
        && name.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-');
    let read = if start.starts_with(b"--") {
        Reader::new().read(None, &input.bytes, &mut found)
    } else if is_header {
        Reader::new().read_message(start, &mut found)
    } else {
        return Ok(Package::new(&*input.bytes));
    };
    let package = read.map_err(|error| unsendable(input, &error))?;
    // such as an end that was lost on the way
    match found.found().iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => Err(Failure::Order {
            name: input.name.clone(),
            why: format!("it is damaged: {}", finding.message),
        }),
        None => Ok(package),
    }
}

/// By its ending; a receiver looks inside anyway.
fn media_type(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match &*ending {
        "csv" => "text/csv",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "tif" | "tiff" => "image/tiff",
        "txt" => "text/plain",
        "xml" => "text/xml",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
