import { useEffect, useRef, useState } from 'preact/hooks'
import { Anchor, FileDown } from 'lucide-preact'
import { type AuditFact, auditCall } from '../../../shared/audit.ts'
import { BackupLine } from '../../kit/backup/LastBackup.tsx'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { live } from '../live.ts'
import { router } from '../router.ts'
import { auditWords } from '../words/audit.ts'
import { Export } from './Export.tsx'
import { Fact } from './Fact.tsx'
import { Filter } from './Filter.tsx'
import { ask } from './ask.ts'
import { filterOf, isPartlyRead, joined, keyOf, noFilter } from './filter.ts'
import styles from './audit.module.css'

type Page = { key: string; facts: AuditFact[]; next: number | null }
const pageSize = 60

/** The journal in sentences, as its filter in the address asks; newest first, older ones when they are wanted. */
export function Audit() {
  const words = auditWords()
  const filter = filterOf(router.query.value)
  const key = keyOf(filter)
  const [page, setPage] = useState<Page | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [exporting, setExporting] = useState(false)
  const wanted = useRef(key)
  wanted.current = key
  const load = async (before?: number) => {
    setBusy(true)
    try {
      const found = await call(auditCall, { ...filter, limit: pageSize, ...(before === undefined ? {} : { before }) })
      if (wanted.current !== key) return
      setThrown(null)
      setPage((had) => ({ key, facts: before === undefined || had?.key !== key ? found.facts : joined(had.facts, found.facts), next: found.next }))
    } catch (refused) {
      if (wanted.current === key) setThrown(refused)
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => {
    void load()
  }, [key])
  // Once more when the connection is back; a reader in the middle of it is not moved.
  const isLive = live.value?.state.value === 'live'
  useEffect(() => {
    if (isLive && thrown !== null) void load()
  }, [isLive])
  const shown = page?.key === key ? page : null
  return (
    <div class={styles['page']}>
      <header class={styles['top']}>
        <div>
          <h2 class={styles['title']}>{words.title}</h2>
          <p class={styles['note']}>{words.what}</p>
        </div>
        <p class={styles['does']}>
          <ButtonLink icon={Anchor} href={router.address('audit/head')}>{words.head}</ButtonLink>
          <Button icon={FileDown} onClick={() => setExporting(true)}>{words.export}</Button>
        </p>
      </header>
      <BackupLine />
      <Filter filter={filter} />
      {isPartlyRead(router.query.value) && <Banner tone="medium" action={<Button small onClick={() => ask(noFilter)}>{words.clear}</Button>}>{words.partlyRead}</Banner>}
      {thrown !== null && shown === null && <EmptyState title={words.failed} action={<Button onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(thrown)}</EmptyState>}
      {thrown === null && shown === null && <Skeleton lines={8} tall />}
      {shown?.facts.length === 0 && <EmptyState title={words.nothing} action={<Button onClick={() => ask(noFilter)}>{words.clear}</Button>}>{words.nothingWhat}</EmptyState>}
      {shown && shown.facts.length > 0 && <ol class={styles['facts']} aria-label={words.facts} aria-busy={busy}>{shown.facts.map((fact) => <Fact key={fact.number} fact={fact} />)}</ol>}
      {shown && shown.next !== null && <p class={styles['more']}><Button busy={busy} onClick={() => void load(shown.next ?? undefined)}>{words.more}</Button>{thrown !== null && <span role="alert"> {tell(thrown)}</span>}</p>}
      {exporting && <Export filter={filter} onClose={() => setExporting(false)} />}
    </div>
  )
}
