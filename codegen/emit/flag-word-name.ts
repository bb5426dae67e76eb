/**
 * What generated functions call a flag word. Nearly all are `flags` or `flags2` in the schema; any other name might be a
 * keyword or one that the function has already.
 */
export function flagWordName(name: string): string {
  return /^flags\d*$/.test(name) ? name : `${name}Flags`
}
