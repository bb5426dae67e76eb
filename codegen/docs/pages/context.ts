import type { Catalog } from '../catalog.js'
import type { ExampleBuilder } from '../example/build.js'

/** What every page builder works with. */
export interface PageContext {
  readonly catalog: Catalog
  readonly examples: ExampleBuilder
  /** The name under which readers install the package: it stands in the examples. */
  readonly packageName: string
}
