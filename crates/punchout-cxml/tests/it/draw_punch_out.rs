//! Drawing what opens a shop and what comes back from it, and headers.

use punchout_cxml::{
    BillTo, Correspondent, Credential, CredentialMac, CredentialType, Destination, DigitalSignature,
    DocumentReference, Header, Identity, ItemId, ItemIn, NodeType, OperationAllowed, Party, Path, PathNode,
    PunchOutOperation, PunchOutOrderMessage, PunchOutOrderMessageHeader, PunchOutSetupRequest,
    PunchOutSetupResponse, QuoteStatus, Routing, Sender, SourcingAction, SourcingStatus, SupplierOrderInfo,
};

use crate::draw::Draw;

impl Draw<'_> {
    pub(crate) fn header(&mut self) -> Header {
        let mut sender = Sender::new(self.credential(), self.text());
        sender.credential.extend(self.many(Self::credential));
        let mut header = Header::new(self.party(), self.party(), sender);
        if self.flag() {
            header = header.with_path(self.path(), self.text());
        }
        if !self.valid {
            header.path = self.maybe(Self::path);
            header.original_document = self.maybe(|d| DocumentReference::new(d.text()));
            header.other = self.raw(&["<Via/>"]);
        }
        header
    }

    pub(crate) fn path(&mut self) -> Path {
        let node = |d: &mut Self| {
            let mut node = PathNode::new(d.token::<NodeType>(&["copy", "route"]), d.credential());
            node.item_details_required = d.flag();
            node.credential = d.some(Self::credential);
            node
        };
        let mut path = Path::new(PathNode::new(NodeType::Copy, Credential::new("", "")));
        path.node = self.some(node);
        path
    }

    fn party(&mut self) -> Party {
        let mut party = Party::new(self.credential());
        party.credential = self.some(Self::credential);
        party.correspondent = self.maybe(|d| {
            let mut correspondent = Correspondent::new(d.contact());
            correspondent.preferred_language = d.texts();
            correspondent.contact = d.some(Self::contact);
            correspondent.routing =
                d.maybe(|d| Routing::new(d.token::<Destination>(&["peppol", "fieldglass"])));
            correspondent.extrinsic = d.many(Self::extrinsic);
            Box::new(correspondent)
        });
        party
    }

    fn credential(&mut self) -> Credential {
        let mut identity = Identity::new(self.text());
        identity.last_changed_timestamp = self.maybe(Self::time);
        let mut credential = Credential::new(self.text(), "");
        credential.identity = identity;
        credential.kind = self.maybe(|d| d.token::<CredentialType>(&["marketplace"]));
        match self.byte() % 4 {
            0 => credential.shared_secret = Some(self.text().as_str().into()),
            1 => {
                let mut signature = DigitalSignature::new(self.text().as_str());
                signature.kind = self.texts();
                signature.encoding = self.texts();
                credential.digital_signature = Some(Box::new(signature));
            }
            2 => {
                let mut mac = CredentialMac::new(self.text().as_str(), self.time(), self.time());
                mac.kind = self.word(&[CredentialMac::FROM_SENDER_CREDENTIALS]);
                mac.algorithm = self.word(&[CredentialMac::HMAC_SHA1_96]);
                credential = credential.with_credential_mac(mac);
            }
            _ => {}
        }
        credential
    }

    pub(crate) fn punch_out_setup_request(&mut self) -> PunchOutSetupRequest {
        let operation = self.token::<PunchOutOperation>(&["create", "inspect", "edit", "source"]);
        let mut request = PunchOutSetupRequest::new(operation, self.any_content());
        request.extrinsic = self.many(Self::extrinsic);
        request.browser_form_post = self.maybe(Self::url);
        request.contact = self.many(Self::contact);
        request.supplier_setup = self.maybe(Self::url);
        request.ship_to = self.maybe(Self::ship_to);
        request.selected_item = self.maybe(Self::item_id);
        request.item_out = self.many(Self::item);
        request
    }

    pub(crate) fn punch_out_setup_response(&mut self) -> PunchOutSetupResponse {
        PunchOutSetupResponse::new(self.url())
    }

    pub(crate) fn punch_out_order_message(&mut self) -> PunchOutOrderMessage {
        let allowed = self.token::<OperationAllowed>(&["create", "inspect", "edit"]);
        let mut header = PunchOutOrderMessageHeader::new(allowed, self.total());
        header.quote_status = self.token::<QuoteStatus>(&["pending", "final"]);
        header.sourcing_status = self.maybe(Self::sourcing_status);
        header.ship_to = self.maybe(Self::ship_to).map(Box::new);
        header.shipping = self.maybe(Self::shipping).map(Box::new);
        header.tax = self.maybe(Self::tax).map(Box::new);
        header.supplier_order_info = self.maybe(|d| {
            let mut info = SupplierOrderInfo::new(d.text());
            info.order_date = d.maybe(Self::time);
            info
        });
        let mut message = PunchOutOrderMessage::new(self.any_content(), header);
        message.item_in = self.many(Self::item_in);
        message
    }

    pub(crate) fn sourcing_status(&mut self) -> SourcingStatus {
        let mut status = SourcingStatus::new(self.text(), self.text());
        status.action = self.maybe(|d| d.token::<SourcingAction>(&["approve", "cancel", "deny"]));
        status
    }

    fn item_id(&mut self) -> ItemId {
        let mut id = ItemId::new(self.text());
        id.supplier_part_auxiliary_id = self.maybe(Self::any_content);
        id.buyer_part_id = self.texts();
        id.id_reference = self.many(Self::id_reference);
        id
    }

    pub(crate) fn item_in(&mut self) -> ItemIn {
        let mut item = ItemIn::new(self.amount(), self.item_id(), self.item_detail());
        item.open_quantity = self.maybe(Self::amount);
        item.promised_quantity = self.maybe(Self::amount);
        item.line_number = self.maybe(Self::amount);
        item.parent_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token(&["composite", "item", "lean"]));
        item.composite_item_type = self.maybe(|d| d.token(&["groupLevel", "itemLevel"]));
        item.item_classification = self.maybe(|d| d.token(&["material", "service"]));
        item.item_category = self.maybe(|d| d.token(&["text", "consignment", "limit"]));
        item.path = self.maybe(Self::path).map(Box::new);
        if self.flag() {
            item.supplier_id = Some(Box::new(self.supplier_id()));
        } else {
            item.supplier_list = self.maybe(Self::supplier_list).map(Box::new);
        }
        item.ship_to = self.maybe(Self::ship_to).map(Box::new);
        item.shipping = self.maybe(Self::shipping).map(Box::new);
        item.tax = self.maybe(Self::tax).map(Box::new);
        item.spend_detail = self.maybe(Self::spend_detail).map(Box::new);
        item.distribution = self.many(Self::distribution);
        item.contact = self.many(Self::contact);
        item.comments = self.maybe(Self::comments);
        item.schedule_line = self.many(Self::schedule_line);
        item.bill_to = self.maybe(|d| Box::new(BillTo::new(d.address())));
        item.batch = self.maybe(Self::batch).map(Box::new);
        item.period = self.maybe(Self::period);
        item.date_info = self.many(Self::date_info);
        item.extrinsic = self.many(Self::extrinsic);
        item
    }
}
