/** What the platform does about WebAssembly, changed for as long as a piece of work takes. */

/** Runs `work` as under a content security policy that forbids WebAssembly. */
export async function withoutWebAssembly(work: () => Promise<void>): Promise<void> {
  const { Module } = WebAssembly
  WebAssembly.Module = class {
    constructor() {
      throw new WebAssembly.CompileError('blocked by the content security policy')
    }
  } as unknown as typeof Module
  try {
    await work()
  } finally {
    WebAssembly.Module = Module
  }
}

/** The memories of the instances that `work` makes, each once. */
export async function memoriesOf(work: () => Promise<void> | void): Promise<Uint8Array[]> {
  const memories = new Set<WebAssembly.Memory>()
  const { Instance } = WebAssembly
  WebAssembly.Instance = class extends Instance {
    constructor(...args: ConstructorParameters<typeof Instance>) {
      super(...args)
      memories.add(this.exports['memory'] as WebAssembly.Memory)
    }
  }
  try {
    await work()
  } finally {
    WebAssembly.Instance = Instance
  }
  return [...memories].map(({ buffer }) => new Uint8Array(buffer))
}
