/**
 * The type that an error has once its argument is taken out, as a TypeScript type: `FLOOD_WAIT_%d` is `'FLOOD_WAIT'`.
 * An argument that is only a part of a word stays in it: `..._WAIT_%dMIN` is a template.
 */
export function errorType(name: string): string {
  const words = name.split('_')
  const whole = words.filter((word) => !/^%[ds]$/.test(word)).join('_')
  if (!/%[ds]/.test(whole)) return `'${whole}'`
  return `\`${whole.replaceAll('%d', '${number}').replaceAll('%s', '${string}')}\``
}
