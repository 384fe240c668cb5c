import { useEffect, useState } from 'preact/hooks'
import { Copy, Share, SquarePlus } from 'lucide-preact'
import { Button } from '../../kit/look/Button.tsx'
import { joinWords } from '../words/join.ts'
import styles from './join.module.css'

/** Three steps for an iPhone: nothing is joined in Safari, since what it keeps is not what the home screen's app keeps. */
export function HomeScreen({ token, onStay }: { token: string; onStay: () => void }) {
  const words = joinWords()
  const [copied, setCopied] = useState<boolean | null>(null)
  const address = `${location.origin}/join#${token}`
  useEffect(bePhoneApp, [])
  const copy = () => navigator.clipboard.writeText(address).then(() => setCopied(true), () => setCopied(false))
  return (
    <>
      <section class={styles['steps']}>
        <h2 class={styles['stepsTitle']}><SquarePlus size={22} strokeWidth={1.75} aria-hidden />{words.homeFirst}</h2>
        <p class={styles['why']}>{words.homeWhy}</p>
        <ol class={styles['list']}>
          <li><b class={styles['step']}>1</b><span>{words.stepShare[0]} <Share class={styles['inline']} size={20} strokeWidth={1.75} aria-hidden /> <b>{words.stepShare[1]}</b></span></li>
          <li><b class={styles['step']}>2</b><span>{words.stepAdd[0]} <b>{words.stepAdd[1]}</b></span></li>
          <li><b class={styles['step']}>3</b><span>{words.stepOpen}</span></li>
        </ol>
      </section>
      <Button kind="filled" wide icon={Copy} onClick={() => void copy()}>{words.copy}</Button>
      <p class={styles['once']} role="status">{copied === null ? words.once : copied ? words.copied : words.notCopied}</p>
      {copied === false && <a class={styles['address']} href={address}>{address}</a>}
      <Button kind="quiet" wide onClick={onStay}>{words.stayHere}</Button>
    </>
  )
}

/** What Safari puts on the home screen from here is the phone's app, not this page. */
function bePhoneApp(): void {
  for (const [rel, href] of [['manifest', '/observer/manifest.webmanifest'], ['apple-touch-icon', '/observer/icon-180.png']] as const) {
    const link = document.createElement('link')
    Object.assign(link, { rel, href })
    document.head.append(link)
  }
}
