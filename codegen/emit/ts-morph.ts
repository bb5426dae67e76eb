import { createRequire } from 'node:module'
import type * as TsMorph from 'ts-morph'

/**
 * ts-morph by `require`. For an `import`, Node reads through its megabyte of text first, in search of the names that it
 * exports, and that takes nearly as long again as loading it.
 */
const tsMorph = createRequire(import.meta.url)('ts-morph') as typeof TsMorph

export const IndentationText: typeof TsMorph.IndentationText = tsMorph.IndentationText
export const NewLineKind: typeof TsMorph.NewLineKind = tsMorph.NewLineKind
export const Project: typeof TsMorph.Project = tsMorph.Project
export const QuoteKind: typeof TsMorph.QuoteKind = tsMorph.QuoteKind
