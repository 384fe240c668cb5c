import { describe, expect, it } from 'vitest'
import { PictureRefused } from '../../server/platform/pictures/header.ts'
import { releaseXmp } from '../../server/platform/pictures/xmp.ts'
import { fields } from '../support/pictures.ts'

describe('the description of a released file', () => {
  it('escapes what a person typed', () => {
    const xmp = releaseXmp({ ...fields, headline: '</photoshop:Headline><x a="1">&amp;\'' }, false)
    expect(xmp).toContain('<photoshop:Headline>&lt;/photoshop:Headline&gt;&lt;x a=&quot;1&quot;&gt;&amp;amp;\'</photoshop:Headline>')
  })

  it.each([
    ['control characters', 'a\u0000b\u0008c\u001bd\u007fe\u0085f', 'abcdef'],
    ['what XML cannot hold', 'a\uffffb\ufffec\ud800d\udc00e', 'abcde'],
    ['neither line breaks, accents nor pairs', 'á\n\tñ 😀', 'á\n\tñ 😀'],
  ])('drops %s', (_, typed, kept) => {
    expect(releaseXmp({ ...fields, headline: typed }, false)).toContain(`<photoshop:Headline>${kept}</photoshop:Headline>`)
  })

  it('leaves out a field without words', () => {
    const xmp = releaseXmp({ ...fields, instructions: '', usageTerms: {}, altText: { es: '', en: 'A table' }, location: { municipality: '', department: 'La Paz', country: 'El Salvador', countryCode: 'SV' } }, false)
    for (const name of ['Instructions', 'UsageTerms', 'Iptc4xmpExt:City', '>""<', '></']) expect(xmp).not.toContain(`${name}>`)
    expect(xmp).toContain('<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="en">A table</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>')
    expect(xmp).toContain('<Iptc4xmpExt:ProvinceState>La Paz</Iptc4xmpExt:ProvinceState>')
  })

  it.each([['es', 'Una papeleta'], ['en', 'An unfolded']])('begins its texts with the language that it is told: %s', (language, words) => {
    expect(releaseXmp({ ...fields, language }, false)).toContain(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${words}`)
  })

  it.each([['2027-02-28', '2027-02-28'], ['2027-02-28T14', '2027-02-28T14:00']])('says the time of %s as %s', (given, written) => {
    expect(releaseXmp({ ...fields, dateCreated: given }, false)).toContain(`<photoshop:DateCreated>${written}</photoshop:DateCreated>`)
  })

  it.each(['2027-02-28T14:33', '2027-02-28T14:33:12Z', '', '28/02/2027'])('takes no date that says more than the hour, or nothing: %s', (dateCreated) => {
    expect(() => releaseXmp({ ...fields, dateCreated }, false)).toThrow(PictureRefused)
  })

  it.each([[false, 'digitalCapture'], [true, 'humanEdits']])('covered: %s is %s', (isCovered, source) => {
    expect(releaseXmp(fields, isCovered)).toContain(`digitalsourcetype/${source}</Iptc4xmpExt:DigitalSourceType>`)
  })

  it('refuses more than a JPEG segment holds', () => {
    expect(() => releaseXmp({ ...fields, description: { es: 'ñ'.repeat(32_000) } }, false)).toThrow(PictureRefused)
    expect(releaseXmp({ ...fields, description: { en: 'n'.repeat(62_000) } }, false).length).toBeGreaterThan(62_000)
  })
})
