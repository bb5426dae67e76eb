import type { World } from './world.js'

const DAY = 86_400

/**
 * The people and chats that a new world begins with. The account `username` is the one of the reference page's
 * example; it asks for revoked invites older than second 43 of the unix epoch, so some of its invites are that old.
 */
export function seedWorld(world: World): void {
  const username = world.addUser({ username: 'username', firstName: 'User', lastName: 'Name', phone: '+9996620001' })
  const friend = world.addUser({ username: 'friend_of_username', firstName: 'Friend', phone: '+9996620002' })
  for (const [index, date] of [11, 23, 37, 42].entries()) {
    username.invites.add({
      link: `https://t.me/+revoked${index}AAAAAAAAAA`,
      adminId: username.id,
      date,
      revoked: true,
      usage: index,
      title: `Revoked invite ${index + 1}`,
    })
  }
  const now = world.now()
  const adminId = username.id
  username.invites.add({ link: 'https://t.me/+permanentAAAAAA', adminId, date: now, revoked: false, permanent: true })

  const group = world.addChannel({
    title: 'A group',
    username: 'a_group',
    megagroup: true,
    members: [friend.id],
    admins: [username.id],
  })
  for (let index = 0; index < 5; index++) {
    group.invites.add({
      link: `https://t.me/+group${index}AAAAAAAAAAA`,
      adminId: username.id,
      date: now - (5 - index) * DAY,
      revoked: index === 1,
      usageLimit: 10,
      usage: index,
    })
  }
  world.addChat({ title: 'A basic group', members: [friend.id], admins: [username.id] })
}
