"""A mail server for the tests: aiosmtpd with what a test asks for.

    smtpd.py DIR [--port N] [--tls CERT KEY] [--login NAME PASSWORD] [--die-after N] [--slow SECONDS]

Each mail becomes a file of DIR, named by its number, its first lines are `X-Rcpt:` for each recipient. An address with
"tidak-ada" in it is refused with 550. Prints its port, then works until it is killed, or until a mail comes after the N-th.
"""
import argparse
import asyncio
import os
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Box:
    def __init__(self, folder, die_after, slow):
        self.folder, self.die_after, self.slow, self.taken = pathlib.Path(folder), die_after, slow, 0
        self.first = len(list(self.folder.iterdir()))

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.die_after is not None and self.taken >= self.die_after:
            os._exit(9)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "tidak-ada" in address:
            return "550 5.1.1 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slow)
        self.taken += 1
        head = "".join(f"X-Rcpt: {to}\n" for to in envelope.rcpt_tos).encode()
        file = self.folder / f"{self.first + self.taken:06}"
        file.write_bytes(head + envelope.content)
        return "250 taken"


class Login:
    def __init__(self, name, password):
        self.name, self.password = name.encode(), password.encode()

    def __call__(self, server, session, envelope, mechanism, data):
        known = data.login == self.name and data.password == self.password
        return AuthResult(success=known, handled=known)


async def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("folder")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--tls", nargs=2)
    asked.add_argument("--login", nargs=2)
    asked.add_argument("--die-after", type=int)
    asked.add_argument("--slow", type=float, default=0)
    given = asked.parse_args()
    settings = {}
    if given.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*given.tls)
        settings.update(tls_context=context, require_starttls=True)
    if given.login:
        settings.update(authenticator=Login(*given.login), auth_required=True)
        if not given.tls:
            settings.update(auth_require_tls=False)
    box = Box(given.folder, given.die_after, given.slow)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, hostname="127.0.0.1", loop=loop, **settings), "127.0.0.1", given.port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
