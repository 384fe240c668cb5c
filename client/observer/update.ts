import { signal } from '@preact/signals'
import { sending } from './state.ts'
import { draftShown } from './nav.ts'

/** A newer version of the app is here, whole, and waits. */
export const updateReady = signal(false)
/** Nothing will open without a network if this browser refused to keep the app. */
export const keptForOffline = signal<boolean | null>(null)

/** The name of the build that this page is of. */
export const build = (): string => document.querySelector('meta[name=build]')?.getAttribute('content') ?? ''

let registration: ServiceWorkerRegistration | null = null
let reloading = false

/** Keeps the app on the phone, and watches for newer versions. One never takes over by itself. */
export async function keepApp(): Promise<void> {
  const workers = navigator.serviceWorker
  const first = workers.controller === null
  workers.addEventListener('controllerchange', () => {
    // The first worker only takes this page under its care. A page with a report in it stays as it is; its files are kept for it.
    if (reloading || (!first && !draftShown.value)) location.reload()
  })
  try {
    registration = await workers.register('/observer/sw.js', { scope: '/observer/', updateViaCache: 'none' })
  } catch {
    keptForOffline.value = false
    return
  }
  await workers.ready
  keptForOffline.value = true
  if (registration.waiting) ready()
  registration.addEventListener('updatefound', () => {
    const fresh = registration?.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && workers.controller) ready()
    })
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookForUpdate()
  })
}

const tryAgainMilliseconds = 3000

function ready(): void {
  updateReady.value = true
  void update().then((begun) => {
    if (!begun) setTimeout(ready, tryAgainMilliseconds)
  })
}

/** Asks headquarters for a newer version. */
export async function lookForUpdate(): Promise<void> {
  await registration?.update().catch(() => undefined)
}

/** Whether the newer version may start: no form is open and nothing is being sent, in this tab or another. */
async function mayUpdate(): Promise<boolean> {
  if (draftShown.value || sending.value) return false
  const { held = [] } = await navigator.locks.query()
  return !held.some((lock) => lock.name === 'veedor-outbox' || lock.name === 'veedor-form')
}

/** Starts the newer version if it may; the page then loads again. */
async function update(): Promise<boolean> {
  if (!registration?.waiting || reloading || !(await mayUpdate())) return reloading
  reloading = true
  registration.waiting.postMessage('take over')
  return true
}

/** While a form is open in any tab no other tab starts a newer version. The returned function closes it. */
export function holdForm(): () => void {
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  void navigator.locks.request('veedor-form', { mode: 'shared' }, () => held)
  return letGo
}
