import { type ReadonlySignal, signal } from '@preact/signals'
import { allPoints, cells, onPoints } from '../../store.ts'
import { counted } from './counted.ts'
import type { Drawing, ToWorker, View } from './messages.ts'

const waits = signal(true)
/** Whether the map does not show what the store holds yet: of many reports clusters take longer than a list, and before that the program itself has to come. */
export const isDrawing: ReadonlySignal<boolean> = waits

export type Clustering = { ask: (view: View) => void; close: () => void }

/**
 * What the map draws of the store's reports: as headquarters counted them while they are not all here, else their clusters, computed beside the page. `onDrawing` hears the answer to the last question alone;
 * `onChange` that something changed and it is time to ask again.
 */
export function cluster({ onDrawing: draw, onChange }: { onDrawing: (drawing: Drawing) => void; onChange: () => void }): Clustering {
  const worker = new Worker(new URL('./clusters.worker.ts', import.meta.url), { type: 'module' })
  const send = (message: ToWorker) => worker.postMessage(message)
  let turn = 0
  const onDrawing = (drawing: Drawing) => {
    waits.value = false
    draw(drawing)
  }

  waits.value = true
  worker.addEventListener('message', ({ data }: MessageEvent<Drawing>) => {
    if (data.turn === turn && cells.peek() === null) onDrawing(data)
  })
  send({ kind: 'replace', points: [...allPoints().values()] })
  const counting = counted(onChange)
  const stop = onPoints((change) => {
    if ('all' in change) {
      // What is answered from now on to what was asked before is of other reports.
      turn += 1
      waits.value = true
      send({ kind: 'replace', points: [...change.all.values()] })
    } else if (change.put.length + change.drop.length > 0) send({ kind: 'change', put: [...change.put], drop: [...change.drop] })
    counting.changed()
    onChange()
  })

  return {
    ask: (view) => {
      turn += 1
      const drawing = counting.drawing(view, turn)
      if (drawing) onDrawing(drawing)
      else send({ kind: 'view', turn, ...view })
    },
    close: () => {
      stop()
      counting.close()
      worker.terminate()
    },
  }
}
