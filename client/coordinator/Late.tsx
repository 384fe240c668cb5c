import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../kit/look/Button.tsx'
import { EmptyState } from '../kit/look/EmptyState.tsx'
import { Skeleton } from '../kit/look/Skeleton.tsx'
import { tell } from '../kit/problems.ts'
import { common } from '../kit/words/common.ts'
import { loadWords } from '../kit/words/language.ts'
import styles from './late.module.css'

/** A part of the app that is fetched, with its words, when it is first needed. */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let here: ComponentType<Props> | null = null
  const fetched = async () => {
    const found = await load()
    await loadWords()
    here = found
  }

  return function Late(props: Props) {
    const [, show] = useState(0)
    const [thrown, setThrown] = useState<unknown>(null)
    const [turn, setTurn] = useState(0)
    useEffect(() => {
      if (here) return undefined
      let alive = true
      setThrown(null)
      fetched().then(() => alive && show((count) => count + 1), (refused: unknown) => alive && setThrown(refused))
      return () => void (alive = false)
    }, [turn])

    if (here) {
      const Here = here
      return <Here {...props} />
    }
    if (thrown !== null) return <EmptyState title={tell(thrown)} action={<Button onClick={() => setTurn(turn + 1)}>{common().buttons.again}</Button>} />
    return <div class={styles['late']}><Skeleton lines={5} tall /></div>
  }
}
