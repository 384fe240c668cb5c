// Who may do what: one line for each call, each door that is no call, each room and each page. `tests/features/access.test.ts` makes its tests from these lines, each role times
// one's own, another's, a foreign mission's and an invented id; a call, door or page without its line fails, and so does a line without its call.
//
// A new call needs one line here, at the end of its group: its name, who may use it and, where its address names a thing, which thing. Written out once more beside the contract, so
// that a change of either must be said twice.

/** The kinds of things that an address names. `link` is a one-time link's token, `register` and `delegation` a previewed file's hash, `ticket` a download's address. */
export type Thing = 'report' | 'photo' | 'release' | 'notice' | 'person' | 'ticket' | 'upload' | 'register' | 'delegation' | 'link' | 'token' | 'passkey' | 'session'

export type Line = {
  /** Roles, `token`, or `anyone` without signing in. */
  who: string
  names?: Thing
  /** The field that names it, where that is not `id`. */
  by?: string
  /** Whether whoever may use it finds all things of the mission (unless said) or one's own alone. */
  sees?: 'own'
  /** The sender makes the id, so one that nobody knows is a new thing. */
  makes?: true
  /** What is answered about one's own or another's thing, where that is not a success or a conflict. */
  own?: string
  another?: string
  /** It changes its thing so that the next test would meet another one: each gets its own. */
  fresh?: true
  /** It signs in, which ends the session that the browser held: each knocks with one to lose. */
  signsIn?: true
  /** What it needs beside the id to be understood. */
  with?: Record<string, unknown>
}

const desk = 'coordinator lead'
const staff = 'coordinator press lead'
const everyone = 'observer coordinator press lead'
const uuid7 = '01890000-0000-7000-8000-00000000abcd'

export const calls: Record<string, Line> = {
  me: { who: `${everyone} token` },
  leave: { who: everyone },
  changes: { who: everyone, with: { since: 0 } },
  asOf: { who: desk, with: { asOf: '2027-02-28T20:00:00.000Z' } },
  asOfLines: { who: desk, with: { asOf: '2027-02-28T20:00:00.000Z', ids: ['019530f2-8a7b-7c1d-8e2f-3a4b5c6d7e8f'] } },
  since: { who: desk, with: { at: '2027-02-28T20:00:00.000Z' } },
  mapWindow: { who: desk, with: { south: 13, west: -90, north: 14, east: -88, zoom: 9 } },
  roomCounts: { who: desk },
  heldReports: { who: desk, with: { since: 0 } },
  heldReleases: { who: staff, with: { since: 0, first: 0 } },
  ground: { who: desk },
  groundTile: { who: desk, with: { z: 0, x: 0, y: 0 } },
  screenFault: { who: staff, with: { id: uuid7, screen: 'room', number: 1, held: 1, shown: 0 } },

  beginSetUp: { who: 'anyone' },
  openSample: { who: 'lead' },
  setBasics: { who: 'lead' },
  setChecking: { who: 'lead' },
  skipRegister: { who: 'lead' },
  proposeRules: { who: 'lead' },
  lastBackup: { who: 'lead' },
  openMission: { who: 'lead' },
  closeMission: { who: 'lead' },
  reopenMission: { who: 'lead' },

  register: { who: 'observer coordinator lead token' },
  previewRegister: { who: 'lead' },
  importRegister: { who: 'lead', names: 'register', by: 'upload', with: { right: 1, wrong: 0 } },
  wrongLines: { who: 'lead', names: 'register', by: 'upload' },

  listPeople: { who: 'lead' },
  listOrganisations: { who: desk },
  invite: { who: 'lead', names: 'person', makes: true, with: { name: 'Nadia', role: 'observer', organisation: 'Delegation A', language: 'es' } },
  newLink: { who: 'lead', names: 'person' },
  retire: { who: 'lead', names: 'person', own: 'not_allowed', fresh: true },
  takeBack: { who: 'lead', names: 'person' },
  newCards: { who: 'lead' },
  endAccess: { who: 'lead', names: 'person', own: 'not_allowed', fresh: true },
  changeRole: { who: 'lead', names: 'person', own: 'not_allowed', fresh: true, with: { role: 'press' } },
  makeTransfer: { who: 'observer' },
  previewDelegation: { who: 'lead' },
  importDelegation: { who: 'lead', names: 'delegation', by: 'upload', with: { right: 1, wrong: 0 } },
  wrongPeople: { who: 'lead', names: 'delegation', by: 'upload' },
  lookAtLink: { who: 'anyone', names: 'link', by: 'token', fresh: true },
  join: { who: 'anyone', names: 'link', by: 'token', fresh: true, signsIn: true },

  fileReport: { who: 'observer', names: 'report', sees: 'own', makes: true, with: { statement: '{}', sentAt: '2027-02-28T20:00:00.000Z' } },
  amendReport: { who: 'observer', names: 'report', by: 'report', sees: 'own', with: { id: uuid7, statement: '{}', sentAt: '2027-02-28T20:00:00.000Z' } },
  myReports: { who: 'observer token' },
  registerKey: { who: 'observer' },
  checkReceipt: { who: 'anyone' },
  myStatements: { who: 'observer', with: { ids: uuid7 } },
  listObservers: { who: desk },
  fileFor: { who: desk, names: 'report', makes: true, own: 'not_found', another: 'not_found', with: { channel: 'phone', category: 'voting.queue', severity: 'low', station: null, table: null, atStation: true, observedAt: '2027-02-28T20:00:00.000Z', words: '', language: 'en' } },
  // A withdrawal taken back of what was not withdrawn: the stage's reports stay as they are.
  amendFor: { who: desk, names: 'report', by: 'report', with: { id: `${uuid7.slice(0, -1)}d`, channel: 'phone', type: 'restoration', toldAt: '2027-02-28T20:00:00.000Z', words: 'It was right', language: 'en' } },
  quarantine: { who: desk, names: 'person', own: 'not_allowed', fresh: true, with: { reason: 'Pictures of another place' } },
  liftQuarantine: { who: desk, names: 'person', own: 'not_allowed', with: { reason: 'It was another' } },
  sealKey: { who: 'observer' },
  openSealed: { who: desk, with: { made: 'B0123' } },
  carryReport: { who: desk, names: 'report', own: 'not_found', another: 'not_found', with: { statement: '{"author":"01890000-0000-7000-8000-000000000000"}', sentAt: '2027-02-28T20:00:00.000Z' } },
  carryAmendment: { who: desk, names: 'report', by: 'report', own: 'not_found', another: 'not_found', with: { id: uuid7, statement: '{"author":"01890000-0000-7000-8000-000000000000"}', sentAt: '2027-02-28T20:00:00.000Z' } },
  takeUpReport: { who: desk, names: 'report', with: { reason: 'Called back' } },
  sendPreview: { who: 'observer', names: 'photo', sees: 'own' },
  completePhoto: { who: 'observer', names: 'photo', sees: 'own', with: { upload: '0'.repeat(32) } },

  listReports: { who: `${desk} token` },
  reportPoints: { who: `${desk} token` },
  getReport: { who: `${desk} token`, names: 'report' },
  seeReport: { who: desk, names: 'report' },
  changeReport: { who: desk, names: 'report', with: { change: uuid7, severity: 'low' } },
  photoImage: { who: desk, names: 'photo', with: { size: 'thumb' } },
  giveCopy: { who: desk, names: 'photo' },
  takeOriginal: { who: desk, names: 'photo' },
  originalFile: { who: desk, names: 'ticket', by: 'ticket', own: 'not_found', another: 'not_found' },
  claimReport: { who: desk, names: 'report' },
  listNotes: { who: desk, names: 'report' },
  writeNote: { who: desk, names: 'report', with: { note: uuid7, words: 'Ask the centre head again' } },
  strikeNote: { who: desk, names: 'report', own: 'not_found', another: 'not_found', with: { note: `${uuid7.slice(0, -1)}e` } },
  handBackReport: { who: desk, names: 'report' },
  giveVerdict: { who: desk, names: 'report', with: { verdict: uuid7, outcome: 'verified', reasons: ['original_seen'], words: '', duplicateOf: null } },
  // A doubt about a round that is not the present one: the stage's reports stay decided.
  reopen: { who: desk, names: 'report', with: { round: 99, reason: 'Doubtful' } },

  releaseProposal: { who: desk, names: 'photo' },
  release: { who: desk, names: 'photo', by: 'photo', with: { id: '11111111-1111-4111-8111-111111111111', covers: [], answers: { voterOrMinor: false, voteLinked: false, observer: false }, captions: { es: 'Una mesa.', en: 'A table.' }, alternatives: { es: 'Una mesa.', en: 'A table.' }, credit: 'Misión de prueba', keptWords: [] } },
  retract: { who: desk, names: 'release', fresh: true, with: { reason: 'Wrong place' } },
  listReleases: { who: 'press coordinator lead token' },
  releaseImage: { who: 'press coordinator lead token', names: 'release', with: { size: 'wall' } },
  download: { who: 'press coordinator lead', names: 'release', with: { size: 'web' } },
  downloadedFile: { who: 'press coordinator lead', names: 'ticket', by: 'ticket', sees: 'own' },

  signInWays: { who: staff },
  beginPasskey: { who: staff },
  makePasskey: { who: staff },
  removePasskey: { who: staff, names: 'passkey', sees: 'own', own: 'not_found' },
  proposeTotp: { who: staff },
  setPassphrase: { who: staff },
  newRecoveryCodes: { who: staff },
  beginSignIn: { who: 'anyone' },
  signInByPasskey: { who: 'anyone' },
  signInByPassphrase: { who: 'anyone' },
  signInByRecovery: { who: 'anyone' },
  beginProof: { who: staff },
  prove: { who: staff },
  mySignIns: { who: everyone },
  endMySignIn: { who: everyone, names: 'session', sees: 'own', fresh: true },
  knowSignIn: { who: everyone, names: 'session', sees: 'own' },
  signInsOf: { who: 'lead', names: 'person' },
  endSignIn: { who: 'lead', names: 'person', with: { session: uuid7 }, own: 'not_found', another: 'not_found' },

  listTokens: { who: 'lead' },
  makeToken: { who: 'lead', names: 'token', makes: true, with: { name: 'Other', contracts: ['fileByToken'], until: '2027-03-20T00:00:00.000Z' } },
  endToken: { who: 'lead', names: 'token' },
  fileByToken: { who: 'token', names: 'report', makes: true, own: 'not_found', another: 'not_found', with: { category: 'voting.queue', severity: 'low', observedAt: '2027-02-28T20:00:00.000Z', words: '', language: 'en' } },
  correct: { who: desk, names: 'release', with: { of: 99, captions: { es: 'Una mesa.', en: 'A table.' }, alternatives: { es: 'Una mesa.', en: 'A table.' }, credit: 'Misión de prueba', keptWords: [], wrong: 'The words', right: 'These' } },
  reportReleases: { who: desk, names: 'report' },
  embargo: { who: desk },
  setEmbargo: { who: 'lead' },
  statementOut: { who: 'lead' },
  endEmbargo: { who: desk, names: 'release' },
  myTakes: { who: 'press coordinator lead', names: 'release' },
  use: { who: 'press', names: 'release', with: { use: uuid7, place: 'The paper', link: null, words: '' } },
  // The use that the line before made: of one's own picture, and of no other.
  takeBackUse: { who: 'press', names: 'release', another: 'not_found', with: { use: uuid7 } },
  audit: { who: 'lead' },
  chainHead: { who: 'lead' },
  exportAudit: { who: 'lead' },
  auditFile: { who: 'lead', names: 'ticket', by: 'ticket', own: 'not_found', another: 'not_found' },
  notices: { who: 'press coordinator lead' },
  deskReleases: { who: desk },
  waysOf: { who: 'lead', names: 'person' },
  endWays: { who: 'lead', names: 'person', own: 'not_allowed', with: { passkey: null } },
  confirmNotice: { who: 'press coordinator lead', names: 'notice', sees: 'own' },
}

/** Doors that are no calls: resumable bytes, by verb. */
export const doors: Record<string, Line & { method: string; path: string; headers: Record<string, string> }> = {
  beginUpload: { method: 'POST', path: '/api/uploads', who: 'observer', names: 'photo', sees: 'own', headers: {} },
  askUpload: { method: 'HEAD', path: '/api/uploads/:upload', who: 'observer', names: 'upload', sees: 'own', headers: {} },
  sendBytes: { method: 'PATCH', path: '/api/uploads/:upload', who: 'observer', names: 'upload', sees: 'own', fresh: true, headers: { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' } },
  endUpload: { method: 'DELETE', path: '/api/uploads/:upload', who: 'observer', names: 'upload', sees: 'own', fresh: true, headers: {} },
}

/** Rooms of the one socket. Which of them a person is in the server decides by role. */
export const rooms: Record<string, Line> = {
  socket: { who: 'press coordinator lead' },
}

/** Pages and files that anyone may fetch: they hold no data. Addresses as a browser asks for them, by the route that answers. */
export const pages: Record<string, string[]> = {
  '/health': ['/health'],
  '/api': ['/api'],
  '/api/openapi.json': ['/api/openapi.json'],
  '/': ['/'],
  '/join': ['/join'],
  '/setup': ['/setup'],
  '/check': ['/check'],
  '/signin': ['/signin'],
  '/signin/mine': ['/signin/mine'],
  '/observer': ['/observer', '/observer/'],
  '/observer/*rest': ['/observer/report/x', '/observer/sw.js', '/observer/manifest.webmanifest'],
  '/room': ['/room', '/room/'],
  '/room/*rest': ['/room/reports/x'],
  '/press': ['/press', '/press/'],
  '/press/*rest': ['/press/x'],
  '/*rest': ['/no-such-page'],
}

/** What every request passes beside routes, by the name of its function, in this order: one more that answers by itself would be a door without a line. */
export const layers = ['logRequests', 'headers', 'ownHostOnly', 'compression', 'strangerLimit', 'router', 'noSuchCall', 'compression', 'serveStatic', 'serveStatic', 'noSuchPage', 'translate']
