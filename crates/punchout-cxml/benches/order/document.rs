//! Orders as procurement systems send them.

use std::fmt::Write as _;

const BEFORE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd">
<cXML payloadID="20260301.140500.4500017300@erp.example.com" timestamp="2026-03-01T14:05:00+01:00" xml:lang="en">
  <Header>
    <From><Credential domain="NetworkID"><Identity>AN01000000001</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkID">
        <Identity>AN01000000001</Identity>
        <SharedSecret>example-secret</SharedSecret>
      </Credential>
      <UserAgent>Example ERP 4.2</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="production">
    <OrderRequest>
      <OrderRequestHeader orderID="4500017300" orderDate="2026-03-01T14:05:00+01:00" type="new" orderVersion="1">
        <Total><Money currency="EUR">123456.50</Money></Total>
        <ShipTo>
          <Address isoCountryCode="DE" addressID="1000">
            <Name xml:lang="en">Example Works, Hall 7</Name>
            <PostalAddress name="default">
              <DeliverTo>Goods Receipt</DeliverTo>
              <Street>Hauptstr. 1</Street>
              <City>Berlin</City>
              <PostalCode>10115</PostalCode>
              <Country isoCountryCode="DE">Germany</Country>
            </PostalAddress>
            <Email name="default">goods@example.com</Email>
          </Address>
        </ShipTo>
        <BillTo>
          <Address isoCountryCode="DE" addressID="1000">
            <Name xml:lang="en">Example GmbH</Name>
            <PostalAddress>
              <Street>Hauptstr. 1</Street>
              <City>Berlin</City>
              <PostalCode>10115</PostalCode>
              <Country isoCountryCode="DE">Germany</Country>
            </PostalAddress>
          </Address>
        </BillTo>
        <Comments xml:lang="en">Please deliver on working days, 7 &lt; h &lt; 15.</Comments>
      </OrderRequestHeader>
"#;

const AFTER: &str = "    </OrderRequest>\n  </Request>\n</cXML>\n";

/// An order with so many lines, about 1.2 kB each.
pub(crate) fn order(lines: usize) -> String {
    let mut xml = String::from(BEFORE);
    for n in 1..=lines {
        let _ = write!(
            xml,
            r#"      <ItemOut quantity="{quantity}" lineNumber="{n}" requestedDeliveryDate="2026-03-{day:02}T12:00:00+01:00">
        <ItemID>
          <SupplierPartID>031710-8-{n}</SupplierPartID>
          <SupplierPartAuxiliaryID>cart=77120,pos={n}</SupplierPartAuxiliaryID>
          <BuyerPartID>1000{n:06}</BuyerPartID>
        </ItemID>
        <ItemDetail>
          <UnitPrice>
            <Money currency="EUR">{price}.{cents:02}</Money>
          </UnitPrice>
          <Description xml:lang="en">Hexagon head screw M8 × {length}, zinc plated, packed &amp; labelled</Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <PriceBasisQuantity quantity="100" conversionFactor="1">
            <UnitOfMeasure>EA</UnitOfMeasure>
            <Description xml:lang="en">price per 100 pieces</Description>
          </PriceBasisQuantity>
          <Classification domain="UNSPSC">31161500</Classification>
          <ManufacturerPartID>DIN933-8x{length}</ManufacturerPartID>
          <ManufacturerName xml:lang="en">Example Screws Ltd</ManufacturerName>
          <Extrinsic name="MaterialGroup">MG-{group}</Extrinsic>
        </ItemDetail>
        <Distribution>
          <Accounting name="CostCenter">
            <AccountingSegment id="4711{group:03}">
              <Name xml:lang="en">Cost center</Name>
              <Description xml:lang="en">Maintenance, hall {group}</Description>
            </AccountingSegment>
          </Accounting>
          <Charge>
            <Money currency="EUR">{price}.{cents:02}</Money>
          </Charge>
        </Distribution>
      </ItemOut>
"#,
            quantity = n % 90 + 10,
            day = n % 28 + 1,
            price = n % 1_000 + 1,
            cents = n % 100,
            length = n % 80 + 20,
            group = n % 40,
        );
    }
    xml + AFTER
}
