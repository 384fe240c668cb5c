import { useEffect, useState } from 'preact/hooks'
import { PhoneCount } from '../../../shared/plug.ts'

const patientMilliseconds = 30_000

/** Whether the phone at this address has its app; null before its page has said anything. `attempt` counts up while it says nothing: its frame is to be loaded anew. */
export function useOpened(origin: string | null, answers: boolean): { isOpened: boolean | null; attempt: number } {
  const [isOpened, setOpened] = useState<boolean | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin) return
      const told = PhoneCount.safeParse(event.data)
      if (told.success) setOpened(told.data.opened)
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [origin])
  useEffect(() => {
    if (isOpened !== null || !answers) return undefined
    const timer = setTimeout(() => setAttempt((before) => before + 1), patientMilliseconds)
    return () => clearTimeout(timer)
  }, [isOpened, answers, attempt])
  return { isOpened, attempt }
}
