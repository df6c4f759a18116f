import { z } from "zod";
import { isMap, type PropertyMap, sameValue } from "../protocol/property-values.ts";
import type { OperationContext, ResourceType } from "../protocol/resource-type.ts";
import { type InputRules, inputFailures } from "./check-inputs.ts";
import { diffInputs } from "./diff-inputs.ts";
import { picked } from "./picked.ts";
import { withoutMarks } from "./without-marks.ts";

const path = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
const odataType = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

const rules: InputRules = {
  state: { schema: z.enum(["enabled", "disabled"]), required: true },
  isSelfServiceRegistrationAllowed: { schema: z.boolean() },
  isAttestationEnforced: { schema: z.boolean() },
  includeTargets: {
    schema: z.array(
      z.strictObject({
        targetType: z.literal("group"),
        id: z.string().min(1),
        isRegistrationRequired: z.boolean().optional(),
      }),
    ),
  },
  excludeTargets: { schema: z.array(z.strictObject({ targetType: z.literal("group"), id: z.string().min(1) })) },
  keyRestrictions: {
    schema: z.strictObject({
      isEnforced: z.boolean(),
      enforcementType: z.enum(["allow", "block"]),
      aaGuids: z.array(z.guid()),
    }),
  },
};

/**
 * The tenant's policy for passkeys (FIDO2). A tenant has exactly one, so it is taken over: only what the program names is changed,
 * and that is given back as it was when the resource is removed.
 * https://learn.microsoft.com/graph/api/resources/fido2authenticationmethodconfiguration (v1.0, page of 2024-07-22)
 */
export const authenticationMethodFido2: ResourceType = {
  token: "windows365:index:AuthenticationMethodFido2",
  check: async ({ news }) => ({ inputs: news, failures: inputFailures(news, rules) }),
  // What the program does not name any more stays as it is.
  diff: ({ oldInputs, inputs }) => diffInputs(oldInputs, inputs).filter(({ kind }) => kind !== "delete"),
  preview: (inputs) => inputs,
  create: async (inputs, context) => {
    const before = picked(await current(context), Object.keys(inputs));
    await patch(inputs, context);
    return { id: "Fido2", outputs: { ...inputs, before } };
  },
  update: async ({ inputs, oldInputs, oldOutputs }, context) => {
    const now = await current(context);
    const added = Object.keys(inputs).filter((name) => oldInputs[name] === undefined);
    const changed = Object.keys(inputs).filter((name) => !sameValue(inputs[name], oldInputs[name]));
    await patch(picked(inputs, changed), context);
    return { ...inputs, before: { ...picked(now, added), ...(isMap(oldOutputs.before) ? oldOutputs.before : {}) } };
  },
  read: async (id, old, context) => {
    const now = await current(context);
    const names = old === undefined ? Object.keys(rules) : Object.keys(old.inputs);
    const inputs = picked(now, names);
    return { id, inputs, outputs: { ...inputs, before: old?.outputs.before ?? inputs } };
  },
  delete: async (_, { before }, context) => {
    if (isMap(before)) await patch(before, context);
  },
};

async function current({ graph }: OperationContext): Promise<PropertyMap> {
  const found = await graph().get(path);
  if (found === undefined) throw new Error("the tenant has no policy for passkeys (FIDO2)");
  return Object.fromEntries(Object.entries(withoutMarks(found)).filter(([name]) => name in rules));
}

async function patch(values: PropertyMap, { graph }: OperationContext): Promise<void> {
  // The page: "The @odata.type property … must be included in the body."
  await graph().patch(path, { "@odata.type": odataType, ...values });
}
