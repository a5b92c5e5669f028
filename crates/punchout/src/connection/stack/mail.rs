use punchout_transport::{Email, EmailOptions, OrderTransport};

use super::no_table;
use super::parts::{Vault, seconds, settings, with};
use crate::connection::words::Words;
use crate::connection::{Connection, Encryption, Error, file};

pub(super) fn transport(
    connection: &Connection,
    vault: &Vault<'_>,
) -> Result<Box<dyn OrderTransport>, Error> {
    let mail = connection.order.mail.as_ref().ok_or_else(no_table)?;
    let words = Words::of(connection.order.language.as_deref());
    let (first, others) = mail.to.split_first().ok_or_else(no_table)?;
    let mut options = EmailOptions::new(&*mail.host, &*mail.from, first).with_language(words.tag());
    options = others.iter().fold(options, EmailOptions::with_to);
    options = mail.cc.iter().fold(options, EmailOptions::with_cc);
    options = mail.optional_cc.iter().fold(options, EmailOptions::with_optional_cc);
    options = match mail.encryption {
        Encryption::StartTls => options,
        Encryption::Tls => options.with_implicit_tls(),
        Encryption::None => options.allow_plain_smtp(),
    };
    options = with(options, mail.port, EmailOptions::with_port);
    options = with(options, mail.hello_name.as_deref(), EmailOptions::with_hello_name);
    options = with(options, mail.reply_to.as_deref(), EmailOptions::with_reply_to);
    options = with(options, mail.envelope_sender.as_deref(), EmailOptions::with_envelope_sender);
    options = with(options, mail.read_receipt_to.as_deref(), EmailOptions::with_read_receipt_to);
    options = with(options, mail.html.as_deref(), EmailOptions::with_html);
    options = with(options, seconds(mail.connect_seconds), EmailOptions::with_connect_timeout);
    options = with(options, seconds(mail.limit_seconds), EmailOptions::with_timeout);
    options = options.with_text(match &mail.text {
        Some(text) => text.clone(),
        None => words.mail(connection.order.sent(), connection.buyer.name.as_deref().unwrap_or_default()),
    });
    if mail.delivery_notices {
        options = options.with_delivery_notices();
    }
    if let (Some(user), Some(password)) = (&mail.user, &mail.password) {
        options = options.with_login(user, vault.password("order.mail.password", password)?);
    }
    if let Some(dkim) = &mail.dkim {
        let key = dkim.key.as_ref().ok_or_else(no_table)?;
        options = options.with_dkim(&*dkim.domain, &*dkim.selector, vault.key("order.mail.dkim.key", key)?);
    }
    for path in &mail.roots {
        options = options.with_roots(file::bytes("order.mail.roots", path)?);
    }
    if mail.only_given_roots {
        options = options.without_public_roots();
    }
    Ok(Box::new(Email::new(options).map_err(|error| settings("order.mail", error))?))
}
