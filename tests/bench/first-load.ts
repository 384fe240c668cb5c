import { phoneFirstLoad, plainFirstLoad } from '../support/weight.ts'
import type { Figure } from './figure.ts'

/** The phone's first load (script, style, page) in bytes as they travel, gzipped; beside it the limit that the project keeps. */
export async function firstLoad(): Promise<Figure[]> {
  const ours = (await phoneFirstLoad('es')).bytes
  return [{ name: 'phone: first load, beside the limit', ours, plain: plainFirstLoad, ratio: ours / plainFirstLoad, unit: 'bytes gzipped', goal: { of: 'ours', most: plainFirstLoad } }]
}
