import { TransportError, type LocalError } from '../../errors/errors.js'
import { abortedError } from '../../net/failures.js'
import type { Dial, Link } from '../../net/link.js'
import type { Platform } from '../../platform/platform.js'
import { FakeTlsClient, type FakeTlsSecret } from './client.js'
import { guarded, unixSeconds } from './flow.js'

/**
 * Connects through fake TLS: the link that `dial` opens carries records, and the promise is kept once the other side
 * has proved that it is the proxy. Until then nothing but the hello has been sent.
 * @throws {TransportError} `proxy` when it is not, or hangs up.
 */
export function fakeTlsDial(dial: Dial, secret: FakeTlsSecret, platform: Platform): Dial {
  return async (address, handlers, signal) => {
    const machine = new FakeTlsClient(secret, platform.random, unixSeconds(platform))
    let raw: Link | undefined
    let state: 'greeting' | 'open' | 'flowing' | 'over' = 'greeting'
    let decide: (failure?: TransportError | LocalError) => void = () => undefined
    const decision = new Promise<TransportError | LocalError | undefined>((resolve) => {
      decide = resolve
    })

    const over = (error?: TransportError): void => {
      const before = state
      state = 'over'
      if (before === 'greeting') decide(error ?? new TransportError('proxy', 'the proxy hung up before it answered'))
      else if (before !== 'over') handlers.close(error)
    }
    const broken = (error: TransportError): void => {
      raw?.close()
      over(error)
    }
    const greet = (): void => {
      if (!machine.takeHello()) return
      state = 'open'
      decide()
    }
    const flow = (): void => {
      while (state === 'flowing') {
        const bytes = machine.next()
        if (bytes === undefined) return
        handlers.data(bytes)
      }
    }
    raw = await dial(
      address,
      {
        data(chunk) {
          machine.receive(chunk)
          if (state === 'greeting') guarded(greet, broken)
          else guarded(flow, broken)
        },
        close: over,
        drain() {
          if (state === 'flowing') handlers.drain?.()
        },
      },
      signal,
    )
    const giveUp = (): void => {
      state = 'over'
      decide(abortedError(address))
    }
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
    raw.send(machine.hello)
    const failure = await decision
    signal.removeEventListener('abort', giveUp)
    if (failure !== undefined) {
      raw.close()
      throw failure
    }
    const carrier = raw
    return {
      send(bytes) {
        if (state === 'over') return true
        // Bytes that came right behind the hello have waited: only now is it certain that the owner has its link.
        if (state === 'open') {
          state = 'flowing'
          queueMicrotask(() => guarded(flow, broken))
        }
        return carrier.send(machine.encode(bytes))
      },
      close() {
        state = 'over'
        carrier.close()
      },
    }
  }
}
