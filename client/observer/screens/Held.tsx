import { useEffect, useState } from 'preact/hooks'
import { CircleAlert } from 'lucide-preact'
import type { Sha256 } from '../../../shared/basics.ts'
import { Button } from '../../kit/look/Button.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { dropHeld, leaveOut, mayBeLeftOut } from '../drop.ts'
import { close, replace } from '../nav.ts'
import { mend } from '../outbox/mend.ts'
import { asksAuthor } from '../outbox/standing.ts'
import { atOnce, release } from '../outbox/outcome.ts'
import { changeFiled } from '../outbox/queue.ts'
import type { Filed, FiledPhoto, Hold } from '../outbox/records.ts'
import { isTroubled, needsAuthor } from '../outbox/steps.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { icon } from '../parts/icon.ts'
import { SaveFile } from '../parts/SaveFile.tsx'
import { myDrafts, send } from '../state.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import styles from './report.module.css'

/** What headquarters did not take or breaks on, why, and what its author can do about it: mend it, try again, seal it, or let it go. */
export function Held({ filed }: { filed: Filed }) {
  const words = late().report
  const [asked, setAsked] = useState<Sha256 | 'report' | null>(null)
  const trouble = needsAuthor(filed) || filed.brokeOn?.amendment ? null : troubleOf(filed)
  const at = filed.hold ? -1 : filed.photos.findIndex((one) => asksAuthor(filed, one) || (trouble && one.sha256 === filed.brokeOn?.sha256))
  const photo = filed.photos[at]
  const hold = filed.hold ?? photo?.hold ?? trouble
  // A question is about what it was asked about, whatever stands here meanwhile, and ends once that is settled.
  const askedAt = filed.photos.findIndex(({ sha256 }) => sha256 === asked)
  const askedOf = filed.photos[askedAt]
  const isOpen = asked === 'report' ? hold !== null && !photo && filed.receipt === null : askedOf !== undefined && mayBeLeftOut(filed, askedOf)
  useEffect(() => {
    if (!isOpen) setAsked(null)
  }, [asked, isOpen])
  if (!hold) return null
  const whichOf = (place: number) => phone().capture.picture(place + 1, filed.photos.length)
  const end = () => setAsked(null)
  const again = async () => {
    await changeFiled(filed.id, trouble ? atOnce : release)
    send()
  }
  const toMend = async () => {
    if (await mend(filed.id)) replace({ draft: filed.id })
  }
  return (
    <section class={styles['held']} role="alert">
      <CircleAlert {...icon} />
      <div class={styles['grow']}>
        <h3>{trouble ? words.troubleTitle : isLetGo(hold) ? words.lostTitle : words.problemTitle}</h3>
        <p>{photo && `${whichOf(at)}: `}{whyOf(hold)} {trouble && triedAgain(filed)} {!isLetGo(hold) && words.kept} {filed.hold?.code === 'invalid_input' && (filed.amendments ?? []).length > 0 && words.mendLater}</p>
        <div class={styles['do']}>
          {filed.hold?.code === 'invalid_input' ? <Button kind="filled" onClick={() => void toMend()}>{words.mend}</Button> : hold.code !== 'unreadable_here' && !isLetGo(hold) && <Button onClick={() => void again()}>{words.again}</Button>}
          {!isLetGo(hold) && <SaveFile filed={[filed]} />}
          <Button onClick={() => setAsked(photo ? photo.sha256 : 'report')}>{photo ? words.leaveOut : words.delete}</Button>
        </div>
      </div>
      {isOpen && (askedOf ? <LeaveOut key={asked} filed={filed} photo={askedOf} which={whichOf(askedAt)} onClose={end} /> : <Delete filed={filed} onClose={end} />)}
    </section>
  )
}

/** What headquarters breaks on again and again, as what it does not take is told; null: nothing. */
export const troubleOf = (filed: Filed): Hold | null => (isTroubled(filed) ? { code: 'broken', fields: [], reference: filed.brokeOn?.reference ?? null, limit: null } : null)

/** When it is tried next, if that is not now. */
export const triedAgain = ({ notBefore }: Filed): string | null => (notBefore > Date.now() ? late().report.nextTry(moment(new Date(notBefore).toISOString())) : null)

/** Of what headquarters lost there is nothing here to try again, to seal or to keep. */
const isLetGo = ({ code }: Hold): boolean => code === 'let_go'

export function whyOf({ code, fields, reference, limit }: Hold): string {
  // What is wrong with a field stands beside it once the report is opened to be mended.
  const reasons = code === 'invalid_input' ? [] : [...new Set(fields.map((field) => common().fields[field.reason]))]
  const what = code === 'too_large' && limit !== null ? common().tooLarge(limit) : late().report.what[code]
  return [what, ...reasons, reference ? common().reference(reference) : null].filter(Boolean).join(' ')
}

function Delete({ filed, onClose }: { filed: Filed; onClose: () => void }) {
  const words = late().report
  const hasMore = (filed.amendments ?? []).length > 0 || myDrafts.value.some(({ amends }) => amends?.report === filed.id)
  const confirm = async () => {
    // Sent after all, from another window: then it stays, and its page says so.
    if (!(await dropHeld(filed.id))) return onClose()
    close()
    toast(words.deleted)
  }
  return (
    <Confirm title={words.deleteTitle} action={words.delete} onConfirm={() => void confirm()} onClose={onClose}>
      <p>{filed.hold ? phone().home.dropRefused : words.dropTroubled} {phone().home.dropWhat(filed.photos.length)}</p>
      {hasMore && <p>{words.deleteLater}</p>}
      <SealFirst filed={filed} />
    </Confirm>
  )
}

function LeaveOut({ filed, photo, which, onClose }: { filed: Filed; photo: FiledPhoto; which: string; onClose: () => void }) {
  const words = late().report
  const isLost = photo.hold !== null && isLetGo(photo.hold)
  const confirm = async () => {
    if (await leaveOut(filed.id, photo.sha256)) toast(words.deleted)
    onClose()
  }
  return (
    <Confirm title={words.leaveOutTitle(which)} action={words.leaveOut} onConfirm={() => void confirm()} onClose={onClose}>
      <p>{words.leaveOutWhat[isLost ? 'lost' : photo.preview === 'sent' ? 'copy' : 'nothing']} {words.leaveOutStays}</p>
      {!isLost && <SealFirst filed={filed} />}
    </Confirm>
  )
}

/** The last chance to keep it: what came of that is said here, since a toast would lie under the question. */
function SealFirst({ filed }: { filed: Filed }) {
  const [told, setTold] = useState('')
  return (
    <>
      <p>{late().report.sealFirst}</p>
      <div class={styles['do']}><SaveFile filed={[filed]} onTold={setTold} /></div>
      <p role="status">{told}</p>
    </>
  )
}
