import { finishText } from '../house-style.js'
import type { FileStatements } from '../module-statements.js'
import type { PrintThread } from './print-thread.js'

type FileText = readonly [path: string, text: string]

/** Few enough that the thread has work from early on, and many enough that handing them over costs little. */
const FILES_AT_ONCE = 64

/**
 * The texts of files, by path, in the order of `files`. The thread prints some while others are made; what it does not
 * answer, and everything where there is none, is printed here.
 */
export async function printModules(
  files: Iterable<FileStatements>,
  provenance: string,
  thread: PrintThread | undefined,
): Promise<ReadonlyMap<string, string>> {
  const printed: Promise<FileText[]>[] = []
  let list: FileStatements[] = []
  for (const file of files) {
    list.push(file)
    if (list.length < FILES_AT_ONCE) continue
    printed.push(printList(list, provenance, thread))
    list = []
  }
  printed.push(printList(list, provenance, thread))
  return new Map((await Promise.all(printed)).flat())
}

async function printList(files: readonly FileStatements[], provenance: string, thread: PrintThread | undefined): Promise<FileText[]> {
  const texts = (await thread?.print(files)) ?? (await printHere(files))
  return [...texts].map(([path, text]) => [path, finishText(text, provenance)])
}

/** ts-morph takes long to load, and who has a thread for it does not need it here. */
async function printHere(files: readonly FileStatements[]): Promise<ReadonlyMap<string, string>> {
  const { rawTexts } = await import('../print.js')
  return rawTexts(files)
}
