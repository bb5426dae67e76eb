/** Whether a typed array of this machine holds its numbers as TL does, the lowest byte first. */
export const isLittleEndian: boolean = /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ Int32Array.of(1).buffer)[0] === 1
