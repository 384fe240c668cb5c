import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { ArrowLeft, X } from 'lucide-preact'
import { common } from '../../kit/words/common.ts'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { me } from '../../kit/me.ts'
import { useHeading } from './heading.ts'
import { icon } from './icon.ts'
import styles from './screen.module.css'

type ScreenProps = { title: string; leave?: 'back' | 'close'; onLeave?: () => void; children: ComponentChildren; foot?: ComponentChildren; label?: string }

/** One screen of the phone: its title and the way out on top, what to do under the thumb. Escape steps back. */
export function Screen({ title, leave = 'back', onLeave, children, foot }: ScreenProps) {
  const heading = useHeading(title)
  useEffect(() => {
    if (leave !== 'back' || !onLeave) return undefined
    const step = (event: KeyboardEvent) => isEscape(event) && onLeave()
    document.addEventListener('keydown', step)
    return () => document.removeEventListener('keydown', step)
  }, [leave, onLeave])
  const Sign = leave === 'back' ? ArrowLeft : X
  return (
    <div class={styles['screen']}>
      <header class={styles['head']}>
        {onLeave && <button type="button" class={styles['leave']} aria-label={leave === 'back' ? common().buttons.back : common().buttons.close} onClick={onLeave}><Sign {...icon} /></button>}
        <h1 ref={heading} tabIndex={-1} class={styles['title']}>{title}</h1>
        {me.value?.mission.exercise && <ExerciseTag />}
      </header>
      <main class={styles['main']}>{children}</main>
      {foot !== undefined && <footer class={styles['foot']}>{foot}</footer>}
    </div>
  )
}

/** Whether Escape is meant for the screen: not for a dialog on it, nor for a search that it empties. */
function isEscape({ key, target, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== 'Escape' || defaultPrevented || document.querySelector('dialog[open]')) return false
  return !(target instanceof HTMLInputElement && target.type === 'search' && target.value !== '')
}
