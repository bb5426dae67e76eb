/** The values of the answer, as every package spells them; longs and objects are made by the package. */

/** 100 of something. */
export const hundred = <T>(make: (i: number) => T): T[] => Array.from({ length: 100 }, (_, i) => make(i))

/** One invite of the answer. @param id makes a number that is a safe integer */
export const invite = (i: number, id: (value: bigint) => unknown): object => ({
  permanent: i % 3 === 0,
  link: `https://t.me/+AbCdEfGhIj${String(i).padStart(6, '0')}`,
  adminId: id(5_000_000_000n + BigInt(i)),
  date: 1_700_000_000 + i,
  usage: i,
  title: i % 4 === 0 ? 'Friends of friends' : undefined,
})

interface Makers {
  /** A number that is a safe integer. */
  readonly id: (value: bigint) => unknown
  /** A number of 64 bits. */
  readonly long: (value: bigint) => unknown
  /** A profile photo. */
  readonly photo: (fields: object) => unknown
}

/** One user of the answer. */
export const user = (i: number, { id, long, photo }: Makers): object => ({
  contact: i % 2 === 0,
  id: id(5_000_000_000n + BigInt(i)),
  accessHash: long(-6_148_914_691_236_517_205n + BigInt(i)),
  firstName: i % 7 === 0 ? 'Анна' : `First${i}`,
  lastName: i % 2 === 0 ? `Lastname${i}` : undefined,
  username: `username_${i}`,
  phone: `888${String(i).padStart(7, '0')}`,
  photo: photo({ photoId: long(5_123_456_789_012_345_678n + BigInt(i)), dcId: 2 }),
})
