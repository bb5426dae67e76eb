/** The tests that the mutants of `stryker.config.json` have to survive: those of the codec and of the emitter alone. */
import { statSync } from 'node:fs'
import type { ViteUserConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'
import everything from '../../vitest.config.js'

/** Small files first: one test that fails is the end of a mutant, and the large files take longest to load. */
class SmallFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = ({ moduleId }: TestSpecification): number => statSync(moduleId).size
    return Promise.resolve([...files].sort((a, b) => size(a) - size(b)))
  }
}

const config: ViteUserConfig = {
  ...everything,
  test: {
    ...everything.test,
    include: ['test/unit/tl/**/*.test.ts', 'test/unit/codegen/emitted-flags.test.ts'],
    sequence: { sequencer: SmallFirst },
  },
}

export default config
