import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { WrongConfig, addressOf, configBeside, readArguments, readConfig } from '../../server/config.ts'
import * as pem from '../support/tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'veedor-config-'))
const [certificate, key, other, text] = [join(folder, 'cert.pem'), join(folder, 'key.pem'), join(folder, 'other.pem'), join(folder, 'text.pem')]
for (const [path, content] of [[certificate, pem.certificate], [key, pem.itsKey], [other, pem.anotherKey], [text, 'x']] as const) writeFileSync(path, content)
afterAll(() => rmSync(folder, { recursive: true }))

describe('configuration', () => {
  it('needs nothing: loopback, port 8080, a folder of the project', () => {
    expect(readConfig({}, false)).toEqual({ port: 8080, host: '127.0.0.1', dataFolder: resolve(import.meta.dirname, '../../uploads/mission'), publicAddress: null, tls: null })
    expect(readConfig({}, true).dataFolder).toMatch(/uploads\/sample$/)
    expect(readConfig({ PORT: ' ', HOST: '' }, false).port).toBe(8080)
    expect(configBeside(readConfig({}, false), readConfig({}, true))).toEqual({ ...readConfig({}, true), port: 0 })
    const named = { DATA_DIR: '/srv/veedor', PORT: '8081' }
    expect(configBeside(readConfig(named, false), readConfig(named, true))).toMatchObject({ port: 0, dataFolder: '/srv/veedor/sample' })
  })

  it('knows one option, and as many words as a command takes', () => {
    expect(readArguments([])).toEqual({ sample: false, words: [], named: new Map(), flags: new Set() })
    expect(readArguments(['--sample', 'Zoila Example'], 1)).toEqual({ sample: true, words: ['Zoila Example'], named: new Map(), flags: new Set() })
    expect(readArguments(['--receipt', 'mine.txt', '--sample'], 0, ['receipt'])).toEqual({ sample: true, words: [], named: new Map([['receipt', 'mine.txt']]), flags: new Set() })
    expect(readArguments(['mission.tar', '--with-key'], 1, [], ['with-key'])).toEqual({ sample: false, words: ['mission.tar'], named: new Map(), flags: new Set(['with-key']) })
    expect(() => readArguments(['mission.tar', '--withkey'], 1, ['into'], ['with-key'])).toThrow(new WrongConfig('Nothing is known of "--withkey" here: the options are --sample, --with-key and --into.'))
    for (const wrong of [['--receipt'], ['--receipt', '--sample']]) expect(() => readArguments(wrong, 0, ['receipt'])).toThrow(/^--receipt names nothing/)
    for (const wrong of [['--sampel'], ['sample'], ['--sample=1']]) expect(() => readArguments(wrong)).toThrow(new WrongConfig(`Nothing is known of "${wrong[0]}" here: the only option is --sample.`))
    expect(() => readArguments(['Zoila', 'Example'], 1)).toThrow(/"Example"/)
  })

  it('believes of a forwarded address those proxies alone that are named', () => {
    expect(readConfig({ TRUST_PROXY: 'loopback, 10.0.0.5,10.1.0.0/16,2001:db8::/32' }, false).trustProxy).toEqual(['127.0.0.0/8', '::1', '10.0.0.5', '10.1.0.0/16', '2001:db8::/32'])
    expect(readConfig({ LOG_LEVEL: 'error' }, false).logLevel).toBe('error')
  })

  it('listens beyond this machine only with TLS or a public address', () => {
    expect(readConfig({ TLS_CERT: certificate, TLS_KEY: key }, false)).toMatchObject({ host: '::', tls: { certificate: pem.certificate, key: pem.itsKey } })
    expect(readConfig({ PUBLIC_ADDRESS: 'https://veedor.example.org' }, false)).toMatchObject({ host: '::', publicAddress: 'https://veedor.example.org' })
    expect(readConfig({ PUBLIC_ADDRESS: 'https://veedor.example.org', HOST: '127.0.0.1' }, false).host).toBe('127.0.0.1')
  })

  it('[R365] with TLS, what it prints carries a name of the certificate by which others reach it, else localhost; a public address goes before it', () => {
    const config = readConfig({ TLS_CERT: certificate, TLS_KEY: key }, false)
    const withCertificate = (certificate: string) => ({ ...config, tls: { certificate, key: pem.itsKey } })
    expect(addressOf(config, 8080), 'a certificate of localhost alone').toBe('https://localhost:8080')
    expect(addressOf(withCertificate(pem.certificateOfNames), 8080)).toBe('https://veedor.lan:8080')
    expect(addressOf(withCertificate(pem.certificateOfAddress), 8080)).toBe('https://[fd00::2]:8080')
    expect(addressOf({ ...withCertificate(pem.certificateOfNames), host: '127.0.0.1' }, 8080), 'nobody else reaches it').toBe('https://localhost:8080')
    expect(addressOf({ ...withCertificate(pem.certificateOfNames), publicAddress: 'https://veedor.example.org' }, 8080)).toBe('https://veedor.example.org')
    expect(addressOf(readConfig({}, false), 8080)).toBe('http://localhost:8080')
  })

  it.each([['http://localhost:9000'], ['http://127.0.0.1:9000'], ['http://[::1]:9000'], ['http://veedor.localhost:9000'], ['https://10.0.0.5']])('takes the public address %s: over TLS, or on this machine alone', (address) => {
    expect(readConfig({ PUBLIC_ADDRESS: address }, false).publicAddress).toBe(address)
  })

  it.each([['http://veedor.example.org'], ['http://192.168.1.20:8080'], ['http://localhost.example.org']])('[R26] refuses the public address %s, which others would reach without TLS, and says what to do', (address) => {
    expect(() => readConfig({ PUBLIC_ADDRESS: address }, false)).toThrow(`PUBLIC_ADDRESS is "${address}", which others would reach without TLS: begin it with https://`)
  })

  it.each([['https://lidia:secret@veedor.example.org'], ['https://:secret@veedor.example.org'], ['https://lidia@veedor.example.org']])('[R26] refuses %s, and does not print what may be a password', (address) => {
    expect(() => readConfig({ PUBLIC_ADDRESS: address }, false)).toThrow(/^PUBLIC_ADDRESS must be an address .*without a path, a name or a password\.$/)
  })

  it.each([
    ['PORT', { PORT: 'many' }], ['PORT', { PORT: '65536' }], ['PORT', { PORT: '1.5' }], ['PORT', { PORT: '0x1F90' }], ['PORT', { PORT: '1e3' }], ['PORT', { PORT: '-1' }], ['PORT', { PORT: '+80' }], ['HOST', { HOST: 'a b' }], ['HOST', { HOST: '0.0.0.0' }],
    ['PUBLIC_ADDRESS', { PUBLIC_ADDRESS: 'veedor.example.org' }], ['PUBLIC_ADDRESS', { PUBLIC_ADDRESS: 'ftp://veedor.example.org' }], ['PUBLIC_ADDRESS', { PUBLIC_ADDRESS: 'https://veedor.example.org/path' }],
    ['TLS_CERT', { TLS_KEY: key }], ['TLS_KEY', { TLS_CERT: certificate }], ['TLS_KEY', { TLS_CERT: certificate, TLS_KEY: '/nothing/here' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'proxy' }], ['TRUST_PROXY', { TRUST_PROXY: '0.0.0.0/0' }], ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.1/33' }], ['TRUST_PROXY', { TRUST_PROXY: 'true' }], ['TRUST_PROXY', { TRUST_PROXY: '::/0' }], ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['TLS_CERT', { TLS_CERT: text, TLS_KEY: key }], ['TLS_CERT', { TLS_CERT: folder, TLS_KEY: key }], ['TLS_KEY', { TLS_CERT: certificate, TLS_KEY: text }], ['TLS_KEY', { TLS_CERT: certificate, TLS_KEY: other }],
  ])('[R26] stops with a sentence that names %s: %j', (name, environment) => {
    expect(() => readConfig(environment, false)).toThrow(WrongConfig)
    expect(() => readConfig(environment, false)).toThrow(new RegExp(`\\b${name}\\b.*\\.$`))
  })
})
