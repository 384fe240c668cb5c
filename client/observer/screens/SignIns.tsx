import { useEffect, useState } from 'preact/hooks'
import { type SignIn, endMySignInCall, knowSignInCall, mySignInsCall } from '../../../shared/signin.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { tell } from '../../kit/problems.ts'
import { Sessions } from '../../kit/signin/Sessions.tsx'
import { signInWords } from '../../kit/signin/words/signin.ts'
import { common } from '../../kit/words/common.ts'
import { close } from '../nav.ts'
import { Screen } from '../parts/Screen.tsx'
import { late } from '../words/late.ts'
import styles from './menu.module.css'

/** Where this observer is signed in, each but this phone to be ended. */
export default function SignIns() {
  const words = signInWords()
  const [signIns, setSignIns] = useState<readonly SignIn[] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const load = async () => {
    try {
      setSignIns((await call(mySignInsCall, {})).signIns)
      setTrouble(null)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])
  return (
    <Screen title={late().menu.signIns} onLeave={() => close()}>
      <section class={styles['part']} aria-label={words.signIns}>
        {trouble && <Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner>}
        {signIns === null && !trouble && <Skeleton lines={3} tall />}
        {signIns && <Sessions signIns={signIns} end={(id) => call(endMySignInCall, { id })} know={(id) => call(knowSignInCall, { id })} onChange={() => void load()} />}
      </section>
      <section class={styles['part']}>
        <p class={styles['more']}>{late().menu.signInsWhat}</p>
      </section>
    </Screen>
  )
}
