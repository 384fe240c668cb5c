/** The tag under which the browser wakes the service worker once there is a network. */
export const syncTag = 'veedor-outbox'

type Syncing = ServiceWorkerRegistration & { sync?: { register: (tag: string) => Promise<void> } }

/** Whether this browser sends for a page that is closed. */
export const sendsInBackground = (): boolean => 'serviceWorker' in navigator && 'SyncManager' in globalThis

/** Asks the browser to wake the worker when there is a network, also once this page is closed. Harmless to ask again; refused or unknown, the page sends as it is. */
export async function askForBackground(): Promise<void> {
  if (!sendsInBackground()) return
  const registration: Syncing | undefined = await navigator.serviceWorker.getRegistration('/observer/')
  await registration?.sync?.register(syncTag).catch(() => undefined)
}
