import { describe, expect, it } from 'vitest'
import { DataCentres } from '../../../src/client/data-centres.js'
import { readSettings } from '../../../src/client/settings.js'

describe('the addresses of data centres', () => {
  it('of a session of a server on this machine never lead anywhere else, to no data centre', () => {
    const centres = new DataCentres(readSettings(1, 'hash'))
    expect(centres.addresses(2, { host: '127.0.0.1', port: 4430 })).toEqual([{ host: '127.0.0.1', port: 4430 }])
    for (const dcId of [1, 2, 3, 4, 5])
      expect(() => centres.addresses(dcId)).toThrow(`no address of data centre ${dcId} is known`)
  })
  it('of other sessions are the built-in ones until the server names its own', () => {
    const centres = new DataCentres(readSettings(1, 'hash'))
    expect(centres.addresses(5)).toEqual([{ host: '91.108.56.130', port: 443 }])
  })
})
