import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Problem } from '../../../../shared/problem.ts'
import { type ReportPage, getReportCall } from '../../../../shared/reports.ts'
import { call } from '../../../kit/call.ts'
import { lineOf, takeLines } from '../../store.ts'

/** The whole of the selected report: what may be done with it depends on who looks, so it is no part of a line. */
const page = signal<ReportPage | null>(null)
const missing = signal<string | null>(null)

/** Walking through the list does not ask for every report that is passed. */
const restMilliseconds = 120

/** What is known of one report beyond its line, fresh whenever its line changes; nothing of it where a moment in the past is shown (`isOn` false). 'gone': there is no such report. */
export function useWhole(id: string, isOn = true): ReportPage | 'gone' | null {
  const line = lineOf(id)?.value
  useEffect(() => {
    if (!isOn) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => {
      call(getReportCall, { id }, { signal: stop.signal }).then(
        (found) => {
          takeLines([found.line], found.number)
          page.value = found
          missing.value = null
        },
        (thrown: unknown) => {
          if (thrown instanceof Problem && thrown.code === 'not_found') missing.value = id
        },
      )
    }, restMilliseconds)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [id, line, isOn])
  if (!isOn) return null
  if (missing.value === id) return 'gone'
  return page.value?.line.id === id ? page.value : null
}
