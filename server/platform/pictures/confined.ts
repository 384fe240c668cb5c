import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** What one job may use; beyond it its child is killed. `memoryBytes` is what the process holds in memory, code and all. */
export type Limits = { computingMs: number; memoryBytes: number }

export type Confinement = {
  /** What stands before the child's own command: programs that take from it what it does not need, then run it in their place. */
  before: string[]
  /** The system gives the child no network; else only its own code refuses one. */
  hasNoNetwork: boolean
}

/** Far above what a job may use, since that is looked at 20 times a second; between two looks this one holds. */
const mostDataBytes = 1_500_000_000
/** The largest rendition that there can be is smaller than its original at one byte a pixel. */
const mostFileBytes = 250_000_000

let found: Confinement | null = null

/** How a child is started here: without network and with hard limits where the system has programs for that and allows them to this account. */
export function confinement(): Confinement {
  found ??= findConfinement()
  return found
}

function findConfinement(): Confinement {
  const limited = working('prlimit', [`--data=${mostDataBytes}`, `--fsize=${mostFileBytes}`, '--core=0'])
  // A network of its own, in which there is nothing, not even itself.
  const unconnected = working('unshare', ['--user', '--map-root-user', '--net'])
  return { before: [...unconnected, ...limited], hasNoNetwork: unconnected.length > 0 }
}

function working(name: string, args: string[]): string[] {
  const program = ['/usr/bin', '/bin', '/usr/local/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path))
  if (!program) return []
  const command = [program, ...args]
  return spawnSync(program, [...args, process.execPath, '--version'], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === 0 ? command : []
}

export type Used = { computingMs: number; memoryBytes: number }

/** What a process has used so far, as the system counts it: the process itself is not asked. Null where that cannot be had, or it is gone. */
export function usedBy(pid: number): Used | null {
  try {
    if (process.platform === 'linux') return fromProc(readFileSync(`/proc/${pid}/stat`, 'latin1'), readFileSync(`/proc/${pid}/status`, 'latin1'))
    return fromPs(spawnSync('/bin/ps', ['-o', 'rss=,time=', '-p', String(pid)], { env: {}, encoding: 'latin1', timeout: 5_000 }).stdout)
  } catch {
    return null
  }
}

/** Linux counts computing time for us in hundredths of a second, on every machine. */
const tickMs = 10

/** In `stat` the name, which may hold anything, is followed by the fields 3 and on; 14 and 15 are computing time. */
export function fromProc(stat: string, status: string): Used | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
  const [user = NaN, system = NaN, kilobytes] = [fields[11], fields[12], /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]]
  return Number.isFinite(user + system) && kilobytes !== undefined ? { computingMs: (user + system) * tickMs, memoryBytes: Number(kilobytes) * 1024 } : null
}

/** Kilobytes, and minutes and seconds with hours before them where there are some: as ps of macOS says it. */
export function fromPs(text: string): Used | null {
  const [, kilobytes, time] = /^\s*(\d+)\s+([\d:.]+)\s*$/.exec(text) ?? []
  if (kilobytes === undefined || time === undefined) return null
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return { computingMs: Math.round(seconds * 1000), memoryBytes: Number(kilobytes) * 1024 }
}
