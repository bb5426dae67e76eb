/** From one page to another, both given from the root of the site: `type/Peer` to `method/x` is `../method/x`. */
export function relativePath(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to}`
}
