import { useEffect, useState } from 'preact/hooks'
import { FileSignature, FileX } from 'lucide-preact'
import type { Statement } from '../../../shared/reports.ts'
import { signedIn } from '../../kit/me.ts'
import { close } from '../nav.ts'
import { keyStanding } from '../outbox/phone-key.ts'
import type { Draft, Filed } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { asAllowed, reportOf } from '../report.ts'
import { type Told, told } from '../sends/told.ts'
import { signing } from '../words/signing.ts'
import styles from './sends.module.css'

/** Every line that a report sends, in words, before it is saved. */
export default function Sends({ draft }: { draft: Draft }) {
  const words = signing().sends
  const [stated, setStated] = useState<Statement | null>(null)
  useEffect(() => {
    if (draft.category !== null) void asAllowed(draft).then((allowed) => setStated(reportOf(allowed, signedIn()).stated))
  }, [draft])
  const standing = keyStanding.value
  return (
    <Screen title={words.title} onLeave={() => close({ draft: draft.id })}>
      {draft.category === null ? <p class={styles['note']}>{words.chooseFirst}</p> : stated && (
        <>
          <p class={styles['note']}>{words.now}</p>
          <Signature signs={standing !== 'cannot' && standing !== 'refused'}>{standing === 'cannot' ? words.cannotSign : standing === 'refused' ? words.lostKey : words.willBeSigned}</Signature>
          <Lines stated={stated} />
        </>
      )}
    </Screen>
  )
}

/** The same of a report that was saved, with its text to the letter. */
export function Sent({ filed }: { filed: Filed }) {
  const words = signing().sends
  return (
    <Screen title={words.title} onLeave={() => close({ report: filed.id })}>
      <p class={styles['note']}>{words.fixed}</p>
      <Signature signs={filed.signature !== undefined}>{filed.signature === undefined ? words.isUnsigned : words.isSigned}</Signature>
      <Lines stated={filed.stated} />
      <details class={styles['exact']}>
        <summary>{words.exact}</summary>
        <pre lang="zxx">{filed.statement}</pre>
        {filed.signature !== undefined && <><h3>{words.signature}</h3><pre lang="zxx">{filed.signature}</pre></>}
      </details>
    </Screen>
  )
}

function Signature({ signs, children }: { signs: boolean; children: string }) {
  const Sign = signs ? FileSignature : FileX
  return <p class={signs ? styles['signed'] : styles['unsigned']} data-signs={signs}><Sign {...icon} /><span>{children}</span></p>
}

function Lines({ stated }: { stated: Statement }) {
  const words = signing().sends
  const { parts, photos } = told(stated)
  return (
    <>
      {parts.map(({ group, lines }) => <Part key={group} title={words.groups[group]} lines={lines} />)}
      {photos.map((lines, at) => <Part key={stated.photos[at]?.sha256} title={words.picture(at + 1, photos.length)} lines={lines} />)}
      {photos.length === 0 && <section class={styles['part']}><h2>{words.pictures}</h2><p>{words.noPictures}</p></section>}
    </>
  )
}

function Part({ title, lines }: { title: string; lines: readonly Told[] }) {
  const words = signing().sends.fields
  return (
    <section class={styles['part']}>
      <h2>{title}</h2>
      <dl>
        {lines.map(({ field, told: value }) => <div key={field} data-field={field}><dt>{words[field]}</dt><dd>{value}</dd></div>)}
      </dl>
    </section>
  )
}
