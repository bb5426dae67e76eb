/** One invite link of a chat, as the world keeps it. Dates are unix times in seconds. */
export interface Invite {
  readonly link: string
  readonly adminId: bigint
  readonly date: number
  revoked: boolean
  readonly permanent?: boolean
  readonly requestNeeded?: boolean
  readonly startDate?: number | undefined
  readonly expireDate?: number | undefined
  readonly usageLimit?: number | undefined
  usage?: number | undefined
  requested?: number | undefined
  readonly title?: string | undefined
}

export interface InviteQuery {
  readonly adminId: bigint
  readonly revoked: boolean
  /** The position of the last invite that the caller has: what follows it is returned. Absent for the first page. */
  readonly after?: { readonly date: number; readonly link: string }
  readonly limit: number
}

export interface InvitePage {
  /** How many invites fit the query without regard to the page. */
  readonly count: number
  readonly invites: readonly Invite[]
}

/**
 * The invite links of one chat, newest first. A page begins after the invite that `offset_date` and `offset_link`
 * name; where no invite bears that link, the date alone decides, so that a link deleted meanwhile skips nothing.
 * @see https://core.telegram.org/api/offsets
 */
export class InviteList {
  readonly #invites: Invite[] = []

  get size(): number {
    return this.#invites.length
  }

  /** Adds an invite at the place that its date gives it; of equal dates the later addition is the newer. */
  add(invite: Invite): void {
    const place = this.#invites.findIndex((other) => other.date <= invite.date)
    if (place === -1) this.#invites.push(invite)
    else this.#invites.splice(place, 0, invite)
  }

  find(link: string): Invite | undefined {
    return this.#invites.find((invite) => invite.link === link)
  }

  remove(link: string): boolean {
    const place = this.#invites.findIndex((invite) => invite.link === link)
    if (place !== -1) this.#invites.splice(place, 1)
    return place !== -1
  }

  page({ adminId, revoked, after, limit }: InviteQuery): InvitePage {
    const all = this.#invites.filter((invite) => invite.adminId === adminId && invite.revoked === revoked)
    const start = after === undefined ? 0 : startAfter(all, after)
    return { count: all.length, invites: all.slice(start, start + Math.max(0, limit)) }
  }
}

function startAfter(invites: readonly Invite[], after: { readonly date: number; readonly link: string }): number {
  const last = invites.findIndex((invite) => invite.date === after.date && invite.link === after.link)
  if (last !== -1) return last + 1
  const older = invites.findIndex((invite) => invite.date < after.date)
  return older === -1 ? invites.length : older
}
