import { CircleAlert } from 'lucide-preact'
import { cx } from '../look/cx.ts'
import { stroke } from '../look/icon.ts'
import { Table, numbersCell } from '../look/Table.tsx'
import { number } from '../numbers.ts'
import type { AnyFault, Line } from './lines.ts'
import styles from './list.module.css'

type ColumnOf = { key: string; label: string; numbers?: boolean }
type LinesTableProps<Fault extends AnyFault> = {
  caption: string
  lineLabel: string
  columns: readonly ColumnOf[]
  lines: readonly Line<Fault>[]
  tell: (fault: Fault) => string
  /** Columns that a fault points at. */
  cellsOf: (fault: Fault) => readonly string[]
  /** What is said below the table. */
  notes: readonly (string | false)[]
}

/** Lines of a file as they stand in it; below a wrong one, in words, why it cannot be taken. */
export function LinesTable<Fault extends AnyFault>({ caption, lineLabel, columns, lines, tell, cellsOf, notes }: LinesTableProps<Fault>) {
  return (
    <div class={styles['table']}>
      <Table caption={caption} columns={[{ key: 'line', label: lineLabel, numbers: true }, ...columns]} dense>
        {lines.map((line) => {
          const wrong = new Set(line.faults.flatMap(cellsOf))
          const isWrong = line.faults.length > 0
          return [
            <tr key={line.number} class={cx(isWrong && styles['before'])}>
              <th scope="row" class={cx(numbersCell, styles['at'])}>{number(line.number)}</th>
              {line.faults.some((fault) => fault.reason === 'quotes') ? <td colSpan={columns.length}><code>{line.cells.join('')}</code></td> : columns.map(({ key, numbers }, at) => (
                <td key={key} class={cx(numbers && numbersCell, wrong.has(key) && styles['wrong'])}><span>{line.cells[at]}</span></td>
              ))}
            </tr>,
            isWrong && (
              <tr key={`${line.number} why`} class={styles['why']}>
                <td />
                <td colSpan={columns.length}>
                  {line.faults.map((fault) => <p key={`${fault.reason} ${fault.column ?? ''}`}><CircleAlert {...stroke} size={16} />{tell(fault)}</p>)}
                </td>
              </tr>
            ),
          ]
        })}
      </Table>
      {notes.filter((note) => note !== false).map((note) => <p key={note} class={styles['more']}>{note}</p>)}
    </div>
  )
}
