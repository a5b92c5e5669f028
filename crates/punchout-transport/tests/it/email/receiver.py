"""A mail server with STARTTLS and a login, for one test.

Prints its port and then, for each message, what Python's own mail parser reads
in it: one line per fact, and a line with a dot at the end. Stops when its
standard input ends.
"""

import asyncio
import email
import email.policy
import hashlib
import logging
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
        facts = [
            f"encrypted: {session.ssl is not None}",
            f"envelope: {envelope.mail_from} {' '.join(envelope.rcpt_tos)}",
            f"message-id: {message['message-id']}",
            f"from: {message['from'].addresses[0].display_name}",
            f"subject: {message['subject']}",
            f"text: {message.get_body().get_content().strip()!r}",
        ]
        for part in message.iter_attachments():
            digest = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
            facts.append(f"{part.get_content_type()}: {part.get_filename()} {digest}")
        facts += [f"defect: {part.defects}" for part in message.walk() if part.defects]
        sys.stdout.buffer.write("".join(f"{fact}\n" for fact in facts + ["."]).encode())
        sys.stdout.flush()
        return "250 2.0.0 Ok: queued as 4F1B2"


def log_in(server, session, envelope, mechanism, data):
    known = data == LoginPassword(b"buyer", b"hunter2")
    return AuthResult(success=known, handled=False)


# it announces what its next version drops
logging.getLogger("mail.log").setLevel(logging.ERROR)


async def main(certificate, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            Handler(),
            hostname="mx.example",
            tls_context=context,
            require_starttls=True,
            authenticator=log_in,
            auth_required=True,
        ),
        "127.0.0.1",
        0,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main(*sys.argv[1:]))
