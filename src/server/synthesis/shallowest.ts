import { crc32 } from 'node:zlib'
import '../../../generated/mtproto/registry.js'
import { readWith } from '../../tl/hooks.js'
import type { TlClass } from '../../tl/object.js'
import { allConstructors } from './constructors-by-type.js'
import { MadeUpReader } from './made-up-reader.js'
import { SeededNumbers } from './seeded-numbers.js'

/**
 * The constructor of each type that needs the fewest objects inside itself, by the number of the type. Choosing it
 * wherever a value has become deep is what lets every made-up value end, in types that contain themselves too.
 */
export function shallowestConstructors(): ReadonlyMap<number, TlClass> {
  const best = new Map<number, { constructor: TlClass; depth: number }>()
  for (let changed = true; changed;) {
    changed = false
    for (const constructor of allConstructors()) {
      const known = best.get(constructor.SUBCLASS_OF_ID)
      const depth = smallestDepth(constructor, (type) => best.get(crc32(type))?.depth)
      if (depth === undefined || (known !== undefined && known.depth <= depth)) continue
      best.set(constructor.SUBCLASS_OF_ID, { constructor, depth })
      changed = true
    }
  }
  return new Map([...best].map(([type, { constructor }]) => [type, constructor]))
}

/** How many objects stand inside each other in the smallest value of a constructor; undefined while a type is unknown. */
function smallestDepth(constructor: TlClass, depthOf: (type: string) => number | undefined): number | undefined {
  let depth = 0
  const reader = new SmallestReader((type) => {
    const inner = depthOf(type)
    if (inner === undefined) throw new Unknown()
    depth = Math.max(depth, inner + 1)
    return {}
  })
  try {
    readWith('fields', constructor, reader)
    return depth
  } catch (error) {
    if (error instanceof Unknown) return undefined
    throw error
  }
}

/** Thrown through the generated readers when the smallest depth of a type inside is not known yet. */
class Unknown extends Error {}

/** Makes up nothing that is optional, and no items. */
class SmallestReader extends MadeUpReader {
  constructor(makeObject: (type: string) => unknown) {
    super(new SeededNumbers(0), makeObject)
  }

  override flags(): number {
    return 0
  }

  override count(): number {
    return 0
  }
}
