const encoder = /* @__PURE__ */ new TextEncoder()

/** Text in UTF-8. Browsers get few texts to encode and many bytes to load: the shorter way. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)
