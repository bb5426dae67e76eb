/**
 * The public half of the key that the embedded server uses where it is given no other. Its private half is published
 * with this package, so it proves nothing about who is at the other end: clients accept it on loopback addresses alone.
 */
export const DEVELOPMENT_PUBLIC_KEY = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAjPqEwT99Hbh1meUCYPDJ2UjBmmU8GixOv7ze5FlMBWfMssPXSUw7
t/grhs0T4xswHFA7RByP78pJsWbb4zB3XACO7e+ZDgZcHyVCQgT6t5kNKF0Y4zz8
oVw9yN1SB7uusbCOxH3SWBkyrNCjr7tHvUY9d+ZFJFTkDbsu9OXZ4tmBWUx76x2I
RmT/KXkWdqwYri8WG/QRQHwPBErHGAPVDBc6Ub1qGImfPx2cVHZgqji4hKX0ACX4
92ErmFbpVokN/ac8JnwJ4EafNz9c6R37NqZAdOE/PQ8VYsgQEc3eMu9hL3rPI81L
favLAGg8FXdPVkHOGlKPbl3AsIx/1gWJkQIDAQAB
-----END RSA PUBLIC KEY-----
`
