import { nameOf } from "../arm-id.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { record, text } from "../wire.ts";

/** ExpressRoute circuits, as far as a connection needs one. Source: https://learn.microsoft.com/azure/expressroute/expressroute-faqs (as of 2026-11-21). */
export const expressRouteCircuits = defineRules({
  type: "Microsoft.Network/expressRouteCircuits",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  notStored: ["serviceKey"],
  *refusePut({ id, body }) {
    const { name, tier, family } = record(body.sku);
    if (text(tier) === undefined || text(family) === undefined || text(name) !== `${tier}_${family}`) {
      yield badRequest(
        "ExpressRouteCircuitSkuInvalid",
        `ExpressRoute circuit ${nameOf(id)} must have a SKU named <tier>_<family>, such as Standard_MeteredData; it has ${text(name)}.`,
      );
    }
  },
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, "Microsoft.Network/connections");
    if (users.length === 0) return;
    yield badRequest(
      "CircuitInUse",
      `ExpressRoute circuit ${nameOf(id)} cannot be deleted because it is used by ${users.map((user) => user.id).join(", ")}.`,
    );
  },
  computed: ({ id }) => ({
    circuitProvisioningState: "Enabled",
    serviceProviderProvisioningState: "NotProvisioned",
    serviceKey: stableGuid(id),
    peerings: [],
    authorizations: [],
  }),
  replaceOn: [],
  duration: { create: 30, update: 30, delete: 30 },
});
