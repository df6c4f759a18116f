import { parseArmId } from "../arm-id.ts";
import { defineRules } from "../define-rules.ts";
import { notFound } from "../refusal.ts";

/** Management locks at a subscription, a resource group or a resource. */
export const managementLocks = defineRules({
  type: "Microsoft.Authorization/locks",
  apiVersion: "2020-05-01",
  name: {
    min: 1,
    max: 260,
    pattern: /^[^<>%&\\?/]*$/,
    code: "InvalidLockName",
    characters: "It must not contain <, >, %, &, \\, ? or /.",
  },
  place: "none",
  *refusePut({ id, estate }) {
    const scope = parseArmId(id)?.scope ?? "";
    const isSubscription = parseArmId(scope)?.type === "Microsoft.Resources/subscriptions";
    if (!isSubscription && estate.get(scope) === undefined)
      yield notFound("ResourceNotFound", `The Resource '${scope}' was not found.`);
  },
  replaceOn: [],
  duration: { create: 3, update: 3, delete: 3 },
});
