"""Runs mtprotoproxy in front of a server on 127.0.0.1.

Arguments: the folder that holds mtprotoproxy.py, the server's port, the secret in hex, the domain of its fake TLS.
Prints the port that it listens on. Its own main() asks the network for its address and uses functions that newer
Pythons have dropped, so only what serves one connection is taken from it.
"""

import asyncio
import sys

folder, server_port, secret, domain = sys.argv[1:]
sys.path.insert(0, folder)
sys.argv = ["mtprotoproxy", "0", secret]

import mtprotoproxy as proxy  # noqa: E402

asyncio.streams.IncompleteReadError = asyncio.IncompleteReadError
proxy.TG_DATACENTER_PORT = int(server_port)
proxy.TG_DATACENTERS_V4 = proxy.TG_DATACENTERS_V6 = ["127.0.0.1"] * 5
proxy.init_config()
proxy.config.PREFER_IPV6 = proxy.config.SECURE_ONLY = proxy.config.MASK = False
proxy.config.TLS_DOMAIN = domain
proxy.init_stats()


async def serve():
    server = await asyncio.start_server(
        proxy.handle_client_wrapper, "127.0.0.1", 0, limit=proxy.get_to_tg_bufsize()
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
