import { useEffect, useState } from 'preact/hooks'
import { KeySquare } from 'lucide-preact'
import { type Person, listPeopleCall } from '../../../shared/people.ts'
import { type Token, endTokenCall, listTokensCall } from '../../../shared/tokens.ts'
import { useAct } from '../../kit/act.ts'
import { call } from '../../kit/call.ts'
import { usePresent } from '../../kit/clock.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { tell } from '../../kit/problems.ts'
import { dayOf, dayShort, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { signInWords } from '../../kit/signin/words/signin.ts'
import { NewToken } from './NewToken.tsx'
import styles from './tokens.module.css'

/** `/room/tokens`: tokens for programs, for leads: what each may, whose it is, until when, and when it was last used. */
export function Tokens() {
  const words = signInWords()
  const now = usePresent(30)
  const [tokens, setTokens] = useState<readonly Token[] | null>(null)
  const [people, setPeople] = useState<readonly Person[]>([])
  const [trouble, setTrouble] = useState<string | null>(null)
  const [ending, setEnding] = useState<Token | null>(null)
  const load = async () => {
    try {
      const [found, everyone] = await Promise.all([call(listTokensCall, {}), call(listPeopleCall, {})])
      setTokens(found.tokens)
      setPeople(everyone.people.filter(({ state }) => state !== 'retired'))
      setTrouble(null)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])
  const isOver = (token: Token) => token.endedAt !== null || token.until <= now.toISOString()
  return (
    <div class={styles['page']}>
      <section class={styles['main']} aria-labelledby="tokens">
        <h2 id="tokens" class={styles['title']}>{words.tokens}</h2>
        <p class={styles['what']}>{words.tokensWhat}</p>
        {trouble && <Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner>}
        {tokens === null && !trouble && <Skeleton lines={5} tall />}
        {tokens?.length === 0 && <EmptyState icon={KeySquare} title={words.noTokens} />}
        <ul class={styles['list']}>
          {tokens?.map((token) => (
            <li key={token.id} class={styles['line']} data-over={isOver(token) || undefined}>
              <KeySquare {...stroke} />
              <div>
                <b>{token.name}</b> {words.ofOwner(token.owner.name)}
                <p class={styles['small']}>{words.mayDo}: {token.contracts.map((one) => words.contracts[one]).join(', ')}</p>
                <p class={styles['small']}>{[token.endedAt ? words.tokenEnded : words.untilDay(dayShort(dayOf(token.until))), token.lastUsedAt ? words.lastUsed(moment(token.lastUsedAt, now)) : words.neverUsed].join(', ')}</p>
              </div>
              {!isOver(token) && <Button small onClick={() => setEnding(token)}>{words.end}</Button>}
            </li>
          ))}
        </ul>
      </section>
      <aside class={styles['aside']}><NewToken people={people} onMade={() => void load()} /></aside>
      {ending && <EndToken token={ending} onClose={() => setEnding(null)} onEnded={() => void load()} />}
    </div>
  )
}

function EndToken({ token, onClose, onEnded }: { token: Token; onClose: () => void; onEnded: () => void }) {
  const words = signInWords()
  const { busy, trouble, act } = useAct(onClose)
  const end = () => act(async () => {
    await call(endTokenCall, { id: token.id })
    onEnded()
  })
  return <ConfirmDialog title={words.endTokenTitle(token.name)} action={words.end} danger busy={busy} problem={trouble} onConfirm={end} onClose={onClose}><p>{words.endTokenWhat}</p></ConfirmDialog>
}
