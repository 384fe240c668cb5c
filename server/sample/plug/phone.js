// Beside the sample's phone, in its own storage: tells the page around it, twice a second, what this phone holds. It reads what is on the disk, and changes nothing. Only pages of the sample may hold this one in a frame, so whoever hears is one of them.

/** @type {<Result>(request: IDBRequest<Result>) => Promise<Result>} */
const answered = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => fail(request.error)
})

/** @returns {Promise<{ id: string, receipt: object | null, photos: { receivedAt: string | null }[] }[]>} */
async function filed() {
  // Before the phone's own app has made its storage there is nothing to open.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'veedor')) return []
  const db = await answered(indexedDB.open('veedor'))
  try {
    return db.objectStoreNames.contains('filed') ? await answered(db.transaction('filed').objectStore('filed').getAll()) : []
  } finally {
    db.close()
  }
}

async function tell() {
  try {
    const reports = (await filed()).map(({ id, receipt, photos }) => ({ id, confirmed: receipt !== null, photos: photos.length, photosConfirmed: photos.filter((photo) => photo.receivedAt !== null).length }))
    if (parent !== window) parent.postMessage({ veedor: 'phone', reports }, '*')
  } catch {
    // A version that is being taken over: the next look tells.
  }
  setTimeout(tell, 500)
}

void tell()
