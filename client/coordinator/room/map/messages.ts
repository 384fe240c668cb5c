import type { MapPoint } from './clusters.ts'
import type { Box, Mark } from './mark.ts'

/** The question what to draw: `view` is what is seen, `around` some more of it. */
export type View = { view: Box; around: Box; zoom: number }

/** To the worker: points, and that question. */
export type ToWorker =
  | { kind: 'replace'; points: MapPoint[] }
  | { kind: 'change'; put: MapPoint[]; drop: string[] }
  | ({ kind: 'view'; turn: number } & View)

/** Its answer: the marks around the view, and how the sum comes about. `drawn`: all marks of the world at this zoom summed; `isCounted`: by headquarters, since the reports are not all here. `inside`: how many reports are in the `view`; `isAbout`: about so many, since they were counted by area. */
export type Drawing = { isCounted: boolean; isAbout: boolean; turn: number; view: Box; zoom: number; marks: Mark[]; drawn: number; placed: number; without: number; inside: number; box: Box | null }
