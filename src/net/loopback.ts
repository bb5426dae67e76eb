/** Whether `host` names this machine alone: 127.0.0.0/8, ::1 or `localhost`. Nothing sent there leaves the machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
