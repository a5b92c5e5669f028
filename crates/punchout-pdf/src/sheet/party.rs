//! Addresses and contacts as lines.

use super::Party;
use super::value::{is_only, named, url, words};
use crate::texts::Texts;
use crate::tree::Element;

impl Party {
    /// An address, and the references that stand beside it.
    pub(super) fn of_address(label: &str, beside: Element<'_>, texts: &Texts) -> Self {
        let Some(address) = beside.child("Address") else {
            return Self { label: label.to_owned(), ..Self::default() };
        };
        let role = if beside.has("role") { beside.attribute("role") } else { "" };
        let mut party = Self::new(label, role, address, texts);
        party.references(beside, texts);
        for carrier in beside.all("CarrierIdentifier") {
            let value = words([carrier.attribute("domain"), carrier.text()]);
            party.lines.push(texts.told(texts.carrier, &value));
        }
        party
    }

    /// A contact, or an address that stands for itself.
    pub(super) fn new(label: &str, role: &str, element: Element<'_>, texts: &Texts) -> Self {
        let mut party = Self { label: label.to_owned(), ..Self::default() };
        element.text_of("Name").clone_into(&mut party.name);
        let postal_is_only = is_only(element, "PostalAddress");
        for postal in element.all("PostalAddress") {
            party.postal(postal, postal_is_only, texts);
            let iso = postal.child("Country").map_or("", |country| country.attribute("isoCountryCode"));
            element.takes("isoCountryCode", iso);
        }
        party.reach(element, texts);
        if element.has("addressID") {
            let domain = element.attribute("addressIDDomain");
            let domain = if domain.is_empty() { String::new() } else { format!("({domain})") };
            // what somebody is known by in the books is no place
            let is_account = role.to_ascii_lowercase().ends_with("account");
            let name = if is_account { texts.account_id } else { texts.address_id };
            party.lines.push(words([name, element.attribute("addressID"), &domain]));
        }
        if element.name() == "Contact" {
            party.references(element, texts);
        }
        party.extrinsics(element, texts);
        // many senders say the same thing in two fields
        let name = party.name.clone();
        party.lines.retain(|line| !line.is_empty() && *line != name);
        party.lines.dedup();
        party
    }

    pub(super) fn of_contact(contact: Element<'_>, texts: &Texts) -> Self {
        let role = contact.attribute("role");
        let party = Self::new(&texts.role(role), role, contact, texts);
        if role.is_empty() { party } else { party.or_dash() }
    }

    /// A party of the document's header: who it is by name, if it says so, and
    /// by the numbers that both ends know it by.
    pub(super) fn of_end(label: String, end: Element<'_>, texts: &Texts) -> Self {
        let mut contacts = end.all("Correspondent").flat_map(|it| it.all("Contact"));
        let mut party = contacts.next().map(|contact| Self::new("", "", contact, texts)).unwrap_or_default();
        party.label = label;
        // it says which marketplace the others are of, and is nobody's number
        let is_own = |credential: &Element<'_>| !credential.says("type", "marketplace");
        let credentials = end.all("Credential").filter(is_own);
        let said = credentials.map(|it| words([it.attribute("domain"), it.text_of("Identity")]));
        party.lines.splice(..0, said);
        party.lines.extend(contacts.map(|contact| Self::of_contact(contact, texts).joined()));
        party.lines.retain(|line| !line.is_empty());
        party.lines.dedup();
        if party.name.is_empty() && !party.lines.is_empty() {
            party.name = party.lines.remove(0);
        }
        party
    }

    /// With a dash for somebody of whom no more is said than a role.
    pub(super) fn or_dash(mut self) -> Self {
        if self.is_empty() {
            self.lines.push("–".to_owned());
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.name.is_empty() && self.lines.is_empty()
    }

    /// All on one line.
    pub(super) fn joined(&self) -> String {
        let parts = std::iter::once(&self.name).chain(&self.lines).filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    fn postal(&mut self, postal: Element<'_>, is_only: bool, texts: &Texts) {
        let start = self.lines.len();
        let lines = &mut self.lines;
        for line in postal.all("DeliverTo").chain(postal.all("Street")) {
            lines.push(line.text().to_owned());
        }
        let city = postal.text_of("City");
        let code = postal.text_of("PostalCode");
        let state = postal.child("State").map(state).unwrap_or_default();
        let country = postal.child("Country");
        let iso = country.map_or("", |country| country.attribute("isoCountryCode"));
        if matches!(iso, "US" | "CA" | "AU" | "GB" | "IE") {
            let comma = if state.is_empty() || city.is_empty() { "" } else { "," };
            lines.push(words([format!("{city}{comma}").as_str(), &state, code]));
        } else {
            lines.push(words([code, city]));
            lines.push(if state == city { String::new() } else { state });
        }
        lines.push(postal.text_of("Municipality").to_owned());
        let country = country.map_or("", Element::text);
        lines.push(if country.is_empty() { iso } else { country }.to_owned());
        self.extrinsics(postal, texts);
        if self.lines.len() > start && self.lines.iter().skip(start).any(|line| !line.is_empty()) {
            let own = postal.attribute("name");
            let is_none = is_only && own.eq_ignore_ascii_case("default");
            if !is_none && own != self.name {
                self.lines.insert(start, own.to_owned());
            }
        }
    }

    fn extrinsics(&mut self, of: Element<'_>, texts: &Texts) {
        let facts = of.all("Extrinsic").map(|extrinsic| texts.extrinsic(extrinsic));
        self.lines.extend(facts.filter(|fact| !fact.value.is_empty()).map(|fact| texts.fact(&fact)));
    }

    fn references(&mut self, of: Element<'_>, texts: &Texts) {
        let facts = of.all("IdReference").map(|reference| texts.id_reference(reference));
        self.lines.extend(facts.filter(|fact| !fact.value.is_empty()).map(|fact| texts.fact(&fact)));
    }

    fn reach(&mut self, of: Element<'_>, texts: &Texts) {
        let [email_is_only, phone_is_only, fax_is_only, url_is_only] =
            ["Email", "Phone", "Fax", "URL"].map(|name| is_only(of, name));
        let mut add = |label: &str, value: String, of: Element<'_>, is_only: bool| {
            if !value.is_empty() {
                self.lines.push(words([label, &value, &named(of, is_only)]));
            }
        };
        for email in of.all("Email") {
            add("", email.text().to_owned(), email, email_is_only);
        }
        for phone in of.all("Phone") {
            for number in phone.all("TelephoneNumber") {
                add(texts.phone, telephone(number, texts), phone, phone_is_only);
            }
        }
        for fax in of.all("Fax") {
            for number in fax.all("TelephoneNumber") {
                add(texts.fax, telephone(number, texts), fax, fax_is_only);
            }
            for value in fax.all("Email").chain(fax.all("URL")) {
                add(texts.fax, value.text().to_owned(), fax, fax_is_only);
            }
        }
        for page in of.all("URL").filter(|page| page.has_text()) {
            self.lines.push(url(page, url_is_only));
        }
    }
}

impl Texts {
    /// The word for a role, or the role as sent.
    pub(super) fn role(&self, role: &str) -> String {
        let known = self.roles.iter().find(|(key, _)| key.eq_ignore_ascii_case(role));
        match known {
            Some((_, word)) => (*word).to_owned(),
            None if role.is_empty() => self.contact.to_owned(),
            None => format!("{} ({role})", self.contact),
        }
    }
}

/// A state as it is called, and its code if that is another word.
fn state(state: Element<'_>) -> String {
    let (name, code) = (state.text(), state.attribute("isoStateCode"));
    // such as `US-TX`
    let short = code.rsplit('-').next().unwrap_or_default();
    if [code, short].iter().any(|code| code.eq_ignore_ascii_case(name)) {
        return name.to_owned();
    }
    let code = if name.is_empty() || code.is_empty() { code.to_owned() } else { format!("({code})") };
    words([name, &code])
}

/// As it is dialled; empty, and not read, when there is nothing to dial.
fn telephone(number: Element<'_>, texts: &Texts) -> String {
    let says = |name| number.child(name).is_some_and(Element::has_text);
    // an empty part of a skeleton says nothing
    let parts = ["CountryCode", "AreaOrCityCode", "Number", "Extension"];
    for part in parts.into_iter().filter_map(|name| number.child(name)).filter(|part| !part.has_text()) {
        part.text();
    }
    if !says("AreaOrCityCode") && !says("Number") {
        return String::new();
    }
    let country = number.child("CountryCode");
    if let Some(country) = country.filter(|country| country.has_text()) {
        // the prefix says the same
        country.attribute("isoCountryCode");
    }
    let country = country.map_or("", Element::text).trim_start_matches('+');
    let country = if country.is_empty() { String::new() } else { format!("+{country}") };
    let extension = number.text_of("Extension");
    let extension =
        if extension.is_empty() { String::new() } else { format!("{} {extension}", texts.extension) };
    words([country.as_str(), number.text_of("AreaOrCityCode"), number.text_of("Number"), &extension])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{DUTCH, ENGLISH};
    use crate::tree::Tree;

    fn party(inside: &str, texts: &Texts) -> Vec<String> {
        let xml = format!("<OrderRequest><Address><Name>ACME</Name>{inside}</Address></OrderRequest>");
        let tree = Tree::new(&xml, false);
        let party = Party::of_address("Ship to", tree.order().unwrap(), texts);
        assert_eq!(party.name, "ACME");
        party.lines
    }

    #[test]
    fn cities_stand_as_their_country_writes_them() {
        let german = "<PostalAddress name='default'><Street>Hauptstraße 1</Street><City>Köln</City>\
            <PostalCode>50667</PostalCode><Country isoCountryCode='DE'>Germany</Country></PostalAddress>";
        assert_eq!(party(german, &ENGLISH), ["Hauptstraße 1", "50667 Köln", "Germany"]);
        let american = "<PostalAddress name='Dock 2'><Street>1 Main St</Street><City>Austin</City>\
            <State>TX</State><PostalCode>78701</PostalCode><Country isoCountryCode='US'/></PostalAddress>";
        assert_eq!(party(american, &ENGLISH), ["Dock 2", "1 Main St", "Austin, TX 78701", "US"]);
        for (state, shown) in [
            ("<State isoStateCode='US-TX'>TX</State>", "Austin, TX 78701"),
            ("<State isoStateCode='tx'>TX</State>", "Austin, TX 78701"),
            ("<State isoStateCode='US-TX'>Texas</State>", "Austin, Texas (US-TX) 78701"),
            ("<State isoStateCode='US-TX'/>", "Austin, US-TX 78701"),
            ("<State>Texas</State>", "Austin, Texas 78701"),
        ] {
            let address = american.replace("<State>TX</State>", state);
            assert_eq!(party(&address, &ENGLISH)[2], shown, "{state}");
        }
    }

    #[test]
    fn a_default_is_named_beside_others() {
        let mail = "<Email name='default'>a@b.example</Email>";
        assert_eq!(party(mail, &ENGLISH), ["a@b.example"]);
        let mails = format!("{mail}<Email name='night'>c@d.example</Email>");
        assert_eq!(party(&mails, &ENGLISH), ["a@b.example (default)", "c@d.example (night)"]);
    }

    #[test]
    fn numbers_are_dialled_and_skeletons_leave_no_trace() {
        let phone = |country: &str, area: &str, number: &str, extension: &str| {
            let xml = format!(
                "<Phone name='work'><TelephoneNumber><CountryCode isoCountryCode='DE'>{country}</CountryCode>\
                <AreaOrCityCode>{area}</AreaOrCityCode><Number>{number}</Number><Extension>{extension}</Extension>\
                </TelephoneNumber></Phone>"
            );
            party(&xml, &DUTCH)
        };
        assert_eq!(phone("1", "", "", ""), [""; 0]);
        assert_eq!(phone("+49", "221", "123456", "7"), ["Tel. +49 221 123456 tst. 7 (work)"]);
    }
}
