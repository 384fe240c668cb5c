import { broadcast } from './broadcast.ts'
import { fanOut } from './fan-out.ts'
import type { Part } from './figure.ts'
import { firstLoad } from './first-load.ts'
import { flood } from './flood.ts'
import { pictures } from './pictures.ts'
import { million } from './million.ts'
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
  pictures: {
    title: 'Pictures', measure: pictures,
    notSaid: [
      'One picture at a time: two are made at once where two wait. Plain sharp keeps nothing safe: it runs in the server, decodes whatever it is given, checks no header, computes no fingerprint and syncs nothing.',
      'Memory is what Linux counts as resident, with the libraries that processes share counted in each.',
    ],
  },
  broadcast: {
    title: 'One message to many screens', measure: broadcast,
    notSaid: [
      'The sockets are of Node, not of browsers, and all in one process beside the server, so that decoding at the receiving end is a large part of both sides. A report is verified, written and journalled before anybody hears of it; the bare broadcast keeps nothing.',
      'Fifty people with many sockets each stand for so many screens.',
    ],
  },
  screens: {
    title: 'While everybody sends', measure: fanOut,
    notSaid: [
      'A thing counts as shown when its event is at the socket of a screen; the sockets and the phones are of Node, in two processes beside the server, and share its processors and its clock. What a browser takes to draw is in "From send to marker".',
      'Reports have no pictures here; each phone has a connection of its own and asks once how its reports are doing.',
    ],
  },
  million: {
    title: 'A million reports', measure: million,
    notSaid: [
      'Twenty ask one question at once, each again as soon as it is answered, on the same machine as the server; the pages of the database that are asked for are in memory. The plain way is what SQLite takes for the same question without counters, with no server around it.',
      'The reports are made by `npm run seed -- --reports 1000000`; where uploads/seeded holds that many they are taken from there, else they are made first, which takes minutes. BENCH_REPORTS names another number.',
    ],
  },
}
