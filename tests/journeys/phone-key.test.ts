import { webcrypto } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { getReportCall, listReportsCall } from '../../shared/reports.ts'
import type { ReportLine } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { begin, button, context, house, lead, openPhone, page, said, withPhone } from '../support/phone-page.ts'

withPhone()

const words = said.en
const delivered = () => page.locator('[data-delivery=delivered]').waitFor(patient)

async function save(): Promise<string> {
  await begin(words)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.locator('[data-category]').first().tap()
  await button(words.phone.capture.save).tap()
  await page.locator(`[data-report="${id}"]`).waitFor(patient)
  return id
}

const lineOf = async (id: string): Promise<ReportLine | undefined> => (await lead.call(listReportsCall, {})).reply.reports.find((line) => line.id === id)
const keyRows = (person: string) => house.db.readers.selectFrom('phoneKeys').selectAll().where('person', '=', person).execute()

/** The phone's store as the version before had it: without keys, its report without a signature. */
const goBackToVersionOne = async () => page.evaluate(async () => {
  const answer = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('no answer'))
  })
  const kept = new Map<string, [IDBValidKey, unknown][]>()
  const names = ['drafts', 'filed', 'originals', 'smalls', 'kept']
  const now = await answer(indexedDB.open('veedor'))
  for (const name of names) {
    const [keys, values] = [await answer(now.transaction(name).objectStore(name).getAllKeys()), await answer(now.transaction(name).objectStore(name).getAll())]
    kept.set(name, keys.map((key, at) => [key, values[at]]))
  }
  now.close()
  await answer(indexedDB.deleteDatabase('veedor'))
  const old = indexedDB.open('veedor', 1)
  old.onupgradeneeded = () => names.forEach((name) => old.result.createObjectStore(name, name === 'drafts' || name === 'filed' ? { keyPath: 'id' } : {}))
  const db = await answer(old)
  const tx = db.transaction(names, 'readwrite')
  for (const [name, rows] of kept) {
    for (const [key, value] of rows) {
      if (name === 'filed') tx.objectStore(name).put(Object.fromEntries(Object.entries(value as object).filter(([field]) => field !== 'signature')))
      else if (name === 'drafts') tx.objectStore(name).put(value)
      else tx.objectStore(name).put(value, key)
    }
  }
  await new Promise((done) => { tx.oncomplete = done })
  db.close()
})

describe('a phone’s key', () => {
  test('[R129] is made on the phone, cannot be taken off it, signs a report that is finished with no network, and the menu says so with none too', async () => {
    const { id: author } = await openPhone({ language: 'en' })
    await expect.poll(() => keyRows(author), patient).toHaveLength(1)
    await context?.setOffline(true)
    const id = await save()
    expect(await lineOf(id)).toBeUndefined()
    const kept = await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const asked = indexedDB.open('veedor')
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => fail(asked.error ?? new Error('no answer'))
      })
      const all = (name: string) => new Promise<unknown[]>((done) => {
        const asked = db.transaction(name).objectStore(name).getAll()
        asked.onsuccess = () => done(asked.result)
      })
      const [key] = (await all('keys')) as { privateKey: CryptoKey; publicKey: string }[]
      const [report] = (await all('filed')) as { statement: string; signature: string }[]
      db.close()
      const taken = await crypto.subtle.exportKey('pkcs8', key!.privateKey).then(() => 'taken', (refused: unknown) => (refused as Error).name)
      return { ...report!, publicKey: key!.publicKey, extractable: key!.privateKey.extractable, taken }
    })
    expect([kept.extractable, kept.taken]).toEqual([false, 'InvalidAccessError'])
    expect((await keyRows(author))[0]?.publicKey).toBe(kept.publicKey)
    const key = await webcrypto.subtle.importKey('spki', Buffer.from(kept.publicKey, 'base64url'), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    expect(await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(kept.signature, 'base64url'), Buffer.from(kept.statement))).toBe(true)

    await context?.setOffline(false)
    await delivered()
    expect((await lead.call(getReportCall, { id })).reply).toMatchObject({ signed: 'signed', line: { signed: 'signed', status: 'received' } })

    await context?.route('**/api/**', (route) => route.abort())
    await page.reload()
    await button(words.phone.home.menu).tap()
    await page.getByText(words.signing.menu.signs).waitFor(patient)
  })

  const openFormer = async () => {
    await page.goto('about:blank')
    await page.goto(`${house.address}/health`)
    await goBackToVersionOne()
    await page.goto(`${house.address}/observer/`)
  }

  test('[R130] comes to a phone that joined before there were keys: what waited goes unsigned as it was, what follows is signed', async () => {
    await openPhone({ language: 'en', before: (opened) => opened.route('**/api/my/key', (route) => route.abort()) })
    const old = await save()
    // Nothing goes before headquarters knows the key.
    await page.locator('[data-delivery=saved], [data-delivery=silent]').first().waitFor(patient)
    expect(await lineOf(old)).toBeUndefined()
    await context?.unroute('**/api/my/key')
    await openFormer()
    await delivered()
    const next = await save()
    await delivered()
    expect([(await lineOf(old))?.signed, (await lineOf(next))?.signed]).toEqual(['unsigned', 'signed'])
  })

  test('[R130] that this phone lost is not replaced within its session: reports go unsigned, also what was signed meanwhile, and none is set aside', async () => {
    const author = await openPhone({ language: 'en' })
    await expect.poll(() => keyRows(author.id), patient).toHaveLength(1)
    await openFormer()
    await context?.setOffline(true)
    const meanwhile = await save()
    await context?.setOffline(false)
    await delivered()
    const next = await save()
    await delivered()
    expect([await lineOf(meanwhile), await lineOf(next)].map((line) => [line?.signed, line?.status])).toEqual([['unsigned', 'received'], ['unsigned', 'received']])
    expect(await keyRows(author.id)).toHaveLength(1)
  })

  test('[R130] that this phone cannot make is missed in plain words, and reports go unsigned', async () => {
    const { id: author } = await openPhone({ language: 'en', before: (opened) => opened.addInitScript(() => { Object.defineProperty(SubtleCrypto.prototype, 'generateKey', { value: () => Promise.reject(new Error('refused')) }) }) })
    const id = await save()
    await delivered()
    expect([(await lineOf(id))?.signed, (await keyRows(author)).length]).toEqual(['unsigned', 0])
  })
})
