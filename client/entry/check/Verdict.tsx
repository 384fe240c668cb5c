import { useState } from 'preact/hooks'
import { reportNumber } from '../../../shared/statement.ts'
import type { ReceiptContent } from '../../../shared/receipts.ts'
import { hex } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { tell } from '../../kit/problems.ts'
import { clockSeconds, day, dayOf, zoneName } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { checkWords } from '../words/check.ts'
import type { Checked } from './Check.tsx'
import styles from './check.module.css'

/** One receipt, in words: what headquarters has had and since when; or that it is not ours. */
export function Verdict({ checked, again }: { checked: Checked; again: () => void }) {
  const words = checkWords()
  if ('thrown' in checked) return <Banner tone="medium" alert title={words.unanswered} action={<Button small onClick={again}>{common().buttons.again}</Button>}>{tell(checked.thrown)}</Banner>
  const { content } = checked
  if (content === null) return <Banner tone="high" alert title={words.notOurs}>{words.notOursWhat}</Banner>
  // Whoever checks has no account, so that the mission's zone is not known here: the times are this device's, and say so.
  const moment = words.moment(day(dayOf(content.receivedAt)), clockSeconds(content.receivedAt), zoneName(content.receivedAt), content.receivedAt)
  const say = { report: words.oursReport, amendment: words.oursAmendment, photo: words.oursPhoto }[content.type]
  return (
    <section class={styles['one']} data-ours={content.type}>
      <Banner tone="good" title={words.ours}>{say(reportNumber(content.number), moment)}</Banner>
      <dl class={styles['says']}>
        <dt>{content.type === 'photo' ? words.fingerprintPhoto : words.fingerprintReport}</dt>
        <dd lang="zxx">{fingerprintIn(content)}</dd>
        <dt>{words.report}</dt>
        <dd lang="zxx">{content.report}</dd>
      </dl>
      <Compare content={content} />
    </section>
  )
}

const fingerprintIn = (content: ReceiptContent): string => (content.type === 'photo' ? content.photo : content.statement)

/** Whether a file is the one that the receipt names. It stays on this device. */
function Compare({ content }: { content: ReceiptContent }) {
  const words = checkWords()
  const [compared, setCompared] = useState<{ file: string; isSame: boolean } | 'unreadable' | null>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    try {
      setCompared({ file: file.name, isSame: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))) === fingerprintIn(content) })
    } catch {
      setCompared('unreadable')
    }
  }
  return (
    <label class={styles['compare']}>
      <b>{content.type === 'photo' ? words.comparePhoto : words.compareReport}</b>
      <span>{words.compareWhat}</span>
      <input type="file" accept={content.type === 'photo' ? 'image/*' : undefined} onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <span role="status" class={compared === null || compared === 'unreadable' ? styles['other'] : compared.isSame ? styles['same'] : styles['other']}>
        {compared === 'unreadable' ? words.unreadable : compared && (compared.isSame ? words.same(compared.file) : words.other(compared.file))}
      </span>
    </label>
  )
}
