import { describe } from 'vitest'
import { testsOf } from './gramjs-like.js'

describe('GramJS (npm telegram 2.26.22, layer 198) against the embedded server', () => {
  testsOf('telegram', 198)
})
