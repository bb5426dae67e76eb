import type { Address } from '../net/link.js'

/** The addresses of one data centre, tried in turn: the next one after every failure. Never empty. */
export class AddressBook {
  #addresses: readonly [Address, ...Address[]]
  #index = 0

  constructor(first: Address, ...others: Address[]) {
    this.#addresses = [first, ...others]
  }

  get current(): Address {
    return this.#addresses[this.#index] ?? this.#addresses[0]
  }

  rotate(): void {
    this.#index = (this.#index + 1) % this.#addresses.length
  }

  /** Addresses learnt from the server's configuration join the list; the one in use stays in use. */
  learn(addresses: readonly Address[]): void {
    const { current } = this
    const others = addresses.filter(({ host, port }) => host !== current.host || port !== current.port)
    this.#addresses = [current, ...others]
    this.#index = 0
  }
}
