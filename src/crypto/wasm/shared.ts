/**
 * One instance for all, made when first asked for; `undefined` for good where it cannot be made: on a platform without
 * WebAssembly, or under a content security policy that forbids it.
 */
export function shared<T>(make: () => T | undefined): () => T | undefined {
  let tried = false
  let instance: T | undefined
  return () => {
    if (tried) return instance
    tried = true
    try {
      instance = make()
    } catch {
      // It stays without.
    }
    return instance
  }
}
