import { Component, type ComponentChildren, type ComponentType, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { type Me, meCall } from '../../shared/mission.ts'
import { Problem } from '../../shared/problem.ts'
import type { Role } from '../../shared/roles.ts'
import { call, proof } from './call.ts'
import { listenToKeys } from './keys.ts'
import { Button, ButtonLink } from './look/Button.tsx'
import { KeysDialog } from './look/KeysDialog.tsx'
import { PlainPage } from './look/PlainPage.tsx'
import { Toasts } from './look/Toasts.tsx'
import './look/theme.ts'
import { homeOf, me, takeMe } from './me.ts'
import { tell } from './problems.ts'
import { askProof, asked, isProofDue } from './proof.ts'
import { loadWords } from './words/language.ts'
import { startWords } from './words/start.ts'

const trouble = signal<unknown>(null)

/** Starts a desk's app in `#app` for someone signed in with one of `roles`; anyone else is sent where they belong, or told how to get in. `askMe`: who that is, where it is asked for already. */
export async function start(App: ComponentType, roles: readonly Role[], askMe: () => Promise<Me> = () => call(meCall, {})): Promise<void> {
  const begin = async () => {
    trouble.value = null
    try {
      const found = await askMe()
      if (!roles.includes(found.person.role) || (found.person.role === 'lead' && !found.mission.open)) return location.replace(homeOf(found))
      await takeMe(found)
    } catch (thrown) {
      trouble.value = thrown
    }
  }
  await wordsOr(() => mount(<Begun begin={begin}><App /></Begun>))
  await begin()
}

/** Puts a page of ours into `#app`, with its toasts, its keys, and what is shown when it stops. */
export function mount(page: ComponentChildren): void {
  listenToKeys()
  proof.ask = async (thrown) => isProofDue(thrown) && askProof()
  const place = document.getElementById('app')
  if (place) render(<Guard>{page}<Toasts /><KeysDialog /><Proof /></Guard>, place)
}

/** The dialog in which somebody shows who they are: loaded when it is first asked for, since most never see it. */
function Proof() {
  const [Dialog, setDialog] = useState<ComponentType | null>(null)
  const isAsked = asked.value !== null
  useEffect(() => {
    if (!isAsked || Dialog) return
    import('./signin/ProofDialog.tsx').then(async (found) => {
      await loadWords()
      setDialog(() => found.ProofDialog)
    }, () => asked.peek()?.(false))
  }, [isAsked, Dialog])
  return isAsked && Dialog ? <Dialog /> : null
}

/** Without words nothing can be said but this. */
export async function wordsOr(then: () => void): Promise<void> {
  try {
    await loadWords()
  } catch {
    document.getElementById('app')?.append('Veedor: sin conexión con la sede, cargue de nuevo esta página. No connection with headquarters, load this page again.')
    return
  }
  then()
}

function Begun({ begin, children }: { begin: () => Promise<void>; children: ComponentChildren }) {
  if (trouble.value !== null) return <CannotBegin thrown={trouble.value} again={() => void begin()} />
  return me.value ? <>{children}</> : null
}

/** Why a page could not begin, and what to do. */
export function CannotBegin({ thrown, again }: { thrown: unknown; again: () => void }) {
  const words = startWords()
  if (thrown instanceof Problem && thrown.code === 'not_signed_in') return <NotSignedIn />
  const silent = !(thrown instanceof Problem)
  return (
    <PlainPage title={silent ? words.noAnswerTitle : words.refusedTitle} actions={<Button kind="filled" onClick={again}>{words.loadAgain}</Button>}>
      <p>{silent ? words.noAnswerWhat : tell(thrown)}</p>
    </PlainPage>
  )
}

export function NotSignedIn() {
  const words = startWords()
  return (
    <PlainPage title={words.notSignedIn} actions={<><ButtonLink kind="filled" href={`/signin?to=${encodeURIComponent(location.pathname + location.search)}`}>{words.signIn}</ButtonLink><ButtonLink href="/join">{words.byCode}</ButtonLink></>}>
      <p>{words.notSignedInWhat}</p>
      <h2>{words.howToGetIn}</h2>
      <ul>{words.waysIn.map((way) => <li key={way}>{way}</li>)}</ul>
    </PlainPage>
  )
}

/** Catches what a page throws while it draws, and says so instead of leaving it blank. */
class Guard extends Component<{ children: ComponentChildren }, { thrown: unknown }> {
  override state = { thrown: undefined as unknown }

  static override getDerivedStateFromError(thrown: unknown) {
    return { thrown }
  }

  override render() {
    const { thrown } = this.state
    if (thrown === undefined) return this.props.children
    const words = startWords()
    return (
      <PlainPage title={words.brokenTitle} actions={<Button kind="filled" onClick={() => location.reload()}>{words.loadAgain}</Button>}>
        <p>{words.brokenWhat}</p>
        <details>
          <summary>{words.brokenDetail}</summary>
          <code>{thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)}</code>
        </details>
      </PlainPage>
    )
  }
}
