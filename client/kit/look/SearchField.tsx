import { useRef } from 'preact/hooks'
import { Search, X } from 'lucide-preact'
import { useKey } from '../keys.ts'
import { common } from '../words/common.ts'
import { stroke } from './icon.ts'
import { Kbd } from './Kbd.tsx'
import styles from './searchfield.module.css'

/** Finds while one types; `/` goes there, Esc empties it and leaves. */
export function SearchField({ label, placeholder, value, onValue }: { label: string; placeholder: string; value: string; onValue: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  useKey('/', label, () => input.current?.focus())
  return (
    <label class={styles['field']}>
      <span class="visually-hidden">{label}</span>
      <Search {...stroke} />
      <input
        ref={input}
        class={styles['input']}
        type="search"
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onValue('')
          event.currentTarget.blur()
        }}
      />
      {value === '' ? <Kbd name="/" /> : <button type="button" class={styles['clear']} aria-label={common().buttons.clear} onClick={() => onValue('')}><X {...stroke} size={16} /></button>}
    </label>
  )
}
