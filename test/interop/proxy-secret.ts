const KEY = '00112233445566778899aabbccddeeff'

/** Secrets of the proxies that the server stands for: plain, for the padded transport, and for fake TLS. */
export const PROXY_SECRETS: readonly [plain: string, padded: string, fakeTls: string] = [
  KEY,
  `dd${KEY}`,
  `ee${KEY}${Buffer.from('example.com').toString('hex')}`,
]
