import * as nodeModule from 'node:module'

/**
 * Node 22.8 and later keep what they have compiled, in the folder for temporary files. It has to be said, in each thread,
 * before ts-morph is loaded, whose compilation is a tenth of the time of a whole `rawgram gen`.
 */
export function keepCompiled(): void {
  ;(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.()
}
