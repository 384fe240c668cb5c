import { signal } from '@preact/signals'
import { sending } from './state.ts'
import { draftShown } from './nav.ts'

/** A newer version of the app is here, whole, and waits. */
export const updateReady = signal(false)
/** Nothing will open without a network if this browser refused to keep the app. */
export const keptForOffline = signal<boolean | null>(null)

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
  updateReady.value = registration.waiting !== null
  registration.addEventListener('updatefound', () => {
    const fresh = registration?.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && workers.controller) updateReady.value = true
    })
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookForUpdate()
  })
}

/** Asks headquarters for a newer version. */
export async function lookForUpdate(): Promise<void> {
  await registration?.update().catch(() => undefined)
}

/** Whether the newer version may start: no form is open and nothing is being sent, in this tab or another. */
export async function mayUpdate(): Promise<boolean> {
  if (draftShown.value || sending.value) return false
  const { held = [] } = await navigator.locks.query()
  return !held.some((lock) => lock.name === 'veedor-outbox' || lock.name === 'veedor-form')
}

/** Starts the newer version. The page loads again. */
export async function update(): Promise<boolean> {
  if (!registration?.waiting || !(await mayUpdate())) return false
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
