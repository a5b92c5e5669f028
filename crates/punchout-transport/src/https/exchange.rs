//! One request and its answer, each step within its time.

use super::options::HttpsOptions;
use crate::{HttpReply, Progress};
use reqwest::{Client, Request, Response};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// How far an exchange got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The order's bytes were not handed to a connection.
    Connecting,
    /// Some were.
    Sending,
    /// All were; no answer came.
    Waiting,
    /// The answer began.
    Answering,
}

/// How far it got, and since when; clones share it.
#[derive(Clone)]
pub(super) struct Steps {
    stage: watch::Sender<(Stage, Instant)>,
    progress: Progress,
}

impl Steps {
    pub(super) fn new(progress: Progress) -> Self {
        Self { stage: watch::Sender::new((Stage::Connecting, Instant::now())), progress }
    }

    pub(super) fn stage(&self) -> Stage {
        self.stage.borrow().0
    }

    /// The body is asked for.
    pub(super) fn sends(&self) {
        self.progress.leaves();
        self.pass(Stage::Connecting, Stage::Sending);
    }

    /// Nothing is left of the body.
    pub(super) fn has_sent(&self) {
        self.pass(Stage::Sending, Stage::Waiting);
    }

    /// The answer began: its time counts since the order was sent, or since
    /// now if that did not come to its end. Says whether it did.
    fn answers(&self) -> bool {
        let mut sent = false;
        self.stage.send_modify(|(stage, since)| {
            sent = *stage == Stage::Waiting;
            if !sent {
                *since = Instant::now();
            }
            *stage = Stage::Answering;
        });
        sent
    }

    fn pass(&self, from: Stage, to: Stage) {
        self.stage.send_if_modified(|now| {
            let passes = now.0 == from;
            if passes {
                *now = (to, Instant::now());
            }
            passes
        });
    }

    /// Runs until it is done, or until a step takes longer than it may.
    async fn within<T>(&self, options: &HttpsOptions, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        let mut steps = self.stage.subscribe();
        loop {
            let (stage, since) = *steps.borrow_and_update();
            // a time without end is none
            let limit = options.limit(stage).min(Duration::from_secs(86_400 * 365));
            let mut changed = pin!(steps.changed());
            let next = poll_fn(|context| match work.as_mut().poll(context) {
                Poll::Ready(done) => Poll::Ready(Some(done)),
                Poll::Pending => changed.as_mut().poll(context).map(|_| None),
            });
            match timeout_at(since + limit, next).await {
                Ok(Some(done)) => return Some(done),
                Err(_) if self.stage() == stage => return None,
                Ok(None) | Err(_) => {}
            }
        }
    }
}

/// What is known as soon as the answer begins.
pub(super) struct Head {
    pub(super) status_line: String,
    pub(super) at: Instant,
    /// Not all of the order was handed over by then.
    pub(super) early: bool,
}

/// Why there is no complete answer.
pub(super) enum Failure {
    Http(reqwest::Error),
    Late,
    /// It is larger than its limit, and has this status.
    TooLarge(u16),
}

/// Makes one attempt; a head is there as soon as an answer began.
pub(super) async fn exchange(
    client: &Client,
    options: &HttpsOptions,
    request: Request,
    steps: &Steps,
) -> (Result<HttpReply, Failure>, Option<Head>) {
    let mut head = None;
    let work = async {
        let mut response = client.execute(request).await.map_err(Failure::Http)?;
        let early = !steps.answers();
        let status_line = format!("{:?} {}", response.version(), response.status());
        head = Some(Head { status_line, at: Instant::now(), early });
        read(&mut response, options.answer_limit).await
    };
    let done = steps.within(options, work).await;
    (done.unwrap_or(Err(Failure::Late)), head)
}

/// Reads the whole answer, within its limit.
async fn read(response: &mut Response, limit: usize) -> Result<HttpReply, Failure> {
    let status = response.status().as_u16();
    let text = |value: &[u8]| match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().copied().map(char::from).collect(),
    };
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Failure::Http)? {
        if body.len() + chunk.len() > limit {
            return Err(Failure::TooLarge(status));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(HttpReply::new(status, headers, body))
}
