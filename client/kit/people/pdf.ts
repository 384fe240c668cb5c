import type { PDFDocument, PDFFont, PDFPage } from '@cantoo/pdf-lib'
import { quiet } from '../look/QrCode.tsx'
import { type PrintedCard, pagesOf } from './cards.ts'

// Points. Two columns of four cards that fit a sheet of A4 as well as one of US Letter, so that nobody has to choose; the rest is the printer's margin.
const millimetre = 72 / 25.4
const paper = { a4: [210, 297], letter: [216, 279] } as const
export type Paper = keyof typeof paper
export const cardMillimetres = { width: 95, height: 65 }

/** A sheet of cards as a PDF, made in the browser: no code on it goes anywhere else. */
export async function cardsPdf(cards: readonly PrintedCard[], size: Paper): Promise<Blob> {
  const { PDFDocument: Pdf, StandardFonts } = await import('@cantoo/pdf-lib')
  const pdf = await Pdf.create()
  pdf.setTitle(cards[0]?.mission ?? 'Veedor')
  const fonts = { plain: await pdf.embedFont(StandardFonts.Helvetica), bold: await pdf.embedFont(StandardFonts.HelveticaBold), code: await pdf.embedFont(StandardFonts.CourierBold) }
  const [width, height] = paper[size]
  for (const onPage of pagesOf(cards)) {
    const page = pdf.addPage([width * millimetre, height * millimetre])
    for (const [at, card] of onPage.entries()) {
      const left = (width / 2 + (at % 2 === 0 ? -cardMillimetres.width : 0)) * millimetre
      const top = (height / 2 + cardMillimetres.height * (2 - Math.floor(at / 2))) * millimetre
      await drawCard(pdf, page, fonts, card, left, top)
    }
  }
  return new Blob([(await pdf.save()).slice()], { type: 'application/pdf' })
}

type Fonts = Record<'plain' | 'bold' | 'code', PDFFont>
type Text = { text: string; size: number; font: keyof Fonts; lines: number }

async function drawCard(pdf: PDFDocument, page: PDFPage, fonts: Fonts, card: PrintedCard, left: number, top: number): Promise<void> {
  const { grayscale } = await import('@cantoo/pdf-lib')
  const mm = (value: number) => value * millimetre
  page.drawRectangle({ x: left, y: top - mm(cardMillimetres.height), width: mm(cardMillimetres.width), height: mm(cardMillimetres.height), borderWidth: 0.5, borderDashArray: [3, 3], borderColor: grayscale(0.5) })
  const side = mm(36)
  const scale = side / (card.qr.size + 2 * quiet)
  page.drawSvgPath(card.qr.path, { x: left + mm(4) + quiet * scale, y: top - mm(14) - quiet * scale, scale, color: grayscale(0) })
  const line = (text: string, size: number, font: keyof Fonts, lines = 1): Text => ({ text, size, font, lines })
  await write(pdf, page, fonts, [line([card.mission, card.exercise].filter(Boolean).join(' · '), 10, 'bold')], left + mm(5), top - mm(5), mm(85))
  await write(pdf, page, fonts, [line(card.name, 12, 'bold', 3), line(card.who, 9, 'plain'), line(card.organisation, 9, 'plain', 2), line(card.how, 8, 'plain', 4)], left + mm(43), top - mm(15), mm(48))
  await write(pdf, page, fonts, [line(card.code, 15, 'code'), line(card.type, 7.5, 'plain', 2)], left + mm(5), top - mm(51), mm(86))
}

/** Texts below each other from the top, each in at most so many lines. */
async function write(pdf: PDFDocument, page: PDFPage, fonts: Fonts, texts: readonly Text[], left: number, top: number, width: number): Promise<void> {
  let y = top
  for (const { text, size, font, lines } of texts.filter((one) => one.text !== '')) {
    for (const part of wrapped(text, lines, (piece) => widthOf(fonts[font], piece, size) <= width)) {
      y -= size * 1.25
      await drawText(pdf, page, fonts[font], part, { x: left, y, size, isBold: font !== 'plain' })
    }
    y -= 2
  }
}

/** The words of a text in lines that fit; what does not fit the last one ends in an ellipsis. */
export function wrapped(text: string, most: number, fits: (line: string) => boolean): string[] {
  const lines: string[] = []
  let rest = text.split(/\s+/).filter(Boolean)
  while (rest.length > 0 && lines.length < most) {
    let count = 1
    while (count < rest.length && fits(rest.slice(0, count + 1).join(' '))) count += 1
    lines.push(rest.slice(0, count).join(' '))
    rest = rest.slice(count)
  }
  const last = lines.length - 1
  const isCut = rest.length > 0
  let end = lines[last] ?? ''
  if (!isCut && fits(end)) return lines
  while (end.length > 1 && !fits(`${end}…`)) end = end.slice(0, -1)
  return lines.length === 0 ? [] : [...lines.slice(0, last), `${end.trimEnd()}…`]
}

// The fonts that every reader of PDF has know the letters of western Europe. A name in any other is drawn by the browser and put there as a picture.
function knows(font: PDFFont, text: string): boolean {
  const letters = known.get(font) ?? new Set(font.getCharacterSet())
  known.set(font, letters)
  return [...text].every((letter) => letters.has(letter.codePointAt(0) ?? 0))
}
const known = new WeakMap<PDFFont, ReadonlySet<number>>()

const widthOf = (font: PDFFont, text: string, size: number): number => (knows(font, text) ? font.widthOfTextAtSize(text, size) : text.length * size * 0.62)

const sharpness = 4

async function drawText(pdf: PDFDocument, page: PDFPage, font: PDFFont, text: string, { x, y, size, isBold }: { x: number; y: number; size: number; isBold: boolean }): Promise<void> {
  if (knows(font, text)) return page.drawText(text, { x, y, size, font })
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  const letters = `${isBold ? '700 ' : ''}${size * sharpness}px sans-serif`
  pen.font = letters
  canvas.width = Math.ceil(pen.measureText(text).width) + sharpness
  canvas.height = Math.ceil(size * sharpness * 1.4)
  pen.font = letters
  pen.fillText(text, 0, size * sharpness)
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
  if (!picture) throw new Error('no picture')
  const image = await pdf.embedPng(await picture.arrayBuffer())
  page.drawImage(image, { x, y: y - size * 0.4, width: canvas.width / sharpness, height: canvas.height / sharpness })
}
