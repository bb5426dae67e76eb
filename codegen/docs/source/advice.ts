/** What to do about errors, from tl/advice.json. */
export interface AdviceTable {
  /** Told by the shape of an error's name and by its code. */
  about(name: string, code: number): Advice
  /** What a code means for every error that carries it, as a phrase without a final point. */
  meaning(code: number): string
}

export interface Advice {
  /** Whether sending the same request again can help: `after the wait`, `elsewhere`, `after a change`... */
  readonly retry: string
  readonly advice: string
}

export interface AdviceFile {
  readonly codes: Readonly<Record<string, string>>
  /** The first rule that fits counts; the last ones fit by code alone. */
  readonly rules: readonly (Advice & { readonly pattern: string; readonly code?: number })[]
}

export function adviceTable({ codes, rules }: AdviceFile): AdviceTable {
  const compiled = rules.map((rule) => ({ ...rule, pattern: new RegExp(rule.pattern) }))
  return {
    about: (name, code) => {
      const rule = compiled.find(
        ({ pattern, code: only }) => pattern.test(name) && (only === undefined || only === code),
      )
      if (rule === undefined) throw new Error(`no rule of the advice fits ${name}: the last one has to fit everything`)
      return { retry: rule.retry, advice: rule.advice }
    },
    meaning: (code) => codes[String(code)] ?? 'An error of the server',
  }
}
