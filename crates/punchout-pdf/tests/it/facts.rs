//! What an order says, value by value, with the line that it belongs to.

use punchout_core::Amount;
use punchout_cxml::secret::Secrets;
use punchout_cxml::{Credential, Document, Header, OrderRequest, Party, RawElement, Request, Sender};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::form::Moment;

/// Something that an order says.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Names of elements, and of the attribute.
    pub(crate) path: String,
    pub(crate) sent: String,
    pub(crate) value: Value,
}

/// What it has to be found as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Number(Decimal),
    Percent(Decimal),
    /// With its currency.
    Money(Decimal, String),
    Moment(Moment),
    /// Character by character, as are numbers that cannot be read.
    Text,
}

/// What a line says, and what stands in its row in this order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) number: String,
    pub(crate) part: String,
    pub(crate) facts: Vec<Fact>,
    /// Quantity, price, what the price is for, other currency, rates, amount;
    /// nothing if one of them cannot be read.
    pub(crate) row: Vec<Decimal>,
    /// Of the units, which may hold numbers.
    pub(crate) units: Vec<String>,
}

/// All that an order says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) order: Vec<Fact>,
    /// Of the address that all lines have, which stands above them.
    pub(crate) above: Vec<Fact>,
    pub(crate) lines: Vec<Line>,
}

impl Facts {
    /// Those of an order, without what `secrets` says is one.
    pub(crate) fn of(order: &OrderRequest, secrets: &Secrets) -> Self {
        let nobody = || Party::new(Credential::new("", ""));
        let header = Header::new(nobody(), nobody(), Sender::new(Credential::new("", ""), ""));
        let document =
            Document::new("", "", punchout_cxml::Body::request(header, Request::new(order.clone())));
        let xml = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let end = "</OrderRequest>";
        let xml = &xml[xml.find("<OrderRequest>").unwrap()..xml.rfind(end).unwrap() + end.len()];
        let mut reader = Reader { own: Secrets::of(xml.as_bytes()), secrets, facts: Vec::new() };
        let mut facts = Self::default();
        let root = RawElement::parse(xml).unwrap();
        for child in root.children() {
            if child.name() == "ItemOut" {
                let number = facts.lines.len() + 1;
                facts.lines.push(reader.line(&child, number));
            } else {
                reader.walk(&child, "", true);
                facts.order.append(&mut reader.facts);
            }
        }
        let is_lifted = order.order_request_header.ship_to.is_none()
            && order.item_out.first().is_some_and(|first| {
                first.ship_to.is_some() && order.item_out.iter().all(|item| item.ship_to == first.ship_to)
            });
        for (n, line) in facts.lines.iter_mut().enumerate().filter(|_| is_lifted) {
            let is_above = |fact: &Fact| fact.path.starts_with("ItemOut/ShipTo");
            let above: Vec<_> = line.facts.extract_if(.., |fact| is_above(fact)).collect();
            if n == 0 {
                facts.above = above;
            }
        }
        facts
    }
}

struct Reader<'a> {
    secrets: &'a Secrets,
    /// What is a secret in the order itself.
    own: Secrets,
    facts: Vec<Fact>,
}

impl Reader<'_> {
    fn add(&mut self, path: String, sent: &str, value: Option<Value>) {
        let hidden = self.own.hide_repeated(sent);
        let hidden = self.secrets.hide_repeated(&hidden);
        // numbers of secrets are not numbers
        let value = match value.filter(|_| hidden == sent).unwrap_or(Value::Text) {
            Value::Money(amount, currency) => {
                let own = self.own.hide_repeated(&currency);
                Value::Money(amount, self.secrets.hide_repeated(&own).into_owned())
            }
            value => value,
        };
        let sent = hidden.trim().to_owned();
        if !sent.is_empty() && !is_told_otherwise(&path, &sent) {
            self.facts.push(Fact { path, sent, value });
        }
    }

    fn walk(&mut self, element: &RawElement, above: &str, is_only: bool) {
        let name = element.name();
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        let attribute = |name: &str| attribute(element, name);
        for (key, sent) in element.attributes() {
            let number = || number(&sent);
            let value = match key {
                "quantity" | "conversionFactor" | "payInNumberOfDays" => number().map(Value::Number),
                "percent" | "percentageRate" => number().map(Value::Percent),
                "alternateAmount" => number().map(|n| Value::Money(n, attribute("alternateCurrency"))),
                // with its amount
                "currency" if number_of(element).is_some() => continue,
                "alternateCurrency" if self::number(&attribute("alternateAmount")).is_some() => continue,
                key if key.to_lowercase().contains("date") => Moment::sent(&sent).map(Value::Moment),
                _ => None,
            };
            // the name of the state says the same
            if name == "State" && key == "isoStateCode" && is_code_of(&sent, &element.text()) {
                continue;
            }
            let is_nameless = key == "name" && is_only && sent.eq_ignore_ascii_case("default");
            if !(is_nameless && WAYS.contains(&name)) {
                self.add(format!("{path}@{key}"), &sent, value);
            }
        }
        let number = number_of(element);
        let value = match name {
            "Money" => number.map(|number| Value::Money(number, attribute("currency"))),
            "LeadTime" | "MaxQuantity" | "MinQuantity" => number.map(Value::Number),
            _ => None,
        };
        self.add(path.clone(), &element.text(), value);
        let children = element.children();
        for child in &children {
            let is_only = children.iter().filter(|other| other.name() == child.name()).nth(1).is_none();
            self.walk(child, &path, is_only);
        }
        if name == "Tax" {
            self.say_once(element, &path);
        }
    }

    /// A tax of one rate comes to what the rate comes to: that is said once.
    fn say_once(&mut self, tax: &RawElement, path: &str) {
        let details: Vec<_> = tax.children().into_iter().filter(|it| it.name() == "TaxDetail").collect();
        let [detail] = details.as_slice() else { return };
        let amount = child(detail, "TaxAmount").and_then(|amount| child(&amount, "Money"));
        let whole = child(tax, "Money");
        if let (Some(amount), Some(whole)) = (amount, whole)
            && amount.as_xml() == whole.as_xml()
        {
            let inner = format!("{path}/TaxDetail/TaxAmount/Money");
            self.facts.retain(|fact| !fact.path.starts_with(&inner));
        }
    }

    fn line(&mut self, item: &RawElement, place: usize) -> Line {
        self.walk(item, "", true);
        let sent = attribute(item, "lineNumber");
        let mut line = Line {
            number: match number(&sent) {
                Some(number) => number.normalize().to_string(),
                None if sent.trim().is_empty() => place.to_string(),
                None => sent.trim().to_owned(),
            },
            part: descendant(item, &["ItemID", "SupplierPartID"])
                .map(|it| it.text().trim().to_owned())
                .unwrap_or_default(),
            facts: std::mem::take(&mut self.facts),
            ..Line::default()
        };
        line.facts.retain(|fact| fact.path != "ItemOut@lineNumber");
        let detail = child(item, "ItemDetail").or_else(|| child(item, "BlanketItemDetail"));
        line.row = detail.and_then(|detail| row(item, &detail, &mut line)).unwrap_or_default();
        line
    }
}

/// The numbers of a row, if all of them can be read.
fn row(item: &RawElement, detail: &RawElement, line: &mut Line) -> Option<Vec<Decimal>> {
    let quantity = number(&attribute(item, "quantity"))?;
    let price = descendant(detail, &["UnitPrice", "Money"])?;
    let currency = attribute(&price, "currency");
    let places = places(&currency);
    let per_one = number_of(&price)?;
    let mut row = vec![quantity, per_one];
    let unit = child(detail, "UnitOfMeasure").map(|unit| unit.text().trim().to_owned()).unwrap_or_default();
    let mut amount = exact(quantity, per_one);
    if let Some(basis) = child(detail, "PriceBasisQuantity") {
        let code =
            child(&basis, "UnitOfMeasure").map(|unit| unit.text().trim().to_owned()).unwrap_or_default();
        let per = number(&attribute(&basis, "quantity"))?;
        let factor = attribute(&basis, "conversionFactor");
        let factor = if factor.trim().is_empty() { Decimal::ONE } else { number(&factor)? };
        amount = exact(quantity, factor)
            .and_then(|units| exact(units, per_one))
            .and_then(|amount| amount.checked_div(per));
        if code == unit && factor == Decimal::ONE {
            line.facts.retain(|fact| !fact.path.ends_with("/PriceBasisQuantity@conversionFactor"));
            if per == Decimal::ONE {
                // a price for one is said by saying nothing
                line.facts.retain(|fact| !fact.path.ends_with("/PriceBasisQuantity@quantity"));
            }
        }
        if per != Decimal::ONE || code != unit || factor != Decimal::ONE {
            row.push(per);
        }
        line.units.push(code);
    }
    line.units.push(unit);
    if let Some(other) = number(&attribute(&price, "alternateAmount")) {
        row.push(other);
    }
    line.units.push(attribute(&price, "alternateCurrency"));
    if let Some(tax) = child(item, "Tax") {
        for rate in tax.children().iter().filter(|it| it.name() == "TaxDetail") {
            let rate = attribute(rate, "percentageRate");
            if !rate.trim().is_empty() {
                row.push(number(&rate)?);
            }
        }
    }
    // what has too many digits to be counted has no amount
    if let Some(amount) = amount.filter(|_| detail.name() == "ItemDetail") {
        row.push(amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero));
        // what a tax is on is said if it is anything else than that
        let of_base = "ItemOut/Tax/TaxDetail/TaxableAmount/Money";
        let bases: Vec<_> = line.facts.iter().filter(|fact| fact.path == of_base).collect();
        if let ([base], Some(amount)) = (bases.as_slice(), row.last())
            && base.value == Value::Money(*amount, currency)
        {
            line.facts.retain(|fact| fact.path != of_base);
        }
    }
    Some(row)
}

/// A product that is right to the last coin: no digit is lost of it, or only
/// where no coin is.
fn exact(a: Decimal, b: Decimal) -> Option<Decimal> {
    const FAR: u32 = 8;
    let product = a.checked_mul(b)?;
    let [x, y, shown] = [a, b, product].map(|number| number.normalize());
    let lost = (x.scale() + y.scale()).checked_sub(shown.scale()).and_then(|n| 10_i128.checked_pow(n));
    let whole = lost.and_then(|lost| shown.mantissa().checked_mul(lost));
    let is_whole = whole.is_some() && whole == x.mantissa().checked_mul(y.mantissa());
    (is_whole || shown.scale() >= FAR).then_some(product)
}

/// What the coins of these currencies come in.
fn places(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "CLP" => 0,
        "KWD" | "BHD" | "TND" => 3,
        _ => 2,
    }
}

/// What is not to be found character by character, each for its reason.
fn is_told_otherwise(path: &str, sent: &str) -> bool {
    let ends = |names: &[&str]| names.iter().any(|name| path.ends_with(name));
    match sent {
        // the title says so
        "new" | "update" | "delete" if ends(&["OrderRequestHeader@type"]) => true,
        // a note on the line says so
        "new" | "delete" | "block" if ends(&["ItemOut@operation"]) => true,
        // what the supplier knows the buyer by has a word in the reader's language
        "customerNumber" if ends(&["Extrinsic@name"]) => true,
        // the plain kind needs no word
        "regular" if ends(&["@orderType"]) => true,
        "yes" if ends(&["@shipComplete", "@isReturn", "@isDeliveryCompleted"]) => true,
        _ => {
            // the reader's language has its own word for the tax
            VAT.iter().any(|word| word.eq_ignore_ascii_case(sent)) && ends(&["Tax/Description", "@category"])
                // the reader's language has words for them
                || ends(&["@role"])
                // the country is named, the prefix says it; what language a text has is seen
                || ends(&["@isoCountryCode", "@xml:lang"])
                // never on paper
                || ["PCard@", "PaymentToken@", "/SharedSecret", "/CredentialMac", "/DigitalSignature"]
                    .iter()
                    .any(|name| path.contains(name))
        }
    }
}

/// Ways to reach somebody: the only one is called `default` by programs.
const WAYS: [&str; 5] = ["PostalAddress", "Email", "Phone", "Fax", "URL"];
const VAT: [&str; 6] = ["VAT", "btw", "MwSt.", "USt", "TVA", "Umsatzsteuer"];

/// Whether a code such as `US-TX` is that of a state that is called `TX`.
fn is_code_of(code: &str, state: &str) -> bool {
    let (code, state) = (code.trim().to_uppercase(), state.trim().to_uppercase());
    code == state || !state.is_empty() && code.ends_with(&format!("-{state}"))
}

/// A number as cXML spells it, or as it is read leniently.
fn number(sent: &str) -> Option<Decimal> {
    let sent = sent.trim();
    let groups: Vec<_> = sent.split('.').next()?.split(',').collect();
    if groups.len() > 1 && !groups[1..].iter().all(|group| group.len() == 3) {
        return None;
    }
    let plain = sent.replace(',', "");
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
    plain.trim_end_matches('.').parse::<Amount>().ok().map(|amount| amount.value())
}

fn number_of(element: &RawElement) -> Option<Decimal> {
    number(&element.text())
}

fn attribute(element: &RawElement, name: &str) -> String {
    let mut all = element.attributes();
    all.find(|(key, _)| *key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

fn child(element: &RawElement, name: &str) -> Option<RawElement> {
    element.children().into_iter().find(|child| child.name() == name)
}

fn descendant(element: &RawElement, names: &[&str]) -> Option<RawElement> {
    names.iter().try_fold(element.clone(), |element, name| child(&element, name))
}
