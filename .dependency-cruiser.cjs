// Who may import whom: the import table of docs, rule by rule. tests/architecture.test.ts runs it, and shows that each rule sees what it forbids.

/** @param {...string} names of packages */
const packages = (...names) => `node_modules/(@types/)?(${names.join('|')})/`
const anyPackage = 'node_modules/'
const notTypes = { dependencyTypesNot: ['type-only'] }
const feature = '^server/features/([^/]+)'
const beginnings = ['^server/(main\\.ts$|commands/)', '^server/(platform/pictures/child|sample/draw-child)\\.ts$', '^client/[^/]+/(main\\.tsx?|worker\\.ts)$', '^client/.*\\.worker\\.ts$']

/** One row of the table: these files may import what matches one of the patterns, and nothing else. */
const onlyTo = (name, comment, from, ...to) => ({ name, comment, severity: 'error', from, to: { pathNot: to, ...beyondNode } })
/** Node's own modules have rules of their own. */
const beyondNode = { dependencyTypesNot: ['core'] }
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    onlyTo('shared', 'shared/ runs on both sides: it imports zod/mini and itself', { path: '^shared/' }, '^shared/', 'node_modules/zod/(v4/)?mini/'),
    never('pure-without-node', 'shared/ and rules take time, chance and files from nobody: no module of Node', { path: ['^shared/', `${feature}/rules\\.ts$`] }, { dependencyTypes: ['core'] }),

    onlyTo('rules', 'rules decide, and look at nothing but shared/ and the types of their own rows', { path: `${feature}/rules\\.ts$` }, '^shared/', '^server/features/$1/tables\\.ts$'),
    onlyTo('store', 'a store imports kysely, shared/, its own tables, and of the platform the schema and the SQL dialect', { path: `${feature}/store\\.ts$` },
      '^shared/', '^server/features/$1/(tables|rules)\\.ts$', '^server/platform/database/(schema|open|dialect)\\.ts$', '^server/platform/journal/', packages('kysely')),
    never('store-types', 'a store takes only types from its own rules and tables, from the journal, and of an open database', { path: `${feature}/store\\.ts$` },
      { path: ['^server/features/[^/]+/(tables|rules)\\.ts$', '^server/platform/database/(schema|open)\\.ts$', '^server/platform/journal/'], ...notTypes }),
    onlyTo('tables', 'tables are types of rows: shared/ at most', { path: `${feature}/tables\\.ts$` }, '^shared/', packages('kysely')),
    onlyTo('actions', "actions import their own rules and store, shared/, another feature's actions, and the platform", { path: `${feature}/actions\\.ts$` },
      '^shared/', '^server/features/$1/(rules|store|tables)\\.ts$', '^server/features/[^/]+/actions\\.ts$', '^server/platform/', anyPackage),
    never('actions-doors', 'actions reach no response, no socket and no database: nothing of Express, sockets or Kysely', { path: `${feature}/actions\\.ts$` },
      { path: packages('express', 'socket\\.io', 'kysely', 'sqlite3', 'pg', 'multer', 'sharp', '@tus/[^/]+', 'pino') }),
    never('actions-platform', 'actions take values from files and pictures, and only types from the rest of the platform', { path: `${feature}/actions\\.ts$` },
      { path: '^server/platform/(http|live|database|journal|control)/', ...notTypes }),
    onlyTo('routes', 'routes import their own actions, shared/ and serve', { path: `${feature}/routes\\.ts$` }, '^shared/', '^server/features/$1/actions\\.ts$', '^server/platform/http/(serve|alike|uploads)\\.ts$'),

    never('platform', 'the platform knows no feature and nothing that stands above it; only schema.ts takes the types of tables', { path: '^server/platform/', pathNot: '^server/platform/database/schema\\.ts$' }, { path: '^server/(features/|sample/|commands/|[^/]+\\.ts$)' }),
    onlyTo('schema', 'schema.ts takes the types of tables, and nothing else from outside the platform', { path: '^server/platform/database/schema\\.ts$' }, '^server/features/[^/]+/tables\\.ts$', '^server/platform/', '^shared/', anyPackage),
    never('schema-types', 'of tables, types alone', { path: '^server/platform/database/schema\\.ts$' }, { path: '^server/features/', ...notTypes }),
    never('migrations', 'a migration imports nothing of ours: it must do tomorrow what it did today', { path: '^server/platform/database/migrations/' }, { path: '^(server|shared|client)/' }),
    never('features-from-above', "a feature's actions and routes alone are used from outside it", { path: '^server/', pathNot: '^server/features/|^server/platform/database/schema\\.ts$' }, { path: `^server/features/[^/]+/(?!actions\\.ts$|routes\\.ts$)` }),
    never('mains', 'main.ts and the commands act when imported: nobody imports them', {}, { path: '^server/(main\\.ts$|commands/)' }),
    never('house', 'only main, the commands, the sample and the tests open a house', { path: '^server/', pathNot: '^server/(main\\.ts$|commands/|sample/|house\\.ts$)' }, { path: '^server/(house|app)\\.ts$' }),
    never('sample', 'only main opens the sample, and a command makes an exercise of any size', { path: '^server/', pathNot: '^server/(main\\.ts$|commands/seed\\.ts$|sample/)' }, { path: '^server/sample/' }),

    never('express', 'Express, its uploads and resumable bytes stay in the doors', { path: '^server/', pathNot: '^server/(app\\.ts$|platform/http/)' }, { path: packages('express', 'multer', 'compression', '@tus/[^/]+') }),
    never('sockets', 'sockets stay in the hub', { path: '^server/', pathNot: '^server/platform/live/' }, { path: packages('socket\\.io') }),
    never('sqlite', 'sqlite3 and pg stay in platform/database', { path: '^server/', pathNot: '^server/platform/database/' }, { path: packages('sqlite3', 'pg') }),
    never('sharp', 'sharp runs in the child for pictures, and where the sample draws its own', { path: '^(server|shared|client)/', pathNot: '^server/(platform/pictures/child\\.ts$|sample/draw[^/]*\\.ts$)' }, { path: packages('sharp'), ...notTypes }),

    never('sides', 'the server and the client meet in shared/ alone', { path: '^server/' }, { path: '^client/' }),
    never('client-server', 'the client and the server meet in shared/ alone', { path: '^client/' }, { path: '^server/' }),
    never('client-node', 'a page has no Node', { path: '^client/' }, { dependencyTypes: ['core'] }),
    never('audiences', 'an audience imports no other audience: what two need is kit', { path: '^client/([^/]+)/', pathNot: '^client/kit/' }, { path: '^client/', pathNot: ['^client/$1/', '^client/kit/'] }),
    never('kit', 'the kit knows no audience', { path: '^client/kit/' }, { path: '^client/', pathNot: '^client/kit/' }),
    never('zod-whole', 'a page takes zod/mini: zod whole is 92 kB', { path: '^client/' }, { path: 'node_modules/zod/', pathNot: 'node_modules/zod/(v4/)?(mini|core)/', ...notTypes }),
    never('phone-is-light', 'the phone is given no map library and no socket', { path: '^client/observer/' }, { path: packages('leaflet', 'socket\\.io-client', 'supercluster', 'topojson-client'), reachable: true }),

    never('outside', 'what runs imports no test and no tool', { path: '^(server|client|shared)/' }, { path: '^(tests|tools)/' }),
    never('dev-packages', 'what runs needs no package that is only for development', { path: '^(server|client|shared)/' }, { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }),
    never('unlisted-packages', 'what is imported stands in package.json', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], ...notTypes }),
    never('missing', 'what is imported exists', {}, { couldNotResolve: true }),
    never('circles', 'no circle of imports', { path: '^(server|client|shared)/' }, { circular: true, viaOnly: notTypes }),
    never('unused', 'every file is reached from where something begins: the server, a command, a child, a page, a worker', { path: beginnings }, { path: '^(server|client|shared)/.*\\.tsx?$', pathNot: beginnings, reachable: false }),
  ],
  options: {
    doNotFollow: { path: anyPackage },
    exclude: { path: '\\.(css|svg|woff2)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'] },
  },
}
