//! Addresses and contacts as lines.

use punchout_cxml::{
    Address, Contact, Email, Extrinsic, Fax, IdReference, Phone, PostalAddress, TelephoneNumber, Url,
};

use super::Party;
use super::value::{extrinsic, id_reference, words};
use crate::texts::Texts;

impl Party {
    pub(super) fn of_address(label: &str, address: &Address, keys: &[IdReference], texts: &Texts) -> Self {
        let name = address.name.text.trim().to_owned();
        let mut lines = Vec::new();
        if let Some(postal) = &address.postal_address {
            postal_lines(postal, &name, &mut lines);
        }
        reach(&address.email, &address.phone, &address.fax, &address.url, &mut lines, texts);
        key_lines(address.address_id.as_deref(), keys, &mut lines, texts);
        Self::tidy(label.to_owned(), name, lines)
    }

    pub(super) fn of_contact(contact: &Contact, texts: &Texts) -> Self {
        let label = match contact.role.as_deref().map(str::trim) {
            None | Some("") => texts.contact.to_owned(),
            Some(role) => texts.role(role),
        };
        let name = contact.name.text.trim().to_owned();
        let mut lines = Vec::new();
        for postal in &contact.postal_address {
            postal_lines(postal, &name, &mut lines);
        }
        reach(&contact.email, &contact.phone, &contact.fax, &contact.url, &mut lines, texts);
        key_lines(contact.address_id.as_deref(), &contact.id_reference, &mut lines, texts);
        extrinsic_lines(&contact.extrinsic, &mut lines);
        Self::tidy(label, name, lines)
    }

    fn tidy(label: String, name: String, mut lines: Vec<String>) -> Self {
        // many senders say the same thing in two fields
        lines.retain(|line| !line.is_empty() && *line != name);
        lines.dedup();
        Self { label, name, lines }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.name.is_empty() && self.lines.is_empty()
    }

    /// All on one line.
    pub(super) fn joined(&self) -> String {
        let parts = std::iter::once(&self.name).chain(&self.lines).filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

impl Texts {
    /// The word for a role, or the role as sent.
    pub(super) fn role(&self, role: &str) -> String {
        let known = self.roles.iter().find(|(key, _)| key.eq_ignore_ascii_case(role));
        known.map_or_else(|| format!("{} ({role})", self.contact), |(_, word)| (*word).to_owned())
    }
}

fn postal_lines(postal: &PostalAddress, name: &str, lines: &mut Vec<String>) {
    let own_name = postal.name.as_deref().unwrap_or_default().trim();
    if !own_name.eq_ignore_ascii_case("default") && own_name != name {
        lines.push(own_name.to_owned());
    }
    for line in postal.deliver_to.iter().chain(&postal.street) {
        lines.push(line.trim().to_owned());
    }
    let city = postal.city.value.trim();
    let code = postal.postal_code.as_deref().unwrap_or_default().trim();
    let state = postal.state.as_ref().map(|state| state.value.trim()).filter(|state| *state != city);
    let state = state.unwrap_or_default();
    if matches!(postal.country.iso_country_code.as_str(), "US" | "CA" | "AU" | "GB" | "IE") {
        let comma = if state.is_empty() || city.is_empty() { "" } else { "," };
        lines.push(words([format!("{city}{comma}").as_str(), state, code]));
    } else {
        lines.push(words([code, city]));
        lines.push(state.to_owned());
    }
    if let Some(part) = &postal.municipality {
        lines.push(part.value.trim().to_owned());
    }
    let country = postal.country.value.trim();
    lines.push(if country.is_empty() { postal.country.iso_country_code.trim() } else { country }.to_owned());
    extrinsic_lines(&postal.extrinsic, lines);
}

fn extrinsic_lines(extrinsics: &[Extrinsic], lines: &mut Vec<String>) {
    let facts = extrinsics.iter().map(extrinsic).filter(|fact| !fact.value.is_empty());
    lines.extend(facts.map(|fact| fact.to_string()));
}

fn reach<'a>(
    email: impl IntoIterator<Item = &'a Email>,
    phone: impl IntoIterator<Item = &'a Phone>,
    fax: impl IntoIterator<Item = &'a Fax>,
    url: impl IntoIterator<Item = &'a Url>,
    lines: &mut Vec<String>,
    texts: &Texts,
) {
    let mut labelled = |label: &str, value: String| {
        if !value.is_empty() {
            lines.push(words([label, &value]));
        }
    };
    for email in email {
        labelled("", email.value.trim().to_owned());
    }
    for phone in phone {
        labelled(texts.phone, telephone(&phone.telephone_number, texts));
    }
    for fax in fax {
        let number = fax.telephone_number.iter().map(|number| telephone(number, texts));
        let mail = fax.email.iter().map(|email| email.value.trim().to_owned());
        let page = fax.url.iter().map(|url| url.value.trim().to_owned());
        for value in number.chain(mail).chain(page) {
            labelled(texts.fax, value);
        }
    }
    for url in url {
        labelled("", url.value.trim().to_owned());
    }
}

/// As it is dialled; empty when there is nothing to dial.
fn telephone(number: &TelephoneNumber, texts: &Texts) -> String {
    let country = number.country_code.value.trim().trim_start_matches('+');
    let country = if country.is_empty() { String::new() } else { format!("+{country}") };
    let local = words([number.area_or_city_code.as_str(), &number.number]);
    let extension = number.extension.as_deref().unwrap_or_default().trim();
    let extension =
        if extension.is_empty() { String::new() } else { format!("{} {extension}", texts.extension) };
    if local.is_empty() { String::new() } else { words([country.as_str(), &local, &extension]) }
}

fn key_lines(address_id: Option<&str>, keys: &[IdReference], lines: &mut Vec<String>, texts: &Texts) {
    if let Some(id) = address_id.map(str::trim).filter(|id| !id.is_empty()) {
        lines.push(format!("{} {id}", texts.address_id));
    }
    lines.extend(
        keys.iter().map(id_reference).filter(|fact| !fact.value.is_empty()).map(|fact| fact.to_string()),
    );
}

#[cfg(test)]
mod tests {
    use punchout_cxml::{Country, CountryCode, Name, State};

    use super::*;
    use crate::texts::ENGLISH;

    fn lines(postal: PostalAddress) -> Vec<String> {
        let address = Address::new(Name::new("ACME", "en")).with_postal_address(postal);
        Party::of_address("Ship to", &address, &[], &ENGLISH).lines
    }

    #[test]
    fn cities_stand_as_their_country_writes_them() {
        let german = PostalAddress::new("Hauptstraße 1", "Köln", Country::new("DE", "Germany"))
            .with_postal_code("50667");
        assert_eq!(lines(german), ["Hauptstraße 1", "50667 Köln", "Germany"]);
        let american = PostalAddress::new("1 Main St", "Austin", Country::new("US", ""))
            .with_postal_code("78701")
            .with_state(State::new("TX"));
        assert_eq!(lines(american), ["1 Main St", "Austin, TX 78701", "US"]);
    }

    #[test]
    fn skeletons_leave_no_trace() {
        let number = TelephoneNumber::new(CountryCode::new("US", "1"), "", "");
        assert_eq!(telephone(&number, &ENGLISH), "");
        let number = TelephoneNumber::new(CountryCode::new("DE", "+49"), "221", "123456");
        assert_eq!(telephone(&number, &ENGLISH), "+49 221 123456");
    }
}
