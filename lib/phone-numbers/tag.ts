import { database } from "../db/client";
import { bareId, newInstallationTag } from "../ids";

let installation: string | undefined;

/** The mark of this installation; made at first use, the same for ever. */
async function installationTag(): Promise<string> {
  if (installation) return installation;
  await database().installation.createMany({ data: [{ tag: newInstallationTag() }], skipDuplicates: true });
  installation = (await database().installation.findFirstOrThrow()).tag;
  return installation;
}

/**
 * What we write on a number at the carrier to know it again, even from the carrier's list alone:
 * `linedesk.<installation>.<organization>.<number row>`, 61 characters; Twilio keeps at most 64.
 */
export async function tagFor(organizationId: string, numberId: string): Promise<string> {
  return ["linedesk", await installationTag(), bareId(organizationId), bareId(numberId)].join(".");
}
