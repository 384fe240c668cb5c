import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { SecureContextOptions } from 'node:tls'
import { isLoopback } from '../shared/hosts.ts'
import { mapOf } from './config-map.ts'
import { isOnServer } from './platform/database/refused.ts'
import type { MapConfig } from './platform/map/map.ts'
import { WrongConfig } from './wrong-config.ts'

export { WrongConfig }

export type Config = {
  port: number
  host: string
  dataFolder: string
  /** A database on a server (`postgres://...`), where it is not a file in the folder. Holds a password: never said. */
  database?: string
  /** Where people reach this server when not by its own address, as `https://veedor.example.org`. */
  publicAddress: string | null
  /** What stands in the PEM files, looked at: a certificate and its own key. */
  tls: { certificate: string; key: string } | null
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  trustProxy?: string[]
  /** From which line on the log is written, where it is not as main.ts has it. */
  logLevel?: LogLevel
  /** What the map shows beside its base. */
  map?: MapConfig
}

const logLevels = ['info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

const root = resolve(import.meta.dirname, '..')
const loopback = ['127.0.0.1', '::1', 'localhost']

/**
 * Environment to one checked object; the only reader of `process.env`. Everything is optional: PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_ADDRESS, TLS_CERT, TLS_KEY, TRUST_PROXY, LOG_LEVEL, MAP_AREAS, MAP_TILES, MAP_ATTRIBUTION.
 * @throws WrongConfig with a sentence that names the variable.
 */
export function readConfig(environment: Record<string, string | undefined>, sample: boolean): Config {
  const given = (name: string) => environment[name]?.trim() || null
  const port = given('PORT') ?? '8080'
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new WrongConfig(`PORT must be a number from 0 to 65535 in decimal digits, not "${port}".`)
  const publicAddress = publicAddressOf(given('PUBLIC_ADDRESS'))
  const tls = tlsOf(given('TLS_CERT'), given('TLS_KEY'))
  const host = given('HOST') ?? (tls || publicAddress ? '::' : '127.0.0.1')
  if (!/^[A-Za-z0-9.:_-]+$/.test(host)) throw new WrongConfig(`HOST must be an address or a name of this machine, not "${host}".`)
  if (!loopback.includes(host) && !tls && !publicAddress) throw new WrongConfig(`HOST is "${host}", which others can reach: set TLS_CERT and TLS_KEY, or PUBLIC_ADDRESS when a proxy on this machine brings TLS.`)
  const folder = given('DATA_DIR')
  const dataFolder = folder ? (isAbsolute(folder) ? folder : resolve(root, folder)) : resolve(root, 'uploads', sample ? 'sample' : 'mission')
  return { port: Number(port), host, dataFolder, publicAddress, tls, ...databaseGiven(given('DATABASE_URL'), sample), ...trustProxyOf(given('TRUST_PROXY')), ...logLevelOf(given('LOG_LEVEL')), ...mapOf(given) }
}

/**
 * What stands behind a command's name: `--sample`, options of this command that name something (`--receipt FILE`), `flags` that name nothing (`--with-key`), and at most
 * `mostWords` words. @throws WrongConfig with a sentence that names what nobody knows.
 */
export function readArguments(given: readonly string[], mostWords = 0, naming: readonly string[] = [], flags: readonly string[] = []): { sample: boolean; words: string[]; named: ReadonlyMap<string, string>; flags: ReadonlySet<string> } {
  const named = new Map<string, string>()
  const rest = [...given]
  for (const option of naming) {
    const at = rest.indexOf(`--${option}`)
    if (at < 0) continue
    const [, value] = rest.splice(at, 2)
    if (value === undefined || value.startsWith('--')) throw new WrongConfig(`--${option} names nothing: write what it is about behind it.`)
    named.set(option, value)
  }
  const words = rest.filter((one) => !one.startsWith('--'))
  const known = ['sample', ...flags]
  const unknown = rest.find((one) => one.startsWith('--') && !known.includes(one.slice(2))) ?? words[mostWords]
  const options = [...known, ...naming].map((option) => `--${option}`)
  if (unknown !== undefined) throw new WrongConfig(`Nothing is known of "${unknown}" here: ${options.length === 1 ? 'the only option is --sample' : `the options are ${options.slice(0, -1).join(', ')} and ${options.at(-1)}`}.`)
  return { sample: rest.includes('--sample'), words, named, flags: new Set(flags.filter((flag) => rest.includes(`--${flag}`))) }
}

/** The same as `readConfig` from this process's own environment. */
export const ownConfig = (sample: boolean): Config => readConfig(process.env, sample)

/** The sample that is opened beside a mission: a port that is free, and a folder of its own, below the mission's where that was named. */
export function configBeside(mission: Config, sample: Config): Config {
  return { ...sample, port: 0, dataFolder: sample.dataFolder === mission.dataFolder ? resolve(mission.dataFolder, 'sample') : sample.dataFolder }
}

/** Where people reach a server of this configuration, without a slash at the end. */
export function addressOf({ publicAddress, tls, host }: Config, port: number): string {
  if (publicAddress) return publicAddress
  const isAnywhere = host === '::' || host === '0.0.0.0'
  const name = isAnywhere || host === '127.0.0.1' || host === '::1' ? (isAnywhere && tls && nameIn(tls.certificate)) || 'localhost' : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

/** The first name of a certificate by which others can reach this machine: links that said localhost would lead a phone to itself. */
function nameIn(certificate: string): string | undefined {
  const names = (new X509Certificate(certificate).subjectAltName ?? '').split(', ').map((one) => /^(?:DNS|IP Address):([A-Za-z0-9.:-]+)$/.exec(one)?.[1] ?? '')
  // Written out in full, an address of the version 6 is known as this machine's own only once it is written short.
  return names.map((name) => (isIP(name) === 6 ? new URL(`https://[${name}]`).hostname : name)).find((name) => name !== '' && !isLoopback(name))
}

/** Others reach a public address over TLS alone: over plain HTTP their sessions and pictures could be read on the way, and phones get no camera, no position and no offline work. */
function publicAddressOf(value: string | null): string | null {
  if (value === null) return null
  const url = URL.canParse(value) ? new URL(value) : null
  const isOrigin = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/' && !url.search && !url.hash
  // What is refused is printed, and with it a password in it would be.
  if (!isOrigin || value.includes('@')) throw new WrongConfig(`PUBLIC_ADDRESS must be an address as https://veedor.example.org, without a path, a name or a password${value.includes('@') ? '' : `, not "${value}"`}.`)
  if (url.protocol === 'http:' && !isLoopback(url.host)) throw new WrongConfig(`PUBLIC_ADDRESS is "${value}", which others would reach without TLS: begin it with https://, and let the proxy on this machine bring TLS, or set TLS_CERT and TLS_KEY.`)
  return url.origin
}

/** `loopback`, addresses and networks. Whoever is named here is believed about where a request came from: never everyone. */
function trustProxyOf(value: string | null): Pick<Config, 'trustProxy'> {
  if (value === null) return {}
  const trustProxy = value.split(',').map((one) => one.trim()).flatMap((one) => {
    if (one === 'loopback') return ['127.0.0.0/8', '::1']
    const [address = '', bits, ...more] = one.split('/')
    const most = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0
    const isRight = most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= most))
    if (!isRight) throw new WrongConfig(`TRUST_PROXY must be loopback, or addresses and networks of your own proxies as 10.0.0.5,10.1.0.0/16, not "${one}".`)
    return [one]
  })
  return { trustProxy }
}

/** The sample never leaves its folder: it is made and thrown away. */
function databaseGiven(value: string | null, sample: boolean): Pick<Config, 'database'> {
  if (value === null || sample) return {}
  const url = URL.canParse(value) ? new URL(value) : null
  // What is wrong is not shown: there is a password in it.
  if (!url || !isOnServer(value) || url.pathname.length < 2 || url.hash !== '') throw new WrongConfig('DATABASE_URL must be the address of a PostgreSQL database as postgres://name:password@host:5432/database, with what is no letter or figure in name and password written as %40 and the like. Without it the mission is a file in its folder.')
  return { database: value }
}

/** Where the mission's database is: the path of a file, or an address. */
export const databaseOf = ({ database, dataFolder }: Pick<Config, 'database' | 'dataFolder'>): string => database ?? join(dataFolder, 'mission.db')

function logLevelOf(value: string | null): Pick<Config, 'logLevel'> {
  if (value === null) return {}
  const level = logLevels.find((one) => one === value)
  if (!level) throw new WrongConfig(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${value}".`)
  return { logLevel: level }
}

function tlsOf(certificate: string | null, key: string | null): Config['tls'] {
  if (certificate === null && key === null) return null
  if (certificate === null) throw new WrongConfig('TLS_KEY is set and TLS_CERT is not: both are needed, as paths of PEM files.')
  if (key === null) throw new WrongConfig('TLS_CERT is set and TLS_KEY is not: both are needed, as paths of PEM files.')
  const tls = { certificate: read('TLS_CERT', certificate), key: read('TLS_KEY', key) }
  if (!holds({ cert: tls.certificate })) throw new WrongConfig(`TLS_CERT names ${certificate}, which holds no certificate in PEM form.`)
  if (!holds({ key: tls.key })) throw new WrongConfig(`TLS_KEY names ${key}, which holds no private key in PEM form, or one under a passphrase.`)
  if (!holds({ cert: tls.certificate, key: tls.key })) throw new WrongConfig(`TLS_KEY names ${key}, which is not the key of the certificate that TLS_CERT names.`)
  return tls
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new WrongConfig(`${name} names ${path}, which cannot be read.`)
  }
}

function holds(options: SecureContextOptions): boolean {
  try {
    createSecureContext(options)
    return true
  } catch {
    return false
  }
}
