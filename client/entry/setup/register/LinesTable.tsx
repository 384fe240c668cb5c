import { CircleAlert } from 'lucide-preact'
import { type RegisterPreview, registerColumns } from '../../../../shared/stations.ts'
import { cx } from '../../../kit/look/cx.ts'
import { stroke } from '../../../kit/look/icon.ts'
import { Table, numbersCell } from '../../../kit/look/Table.tsx'
import { number } from '../../../kit/numbers.ts'
import { setUpWords } from '../../words/setup.ts'
import { type Line, cellsOf, linesOf } from './lines.ts'
import styles from './register.module.css'

const numeric: readonly string[] = ['latitude', 'longitude', 'table']

/** Lines of the file as they stand in it; below a wrong one, in words, why it cannot be taken. */
export function LinesTable({ preview, wrongFirst }: { preview: RegisterPreview; wrongFirst: boolean }) {
  const words = setUpWords()
  const { lines, moreRight } = linesOf(preview, wrongFirst)
  const columns = [{ key: 'line', label: words.line, numbers: true }, ...registerColumns.map((column) => ({ key: column, label: words.columns[column], numbers: numeric.includes(column) }))]
  return (
    <div class={styles['table']}>
      <Table caption={words.registerTitle} columns={columns} dense>
        {lines.map((line) => <Lines key={line.number} line={line} />)}
      </Table>
      {preview.more && <p class={styles['more']}>{words.moreWrong}</p>}
      {moreRight > 0 && <p class={styles['more']}>{words.moreRight(moreRight)}</p>}
    </div>
  )
}

function Lines({ line }: { line: Line }) {
  const words = setUpWords()
  const wrong = new Set(line.faults.flatMap(cellsOf))
  const isWrong = line.faults.length > 0
  return (
    <>
      <tr class={cx(isWrong && styles['before'])}>
        <th scope="row" class={cx(numbersCell, styles['at'])}>{number(line.number)}</th>
        {line.faults.some((fault) => fault.reason === 'quotes') ? <td colSpan={registerColumns.length}><code>{line.cells.join('')}</code></td> : registerColumns.map((column, at) => (
          <td key={column} class={cx(numeric.includes(column) && numbersCell, wrong.has(column) && styles['wrong'])}><span>{line.cells[at]}</span></td>
        ))}
      </tr>
      {isWrong && (
        <tr class={styles['why']}>
          <td />
          <td colSpan={registerColumns.length}>
            {line.faults.map((fault) => <p key={`${fault.reason} ${fault.column ?? ''}`}><CircleAlert {...stroke} size={16} />{words.fault(fault, number)}</p>)}
          </td>
        </tr>
      )}
    </>
  )
}
