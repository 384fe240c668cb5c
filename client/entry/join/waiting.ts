import * as z from 'zod/mini'

/** Whose unsent reports wait in this browser, and how many of each. */
export type Waiting = { name: string; reports: number }

/** What of a report in the phone's own store says whether it waits. */
const Filed = z.object({ authorName: z.string(), receipt: z.nullable(z.object({})), photos: z.array(z.object({ receivedAt: z.nullable(z.string()) })) })

/** Reads what the phone's app keeps in this browser, if it was ever here. */
export async function waitingHere(): Promise<Waiting[]> {
  // Opening it would make it, empty and without its stores.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'veedor')) return []
  const opening = indexedDB.open('veedor')
  // It went between the two: what is made here by the way has to go too.
  opening.onupgradeneeded = () => opening.transaction?.abort()
  const db = await answer(opening)
  try {
    const reports = z.array(Filed).parse(await answer(db.transaction('filed').objectStore('filed').getAll()))
    const left = reports.filter(({ receipt, photos }) => receipt === null || photos.some(({ receivedAt }) => receivedAt === null))
    return [...new Set(left.map(({ authorName }) => authorName))].map((name) => ({ name, reports: left.filter(({ authorName }) => authorName === name).length }))
  } finally {
    db.close()
  }
}

const answer = <Result>(request: IDBRequest<Result>): Promise<Result> => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error ?? new Error('no answer'))
})
