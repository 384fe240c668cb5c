import { signal } from '@preact/signals'
import { keep } from '../outbox/queue.ts'
import type { Fix } from '../outbox/records.ts'

/** `unasked`: the phone would ask its owner first. */
export type FixState = 'unasked' | 'looking' | 'known' | 'refused' | 'not_found'

/** Where the phone last was; nothing waits for it. */
export const fix = signal<Fix | null>(null)
export const fixState = signal<FixState>('unasked')

let watchers = 0
let watch: number | undefined

/** Follows the phone's position until the returned function is called. Asks its owner when that was not done yet. */
export function followPosition(): () => void {
  watchers += 1
  if (watchers === 1) begin()
  return () => {
    watchers -= 1
    if (watchers === 0 && watch !== undefined) navigator.geolocation.clearWatch(watch)
    if (watchers === 0) watch = undefined
  }
}

/** Looks once, if its owner has allowed it before: to say where they are without asking at an odd moment. */
export async function lookIfAllowed(): Promise<void> {
  const allowed = await permission()
  if (allowed === 'denied') refuse()
  if (allowed === 'granted') look()
}

/** Whether its owner has refused that this phone uses its position, also a moment ago in its settings. */
export async function isRefused(): Promise<boolean> {
  if ((await permission()) === 'denied') refuse()
  return fixState.value === 'refused'
}

const permission = async (): Promise<PermissionState | null> => (await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null))?.state ?? null

/** What the phone may not know it does not remember either. */
function refuse(): void {
  fixState.value = 'refused'
  fix.value = null
  void keep('fix', null)
}

/** Looks once, and asks its owner if need be. */
export function look(): void {
  if (fixState.value !== 'known') fixState.value = 'looking'
  navigator.geolocation.getCurrentPosition(take, miss, { enableHighAccuracy: true, maximumAge: 15_000, timeout: 30_000 })
}

function begin(): void {
  if (fixState.value !== 'known') fixState.value = 'looking'
  watch = navigator.geolocation.watchPosition(take, miss, { enableHighAccuracy: true, maximumAge: 5000 })
}

function take({ coords, timestamp }: GeolocationPosition): void {
  fix.value = { latitude: coords.latitude, longitude: coords.longitude, accuracyMetres: coords.accuracy, at: timestamp }
  fixState.value = 'known'
  void keep('fix', fix.value)
}

function miss(error: GeolocationPositionError): void {
  if (error.code === error.PERMISSION_DENIED) refuse()
  else if (fixState.value !== 'known') fixState.value = 'not_found'
}
