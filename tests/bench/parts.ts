import type { Part } from './figure.ts'
import { firstLoad } from './first-load.ts'
import { flood } from './flood.ts'
import { durableReports } from './reports.ts'
import { sendToMarker } from './send-to-marker.ts'

/** Every part by the name under which `npm run bench -- NAME` takes it alone; in the order in which they are run and written. */
export const parts: Readonly<Record<string, Part>> = {
  load: {
    title: 'The phone\'s first load', measure: firstLoad,
    notSaid: ['The register of the country and the mission\'s own words come after the first paint and are not in it.'],
  },
  reports: {
    title: 'Durable reports a second', measure: durableReports,
    notSaid: [
      'Senders and server share the machine\'s processors: with the senders elsewhere the server has more.',
      'One sync costs what the disk says it does; a virtual disk may say so before the bytes are anywhere. The slow disk is a shim that waits after each sync.',
      'What SQLite alone does is the same rows and the same savepoints by prepared statements, without HTTP, session, contract, signature or log.',
    ],
  },
  marker: {
    title: 'From send to marker', measure: sendToMarker,
    notSaid: ['One report at a time and one screen, on the same machine: no network lies between. The plain way keeps nothing and draws an empty element.'],
  },
  flood: {
    title: 'A flood of strangers', measure: flood,
    notSaid: ['The flood comes from one address and a thread of the same machine; many addresses at once are not measured.'],
  },
}
