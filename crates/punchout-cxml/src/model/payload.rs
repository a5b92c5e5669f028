//! What requests, messages and responses carry.

use crate::{
    Body, ConfirmationRequest, CopyRequest, Document, GetPendingRequest, GetPendingResponse,
    InvoiceDetailRequest, OrderRequest, ProfileRequest, ProfileResponse, PunchOutOrderMessage,
    PunchOutSetupRequest, PunchOutSetupResponse, RawElement, ShipNoticeRequest, StatusUpdateRequest,
};

/// What a document may carry: a type that [`Payload`], [`MessagePayload`] or
/// [`ResponsePayload`] has a variant for.
///
/// It is for [`Document::payload`] and [`Document::into_payload`] alone.
pub trait Carried: Sized + sealed::Sealed {
    /// The name of the element.
    const NAME: &'static str;

    #[doc(hidden)]
    fn of(document: &Document) -> Option<&Self>;

    #[doc(hidden)]
    fn out_of(document: Document) -> Option<Self>;
}

mod sealed {
    #[expect(unnameable_types, reason = "it keeps others from implementing the trait")]
    pub trait Sealed {}
}

/// Declares what an envelope may carry, from one list.
macro_rules! payload {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$variant>),)*
            /// Any other, as it was sent; its name says what it is.
            Other(RawElement),
            /// Nothing, though there must be something.
            Missing,
        }

        impl $name {
            /// The name of the element, which is empty where there is none.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)*
                    Self::Other(element) => element.name(),
                    Self::Missing => "",
                }
            }

            /// The DTD that has it, such as `Fulfill`.
            #[must_use]
            pub fn dtd(&self) -> &'static str {
                dtd_of(self.name())
            }

            pub(crate) fn read<'a>(
                cursor: &mut $crate::read::Cursor<'a>,
                tag: &$crate::xml::Tag<'a>,
            ) -> Result<Self, $crate::Error> {
                match tag.name {
                    $(stringify!($variant) => {
                        cursor.element(tag.clone()).map(|payload| Self::$variant(Box::new(payload)))
                    })*
                    _ => cursor.raw(tag).map(Self::Other),
                }
            }

            pub(crate) fn write(&self, writer: &mut $crate::write::Writer) {
                match self {
                    $(Self::$variant(payload) => {
                        $crate::element::Element::write(&**payload, writer, stringify!($variant));
                    })*
                    Self::Other(element) => writer.raw(element),
                    Self::Missing => {
                        writer.check(|| Some("it carries nothing; add what is to be said".into()), None);
                    }
                }
            }
        }

        $(impl From<$variant> for $name {
            fn from(payload: $variant) -> Self {
                Self::$variant(Box::new(payload))
            }
        })*

        $(impl sealed::Sealed for $variant {}

        impl Carried for $variant {
            const NAME: &'static str = stringify!($variant);

            fn of(document: &Document) -> Option<&Self> {
                match $name::of(document)? {
                    $name::$variant(payload) => Some(payload),
                    _ => None,
                }
            }

            fn out_of(document: Document) -> Option<Self> {
                match $name::out_of(document)? {
                    $name::$variant(payload) => Some(*payload),
                    _ => None,
                }
            }
        })*

        impl From<RawElement> for $name {
            fn from(element: RawElement) -> Self {
                Self::Other(element)
            }
        }
    };
}

payload! {
    /// The payload of a request.
    pub enum Payload {
        /// Sends a copy of a document to somebody else.
        CopyRequest,
        /// Asks for the messages that wait.
        GetPendingRequest,
        /// An order, a change of one, or its cancellation.
        OrderRequest,
        /// What the supplier says to an order.
        ConfirmationRequest,
        /// What the supplier says about a shipment.
        ShipNoticeRequest,
        /// An invoice, a credit memo, or the taking back of one.
        InvoiceDetailRequest,
        /// Asks what a partner's system can do, and where.
        ProfileRequest,
        /// Asks a shop to let a user in.
        PunchOutSetupRequest,
        /// Tells what became of a document.
        StatusUpdateRequest,
    }
}

impl Payload {
    fn of(document: &Document) -> Option<&Self> {
        document.request().map(|request| &request.payload)
    }

    fn out_of(document: Document) -> Option<Self> {
        match document.body {
            Body::Request(_, request) => Some(request.payload),
            _ => None,
        }
    }
}

payload! {
    /// The payload of a message.
    pub enum MessagePayload {
        /// The cart that a user's browser brings back from a shop.
        PunchOutOrderMessage,
    }
}

impl MessagePayload {
    fn of(document: &Document) -> Option<&Self> {
        document.message().map(|message| &message.payload)
    }

    fn out_of(document: Document) -> Option<Self> {
        match document.body {
            Body::Message(_, message) => Some(message.payload),
            _ => None,
        }
    }
}

payload! {
    /// The payload of a response.
    pub enum ResponsePayload {
        /// The messages that waited.
        GetPendingResponse,
        /// What a system can do, and where.
        ProfileResponse,
        /// Lets a user into a shop.
        PunchOutSetupResponse,
    }
}

impl ResponsePayload {
    fn of(document: &Document) -> Option<&Self> {
        document.response().and_then(|response| response.payload.as_ref())
    }

    fn out_of(document: Document) -> Option<Self> {
        match document.body {
            Body::Response(response) => response.payload,
            _ => None,
        }
    }
}

/// The DTD that has a payload; what is in several DTDs is in `cXML`.
fn dtd_of(payload: &str) -> &'static str {
    let found = ELSEWHERE.iter().find(|(_, payloads)| payloads.contains(&payload));
    found.map_or("cXML", |(dtd, _)| dtd)
}

/// The payloads that `cXML.dtd` does not have, by their DTD.
const ELSEWHERE: &[(&str, &[&str])] = &[
    (
        "Fulfill",
        &[
            "ConfirmationRequest",
            "ShipNoticeRequest",
            "ServiceEntryRequest",
            "SalesOrderRequest",
            "TimeCardInfoRequest",
            "ReceiptRequest",
            "OrderStatusRequest",
            "TimeCardRequest",
            "ComponentConsumptionRequest",
            "ProductReplenishmentMessage",
        ],
    ),
    ("InvoiceDetail", &["InvoiceDetailRequest"]),
    ("Quote", &["QuoteRequest", "QuoteMessage"]),
    (
        "PaymentRemittance",
        &[
            "PaymentRemittanceRequest",
            "PaymentRemittanceStatusUpdateRequest",
            "PaymentProposalRequest",
            "TradeRequest",
            "PaymentBatchRequest",
            "PaymentReceiptConfirmationRequest",
            "ChargeFileRequest",
        ],
    ),
    ("Contract", &["ContractRequest", "ContractStatusUpdateRequest"]),
    ("Logistics", &["TransportRequest", "TransportConfirmation"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dtds_have_the_payloads() {
        let mut checked = 0;
        for (payload, dtd) in crate::dtd::payloads() {
            assert_eq!(dtd_of(payload), dtd, "{payload}");
            checked += usize::from(dtd != "cXML");
        }
        let elsewhere: usize = ELSEWHERE.iter().map(|(_, payloads)| payloads.len()).sum();
        assert_eq!(checked, elsewhere);
    }
}
