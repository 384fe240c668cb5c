import { computed } from '@preact/signals'
import { Uuid } from '../../shared/basics.ts'
import { createRouter } from '../kit/router.ts'

/** `/press/` is the wall, `/press/<id>` one picture beside it; what is searched stands in the query and stays there. */
export const router = createRouter('/press/')

/** The picture that the address names; undefined on the wall alone. */
export const openId = computed(() => Uuid.safeParse(router.route.value).data)

const keptQuery = (): Record<string, string> => Object.fromEntries(router.query.peek())

export const addressOfPicture = (id: string): string => router.address(id, Object.fromEntries(router.query.value))
export const openPicture = (id: string): void => router.go(id, { query: keptQuery(), replace: openId.peek() !== undefined })
export const closePicture = (): void => router.go('', { query: keptQuery() })
