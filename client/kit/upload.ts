import type * as z from 'zod/mini'
import { type Contract, addressOf } from '../../shared/contract.ts'
import { NoAnswer, formOf, replyOf } from './call.ts'

/** The same as `call` for a form with a file, telling how much of it has left (0 to 1), which fetch cannot. */
export function upload<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  contract: Contract<Input, Reply>, input: z.input<Input> & Record<string, unknown>, file: File, onProgress: (part: number) => void, signal?: AbortSignal,
): Promise<z.output<Reply>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(contract.method, addressOf(contract.path, input).address)
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total))
    request.addEventListener('load', () => {
      try {
        resolve(replyOf(contract, request.status, request.responseText))
      } catch (thrown) {
        reject(thrown instanceof Error ? thrown : new NoAnswer(String(thrown)))
      }
    })
    for (const ending of ['error', 'abort', 'timeout'] as const) request.addEventListener(ending, () => reject(new NoAnswer(ending)))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(formOf(file))
  })
}
