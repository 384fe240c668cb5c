import { createECDH, hkdfSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sealingInfo } from '../../../shared/sealed.ts'

const curve = 'prime256v1'

/** What phones seal files to: only this mission opens them. */
export type SealKey = {
  /** An uncompressed point of P-256, base64url. */
  sealedTo: string
  /** The key of one sealed file, from the public key that was made for it. @throws where that is no point of the curve */
  opens: (made: string) => string
}

/** The key for sealed files is a child of the mission's key: whoever kept that one, in a backup too, opens every file. It signs nothing, and the mission's key opens nothing. */
export function sealKeyOf(key: KeyObject): SealKey {
  const { d } = key.export({ format: 'jwk' })
  const pair = createECDH(curve)
  pair.setPrivateKey(Buffer.from(hkdfSync('sha256', Buffer.from(d ?? '', 'base64url'), '', 'veedor: sealed files of this mission', 32)))
  const publicKey = pair.getPublicKey()
  return {
    sealedTo: publicKey.toString('base64url'),
    opens: (made) => {
      const point = Buffer.from(made, 'base64url')
      return Buffer.from(hkdfSync('sha256', pair.computeSecret(point), Buffer.concat([point, publicKey]), sealingInfo, 32)).toString('base64url')
    },
  }
}
