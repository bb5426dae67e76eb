/** `vector#1cb5c415 {t:Type} # [ t ] = Vector t;` */
export const VECTOR_ID = 0x1cb5c415
/** `boolTrue#997275b5 = Bool;` */
export const BOOL_TRUE_ID = 0x997275b5
/** `boolFalse#bc799737 = Bool;` */
export const BOOL_FALSE_ID = 0xbc799737

/** A constructor id as TL writes it: eight hex digits. */
export const formatId = (id: number): string => `0x${id.toString(16).padStart(8, '0')}`
