import type { Crumb } from '../model/page.js'

/** The index page of a namespace; the root namespace has no name of its own. */
export function namespacePath(namespace: string): string {
  return `namespace/${namespace === '' ? 'root' : namespace}`
}

export function namespaceLabel(namespace: string): string {
  return namespace === '' ? 'Without a namespace' : namespace
}

export const HOME: Crumb = { label: 'Reference', path: 'index' }

export function namespaceTrail(namespace: string): Crumb[] {
  return [HOME, { label: namespaceLabel(namespace), path: namespacePath(namespace) }]
}
