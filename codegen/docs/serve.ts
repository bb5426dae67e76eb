import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'

export interface FolderServer {
  /** `http://127.0.0.1:4321/` */
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** The pages need nothing from anywhere else, and this makes sure of it. */
const POLICY = [
  "default-src 'none'",
  ...['style', 'script', 'img', 'connect'].map((kind) => `${kind}-src 'self'`),
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Serves a folder of finished files to this machine alone. */
export async function serveFolder(folder: string, port: number): Promise<FolderServer> {
  const server = createServer((request, response) => answer(folder, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const path = fileBehind(folder, request.url ?? '/')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  if (path === undefined) return refuse(response, 404)
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  if (request.method === 'HEAD') response.end()
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response)
}

/** The file that an address names, or undefined; never one outside the folder. */
function fileBehind(folder: string, url: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(url.replace(/[?#].*$/, ''))
  } catch {
    return undefined
  }
  const path = join(folder, normalize(decoded.endsWith('/') ? `${decoded}index.html` : decoded))
  if (!path.startsWith(folder + sep) || path.includes('\0')) return undefined
  return isFile(path) ? path : undefined
}

/** Also false for what the system refuses to look up, such as a name that is too long. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...(status === 405 && { allow: 'GET, HEAD' }) })
  response.end(status === 404 ? 'Not found' : 'Only GET is answered')
}
