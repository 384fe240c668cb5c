import { computed, signal } from '@preact/signals'
import { isDelivered, isNotToSend } from './standing.ts'
import { changed, kept, onChange, write } from './queue.ts'
import type { Filed, OriginalsWhen } from './records.ts'

/** When this phone's owner wants originals sent. */
export const originalsWhen = signal<OriginalsWhen>('always')
/** What the phone says of its network, where it says anything: most browsers do not. */
export const isOnWifi = signal<boolean | null>(null)

export const holdsOriginals = computed(() => originalsWhen.value === 'wifi' && isOnWifi.value !== true)

type Connection = EventTarget & { type?: string }
const connection = (): Connection | undefined => (navigator as Navigator & { connection?: Connection }).connection

/** Whether the phone says of its network whether it is Wi-Fi. */
function lookAtNetwork(): void {
  const type = connection()?.type
  isOnWifi.value = type === undefined || type === 'unknown' || type === 'none' ? null : type === 'wifi' || type === 'ethernet'
}

/** Reads the choice as it is now: it may be made in one window of this phone while another sends. */
export async function lookAtChoice(): Promise<void> {
  originalsWhen.value = (await kept('originals')) ?? 'always'
}

/** Reads the choice that was made before, and follows it and the phone's network. `onOther` hears that the network is another one. */
export async function followNetwork(onOther: () => void): Promise<void> {
  lookAtNetwork()
  let before = connection()?.type
  connection()?.addEventListener('change', () => {
    lookAtNetwork()
    // How quick it is browsers judge anew all the time; only another kind of network ends what is on its way.
    const type = connection()?.type
    if (type !== before) onOther()
    before = type
  })
  onChange(() => void lookAtChoice())
  await lookAtChoice()
}

/** Keeps the choice for all windows of this phone and for its worker; `instead`: only where it is still that one. */
export async function chooseOriginals(when: OriginalsWhen, instead?: OriginalsWhen): Promise<void> {
  await write(['kept'], async (tx) => {
    const store = tx.objectStore('kept')
    if (!instead || (await store.get('originals')) === instead) await store.put(when, 'originals')
  })
  changed()
}

/** Originals whose text and small copy are at headquarters, or could be: what a phone without Wi-Fi holds back. */
export const heldOriginals = (mine: readonly Filed[]): number =>
  mine.filter((filed) => filed.receipt !== null && !isDelivered(filed)).reduce((sum, filed) => sum + filed.photos.filter((photo) => !photo.receivedAt && !photo.hold && !isNotToSend(filed, photo) && photo.preview !== 'waiting').length, 0)
