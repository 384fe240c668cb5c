import { useEffect, useState } from 'preact/hooks'
import { FileSignature, FileX } from 'lucide-preact'
import type { Amendment } from '../../../shared/amendments.ts'
import type { Statement } from '../../../shared/reports.ts'
import { signedIn } from '../../kit/me.ts'
import { amendmentOf, missedIn, saidIn } from '../amend.ts'
import { close } from '../nav.ts'
import { keyStanding } from '../outbox/phone-key.ts'
import type { Draft, Filed } from '../outbox/records.ts'
import { statedFirst } from '../outbox/said.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { asAllowed, isEmpty, reportOf } from '../report.ts'
import { type Told, told, toldLater } from '../sends/told.ts'
import { filed as allFiled } from '../state.ts'
import { late } from '../words/late.ts'
import { signing } from '../words/signing.ts'
import styles from './sends.module.css'

/** Every line that a report, or what is said of one later, sends: in words, before it is saved. */
export default function Sends({ draft }: { draft: Draft }) {
  const words = signing().sends
  const [lines, setLines] = useState<readonly Made[]>([])
  const lacks = draft.category === null || (draft.amends && isEmpty(draft))
  useEffect(() => {
    if (!lacks) void asAllowed(draft).then((allowed) => setLines(madeOf(allowed)))
  }, [draft])
  const standing = keyStanding.value
  const report = reportIn(draft)
  const missed = report ? missedIn(draft, report).missed : 0
  return (
    <Screen title={words.title} onLeave={() => close({ draft: draft.id })}>
      {lacks ? <p class={styles['note']}>{draft.amends ? late().amend[draft.amends.type === 'correction' ? 'same' : 'nothing'] : words.chooseFirst}</p> : (
        <>
          {missed > 0 && <p class={styles['note']}>{late().amend.revived(missed)}</p>}
          {lines.length > 0 ? (
            <>
              <p class={styles['note']}>{words.now}</p>
              <Signature signs={standing !== 'cannot' && standing !== 'refused'}>{standing === 'cannot' ? words.cannotSign : standing === 'refused' ? words.lostKey : words.willBeSigned}</Signature>
              {lines.map((made, at) => (
                <section key={at}>
                  {lines.length > 1 && 'said' in made && <h2 class={styles['later']}>{words.types[made.said.type]}</h2>}
                  <Lines {...made} />
                </section>
              ))}
            </>
          ) : report && draft.words.trim() === '' && missedIn(draft, report).isAllKnown && <p class={styles['note']}>{late().amend.hasAll}</p>}
        </>
      )}
    </Screen>
  )
}

const reportIn = ({ amends }: Draft): Filed | undefined => allFiled.value.find(({ id }) => id === amends?.report)

type Made = { stated: Statement } | { said: Amendment }
/** Empty: nothing is stated, since the report names those pictures already. */
const madeOf = (draft: Draft): Made[] => saidIn(draft, reportIn(draft))?.map((said) => ({ said: amendmentOf(said, signedIn()) })) ?? [{ stated: reportOf(draft, signedIn()).stated }]

/** The same of a report that was saved, with its text to the letter, and of what was said of it later. */
export function Sent({ filed }: { filed: Filed }) {
  const words = signing().sends
  return (
    <Screen title={words.title} onLeave={() => close({ report: filed.id })}>
      <p class={styles['note']}>{words.fixed}</p>
      <Fixed sent={filed} />
      <Lines stated={statedFirst(filed)} />
      <Exact sent={filed} />
      {filed.amendments?.map((one) => (
        <section key={one.id} data-later={one.stated.type}>
          <h2 class={styles['later']}>{words.later(words.types[one.stated.type])}</h2>
          <Fixed sent={one} />
          <Lines said={one.stated} />
          <Exact sent={one} />
        </section>
      ))}
    </Screen>
  )
}

type Kept = Pick<Filed, 'statement' | 'signature'>

function Fixed({ sent: { signature } }: { sent: Kept }) {
  return <Signature signs={signature !== undefined}>{signature === undefined ? signing().sends.isUnsigned : signing().sends.isSigned}</Signature>
}

function Exact({ sent: { statement, signature } }: { sent: Kept }) {
  const words = signing().sends
  return (
    <details class={styles['exact']}>
      <summary>{words.exact}</summary>
      <pre lang="zxx">{statement}</pre>
      {signature !== undefined && <><h3>{words.signature}</h3><pre lang="zxx">{signature}</pre></>}
    </details>
  )
}

function Signature({ signs, children }: { signs: boolean; children: string }) {
  const Sign = signs ? FileSignature : FileX
  return <p class={signs ? styles['signed'] : styles['unsigned']} data-signs={signs}><Sign {...icon} /><span>{children}</span></p>
}

function Lines(made: Made) {
  const words = signing().sends
  const { parts, photos } = 'said' in made ? toldLater(made.said) : told(made.stated)
  const hashes = ('said' in made ? made.said : made.stated).photos.map(({ sha256 }) => sha256)
  return (
    <>
      {parts.map(({ group, lines }) => <Part key={group} title={words.groups[group]} lines={lines} />)}
      {photos.map((lines, at) => <Part key={hashes[at]} title={words.picture(at + 1, photos.length)} lines={lines} />)}
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
