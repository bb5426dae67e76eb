import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { CustomFile } from '../../../../src/client/files/source.js'
import { methodWorld, type MethodWorld } from './method-world.js'

let world: MethodWorld
const folder = mkdtempSync(join(tmpdir(), 'rawgram-photo-'))
beforeAll(async () => {
  world = await methodWorld()
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const picture = (length: number): CustomFile => new CustomFile('me.jpg', length, '', new Uint8Array(length).fill(length % 251))

describe('profile photos', () => {
  it('of the account are uploaded, seen by others, and taken away', async () => {
    const { client, friend } = world
    expect(await client.downloadProfilePhoto('me')).toHaveLength(0)
    await client.invoke(new Api.photos.UploadProfilePhoto({ file: await client.uploadFile({ file: picture(5000) }) }))
    expect(await friend.downloadProfilePhoto('username', { isBig: true })).toEqual(Buffer.from(picture(5000).buffer!))
    const { photos } = await friend.invoke(new Api.photos.GetUserPhotos({ userId: 'username', offset: 0, maxId: 0, limit: 10 }))
    const { fullUser } = await friend.invoke(new Api.users.GetFullUser({ id: 'username' }))
    expect(fullUser.profilePhoto).toEqual(photos[0])
    expect(await friend.downloadMedia(photos[0])).toHaveLength(5000)
    const { id, accessHash, fileReference } = photos[0] as Api.Photo
    const deleted = await client.invoke(new Api.photos.DeletePhotos({ id: [new Api.InputPhoto({ id, accessHash, fileReference })] }))
    expect(deleted.map(String)).toEqual([String(id)])
    expect(await friend.downloadProfilePhoto('username')).toHaveLength(0)
  })
  it('of groups and channels are set by those who may, and written to a path or into a folder', async () => {
    const { client, friend, group, basicGroup } = world
    const uploaded = async (length: number): Promise<Api.InputChatUploadedPhoto> =>
      new Api.InputChatUploadedPhoto({ file: await client.uploadFile({ file: picture(length) }) })
    await client.invoke(new Api.channels.EditPhoto({ channel: 'a_group', photo: await uploaded(700) }))
    await client.invoke(new Api.messages.EditChatPhoto({ chatId: basicGroup.id, photo: await uploaded(800) }))
    const path = await friend.downloadProfilePhoto('a_group', { outputFile: join(folder, 'group.jpg') })
    expect(readFileSync(path)).toHaveLength(700)
    const named = await friend.downloadProfilePhoto(`-${basicGroup.id}`, { outputFile: folder })
    expect(named).toMatch(/photo\d+\.jpg$/)
    expect(readFileSync(named)).toHaveLength(800)
    const mine = friend.invoke(new Api.channels.EditPhoto({ channel: `-100${group.id}`, photo: new Api.InputChatPhotoEmpty() }))
    await expect(mine).rejects.toMatchObject({ type: 'CHAT_ADMIN_REQUIRED' })
    await client.invoke(new Api.channels.EditPhoto({ channel: 'a_group', photo: new Api.InputChatPhotoEmpty() }))
    expect(await friend.downloadProfilePhoto('a_group')).toHaveLength(0)
  })
  it('that were taken away, or are none, are refused', async () => {
    const { client, server } = world
    const file = server.world.addFile({ bytes: new Uint8Array(3), photo: true })
    server.world.setPhoto(server.user('username'), file)
    const before = await client.getMe()
    server.world.setPhoto(server.user('username'), undefined)
    await expect(client.downloadProfilePhoto(before)).rejects.toMatchObject({ type: 'LOCATION_INVALID' })
    const document = server.world.addFile({ bytes: new Uint8Array(3) })
    expect(() => server.world.setPhoto(server.user('username'), document)).toThrow('photo: expected a file that was added with photo: true')
    await expect(client.downloadProfilePhoto('nobody_at_all')).rejects.toMatchObject({ failure: 'entity' })
  })
})
