import type { BrowserContext, Page } from 'playwright-core'
import { claimReportCall, giveVerdictCall } from '../../shared/verification.ts'
import { seeReportCall } from '../../shared/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import type { Caller } from './house.ts'
import type { Language, Words } from './screen-words.ts'
import type { Stage } from './screen-stage.ts'

/** What an observer's phone holds: ids of a draft with pictures (and the first of these) and of reports that were decided and seen. */
export type Kept = { draft: string; picture: string; decided: string; seen: string }

const said = {
  en: { flat: 'The second stack is flat: none of these ballots was folded.', long: 'They say that the sheet was signed before the count. The president of the table does not answer, and two party agents ask for the count to stop.' },
  es: { flat: 'El segundo montón está liso: ninguna de estas papeletas se dobló.', long: 'Dicen que el acta se firmó antes del escrutinio. La presidencia de la mesa no responde, y dos vigilantes de partido piden que se detenga el conteo.' },
}

/** Fills a phone as its observer does: reports that are decided, seen, received, and a draft. `judges`: coordinators of other organisations. */
export async function fillPhone(context: BrowserContext, words: Words, language: Language, stage: Stage, judges: readonly Caller[]): Promise<Kept> {
  const page = await context.newPage()
  await page.goto(`${stage.sample.address}/observer/`)
  const decided = await fileOne(page, words, { category: 'counting.unfolded_ballots', pictures: stage.pictures.slice(0, 2), said: said[language].flat })
  await fileOne(page, words, { category: 'closing.loose', pictures: [], said: '' })
  const seen = await fileOne(page, words, { category: 'voting.queue', pictures: stage.pictures.slice(2, 3), said: '' })
  await page.locator('[data-delivery=delivered]').waitFor()
  await stage.sample.picturesDone()
  const [first] = judges
  for (const id of [decided, seen]) await first?.call(seeReportCall, { id })
  for (const judge of judges) {
    await judge.call(claimReportCall, { id: decided })
    const { problem } = await judge.call(giveVerdictCall, { id: decided, verdict: uuid7(Date.now()), outcome: 'verified', reasons: ['original_seen', 'place_agrees'], words: '', duplicateOf: null })
    if (problem) throw new Error(JSON.stringify(problem))
  }
  await begin(page, words, stage.pictures.slice(3, 6))
  const picture = await page.locator('main img').first().waitFor().then(() => keptPicture(page))
  await page.getByLabel(words.phone.capture.wordsLabel).fill(said[language].long)
  const draft = await leave(page, words)
  await page.reload()
  await page.locator(`[data-report="${decided}"]`).getByText(words.common.statuses.verified.toLowerCase()).waitFor()
  await page.close()
  return { draft, picture, decided, seen }
}

async function begin(page: Page, words: Words, pictures: readonly string[]): Promise<void> {
  if (pictures.length === 0) await page.getByRole('button', { name: words.phone.home.noPicture, exact: true }).click()
  else {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: words.phone.home.gallery, exact: true }).click()
    await (await chooser).setFiles([...pictures])
  }
  await page.getByRole('button', { name: words.phone.capture.save, exact: true }).waitFor()
  await page.waitForFunction((count) => document.querySelectorAll('main img').length === count, pictures.length)
}

/** The id in the address, before the screen is left. */
async function leave(page: Page, words: Words): Promise<string> {
  const draft = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.getByRole('button', { name: words.common.buttons.close, exact: true }).click()
  await page.locator(`[data-draft="${draft}"]`).waitFor()
  return draft
}

/** Files a report as its author does; gives its id once the list has it. */
export async function fileOne(page: Page, words: Words, { category, pictures, said: text }: { category: string; pictures: readonly string[]; said: string }): Promise<string> {
  await begin(page, words, pictures)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.getByRole('button', { name: words.phone.capture.allCategories }).click()
  await page.locator(`[data-category="${category}"]`).click()
  if (text) await page.getByLabel(words.phone.capture.wordsLabel).fill(text)
  await page.getByRole('button', { name: words.phone.capture.save, exact: true }).click()
  await page.locator(`[data-report="${id}"]`).waitFor()
  return id
}

/** The first picture of the draft on the screen, by the address that opening it has. */
async function keptPicture(page: Page): Promise<string> {
  await page.locator('main img').first().click()
  await page.waitForURL(/picture=/)
  const picture = new URL(page.url()).searchParams.get('picture') ?? ''
  await page.goBack()
  return picture
}
