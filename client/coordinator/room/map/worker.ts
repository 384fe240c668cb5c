import { allPoints, onPoints } from '../../store.ts'
import type { Box } from './clusters.ts'
import type { Drawing, ToWorker } from './messages.ts'

export type Clustering = { ask: (view: { view: Box; around: Box; zoom: number }) => void; close: () => void }

/** The clusters of the store's points, computed beside the page. `onDrawing` hears the answer to the last question alone; `onChange` that points changed and it is time to ask again. */
export function cluster({ onDrawing, onChange }: { onDrawing: (drawing: Drawing) => void; onChange: () => void }): Clustering {
  const worker = new Worker(new URL('./clusters.worker.ts', import.meta.url), { type: 'module' })
  const send = (message: ToWorker) => worker.postMessage(message)
  let turn = 0

  worker.addEventListener('message', ({ data }: MessageEvent<Drawing>) => {
    if (data.turn === turn) onDrawing(data)
  })
  send({ kind: 'replace', points: [...allPoints().values()] })
  const stop = onPoints((change) => {
    if ('all' in change) send({ kind: 'replace', points: [...change.all.values()] })
    else send({ kind: 'change', put: [...change.put], drop: [...change.drop] })
    onChange()
  })

  return {
    ask: (view) => {
      turn += 1
      send({ kind: 'view', turn, ...view })
    },
    close: () => {
      stop()
      worker.terminate()
    },
  }
}
