import { useEffect, useRef, useState } from 'preact/hooks'
import { Camera, Images } from 'lucide-preact'
import { open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { cameraEmptyFor, pick, refusals, why } from '../parts/Cameras.tsx'
import { icon } from '../parts/icon.ts'
import { Thumb } from '../parts/Thumb.tsx'
import { adding } from '../report.ts'
import { phone } from '../words/index.ts'
import { Fault, Found } from './Fault.tsx'
import styles from './capture.module.css'

/** The pictures of a report, the ways to add more, and what came of those that are not as they should be. */
export function Strip({ draft }: { draft: Draft }) {
  const words = phone().capture
  const [unshown, setUnshown] = useState<readonly string[]>([])
  const strip = useRef<HTMLUListElement>(null)
  const all = draft.photos.length + adding.value
  const before = useRef(all)
  // A picture that comes is seen to come.
  useEffect(() => {
    if (all > before.current) strip.current?.scrollTo({ left: strip.current.scrollWidth })
    before.current = all
  }, [all])
  return (
    <section aria-label={words.pictures} class={styles['pictures']}>
      <div class={styles['row']}>
        <div class={styles['adds']}>
          <button type="button" class={styles['add']} onClick={() => pick('phone_camera', draft.id)}><Camera {...icon} />{words.another}</button>
          <button type="button" class={styles['add']} onClick={() => pick('gallery', draft.id)}><Images {...icon} />{words.gallery}</button>
        </div>
        {all > 0 && <ul ref={strip} class={styles['strip']}>
          {draft.photos.map(({ sha256 }, at) => (
            <li key={sha256}>
              <button type="button" class={styles['picture']} aria-label={words.enlarge(at + 1)} onClick={() => open({ draft: draft.id, at: 'picture', picture: sha256 })}>
                <Thumb report={draft.id} sha256={sha256} alt={words.picture(at + 1, draft.photos.length)} large onUnshown={() => setUnshown((before) => [...before, sha256])} />
              </button>
            </li>
          ))}
          {Array.from({ length: adding.value }, (_, at) => <li key={at} class={styles['coming']}><span class="visually-hidden">{words.keeping}</span></li>)}
        </ul>}
      </div>
      {cameraEmptyFor.value === draft.id && draft.photos.length === 0 && <p class={styles['note']} role="status">{words.cameraEmpty}</p>}
      {refused(draft).map(([reason, names]) => <Fault key={reason}><b>{names}</b> {reason}</Fault>)}
      {draft.photos.map(({ sha256 }, at) => unshown.includes(sha256) && <Fault key={sha256}><b>{words.picture(at + 1, draft.photos.length)}.</b> {words.cannotShow}</Fault>)}
      <Found draft={draft} fields={['photos']} />
    </section>
  )
}

/** The files that were not taken the last time, by why. */
function refused(draft: Draft): [reason: string, names: string][] {
  const names = new Map<string, string[]>()
  for (const one of refusals.value) if (one.draft === draft.id) names.set(why(one), [...(names.get(why(one)) ?? []), one.file])
  return [...names].map(([reason, files]) => [reason, `${files.join(', ')}:`])
}
