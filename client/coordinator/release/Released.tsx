import { useEffect, useRef } from 'preact/hooks'
import { releaseImageCall } from '../../../shared/press.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { addressFor } from '../../kit/call.ts'
import { goOnIn } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { clock } from '../../kit/times.ts'
import { reportAddress } from '../room/selection.ts'
import { releaseLink } from '../report/addresses.ts'
import { releaseWords } from '../words/release.ts'
import styles from './release.module.css'

export type Done = { id: string; releasedAt: string; held: string | null; alternative: string }

/** The released file itself, as press sees it. */
export function Released({ done, page }: { done: Done; page: ReportPage }) {
  const words = releaseWords()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => goOnIn(title.current), [])
  const next = page.may.includes('release') ? page.photos.find((photo) => photo.state === 'ready' && !photo.released) : undefined
  return (
    <div class={styles['released']}>
      <figure><img src={addressFor(releaseImageCall, { id: done.id, size: 'web' })} alt={done.alternative || words.releasedAlt} /></figure>
      <h3 ref={title} tabIndex={-1} class={styles['heading']}>{done.held === null ? words.releasedTitle : words.embargo.heldTitle}</h3>
      <p role="status">{done.held === null ? words.releasedAt(clock(done.releasedAt)) : words.embargo.held(done.held)}</p>
      <p class={styles['ways']}>
        {done.held === null && <ButtonLink kind="filled" href={`/press/${done.id}`}>{words.toWall}</ButtonLink>}
        {next && <ButtonLink href={releaseLink(next)}>{words.another}</ButtonLink>}
        <ButtonLink href={reportAddress(page.line.id)}>{words.toReport}</ButtonLink>
      </p>
    </div>
  )
}
