import { useState } from 'preact/hooks'
import { ArrowLeft, CircleAlert, CircleCheck, Download } from 'lucide-preact'
import { type DelegationPreview, delegationColumns, importDelegationCall, previewDelegationCall, wrongPeopleCall } from '../../../../shared/delegation.ts'
import type { Link } from '../../../../shared/people.ts'
import { Problem } from '../../../../shared/problem.ts'
import { addressFor, call } from '../../call.ts'
import { DropFile } from '../../list/DropFile.tsx'
import { Heading } from '../../list/Heading.tsx'
import { LinesTable } from '../../list/LinesTable.tsx'
import { Sending, useListFile } from '../../list/Reading.tsx'
import { linesOf } from '../../list/lines.ts'
import list from '../../list/list.module.css'
import { Banner } from '../../look/Banner.tsx'
import { Button, ButtonLink } from '../../look/Button.tsx'
import { Segmented } from '../../look/Segmented.tsx'
import { stroke } from '../../look/icon.ts'
import { number, size } from '../../numbers.ts'
import { tell } from '../../problems.ts'
import { upload } from '../../upload.ts'
import { common } from '../../words/common.ts'
import { delegationWords } from './words.ts'
import styles from './delegation.module.css'

/** A delegation's list: read, shown with every wrong line first and why, and invited when the person says so. */
export function Import({ primary, onCards, onLeave }: { primary: boolean; onCards: (cards: readonly Link[]) => void; onLeave: () => void }) {
  const words = delegationWords()
  const { state, trouble, busy, read, act } = useListFile<DelegationPreview>({ send: (file, onPart) => upload(previewDelegationCall, {}, file, onPart), why: fileTrouble, changed: words.changed })
  const invite = ({ upload: id, right, wrong }: DelegationPreview) => act(async () => onCards((await call(importDelegationCall, { upload: id, right, wrong }, { timeoutSeconds: 300 })).cards))
  const preview = state.is === 'previewed' ? state.preview : null
  return (
    <section class={styles['page']} aria-label={words.title}>
      <header class={styles['head']}>
        <Button kind="quiet" class={styles['back'] ?? ''} icon={ArrowLeft} onClick={onLeave}>{common().buttons.back}</Button>
        <h2 class={styles['title']}>{words.title}</h2>
        <p class={styles['what']}>{words.what}</p>
      </header>
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
      {state.is === 'reading'
        ? <Sending words={words.sending(state.name)} part={state.part} />
        : (
          <DropFile
            label={words.file}
            title={preview ? preview.fileName : words.drop}
            what={preview ? `${size(preview.sizeBytes)}. ${words.dropMended}` : words.dropWhat}
            button={preview ? words.chooseOther : words.chooseFile}
            primary={primary && !preview}
            onFile={read}
          />
        )}
      {state.is === 'empty' && <Heading columns={words.heading} is={words.headingIs} download={words.downloadHeading} fileName={words.exampleName} />}
      {preview && <Preview preview={preview} />}
      {preview && (
        <footer class={styles['foot']}>
          <p>{preview.right === 0 ? words.noneRight : preview.wrong > 0 ? <><b>{words.leftOut(preview.wrong)}</b> {words.leftOutThen}</> : words.allRight}</p>
          {preview.right > 0 && <Button kind={primary ? 'filled' : 'plain'} busy={busy} onClick={() => void invite(preview)}>{words.invite(preview.right)}</Button>}
        </footer>
      )}
    </section>
  )
}

/** What a list holds: counts, then its lines. */
function Preview({ preview }: { preview: DelegationPreview }) {
  const words = delegationWords()
  const [wrongFirst, setWrongFirst] = useState(true)
  const { right, wrong, organisations, newOrganisations: fresh } = preview
  const { lines, moreRight } = linesOf(preview, wrongFirst)
  return (
    <>
      <ul class={list['counts']}>
        <li><b class={list['strong']}>{number(right)}</b><span class={list['good']}><CircleCheck {...stroke} size={16} />{words.linesRight(right)}</span></li>
        {wrong > 0 && <li><b class={list['bad']}>{number(wrong)}</b><span class={list['bad']}><CircleAlert {...stroke} size={16} />{words.linesWrong(wrong)}</span></li>}
        <li><b>{number(organisations)}</b><span>{words.organisations(organisations)}</span></li>
      </ul>
      {fresh.length > 0 && <p class={styles['what']}>{words.fresh(fresh.slice(0, 20).join(', '), fresh.length)}</p>}
      {wrong > 0 && (
        <div class={list['tools']}>
          <Segmented label={words.order} hideLabel segments={[{ value: 'wrong', label: words.wrongFirst }, { value: 'file', label: words.fileOrder }]} value={wrongFirst ? 'wrong' : 'file'} onValue={(order) => setWrongFirst(order === 'wrong')} />
          <ButtonLink kind="quiet" icon={Download} href={addressFor(wrongPeopleCall, { upload: preview.upload })} download>{words.wrongAsCsv}</ButtonLink>
        </div>
      )}
      <LinesTable
        caption={words.file}
        lineLabel={words.line}
        columns={delegationColumns.map((column) => ({ key: column, label: words.columns[column] }))}
        lines={lines}
        tell={words.fault}
        cellsOf={(fault) => (fault.column === null ? [] : [fault.column])}
        notes={[preview.more && words.moreWrong, moreRight > 0 && words.moreRight(moreRight)]}
      />
    </>
  )
}

/** Why a list could not be read at all. */
function fileTrouble(thrown: unknown): string {
  const words = delegationWords()
  if (!(thrown instanceof Problem)) return tell(thrown)
  const fields = thrown.details.fields ?? []
  if (thrown.code === 'too_large' && fields.some(({ reason }) => reason === 'too_many')) return words.tooManyLines(thrown.details.limit ?? 0)
  if (fields.some(({ path, reason }) => path === 'file' && reason === 'required')) return words.noLines
  if (thrown.code === 'wrong_type' || fields.some(({ path }) => path === 'file')) return words.notCsv
  const named = (wanted: string) => delegationColumns.filter((column) => fields.some(({ path, reason }) => path === column && reason === wanted)).map((column) => words.columns[column]).join(', ')
  return [named('required') && words.headingLacks(named('required')), named('repeated') && words.headingTwice(named('repeated'))].filter(Boolean).join(' ') || tell(thrown)
}
