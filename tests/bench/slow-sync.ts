import { spawnSync } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What bringing one page to the disk costs where the figures' folders lie, in milliseconds: the middle of two hundred. */
export function syncMilliseconds(): number {
  const folder = mkdtempSync(join(tmpdir(), 'veedor-sync-'))
  const file = openSync(join(folder, 'log'), 'w')
  try {
    const page = Buffer.alloc(4096, 7)
    const times = Array.from({ length: 200 }, () => {
      const begun = performance.now()
      writeSync(file, page)
      fdatasyncSync(file)
      return performance.now() - begun
    })
    return times.sort((one, other) => one - other)[100] ?? 0
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
}

const shim = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
#include <time.h>
static void rest(void) { struct timespec t = { 0, SLOW_MS * 1000000L }; nanosleep(&t, 0); }
int fsync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fsync"); int r = real(fd); rest(); return r; }
int fdatasync(int fd) { int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync"); int r = real(fd); rest(); return r; }
`

/** The environment of a process in which each sync costs some milliseconds more, as on a slow disk; null where there is no C compiler or no way to put it before the system's own. */
export function slowSyncs(folder: string, milliseconds: number): Record<string, string> | null {
  const [source, library] = [join(folder, 'slow-sync.c'), join(folder, 'slow-sync.so')]
  writeFileSync(source, shim)
  const { status } = spawnSync('cc', ['-shared', '-fPIC', `-DSLOW_MS=${milliseconds}`, '-o', library, source, '-ldl'], { stdio: 'ignore' })
  return process.platform === 'linux' && status === 0 ? { LD_PRELOAD: library } : null
}
