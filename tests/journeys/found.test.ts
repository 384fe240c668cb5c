import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { brokenHeic } from '../support/hostile.ts'
import { photoId } from '../../shared/photos.ts'
import { file, hashOf, sendOriginal, sendPreview } from '../support/reports.ts'
import { ana, bruno, deskOf, house, kindsOf, nextSeed, withDesks } from '../support/report-page.ts'
import { judge, releaseOf } from '../support/desk.ts'
import { releaseCall } from '../../shared/press.ts'

// What is found in pictures, as a coordinator sees it and acts on it, in a real browser.

withDesks()

test('[R201] a HEIC that we cannot decode: its original is taken out, a decoded copy is given, and the picture is released from it', async () => {
  const heic = brokenHeic(nextSeed())
  const picture = await phonePicture(nextSeed())
  const filed = await file(house, ana, { pictures: [heic], station: 'CE-01' })
  await sendPreview(ana, filed.id, heic, await sharp(picture).resize(400).jpeg().toBuffer())
  await sendOriginal(ana, filed.id, heic)
  await house.picturesDone()
  await judge(house, bruno, filed.id)

  const page = await deskOf(bruno, `/room/reports/${filed.id}`)
  await page.getByText('We cannot decode this HEIC. This is the phone’s small copy.').waitFor()
  expect(await page.getByRole('link', { name: 'Release this picture' }).count()).toBe(0)
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Take the original' }).last().click()
  expect(await readFile(await (await arrives).path())).toEqual(heic)
  await expect.poll(() => kindsOf(filed.id), patient).toContain('photo.original_taken')

  await page.getByRole('button', { name: 'Give a decoded copy' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Give this copy' }).click()
  await dialog.getByText('Choose the file first.').waitFor()
  const choose = async (name: string, buffer: Buffer) => dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer })
  await choose('cut.jpg', picture.subarray(0, 2_000))
  await dialog.getByRole('button', { name: 'Give this copy' }).click()
  await dialog.getByText('This file cannot be opened as a picture.').waitFor()
  await choose('decoded.jpg', picture)
  await dialog.getByRole('button', { name: 'Give this copy' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Shown and released by a copy that Bruno Rivas decoded').waitFor()
  await page.getByRole('link', { name: 'Release this picture' }).waitFor()
  await page.getByText('Bruno Rivas gave a decoded copy of a picture').waitFor()
  expect((await bruno.call(releaseCall, await releaseOf(bruno, photoId(filed.id, hashOf(heic))))).status).toBe(201)
})

test('[R202] [R204] what a file says stands beside what the phone said, as words; and where else the picture came leads there', async () => {
  const script = '<img src=x onerror=globalThis.broken=1>'
  const bytes = await sharp(await phonePicture(nextSeed())).withExif({ IFD0: { Make: script, Software: 'Adobe Photoshop 26.1' }, IFD2: { DateTimeOriginal: '2024:02:04 09:12:40', OffsetTimeOriginal: '-06:00' } }).jpeg().toBuffer()
  const dora = await house.person('observer')
  const [first, second] = [await file(house, ana, { pictures: [bytes] }), await file(house, dora, { pictures: [bytes] })]
  await sendOriginal(ana, first.id, bytes)
  await house.picturesDone()
  await sendOriginal(dora, second.id, bytes)
  await house.picturesDone()

  const page = await deskOf(bruno, `/room/reports/${first.id}`)
  const said = page.locator('dl[aria-label="What the file says of itself"]')
  await said.getByText('4 Feb 2024, 09:12; the phone said').waitFor()
  await said.getByText(`${script}; last written by Adobe Photoshop 26.1, which changes pictures`).waitFor()
  expect(await said.locator('[data-mark=differs]').count()).toBe(2)
  expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false)
  await page.getByText('The same picture came in').getByRole('link', { name: `R-${second.number}` }).click()
  await page.locator('header b').getByText(`R-${second.number}`).waitFor()
  await page.getByText('The same picture came in').getByRole('link', { name: `R-${first.number}` }).waitFor()
})
