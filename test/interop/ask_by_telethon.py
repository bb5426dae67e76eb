"""Connects Telethon to the embedded server over every transport that it has, and prints what came back as JSON."""
import asyncio
import json
import sys

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import connection
from telethon.sessions import MemorySession
from telethon.tl.alltlobjects import LAYER
from telethon.tl.functions.messages import GetExportedChatInvitesRequest
from telethon.tl.types import InputPeerSelf, InputUserSelf

facts = json.loads(sys.stdin.read())
plain, padded, _ = facts['proxies']
TRANSPORTS = {
    'full': (connection.ConnectionTcpFull, None),
    'abridged': (connection.ConnectionTcpAbridged, None),
    'intermediate': (connection.ConnectionTcpIntermediate, None),
    'obfuscated': (connection.ConnectionTcpObfuscated, None),
    'MTProxy abridged': (connection.ConnectionTcpMTProxyAbridged, plain),
    'MTProxy intermediate': (connection.ConnectionTcpMTProxyIntermediate, plain),
    'MTProxy randomized intermediate': (connection.ConnectionTcpMTProxyRandomizedIntermediate, padded),
}


async def ask(kind, through):
    session = MemorySession()
    session.set_dc(2, '127.0.0.1', facts['port'])
    proxy = (through['host'], through['port'], through['secret']) if through else None
    options = {'connection': kind, 'proxy': proxy, 'connection_retries': 1, 'receive_updates': False}
    client = TelegramClient(session, 1, 'hash', **options)
    await client.connect()
    try:
        answer = await client(GetExportedChatInvitesRequest(
            peer=InputPeerSelf(), admin_id=InputUserSelf(), limit=100, revoked=True,
            offset_date=43, offset_link='some string here'))
        invite = answer.invites[0]
        return {'count': answer.count, 'link': invite.link, 'title': invite.title,
                'user': getattr(answer.users[0], 'username', None)}
    finally:
        await client.disconnect()


async def main():
    rsa._server_keys.clear()
    rsa.add_key(facts['publicKey'], old=False)
    answers = {}
    for name, (kind, through) in TRANSPORTS.items():
        try:
            answers[name] = await asyncio.wait_for(ask(kind, through), 20)
        except Exception as error:
            answers[name] = {'error': f'{type(error).__name__}: {error}'}
    print(json.dumps({'layer': LAYER, 'answers': answers}))


asyncio.run(main())
