import { useRef } from 'preact/hooks'
import { Search, X } from 'lucide-preact'
import { useKey } from '../keys.ts'
import { common } from '../words/common.ts'
import { stroke } from './icon.ts'
import { Kbd } from './Kbd.tsx'
import styles from './searchfield.module.css'

/** Finds while one types; `/` goes there, Enter takes what was found, Esc empties it and leaves: to where the caller says. */
export function SearchField({ label, placeholder, value, onValue, onEnter, onLeave }: { label: string; placeholder: string; value: string; onValue: (value: string) => void; onEnter?: () => void; onLeave?: () => void }) {
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
          if (event.key === 'Enter' && !event.isComposing) onEnter?.()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onValue('')
          event.currentTarget.blur()
          onLeave?.()
        }}
      />
      {value === '' ? <Kbd name="/" /> : <button type="button" class={styles['clear']} aria-label={common().buttons.clear} onClick={() => onValue('')}><X {...stroke} size={16} /></button>}
    </label>
  )
}
