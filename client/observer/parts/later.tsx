import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../kit/look/Button.tsx'
import { common } from '../../kit/words/common.ts'
import { loadWords } from '../../kit/words/language.ts'
import styles from './later.module.css'

/** A screen whose code comes after the first paint. `load` fetches it ahead, so that it opens at once and with no network. What is not `needed` is left out where it does not come. */
export function later<Props extends object>(fetchIt: () => Promise<ComponentType<Props>>, needed = true): ComponentType<Props> & { load: () => Promise<void> } {
  let Loaded: ComponentType<Props> | null = null
  const load = async () => {
    const found = Loaded ?? (await fetchIt())
    // It may have brought words of its own.
    await loadWords()
    Loaded = found
  }
  const Later = (props: Props) => {
    const [state, setState] = useState<'coming' | 'here' | 'failed'>(Loaded ? 'here' : 'coming')
    useEffect(() => {
      if (state === 'coming') load().then(() => setState('here'), () => setState('failed'))
    }, [state])
    if (state === 'here' && Loaded) return <Loaded {...props} />
    if (state === 'coming' || !needed) return null
    return (
      <div class={styles['failed']} role="alert">
        <p>{common().noAnswer}</p>
        <Button onClick={() => setState('coming')}>{common().buttons.again}</Button>
      </div>
    )
  }
  return Object.assign(Later, { load })
}
