import { addressOf } from '../../../shared/contract.ts'
import { groundTileCall } from '../../../shared/ground.ts'

/** The address of one square on our own server: a page asks nobody else. */
export const tileAddress = (square: { z: number; x: number; y: number }): string => addressOf(groundTileCall.path, square).address
