//! Scenario `rental`: the request is registered when the basket returns, and
//! no order follows.

use chrono::NaiveDate;

use super::super::erp::Erp;
use super::super::rental::{Booking, COST_CENTRE, Rental};
use super::Differences;
use super::browser::{Browser, fill_in};
use super::{AnyError, bring_back, call_up, check_basket, say, say_basket, say_findings, step};

pub(crate) async fn play(erp: &Erp, rental: &Rental) -> Result<(), AnyError> {
    let browser = Browser::new();
    let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).ok_or("there is no such day");
    let wanted = Booking { vehicle: "IWAR".into(), from: day(1)?, until: day(4)? };

    step(1, "Call-up: the employee's browser goes to the rental firm");
    let vehicles = call_up(&browser, erp).await?;
    say("There is no log-in: the call-up says who comes. It goes by POST, for it has personal data.");

    step(2, "Rental firm: a vehicle for a period");
    let mut choice = vehicles.form()?;
    fill_in(&mut choice, "vehicle", &wanted.vehicle)?;
    fill_in(&mut choice, "from", &wanted.from.to_string())?;
    fill_in(&mut choice, "until", &wanted.until.to_string())?;
    let page = browser.submit(&vehicles, &choice).await?;
    say(format!("{} from {} until {}", wanted.vehicle, wanted.from, wanted.until));

    step(3, "Return: the browser brings the request back");
    let (page, key, returned) = bring_back(&browser, erp, page).await?;
    say_basket(&returned);

    step(4, "Check: the request is registered, and no order is made");
    let [request] = <[_; 1]>::try_from(rental.requests()).map_err(|_| "there should be one request")?;
    say_findings("The rental firm", &request.findings);
    check_basket(&request.basket, &returned.basket)?;
    let [item] = returned.basket.items.as_slice() else { return Err("there should be one line".into()) };
    if !item.is_service() {
        return Err("the line should be a service".into());
    }
    let [from, until, ..] = &item.cust_fields;
    let parameter = |name: &str| {
        let parameters = &erp.connection.parameters;
        parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let mut differences = Differences::between("wanted", "registered");
    differences.compare("booking", &wanted, &request.booking);
    differences.compare("mail address", parameter("oci_usermail"), Some(request.mail.as_str()));
    differences.compare("name", parameter("oci_userfullname"), Some(request.name.as_str()));
    differences.compare("cost centre", parameter(COST_CENTRE), request.cost_centre.as_deref());
    differences.compare("first day", Some(wanted.from.to_string().as_str()), from.as_deref());
    differences.compare("last day", Some(wanted.until.to_string().as_str()), until.as_deref());
    differences.settle()?;
    say(format!("{} is registered for {} <{}>.", request.number, request.name, request.mail));
    if erp.purchase(&key).is_some_and(|purchase| purchase.order.is_some()) {
        return Err("an order was made, though this supplier takes none".into());
    }
    if !page.forms()?.is_empty() {
        return Err("the procurement system offers to order, though this supplier takes no orders".into());
    }
    say("No order leg: the rental firm confirms by mail.");
    Ok(())
}
