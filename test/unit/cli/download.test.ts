import { expect, it } from 'vitest'
import { download } from '../../../src/cli/schema/download.js'
import { WebServer } from './helpers.js'

it('follows redirects, to a relative address too, and gives the text', async () => {
  await using server = await WebServer.start(({ url }, response) => {
    if (url === '/a') response.writeHead(301, { location: '/b' }).end()
    else if (url === '/b') response.writeHead(302, { location: `http://${server.address.slice(7)}/c` }).end()
    else response.end('a = Ä;')
  })
  expect(await download(`${server.address}/a`)).toBe('a = Ä;')
})

it('gives up on redirects without end', async () => {
  let asked = 0
  await using server = await WebServer.start((_, response) => {
    response.writeHead(302, { location: `/${++asked}` }).end()
  })
  const address = `${server.address}/0`
  await expect(download(address)).rejects.toThrow(`${address} could not be fetched: more than 5 redirects`)
  expect(asked).toBe(6)
})

it('does not leave the web', async () => {
  await using server = await WebServer.start((_, response) => {
    response.writeHead(302, { location: 'file:///etc/hosts' }).end()
  })
  await expect(download(server.address)).rejects.toThrow('could not be fetched: it redirects to file:///etc/hosts, which is not https')
})

it('stops reading at the limit, whatever length the answer states', async () => {
  let written = 0
  await using server = await WebServer.start((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(1000, 32))) written += 1000
    }
    response.on('drain', more)
    more()
  })
  await expect(download(server.address, { maxBytes: 10_000 })).rejects.toThrow('more than 10000 bytes are no schema')
  expect(written).toBeLessThan(10_000_000)
})

it('does not wait for ever, neither for the answer nor for its end', async () => {
  await using server = await WebServer.start(({ url }, response) => {
    if (url === '/begun') response.write('a ')
  })
  const limits = { timeoutMs: 50 }
  await expect(download(`${server.address}/silent`, limits)).rejects.toThrow('could not be fetched: no answer within 0.05 s')
  await expect(download(`${server.address}/begun`, limits)).rejects.toThrow('could not be fetched: no answer within 0.05 s')
})

it.each([
  [403, 'status 403 Forbidden'],
  [500, 'status 500 Internal Server Error'],
  [304, 'status 304 Not Modified'],
])('says which status it got: %i', async (status, message) => {
  await using server = await WebServer.start((_, response) => {
    response.writeHead(status).end()
  })
  await expect(download(server.address)).rejects.toThrow(`could not be fetched: ${message}`)
})

it('says why there is no connection, and that bytes are no text', async () => {
  const gone = await WebServer.start(() => {})
  const { address } = gone
  await gone[Symbol.asyncDispose]()
  await expect(download(address)).rejects.toThrow('could not be fetched: connect ECONNREFUSED')
  await expect(download('http://')).rejects.toThrow('http:// could not be fetched: Invalid URL')
  await using server = await WebServer.start((_, response) => {
    response.end(Buffer.from([0xff, 0xfe]))
  })
  await expect(download(server.address)).rejects.toThrow('could not be fetched: it is not UTF-8')
})
