import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../bytes/hex.js'
import type { WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const MAX_COMMANDS = 100
const MAX_DESCRIPTION = 256

interface Place {
  readonly scope: Api.TypeBotCommandScope
  readonly langCode: string
}

/**
 * The commands that a bot offers, by where and in which language. Each place is one of its own: what is not said there is
 * for the clients to look for elsewhere.
 * @see https://core.telegram.org/api/bots/commands
 */
export function addBotCommandServices(services: ServiceRegistry): void {
  services.on(Api.bots.SetBotCommands, 'account', (request, context) => {
    const { commands } = request
    if (commands.length > MAX_COMMANDS) refuse(400, 'BOT_COMMANDS_TOO_MUCH')
    for (const { command, description } of commands) {
      if (!/^[a-z\d_]{1,32}$/.test(command)) refuse(400, 'BOT_COMMAND_INVALID')
      if (description === '' || description.length > MAX_DESCRIPTION) refuse(400, 'BOT_COMMAND_DESCRIPTION_INVALID')
    }
    botOf(context).commands.set(nameOf(request), commands)
    return true
  })

  services.on(Api.bots.ResetBotCommands, 'account', (request, context) => {
    botOf(context).commands.delete(nameOf(request))
    return true
  })

  services.on(Api.bots.GetBotCommands, 'account', (request, context) => botOf(context).commands.get(nameOf(request)) ?? [])
}

/** What everybody sees of a bot's commands. */
export function commandsOf(bot: WorldUser): Api.TypeBotCommand[] {
  return bot.commands.get(nameOf({ scope: new Api.BotCommandScopeDefault(), langCode: '' })) ?? []
}

/** @throws {RpcError} 400 USER_BOT_REQUIRED */
function botOf(context: HandlerContext): WorldUser {
  const user = callerOf(context)
  return user.bot ? user : refuse(400, 'USER_BOT_REQUIRED')
}

function nameOf({ scope, langCode }: Place): string {
  return `${toHex(scope.getBytes())} ${langCode}`
}
