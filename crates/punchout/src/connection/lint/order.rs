//! What all routes have: the files of an order, and what is put around its
//! way.

use std::time::Duration;

use punchout_core::Severity;

use super::{Lint, MONTH, TOO_LONG};
use crate::connection::{OrderFile, Route, code, words};

impl Lint<'_> {
    pub(super) fn files(&mut self) {
        let order = &self.connection.order;
        let at = "order.files";
        let sent = order.sent();
        if sent.iter().enumerate().any(|(index, file)| sent.iter().take(index).any(|other| other == file)) {
            self.error(code::FILES, at, "a form is named twice", "name each once");
        }
        if order.route == Route::Https && sent.first() != Some(&OrderFile::Xml) {
            let message = "what is posted is not the cXML document";
            self.error(code::FILES, at, message, "write `xml` first, or leave `files` out");
        }
        let options = order.pdf.as_ref().and_then(|pdf| pdf.options.as_ref());
        if sent.contains(&OrderFile::Pdf) && options.is_none() {
            let help = "name a file of options with invoice address, invoice mailbox and procurement mailbox";
            let message = "a PDF is sent, and it is not said where the invoice and questions go";
            self.error(code::MISSING, "order.pdf.options", message, help);
        }
        if order.pdf.is_some() && !sent.contains(&OrderFile::Pdf) {
            let help = "add `pdf` to `order.files`, or leave the table out";
            self.say(code::UNUSED, Severity::Warning, "order.pdf", "no PDF is sent", help);
        }
        if let Some(name) = &order.file_name
            && !["{order_number}", "{payload_id}"].iter().any(|part| name.contains(part))
        {
            let help = "write `{order_number}` or `{payload_id}` into it";
            let message = "all orders would get one file name, and only the first could be delivered";
            self.error(code::FILES, "order.file_name", message, help);
        }
        if let Some(tag) = &order.language
            && !words::is_known(tag)
        {
            let message = "texts are not made in this language";
            self.error(code::LANGUAGE, "order.language", message, format!("write one of {}", words::tags()));
        }
    }

    pub(super) fn around(&mut self) {
        let order = &self.connection.order;
        self.limits("order", [("limit_seconds", order.limit_seconds)]);
        if let Some(retry) = &order.retry
            && retry.retries > 0
            && retry.wait == Duration::ZERO
        {
            let help = "give a server that just failed some time";
            let message = "there is no wait before a retry";
            self.say(code::LIMIT, Severity::Warning, "order.retry.wait_seconds", message, help);
        }
        if let Some(retry) = &order.retry {
            if retry.wait.as_secs() > MONTH {
                let help = "write seconds: 3600 is an hour";
                self.error(code::LIMIT, "order.retry.wait_seconds", TOO_LONG, help);
            }
            if retry.jitter_percent > 100 {
                let message = "more is added to a wait by chance than the wait has";
                let help = "write a number from 0 to 100";
                self.say(code::LIMIT, Severity::Warning, "order.retry.jitter_percent", message, help);
            }
        }
        let inbox = order.directory.as_ref().filter(|_| order.route == Route::Directory);
        for (key, path, what) in [
            ("order.journal", &order.journal, "the journal would lie"),
            ("order.intercept", &order.intercept, "orders that are kept instead of sent would lie"),
        ] {
            if path.as_ref().is_some_and(|path| inbox.is_some_and(|inbox| inbox.path == *path)) {
                let message = format!("{what} where the supplier takes orders from");
                self.error(code::DIRECTORY, key, message, "name another directory");
            }
        }
        if order.intercept.is_some() {
            let help = "release them one by one, and leave this out when the connection is live";
            let message = "orders are kept instead of sent";
            self.say(code::INTERCEPT, Severity::Note, "order.intercept", message, help);
        }
        if order.journal.is_none() {
            let help = "name a directory: what was sent, when and with what answer can be shown then";
            self.say(code::JOURNAL, Severity::Note, "order.journal", "attempts are noted nowhere", help);
        }
    }
}
