import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../kit/look/Button.tsx'
import { common } from '../../kit/words/common.ts'
import { tokenIn } from '../token.ts'
import { late } from '../words/late.ts'
import styles from './scan.module.css'

// Not in TypeScript's library yet: https://wicg.github.io/shape-detection-api/#barcode-detection-api
declare class BarcodeDetector {
  constructor(options: { formats: string[] })
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

/** Reads a card's code through the camera, where the browser can. */
export default function Scan({ onFound, onLeave }: { onFound: (text: string) => void; onLeave: () => void }) {
  const words = late().join
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
        const found = (await detector.detect(screen)).find((one) => tokenIn(one.rawValue))
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
  return (
    <section class={styles['scan']} aria-label={words.scanTitle}>
      {refused ? <p role="alert">{words.scanRefused}</p> : <><p>{words.scanWhat}</p><video ref={video} class={styles['video']} playsInline muted aria-hidden /></>}
      <Button wide onClick={onLeave}>{common().buttons.back}</Button>
    </section>
  )
}
