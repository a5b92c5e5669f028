//! An SSH server that lets one user in by password.

use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, Session};
use russh::{Channel, ChannelId, ChannelStream};

/// Lets `buyer` in by `hunter2`, and hands over what is said about files.
pub(crate) struct Door<S> {
    channel: Option<Channel<Msg>>,
    serve: Option<S>,
}

impl<S: FnOnce(ChannelStream<Msg>) + Send + 'static> Door<S> {
    pub(crate) fn new(serve: S) -> Self {
        Self { channel: None, serve: Some(serve) }
    }
}

impl<S: FnOnce(ChannelStream<Msg>) + Send + 'static> Handler for Door<S> {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        Ok(if (user, password) == ("buyer", "hunter2") { Auth::Accept } else { Auth::reject() })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.channel = Some(channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        assert_eq!(name, "sftp");
        let serve = self.serve.take().unwrap();
        serve(self.channel.take().unwrap().into_stream());
        session.channel_success(id)
    }
}
