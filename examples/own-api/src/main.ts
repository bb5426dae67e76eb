/** The exact bytes of a request, and what the bytes of an answer say: with two methods of the API, and nothing else of it. */
import { decode } from './generated/decode.js'
import { help, InputPeerSelf, InputUserSelf, messages, NearestDc } from './generated/index.js'

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const peer = new InputPeerSelf()
const adminId = new InputUserSelf()
const request = new messages.GetExportedChatInvites({ peer, adminId, limit: 100, offsetDate: 43, offsetLink: 'x' })
console.log(hex(request.getBytes()))
console.log(hex(new help.GetNearestDc().getBytes()))

const answer = decode(new NearestDc({ country: 'NL', thisDc: 2, nearestDc: 4 }).getBytes())
if (answer instanceof NearestDc) console.log(`${answer.country}: data centre ${answer.nearestDc} is the nearest`)
