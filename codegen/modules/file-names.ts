import { splitName } from '../ir/names.js'

/** `getExportedChatInvites` and `P_Q_inner_data` to `get-exported-chat-invites` and `p-q-inner-data`. */
export const kebabCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()

/** `messages.getDialogs` to `messages/methods/get-dialogs.ts`; names of the root have no folder in front. */
export function filePath(tlName: string, kind: 'types' | 'methods'): string {
  const { namespace, local } = splitName(tlName)
  return `${namespace === '' ? '' : `${namespace}/`}${kind}/${kebabCase(local)}.ts`
}

/** `messages/index.ts`, and `index.ts` for the root. */
export const indexPath = (namespace: string): string => (namespace === '' ? 'index.ts' : `${namespace}/index.ts`)
