/** What tl/layers.json knows about a definition over the layers that are still published. */
export interface LayerHistory {
  /** Layers that the table covers, ascending. */
  readonly layers: readonly number[]
  /** Every definition that some covered layer had, sorted. */
  readonly names: readonly string[]
  /** Undefined for a name that no covered layer has. */
  of(tlName: string): DefinitionHistory | undefined
}

export interface DefinitionHistory {
  /** First covered layer that has it. The oldest covered layer means: that one or earlier. */
  readonly since: number
  /** Layer in which its id last became another one; equal to `since` when it never did. */
  readonly changed: number
  /** First covered layer without it, for a definition that was removed. */
  readonly removed: number | undefined
  /** Every id that it had, with the layer from which on. */
  readonly ids: readonly { readonly layer: number; readonly id: number }[]
}

export interface LayersFile {
  readonly layers: readonly number[]
  /** `167:3c6edb26 181:96fdbbe9 223:-` */
  readonly history: Readonly<Record<string, string>>
}

export function layerHistory(file: LayersFile): LayerHistory {
  const known = new Map<string, DefinitionHistory | undefined>()
  return {
    layers: file.layers,
    names: Object.keys(file.history),
    of: (tlName) => {
      if (!known.has(tlName)) {
        const steps = Object.hasOwn(file.history, tlName) ? file.history[tlName] : undefined
        known.set(tlName, steps === undefined ? undefined : summarise(steps.split(' ').map(parseStep)))
      }
      return known.get(tlName)
    },
  }
}

interface Step {
  readonly layer: number
  readonly id: number | undefined
}

function parseStep(step: string): Step {
  const [layer = '', id = ''] = step.split(':')
  return { layer: Number(layer), id: id === '-' ? undefined : Number.parseInt(id, 16) }
}

function summarise(steps: readonly Step[]): DefinitionHistory {
  const present = steps.filter((step): step is Step & { id: number } => step.id !== undefined)
  const last = steps.at(-1)
  return {
    since: present[0]?.layer ?? 0,
    changed: present.at(-1)?.layer ?? 0,
    removed: last?.id === undefined ? last?.layer : undefined,
    ids: present.map(({ layer, id }) => ({ layer, id })),
  }
}

/** `Since layer 181, last changed in layer 204`, in words that admit what the table cannot know. */
export function historySentence(history: DefinitionHistory, layers: readonly number[]): string {
  const oldest = layers[0]
  const between = (layer: number): string => {
    const before = layers[layers.indexOf(layer) - 1]
    if (before === undefined) return `layer ${layer} or earlier`
    return before === layer - 1 ? `layer ${layer}` : `a layer from ${before + 1} to ${layer}`
  }
  const since =
    history.since === oldest ? `In the schema since layer ${oldest} or earlier` : `New in ${between(history.since)}`
  if (history.changed !== history.since) return `${since}; last changed in ${between(history.changed)}.`
  return `${since}; unchanged since then.`
}
