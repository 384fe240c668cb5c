/// <reference lib="webworker" />
import { syncTag } from './outbox/background-sync.ts'
import { sendInBackground } from './outbox/background.ts'

/** Written in by the build: the address of every file of this build of the app, `/observer/` first, and the build's own name. */
declare const __FILES__: readonly string[]
declare const __BUILD__: string

/** Of Background Sync, which the language's own types do not know. */
type SyncEvent = ExtendableEvent & { tag: string }

const own = self as unknown as ServiceWorkerGlobalScope
const family = 'veedor-observer-'
const cacheName = family + __BUILD__
const page = '/observer/'

// One build is kept whole or not at all: a single file that does not come ends the installation, and the present build stays.
own.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName)
    await cache.addAll(__FILES__.map((url) => new Request(url, { cache: 'no-cache' })))
  })())
})

// The build before stays too, for a page of it that is still open with a report in it.
own.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const kept = (await caches.keys()).filter((key) => key.startsWith(family) && key !== cacheName)
    await Promise.all(kept.slice(0, -1).map((key) => caches.delete(key)))
    await own.clients.claim()
  })())
})

// A newer build takes over only when a page says that no report is open.
own.addEventListener('message', (event) => {
  if (event.data === 'take over') void own.skipWaiting()
})

// A network is there again. An open page sends by itself, and tells its owner how it goes.
own.addEventListener('sync', (event) => {
  const woken = event as SyncEvent
  if (woken.tag === syncTag) woken.waitUntil(whileClosed())
})

async function whileClosed(): Promise<void> {
  const open = await own.clients.matchAll({ type: 'window' })
  if (!open.some(({ visibilityState }) => visibilityState === 'visible')) await sendInBackground()
}

own.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== own.location.origin || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') {
    if (url.pathname.startsWith(page)) event.respondWith(fromBuild(page, request))
  } else if (__FILES__.includes(url.pathname) || url.pathname.startsWith('/assets/')) {
    event.respondWith(fromBuild(url.pathname, request))
  }
})

/** The file of this build, else of the one before, else what the network says. */
async function fromBuild(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? (await caches.match(path)) ?? fetch(request)
}
