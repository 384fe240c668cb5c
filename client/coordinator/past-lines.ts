import { asOfLinesCall } from '../../shared/reports.ts'
import { call } from '../kit/call.ts'
import { takePastLines } from './store.ts'

/** Brings lines as they were at the moment that the room shows. */
export async function bringPast(moment: string, ids: readonly string[]): Promise<void> {
  takePastLines(moment, (await call(asOfLinesCall, { asOf: moment, ids: [...ids] })).reports)
}
