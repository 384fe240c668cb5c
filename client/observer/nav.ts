import { computed } from '@preact/signals'
import { type Query, createRouter } from '../kit/router.ts'

/** Everything stands in the query, so that one page is the whole app, also with no network. */
export const router = createRouter('/observer/')

export const draftShown = computed(() => router.query.value.get('draft'))
export const reportShown = computed(() => router.query.value.get('report'))
export const screenShown = computed(() => router.query.value.get('at'))

// How many screens were opened since the app began: only then does "back" lead to one of ours.
let deep = 0
addEventListener('popstate', () => {
  deep = Math.max(0, deep - 1)
  scrollTo(0, 0)
})

/** Opens a screen on top of the present one. */
export function open(query: Query): void {
  deep += 1
  router.go('', { query })
  scrollTo(0, 0)
}

/** Shows a screen in place of the present one. */
export function replace(query: Query): void {
  router.go('', { query, replace: true })
  scrollTo(0, 0)
}

/** Closes the present screen. `under`: what stands below it, should the app have begun here. */
export function close(under: Query = {}): void {
  if (deep > 0) history.back()
  else replace(under)
}
