import { useEffect, useState } from 'preact/hooks'

let ahead = 0

/** Tells what the server's clock says now, so that ages on this screen are right although its own clock is not. */
export function setServerTime(instant: string): void {
  ahead = Date.parse(instant) - Date.now()
}

/** The server's present time, as well as we know it. */
export const present = (): Date => new Date(Date.now() + ahead)

/** The present time, fresh every `seconds`. */
export function usePresent(seconds = 1): Date {
  const [now, setNow] = useState(present)
  useEffect(() => {
    const timer = setInterval(() => setNow(present()), seconds * 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return now
}
