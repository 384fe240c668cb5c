import { readFileSync } from 'node:fs'

/** What processes hold in memory now, and the most that they ever held, in MB; null where the system does not say (it does on Linux). */
export function memoryOf(pids: readonly number[]): { now: number; peak: number } | null {
  try {
    const megabytes = (status: string, name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6
    const all = pids.map((pid) => readFileSync(`/proc/${pid}/status`, 'latin1'))
    const sum = (name: string) => all.reduce((total, status) => total + megabytes(status, name), 0)
    return { now: sum('VmRSS'), peak: sum('VmHWM') }
  } catch {
    return null
  }
}
