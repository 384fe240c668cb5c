import { useEffect, useRef, useState } from 'preact/hooks'
import styles from './scanner.module.css'

// Not in TypeScript's library yet: https://wicg.github.io/shape-detection-api/#barcode-detection-api
declare class BarcodeDetector {
  constructor(options: { formats: string[] })
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

/** Whether this browser reads codes through its camera. */
export const canScan = (): boolean => 'BarcodeDetector' in globalThis && 'mediaDevices' in navigator

/** The camera's picture, until a code is held in front of it that is wanted. `refused` is said where the camera may not be used. */
export function Scanner({ what, refused: whyNot, isWanted, onFound }: { what: string; refused: string; isWanted: (text: string) => boolean; onFound: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    let open = true
    let stream: MediaStream | null = null
    const watch = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const screen = video.current
      if (!open || !screen) return stop()
      screen.srcObject = stream
      await screen.play()
      const detector = new BarcodeDetector({ formats: ['qr_code'] })
      while (open) {
        const found = (await detector.detect(screen)).find((one) => isWanted(one.rawValue))
        if (found && open) return onFound(found.rawValue)
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
  return refused ? <p role="alert">{whyNot}</p> : <><p>{what}</p><video ref={video} class={styles['video']} playsInline muted aria-hidden /></>
}
