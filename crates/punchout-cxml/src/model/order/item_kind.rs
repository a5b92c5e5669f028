use crate::token::token;

token! {
    /// Whether a line has parts, or is one.
    pub enum ItemType {
        /// It has parts.
        Composite = "composite",
        /// It may be a part.
        Item = "item",
        /// A part that is kept short.
        Lean = "lean",
    }
}

token! {
    /// Where a line with parts has its price.
    pub enum CompositeItemType {
        /// The whole has a price.
        GroupLevel = "groupLevel",
        /// Each part has its price.
        ItemLevel = "itemLevel",
    }
}

token! {
    /// What a change order does with a line.
    pub enum ItemOutOperation {
        /// The line is deleted.
        Delete = "delete",
        /// The line is blocked.
        Block = "block",
    }
}

token! {
    /// Whether a line is goods or a service.
    pub enum ItemClassification {
        /// Goods.
        Material = "material",
        /// A service.
        Service = "service",
    }
}

token! {
    /// How a line is procured.
    pub enum ItemCategory {
        /// Goods without a number.
        MaterialUnknown = "materialUnknown",
        /// Something described in words.
        Text = "text",
        /// From another plant.
        StockTransfer = "stockTransfer",
        /// Goods of a group, without value or quantity.
        MaterialGroup = "materialGroup",
        /// Made from what the buyer provides.
        Subcontract = "subcontract",
        /// Paid for when it is used up.
        Consignment = "consignment",
        /// From a third party.
        ThirdParty = "thirdParty",
        /// Not planned yet, up to a limit.
        Limit = "limit",
    }
}

token! {
    /// What sort of subcontracting it is.
    pub enum SubcontractingType {
        /// Something is made.
        Regular = "regular",
        /// It is refurbished and stays what it was.
        RefurbWithoutChange = "refurbWithoutChange",
        /// It is refurbished and becomes something else.
        RefurbWithChange = "refurbWithChange",
        /// It is replaced.
        Replacement = "replacement",
    }
}

token! {
    /// Between what plants stock is moved.
    pub enum StockTransferType {
        /// Of the same company.
        Intra = "intra",
        /// Of different companies.
        Inter = "inter",
    }
}

token! {
    /// How stock that is moved may be delivered.
    pub enum StoDelivery {
        /// All at once.
        Full = "full",
        /// In parts.
        Partial = "partial",
    }
}
