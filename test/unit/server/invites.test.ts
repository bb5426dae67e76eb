import { describe, expect, it } from 'vitest'
import { InviteList, type Invite } from '../../../src/server/world/invites.js'

const ADMIN = 7n
const invite = (link: string, date: number, more: Partial<Invite> = {}): Invite => ({
  link,
  date,
  adminId: ADMIN,
  revoked: false,
  ...more,
})
const links = (list: InviteList, after?: { date: number; link: string }, limit = 100): string[] =>
  list.page({ adminId: ADMIN, revoked: false, limit, ...(after && { after }) }).invites.map(({ link }) => link)

describe('paging of invites by offset_date and offset_link', () => {
  const list = new InviteList()
  for (const [link, date] of Object.entries({ a: 10, b: 30, c: 20, d: 20, e: 40 })) list.add(invite(link, date))
  list.add(invite('other', 50, { adminId: 8n }))
  list.add(invite('gone', 15, { revoked: true }))

  it('lists the newest first, and of equal dates the later addition first', () => {
    expect(links(list)).toEqual(['e', 'b', 'd', 'c', 'a'])
  })

  it('continues behind the invite that date and link name', () => {
    expect(links(list, { date: 20, link: 'd' })).toEqual(['c', 'a'])
  })

  it('goes by the date alone where no invite bears the link', () => {
    expect(links(list, { date: 30, link: 'deleted meanwhile' })).toEqual(['d', 'c', 'a'])
    expect(links(list, { date: 5, link: 'x' })).toEqual([])
  })

  it('reaches every invite exactly once by pages of two', () => {
    const seen: string[] = []
    let after: { date: number; link: string } | undefined
    for (;;) {
      const { invites } = list.page({ adminId: ADMIN, revoked: false, limit: 2, ...(after && { after }) })
      const last = invites.at(-1)
      if (!last) break
      seen.push(...invites.map(({ link }) => link))
      after = last
    }
    expect(seen).toEqual(['e', 'b', 'd', 'c', 'a'])
  })

  it('counts what fits the query whatever the page holds, and keeps admins and revoked ones apart', () => {
    expect(list.page({ adminId: ADMIN, revoked: false, limit: 1 }).count).toBe(5)
    expect(list.page({ adminId: 8n, revoked: false, limit: 9 }).invites.map(({ link }) => link)).toEqual(['other'])
    expect(list.page({ adminId: ADMIN, revoked: true, limit: 9 }).invites.map(({ link }) => link)).toEqual(['gone'])
    expect(list.page({ adminId: ADMIN, revoked: false, limit: 0 })).toEqual({ count: 5, invites: [] })
  })
})
