/** What the thread of `PrintThread` runs: answers each list of files with what ts-morph makes of them. */
import { parentPort } from 'node:worker_threads'
import { keepCompiled } from '../../keep-compiled.js'
import type { FileStatements } from '../module-statements.js'

keepCompiled()
const { rawTexts } = await import('../print.js')
parentPort!.on('message', (files: readonly FileStatements[]) => parentPort!.postMessage(rawTexts(files)))
