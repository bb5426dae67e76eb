import { LocalError } from '../errors/errors.js'
import type { Dial } from './link.js'

/** Browsers open no TCP connections. */
export const dialTcp: Dial = () =>
  Promise.reject(new LocalError('state', 'a browser has no TCP; connect by WebSocket', { expected: 'a WebSocket', got: 'TCP' }))
