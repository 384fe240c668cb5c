import { useEffect, useRef, useState } from 'preact/hooks'
import styles from './scanner.module.css'

// Not in TypeScript's library yet: https://wicg.github.io/shape-detection-api/#barcode-detection-api
declare class BarcodeDetector {
  constructor(options: { formats: string[] })
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

/** Whether codes can be read through this device's camera. */
export const canScan = (): boolean => 'mediaDevices' in navigator

type Read = (source: HTMLVideoElement) => Promise<string[]>

/** The browser's own reader, or, where it has none (Safari, Firefox), one in JavaScript that is loaded then. */
async function openReader(): Promise<Read> {
  if ('BarcodeDetector' in globalThis) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (source) => (await detector.detect(source)).map(({ rawValue }) => rawValue)
  }
  const { default: decode } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return (source) => {
    // A code that is held in front of a camera is large: half of the dots are enough, and quicker.
    const scale = Math.min(1, 640 / Math.max(source.videoWidth, source.videoHeight, 1))
    canvas.width = Math.max(1, Math.round(source.videoWidth * scale))
    canvas.height = Math.max(1, Math.round(source.videoHeight * scale))
    if (!pen) return Promise.resolve([])
    pen.drawImage(source, 0, 0, canvas.width, canvas.height)
    try {
      return Promise.resolve([decode(pen.getImageData(0, 0, canvas.width, canvas.height))])
    } catch {
      // No code is in this picture.
      return Promise.resolve([])
    }
  }
}

/** The camera's picture, until a code is held in front of it that is wanted. `refused` is said where the camera may not be used, `otherwise` of a code that is another. */
export function Scanner({ what, refused: whyNot, isWanted, otherwise, onFound }: { what: string; refused: string; isWanted: (text: string) => boolean; otherwise?: string; onFound: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [refused, setRefused] = useState(false)
  const [isOther, setOther] = useState(false)
  useEffect(() => {
    let open = true
    let stream: MediaStream | null = null
    const watch = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const screen = video.current
      if (!open || !screen) return stop()
      screen.srcObject = stream
      await screen.play()
      const read = await openReader()
      while (open) {
        const seen = await read(screen)
        const found = seen.find(isWanted)
        if (found && open) return onFound(found)
        if (seen.length > 0 && open) setOther(true)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    const stop = () => stream?.getTracks().forEach((track) => track.stop())
    watch().catch(() => open && setRefused(true))
    return () => {
      open = false
      stop()
    }
  }, [])
  return refused ? <p role="alert">{whyNot}</p> : <><p>{what}</p><p role="status">{isOther ? otherwise : ''}</p><video ref={video} class={styles['video']} playsInline muted aria-hidden /></>
}
