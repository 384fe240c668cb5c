import { useEffect, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { titleOf } from '../../../shared/pack.ts'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type ReportLine, reportNumber, sinceCall } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { usePresent } from '../../kit/clock.ts'
import { Button } from '../../kit/look/Button.tsx'
import { Dialog } from '../../kit/look/Dialog.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { signedIn } from '../../kit/me.ts'
import { number } from '../../kit/numbers.ts'
import { tell } from '../../kit/problems.ts'
import { ago, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { router } from '../router.ts'
import { placeOf } from '../room/list/Row.tsx'
import { openReport } from '../room/selection.ts'
import { awayWords } from '../words/away.ts'
import { SinceChoice } from './SinceChoice.tsx'
import { askedSince, awaySince, hoursAgo, lookSince } from './since.ts'
import styles from './away.module.css'

type Since = ReplyOf<typeof sinceCall>

/** What waits, first since it is to be done, and what came and what changed since the moment that the address names: when this person last looked, one that they chose, or a colleague's who sent the link. A link that names none is given the last hour. What is opened from it takes no panel along and leaves it in the browser's history, so that the way back leads to the panel. */
export function Away({ onClose }: { onClose: () => void }) {
  const words = awayWords()
  const since = askedSince.value
  const [found, setFound] = useState<Since | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [again, setAgain] = useState(0)
  const now = usePresent(10)
  useEffect(() => {
    if (since === null) return lookSince(hoursAgo(1))
    const asking = new AbortController()
    setThrown(null)
    setFound(null)
    call(sinceCall, { at: since }, { signal: asking.signal }).then(setFound, (reason: unknown) => !asking.signal.aborted && setThrown(reason))
    return () => asking.abort()
  }, [since, again])
  return (
    <Dialog wide title={words.title} onClose={onClose}>
      {since !== null && <p class={styles['when']} role="status">{(since === awaySince.value ? words.since : words.sinceThen)(moment(since, now), ago(since, now))}</p>}
      <SinceChoice since={since} />
      {thrown !== null && <p role="alert">{tell(thrown)} <Button small onClick={() => setAgain(again + 1)}>{common().buttons.again}</Button></p>}
      {found === null && thrown === null && <Skeleton lines={6} />}
      {found && (
        <div class={styles['parts']} data-away>
          <section>
            <h3 class={styles['head']}>{words.waits}</h3>
            <Waits waits={found.waits} />
          </section>
          <Part title={words.came(found.came.count)} isEmpty={found.came.count === 0} none={words.nothingCame} shown={found.came.lines.length} all={found.came.count}>
            {found.came.lines.map((line) => <One key={line.id} line={line} now={now} onOpen={openReport}>{line.author.name}</One>)}
          </Part>
          <Part title={words.changed(found.changed.count)} isEmpty={found.changed.count === 0} none={words.nothingChanged} shown={found.changed.reports.length} all={found.changed.count}>
            {found.changed.reports.map(({ line, kinds }) => <One key={line.id} line={line} now={now} onOpen={openReport}>{[...new Set(kinds.map((kind) => words.kinds[kind] ?? words.otherKind))].join(', ')}</One>)}
          </Part>
        </div>
      )}
    </Dialog>
  )
}

function Part({ title, isEmpty, none, shown, all, children }: { title: string; isEmpty: boolean; none: string; shown: number; all: number; children: ComponentChildren }) {
  return (
    <section>
      <h3 class={styles['head']}>{title}</h3>
      {isEmpty ? <p class={styles['none']}>{none}</p> : <ul class={styles['list']}>{children}</ul>}
      {shown < all && <p class={styles['none']}>{awayWords().more(all - shown)}</p>}
    </section>
  )
}

function One({ line, now, onOpen, children }: { line: ReportLine; now: Date; onOpen: (id: string) => void; children: ComponentChildren }) {
  return (
    <li>
      <button type="button" class={styles['one']} data-report={line.id} onClick={() => onOpen(line.id)}>
        <StatusMark status={line.status} severity={line.severity} label={common().statuses[line.status]} />
        <span class={styles['words']}>
          <b>{titleOf(signedIn().mission.pack, line.category, language.value)}</b>
          <span>{common().severities[line.severity]} · {reportNumber(line.number)} · {placeOf(line)} · {moment(line.observedAt, now)}</span>
          <span class={styles['what']}>{children}</span>
        </span>
      </button>
    </li>
  )
}

/** Each number is of what its link opens; what is known of a part of them stands below it. */
function Waits({ waits: { received, inReview, second, third, setAside } }: { waits: Since['waits'] }) {
  const words = awayWords()
  const parts = [...(second > 0 ? [words.second(second)] : []), ...(third > 0 ? [words.third(third)] : [])]
  const rows: [number, string, string, string[]][] = [[received, words.received, 'received', []], [inReview, words.inReview, 'in_review', parts], [setAside, words.setAside, 'set_aside', []]]
  const shown = rows.filter(([count]) => count > 0)
  if (shown.length === 0) return <p class={styles['none']}>{words.nothingWaits}</p>
  return <ul class={styles['waits']}>{shown.map(([count, what, status, of]) => (
    <li key={what}>
      <a href={router.address('', { status })}><b class="numbers">{number(count)}</b> {what}</a>
      {of.length > 0 && <p class={styles['of']}>{words.ofThem(of)}</p>}
    </li>
  ))}</ul>
}
