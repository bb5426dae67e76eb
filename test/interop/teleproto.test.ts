import { describe } from 'vitest'
import { testsOf } from './gramjs-like.js'

describe('teleproto (npm teleproto 214.1.7, layer 214) against the embedded server', () => {
  testsOf('teleproto', 214)
})
