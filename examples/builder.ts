/** The exact bytes of a request, without a client: what a builder alone is good for. */
import { InputPeerSelf, InputUserSelf } from 'rawgram/api'
import { GetExportedChatInvites } from 'rawgram/api/messages'

const request = new GetExportedChatInvites({ peer: new InputPeerSelf(), adminId: new InputUserSelf(), limit: 100 })
console.log(request.getBytes().toString('hex'))
