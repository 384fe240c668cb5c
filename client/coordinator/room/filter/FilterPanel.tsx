import { useEffect, useRef } from 'preact/hooks'
import { X } from 'lucide-preact'
import { Severity } from '../../../../shared/basics.ts'
import { Distance } from '../../../../shared/distance.ts'
import { Signed } from '../../../../shared/keys.ts'
import { ReportStatus } from '../../../../shared/verification.ts'
import { goOnIn } from '../../../kit/keys.ts'
import { Button } from '../../../kit/look/Button.tsx'
import { Chip } from '../../../kit/look/Chip.tsx'
import { FieldGroup } from '../../../kit/look/Field.tsx'
import { IconButton } from '../../../kit/look/IconButton.tsx'
import { Select } from '../../../kit/look/inputs.tsx'
import { common } from '../../../kit/words/common.ts'
import { askedFilter, isLoading, organisations } from '../../live.ts'
import { total } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { CategoryChoice } from './CategoryChoice.tsx'
import { ask } from './FilterBar.tsx'
import { isEmpty, noFilter, queryOf } from './filter.ts'
import { askRegister, departmentsOf, register } from './register.ts'
import { StationChoice } from './StationChoice.tsx'
import { TimeChoice } from './TimeChoice.tsx'
import styles from './filter.module.css'

const toggled = <Value,>(list: readonly Value[], value: Value): Value[] => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value])

/** All that the room can be narrowed by; each choice acts at once on list and map. */
export function FilterPanel({ onClose }: { onClose: () => void }) {
  const words = roomWords()
  const filter = askedFilter.value
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.querySelector<HTMLElement>('fieldset button')?.focus()
    void askRegister()
    return () => {
      if (before instanceof HTMLElement) before.focus()
      goOnIn()
    }
  }, [])

  const stations = register.value
  const departments = stations === null || stations === 'failed' ? [] : departmentsOf(stations)
  const listed = filter.department && !departments.includes(filter.department) ? [filter.department, ...departments] : departments
  return (
    <section ref={panel} class={styles['panel']} role="dialog" aria-label={words.filters}>
      <header class={styles['head']}>
        <h2>{words.filters}</h2>
        <IconButton icon={X} label={common().buttons.close} keyHint="Escape" onClick={onClose} />
      </header>
      <div class={styles['body']}>
        <FieldGroup label={words.status}>
          <div class={styles['chips']}>{ReportStatus.options.map((one) => <Chip key={one} selected={filter.status.includes(one)} onClick={() => ask({ status: toggled(filter.status, one) })}>{common().statuses[one]}</Chip>)}</div>
        </FieldGroup>
        <FieldGroup label={words.severity}>
          <div class={styles['chips']}>{Severity.options.map((one) => <Chip key={one} selected={filter.severity.includes(one)} onClick={() => ask({ severity: toggled(filter.severity, one) })}>{common().severities[one]}</Chip>)}</div>
        </FieldGroup>
        <TimeChoice />
        <Select label={words.department} empty={words.anyDepartment} value={filter.department ?? ''} onValue={(department) => ask({ department })} options={listed.map((name) => ({ value: name, label: name }))} />
        <StationChoice code={filter.station} />
        {organisations.value.size > 1 && (
          <FieldGroup label={words.organisation}>
            <div class={styles['chips']}>{[...organisations.value].map(([code, name]) => <Chip key={code} selected={filter.organisation.includes(code)} onClick={() => ask({ organisation: toggled(filter.organisation, code) })}>{name}</Chip>)}</div>
          </FieldGroup>
        )}
        <FieldGroup label={words.pictures}>
          <div class={styles['chips']}>{(['with', 'without'] as const).map((one) => <Chip key={one} selected={filter.pictures === one} onClick={() => ask({ pictures: filter.pictures === one ? undefined : one })}>{words.havePictures[one]}</Chip>)}</div>
        </FieldGroup>
        <FieldGroup label={words.signature}>
          <div class={styles['chips']}>{Signed.options.map((one) => <Chip key={one} selected={filter.signed.includes(one)} onClick={() => ask({ signed: toggled(filter.signed, one) })}>{words.signed[one]}</Chip>)}</div>
        </FieldGroup>
        <FieldGroup label={words.distanceFrom}>
          <div class={styles['chips']}>{Distance.options.map((one) => <Chip key={one} selected={filter.distance.includes(one)} onClick={() => ask({ distance: toggled(filter.distance, one) })}>{words.distances[one]}</Chip>)}</div>
        </FieldGroup>
        <CategoryChoice chosen={filter.category} onChange={(category) => ask({ category })} />
      </div>
      <footer class={styles['foot']}>
        <Button kind="filled" onClick={onClose}>{isLoading.value ? words.done : words.reports(total.value)}</Button>
        {!isEmpty(filter) && <Button kind="quiet" onClick={() => ask(queryOf(noFilter))}>{words.clearAll}</Button>}
      </footer>
    </section>
  )
}
