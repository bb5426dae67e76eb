import { addAuthServices } from './auth.js'
import { addBindService } from './bind-temp-key.js'
import { addBotCommandServices } from './bot-commands.js'
import { addBotQueryServices } from './bot-queries.js'
import { addCdnServices } from './cdn.js'
import { addChatTitleServices } from './chat-titles.js'
import { addContactServices } from './contacts.js'
import { addDialogServices } from './dialogs.js'
import { addDraftServices } from './drafts.js'
import { addFileServices } from './files.js'
import { addForwardServices } from './forwards.js'
import { addHelpServices } from './help.js'
import { addHistoryServices } from './history.js'
import { addInlineBotServices } from './inline-bots.js'
import { addInviteServices } from './invites.js'
import { addLoginTokenServices } from './login-tokens.js'
import { addMediaServices } from './media.js'
import { addMembershipServices } from './memberships.js'
import { addMessageChangeServices } from './message-changes.js'
import { addMessageServices } from './messages.js'
import { addParticipantServices } from './participants.js'
import { addPasswordServices } from './passwords.js'
import { addPinServices } from './pins.js'
import { addPollServices } from './polls.js'
import { addProfilePhotoServices } from './profile-photos.js'
import { addProfileServices } from './profiles.js'
import { addReactionServices } from './reactions.js'
import { addReadServices } from './reads.js'
import { ServiceRegistry } from './registry.js'
import { addScheduledServices } from './scheduled.js'
import { addTypingService } from './typing.js'
import { addUpdateServices } from './updates.js'
import { addUserServices } from './users.js'

/** All methods that a server answers by itself. */
export function builtInServices(): ServiceRegistry {
  const services = new ServiceRegistry()
  addHelpServices(services)
  addAuthServices(services)
  addBindService(services)
  addPasswordServices(services)
  addUserServices(services)
  addContactServices(services)
  addInviteServices(services)
  addMessageServices(services)
  addHistoryServices(services)
  addDialogServices(services)
  addDraftServices(services)
  addScheduledServices(services)
  addReadServices(services)
  addReactionServices(services)
  addPollServices(services)
  addForwardServices(services)
  addPinServices(services)
  addParticipantServices(services)
  addMembershipServices(services)
  addMessageChangeServices(services)
  addMediaServices(services)
  addTypingService(services)
  addBotQueryServices(services)
  addBotCommandServices(services)
  addInlineBotServices(services)
  addChatTitleServices(services)
  addProfilePhotoServices(services)
  addProfileServices(services)
  addUpdateServices(services)
  addFileServices(services)
  addCdnServices(services)
  addLoginTokenServices(services)
  return services
}
