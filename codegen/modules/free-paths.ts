/**
 * Gives each file a path of its own, on file systems that ignore case too: `HTTPServer` and `HttpServer` are two types,
 * and both would be `types/http-server.ts`. Who comes second is `types/http-server-2.ts`.
 */
export class FreePaths {
  readonly #taken: Set<string>

  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map((path) => path.toLowerCase()))
  }

  take(path: string): string {
    let free = path
    for (let number = 2; this.#taken.has(free.toLowerCase()); number++) free = path.replace(/\.ts$/, `-${number}.ts`)
    this.#taken.add(free.toLowerCase())
    return free
  }
}
