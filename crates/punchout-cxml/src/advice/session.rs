//! Sessions in a shop, and answers.

use punchout_core::excerpt;

use super::check::Check;
use super::rule;
use crate::StatusCode;
use crate::tree::Element;

pub(super) fn check(check: &mut Check<'_>, root: Element<'_, '_>) {
    for request in root.children_named("Request") {
        for setup in request.children_named("PunchOutSetupRequest") {
            cookie(check, setup);
            https(check, setup.find("BrowserFormPost/URL"), "BrowserFormPost");
            if let Some(deprecated) = setup.child("SupplierSetup") {
                check.of(rule::DEPRECATED, deprecated, "`SupplierSetup` is deprecated", "leave it out");
            }
            let operation = setup.attribute("operation").unwrap_or_default();
            if matches!(&*operation, "edit" | "inspect") && setup.child("ItemOut").is_none() {
                let help = "send the lines that came back, with their `SupplierPartAuxiliaryID`";
                let says = "is asked for without lines";
                check.of_attribute(rule::EDIT_ITEMS, setup, "operation", says, help);
            }
        }
        if let Some(deprecated) = request.find("OrderRequest/OrderRequestHeader/Followup") {
            let help = "leave it out; the profile says where to ask";
            check.of(rule::DEPRECATED, deprecated, "`Followup` is deprecated", help);
        }
    }
    for message in root.children_named("Message") {
        if let Some(basket) = message.child("PunchOutOrderMessage") {
            cookie(check, basket);
        }
    }
    for response in root.children_named("Response") {
        https(check, response.find("PunchOutSetupResponse/StartPage/URL"), "StartPage");
        status(check, response);
    }
}

fn cookie(check: &mut Check<'_>, payload: Element<'_, '_>) {
    if let Some(cookie) = payload.child("BuyerCookie")
        && cookie.children().next().is_none()
        && cookie.text().trim().is_empty()
    {
        let help = "send what identifies the session; it comes back unchanged";
        check.of(rule::COOKIE, cookie, "the buyer's cookie is empty", help);
    }
}

fn https(check: &mut Check<'_>, url: Option<Element<'_, '_>>, what: &str) {
    let Some(url) = url else { return };
    let text = url.text();
    let is_https = text.trim().get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    if !is_https {
        // The address may be a key to the session, so it is not repeated.
        let message = format!("the address of `{what}` is not https");
        check.of(rule::HTTPS, url, message, "use https: whoever reads the address can use the session");
    }
}

fn status(check: &mut Check<'_>, response: Element<'_, '_>) {
    let Some(status) = response.child("Status") else { return };
    let sent = status.attribute("code").unwrap_or_default();
    let Ok(number) = sent.trim().parse::<u16>() else {
        let help = "write a number such as 200";
        return check.of_attribute(rule::STATUS_CODE, status, "code", "is no status code", help);
    };
    let code = StatusCode::new(number);
    if code.meaning().is_none() {
        let help = "send one that cXML defines; receivers go by its first digit";
        check.of_attribute(rule::STATUS_CODE, status, "code", "is not defined by cXML", help);
    }
    let is_success = number / 100 == 2;
    if !is_success && status.text().trim().is_empty() {
        let help = "say in the text of `Status` what went wrong, and where";
        check.of(rule::STATUS_TEXT, status, "the failure is not explained", help);
    }
    let payload = response.children().find(|child| child.name() != "Status");
    if let Some(payload) = payload.filter(|_| !is_success) {
        let message = format!("element {} comes with a failure", excerpt(payload.name()));
        check.of(rule::STATUS_PAYLOAD, payload, message, "leave it out, or send a status of success");
    }
}
