use std::path::PathBuf;

use punchout_core::{All, Code};
use punchout_cxml::{Document, Validator};

/// Says that a test lacks what it needs, or fails where it must not lack it.
pub(crate) fn skip(test: &str, lacks: &str) {
    assert!(std::env::var("PUNCHOUT_REQUIRE").as_deref() != Ok("1"), "{test} needs {lacks}");
    println!("SKIPPED {test}: {lacks} is not there");
}

/// A folder below the data folder that `PUNCHOUT_DATA` names.
pub(crate) fn data(test: &str, folder: &str) -> Option<PathBuf> {
    let found = std::env::var_os("PUNCHOUT_DATA").map(|data| PathBuf::from(data).join(folder));
    let found = found.filter(|folder| folder.is_dir());
    if found.is_none() {
        skip(test, &format!("folder {folder} of PUNCHOUT_DATA"));
    }
    found
}

/// Reads a document that must be readable.
pub(crate) fn read(xml: &str) -> (Document, All) {
    let mut found = All::new();
    let document =
        Document::read(xml.as_bytes(), &mut found).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    (document, found)
}

/// Sees that a document holds to its DTD.
pub(crate) fn assert_valid(bytes: &[u8]) {
    let mut found = All::new();
    let report = Validator::new().validate(bytes, &mut found).unwrap();
    assert!(report.valid, "{:?}\n{}", found.found(), String::from_utf8_lossy(bytes));
}

pub(crate) fn codes(found: &All) -> Vec<Code> {
    found.found().iter().map(|finding| finding.code).collect()
}

/// An order of one line with room for changes.
pub(crate) const ORDER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="1@example.com" timestamp="2026-03-01T14:05:00+01:00" xml:lang="en">
  <Header>
    <From><Credential domain="DUNS"><Identity>1</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>2</Identity></Credential></To>
    <Sender>
      <Credential domain="DUNS"><Identity>1</Identity><SharedSecret>example-secret</SharedSecret></Credential>
      <UserAgent>Example ERP</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="test">
    <OrderRequest>
      <OrderRequestHeader orderID="PO-1" orderDate="2026-03-01" type="new">
        <Total><Money currency="EUR">62.50</Money></Total>
        <BillTo><Address><Name xml:lang="en">Buyer</Name></Address></BillTo>
      </OrderRequestHeader>
      <ItemOut quantity="10.000" lineNumber="00001">
        <ItemID><SupplierPartID>A-1</SupplierPartID></ItemID>
        <ItemDetail>
          <UnitPrice><Money currency="EUR">6.25</Money></UnitPrice>
          <Description xml:lang="en">Screw<ShortName>Scr</ShortName></Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <Classification domain="UNSPSC">31161500</Classification>
        </ItemDetail>
      </ItemOut>
    </OrderRequest>
  </Request>
</cXML>
"#;

/// Where two documents part, in words a person can follow.
pub(crate) fn difference(left: &Document, right: &Document) -> Option<String> {
    let (left, right) = (format!("{left:#?}"), format!("{right:#?}"));
    let mut lines = left.lines().zip(right.lines()).enumerate();
    let parted = lines.find(|(_, (left, right))| left != right);
    let parted = parted.map(|(number, (one, other))| {
        let before: Vec<_> = left.lines().skip(number.saturating_sub(8)).take(number.min(8)).collect();
        format!("{}\n{one}\n<->\n{other}", before.join("\n"))
    });
    parted.or((left.len() != right.len()).then(|| "one is longer".into()))
}

/// The fields that nothing fills, and how many types were met. What is not there
/// is null or empty; types are told apart by their fields.
#[cfg(feature = "serde")]
pub(crate) fn never_filled<'v>(
    values: impl IntoIterator<Item = &'v serde_json::Value>,
) -> (Vec<String>, usize) {
    use std::collections::BTreeMap;

    use serde_json::Value;

    fn visit(value: &Value, types: &mut BTreeMap<String, BTreeMap<String, bool>>) {
        match value {
            Value::Object(fields) => {
                let fields: Vec<_> = fields.iter().filter(|(name, _)| *name != "other").collect();
                let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
                let of_type = types.entry(names.join(" ")).or_default();
                for &(name, value) in &fields {
                    let is_filled = !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
                    *of_type.entry(name.clone()).or_default() |= is_filled;
                }
                for (_, value) in fields {
                    visit(value, types);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| visit(value, types)),
            _ => {}
        }
    }

    let mut types = BTreeMap::new();
    values.into_iter().for_each(|value| visit(value, &mut types));
    let fields = types.values().flatten();
    let mut never: Vec<_> =
        fields.filter(|(_, is_filled)| !**is_filled).map(|(name, _)| name.clone()).collect();
    never.sort_unstable();
    (never, types.len())
}
