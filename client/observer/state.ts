import { computed, signal } from '@preact/signals'
import type { Uuid } from '../../shared/basics.ts'
import type { Me } from '../../shared/mission.ts'
import type { Register } from '../../shared/stations.ts'
import { me } from '../kit/me.ts'
import { missionPlace } from '../kit/numbers.ts'
import { suggestLanguage } from '../kit/words/language.ts'
import { openLooks } from './outbox/looks.ts'
import { isDelivered, mayBeSent } from './outbox/standing.ts'
import { allDrafts, allFiled, changeDraft, keep, kept, onChange, onClosed, startDraft } from './outbox/queue.ts'
import type { ChosenPlace, Draft, Filed, UsedPlace } from './outbox/records.ts'
import { fix } from './place/fix.ts'

export const drafts = signal<readonly Draft[]>([])
export const filed = signal<readonly Filed[]>([])
export const register = signal<Register | null>(null)
export const usedPlaces = signal<readonly UsedPlace[]>([])
export const usedCategories = signal<readonly string[]>([])
export const chosenPlace = signal<ChosenPlace | null>(null)
export const hintsHidden = signal<readonly string[]>([])
/** The session has ended; everything is kept until someone joins again. */
export const signedOut = signal(false)
/** Headquarters wants a newer version of this app before it takes anything. */
export const tooOld = signal(false)
/** Another tab runs a newer version and has taken the database over. */
export const takenOver = signal(false)
/** Whether headquarters answered last; null before anything was asked. */
export const answers = signal<boolean | null>(null)
export const sending = signal(false)
export const waitsAsTold = signal(false)
/** Bytes a second that went through of late; null while nobody knows. */
export const rate = signal<number | null>(null)

/** Rises whenever something new may be sent, or a new attempt is worth it. */
export const toSend = signal(0)
export function send(): void {
  toSend.value += 1
}

/** Whose session this is; nobody's once it has ended. */
export const owner = computed(() => (me.value ? { author: me.value.person.id, mission: me.value.mission.id } : { author: null, mission: null }))
export const mine = computed(() => filed.value.filter((one) => mayBeSent(one, owner.value)).sort((one, other) => other.savedAt - one.savedAt))
export const myDrafts = computed(() => drafts.value.filter((one) => one.author === owner.value.author && one.mission === owner.value.mission).sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1)))
/** What headquarters did not take and its author has opened to be mended. */
export const refused = computed(() => myDrafts.value.filter((draft) => draft.refused))
/** What others left here unsent: only they can send it. */
export const othersUnsent = computed(() => filed.value.filter((one) => !mayBeSent(one, owner.value) && !isDelivered(one)))

/** Reads everything that the phone keeps, so that the app opens without a network. Returns the draft that was open. */
export async function loadState(): Promise<Uuid | null> {
  const [keptMe, ended, stations, places, categories, chosen, hints, lastFix, openDraft] = await Promise.all([
    kept('me'), kept('signedOut'), kept('register'), kept('usedPlaces'), kept('usedCategories'), kept('chosenPlace'), kept('hintsHidden'), kept('fix'), kept('openDraft'),
  ])
  if (keptMe) await showMe(keptMe)
  signedOut.value = ended ?? false
  register.value = stations ?? null
  usedPlaces.value = places ?? []
  usedCategories.value = categories ?? []
  chosenPlace.value = chosen ?? null
  hintsHidden.value = hints ?? []
  fix.value = lastFix ?? null
  await refresh()
  onChange(() => void refresh())
  onClosed(() => (takenOver.value = true))
  return drafts.value.some((draft) => draft.id === openDraft) ? (openDraft ?? null) : null
}

/** Who this phone belongs to, as headquarters said last. */
export async function showMe(next: Me): Promise<void> {
  missionPlace.value = { zone: next.mission.zone, country: next.mission.country }
  await suggestLanguage([next.person.language, ...next.mission.languages])
  me.value = next
}

export async function setSignedOut(ended: boolean): Promise<void> {
  signedOut.value = ended
  await keep('signedOut', ended)
}

export async function hideHint(name: string): Promise<void> {
  hintsHidden.value = [...hintsHidden.value, name]
  await keep('hintsHidden', [...hintsHidden.value])
}

// While edits are on their way to the disk the screen knows more than the disk.
const looks = openLooks()

async function refresh(): Promise<void> {
  const back = looks.begin()
  const [foundDrafts, foundFiled] = await Promise.all([allDrafts(), allFiled()])
  const { isNewest, isUnedited } = back()
  if (isNewest) filed.value = foundFiled
  if (isUnedited) drafts.value = foundDrafts
}

/** Shows what becomes of the drafts at once, and writes it right after. */
async function first(shown: readonly Draft[], write: () => Promise<void>): Promise<void> {
  const written = looks.edit()
  drafts.value = shown
  try {
    await write()
  } finally {
    written()
    await refresh()
  }
}

/** Begins a draft: it is on its way to the disk when this returns its promise. */
export const create = (draft: Draft): Promise<void> => first([...drafts.value, draft], () => startDraft(draft))

/** Changes a draft on the screen at once and on the disk right after. */
export const edit = (id: Uuid, change: (draft: Draft) => Draft): Promise<void> => first(drafts.value.map((draft) => (draft.id === id ? change(draft) : draft)), () => changeDraft(id, change))
