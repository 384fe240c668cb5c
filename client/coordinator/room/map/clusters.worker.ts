import { Clusters } from './clusters.ts'
import type { Drawing, ToWorker } from './messages.ts'

// Clustering 100,000 points takes longer than a frame: not on the page's own thread.
const clusters = new Clusters()

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'replace') clusters.replace(data.points)
  else if (data.kind === 'change') clusters.change(data.put, data.drop)
  else {
    const drawing: Drawing = { isCounted: false, isAbout: false, turn: data.turn, view: data.view, zoom: data.zoom, marks: clusters.view(data.around, data.zoom), drawn: clusters.drawn(data.zoom), ...clusters.counts(), inside: clusters.inside(data.view), box: clusters.box() }
    self.postMessage(drawing)
  }
})
