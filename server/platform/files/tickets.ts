const ticketMilliseconds = 60_000

/** Addresses of files that are good for a minute and for one person. Kept in memory alone, so a restart ends them. */
export type Tickets<What> = {
  give: (token: string, person: string, what: What, now: string) => void
  find: (token: string, person: string, now: string) => What | null
}

export function openTickets<What>(): Tickets<What> {
  const tickets = new Map<string, { person: string; what: What; until: number }>()
  return {
    give(token, person, what, now) {
      for (const [key, { until }] of tickets) if (until <= Date.parse(now)) tickets.delete(key)
      tickets.set(token, { person, what, until: Date.parse(now) + ticketMilliseconds })
    },
    find(token, person, now) {
      const ticket = tickets.get(token)
      return ticket && ticket.person === person && ticket.until > Date.parse(now) ? ticket.what : null
    },
  }
}
