// Beside the sample's phone, in its own storage: tells the page around it, twice a second, what this phone holds. It reads what is on the disk, changes nothing, and loads the phone's app again where it could not be loaded. Only pages of the sample may hold this one in a frame, so whoever hears is one of them.

/** @type {<Result>(request: IDBRequest<Result>) => Promise<Result>} */
const answered = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => fail(request.error)
})

const nothing = { author: null, signedOut: false, filed: [] }

/**
 * Whose phone this is, whether their session has ended, and what they filed: what others left here is not theirs to send.
 * @returns {Promise<{ author: string | null, signedOut: boolean, filed: { id: string, author: string, receipt: object | null, photos: { receivedAt: string | null }[], amendments?: { receipt: object | null }[] }[] }>}
 */
async function held() {
  // Before the phone's own app has made its storage there is nothing to open.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'veedor')) return nothing
  const db = await answered(indexedDB.open('veedor'))
  try {
    if (!db.objectStoreNames.contains('filed')) return nothing
    const tx = db.transaction(['filed', 'kept'])
    const [filed, me, ended] = await Promise.all([answered(tx.objectStore('filed').getAll()), answered(tx.objectStore('kept').get('me')), answered(tx.objectStore('kept').get('signedOut'))])
    const author = me?.person.id ?? null
    return { author, signedOut: ended === true, filed: filed.filter((report) => report.author === author) }
  } finally {
    db.close()
  }
}

const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'))
const patientMilliseconds = 20_000
const probeMilliseconds = 2000
let loadedAt = Date.now()
let loading = document.readyState !== 'complete'
let probing = false
addEventListener('load', () => { loading = false })
frame.addEventListener('load', () => { loading = false })

/** In place of a page that did not come a browser shows one that is not ours. */
const isOurs = () => frame.contentDocument?.URL.startsWith(`${location.origin}/`) ?? false
const isOpened = () => isOurs() && (frame.contentDocument?.getElementById('app')?.childElementCount ?? 0) > 0

/** An app that did not load is loaded again as soon as its address answers. */
async function openAgain() {
  const isPatient = Date.now() - loadedAt < patientMilliseconds
  if (probing || ((loading || isOurs()) && isPatient)) return
  probing = true
  try {
    const answer = await fetch('/observer/', { cache: 'no-store' })
    if (answer.ok && !isOpened()) {
      loadedAt = Date.now()
      loading = true
      frame.src = '/observer/'
    }
  } catch {
    // Still cut.
  }
  setTimeout(() => { probing = false }, probeMilliseconds)
}

async function tell() {
  const opened = isOpened()
  document.body.classList.toggle('opened', opened)
  if (!opened) void openAgain()
  try {
    const { author, signedOut, filed } = await held()
    const reports = filed.map(({ id, receipt, photos, amendments = [] }) => ({ id, confirmed: receipt !== null, photos: photos.length, photosConfirmed: photos.filter((photo) => photo.receivedAt !== null).length, laterWaiting: amendments.filter((later) => later.receipt === null).length }))
    if (parent !== window) parent.postMessage({ veedor: 'phone', opened, author, signedOut, reports }, '*')
  } catch {
    // A version that is being taken over: the next look tells.
  }
  setTimeout(tell, 500)
}

void tell()
