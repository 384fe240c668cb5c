import { Clusters, countOf } from './clusters.ts'
import type { Drawing, ToWorker } from './messages.ts'

// Clustering 100,000 points takes longer than a frame: not on the page's own thread.
const clusters = new Clusters()

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'replace') clusters.replace(data.points)
  else if (data.kind === 'change') clusters.change(data.put, data.drop)
  else {
    const [south, west, north, east] = data.view
    const marks = clusters.view(data.around, data.zoom)
    const inside = marks.filter(({ latitude, longitude }) => latitude >= south && latitude <= north && longitude >= west && longitude <= east)
    const drawing: Drawing = { turn: data.turn, zoom: data.zoom, marks, drawn: clusters.drawn(data.zoom), ...clusters.counts(), inside: inside.reduce((total, mark) => total + countOf(mark), 0), box: clusters.box() }
    self.postMessage(drawing)
  }
})
