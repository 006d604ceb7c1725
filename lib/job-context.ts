import { asOrganizationId, type Ctx } from "./context";
import { newId } from "./ids";
import { allScopes } from "./permissions";

/** The context of background work in an organization; the id is read from the row that is worked on. */
export function jobContext(organizationId: string, job: { id: string; name: string }): Ctx {
  return {
    organizationId: asOrganizationId(organizationId),
    actor: { kind: "job", ...job },
    scopes: allScopes,
    surface: "worker",
    requestId: newId("req"),
  };
}
