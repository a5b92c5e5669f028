//! From an order to what a transport takes.

use chrono::Utc;
use punchout_core::{Diagnostic, Ignore, Severity, Sink, excerpt};
use punchout_cxml::{Body, DeploymentMode, Document, OrderKind, OrderRequest, OrderRequestHeader};
use punchout_transport::{Consignment, Digest, File};

use super::words::Words;
use super::{Connection, Error, ErrorKind, OrderFile, Route, attached, code};

impl Connection {
    /// Makes an order ready to be sent: the bytes of its cXML document, as they
    /// are, or a PDF made of them, or both.
    ///
    /// | | is |
    /// |---|---|
    /// | identity | the document's payload id; without one, order number, kind and version |
    /// | subject | organisation and order number, in the language of the order; `[TEST]` before a test order |
    /// | organisation | the name in `buyer`, else the one in the order's bill-to address |
    /// | file names | the order number, or `order.file_name`, with kind and version of a change; all files of an order share it |
    /// | created | the document's time stamp |
    ///
    /// A file name has eight digits of a hash of the identity behind it where two
    /// orders could share it otherwise: when something of the number cannot stand
    /// in a file name, or a change has no version. Two new orders of one number
    /// share their name, for the second one is a mistake.
    ///
    /// An order that points at attachments needs them: see
    /// [`consignment_with`](Self::consignment_with).
    ///
    /// The same bytes give the same consignment, so an order that is sent again
    /// is known for what it is.
    ///
    /// # Errors
    /// [`ErrorKind::Order`] when the bytes are no cXML order, it has no number, or
    /// it points at an attachment that is not there, [`ErrorKind::Pdf`] when the PDF cannot be made,
    /// [`ErrorKind::Read`] when its options or logo cannot be read, and
    /// [`ErrorKind::Feature`] without the feature `pdf`.
    pub fn consignment(&self, order: &[u8], sink: &mut dyn Sink) -> Result<Consignment, Error> {
        self.consignment_with(order, [], sink)
    }

    /// Makes an order ready together with the files that it points at.
    ///
    /// The order says `cid:` and a content id; the [`File`] has that content id.
    /// Each file is sent after the order, under a name that begins with the
    /// order's, so that no other order has one of that name. One that the order
    /// does not point at is a finding, and sent all the same.
    ///
    /// # Errors
    /// As for [`consignment`](Self::consignment); and [`ErrorKind::Order`] when
    /// two attachments have the content id that the order points at.
    pub fn consignment_with(
        &self,
        order: &[u8],
        attachments: impl IntoIterator<Item = File>,
        sink: &mut dyn Sink,
    ) -> Result<Consignment, Error> {
        let attachments: Vec<_> = attachments.into_iter().collect();
        let consignment = self.ordered(order, sink)?;
        attached::check(order, &attachments, sink)?;
        let Some(first) = consignment.files.first() else { return Ok(consignment) };
        let order_name = first.name.rsplit_once('.').map_or(&*first.name, |(stem, _)| stem).to_owned();
        Ok((1..).zip(attachments).fold(consignment, |consignment, (number, mut file)| {
            file.name = attachment_name(&order_name, number, &file.name);
            consignment.with_file(file)
        }))
    }

    /// Makes an order ready that came with its attachments, such as in a
    /// `multipart/related` that [`Reader`](punchout_cxml::mime::Reader) read.
    ///
    /// # Errors
    /// As for [`consignment_with`](Self::consignment_with).
    #[cfg(feature = "mime")]
    pub fn consignment_of(
        &self,
        package: &punchout_cxml::mime::Package,
        sink: &mut dyn Sink,
    ) -> Result<Consignment, Error> {
        let files = package.attachments.iter().map(|attachment| {
            let name = attachment.name.as_deref().unwrap_or_default();
            let file = File::new(name, one_line(&attachment.media_type), &*attachment.bytes);
            match &attachment.content_id {
                Some(id) => file.with_content_id(&**id),
                None => file,
            }
        });
        self.consignment_with(&package.document, files, sink)
    }

    fn ordered(&self, order: &[u8], sink: &mut dyn Sink) -> Result<Consignment, Error> {
        let has_pdf = self.order.sent().contains(&OrderFile::Pdf);
        // whoever makes the PDF reports on the order too
        let mut ignore = Ignore;
        let reading: &mut dyn Sink = if has_pdf { &mut ignore } else { sink };
        let unreadable = |error: punchout_cxml::Error| {
            Error::new(ErrorKind::Order, "the order cannot be read as cXML").caused_by(error)
        };
        let document = Document::read(order, reading).map_err(unreadable)?;
        let request = document.order_request().ok_or_else(|| {
            Error::new(ErrorKind::Order, "the cXML document is no order: it has no OrderRequest")
        })?;
        let header = &request.order_request_header;
        let number = header.order_id.trim();
        if number.is_empty() {
            return Err(Error::new(
                ErrorKind::Order,
                "OrderRequestHeader/@orderID is empty: an order needs its number",
            ));
        }
        let identity = identity(&document, request, sink);
        let words = Words::of(self.order.language.as_deref());
        let is_test = matches!(&document.body, Body::Request(_, request) if request.deployment_mode == DeploymentMode::Test);
        let subject = words.subject(&self.organisation(request), &header.kind, number, is_test);
        let mut consignment = Consignment::new(&*identity, one_line(number)).with_subject(one_line(&subject));
        let made = [&document.timestamp, &header.order_date]
            .into_iter()
            .find_map(punchout_cxml::Timestamp::date_time);
        if let Some(made) = made {
            consignment = consignment.with_created(made.with_timezone(&Utc));
        }
        let name = self.file_name(&document, header, &identity);
        for file in self.order.sent() {
            consignment = consignment.with_file(match file {
                OrderFile::Xml => File::new(format!("{name}.xml"), "text/xml", order),
                #[cfg(not(feature = "pdf"))]
                OrderFile::Pdf => return Err(Error::feature("order.files", "pdf")),
                #[cfg(feature = "pdf")]
                OrderFile::Pdf => File::new(format!("{name}.pdf"), "application/pdf", self.pdf(order, sink)?),
            });
        }
        if self.order.route == Route::Mail
            && self.order.sent().contains(&OrderFile::Xml)
            && has_secret(&document)
        {
            let message = "the order holds a shared secret, and mails are read by many";
            sink.report(
                Diagnostic::new(code::MAIL_SECRET, Severity::Warning, message)
                    .at("cXML/Header/Sender")
                    .help("send it without one, or only the PDF"),
            );
        }
        Ok(consignment)
    }

    fn organisation(&self, request: &OrderRequest) -> String {
        let named = self.buyer.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let billed = || request.order_request_header.bill_to.address.name.text.trim().to_owned();
        named.map_or_else(billed, str::to_owned)
    }

    /// One that no other order gets: where it does not say all that tells the
    /// order from others, a hash of the identity does.
    fn file_name(&self, document: &Document, header: &OrderRequestHeader, identity: &str) -> String {
        let number = header.order_id.trim();
        let version = header.order_version.as_ref().map(|version| version.value().normalize().to_string());
        let (change, is_told) = match (&header.kind, version) {
            (OrderKind::New, version) => (String::new(), version.is_none_or(|version| version == "1")),
            (kind @ (OrderKind::Update | OrderKind::Delete), Some(version)) => {
                (format!("-{}-{version}", kind.as_str()), true)
            }
            (kind, _) => (format!("-{}", kind.as_str()), false),
        };
        // an order that is called like the change of another one
        let is_alike = ["-update", "-delete"].into_iter().any(|change| number.contains(change));
        let by_number = |text: &str| {
            let name = stem(text, LONGEST);
            let is_whole = is_told && !is_alike && stem(number, LONGEST_NUMBER) == number && name == text;
            (name, is_whole)
        };
        let number_stem = stem(number, LONGEST_NUMBER);
        let (name, is_whole) = match &self.order.file_name {
            Some(template) if template.contains(PAYLOAD_ID) => {
                let filled =
                    template.replace(ORDER_NUMBER, &number_stem).replace(PAYLOAD_ID, &document.payload_id);
                let name = stem(&filled, LONGEST);
                // of two that follow each other nobody knows where one ends
                let is_whole = !template.contains(ORDER_NUMBER) && name == filled;
                (name, is_whole)
            }
            // what the description itself has is the same for all orders
            Some(template) => {
                let filled = stem(&template.replace(ORDER_NUMBER, &number_stem), LONGEST);
                by_number(&format!("{filled}{change}"))
            }
            None => by_number(&format!("{number_stem}{change}")),
        };
        // such as the name of a device on Windows
        let can_stand_alone = |name: &str| {
            Consignment::new("1", "1")
                .with_file(File::new(format!("{name}.xml"), "text/xml", *b"x"))
                .check()
                .is_ok()
        };
        if is_whole && can_stand_alone(&name) {
            return name;
        }
        let mut hash = Digest::of(identity.as_bytes()).to_string();
        hash.truncate(8);
        format!("{}-{hash}", stem(&name, LONGEST - 1 - hash.len()))
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, order: &[u8], sink: &mut dyn Sink) -> Result<Vec<u8>, Error> {
        use punchout_pdf::{Logo, Options, Renderer};

        let unusable = |at: &str, error: punchout_pdf::Error| {
            Error::new(ErrorKind::Pdf, format!("{at}: this cannot be used")).caused_by(error)
        };
        let pdf = self.order.pdf.as_ref();
        let at = "order.pdf.options";
        let path = pdf.and_then(|pdf| pdf.options.as_ref());
        let path = path
            .ok_or_else(|| Error::new(ErrorKind::Finding, format!("{at}: this is missing: name a file")))?;
        let text = String::from_utf8(super::file::bytes(at, path)?).map_err(|_| {
            Error::new(ErrorKind::Read, format!("{at}: {} is no UTF-8 text", super::shown::path(path)))
        })?;
        let mut options = Options::from_toml(&text).map_err(|error| unusable(at, error))?;
        if let Some(tag) = &self.order.language {
            options.language =
                Words::of(Some(tag)).tag().parse().map_err(|error| unusable("order.language", error))?;
        }
        if let Some(path) = pdf.and_then(|pdf| pdf.logo.as_ref()) {
            let at = "order.pdf.logo";
            options.logo =
                Some(Logo::new(super::file::bytes(at, path)?).map_err(|error| unusable(at, error))?);
        }
        let made = Renderer::new().render_document(order, &options, sink);
        let made =
            made.map_err(|error| Error::new(ErrorKind::Pdf, "the PDF cannot be made").caused_by(error))?;
        Ok(made.into())
    }
}

/// What stays the same when the order is sent again.
fn identity(document: &Document, request: &OrderRequest, sink: &mut dyn Sink) -> String {
    let payload_id = document.payload_id.trim();
    if !payload_id.is_empty() {
        return one_line(payload_id);
    }
    let header = &request.order_request_header;
    let version = header.order_version.as_ref().map_or("", |version| version.as_sent());
    let identity =
        one_line(format!("order {} {} {version}", header.order_id.trim(), header.kind.as_str()).trim_end());
    sink.report(
        Diagnostic::new(
            code::PAYLOAD_ID,
            Severity::Warning,
            format!("there is no payload id; {} stands in", excerpt(&identity)),
        )
        .at("cXML/@payloadID")
        .help("give every order one, and the same one when it is sent again"),
    );
    identity
}

fn has_secret(document: &Document) -> bool {
    let credentials = document.header().map(|header| &header.sender.credential);
    credentials.into_iter().flatten().any(|credential| credential.shared_secret.is_some())
}

/// The order's name, a number, and what is left of the file's own name: no two
/// attachments share one.
fn attachment_name(order: &str, number: usize, own: &str) -> String {
    let (own, ending) = match own.rsplit_once('.') {
        Some((own, ending)) if !own.is_empty() && (1..=8).contains(&ending.len()) => (own, stem(ending, 8)),
        _ => (own, "bin".to_owned()),
    };
    let own = if own.is_empty() { "attachment".to_owned() } else { stem(own, 30) };
    format!("{order}-{number}-{own}.{ending}")
}

/// What cannot stand in a header of a mail becomes a space.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

const ORDER_NUMBER: &str = "{order_number}";
const PAYLOAD_ID: &str = "{payload_id}";

const LONGEST_NUMBER: usize = 64;

/// Leaves room for an ending, and for what receivers append.
const LONGEST: usize = 150;

/// The beginning of a file name that means the same on every system; of an
/// order number the one that the PDF gives to what is attached to it.
fn stem(text: &str, most: usize) -> String {
    let mut stem = String::new();
    for c in text.chars() {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        if fits && (c != '.' || !stem.is_empty()) {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() == most {
            break;
        }
    }
    let stem = stem.trim_end_matches(['-', '.']);
    if stem.is_empty() { "order".to_owned() } else { stem.to_owned() }
}
