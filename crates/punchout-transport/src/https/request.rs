//! What is sent, decided without sending anything.

use super::exchange::Steps;
use super::multipart;
use super::options::HttpsOptions;
use crate::consignment::invalid;
use crate::error::unusable;
use crate::{Consignment, Error, File, Package};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use punchout_core::excerpt;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, HeaderMap, HeaderName,
    HeaderValue, TRANSFER_ENCODING, USER_AGENT,
};
use reqwest::{Method, Request};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use url::Url;

/// Headers that follow from the order, the URL or the connection.
const RESERVED: [HeaderName; 6] = [CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, TRANSFER_ENCODING];

/// What is sent: its media type, and its bytes piece by piece.
pub(super) struct Content {
    media_type: HeaderValue,
    pieces: Vec<Bytes>,
}

impl Content {
    pub(super) fn of(consignment: &Consignment) -> Result<Self, Error> {
        for file in &consignment.files {
            if !file.media_type.is_ascii() {
                return Err(invalid(format!("the media type of file {} is none", excerpt(&file.name))));
            }
        }
        let (media_type, pieces) = match consignment.files.as_slice() {
            [file] => (content_type(file), vec![Bytes::from_owner(Arc::clone(&file.bytes))]),
            _ => multipart::package(consignment),
        };
        let media_type = HeaderValue::from_str(&media_type)
            .map_err(|error| invalid("a media type cannot be sent").with_source(error))?;
        Ok(Self { media_type, pieces })
    }

    pub(super) fn package(&self) -> Package {
        Package::of(self.media_type.to_str().unwrap_or_default(), &self.pieces)
    }
}

/// Puts the request together.
pub(super) fn build(
    options: &HttpsOptions,
    url: &Url,
    content: &Content,
    steps: &Steps,
) -> Result<Request, Error> {
    let mut request = Request::new(Method::POST, url.clone());
    *request.headers_mut() = headers(options)?;
    request.headers_mut().insert(CONTENT_TYPE, content.media_type.clone());
    *request.body_mut() = Some(reqwest::Body::wrap(Handed::new(content.pieces.clone(), steps.clone())));
    Ok(request)
}

/// The headers that are the same for every order.
pub(super) fn headers(options: &HttpsOptions) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static(concat!("punchout/", env!("CARGO_PKG_VERSION"))));
    headers.insert(ACCEPT, HeaderValue::from_static("text/xml, application/xml, */*;q=0.1"));
    let mut given = HeaderMap::new();
    for (name, value) in &options.headers {
        let shown = excerpt(name);
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| unusable(format!("header {shown} has a name that cannot be sent")))?;
        if RESERVED.contains(&name) {
            return Err(unusable(format!("header {shown} follows from the order and the URL: leave it out")));
        }
        if name == AUTHORIZATION && options.authorization().is_some() {
            return Err(unusable("header authorization is given besides credentials: leave one out"));
        }
        given.append(name, sensitive(value.expose(), || format!("header {shown}"))?);
    }
    // what is given replaces what would be there, and may itself come twice
    headers.extend(given);
    if let Some(authorization) = options.authorization() {
        if options.user().is_some_and(|user| user.contains(|c: char| c == ':' || c.is_control())) {
            return Err(unusable(
                "the user name holds a colon or a control character, which basic auth cannot carry",
            ));
        }
        headers.insert(AUTHORIZATION, sensitive(&authorization, || "the bearer token".to_owned())?);
    }
    Ok(headers)
}

fn sensitive(value: &str, what: impl Fn() -> String) -> Result<HeaderValue, Error> {
    // the error of the library is left out: it is about a secret
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| unusable(format!("{} has a value that cannot be sent", what())))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Says the encoding of XML where it is known: `text/xml` alone means ASCII.
pub(super) fn content_type(file: &File) -> String {
    let bare = file.media_type.trim();
    let xml = ["text/xml", "application/xml"].into_iter().find(|xml| bare.eq_ignore_ascii_case(xml));
    match xml {
        Some(xml) if std::str::from_utf8(&file.bytes).is_ok() => format!("{xml}; charset=UTF-8"),
        _ => bare.to_owned(),
    }
}

/// A body that says when it is taken, and when all of it is.
///
/// The connection takes it only when it is open, TLS included, and writes it
/// after that. Not taken, the order cannot have left.
struct Handed {
    pieces: VecDeque<Bytes>,
    left: usize,
    steps: Steps,
}

/// What is handed over at once: so much may wait in a buffer unseen.
const PIECE: usize = 64 * 1024;

impl Handed {
    fn new(pieces: Vec<Bytes>, steps: Steps) -> Self {
        let left = pieces.iter().map(Bytes::len).sum();
        Self { pieces: pieces.into(), left, steps }
    }
}

impl Body for Handed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.steps.sends();
        let Some(mut piece) = self.pieces.pop_front() else { return Poll::Ready(None) };
        if piece.len() > PIECE {
            let rest = piece.split_off(PIECE);
            self.pieces.push_front(rest);
        }
        self.left -= piece.len();
        if self.left == 0 {
            self.steps.has_sent();
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::exchange::Stage;
    use super::*;
    use crate::{Kind, Progress};

    fn options() -> HttpsOptions {
        HttpsOptions::new("https://shop.example/orders?key=k".parse().unwrap())
    }

    fn order() -> Consignment {
        Consignment::new("id", "17").with_file(File::new("17.xml", "text/xml", *b"<cXML/>"))
    }

    fn built(options: &HttpsOptions, order: &Consignment) -> Result<Request, Error> {
        build(options, &options.url, &Content::of(order)?, &Steps::new(Progress::new()))
    }

    #[test]
    fn posts_the_file() {
        let request = built(&options().with_basic("buyer", "pass word"), &order()).unwrap();
        assert_eq!(request.method(), Method::POST);
        assert_eq!(request.url().as_str(), "https://shop.example/orders?key=k");
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header(CONTENT_TYPE), Some("text/xml; charset=UTF-8"));
        assert_eq!(header(AUTHORIZATION), Some("Basic YnV5ZXI6cGFzcyB3b3Jk"));
        assert!(!format!("{request:?}").contains("YnV5"), "{request:?}");
        let bearer = headers(&options().with_bearer("t0ken").with_header("Accept", "text/xml")).unwrap();
        assert_eq!(bearer[AUTHORIZATION], "Bearer t0ken");
        assert_eq!(bearer.get_all(ACCEPT).iter().collect::<Vec<_>>(), ["text/xml"]);
    }

    #[test]
    fn xml_says_its_encoding_when_it_is_utf8() {
        for (given, bytes, sent) in [
            ("text/xml", &b"<a/>"[..], "text/xml; charset=UTF-8"),
            ("Text/XML ", b"<a/>", "text/xml; charset=UTF-8"),
            ("application/xml", "é".as_bytes(), "application/xml; charset=UTF-8"),
            ("text/xml", b"\xe9", "text/xml"),
            ("text/xml; charset=ISO-8859-1", b"\xe9", "text/xml; charset=ISO-8859-1"),
            ("application/pdf", b"%PDF", "application/pdf"),
        ] {
            assert_eq!(content_type(&File::new("x", given, bytes)), sent);
        }
    }

    #[test]
    fn what_cannot_be_sent_is_named_without_its_value() {
        let cases = [
            (options().with_header("x key", "hunter2"), "`x key`"),
            (options().with_header("x-key", "hunter2\r\nx: y"), "`x-key`"),
            (options().with_header("Content-Length", "hunter2"), "`Content-Length`"),
            (options().with_header("authorization", "hunter2").with_bearer("t"), "authorization"),
            (options().with_bearer("hunter2\n"), "bearer token"),
            (options().with_basic("a:b", "hunter2"), "user name"),
        ];
        for (options, says) in cases {
            let error = built(&options, &order()).unwrap_err();
            assert_eq!(error.kind(), Kind::Configuration);
            assert!(error.to_string().contains(says), "{error}");
            assert!(!format!("{error:?} {options:?}").contains("hunter2"), "{error:?} {options:?}");
        }
    }

    #[test]
    fn several_files_are_one_body() {
        let two = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
        let request = built(&options(), &two).unwrap();
        let content_type = request.headers()[CONTENT_TYPE].to_str().unwrap();
        assert!(content_type.starts_with("multipart/related; type=\"text/xml\";"), "{content_type}");
        let odd = |name: &str| File::new(name, "application/ü", *b"x");
        for odd in [two.with_file(odd("p.bin")), Consignment::new("id", "17").with_file(odd("p.bin"))] {
            let error = built(&options(), &odd).unwrap_err();
            assert_eq!(error.kind(), Kind::Consignment);
            assert!(error.to_string().contains("`p.bin`"), "{error}");
        }
    }

    #[test]
    fn a_body_is_given_piece_by_piece() {
        let (large, small) = (vec![1; 2 * PIECE + 1], vec![2; 7]);
        let steps = Steps::new(Progress::new());
        let mut body = Handed::new(vec![large.clone().into(), small.clone().into()], steps.clone());
        let mut taken = Vec::new();
        assert_eq!(steps.stage(), Stage::Connecting);
        let mut context = Context::from_waker(std::task::Waker::noop());
        for expected in [PIECE, PIECE, 1, 7] {
            assert!(!body.is_end_stream());
            assert_eq!(body.size_hint().exact(), Some((large.len() + small.len() - taken.len()) as u64));
            let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut body).poll_frame(&mut context) else { panic!() };
            let piece = frame.into_data().unwrap();
            assert_eq!(piece.len(), expected);
            taken.extend_from_slice(&piece);
            let stage = if expected == 7 { Stage::Waiting } else { Stage::Sending };
            assert_eq!(steps.stage(), stage);
        }
        assert!(body.is_end_stream());
        assert_eq!(taken, [large, small].concat());
    }
}
