import type { Box, MapPoint, Mark } from './clusters.ts'

/** To the worker: points, and the question what to draw. `view` is what is seen, `around` some more of it. */
export type ToWorker =
  | { kind: 'replace'; points: MapPoint[] }
  | { kind: 'change'; put: MapPoint[]; drop: string[] }
  | { kind: 'view'; turn: number; view: Box; around: Box; zoom: number }

/** Its answer: the marks around the view, and how the sum comes about. `drawn`: all marks of the world at this zoom summed. */
export type Drawing = { turn: number; zoom: number; marks: Mark[]; drawn: number; placed: number; without: number; inside: number; box: Box | null }
