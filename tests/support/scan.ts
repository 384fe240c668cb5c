import type { Locator } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import sharp from 'sharp'

/** What a camera reads in a picture of a code, by one dot for each of the screen's own sizes: no phone has fewer. */
export async function scan(code: Locator): Promise<string> {
  const { data, info } = await sharp(await code.screenshot({ scale: 'css' })).resize(600).flatten({ background: 'white' }).extend({ top: 40, bottom: 40, left: 40, right: 40, background: 'white' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return decodeQR({ width: info.width, height: info.height, data: new Uint8ClampedArray(data) })
}
