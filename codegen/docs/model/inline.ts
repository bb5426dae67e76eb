/** Running text of a page, free of any notation: the writers turn it into Markdown or HTML. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }
  /** A page outside: always an absolute address. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** Another page of this reference. */
  | { readonly kind: 'reference'; readonly to: Reference; readonly children: readonly Inline[] }

/** What has a page of its own. `name` is the TL name, or the name of an error. */
export interface Reference {
  readonly kind: 'method' | 'constructor' | 'type' | 'error'
  readonly name: string
}

export function text(value: string): Inline {
  return { kind: 'text', text: value }
}

export function code(value: string): Inline {
  return { kind: 'code', text: value }
}

export function strong(...children: readonly Inline[]): Inline {
  return { kind: 'strong', children }
}

export function reference(kind: Reference['kind'], name: string, label: string = name): Inline {
  return { kind: 'reference', to: { kind, name }, children: [text(label)] }
}

export function codeReference(kind: Reference['kind'], name: string, label: string = name): Inline {
  return { kind: 'reference', to: { kind, name }, children: [code(label)] }
}

export function link(href: string, label: string): Inline {
  return { kind: 'link', href, children: [text(label)] }
}

/** The words alone, for titles, search results and descriptions in the page's head. */
export function plainText(inlines: readonly Inline[]): string {
  let result = ''
  for (const inline of inlines) {
    if (inline.kind === 'text' || inline.kind === 'code') result += inline.text
    else if (inline.kind === 'break') result += ' '
    else result += plainText(inline.children)
  }
  return result.replace(/\s+/g, ' ').trim()
}

/** Joins groups with a separator, as a sentence or a list does. */
export function joined(groups: readonly (readonly Inline[])[], separator: string): Inline[] {
  return groups.flatMap((group, index) => (index === 0 ? group : [text(separator), ...group]))
}

/** Every reference inside, however deep. */
export function referencesIn(inlines: readonly Inline[]): Reference[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === 'reference') return [inline.to, ...referencesIn(inline.children)]
    return 'children' in inline ? referencesIn(inline.children) : []
  })
}

/** Every outside address inside, in order. */
export function addressesIn(inlines: readonly Inline[]): string[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === 'link') return [inline.href, ...addressesIn(inline.children)]
    return 'children' in inline ? addressesIn(inline.children) : []
  })
}
