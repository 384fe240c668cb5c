import type { ComponentChildren } from 'preact'
import { cx } from './cx.ts'
import styles from './table.module.css'

export type Column = { key: string; label: string; numbers?: boolean; hideLabel?: boolean }

/** A table with a head that stays. Rows are `<tr>` of the caller; `caption` names it for those who do not see it. */
export function Table({ caption, columns, children, dense = false }: { caption: string; columns: readonly Column[]; children: ComponentChildren; dense?: boolean }) {
  return (
    <div class={styles['scroll']} role="region" aria-label={caption} tabIndex={0}>
      <table class={cx(styles['table'], dense && styles['dense'])}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((one) => <th key={one.key} scope="col" class={cx(one.numbers && numbersCell)}>{one.hideLabel ? <span class="visually-hidden">{one.label}</span> : one.label}</th>)}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** Class of a cell whose numbers stand in a column. */
export const numbersCell = styles['numbers']
