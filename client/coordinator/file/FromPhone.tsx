import { useEffect, useRef } from 'preact/hooks'
import { CircleAlert, CircleCheck, PackageOpen, RotateCw } from 'lucide-preact'
import { reportNumber } from '../../../shared/reports.ts'
import { useDrop } from '../../kit/drop.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { common } from '../../kit/words/common.ts'
import { reportAddress } from '../room/selection.ts'
import { fileWords } from '../words/file.ts'
import { dropped } from './dropped.ts'
import styles from './file.module.css'
import { forgetDone, sealedFiles, takeAgain, takeFiles } from './sealed-files.ts'
import type { SealedFile, Taken } from './sealed-files.ts'

/** Files into which phones sealed what they could not send: dropped or chosen here, each report arrives as if its phone had sent it, and once. */
export function FromPhone() {
  const words = fileWords().fromPhone
  const input = useRef<HTMLInputElement>(null)
  const { isOver, on } = useDrop(takeFiles)
  useEffect(() => {
    const files = dropped.value
    if (files.length === 0) return
    dropped.value = []
    takeFiles(files)
  }, [dropped.value])
  useEffect(() => forgetDone, [])
  const files = sealedFiles.value
  const isBusy = files.some(({ state }) => state !== 'done')
  return (
    <section class={cx(styles['drop'], isOver && styles['over'])} aria-label={words.title} aria-busy={isBusy} {...on}>
      <div class={styles['dropHead']}>
        <p class={styles['about']}><b>{words.title}</b> <span class={styles['note']}>{words.what}</span></p>
        <Button icon={PackageOpen} onClick={() => input.current?.click()}>{words.choose}</Button>
        <input
          ref={input} type="file" multiple hidden aria-label={words.title}
          onChange={(event) => {
            takeFiles([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div role="status" aria-atomic={false} class={styles['files']}>{files.map((file) => <OneFile key={file.key} file={file} />)}</div>
    </section>
  )
}

function OneFile({ file: { key, name, state, trouble, mayPass, taken } }: { file: SealedFile }) {
  const words = fileWords().fromPhone
  const place = useRef<HTMLDivElement>(null)
  // The button is gone by the first answer: whoever uses keys stays at the file.
  const again = () => {
    place.current?.focus()
    takeAgain(key)
  }
  return (
    <div ref={place} class={styles['taken']} tabIndex={-1} data-sealed={state}>
      <p class={styles['name']}>{name}</p>
      {state !== 'done' && <p class={styles['note']}>{state === 'waits' ? words.waits : words.opening}</p>}
      {state === 'done' && trouble === null && taken.length === 0 && <Banner tone="medium">{words.empty}</Banner>}
      {taken.map((one) => <Outcome key={one.id} one={one} />)}
      {trouble !== null && <Banner tone="high" icon={CircleAlert}>{typeof trouble === 'string' ? words.notOpened[trouble] : trouble.told}</Banner>}
      {mayPass && <div><Button small icon={RotateCw} onClick={again}>{common().buttons.again}</Button></div>}
    </div>
  )
}

function Outcome({ one }: { one: Taken }) {
  const words = fileWords().fromPhone
  if (!('number' in one)) return <Banner tone="high" icon={CircleAlert}>{one.later ? words.notTakenLater[one.later] : words.notTaken} {one.trouble}</Banner>
  const number = reportNumber(one.number)
  const isWhole = one.missing.length === 0
  const was = one.later ? words.alreadyLater[one.later](number) : words.already(number)
  const is = one.later ? words.takenLater[one.later](number, one.photos) : words.taken(number, one.photos)
  return (
    <Banner tone={!isWhole ? 'medium' : one.isNew ? 'good' : 'accent'} icon={isWhole ? CircleCheck : CircleAlert} title={isWhole && !one.isNew ? was : is}>
      {!isWhole && <span>{words.without(one.missing.length)} {[...new Set(one.missing)].join(' ')} </span>}
      <a href={reportAddress(one.report)}>{words.open}</a>
    </Banner>
  )
}
