import type { ComponentChildren } from 'preact'
import { cx } from './cx.ts'
import styles from './table.module.css'

export type Column = { key: string; label: string; numbers?: boolean; hideLabel?: boolean }

/**
 * A table with a head that stays. Rows are `<tr>` of the caller; `caption` names it for those who do not see it. `stacks`: where the caller's container is narrow its rows
 * become cards, drawn by the caller; what is drawn so says by its roles that it is still a table.
 */
export function Table({ caption, columns, children, dense = false, stacks = false }: { caption: string; columns: readonly Column[]; children: ComponentChildren; dense?: boolean; stacks?: boolean }) {
  const role = (name: 'table' | 'rowgroup' | 'row' | 'columnheader') => (stacks ? name : undefined)
  return (
    <div class={styles['scroll']} role="region" aria-label={caption} tabIndex={0}>
      <table role={role('table')} class={cx(styles['table'], dense && styles['dense'], stacks && styles['stacks'])}>
        <caption class="visually-hidden">{caption}</caption>
        <thead role={role('rowgroup')}>
          <tr role={role('row')}>
            {columns.map((one) => <th key={one.key} role={role('columnheader')} scope="col" class={cx(one.numbers && numbersCell)}>{one.hideLabel ? <span class="visually-hidden">{one.label}</span> : one.label}</th>)}
          </tr>
        </thead>
        <tbody role={role('rowgroup')}>{children}</tbody>
      </table>
    </div>
  )
}

/** Class of a cell whose numbers stand in a column. */
export const numbersCell = styles['numbers']
