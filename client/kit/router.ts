import { type ReadonlySignal, batch, computed, signal } from '@preact/signals'

export type Router = {
  /** The path below the base, without slashes at its ends: `reports/0192…`. */
  route: ReadonlySignal<string>
  /** What stands after `?`. */
  query: ReadonlySignal<URLSearchParams>
  /** The address of a path below the base, for links. */
  address: (path: string, query?: Query) => string
  go: (path: string, options?: { query?: Query; replace?: boolean }) => void
  /** Changes some of the query and keeps the rest; undefined and empty take a name out. Replaces the present entry of the history unless said. */
  ask: (change: Query, options?: { push?: boolean }) => void
}
export type Query = Record<string, string | readonly string[] | undefined>

/** The app's router over the History API. Links below `base` (`/room/`) are followed without a load; anything else is left to the browser. */
export function createRouter(base: string): Router {
  const here = signal(read(base))
  const show = () => {
    here.value = read(base)
  }

  const move = (address: string, replace: boolean) => {
    if (address !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', address)
    batch(show)
  }

  addEventListener('popstate', show)
  document.addEventListener('click', (event) => {
    const link = plainLink(event)
    if (!link || link.origin !== location.origin || !`${link.pathname}/`.startsWith(base) || link.hash) return
    event.preventDefault()
    move(link.pathname + link.search, false)
    scrollTo(0, 0)
  })

  const address = (path: string, query: Query = {}) => base + path + written(new URLSearchParams(), query)
  return {
    route: computed(() => here.value.route),
    query: computed(() => new URLSearchParams(here.value.query)),
    address,
    go: (path, { query, replace = false } = {}) => move(address(path, query), replace),
    ask: (change, { push = false } = {}) => move(location.pathname + written(new URLSearchParams(here.value.query), change), !push),
  }
}

function read(base: string): { route: string; query: string } {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : ''
  return { route: path.replace(/^\/+|\/+$/g, ''), query: location.search }
}

function written(query: URLSearchParams, change: Query): string {
  for (const [name, value] of Object.entries(change)) {
    const text = typeof value === 'object' ? value.join(',') : value
    if (text) query.set(name, text)
    else query.delete(name)
  }
  // Commas and colons may stand in a query as they are, and read better so.
  const text = query.toString().replace(/%2C/g, ',').replace(/%3A/g, ':')
  return text && `?${text}`
}

/** The link of a plain click; nothing for new tabs, downloads and clicks that someone took already. */
function plainLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  return link && link.href && !link.target && !link.hasAttribute('download') ? link : undefined
}
