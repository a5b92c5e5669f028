//! What an HTTPS answer means where the peer speaks cXML.

use punchout_cxml::answer::{Answer, Classifier, Disposition, Kind};
use punchout_cxml::{Document, secret};
use punchout_transport::{ByStatus, HttpReply, Verdict};

/// Judges HTTP answers by the cXML in them, and by the rules of a partner.
///
/// It is the classifier for orders as cXML:
///
/// ```
/// use punchout::answer::ByCxml;
/// use punchout::cxml::answer::{Classifier as Rules, Kind, Meaning, Rule};
/// use punchout::transport::{Classifier, HttpReply, Verdict};
///
/// // the server is content, the shop is not
/// let body = br#"<cXML><Response><Status code="500" text="Internal Server Error"/></Response></cXML>"#;
/// let reply = HttpReply::new(200, Vec::new(), body.to_vec());
/// assert!(matches!(ByCxml::guide().classify(&reply), Verdict::Retry { .. }));
///
/// // a page says nothing about an order
/// let page = HttpReply::new(200, Vec::new(), b"<html><title>Log in</title></html>".to_vec());
/// assert!(matches!(ByCxml::guide().classify(&page), Verdict::Unclear { .. }));
///
/// // but its status may
/// let page = HttpReply::new(401, Vec::new(), b"<html><title>Log in</title></html>".to_vec());
/// assert!(matches!(ByCxml::guide().classify(&page), Verdict::TurnedAway { .. }));
///
/// // this shop has no words for a yes
/// let shop = ByCxml::new(Rules::guide().with_rule(Rule::new(Meaning::Accepted).when_http(202).when_kind(Kind::Empty)));
/// let nothing = HttpReply::new(202, Vec::new(), Vec::new());
/// assert!(matches!(shop.classify(&nothing), Verdict::Accepted { .. }));
/// assert!(matches!(ByCxml::guide().classify(&nothing), Verdict::Unclear { .. }));
/// ```
///
/// | cXML says | here |
/// |---|---|
/// | delivered | accepted; the reference is the payload id of the response |
/// | not delivered | retry, after what `Retry-After` asks for |
/// | rejected | rejected |
/// | unknown | unclear |
/// | nothing, and [`ByStatus`] knows that the request was turned away | turned away |
///
/// A status 5xx without cXML in it is unclear, and stays so however often it
/// comes: the guide calls it transient and has the order sent again, but a
/// gateway answers 502, 503 and 504 also after it has passed the order on, and a
/// shop 500 after it has kept it. A repeat is safe only with a peer that knows an
/// order by its payload id; whoever has one says so, with
/// [`Retry::with_unknown_sent_again`](punchout_transport::Retry::with_unknown_sent_again)
/// or `order.https.recognises_repeats` of a connection. A 5xx that a cXML
/// response says is the peer's own word that it did not take the order: retry.
///
/// A reason quotes the answer, with what looks like a secret hidden. With the
/// feature `mime` a response may be the document of a multipart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByCxml {
    rules: Classifier,
}

impl ByCxml {
    /// Judges as the cXML guide does.
    #[must_use]
    pub fn guide() -> Self {
        Self::default()
    }

    /// Judges by the rules of a partner, then as the guide does.
    #[must_use]
    pub fn new(rules: Classifier) -> Self {
        Self { rules }
    }
}

impl punchout_transport::Classifier for ByCxml {
    fn classify(&self, reply: &HttpReply) -> Verdict {
        let content_type = reply.header("content-type");
        #[cfg(feature = "mime")]
        if let Some(document) = opened(content_type, &reply.body) {
            return self.judge(reply, None, &document);
        }
        self.judge(reply, content_type, &reply.body)
    }
}

impl ByCxml {
    fn judge(&self, reply: &HttpReply, content_type: Option<&str>, body: &[u8]) -> Verdict {
        let mut answer = Answer::new(body).with_http_status(reply.status);
        answer.content_type = content_type;
        let verdict = self.rules.classify(&answer);
        let reason = secret::hidden(&verdict.reason).into_owned();
        match verdict.disposition {
            Disposition::Delivered => {
                let reference = (verdict.seen.kind == Kind::Response).then(|| payload_id(body)).flatten();
                Verdict::Accepted { reference }
            }
            Disposition::Rejected => Verdict::Rejected { reason },
            Disposition::NotDelivered => Verdict::Retry { after: reply.retry_after(), reason },
            // neither a response nor a rule of the partner: what HTTP means by the status is left
            _ if verdict.status.is_none() && verdict.rule.is_none() && turned_away(reply) => {
                Verdict::TurnedAway { reason }
            }
            _ => Verdict::Unclear { reason },
        }
    }
}

fn turned_away(reply: &HttpReply) -> bool {
    use punchout_transport::Classifier as _;
    matches!(ByStatus.classify(reply), Verdict::TurnedAway { .. })
}

/// What the peer calls its answer, which it finds again by it.
fn payload_id(body: &[u8]) -> Option<String> {
    let document = Document::read(body.trim_ascii(), &mut punchout_core::Ignore).ok()?;
    let id = document.payload_id.trim();
    let kept = punchout_core::truncated(id, 200);
    // an id without its end is none; it also tells whoever looks for a secret in it
    let rest = (kept.len() < id.len()).then_some('…');
    let id = kept.chars().map(|c| if c.is_control() { ' ' } else { c }).chain(rest).collect::<String>();
    Some(id).filter(|id| !id.is_empty())
}

/// The document of a multipart.
#[cfg(feature = "mime")]
fn opened(content_type: Option<&str>, body: &[u8]) -> Option<Vec<u8>> {
    let content_type = content_type?;
    let multipart = content_type.trim_start().get(..10)?.eq_ignore_ascii_case("multipart/");
    let reader = punchout_cxml::mime::Reader::new();
    multipart
        .then(|| reader.read(Some(content_type), body, &mut punchout_core::Ignore).ok())?
        .map(|p| p.document)
}
