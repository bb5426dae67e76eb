import type { ExampleValue } from './value.js'

const number = (value: number): ExampleValue => ({ kind: 'number', value })
const text = (value: string): ExampleValue => ({ kind: 'text', value })

/** Values by camel case name and TL type: where a name says more than its type. */
const BY_NAME: ReadonlyMap<string, ExampleValue> = new Map([
  ['message string', text('Hello there!')],
  ['title string', text('My very normal title')],
  ['limit int', number(100)],
  ['hash int', number(0)],
  ['hash string', text('B5MnlS34H1JKyBE71zZfo1')],
  ['minId int', number(0)],
  ['maxId int', number(0)],
  ['addOffset int', number(0)],
])

/** Values by TL type alone. */
const BY_TYPE: ReadonlyMap<string, ExampleValue> = new Map<string, ExampleValue>([
  ['int', number(43)],
  ['long', { kind: 'long', value: -4156887774564n }],
  ['int128', { kind: 'long', value: 112978481108702232502542423230395731224n }],
  ['int256', { kind: 'long', value: 112978481108702232502542423230395731224n }],
  ['double', number(8.24)],
  ['string', text('some string here')],
  ['bytes', { kind: 'bytes', value: 'arbitrary data here' }],
  ['Bool', { kind: 'boolean', value: false }],
  ['true', { kind: 'boolean', value: true }],
])

/** Optional arguments that are clearer left out: details that most calls do not set. */
const OMITTED: ReadonlySet<string> = new Set([
  'silent',
  'background',
  'clearDraft',
  'replyToMsgId',
  'replyMarkup',
  'entities',
  'embedLinks',
  'hash',
  'minId',
  'maxId',
  'addOffset',
  'grouped',
  'broadcast',
  'admins',
  'edit',
  'delete',
])

/** Types for which a user writes a name, and the constructor that the name becomes. */
export const NAMED_PEERS: ReadonlyMap<string, string> = new Map([
  ['InputPeer', 'inputPeerSelf'],
  ['InputUser', 'inputUserSelf'],
  ['InputChannel', 'inputChannel'],
])

export function primitiveValue(name: string, type: string): ExampleValue | undefined {
  return BY_NAME.get(`${name} ${type}`) ?? BY_TYPE.get(type)
}

export function isOmitted(name: string): boolean {
  return OMITTED.has(name)
}
