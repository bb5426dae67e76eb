/** A page does not load texts about methods that are not there: the types name them before that. */
export function refuseLeftOut(_prototype: object): void {}
