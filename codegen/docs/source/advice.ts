/** What to do about an error, told by its code and the shape of its name. */
export interface Advice {
  /** Whether sending the same request again can help. */
  readonly retry: 'after the wait' | 'elsewhere' | 'later' | 'after a change' | 'no need'
  readonly advice: string
}

interface Rule {
  readonly pattern: RegExp
  readonly code?: number
  readonly retry: Advice['retry']
  readonly advice: string
}

/** The first rule that fits counts; the last ones fit by code alone. */
const RULES: readonly Rule[] = [
  { pattern: /^(?:FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT|FLOOD_TEST_PHONE_WAIT|TAKEOUT_INIT_DELAY|2FA_CONFIRM_WAIT|PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT)/, retry: 'after the wait', advice: 'Wait for as many seconds as the error says, then send the request again. The wait belongs to the account and the method: asking more often makes it longer.' },
  { pattern: /_WAIT_%d|_WAIT_%d_/, retry: 'after the wait', advice: 'Wait for as long as the error says, then send the request again.' },
  { pattern: /^FILE_MIGRATE|^STATS_MIGRATE/, retry: 'elsewhere', advice: 'Send this one request to the data center that the error names, with an authorization exported to it. The account itself stays where it is.' },
  { pattern: /_MIGRATE_/, retry: 'elsewhere', advice: 'Connect to the data center that the error names and send the request there; from then on it is the home of this account. The client does so by itself.' },
  { pattern: /^SESSION_PASSWORD_NEEDED$/, retry: 'after a change', advice: 'The code was right, and the account has a cloud password: ask for it and finish with auth.checkPassword.' },
  { pattern: /^(?:AUTH_KEY_UNREGISTERED|AUTH_KEY_INVALID|SESSION_REVOKED|SESSION_EXPIRED|USER_DEACTIVATED)/, retry: 'after a change', advice: 'This session is over. Discard its key and log in again; a deactivated account cannot come back that way.' },
  { pattern: /^AUTH_KEY_DUPLICATED$/, retry: 'after a change', advice: 'The same key was used from two places at once, and the server has discarded it. Log in again, and let only one process use a session.' },
  { pattern: /^AUTH_KEY_PERM_EMPTY$/, retry: 'after a change', advice: 'Bind the temporary key to the permanent one with auth.bindTempAuthKey before anything else.' },
  { pattern: /_NOT_MODIFIED$|_UNCHANGED$/, retry: 'no need', advice: 'Everything is already as the request asks: treat it as success.' },
  { pattern: /^(?:CHAT_ADMIN_REQUIRED|CHAT_ADMIN_INVITE_REQUIRED|RIGHT_FORBIDDEN|CHAT_WRITE_FORBIDDEN|USER_BANNED_IN_CHANNEL|CHAT_SEND_\w+_FORBIDDEN)/, retry: 'after a change', advice: 'This account lacks a right in this chat. Check the rights in the chat or in its full info before calling, and let an admin grant what is missing.' },
  { pattern: /^(?:CHANNEL_PRIVATE|CHANNEL_PUBLIC_GROUP_NA)$/, retry: 'after a change', advice: 'The account is not a member, or no longer. Join first, or drop the chat from the local list.' },
  { pattern: /^(?:PEER_ID_INVALID|CHANNEL_INVALID|CHAT_ID_INVALID|USER_ID_INVALID|MSG_ID_INVALID|MESSAGE_ID_INVALID)$/, retry: 'after a change', advice: 'The id is unknown to this account or comes with a wrong access hash. Look the peer up again, and do not carry ids and hashes from one account to another.' },
  { pattern: /^FILE_REFERENCE_/, retry: 'after a change', advice: 'The reference in the file location has expired. Fetch the object that contains the file again and use the reference in it.' },
  { pattern: /^RANDOM_ID_(?:DUPLICATE|INVALID)/, retry: 'no need', advice: 'The server has already seen this random id: the first request did its work, or a new number is needed for a new one.' },
  { pattern: /^(?:USERNAME|PHONE_NUMBER|SHORT_NAME|NAME)?_?\w*OCCUPIED$/, retry: 'after a change', advice: 'It is taken. Choose another one.' },
  { pattern: /PREMIUM_ACCOUNT_REQUIRED|_PREMIUM_REQUIRED$/, retry: 'after a change', advice: 'Only accounts with Premium may do this. Hide the feature from others instead of trying.' },
  { pattern: /^BOT_METHOD_INVALID$|^USER_BOT_REQUIRED$|^METHOD_INVALID$|_BOT_REQUIRED$/, retry: 'after a change', advice: 'The method is not for this kind of account. The pages of the methods say who may call them.' },
  { pattern: /^CONNECTION_|^INPUT_|^LAYER_|^MSG_WAIT/, code: 400, retry: 'after a change', advice: 'The frame around the request is wrong: the layer, the connection data, or the request itself could not be read.' },
  { pattern: /_EXPIRED$/, retry: 'after a change', advice: 'Its time has passed. Fetch or request a fresh one.' },
  { pattern: /_EMPTY$|_MISSING$|_REQUIRED$|_NOT_SPECIFIED$|_NEEDED$/, retry: 'after a change', advice: 'Something that this call needs is missing or empty. Fill it in; the name says which.' },
  { pattern: /_TOO_LONG$|_TOO_BIG$|_TOO_MUCH$|_TOO_MANY$|_TOO_LARGE$|_EXCEEDED$|_LIMIT$|_TOO_HIGH$/, retry: 'after a change', advice: 'A limit is passed. Send less; many limits stand in the client configuration.' },
  { pattern: /_TOO_SHORT$|_TOO_SMALL$|_TOO_FEW$|_TOO_LOW$|_NOT_ENOUGH$/, retry: 'after a change', advice: 'There is less than the method accepts: too short, too small or too few.' },
  { pattern: /_NOT_FOUND$|_NOT_EXISTS?$|_NOT_OCCUPIED$|_DELETED$/, retry: 'after a change', advice: 'There is nothing under this name or number, or not any more.' },
  { pattern: /_ALREADY_|_ALREADY$|_DUPLICATE[D]?$|_EXISTS?$/, retry: 'no need', advice: 'It was done before. Fetch the present state instead of asking again.' },
  { pattern: /_TOO_(?:FAST|EARLY|FRESH|LATE)|_TOO_FRESH_/, retry: 'later', advice: 'The moment is wrong: some time has to pass first.' },
  { pattern: /_INVALID(?:_|$)|_INCORRECT$|_BAD$|_WRONG$|_MISMATCH$|_MALFORMED$|_UNSUPPORTED$/, retry: 'after a change', advice: 'The argument that the name mentions is not acceptable: check its value, and that it belongs to this peer and this account.' },
  { pattern: /_FORBIDDEN$|_RESTRICTED$|_NOT_ALLOWED$|_DISALLOWED$|_NOT_AVAILABLE$|_DISABLED$|_BLOCKED$|_BANNED$|_FROZEN$|_PROTECTED$/, retry: 'after a change', advice: 'This is not allowed here, to this account or in this chat. Sending it again changes nothing.' },
  { pattern: /./, code: 303, retry: 'elsewhere', advice: 'Send the request to the data center that the error names.' },
  { pattern: /./, code: 401, retry: 'after a change', advice: 'The session is not logged in, or not far enough. Log in before calling.' },
  { pattern: /./, code: 403, retry: 'after a change', advice: 'The account may not do this. Sending it again changes nothing.' },
  { pattern: /./, code: 404, retry: 'after a change', advice: 'What the call refers to does not exist.' },
  { pattern: /./, code: 406, retry: 'after a change', advice: 'Show the user nothing of this error: the server explains it in an update of its own.' },
  { pattern: /./, code: 420, retry: 'after the wait', advice: 'Too many requests: wait, then send it again.' },
  { pattern: /./, code: -503, retry: 'later', advice: 'The server did not answer in time. Send the request again after a pause.' },
  { pattern: /./, code: 500, retry: 'later', advice: 'The server failed. Try again after a pause that grows each time, and do not assume that nothing happened.' },
  { pattern: /./, retry: 'after a change', advice: 'Sending the same request again gives the same answer: change what the name of the error mentions.' },
]

export function adviceFor(name: string, code: number): Advice {
  const rule = RULES.find((candidate) => candidate.pattern.test(name) && (candidate.code === undefined || candidate.code === code))
  return { retry: rule?.retry ?? 'after a change', advice: rule?.advice ?? '' }
}

/** What a code means for every error that carries it. */
export function codeMeaning(code: number): string {
  return MEANINGS[String(code)] ?? 'An error of the server'
}

const MEANINGS: Readonly<Record<string, string>> = {
  '-503': 'Timeout: a server behind the server did not answer',
  303: 'See other: the request belongs to another data center',
  400: 'Bad request: something in the call is wrong',
  401: 'Unauthorized: the session may not do this yet, or no longer',
  403: 'Forbidden: the account lacks a right',
  404: 'Not found: what the call refers to does not exist',
  406: 'Not acceptable: refused, with an explanation for the user in an update',
  420: 'Flood: too many requests in too little time',
  500: 'Internal: the server failed',
}
