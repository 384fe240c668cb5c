import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleAlert, CircleCheck, PackageOpen } from 'lucide-preact'
import { carryReportCall } from '../../../shared/sealed.ts'
import { reportNumber } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { useDrop } from '../../kit/drop.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { tell } from '../../kit/problems.ts'
import { reportLink } from '../report/addresses.ts'
import { fileWords } from '../words/file.ts'
import { carriedIn } from './carried.ts'
import type { Carried } from './carried.ts'
import { dropped } from './dropped.ts'
import styles from './file.module.css'

/** What became of one report: how many of its pictures are here, and what was wrong with those that are not; or why it was not taken. */
type Taken = { id: string; number: number; photos: number; missing: readonly string[] } | { id: string; trouble: string }

/** A file into which a phone sealed what it could not send: dropped or chosen here, each report arrives as if the phone had sent it, and once. */
export function FromPhone() {
  const words = fileWords().fromPhone
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [taken, setTaken] = useState<readonly Taken[] | null>(null)
  const take = async (file: File | null | undefined) => {
    if (!file || busy) return
    setBusy(true)
    setTrouble(null)
    setTaken(null)
    try {
      const reports = await carriedIn(file)
      if (typeof reports === 'string') return setTrouble(words[reports === 'not_one' ? 'notOne' : 'another'])
      const found: Taken[] = []
      for (const report of reports) {
        found.push(await bring(report))
        setTaken([...found])
      }
      setTaken([...found])
    } catch (thrown) {
      setTrouble(tell(thrown))
    } finally {
      setBusy(false)
    }
  }
  const { isOver, on } = useDrop((file) => void take(file))
  useEffect(() => {
    const file = dropped.value
    dropped.value = null
    void take(file)
  }, [dropped.value])
  return (
    <section class={cx(styles['drop'], isOver && styles['over'])} aria-label={words.title} aria-busy={busy} {...on}>
      <div class={styles['dropHead']}>
        <p><b>{words.title}</b> <span class={styles['note']}>{words.what}</span></p>
        <Button icon={PackageOpen} busy={busy} onClick={() => input.current?.click()}>{words.choose}</Button>
        <input
          ref={input} type="file" hidden aria-label={words.title}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div role="status" class={styles['taken']}>
        {busy && <p class={styles['note']}>{words.opening}</p>}
        {taken?.length === 0 && <Banner tone="medium">{words.empty}</Banner>}
        {taken?.map((one) => <Outcome key={one.id} one={one} />)}
      </div>
      {trouble && <Banner tone="high" icon={CircleAlert} alert>{trouble}</Banner>}
    </section>
  )
}

function Outcome({ one }: { one: Taken }) {
  const words = fileWords().fromPhone
  if (!('number' in one)) return <Banner tone="high" icon={CircleAlert}>{words.notTaken} {one.trouble}</Banner>
  return (
    <Banner tone={one.missing.length > 0 ? 'medium' : 'good'} icon={one.missing.length > 0 ? CircleAlert : CircleCheck} title={words.taken(reportNumber(one.number), one.photos)}>
      {one.missing.length > 0 && <span>{words.without(one.missing.length)} {[...new Set(one.missing)].join(' ')} </span>}
      <a href={reportLink(one.id)}>{words.open}</a>
    </Banner>
  )
}

/** Words first, then each picture by itself: one that is not taken keeps nothing else from arriving. */
async function bring({ photos, ...report }: Carried): Promise<Taken> {
  const send = (parts: readonly File[]) => call(carryReportCall, { ...report, sentAt: present().toISOString() }, { photos: parts })
  try {
    const { id, number } = await send([])
    const missing: string[] = []
    for (const photo of photos) await send([photo]).catch((thrown: unknown) => missing.push(tell(thrown)))
    return { id, number, photos: photos.length - missing.length, missing }
  } catch (thrown) {
    return { id: report.id, trouble: tell(thrown) }
  }
}
