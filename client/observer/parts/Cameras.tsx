import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { maxPhotoBytes, maxPhotos, type How } from '../../../shared/statement.ts'
import type { Uuid } from '../../../shared/basics.ts'
import { toast } from '../../kit/look/Toasts.tsx'
import { draftShown } from '../nav.ts'
import type { Added } from '../outbox/pictures.ts'
import { addPictures } from '../report.ts'
import { phone } from '../words/index.ts'

type Way = Exclude<How, 'in_app_camera'>
const inputs: Partial<Record<Way, HTMLInputElement>> = {}
let into: Uuid | null = null

/** The draft for which the camera came back with nothing: refused, or its owner thought better of it. */
export const cameraEmptyFor = signal<Uuid | null>(null)

/** A file that was not taken into a draft. */
export type Refusal = { draft: Uuid; file: string; outcome: Exclude<Added, 'added'> }
/** What was refused since pictures were last chosen: told beside the pictures of its draft. */
export const refusals = signal<readonly Refusal[]>([])

/** Opens the phone's camera or gallery; what comes goes into the draft. Call it straight from a tap, since a phone opens neither by itself. */
export function pick(way: Way, draft: Uuid): void {
  into = draft
  inputs[way]?.click()
}

/** Both inputs stand once in the app and outlive its screens. */
export function Cameras() {
  return (
    <>
      <Input way="phone_camera" />
      <Input way="gallery" />
    </>
  )
}

function Input({ way }: { way: Way }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const here = input.current
    if (!here) return undefined
    inputs[way] = here
    const empty = () => {
      if (way === 'phone_camera') cameraEmptyFor.value = into
    }
    here.addEventListener('cancel', empty)
    return () => here.removeEventListener('cancel', empty)
  }, [way])
  const take = (given: HTMLInputElement) => {
    const files = [...(given.files ?? [])]
    given.value = ''
    if (!into || files.length === 0) return
    cameraEmptyFor.value = null
    refusals.value = []
    const draft = into
    void addPictures(draft, files, way, (file, outcome) => tell({ draft, file, outcome }))
  }
  return (
    <input
      ref={input}
      class="visually-hidden"
      type="file"
      accept="image/*"
      tabIndex={-1}
      aria-hidden
      data-way={way}
      {...(way === 'phone_camera' ? { capture: 'environment' } : { multiple: true })}
      onChange={(event) => take(event.currentTarget)}
    />
  )
}

function tell(refusal: Refusal): void {
  refusals.value = [...refusals.value, refusal]
  // Where its draft is not on the screen there is nothing to tell it beside.
  if (draftShown.value !== refusal.draft || refusal.outcome === 'no_draft') toast(said(refusal))
}

/** Why a file was not taken. */
export function why({ outcome }: Refusal): string {
  const { added } = phone().capture
  return outcome === 'too_large' ? added.too_large(maxPhotoBytes) : outcome === 'too_many' ? added.too_many(maxPhotos) : added[outcome]
}

export const said = (refusal: Refusal): string => `${refusal.file}: ${why(refusal)}`
