import { useState } from 'preact/hooks'
import { CircleAlert, CircleCheck, Download } from 'lucide-preact'
import { type RegisterPreview, registerColumns, wrongLinesCall } from '../../../../shared/stations.ts'
import { addressFor } from '../../../kit/call.ts'
import { ButtonLink } from '../../../kit/look/Button.tsx'
import { stroke } from '../../../kit/look/icon.ts'
import { Segmented } from '../../../kit/look/Segmented.tsx'
import { LinesTable } from '../../../kit/list/LinesTable.tsx'
import { linesOf } from '../../../kit/list/lines.ts'
import { number } from '../../../kit/numbers.ts'
import { setUpWords } from '../../words/setup.ts'
import { cellsOf } from './lines.ts'
import styles from '../../../kit/list/list.module.css'

const numeric: readonly string[] = ['latitude', 'longitude', 'table']

/** What a file holds: counts, then its lines, the wrong ones first with their reason below the cell. */
export function Preview({ preview }: { preview: RegisterPreview }) {
  const words = setUpWords()
  const [wrongFirst, setWrongFirst] = useState(true)
  const { right, wrong } = preview
  const { lines, moreRight } = linesOf(preview, wrongFirst)
  return (
    <>
      <ul class={styles['counts']}>
        <li><b class={styles['strong']}>{number(right)}</b><span class={styles['good']}><CircleCheck {...stroke} size={16} />{words.linesRight(right)}</span></li>
        {wrong > 0 && <li><b class={styles['bad']}>{number(wrong)}</b><span class={styles['bad']}><CircleAlert {...stroke} size={16} />{words.linesWrong(wrong)}</span></li>}
        <li><b>{number(preview.stations)}</b><span>{words.stationsWord(preview.stations)}</span></li>
        <li><b>{number(preview.municipalities)}</b><span>{words.municipalities(preview.municipalities)}</span></li>
        <li><b>{number(preview.departments)}</b><span>{words.departments(preview.departments)}</span></li>
      </ul>
      {wrong > 0 && (
        <div class={styles['tools']}>
          <Segmented
            label={words.order}
            hideLabel
            segments={[{ value: 'wrong', label: words.wrongFirst }, { value: 'file', label: words.fileOrder }]}
            value={wrongFirst ? 'wrong' : 'file'}
            onValue={(order) => setWrongFirst(order === 'wrong')}
          />
          <ButtonLink kind="quiet" icon={Download} href={addressFor(wrongLinesCall, { upload: preview.upload })} download>{words.wrongAsCsv}</ButtonLink>
        </div>
      )}
      <LinesTable
        caption={words.registerTitle}
        lineLabel={words.line}
        columns={registerColumns.map((column) => ({ key: column, label: words.columns[column], numbers: numeric.includes(column) }))}
        lines={lines}
        tell={(fault) => words.fault(fault, number)}
        cellsOf={cellsOf}
        notes={[preview.more && words.moreWrong, moreRight > 0 && words.moreRight(moreRight)]}
      />
    </>
  )
}
