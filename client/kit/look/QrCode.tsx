import { useEffect, useState } from 'preact/hooks'
import styles from './qrcode.module.css'

/** A text as a QR code, dark on light in either theme so that every camera reads it. The library is loaded when first needed. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ text: string; path: string; size: number } | null>(null)
  useEffect(() => {
    let wanted = true
    void qrOf(text).then((code) => wanted && setDrawn({ text, ...code }))
    return () => {
      wanted = false
    }
  }, [text])

  const side = (drawn?.size ?? 33) + 2 * quiet
  return (
    <svg data-paper class={styles['code']} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges" aria-busy={drawn?.text !== text}>
      <rect class={styles['paper']} width={side} height={side} />
      {drawn?.text === text && <path class={styles['ink']} transform={`translate(${quiet} ${quiet})`} d={drawn.path} />}
    </svg>
  )
}

/** What a camera needs around a code. */
export const quiet = 2

export type Qr = { path: string; size: number }

/** A text as the squares of a QR code: a path in units of one square. */
export async function qrOf(text: string): Promise<Qr> {
  const { default: qrcode } = await import('qrcode')
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  return { size: modules.size, path: pathOf(modules.size, (row, column) => modules.get(row, column) !== 0) }
}

/** Runs of dark squares, one rectangle each. */
function pathOf(size: number, dark: (row: number, column: number) => boolean): string {
  let path = ''
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let end = column
      while (end < size && dark(row, end)) end += 1
      if (end > column) path += `M${column} ${row}h${end - column}v1h-${end - column}z`
      column = end
    }
  }
  return path
}
