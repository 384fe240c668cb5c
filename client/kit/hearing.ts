import { reading } from './call.ts'

let lastAt = -Infinity

/** Whether a part of any answer came within so many milliseconds: then the line lives, however slow it is. */
export const heardWithin = (milliseconds: number): boolean => performance.now() - lastAt < milliseconds

/** Reads answers piece by piece from now on, so that one that is long is told from one that does not come. */
export function hearAnswers(): void {
  reading.text = async (response, onBytes) => {
    const decoder = new TextDecoder()
    const reader = response.body?.getReader()
    let text = ''
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      lastAt = performance.now()
      onBytes?.()
      text += decoder.decode(piece.value, { stream: true })
    }
    return text + decoder.decode()
  }
}
