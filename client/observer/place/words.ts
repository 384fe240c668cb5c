import type { Register } from '../../../shared/stations.ts'
import { number } from '../../kit/numbers.ts'
import { isApple, isInstalled } from '../device.ts'
import { phone } from '../words/index.ts'

/** Metres as people say them: `38 m`, `1.1 km`. */
export const distance = (metres: number): string => (metres < 950 ? `${number(metres < 100 ? metres : Math.round(metres / 10) * 10)} m` : `${number(metres / 1000, metres < 9500 ? 1 : 0)} km`)

/** The row of a station in the register, or -1. */
export const rowOf = (register: Register | null, station: string | null): number => (register && station !== null ? register.code.indexOf(station) : -1)

/** A station's name; its code while the register is not here. */
export const stationName = (register: Register | null, station: string): string => register?.name[rowOf(register, station)] ?? station

/** How to let the app use the position, on this kind of phone; in a tab of an Android's browser there is no icon to hold. */
export function howToAllow(): string {
  const words = phone().place.howToAllow
  return isApple() ? words.apple : !/Android/.test(navigator.userAgent) ? words.other : isInstalled() ? words.android : words.browser
}
