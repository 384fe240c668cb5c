import { broadcast } from './broadcast.ts'
import { fanOut } from './fan-out.ts'
import type { Part } from './figure.ts'
import { firstLoad } from './first-load.ts'
import { flood } from './flood.ts'
import { slowLine } from './link.ts'
import { phoneStarts } from './phone.ts'
import { pictures } from './pictures.ts'
import { wholeMap } from './map.ts'
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
      'Senders and server share the machine\'s processors. The senders write calls that were made before to open connections and read little of the answers (a thirtieth of what the server needs): phones do more, elsewhere.',
      'One sync costs what the disk says it does; a virtual disk may say so before the bytes are anywhere. The slow disk is a shim that waits after each sync.',
      'What SQLite alone does is the same rows and the same savepoints by prepared statements, without HTTP, session, contract, signature or log. The two are taken in turn five times, the middle of each and of their ratios is told.',
      'Each figure is of three seconds, after two and a half in which the server\'s code was compiled.',
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
      'The sockets are of Node, not of browsers, and all in one process beside the server, so that decoding at the receiving end is a large part of both sides. A message is measured from the commit of its report, and so holds what Veedor reads again to tell it, but not its writing; the lines with its write begin at the sender, and there a report is verified, written and journalled before anybody hears of it, where the bare put keeps nothing.',
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
      'Twenty ask one question at once, each again as soon as it is answered, on the same machine as the server; the pages of the database that are asked for are in memory. Who asks writes to open connections and reads little of the answers. The plain way is what SQLite takes for the same question without counters, with no server around it.',
      'Meanwhile a report is filed five times a second. What is the same for all desks is found once until the next fact, so most of the twenty are told what was found for one of them; where each is asked for once, nobody is.',
      'The reports are made by `npm run seed -- --reports 1000000`; where uploads/seeded holds that many they are taken from there, else they are made first, which takes minutes. BENCH_REPORTS names another number.',
    ],
  },
  link: {
    title: 'A bad line', measure: slowLine,
    notSaid: [
      'The line is a model: a proxy of ours that carries so many bytes a second for all connections together, in segments of 1,400 bytes; a lost one is sent again a round trip later and holds up what is behind it. A real network whose TCP meets such losses is slower, for both sides alike. Bytes are those that the phone gave to the line, without what the line itself sent again.',
      'In the short form the line becomes 96 times faster once the first small picture is there, for both sides; the long form stays at 64 kbit/s to the end, which takes more than an hour. The first small picture is at headquarters when a socket of the desk is told of it.',
      'The app was open and its files were kept before the line became slow.',
    ],
  },
  phone: {
    title: 'The phone starts', measure: phoneStarts,
    notSaid: [
      'Chromium on this machine with its processor slowed six times for the page, not for the worker that gives it its files; no phone is like that in everything, in its disk least of all.',
      'The pictures in the outbox are of 100 kB each, since the start does not read them; their number is what counts. A start ends when the buttons that begin a report are there.',
      'The memory of its process is that of all of the browser\'s page processes, the worker\'s too.',
    ],
  },
  map: {
    title: 'The whole map', measure: wholeMap,
    notSaid: [
      'All shown means that the sum of the marks is every report, be it as headquarters counted them by area; the reports themselves a screen holds some time later.',
      'The plain page is Leaflet.markercluster alone with the answer that the room asks for: no list, no base map, no session, no following of what comes. Browser and server share the machine, and no graphics card draws.',
      'The return is asked for as a screen without sockets asks; with a socket the same comes by itself.',
    ],
  },
}
