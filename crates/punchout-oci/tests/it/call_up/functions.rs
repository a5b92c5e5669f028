use punchout_core::Severity;
use punchout_oci::{CallUp, Function};

use super::{codes, extra, read};

const HOOK: &str = "HOOK_URL=https%3A%2F%2Fb.example%2Fr";

#[test]
fn each_function_gets_its_own_parameters() {
    let (call_up, found) = read(&format!("PRODUCTID=4711&{HOOK}&function=validate&quantity=2.500&VENDOR=7"));
    assert_eq!(found, []);
    let call = call_up.function.as_ref().unwrap();
    assert_eq!(
        (&call.function, call.product_id(), call.quantity()),
        (&Function::Validate, Some("4711"), Some("2.500"))
    );
    assert_eq!(extra(&call_up), ["VENDOR"], "VENDOR belongs to searches");

    let (call_up, _) = read(&format!("{HOOK}&FUNCTION=BACKGROUND_SEARCH&SEARCHSTRING=*&VENDOR=7"));
    let call = call_up.function.as_ref().unwrap();
    assert_eq!((call.search_string(), call.vendor()), (Some("*"), Some("7")));
}

#[test]
fn rules_of_the_functions() {
    for (query, want) in [
        ("FUNCTION=DETAIL&PRODUCTID=1", &[][..]),
        ("FUNCTION=DETAIL", &["FUNC-PRODUCTID"]),
        ("FUNCTION=DETAIL&PRODUCTID=+", &["FUNC-PRODUCTID"]),
        ("FUNCTION=DETAILADD", &["FUNC-PRODUCTID"]),
        ("FUNCTION=PRODUCTDETAILS", &["FUNC-PRODUCTID"]),
        ("FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=1", &[]),
        ("FUNCTION=VALIDATE&PRODUCTID=1", &["FUNC-QUANTITY"]),
        ("FUNCTION=VALIDATE", &["FUNC-PRODUCTID", "FUNC-QUANTITY"]),
        ("FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=two", &["FUNC-VALUE"]),
        ("FUNCTION=BACKGROUND_SEARCH&SEARCHSTRING=x", &[]),
        ("FUNCTION=BACKGROUND_SEARCH", &["FUNC-SEARCHSTRING"]),
        ("FUNCTION=SOURCING", &["FUNC-SEARCHSTRING"]),
        ("FUNCTION=DOWNLOADJSON", &[]),
        ("FUNCTION=QUANTITYCHECK", &[]),
        ("FUNCTION=EVALUATE", &["FUNC-UNKNOWN"]),
        ("FUNCTION=", &[]),
        ("PRODUCTID=1", &[]),
    ] {
        assert_eq!(codes(&format!("{HOOK}&{query}")), want, "{query}");
    }
    let (_, found) = read(&format!("{HOOK}&FUNCTION=VALIDATE"));
    assert_eq!((found[0].severity, found[1].severity), (Severity::Error, Severity::Warning));
    assert_eq!(found[0].at, "FUNCTION");
}

#[test]
fn an_unknown_function_is_kept_with_its_parameters() {
    let (call_up, _) = read(&format!("{HOOK}&FUNCTION=Evaluate&PRODUCTID=1"));
    assert_eq!(call_up.function.as_ref().unwrap().function.as_str(), "Evaluate");
    assert_eq!(call_up.parameter("PRODUCTID"), Some("1"));
    let (shopping, _) = read(&format!("{HOOK}&FUNCTION="));
    assert_eq!((&shopping.function, extra(&shopping)), (&None, vec!["FUNCTION"]));
}

#[test]
fn batches_are_no_parameters_of_the_function() {
    let (call_up, _) = read(&format!(
        "FUNCTION=VALIDATE&PRODUCTID%5B1%5D=A&QUANTITY%5B1%5D=1&PRODUCTID=A&QUANTITY=1&{HOOK}"
    ));
    assert_eq!(extra(&call_up), ["PRODUCTID[1]", "QUANTITY[1]"]);
    assert_eq!(call_up.function, CallUp::default().with_function(Function::validate("A", 1)).function);
}
