/** What waits, of how many there are of each status and severity. */
export function queueOf(kinds: readonly { status: string; severity: string; count: number }[]): { total: number; notLooked: number; inReview: number; critical: number } {
  const sum = (which: (kind: { status: string; severity: string }) => boolean) => kinds.reduce((total, kind) => total + (which(kind) ? Number(kind.count) : 0), 0)
  return {
    total: sum(() => true), notLooked: sum(({ status }) => status === 'received'), inReview: sum(({ status }) => status === 'in_review'),
    critical: sum(({ status, severity }) => severity === 'critical' && (status === 'received' || status === 'in_review')),
  }
}
