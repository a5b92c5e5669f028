//! What the document says, in the reader's language, before it has a place.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::secret;
use punchout_cxml::{ItemOut, OrderRequest};

use crate::envelope::Envelope;
use crate::texts::Texts;
use crate::tree::{self, Element, Tree};
use crate::{Amounts, Error, Language, Options};

mod header;
mod item;
mod money;
mod party;
mod value;

/// An option that the document needs says nothing.
const OPTION: Code = Code::new("PDF-OPTION");

/// The order repeats a secret, or holds what looks like one.
const MASKED: Code = Code::new("PDF-MASKED");

/// Amounts are hidden that no field of cXML tells.
const HIDDEN: Code = Code::new("PDF-HIDDEN");

/// All texts of a document in the order they are read.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// What the document is, such as `Purchase order`.
    pub(crate) kind: String,
    /// What must not be overlooked.
    pub(crate) alert: Option<Alert>,
    /// The order number.
    pub(crate) number: String,
    /// Whose order it is.
    pub(crate) buyer: String,
    pub(crate) date: Option<DateTime<FixedOffset>>,
    /// Whose data head the document.
    pub(crate) sender: Party,
    pub(crate) facts: Vec<Fact>,
    pub(crate) parties: Vec<Party>,
    /// The options' text above the lines, unless the order is cancelled.
    pub(crate) above: String,
    pub(crate) headings: Headings,
    pub(crate) items: Vec<Item>,
    pub(crate) totals: Vec<Total>,
    /// What needs the full width.
    pub(crate) notes: Vec<Fact>,
    /// The options' text below the totals.
    pub(crate) below: String,
    /// What has no place above.
    pub(crate) further: Vec<Group>,
}

/// What stands in large letters.
#[derive(Clone, Debug)]
pub(crate) struct Alert {
    pub(crate) title: String,
    pub(crate) note: String,
}

/// Something with a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
    /// Somebody has to act on it: it is not to be looked for among others.
    pub(crate) is_key: bool,
}

impl Fact {
    fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), is_key: false }
    }
}

impl Texts {
    /// A name and what it is the name of; just one of them if that is all.
    pub(crate) fn told(&self, label: &str, value: &str) -> String {
        let colon = if label.is_empty() || value.is_empty() { "" } else { self.colon };
        [label, colon, value].concat()
    }

    /// A fact on one line.
    pub(crate) fn fact(&self, fact: &Fact) -> String {
        self.told(&fact.label, &fact.value)
    }
}

/// Facts about one thing.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Where a finding about it says it is.
    pub(crate) place: String,
    pub(crate) label: String,
    pub(crate) facts: Vec<Fact>,
}

/// A name, an address and the ways to reach somebody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Party {
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

/// What stands over the columns that need more than a word.
#[derive(Clone, Debug)]
pub(crate) struct Headings {
    /// The supplier's, and the buyer's if any line has one.
    pub(crate) part: String,
    pub(crate) price: String,
    pub(crate) amount: String,
}

/// A row of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    /// Where a finding about it says it is, such as `item 10`.
    pub(crate) place: String,
    pub(crate) number: String,
    pub(crate) part: String,
    pub(crate) buyer_part: String,
    /// What must not be overlooked, such as that it is deleted.
    pub(crate) alert: String,
    /// It is no longer ordered, and stands back behind what is.
    pub(crate) is_deleted: bool,
    pub(crate) name: String,
    pub(crate) description: String,
    /// What else the order says about the line.
    pub(crate) details: Vec<Fact>,
    pub(crate) quantity: String,
    pub(crate) unit: String,
    pub(crate) price: String,
    /// What the price is for, unless it is for one of the ordered unit, and
    /// its currency, unless it is that of the table.
    pub(crate) price_note: String,
    /// The rates.
    pub(crate) tax: String,
    pub(crate) amount: String,
    pub(crate) amount_note: String,
}

/// A sum below the table.
#[derive(Clone, Debug)]
pub(crate) struct Total {
    pub(crate) label: String,
    pub(crate) amount: String,
    /// How it comes about.
    pub(crate) notes: Vec<String>,
    pub(crate) grand: bool,
}

impl Total {
    fn new(label: impl Into<String>, amount: String) -> Self {
        Self { label: label.into(), amount, notes: Vec::new(), grand: false }
    }
}

/// Who stands at the two ends of an order, as its document says.
struct Ends<'t> {
    from: Option<Element<'t>>,
    to: Option<Element<'t>>,
}

impl Sheet {
    /// Reads an order out; the envelope is that of the document that it came in.
    pub(crate) fn new(
        order: &OrderRequest,
        envelope: Option<&Envelope>,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Self, Error> {
        let xml = tree::written(order, envelope.and_then(Envelope::parties))?;
        let mut tree = Tree::new(&xml, options.amounts == Amounts::Hidden);
        if let Some(envelope) = envelope {
            tree.hide(envelope.secrets());
        }
        let root = tree.order().expect("an order is written as an order");
        // an order that came without a header has nothing of it
        let element = root.child("OrderRequestHeader").unwrap_or(root);
        check(options, sink);
        for (path, count) in tree.masked() {
            let message = match count {
                1 => "1 secret or card number is masked".to_owned(),
                more => format!("{more} secrets or card numbers are masked"),
            };
            let finding = Diagnostic::new(MASKED, Severity::Warning, message).at(path);
            sink.report(finding.help("what is neither belongs in a field for numbers of its kind"));
        }
        if tree.hidden_amounts() > 0 {
            let message =
                format!("values of the sender's own that tell amounts are hidden: {}", tree.hidden_amounts());
            let finding = Diagnostic::new(HIDDEN, Severity::Note, message).at("order");
            sink.report(finding.help(
                "extrinsics and the like, by their name or by a currency; see that no other is missed",
            ));
        }
        let ends = Ends { from: tree.from(), to: tree.to() };
        let mut sheet = Self::read(order, root, element, &ends, options, sink);
        if envelope.is_some_and(Envelope::is_test) {
            sheet.alert = Some(header::test(sheet.alert, options.language.texts()));
        }
        Ok(sheet)
    }

    fn read(
        order: &OrderRequest,
        root: Element<'_>,
        element: Element<'_>,
        ends: &Ends<'_>,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Self {
        let texts = options.language.texts();
        let typed = &order.order_request_header;
        let of_item = || order.item_out.iter().find_map(|item| item.item_detail.as_ref());
        let currency = match typed.total.money.currency.trim() {
            "" => of_item().map_or("", |detail| detail.unit_price.money.currency.trim()),
            currency => currency,
        };
        let pairs = item::paired(order, root);
        let is_lifted = item::has_common_ship_to(order);
        let lifted = pairs.first().filter(|_| is_lifted).and_then(|(_, element, _)| element.child("ShipTo"));

        // a heading names no currency that is not that of all below it
        let is_of_all = item::prices(order).all(|money| ["", currency].contains(&money.currency.trim()));
        let hidden = secret::hidden(currency);
        let currency = if is_of_all { &*hidden } else { "" };
        let (kind, alert) = header::kind(element, texts);
        let number = element.attribute("orderID").to_owned();
        let facts = header::facts(element, options.amounts, texts);
        let (sender, is_bill_to) = header::sender(element, ends, options, texts);
        let mut parties = header::parties(element, ends, lifted, options, texts);
        parties.retain(|party| !is_bill_to || party.label != texts.bill_to);
        if is_lifted {
            // what of the first is not read is listed for all
            pairs.iter().skip(1).filter_map(|(_, item, _)| item.child("ShipTo")).for_each(Element::skip);
        }
        let check = money::Check::of(order);
        let taxes = money::Taxes::of(order, &check, options.amounts, sink);
        let reading =
            item::Reading { texts, amounts: options.amounts, currency, taxes, ship_to_is_above: is_lifted };
        let items: Vec<_> = pairs
            .iter()
            .map(|(item, element, number)| Item::new(item, *element, number.clone(), &reading, sink))
            .collect();
        let totals = if options.amounts == Amounts::Hidden {
            Vec::new()
        } else {
            check.report(order, sink);
            money::totals(order, element, &check, options.amounts, texts, sink)
        };
        // what asks for a delivery has no place above what is not to be delivered
        let is_cancelled = element.attribute("type") == "delete";
        let of_language =
            |texts: &BTreeMap<Language, String>| texts.get(&options.language).cloned().unwrap_or_default();
        let part = if items.iter().any(|item| !item.buyer_part.is_empty()) {
            format!("{}\n{}", texts.part, texts.buyer_part)
        } else {
            texts.part.to_owned()
        };
        let [excluding, including] = texts.without_and_with(order);
        let [is_sent_with, is_with] = match taxes {
            money::Taxes::AsSent { included: true } => [including; 2],
            money::Taxes::AsSent { included: false } => [excluding; 2],
            money::Taxes::OfLine | money::Taxes::Rate(_) => [excluding, including],
            // each line says it
            money::Taxes::Unsaid { .. } => [""; 2],
        };
        let heading =
            |name: &str, is: &str| format!("{}\n{is}", value::words([name, currency])).trim_end().to_owned();
        let mut sheet = Self {
            kind,
            alert,
            number,
            buyer: header::buyer(element, ends, texts),
            date: typed.order_date.date_time(),
            sender,
            facts,
            parties,
            above: if is_cancelled { String::new() } else { of_language(&options.above) },
            headings: Headings {
                part,
                price: heading(texts.price, is_sent_with),
                amount: heading(texts.amount, is_with),
            },
            items,
            totals,
            notes: header::notes(element, texts),
            below: of_language(&options.below),
            further: Vec::new(),
        };
        sheet.further = further(root, &pairs, texts);
        sheet
    }

    pub(crate) fn title(&self) -> String {
        value::words([self.kind.as_str(), &self.number])
    }
}

/// What was not read, the whole order's first.
fn further(root: Element<'_>, pairs: &[(&ItemOut, Element<'_>, String)], texts: &Texts) -> Vec<Group> {
    let group = |place: String, label: String, unread: Vec<(String, String)>| Group {
        place,
        label,
        facts: unread
            .into_iter()
            .map(|(path, said)| {
                let said = if said.is_empty() { texts.nothing.to_owned() } else { said };
                Fact::new(path, said)
            })
            .collect(),
    };
    let mut items = pairs.iter().map(|(_, element, _)| *element).peekable();
    let of_order = root.unread(|child| items.next_if(|item| item.is(child)).is_none());
    let mut groups = vec![group("order".to_owned(), texts.whole_order.to_owned(), of_order)];
    groups.extend(pairs.iter().map(|(_, element, number)| {
        group(format!("item {number}"), format!("{} {number}", texts.line), element.unread(|_| true))
    }));
    groups.retain(|group| !group.facts.is_empty());
    groups
}

/// Names the mandatory options that say nothing.
fn check(options: &Options, sink: &mut dyn Sink) {
    for (name, value) in [
        ("invoice address", &options.invoice_address),
        ("invoice mailbox", &options.invoice_mailbox),
        ("procurement mailbox", &options.procurement_mailbox),
    ] {
        if value.trim().is_empty() {
            let finding = Diagnostic::new(OPTION, Severity::Error, format!("the {name} is blank"));
            sink.report(finding.at("options").help("without it the supplier has to guess; fill it in"));
        }
    }
}
