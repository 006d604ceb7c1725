import { bareId } from "../ids";
import { installationTag } from "../installation";

/**
 * What we write on a number at the carrier to know it again, even from the carrier's list alone:
 * `linedesk.<installation>.<organization>.<number row>`, 61 characters; Twilio keeps at most 64.
 */
export async function tagFor(organizationId: string, numberId: string): Promise<string> {
  return ["linedesk", await installationTag(), bareId(organizationId), bareId(numberId)].join(".");
}

const shape = /^linedesk\.([0-9A-Za-z]+)\.([0-9A-Za-z]{22})\.([0-9A-Za-z]{22})$/;

/** Whose number a tag says it is; null for a text that is no tag of this installation. */
export async function ownerOfTag(tag: string): Promise<{ organizationId: string; numberId: string } | null> {
  const [, installation, organization, number] = shape.exec(tag) ?? [];
  if (installation === undefined || installation !== (await installationTag())) return null;
  return { organizationId: `org_${organization}`, numberId: `num_${number}` };
}
