use crate::element::{Element as _, element};
use crate::{
    MasterAgreementIdInfo, MasterAgreementReference, OrderIdInfo, OrderReference, Other, ReceiptIdInfo,
    ReceiptReference, ShipNoticeIdInfo, ShipNoticeReference, SupplierOrderInfo,
};

/// Says which order or agreement is invoiced, as well as the sender can.
///
/// The best is an order's document with or without the agreement; else the
/// agreement or the order's number; else the supplier's own number alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailOrderInfo {
    /// The document of the order.
    pub order_reference: Option<OrderReference>,
    /// The document of the agreement.
    pub master_agreement_reference: Option<MasterAgreementReference>,
    /// The number of the agreement, where its document is not known.
    pub master_agreement_id_info: Option<MasterAgreementIdInfo>,
    /// The number of the order, where its document is not known.
    pub order_id_info: Option<OrderIdInfo>,
    /// The supplier's own number.
    pub supplier_order_info: Option<SupplierOrderInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailOrderInfo {
    /// Adds the supplier's own number.
    #[must_use]
    pub fn with_supplier_order_info(mut self, info: SupplierOrderInfo) -> Self {
        self.supplier_order_info = Some(info);
        self
    }
}

impl From<OrderReference> for InvoiceDetailOrderInfo {
    fn from(order_reference: OrderReference) -> Self {
        Self { order_reference: Some(order_reference), ..Self::blank() }
    }
}

impl From<MasterAgreementReference> for InvoiceDetailOrderInfo {
    fn from(master_agreement_reference: MasterAgreementReference) -> Self {
        Self { master_agreement_reference: Some(master_agreement_reference), ..Self::blank() }
    }
}

impl From<MasterAgreementIdInfo> for InvoiceDetailOrderInfo {
    fn from(master_agreement_id_info: MasterAgreementIdInfo) -> Self {
        Self { master_agreement_id_info: Some(master_agreement_id_info), ..Self::blank() }
    }
}

impl From<OrderIdInfo> for InvoiceDetailOrderInfo {
    fn from(order_id_info: OrderIdInfo) -> Self {
        Self { order_id_info: Some(order_id_info), ..Self::blank() }
    }
}

impl From<SupplierOrderInfo> for InvoiceDetailOrderInfo {
    fn from(supplier_order_info: SupplierOrderInfo) -> Self {
        Self { supplier_order_info: Some(supplier_order_info), ..Self::blank() }
    }
}

/// Which receipt is invoiced: exactly one of document and number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailReceiptInfo {
    /// By its document.
    pub receipt_reference: Option<ReceiptReference>,
    /// By its number.
    pub receipt_id_info: Option<ReceiptIdInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<ReceiptReference> for InvoiceDetailReceiptInfo {
    fn from(receipt_reference: ReceiptReference) -> Self {
        Self { receipt_reference: Some(receipt_reference), ..Self::blank() }
    }
}

impl From<ReceiptIdInfo> for InvoiceDetailReceiptInfo {
    fn from(receipt_id_info: ReceiptIdInfo) -> Self {
        Self { receipt_id_info: Some(receipt_id_info), ..Self::blank() }
    }
}

/// Which ship notice is invoiced: exactly one of document and number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailShipNoticeInfo {
    /// By its document.
    pub ship_notice_reference: Option<ShipNoticeReference>,
    /// By its number.
    pub ship_notice_id_info: Option<ShipNoticeIdInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<ShipNoticeReference> for InvoiceDetailShipNoticeInfo {
    fn from(ship_notice_reference: ShipNoticeReference) -> Self {
        Self { ship_notice_reference: Some(ship_notice_reference), ..Self::blank() }
    }
}

impl From<ShipNoticeIdInfo> for InvoiceDetailShipNoticeInfo {
    fn from(ship_notice_id_info: ShipNoticeIdInfo) -> Self {
        Self { ship_notice_id_info: Some(ship_notice_id_info), ..Self::blank() }
    }
}

element!(InvoiceDetailOrderInfo {
    children {
        order_reference: "OrderReference",
        master_agreement_reference: "MasterAgreementReference",
        master_agreement_id_info: "MasterAgreementIDInfo",
        order_id_info: "OrderIDInfo",
        supplier_order_info: "SupplierOrderInfo",
    }
    need { order_reference | master_agreement_reference | master_agreement_id_info | order_id_info | supplier_order_info, }
});

element!(InvoiceDetailReceiptInfo {
    children { receipt_reference: "ReceiptReference", receipt_id_info: "ReceiptIDInfo", }
    need { receipt_reference | receipt_id_info, }
});

element!(InvoiceDetailShipNoticeInfo {
    children {
        ship_notice_reference: "ShipNoticeReference",
        ship_notice_id_info: "ShipNoticeIDInfo",
    }
    need { ship_notice_reference | ship_notice_id_info, }
});
