use crate::{Capabilities, Consignment, Delivery, Error, Evidence, OrderTransport, Receipt};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps what it is given and answers by a script.
///
/// For tests, rehearsals and demonstrations. Consignments that fail
/// [`Consignment::check`], or have attachments where none are taken, are
/// refused and not kept; all others are kept, whatever the script answers. When
/// the script has run out, everything is delivered. It needs no runtime, and
/// looks at no clock.
#[derive(Debug)]
pub struct Recorder {
    capabilities: Capabilities,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Result<Receipt, Error>>,
    sent: Vec<Consignment>,
}

impl Recorder {
    /// Delivers everything.
    #[must_use]
    pub fn new() -> Self {
        Self { capabilities: Capabilities::new().with_attachments(true), state: Mutex::default() }
    }

    /// Adds an answer at the end of the script.
    #[must_use]
    pub fn then(self, answer: Result<Receipt, Error>) -> Self {
        self.state().script.push_back(answer);
        self
    }

    /// Pretends to be a transport that can do this; attachments unless set.
    #[must_use]
    pub fn with_capabilities(mut self, capabilities: Capabilities) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// What was sent so far, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Consignment> {
        self.state().sent.clone()
    }

    /// Nothing panics while the lock is held, so a poisoned one is sound.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self::new()
    }
}

impl OrderTransport for Recorder {
    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    fn endpoint(&self) -> Option<String> {
        Some("recorder".into())
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        Box::pin(async move {
            consignment.check_for(self.capabilities.attachments)?;
            let mut state = self.state();
            state.sent.push(consignment.clone());
            state
                .script
                .pop_front()
                .unwrap_or_else(|| Ok(Receipt::new(Evidence::new("recorder", consignment))))
        })
    }
}
