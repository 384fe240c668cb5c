import { useState } from 'preact/hooks'
import { Copy, Share2 } from 'lucide-preact'
import { figuresOf } from '../../../shared/receipts.ts'
import { reportNumber } from '../../../shared/statement.ts'
import { Button } from '../../kit/look/Button.tsx'
import { QrCode } from '../../kit/look/QrCode.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { close } from '../nav.ts'
import { askReceipts, lacksReceipts } from '../outbox/receipts.ts'
import type { Filed } from '../outbox/records.ts'
import { Screen } from '../parts/Screen.tsx'
import { late } from '../words/late.ts'
import { signing } from '../words/signing.ts'
import styles from './receipt.module.css'

type Held = { name: string; code: string }

/** What headquarters signed for, to be held: of the report and of each picture. */
function heldIn({ receipt, lostReceipt, photos, amendments = [] }: Filed): Held[] {
  const words = signing().receipt
  // What headquarters lost it had signed for all the same.
  const ofReport = [receipt, ...(lostReceipt?.signed === receipt?.signed ? [] : [lostReceipt])].flatMap((of) => (of?.signed === undefined ? [] : [{ name: words.report(reportNumber(of.number)), code: of.signed }]))
  const later = amendments.flatMap(({ receipt: of, stated }) => (of?.signed === undefined ? [] : [{ name: late().amend.done[stated.type](moment(of.receivedAt)), code: of.signed }]))
  return [...ofReport, ...later, ...photos.flatMap(({ signed }, at) => (signed === undefined ? [] : [{ name: words.picture(at + 1), code: signed }]))]
}

/** The receipts of a report: a code to be scanned, and its text to be copied and shared. */
export function Receipt({ filed }: { filed: Filed }) {
  const words = signing().receipt
  const held = heldIn(filed)
  const [chosen, setChosen] = useState(0)
  const shown = held[Math.min(chosen, held.length - 1)]
  return (
    <Screen title={words.title} onLeave={() => close({ report: filed.id })}>
      <div class={styles['all']}>
        {filed.receipt === null ? <p>{words.notYet}</p> : <p>{words.what}</p>}
        {held.length > 1 && (
          <div class={styles['which']} role="group" aria-label={words.of}>
            {held.map((one, at) => <button key={one.code} type="button" class={styles['one']} aria-pressed={one === shown} onClick={() => setChosen(at)}>{one.name}</button>)}
          </div>
        )}
        {shown && <Code held={shown} all={held} />}
        {lacksReceipts(filed) && <Ask filed={filed} />}
        {filed.receipt !== null && filed.photos.some((photo) => photo.receivedAt === null && !photo.isLeftOut) && <p>{words.waitsFor}</p>}
      </div>
    </Screen>
  )
}

const checkAddress = (): string => `${location.origin}/check`

function Code({ held: { name, code }, all }: { held: Held; all: readonly Held[] }) {
  const words = signing().receipt
  // In figures, the square that is scanned is coarse enough for a cheap camera.
  const address = `${checkAddress()}#${figuresOf(code) ?? code}`
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => toast(words.copied), () => toast(words.notCopied))
  return (
    <>
      <div class={styles['code']} data-receipt={code}><QrCode text={address} label={`${words.code}: ${name}`} /></div>
      <p>{words.checkAt(checkAddress())}</p>
      <div class={styles['do']}>
        <Button icon={Copy} onClick={() => copy(code)}>{words.copy}</Button>
        {all.length > 1 && <Button icon={Copy} onClick={() => copy(all.map((one) => one.code).join('\n'))}>{words.copyAll}</Button>}
        {'share' in navigator && <Button icon={Share2} onClick={() => void navigator.share({ title: name, url: address }).catch(() => undefined)}>{words.share}</Button>}
      </div>
      <p class={styles['text']} lang="zxx" aria-label={words.text}>{code}</p>
    </>
  )
}

/** For what was received before receipts were signed. */
function Ask({ filed }: { filed: Filed }) {
  const words = signing().receipt
  const [busy, setBusy] = useState(false)
  const ask = () => {
    setBusy(true)
    void askReceipts(filed).catch((thrown: unknown) => toast(tell(thrown))).finally(() => setBusy(false))
  }
  return <><p>{words.older}</p><Button wide busy={busy} onClick={ask}>{words.ask}</Button></>
}
