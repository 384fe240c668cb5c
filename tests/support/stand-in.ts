import { afterAll, vi } from 'vitest'

/** Gives what is imported from now on in this file a browser's globals. Files of tests share a process and what was imported there: what this one needs and leaves is neither found nor left. */
export function standIn(globals: Record<string, unknown>): void {
  vi.resetModules()
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  afterAll(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })
}
