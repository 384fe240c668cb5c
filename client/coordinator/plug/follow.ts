import { useEffect, useState } from 'preact/hooks'
import type { MutableRef } from 'preact/hooks'
import { PhoneCount, plugCall } from '../../../shared/plug.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../../kit/call.ts'
import type { Asked } from './counts.ts'

const oftenMilliseconds = 700
const patientMilliseconds = 30_000

/** What the phone said last, known at once to whoever asks the database next. */
export type Heard = MutableRef<PhoneCount | null>

/** What stands at the plug: null while nothing is known, `none` where this mission has none. `answers`: whether the server did when it was asked last. */
export function usePlug(heard: Heard): { plug: Asked | 'none' | null; answers: boolean; look: () => void } {
  const [plug, setPlug] = useState<Asked | 'none' | null>(null)
  const [answers, setAnswers] = useState(true)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let alive = true
    const ask = async () => {
      const saidBefore = heard.current
      try {
        const found = await call(plugCall, {}, { timeoutSeconds: 5 })
        if (!alive) return
        // What another's phone said tells nothing of what the database has of this one.
        setPlug({ ...found, saidBefore: saidBefore?.author === found.author ? saidBefore.reports : [] })
        setAnswers(true)
      } catch (thrown) {
        if (!alive) return
        if (thrown instanceof Problem && thrown.code === 'not_found') return setPlug('none')
        setAnswers(false)
      }
      timer = setTimeout(() => void ask(), oftenMilliseconds)
    }
    void ask()
    return () => {
      alive = false
      clearTimeout(timer)
    }
  }, [turn])
  return { plug, answers, look: () => setTurn((before) => before + 1) }
}

/** What the phone at this address says of itself; null before it has said anything. */
export function usePhone(origin: string | null, heard: Heard): PhoneCount | null {
  const [said, setSaid] = useState<PhoneCount | null>(null)
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin) return
      const told = PhoneCount.safeParse(event.data)
      if (!told.success) return
      heard.current = told.data
      setSaid(told.data)
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [origin])
  return said
}

/** Which attempt this is to load the phone's page, which signs it in: one more for as long as it says nothing, or has nobody on it, though the server answers; and whenever it is wanted again. */
export function useAttempt(isSilent: boolean): { attempt: number; again: () => void } {
  const [attempt, setAttempt] = useState(0)
  const again = () => setAttempt((before) => before + 1)
  useEffect(() => {
    if (!isSilent) return undefined
    const timer = setTimeout(again, patientMilliseconds)
    return () => clearTimeout(timer)
  }, [isSilent, attempt])
  return { attempt, again }
}
