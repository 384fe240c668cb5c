import type { Queue } from '../../../../shared/counts.ts'
import type { Point } from '../../store.ts'

/** What waits, counted from all reports of a filter. */
export function queueOf(points: Iterable<Pick<Point, 'status' | 'severity' | 'receivedAt'>>): Queue {
  const queue: Queue = { total: 0, notLooked: 0, oldestReceivedAt: null, inReview: 0, critical: 0 }
  for (const { status, severity, receivedAt } of points) {
    queue.total += 1
    if (status === 'in_review') queue.inReview += 1
    if (status === 'received') {
      queue.notLooked += 1
      if (queue.oldestReceivedAt === null || receivedAt < queue.oldestReceivedAt) queue.oldestReceivedAt = receivedAt
    }
    if (severity === 'critical' && (status === 'received' || status === 'in_review')) queue.critical += 1
  }
  return queue
}
