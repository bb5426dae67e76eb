/**
 * The error classes of GramJS, made as its users make them: `new RPCError(message, request, code)`, and those with a
 * number in their text `new FloodWaitError({ request, capture })`. They are the classes that are thrown (`instanceof`
 * holds both ways), and take the arguments of those as well.
 */
import * as classes from '../../errors/rpc-error-classes.js'
import { SPECIAL, type RpcErrorClass, type Wording } from '../../errors/rpc-error-classes.js'
import { RpcError as Base } from '../../errors/rpc-error.js'

/** What is taken of the request that has failed. */
interface Failed {
  readonly className: string
}
type OwnArguments = [code: number, rpcMessage: string, method: string | undefined, options: Wording]
type MessageForm = [message: string, request?: Failed, code?: number]
type CaptureForm = [args: { readonly request?: Failed; readonly capture?: number | string }]
type MadeOf<Class extends RpcErrorClass, Form extends unknown[]> = Class & (new (...args: Form) => InstanceType<Class>)

/** The same class, of which `new` takes one more form of arguments; its own begin with a number. */
function alsoOf<Class extends RpcErrorClass, Form extends unknown[]>(
  of: Class,
  ownArguments: (...args: Form) => OwnArguments,
): MadeOf<Class, Form> {
  return new Proxy(of, {
    construct: (target, args, made): object =>
      Reflect.construct(target, typeof args[0] === 'number' ? args : ownArguments(...(args as Form)), made),
  }) as MadeOf<Class, Form>
}

/** @param errorMessage what GramJS's class says in place of the message that it was made of */
function ofMessage<Class extends RpcErrorClass>(
  of: Class,
  usualCode: number,
  errorMessage?: string,
): MadeOf<Class, MessageForm> {
  return alsoOf(of, (message: string, request?: Failed, code: number = usualCode) => [
    code,
    message,
    request?.className,
    errorMessage === undefined ? {} : { errorMessage },
  ])
}

/** @param type the server's text up to the number that is `capture` */
function ofCapture<Class extends RpcErrorClass>(of: Class, type: string, code: number): MadeOf<Class, CaptureForm> {
  return alsoOf(of, ({ request, capture = 0 }: CaptureForm[0]) => {
    const rpcMessage = `${type}_${capture}`
    const special = SPECIAL[rpcMessage] ?? SPECIAL[type]
    const sentence = special && `${code}: ${rpcMessage}: ${special.sentence(Number(capture))}`
    return [code, rpcMessage, request?.className, sentence === undefined ? {} : { sentence }]
  })
}

export const RPCError: MadeOf<typeof Base, MessageForm> = /* @__PURE__ */ ofMessage(Base, 0)
export const InvalidDCError: MadeOf<typeof classes.InvalidDCError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.InvalidDCError, 303)
export const BadRequestError: MadeOf<typeof classes.BadRequestError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.BadRequestError, 400, 'BAD_REQUEST')
export const UnauthorizedError: MadeOf<typeof classes.UnauthorizedError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.UnauthorizedError, 401, 'UNAUTHORIZED')
export const ForbiddenError: MadeOf<typeof classes.ForbiddenError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.ForbiddenError, 403, 'FORBIDDEN')
export const NotFoundError: MadeOf<typeof classes.NotFoundError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.NotFoundError, 404, 'NOT_FOUND')
export const AuthKeyError: MadeOf<typeof classes.AuthKeyError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.AuthKeyError, 406, 'AUTH_KEY')
export const FloodError: MadeOf<typeof classes.FloodError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.FloodError, 420)
export const ServerError: MadeOf<typeof classes.ServerError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.ServerError, 500, 'INTERNAL')
export const TimedOutError: MadeOf<typeof classes.TimedOutError, MessageForm> =
  /* @__PURE__ */ ofMessage(classes.TimedOutError, 503, 'Timeout')

export const FloodWaitError: MadeOf<typeof classes.FloodWaitError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.FloodWaitError, 'FLOOD_WAIT', 420)
export const SlowModeWaitError: MadeOf<typeof classes.SlowModeWaitError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.SlowModeWaitError, 'SLOWMODE_WAIT', 420)
export const FloodTestPhoneWaitError: MadeOf<typeof classes.FloodTestPhoneWaitError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.FloodTestPhoneWaitError, 'FLOOD_TEST_PHONE_WAIT', 420)
export const MsgWaitError: MadeOf<typeof classes.MsgWaitError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.MsgWaitError, 'MSG_WAIT', 420)
export const PhoneMigrateError: MadeOf<typeof classes.PhoneMigrateError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.PhoneMigrateError, 'PHONE_MIGRATE', 303)
export const UserMigrateError: MadeOf<typeof classes.UserMigrateError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.UserMigrateError, 'USER_MIGRATE', 303)
export const NetworkMigrateError: MadeOf<typeof classes.NetworkMigrateError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.NetworkMigrateError, 'NETWORK_MIGRATE', 303)
export const FileMigrateError: MadeOf<typeof classes.FileMigrateError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.FileMigrateError, 'FILE_MIGRATE', 303)
export const EmailUnconfirmedError: MadeOf<typeof classes.EmailUnconfirmedError, CaptureForm> =
  /* @__PURE__ */ ofCapture(classes.EmailUnconfirmedError, 'EMAIL_UNCONFIRMED', 400)

export type RPCError<Type extends string = string> = Base<Type>
export type InvalidDCError = classes.InvalidDCError
export type BadRequestError = classes.BadRequestError
export type UnauthorizedError = classes.UnauthorizedError
export type ForbiddenError = classes.ForbiddenError
export type NotFoundError = classes.NotFoundError
export type AuthKeyError = classes.AuthKeyError
export type FloodError = classes.FloodError
export type ServerError = classes.ServerError
export type TimedOutError = classes.TimedOutError
export type FloodWaitError = classes.FloodWaitError
export type SlowModeWaitError = classes.SlowModeWaitError
export type FloodTestPhoneWaitError = classes.FloodTestPhoneWaitError
export type MsgWaitError = classes.MsgWaitError
export type PhoneMigrateError = classes.PhoneMigrateError
export type UserMigrateError = classes.UserMigrateError
export type NetworkMigrateError = classes.NetworkMigrateError
export type FileMigrateError = classes.FileMigrateError
export type EmailUnconfirmedError = classes.EmailUnconfirmedError

/** Which text of the server belongs to which class; the group in the expression is what `capture` takes. */
export const rpcErrorRe: ReadonlyMap<RegExp, new (...args: CaptureForm) => Base> = /* @__PURE__ */ new Map<
  RegExp,
  new (...args: CaptureForm) => Base
>([
  [/FILE_MIGRATE_(\d+)/, FileMigrateError],
  [/FLOOD_TEST_PHONE_WAIT_(\d+)/, FloodTestPhoneWaitError],
  [/FLOOD_WAIT_(\d+)/, FloodWaitError],
  [/FLOOD_PREMIUM_WAIT_(\d+)/, FloodWaitError],
  [/MSG_WAIT_(.*)/, MsgWaitError],
  [/PHONE_MIGRATE_(\d+)/, PhoneMigrateError],
  [/SLOWMODE_WAIT_(\d+)/, SlowModeWaitError],
  [/USER_MIGRATE_(\d+)/, UserMigrateError],
  [/NETWORK_MIGRATE_(\d+)/, NetworkMigrateError],
  [/EMAIL_UNCONFIRMED_(\d+)/, EmailUnconfirmedError],
])
