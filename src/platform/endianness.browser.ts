/** Browsers run on little-endian machines alone. */
export const isLittleEndian = true
