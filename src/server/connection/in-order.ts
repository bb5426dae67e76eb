/** Work on what arrives, done in the order of arrival although some of it waits for something. */
export class InOrder {
  readonly #waiting: { work: (() => void) | undefined }[] = []
  readonly #catchUp: (work: () => void) => void

  /** @param catchUp does the work that has waited, all that can be done at a time. */
  constructor(catchUp: (work: () => void) => void) {
    this.#catchUp = catchUp
  }

  /** How many pieces of work wait: for something, or for those before them. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Does `work` when everything before it is done: at once, if nothing waits. */
  next(work: () => void): void {
    if (this.#waiting.length === 0) work()
    else this.#waiting.push({ work })
  }

  /** Does `work` when `ready` is settled and everything before it is done. */
  after<T>(ready: Promise<T>, work: (outcome: PromiseSettledResult<T>) => void): void {
    const place: { work: (() => void) | undefined } = { work: undefined }
    this.#waiting.push(place)
    void Promise.allSettled([ready]).then(([outcome]) => {
      place.work = () => work(outcome)
      if (this.#waiting[0] === place) this.#catchUp(() => this.#doWhatIsReady())
    })
  }

  #doWhatIsReady(): void {
    while (this.#waiting[0]?.work) this.#waiting.shift()!.work!()
  }

  /** Whatever waits is not done any more. */
  clear(): void {
    this.#waiting.length = 0
  }
}
