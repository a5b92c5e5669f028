//! One attempt: the dialogue, and what its end says of the order.

use super::Email;
use super::envelope::Envelope;
use super::options::{EmailOptions, Security};
use super::session::{Broken, Reply, Session, Wire};
use super::tls::{distrust, facts};
use crate::bounce::MailIds;
use crate::error::unusable;
use crate::{Answer, Consignment, Disposition, Error, Evidence, Kind, Package, Party, Progress};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use punchout_core::excerpt;
use std::borrow::Cow;
use std::net::IpAddr;
use std::time::SystemTime;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// Says that a log-in must come first (RFC 4954, 6).
const LOGIN_WANTED: u16 = 530;

/// The step at which a server says what it is.
const GREETING: &str = "the greeting";

pub(super) struct Attempt<'a> {
    email: &'a Email,
    ids: MailIds,
    pub(super) evidence: Evidence,
    /// What the server is asked at the moment.
    step: Cow<'static, str>,
    /// What a refusal is about at the moment.
    about: About,
    /// Whether the dot that ends the message was given to the connection.
    ended: bool,
    progress: Progress,
}

/// What a server refuses when it says 5xx.
#[derive(Clone, Copy)]
enum About {
    Connection,
    Login,
    Order,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(
        email: &'a Email,
        consignment: &Consignment,
        message: &[u8],
        progress: Progress,
    ) -> Self {
        let evidence = Evidence::new(email.options.endpoint(), consignment)
            .with_began(SystemTime::now())
            .with_package(Package::of("message/rfc822", &[message]));
        Self {
            email,
            ids: email.ids(consignment),
            evidence,
            step: "connecting".into(),
            about: About::Connection,
            ended: false,
            progress,
        }
    }

    /// Sends the message; the session is left where the caller can end it.
    pub(super) async fn run(&mut self, message: &[u8], open: &mut Option<Session>) -> Result<Reply, Error> {
        let (session, offers) = self.open().await?;
        self.submit(open.insert(session), &offers, message).await
    }

    /// What is known when the time for everything has passed.
    pub(super) fn late(&self) -> Error {
        let (endpoint, limit) = (&self.evidence.endpoint, self.email.options.timeout);
        self.unanswered(Kind::Timeout, format!("{endpoint} was not done with {} within {limit:?}", self.step))
    }

    /// Connects, as safely as asked for, and says hello.
    async fn open(&mut self) -> Result<(Session, Reply), Error> {
        let options = &self.email.options;
        let tcp = self.connect().await?;
        let hello = match (&options.hello_name, tcp.local_addr().map(|address| address.ip())) {
            (Some(name), _) => name.clone(),
            (None, Ok(IpAddr::V6(ip))) => format!("[IPv6:{ip}]"),
            (None, Ok(ip)) => format!("[{ip}]"),
            (None, Err(_)) => "[127.0.0.1]".to_owned(),
        };
        let hello = format!("EHLO {hello}");
        let mut wire: Box<dyn Wire> = Box::new(tcp);
        if options.security == Security::Implicit {
            wire = self.encrypt(wire).await?;
        }
        let mut session = Session::new(wire);
        self.step = GREETING.into();
        let greeting = session.reply().await;
        self.judge(greeting, 2)?;
        let mut offers = self.ask(&mut session, "EHLO", &hello, 2).await?;
        if options.security == Security::StartTls {
            session = self.start_tls(session, &offers).await?;
            // what was said in the open counts for nothing
            offers = self.ask(&mut session, "EHLO", &hello, 2).await?;
        }
        Ok((session, offers))
    }

    async fn connect(&mut self) -> Result<TcpStream, Error> {
        let (options, endpoint) = (&self.email.options, &self.evidence.endpoint);
        let failed = |kind, text| Error::new(kind, Disposition::NotDelivered, text);
        let connected = timeout(options.connect_timeout, async {
            let addresses: Vec<_> = lookup_host((options.host.as_str(), options.port()))
                .await
                .map_err(|error| {
                    failed(
                        Kind::Connect,
                        format!("no address is known for host {} of {endpoint}", options.host),
                    )
                    .with_source(error)
                })?
                .collect();
            let tcp = TcpStream::connect(addresses.as_slice()).await.map_err(|error| {
                failed(Kind::Connect, format!("no connection to {endpoint}")).with_source(error)
            })?;
            // commands are short and wait for their replies; a system that refuses is only slower
            let _ = tcp.set_nodelay(true);
            Ok(tcp)
        });
        connected.await.unwrap_or_else(|_| {
            let limit = options.connect_timeout;
            Err(failed(Kind::Timeout, format!("no connection to {endpoint} within {limit:?}")))
        })
    }

    async fn start_tls(&mut self, mut session: Session, offers: &Reply) -> Result<Session, Error> {
        if offers.offer("STARTTLS").is_none() {
            return Err(self.untrusted("the server offers no STARTTLS, and nothing is sent in the open"));
        }
        self.step = "STARTTLS".into();
        let reply = session.command("STARTTLS").await;
        self.judge(reply, 2).map_err(|error| match error.answer() {
            Some(_) => self.untrusted("the server refuses STARTTLS, and nothing is sent in the open"),
            None => error,
        })?;
        let (wire, unread) = session.into_wire();
        // bytes from before the handshake would pass for the server's own after it
        if unread {
            return Err(self.untrusted("something was sent in the open after the reply to STARTTLS"));
        }
        Ok(Session::new(self.encrypt(wire).await?))
    }

    async fn encrypt(&mut self, wire: Box<dyn Wire>) -> Result<Box<dyn Wire>, Error> {
        self.step = "the TLS handshake".into();
        let host = self.email.host.clone();
        match self.email.connector.connect(host, wire).await {
            Ok(stream) => {
                self.evidence.tls = Some(facts(stream.get_ref().1));
                Ok(Box::new(stream))
            }
            Err(error) => Err(self.broken(Broken::Io(error))),
        }
    }

    async fn submit(
        &mut self,
        session: &mut Session,
        offers: &Reply,
        message: &[u8],
    ) -> Result<Reply, Error> {
        self.log_in(session, offers).await?;
        let email = self.email;
        let envelope = Envelope::new(&email.options, &email.parties, &self.ids, offers, message.len())?;
        self.about = About::Order;
        self.ask(session, "MAIL FROM", &envelope.sender, 2).await?;
        self.name(session, &envelope).await?;
        self.ask(session, "DATA", "DATA", 3).await?;
        self.step = "the message".into();
        session.message(message).await.map_err(|why| self.broken(why))?;
        self.ended = true;
        self.progress.leaves();
        let reply = session.end_of_message().await;
        self.judge(reply, 2)
    }

    /// Names the recipients, all of them, so that the error can say who was refused.
    async fn name(&mut self, session: &mut Session, envelope: &Envelope<'_>) -> Result<(), Error> {
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for (recipient, line) in &envelope.recipients {
            let address = &recipient.address;
            self.step = format!("RCPT TO:<{address}>").into();
            let reply = session.command(line).await.map_err(|why| self.broken(why))?;
            let said = self.email.options.redacted(&reply.to_string());
            match reply.code / 100 {
                // 421 says that nothing more is listened to, and 530 that a log-in is missing
                4 | 5 if !matches!(reply.code, 421 | LOGIN_WANTED) => {
                    self.evidence.replies.push(format!("{address}: {said}"));
                    if recipient.is_needed {
                        refused.push((address, said, reply));
                    }
                }
                2 => {
                    self.evidence.replies.push(format!("{address}: {said}"));
                    taken.push(address.to_string());
                }
                _ => drop(self.judge(Ok(reply), 2)?),
            }
        }
        if refused.is_empty() {
            return Ok(());
        }
        let is_final = refused.iter().any(|(.., reply)| reply.code / 100 == 5);
        let words = if is_final { "refuses" } else { "refuses for now" };
        let who = refused.iter().map(|(address, said, _)| format!("RCPT TO:<{address}>: {}", excerpt(said)));
        let others = match taken.join(", ") {
            none if none.is_empty() => none,
            others => format!("; it takes {others}, but nobody gets a part of an order"),
        };
        let who = who.collect::<Vec<_>>().join(", ");
        let text = format!("{} {words} {who}{others}", self.evidence.endpoint);
        let raw = refused.into_iter().flat_map(|(.., reply)| reply.raw).collect();
        let error = if is_final {
            Error::new(Kind::Refused, Disposition::Rejected, text)
        } else {
            Error::new(Kind::Later, Disposition::NotDelivered, text)
        };
        Err(error.with_answer(Answer::new(None, raw)))
    }

    async fn log_in(&mut self, session: &mut Session, offers: &Reply) -> Result<(), Error> {
        let Some((user, password)) = &self.email.options.login else { return Ok(()) };
        self.about = About::Login;
        let methods = offers.offer("AUTH").unwrap_or_default();
        let offered = |method| methods.split_whitespace().any(|offered| offered == method);
        if offered("PLAIN") {
            let line = format!("AUTH PLAIN {}", EmailOptions::plain_login(user, password));
            self.ask(session, "AUTH PLAIN", &line, 2).await?;
        } else if offered("LOGIN") {
            self.ask(session, "AUTH LOGIN", "AUTH LOGIN", 3).await?;
            self.ask(session, "the user name", &BASE64.encode(user), 3).await?;
            self.ask(session, "the password", &BASE64.encode(password.expose()), 2).await?;
        } else {
            let text = format!("{} offers no login by PLAIN or LOGIN", self.evidence.endpoint);
            return Err(unusable(text));
        }
        Ok(())
    }

    async fn ask(
        &mut self,
        session: &mut Session,
        step: impl Into<Cow<'static, str>>,
        line: &str,
        wanted: u16,
    ) -> Result<Reply, Error> {
        self.step = step.into();
        let reply = session.command(line).await;
        self.judge(reply, wanted)
    }

    /// Goes on when the reply is of the wanted class, its first digit.
    fn judge(&mut self, reply: Result<Reply, Broken>, wanted: u16) -> Result<Reply, Error> {
        let reply = reply.map_err(|why| self.broken(why))?;
        let said = self.email.options.redacted(&reply.to_string());
        self.evidence.replies.push(said.clone());
        if reply.code / 100 == wanted {
            return Ok(reply);
        }
        let (endpoint, step, said) = (&self.evidence.endpoint, &self.step, excerpt(&said));
        let error = match reply.code / 100 {
            4 => {
                let text = format!("{endpoint} refuses {step} for now: {said}");
                Error::new(Kind::Later, Disposition::NotDelivered, text)
            }
            5 => match self.about {
                _ if reply.code == LOGIN_WANTED => {
                    unusable(format!("{endpoint} wants user and password before {step}: {said}"))
                }
                About::Login => {
                    unusable(format!("{endpoint} refuses user and password, at {step}: {said}: check them"))
                }
                About::Connection => {
                    let text = format!("{endpoint} lets nobody in: it refuses {step}: {said}");
                    Error::new(Kind::Connect, Disposition::NotDelivered, text).with_party(Party::Supplier)
                }
                About::Order => {
                    let text = format!("{endpoint} refuses {step}: {said}");
                    Error::new(Kind::Refused, Disposition::Rejected, text)
                }
            },
            _ => {
                let kind = if self.ended { Kind::Unclear } else { Kind::Interrupted };
                self.unanswered(
                    kind,
                    format!("{endpoint} answers {step} with {said}, which is no answer to it"),
                )
            }
        };
        Err(error.with_answer(Answer::new(None, reply.raw)))
    }

    fn broken(&self, why: Broken) -> Error {
        let (endpoint, step) = (&self.evidence.endpoint, &self.step);
        let (kind, text) = match &why {
            Broken::Io(error) => match distrust(error) {
                Some((reason, party)) if !self.ended => return self.untrusted(&reason).with_party(party),
                _ => (Kind::Interrupted, format!("the connection to {endpoint} broke at {step}")),
            },
            Broken::Closed => (Kind::Interrupted, format!("{endpoint} closed the connection at {step}")),
            Broken::Garbled(said) => {
                let said = excerpt(&self.email.options.redacted(said));
                // who begins with something else is another kind of server
                let kind = if self.is_unmet() { Kind::Connect } else { Kind::Interrupted };
                (kind, format!("{endpoint} does not speak SMTP: it says {said} at {step}"))
            }
            Broken::TooLarge => {
                (Kind::AnswerTooLarge, format!("the reply of {endpoint} to {step} has no end"))
            }
            Broken::OutOfTurn => (Kind::Interrupted, format!("{endpoint} spoke before {step} was sent")),
        };
        let error = self.unanswered(kind, text);
        match why {
            Broken::Io(source) => error.with_source(source),
            Broken::Garbled(_) if self.is_unmet() => error.with_party(Party::Caller),
            _ => error,
        }
    }

    /// Whether the server has still to say that it speaks SMTP.
    fn is_unmet(&self) -> bool {
        self.step == GREETING
    }

    /// No answer: after the dot that means that nobody knows.
    fn unanswered(&self, kind: Kind, text: String) -> Error {
        if self.ended {
            Error::new(kind, Disposition::Unknown, format!("{text}: the order may have arrived"))
        } else {
            Error::new(kind, Disposition::NotDelivered, text)
        }
    }

    fn untrusted(&self, reason: &str) -> Error {
        let text = format!("no trusted connection to {}: {reason}", self.evidence.endpoint);
        Error::new(Kind::Tls, Disposition::NotDelivered, text)
    }
}
