import { effect } from '@preact/signals'
import { render } from 'preact'
import { homeOf, me } from '../kit/me.ts'
import '../kit/look/tokens.css'
import '../kit/look/base.css'
import '../kit/look/theme.ts'
import { toast } from '../kit/look/Toasts.tsx'
import { loadWords } from '../kit/words/language.ts'
import { App, loadRest } from './app.tsx'
import { askToPersist, isFit, listenForInstall } from './device.ts'
import { draftShown, goHome, joinedBefore, putHomeBeneath, replace, reportShown, router, screenShown } from './nav.ts'
import { keep } from './outbox/queue.ts'
import { isSavedHere, leaveDraft } from './report.ts'
import { drafts, filed, loadState, myDrafts, owner } from './state.ts'
import { keepApp } from './update.ts'
import { phone } from './words/index.ts'

/** What is on the phone is shown before anything is asked of the network. */
export async function begin(place: HTMLElement): Promise<void> {
  listenForInstall()
  if (!isFit()) {
    const { default: Unfit } = await import('./screens/Unfit.tsx')
    await loadWords()
    return render(<Unfit />, place)
  }
  const openDraft = await loadState()
  await loadWords()
  // Whoever joined on another page of ours takes the phone over before anything of another's is shown.
  const joined = joinedBefore()
  if (joined && joined !== owner.value.author) me.value = null
  if (joined || !owner.value.author) await takeSession()
  if (joined && owner.value.author) replace({})
  // What another was writing is not theirs.
  const goesOn = myDrafts.value.some((draft) => draft.id === openDraft)
  if (openDraft && goesOn && draftShown.value !== openDraft) putHomeBeneath({ draft: openDraft })
  else if (draftShown.value ?? reportShown.value ?? screenShown.value) putHomeBeneath(Object.fromEntries(router.query.value))
  followDraft()
  followOtherTabs()
  render(<App />, place)
  const { beginTalking } = await import('./headquarters.ts')
  await beginTalking()
  await keepApp()
  await loadRest()
  if (owner.value.author) await askToPersist()
}

/** Someone who joined on another page of ours is signed in already; anyone else sees the way in. */
async function takeSession(): Promise<void> {
  try {
    const { learnMission } = await import('./headquarters.ts')
    const found = await learnMission()
    if (found.person.role !== 'observer') location.replace(homeOf(found))
  } catch {
    // Whether it is the network or the session: the screen to join says what to do.
  }
}

/** Remembers which draft is on the screen, for a phone that kills the page while its camera is open. */
function followDraft(): void {
  let shown: string | null = null
  effect(() => {
    const next = draftShown.value
    if (next === shown) return
    if (shown) void leaveDraft(shown)
    if (next) void keep('openDraft', next)
    shown = next
  })
}

/** A draft that another tab saved or deleted leaves this one's screen, with a word. */
function followOtherTabs(): void {
  let here: string | null = null
  effect(() => {
    const shown = draftShown.value
    if (drafts.value.some((draft) => draft.id === shown)) here = shown
    else if (shown && shown === here && !isSavedHere(shown)) {
      here = null
      const words = phone().capture
      toast(filed.value.some((one) => one.id === shown) ? words.savedElsewhere : words.droppedElsewhere)
      goHome()
    }
  })
}
