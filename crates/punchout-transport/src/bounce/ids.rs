use crate::Digest;

/// RFC 3461, 4.4: the longest envelope id.
const LONGEST_ENVELOPE_ID: usize = 100;

/// By what the mail of an order is recognised when something comes back.
///
/// Made from the order's identity, so it is the same for every attempt. Store
/// it with the order, or make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MailIds {
    /// The `Message-ID` without its angle brackets: the identity where it has
    /// that form, as a `payloadID` mostly has; otherwise its SHA-256 and the
    /// sender's domain.
    pub message_id: String,
    /// The id on the envelope, which servers repeat in what they report
    /// (RFC 3461, `ENVID`).
    pub envelope_id: String,
    /// The buyer's number of the order. Others may have the same.
    pub order_number: String,
}

impl MailIds {
    /// Names a mail by the [`identity`](crate::Consignment::identity) of its
    /// order, the domain of its sender and the order's number.
    #[must_use]
    pub fn new(identity: &str, domain: &str, order_number: impl Into<String>) -> Self {
        let hash = Digest::of(identity.as_bytes()).to_string();
        let message_id =
            if is_message_id(identity) { identity.to_owned() } else { format!("{hash}@{domain}") };
        // what would have to be written in another way may be read back in that way
        let survives = message_id.len() <= LONGEST_ENVELOPE_ID && !message_id.contains(['+', '=']);
        let envelope_id = if survives { message_id.clone() } else { hash };
        Self { message_id, envelope_id, order_number: order_number.into() }
    }
}

/// `left@right`, both of dotted atoms (RFC 5322, 3.6.4), and short enough for
/// one line.
fn is_message_id(identity: &str) -> bool {
    let dotted = |text: &str| {
        text.split('.').all(|atom| {
            let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
            !atom.is_empty() && atom.bytes().all(legal)
        })
    };
    let halves = identity.split_once('@').filter(|_| identity.len() <= 200);
    halves.is_some_and(|(left, right)| dotted(left) && dotted(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_identity_makes_a_message_id() {
        let id = |identity| MailIds::new(identity, "buyer.example", "17");
        let ids = id("1732222222.7@buyer.example");
        assert_eq!(ids.message_id, "1732222222.7@buyer.example");
        assert_eq!(ids.envelope_id, ids.message_id);
        let odd = id("a+b/c=d@host");
        assert_eq!(odd.message_id, "a+b/c=d@host");
        assert_eq!(odd.envelope_id, Digest::of(b"a+b/c=d@host").to_string());
        let long = format!("{}@x", "x".repeat(200));
        let others = [
            "4500000017",
            "a b@x",
            "a@b@c",
            "@x",
            "a@",
            ".a@x",
            "a..b@x",
            "a.@x",
            "<a@x>",
            "a\"@x",
            "Bestellung Ü@x",
            "(a)@x",
            "a@[1.2.3.4]",
            &long,
            "",
        ];
        for (index, identity) in others.into_iter().enumerate() {
            let made = id(identity);
            let hash = made.message_id.strip_suffix("@buyer.example").unwrap();
            assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made:?}");
            assert!(made.envelope_id.len() <= LONGEST_ENVELOPE_ID);
            assert_eq!(made, id(identity));
            assert!(others.into_iter().take(index).all(|other| id(other) != made), "{identity}");
        }
        let far = MailIds::new("17", &"long".repeat(20), "17");
        assert_eq!(far.message_id, format!("{}@{}", far.envelope_id, "long".repeat(20)));
    }
}
