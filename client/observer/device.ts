import { signal } from '@preact/signals'

/** Chrome's offer to install the app; ours to make at a good moment. */
type InstallOffer = Event & { prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }> }

export const installOffer = signal<InstallOffer | null>(null)

/** Keeps the browser's offer to install the app until it is wanted. */
export function listenForInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    installOffer.value = event as InstallOffer
  })
  addEventListener('appinstalled', () => (installOffer.value = null))
}

/** Whether the app runs from the home screen. */
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)

/** An iPad says that it is a Mac, but no Mac has a touch screen. */
export const isApple = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

/** An app on an iPhone's home screen shares no storage with Safari: whoever joins in Safari would have to join again. */
export const shouldInstallFirst = (): boolean => isApple() && !isInstalled()

/** Whether this browser has what keeps reports safe. Without it (plain http on a network address) nothing may be promised. */
export const isFit = (): boolean => isSecureContext && 'subtle' in crypto && 'indexedDB' in globalThis && 'locks' in navigator

/** Whether the browser has promised not to clear what is kept here; null before it was asked. */
export const persisted = signal<boolean | null>(null)

/** Asks the browser not to clear what is kept here, and remembers what it said. */
export async function askToPersist(): Promise<void> {
  persisted.value = (await navigator.storage.persisted()) || (await navigator.storage.persist())
}
