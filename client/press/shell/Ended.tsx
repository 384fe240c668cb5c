import { LogOut } from 'lucide-preact'
import { Button } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { pressWords } from '../words/press.ts'

/** After the session: no picture stays on a screen that hears of no withdrawal. */
export function Ended() {
  const words = pressWords()
  return (
    <main id="wall" role="alert">
      <EmptyState icon={LogOut} title={words.endedTitle} action={<Button kind="filled" onClick={() => location.reload()}>{words.signInAgain}</Button>}>{words.endedWhat}</EmptyState>
    </main>
  )
}
