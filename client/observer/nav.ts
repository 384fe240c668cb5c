import { computed } from '@preact/signals'
import { type Query, createRouter } from '../kit/router.ts'

/** Everything stands in the query, so that one page is the whole app, also with no network. */
export const router = createRouter('/observer/')

export const draftShown = computed(() => router.query.value.get('draft'))
export const reportShown = computed(() => router.query.value.get('report'))
export const screenShown = computed(() => router.query.value.get('at'))
/** Who has just joined on the page for that, and was sent here: not yet known to this app. */
export const joinedBefore = (): string | null => router.query.value.get('joined')
export const pictureShown = computed(() => router.query.value.get('picture'))

addEventListener('popstate', () => scrollTo(0, 0))

// How many screens of ours lie beneath the present one: kept with its entry in the history, which outlives the page.
const beneath = (): number => (typeof history.state === 'number' ? history.state : 0)

/** Opens a screen on top of the present one. */
export function open(query: Query): void {
  const above = beneath() + 1
  left.splice(above - 1, left.length, markOf(document.activeElement))
  router.go('', { query })
  history.replaceState(above, '')
  scrollTo(0, 0)
}

/** Shows a screen in place of the present one. */
export function replace(query: Query): void {
  const same = beneath()
  router.go('', { query, replace: true })
  history.replaceState(same, '')
  scrollTo(0, 0)
}

/** Closes the present screen. `under`: what stands below it, should nothing of ours lie beneath. */
export function close(under: Query = {}): void {
  if (beneath() > 0) history.back()
  else replace(under)
}

/** Closes all that is open. */
export function goHome(): void {
  if (beneath() > 0) history.go(-beneath())
  else replace({})
}

/** Puts home beneath a screen that the app begins on, so that the phone's own "back" stays in the app. */
export function putHomeBeneath(query: Query): void {
  if (beneath() > 0) return replace(query)
  replace({})
  if (Object.keys(query).length > 0) open(query)
}

type Mark = { kind: string; name: string }
/** What had the focus on each screen that lies beneath the present one. */
const left: (Mark | null)[] = []

/** By what a button is found again once its screen is drawn anew: its kind by its look, and what it is about or says. */
function markOf(element: Element | null): Mark | null {
  if (!(element instanceof HTMLButtonElement)) return null
  return { kind: element.className, name: element.dataset['report'] ?? element.dataset['draft'] ?? element.getAttribute('aria-label') ?? element.textContent }
}

/** Gives the focus to what its owner left this screen by, when they come back to it; else to its heading, so that who cannot see the change of screens hears it. */
export function takeFocus(heading: HTMLElement | null): void {
  const [mark] = left.splice(beneath(), left.length)
  const alike = mark ? [...document.querySelectorAll('button')].filter((button) => button.className === mark.kind) : []
  const same = alike.find((button) => markOf(button)?.name === mark?.name) ?? (alike.length === 1 ? alike[0] : undefined)
  if (same) same.focus()
  else heading?.focus({ preventScroll: true })
}
