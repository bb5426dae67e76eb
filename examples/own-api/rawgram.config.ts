import { defineConfig } from 'rawgram/config'

export default defineConfig({
  include: ['messages.getExportedChatInvites', 'help.getNearestDc'],
  out: { dir: 'src/generated' },
})
